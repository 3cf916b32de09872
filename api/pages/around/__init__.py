"""Holds what stands around the content of pages: the line below each, and the files to take along."""
