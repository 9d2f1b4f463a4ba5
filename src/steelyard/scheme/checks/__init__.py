"""Is a scheme sound? Each file asks one question; none stops at the first answer.

structure.py (codes, parents, circles) comes first, since the others walk the tree.
"""

from __future__ import annotations

from steelyard.kernel.faults import errors
from steelyard.scheme.checks.case_files import check_case_files
from steelyard.scheme.checks.grades import check_grades
from steelyard.scheme.checks.ladders import check_ladders
from steelyard.scheme.checks.names import check_names
from steelyard.scheme.checks.reach import check_reach
from steelyard.scheme.checks.structure import check_structure
from steelyard.scheme.checks.sums import check_sums
from steelyard.scheme.checks.uncertainty import check_uncertainty
from steelyard.scheme.model import Scheme
from steelyard.scheme.reading.fields import Faults

_ON_A_TREE = (
    check_names, check_case_files, check_sums, check_ladders, check_reach, check_grades,
    check_uncertainty,
)  # fmt: skip


def check_scheme(scheme: Scheme, faults: Faults, *, only_structure: bool = False) -> None:
    """Add every fault of the scheme to ``faults``."""
    before = len(faults)
    check_structure(scheme, faults)
    if only_structure or errors(faults[before:]):
        return
    for check in _ON_A_TREE:
        check(scheme, faults)
