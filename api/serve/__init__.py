"""The server around the application: processes, start, warm-up."""
