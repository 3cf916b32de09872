"""What the commands of `regiograaf` do, other than serving."""
