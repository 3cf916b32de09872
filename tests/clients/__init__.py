"""The starts for clients, each tried with the real client against the running server."""
