"""From a scheme file to a :class:`~steelyard.scheme.model.Scheme`, every fault gathered on the way.

source.py (the file and its side tables) → fields.py (typed fields) → rules.py (parts, formulas) →
items.py, settings.py (the sections) → whole.py (one scheme). Lines are looked up only for faults.
"""
