"""Changes of the data as other programs read them: as CloudEvents and as an Atom feed."""
