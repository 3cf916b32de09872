"""The pages of one thing."""
