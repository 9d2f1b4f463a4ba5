"""What keeps an assessment from going back, or from being withdrawn."""

from __future__ import annotations

from steelyard.assessment.rules.stages.facts import Asked, AssessmentState
from steelyard.assessment.rules.states import WeighingState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal


def no_visit_is_planned(found: AssessmentState, _: Asked) -> Refusal | None:
    if not found.planned_visits:
        return None
    return refusal(
        "planned_visits",
        Text(f"还有{found.planned_visits}次实地检查没有进行", f"visits that are planned: {found.planned_visits}"),
        Text("请先逐一取消", "cancel them first, one by one"),
    )  # fmt: skip


def its_weighing_was_refused(found: AssessmentState, _: Asked) -> Refusal | None:
    if found.last_weighing is WeighingState.REFUSED:
        return None
    return refusal(
        "not_refused",
        Text("冻结的数据没有被拒绝计分", "the weighing of what is frozen was not refused"),
        Text("只有未能计分时才能解除冻结", "only where it was, the scoring is opened again"),
    )


def a_reason_is_given(_: AssessmentState, asked: Asked) -> Refusal | None:
    if asked.reason is None or asked.reason.strip():
        return None
    return Refusal("no_reason", Text("请写明理由", "say why"), "reason")
