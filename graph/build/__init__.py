"""From claims to what the graph holds. Pure: writes nothing."""
