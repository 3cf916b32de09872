"""A plan, asked of a store."""
