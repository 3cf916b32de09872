"""Where a Bolt address comes from, and the one driver that talks to it."""
