"""Rules of procedure as data and short pure functions, each with its article."""
