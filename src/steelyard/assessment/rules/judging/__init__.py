"""What may a scoring body say of an item of a unit, and is what it typed whole?

A row of the page of scoring is one unit. What was typed is read into a :class:`Judgement`, or
refused with everything that is wrong with it; the refusal's field is the unit's code.
"""

from steelyard.assessment.rules.judging.beside import (
    UNSEEN,
    Part,
    against_unseen,
    mark_beside,
)
from steelyard.assessment.rules.judging.claims import (
    CLAIM_REFUSED,
    answers_to,
    is_refused_bonus,
)
from steelyard.assessment.rules.judging.deductions import (
    deductions_as_typed,
    read_deductions,
)
from steelyard.assessment.rules.judging.limits import (
    MOVED,
    against_departing,
    against_missing,
    against_moved,
    against_reopening,
    against_scoring,
    against_the_stage,
    ones_own,
)
from steelyard.assessment.rules.judging.reading import (
    as_reviewed,
    read,
    unexplained,
    what_is_missing,
)
from steelyard.assessment.rules.judging.values import (
    CLAIM_ANSWERS,
    FINEST,
    LONGEST_FIGURE,
    LONGEST_REASON,
    MOST_DEDUCTIONS,
    STATUSES,
    ClaimAnswer,
    Judgement,
    Judging,
    RowFacts,
    Status,
    Taken,
    Typed,
    judging,
    overrides,
)

__all__ = [
    "CLAIM_ANSWERS",
    "CLAIM_REFUSED",
    "FINEST",
    "LONGEST_FIGURE",
    "LONGEST_REASON",
    "MOST_DEDUCTIONS",
    "MOVED",
    "STATUSES",
    "UNSEEN",
    "ClaimAnswer",
    "Judgement",
    "Judging",
    "Part",
    "RowFacts",
    "Status",
    "Taken",
    "Typed",
    "against_departing",
    "against_missing",
    "against_moved",
    "against_reopening",
    "against_scoring",
    "against_the_stage",
    "against_unseen",
    "answers_to",
    "as_reviewed",
    "deductions_as_typed",
    "is_refused_bonus",
    "judging",
    "mark_beside",
    "ones_own",
    "overrides",
    "read",
    "read_deductions",
    "unexplained",
    "what_is_missing",
]
