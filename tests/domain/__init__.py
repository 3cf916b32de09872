"""What the answers have to say of the network itself: the worked examples, the traps, and that nothing was left out in silence."""
