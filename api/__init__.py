"""What clients reach: the application, the GraphQL schema, limits, errors, exports and pages."""
