"""Importers of the lists that regions keep in a spreadsheet: contracts and providers."""
