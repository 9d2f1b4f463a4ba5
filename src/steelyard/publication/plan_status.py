"""How far is a measure of the plan? Said from its dates and its latest report, as of a day: never of today.

The first that holds:

    done         it was completed by then, or its latest report says so
    late         it was due before then, or its latest report says that it is late
    under way    its latest report says so, or that a share of it is done
    not started  otherwise

The latest report is the one reported last by that day; one that was never handed in is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, get_args

from steelyard.kernel.bilingual import Text

Status = Literal["done", "late", "under_way", "not_started"]
STATUSES: tuple[Status, ...] = get_args(Status)
WORDS: Mapping[str, Text] = {
    "done": Text("已完成", "done"),
    "late": Text("逾期", "late"),
    "under_way": Text("推进中", "under way"),
    "not_started": Text("未启动", "not started"),
}
RULE = Text(
    "截止日前已办结或最近一次报告称已完成的，为“已完成”；未完成而已过期限或最近一次报告称逾期的，为“逾期”；"
    "最近一次报告称推进中或已完成一定比例的，为“推进中”；其余为“未启动”。最近一次报告，指截止日前最后报送的一次。",
    "Done: completed by the cut-off day, or the latest report says so. Late: not done, and due before that day or "
    "late by its latest report. Under way: the latest report says so, or that a share is done. Not started: "
    "all others. The latest report is the one handed in last by the cut-off day.",
)
TITLE = Text("进展", "Status")

Row = Mapping[str, Any]


def status_of(measure: Row, latest: Row | None, as_of: str) -> Status:
    """The status of a measure on a day; days are written 2021-12-31.

    >>> measure = {"due_on": "2021-06-30", "completed_on": None}
    >>> status_of(measure, {"state": "under_way", "share_done": "40"}, "2021-06-30")
    'under_way'
    >>> status_of(measure, {"state": "under_way", "share_done": "40"}, "2021-07-01")
    'late'
    """
    said = latest["state"] if latest else None
    completed, due = measure["completed_on"], measure["due_on"]
    if (completed and completed <= as_of) or said == "done":
        return "done"
    if (due and due < as_of) or said == "late":
        return "late"
    if said == "under_way" or (latest and float(latest["share_done"] or 0) > 0):
        return "under_way"
    return "not_started"


def latest_reports(reports: Iterable[Row], as_of: str) -> Mapping[str, Row]:
    """Measure → its latest report by a day."""
    handed_in = [one for one in reports if one["reported_on"] and one["reported_on"] <= as_of]
    handed_in.sort(key=lambda one: (one["reported_on"], one["due_on"] or "", one["id"]))
    return {one["measure"]: one for one in handed_in}


def statuses(measures: Sequence[Row], reports: Iterable[Row], as_of: str) -> list[Status]:
    """The status of each measure, in their order."""
    latest = latest_reports(reports, as_of)
    return [status_of(one, latest.get(one["id"]), as_of) for one in measures]


def status_field() -> dict[str, object]:
    """The status as a column of the register of measures."""
    return {
        "code": "status",
        "title": {"zh": TITLE.zh, "en": TITLE.en},
        "type": "code",
        "unit_of_measure": {"zh": "", "en": ""},
        "refers_to": "",
        "codes": {code: {"zh": text.zh, "en": text.en} for code, text in WORDS.items()},
        "computed": {"zh": RULE.zh, "en": RULE.en},
    }
