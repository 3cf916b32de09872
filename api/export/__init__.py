"""Files to take along: each format is written from one version of the data, and says from which."""
