"""The engines: how each is started, and the one driver that talks to all of them."""
