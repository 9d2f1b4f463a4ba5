"""Measurements side by side: ours against a named peer, a limit, or both, in the same run."""
