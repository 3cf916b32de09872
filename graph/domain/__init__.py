"""The words of the field: what exists, what can be said of it, what identifies it. Knows no store."""
