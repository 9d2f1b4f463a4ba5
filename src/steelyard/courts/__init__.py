"""The courts' area: the rules that a clerk needs at the counter."""
