"""Scoring: the list of items, one item with all units side by side, one unit on one item for ever."""
