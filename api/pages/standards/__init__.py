"""The standards of others that ours is checked by: what was found, and the page that says so."""
