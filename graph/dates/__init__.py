"""Time, and nothing else: the rule of periods, and vague dates."""
