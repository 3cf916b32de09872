"""The importers of lists of contracts and providers, on lists made for it."""
