"""What speaks against correcting what was reported of a visit?

A report that is in was read, and perhaps scored: it is corrected with a reason, what it said before stays,
and those who read it are told.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from steelyard.assessment.rules.states import VISIT, Stage, VisitMove, VisitState
from steelyard.assessment.rules.visits import STAGES, against_what_is_reported
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal


class Corrected(StrEnum):
    REPORT = "report"
    FINDING = "finding"
    ADDED = "added"


CORRECTED: Mapping[Corrected, Text] = {
    Corrected.REPORT: Text("检查日期和综述", "day and summary"),
    Corrected.FINDING: Text("检查情况", "a finding"),
    Corrected.ADDED: Text("补充检查情况", "a finding added"),
}


def against_correcting(state: VisitState, *, stage: Stage, reason: str) -> tuple[Refusal, ...]:
    """What speaks against correcting anything of a report, whatever it is.

    >>> [one.code for one in against_correcting(VisitState.DONE, stage=Stage.FROZEN, reason="")]
    ['report_counted', 'no_reason']
    """
    missing = VISIT.against(state, VisitMove.CORRECT)
    if missing:
        return missing
    found = []
    if stage not in STAGES:
        found.append(refusal(
            "report_counted",
            Text("数据已经冻结，检查情况已计入评分",
                 "the records are frozen, and the report has come to the scores as it is"),
            Text("不能再更正", "it is corrected no more"),
        ))  # fmt: skip
    if not reason.strip():
        found.append(
            Refusal("no_reason", Text("请写明更正原因", "say why it is corrected"), "reason")
        )
    return tuple(found)


def against_corrected_report(
    state: VisitState, *, stage: Stage, reason: str, visited_on: date, planned_at: date,
    summary: str, today: date, is_the_same: bool,
) -> tuple[Refusal, ...]:  # fmt: skip
    """What speaks against another day, another summary; ``is_the_same``: as they are already."""
    against = against_correcting(state, stage=stage, reason=reason)
    if VISIT.after(state, VisitMove.CORRECT) is None:
        return against
    said = against_what_is_reported(
        visited_on=visited_on, planned_at=planned_at, summary=summary, today=today
    )
    return (*against, *said, *(against_no_change(is_the_same=is_the_same)))


def against_no_change(*, is_the_same: bool) -> tuple[Refusal, ...]:
    if not is_the_same:
        return ()
    return (
        refusal(
            "nothing_corrected",
            Text("内容没有变化", "it says what it said before"),
            Text("请先修改再提交", "correct something first"),
        ),
    )
