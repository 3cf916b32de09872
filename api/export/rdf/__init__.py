"""The graph as RDF: its terms, its triples, and how they are written."""
