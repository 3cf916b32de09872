"""The interface for clients: the application, the GraphQL schema, limits, errors, exports and pages."""
