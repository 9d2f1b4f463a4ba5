"""A snapshot: the records of a period, frozen. Written once, opened, verified, compared; never edited."""
