"""Sheets of supplied figures: the list of all, and the pages of one."""
