"""The importers: registry files and lists of regions in, a proposal of claims out. A person commits it."""
