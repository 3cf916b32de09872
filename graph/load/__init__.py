"""Writing the graph into a store, and knowing which version of it is there."""
