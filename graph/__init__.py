"""The knowledge graph: model, time, coverage, questions, engines. It knows no HTTP, no YAML and no GraphQL."""
