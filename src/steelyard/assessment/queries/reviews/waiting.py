"""Which draws wait for the office?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from steelyard.assessment.models import Draw, DrawnFile
from steelyard.assessment.queries.reviews.results import (
    as_value,
    with_reviews,
)
from steelyard.assessment.rules.reviews.marks import (
    Standing,
    standing,
)
from steelyard.assessment.rules.states import FileState


def draws_that_wait(
    offices: Collection[int], stages: Collection[str]
) -> list[tuple[Draw, int, int]]:
    """Draws of these offices that wait for them, with how many files lack two reviewers, and on how many
    two differ while no third was asked."""
    files = DrawnFile.objects.filter(
        draw__assessment__office__in=list(offices), draw__assessment__stage__in=list(stages),
        is_reserve=False, state=FileState.RECEIVED,
    ).select_related("draw__assessment")  # fmt: skip
    lacking, differ, draws = Counter[int](), Counter[int](), {}
    for file in with_reviews(files).order_by("draw", "pk"):
        reviews = list(file.reviews.all())
        draws[file.draw_id] = file.draw
        lacking[file.draw_id] += sum(not one.settles for one in reviews) < 2
        how, _ = standing([as_value(one) for one in reviews])
        differ[file.draw_id] += how is Standing.DIFFER and not any(one.settles for one in reviews)
    return [
        (draw, lacking[number], differ[number])
        for number, draw in draws.items()
        if lacking[number] or differ[number]
    ]
