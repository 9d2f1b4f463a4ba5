"""The trail to be read: who did what to one thing, when, from what to what; for those who may see it."""
