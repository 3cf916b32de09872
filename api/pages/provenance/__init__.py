"""Says where a statement comes from: footnotes, and claims in words."""
