"""Clauses put together to a rule, as people mean them when they stand in one cell.

达到90%以上得满分，每降低1个百分点扣0.5分 is full points, less what is taken for what lacks to 90%.
What the words do not decide is not decided here: it is :class:`Undecided`, with the reason. No
clause is passed over: one that no maker used is a reason, too.
"""

from steelyard.scheme.wording.arranging.arrange import Arranged, arranged
from steelyard.scheme.wording.arranging.work import Undecided, Work

__all__ = ["Arranged", "Undecided", "Work", "arranged"]
