"""The addresses of things and files beside GraphQL, by the API Design Rules of the Dutch government: read only."""
