"""Where a statement of a page comes from."""
