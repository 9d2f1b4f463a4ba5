"""The index itself, looked at before anything varies: is it complete, consistent, and what weighs?

``looked`` (the columns of scores that are looked at) → ``leaves`` (availability, outliers, influence) →
``correlations`` (pairs that call for a look) → ``consistency`` (alpha, principal components) →
``notes`` (what to know when reading them).
"""

from __future__ import annotations

from steelyard.weighing.audit.consistency import groups
from steelyard.weighing.audit.correlations import flags
from steelyard.weighing.audit.leaves import leaves
from steelyard.weighing.audit.looked import looked_at
from steelyard.weighing.audit.notes import notes
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.findings import Audit

__all__ = ["audit"]


def audit(result: Result) -> Audit:
    """Availability, outliers, correlations, inner consistency, and influence against weight.

    Of an index, normalised scores are looked at; of a points scheme, points as a share of what is
    possible. Missing scores leave out their unit pair by pair.
    """
    looked = looked_at(result)
    found = leaves(looked)
    inner = groups(looked)
    return Audit(found, flags(looked), inner, notes(result, looked, found, inner))
