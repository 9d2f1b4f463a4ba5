"""Deliveries come in: every fault of every file, or rows that may be frozen."""
