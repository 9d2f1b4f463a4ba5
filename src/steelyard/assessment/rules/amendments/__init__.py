"""An issued scheme is to be amended: what differs, and may that still be done?

Work is under way by then. What an amendment brings with it (a new sheet, another body for a sheet
that nobody has signed) is listed and done; what it would make untrue is refused, with what to do
first. Nothing is dropped quietly.
"""

from steelyard.assessment.rules.amendments.brought import (
    BEFORE_WORK,
    Brought,
    Outdated,
    Owed,
    Work,
    brought,
)
from steelyard.assessment.rules.amendments.differences import (
    KINDS,
    Change,
    ItemChange,
    beside,
    differences,
)
from steelyard.assessment.rules.amendments.limits import AMENDABLE, against
from steelyard.assessment.rules.amendments.meaning import Shift, Shifted, shifted, to_give_anew
from steelyard.assessment.rules.amendments.self_scores import Above, OwnScore

__all__ = [
    "AMENDABLE",
    "BEFORE_WORK",
    "KINDS",
    "Above",
    "Brought",
    "Change",
    "ItemChange",
    "Outdated",
    "Owed",
    "OwnScore",
    "Shift",
    "Shifted",
    "Work",
    "against",
    "beside",
    "brought",
    "differences",
    "shifted",
    "to_give_anew",
]
