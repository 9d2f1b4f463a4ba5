"""May a unit contest a row behind a figure, and may its source answer?"""

from __future__ import annotations

from steelyard.assessment.rules.states import Stage
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal

CONTESTED_IN = frozenset({Stage.COLLECTING, Stage.COMPARING})
LONGEST = 2_000


def against_raising(
    *, stage: Stage, text: str, is_computed: bool, is_there: bool, is_open: bool
) -> tuple[Refusal, ...]:
    """Everything that stands against an objection. ``is_there``: the record is among those behind the
    unit's figure; ``is_open``: it is contested already."""
    found = list(_text(text, "text", Text("请写明错在哪里", "say what is wrong")))
    if stage not in CONTESTED_IN:
        found.append(Refusal("too_late_to_contest", Text(
            "只能在填报和核对差异阶段提出异议",
            "a record is contested while the assessment collects or compares",
        )))  # fmt: skip
    if not is_computed:
        found.append(Refusal("not_computed", Text(
            "这个数据不是由记录计算的，请在自报数中填写您的数据",
            "this figure is not computed from records: report your own figure instead",
        )))  # fmt: skip
    elif not is_there:
        said = Text("数据背后没有这条记录", "there is no such record behind the figure")
        found.append(Refusal("no_such_record", said, "record"))
    if is_open:
        found.append(refusal(
            "contested_already",
            Text("这条记录已经提出异议", "this record is contested already"),
            Text("请等候答复", "wait for the answer"),
        ))  # fmt: skip
    return tuple(found)


def against_answering(reason: str) -> tuple[Refusal, ...]:
    return tuple(_text(reason, "reason", Text("答复须写明理由", "an answer says why")))


def _text(text: str, field: str, empty: Text) -> list[Refusal]:
    if not text.strip():
        return [Refusal("no_reason", empty, field)]
    if len(text) > LONGEST:
        said = Text(f"最多{LONGEST}个字", f"at most {LONGEST} characters")
        return [Refusal("too_long", said, field)]
    return []
