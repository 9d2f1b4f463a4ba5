"""Why a unit has its points: the tree, with one sentence a leaf: value, rule, points, source.

    Closing rate 92.3% (48 of 52) is at least 90%: 10 of 10 points.

tree.py (the tree and what overrides a rule) → clauses.py (a part of a rule with the unit's values)
→ amounts.py (a value as people read it); grades.py (why no better grade).
"""

from steelyard.weighing.explain.grades import why_no_better
from steelyard.weighing.explain.tree import Explanation, explain

__all__ = ["Explanation", "explain", "why_no_better"]
