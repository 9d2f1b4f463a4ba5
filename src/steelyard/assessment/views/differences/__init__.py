"""Differences between self-reported and supplied figures: the list, and one to be settled."""
