"""The importers, on small files made for them, and on the real ones where they are."""
