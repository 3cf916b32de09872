"""Procurements and contracts as OCDS 1.1, and the extension in which stands what OCDS has no field for."""
