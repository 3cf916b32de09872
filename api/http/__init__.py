"""GraphQL over HTTP, and the pages."""
