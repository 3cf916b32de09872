"""The performance benchmark: Regiograaf beside what a user would pick instead, on the same data and equal answers."""
