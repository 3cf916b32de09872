"""Serves the application: processes, server and warm-up."""
