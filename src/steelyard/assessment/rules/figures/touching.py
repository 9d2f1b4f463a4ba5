"""Which items of which units rest on a figure?"""

from __future__ import annotations

from collections.abc import Collection

from steelyard.assessment.rules.differences.comparing import Key
from steelyard.assessment.rules.schemes.division import Division


def touches(divided: Division, moved: Collection[Key]) -> frozenset[tuple[str, str]]:
    """(unit, item) of every item whose rule needs a figure that moved, of the unit it moved for."""
    return frozenset(
        (unit, duty.item.code)
        for unit, code in moved
        for duty in divided.duties
        if code in duty.inputs
    )
