"""Which days of an assessment does the end of one of its deadlines pass, if it is put off too far?"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import Resolver404, resolve

from steelyard.assessment.models import Assessment
from steelyard.assessment.queries.scoring.scoring_days import AREA, SCORING, SETTLING, running
from steelyard.assessment.rules.frozen.cut_off import BEFORE_THE_FREEZE
from steelyard.assessment.rules.states import Stage
from steelyard.kernel.bilingual import Text
from steelyard.notices.models import Deadline
from steelyard.notices.rules.deadlines import LaterStep

CUT_OFF = Text(
    "数据截止日（当晚起，没有未了事项即自动冻结；冻结以后填报和报送的不再计入）",
    "cut-off of records (from that evening on they are frozen by themselves once nothing stands against it; after"
    " the freeze what is filled in or supplied counts no more)",
)
_OF_THE_WORK = {
    SETTLING: Text("差异核对截止日", "day until which the differences are to be settled"),
    SCORING: Text("评分截止日", "day until which the bodies score"),
}


def later_steps(deadline: Deadline) -> Iterator[LaterStep]:
    """The cut-off of its assessment while nothing is frozen, and the running days of settling and scoring, but for
    the step that it belongs to itself."""
    found = _assessment_of(deadline)
    if found is None or Stage(found.stage) not in BEFORE_THE_FREEZE:
        return
    if found.cut_off is not None:
        yield LaterStep(found.cut_off, CUT_OFF)
    if deadline.task == SETTLING or deadline.task.startswith(SCORING):
        return
    for task, said in _OF_THE_WORK.items():
        first = running(task).filter(object_id=found.pk).order_by("due").first()
        if first is not None:
            yield LaterStep(first.due, said)


def _assessment_of(deadline: Deadline) -> Assessment | None:
    """Its page stands within that of its assessment, whatever of it is due."""
    if deadline.area != AREA:
        return None
    try:
        code = resolve(deadline.path).kwargs.get("code")
    except Resolver404:
        return None
    return Assessment.objects.filter(code=code).first() if code else None
