"""Many versions of one weighing at once, in floating point: what Monte-Carlo asks of a scheme.

Arrays are (replications, units). The official result never comes from here; see ADR 0005.
"""
