"""The commands of `regiograaf`, except serving."""
