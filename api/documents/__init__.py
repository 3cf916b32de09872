"""Turns a GraphQL document into planned and priced questions."""
