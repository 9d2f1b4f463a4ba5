"""The office from its start to its end: prepared, its parts started, watched and stopped."""
