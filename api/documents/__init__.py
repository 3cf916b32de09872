"""From a GraphQL document to questions that can be asked, with their price."""
