"""The same plan in steps: a Cypher for each list."""
