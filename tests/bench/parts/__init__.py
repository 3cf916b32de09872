"""The parts of the benchmark: each measures something, notes it, and makes its tables from what was noted."""
