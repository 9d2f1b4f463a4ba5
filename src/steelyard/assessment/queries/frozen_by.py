"""Which weighings did the clock ask for? The trail says so: there they stand under its own title."""

from __future__ import annotations

from collections.abc import Iterable

from steelyard.assessment.models import Weighing
from steelyard.assessment.rules.frozen.cut_off import BY_THE_CLOCK
from steelyard.trail.models import Entry


def asked_for_by_the_clock(weighings: Iterable[Weighing]) -> frozenset[int]:
    """Their numbers: frozen and weighed on the cut-off day, in the name of whoever had set the day."""
    found = Entry.objects.filter(
        table_name=Weighing._meta.db_table, row_id__in=[one.pk for one in weighings],
        action=BY_THE_CLOCK,
    )  # fmt: skip
    return frozenset(found.values_list("row_id", flat=True))
