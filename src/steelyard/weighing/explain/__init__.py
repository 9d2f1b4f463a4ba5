"""Why a unit has its points: the tree, with one sentence a leaf: value, rule, points, source.

    Closing rate 92.3% (48 of 52) is at least 90%: 10 of 10 points.

tree.py (the tree and what overrides a rule) → clauses.py (a part of a rule with the unit's values)
→ amounts.py (a value as people read it), against_others.py (a rank, a mean … of all units); index.py
(the tree of an index); grades.py (why no better grade).
"""

from steelyard.weighing.explain.grades import why_no_better
from steelyard.weighing.explain.index import explain_index
from steelyard.weighing.explain.tree import Explanation, explain_by_others, explain_points
from steelyard.weighing.result import Result

__all__ = ["Explanation", "explain", "explain_by_others", "why_no_better"]


def explain(result: Result, unit: str) -> Explanation:
    """The tree of points (of an index: of scores) of one unit, from the root.

    Raises:
        KeyError: no such unit was weighed.
    """
    explain_family = explain_points if result.composed is None else explain_index
    return explain_family(result, unit)
