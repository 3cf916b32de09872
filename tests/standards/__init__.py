"""The standards of others: what of ours is checked by them, with which checkers, and what these find."""
