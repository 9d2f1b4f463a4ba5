"""Records that nobody delivered: a seeded, plainly labelled sample of every table."""
