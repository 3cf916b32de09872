"""The pictures of the pages: SVG made by a few functions of our own, the same bytes for the same answer."""
