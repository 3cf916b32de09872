"""The house: what stands around the code, tried as a stranger would."""
