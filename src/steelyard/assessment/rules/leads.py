"""By which way does a lead come, what speaks against a step with it, who told of it?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from steelyard.assessment.rules.states import LEAD, LeadMove, LeadState, Stage
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal


class Channel(StrEnum):
    HOTLINE = "hotline"
    FORM = "form"
    LETTER = "letter"
    VISIT = "visit"


CHANNELS: Mapping[Channel, Text] = {
    Channel.HOTLINE: Text("举报电话", "hotline"),
    Channel.FORM: Text("网上表单", "web form"),
    Channel.LETTER: Text("来信", "letter"),
    Channel.VISIT: Text("来访", "visit in person"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Who told of a lead. Held in memory only; written down sealed."""

    name: str = ""
    contact: str = ""
    note: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.contact or self.note)

    def __repr__(self) -> str:
        """Whatever prints it, a log or a fault, says nothing.

        >>> Told(name="张三")
        Told(***)
        """
        return "Told(***)"


NOT_PLACED = refusal(
    "not_placed",
    Text("这条线索还没有归入考核", "this lead belongs to no assessment yet"),
    Text("请先归入一次考核", "assign it to one first"),
)
PLACED_ALREADY = Refusal(
    "placed_already", Text("这条线索已归入考核", "this lead belongs to an assessment already")
)
OVER = Refusal("over", Text("这条线索已办结", "this lead is concluded"))


def against_placing(state: LeadState, *, is_placed: bool) -> tuple[Refusal, ...]:
    """What speaks against assigning a lead to an assessment."""
    if is_placed:
        return (PLACED_ALREADY,)
    return () if state is LeadState.NEW else (OVER,)


RUNNING = (Stage.ISSUED, Stage.COLLECTING, Stage.COMPARING, Stage.SCORING)
"""While an assessment stands so, a lead from the form goes to it by itself if it is the only one."""

NOBODY = Told()
"""They gave no name."""


def against_lead(
    *,
    text: str,
    item: str,
    items: Collection[str],
    is_assessed: bool,
    stage: Stage,
    is_same_office: bool = True,
) -> tuple[Refusal, ...]:
    """What speaks against taking a lead in."""
    found = []
    if stage in (Stage.DRAFTING, Stage.COMMENTS, Stage.CHECKED):
        found.append(refusal(
            "no_scheme_yet",
            Text("细则还没有印发", "the scheme is not issued yet"),
            Text("印发后再登记线索", "take leads in once it is"),
        ))  # fmt: skip
    if not text.strip():
        found.append(Refusal("no_text", Text("请写明反映的内容", "say what was told"), "text"))
    if not is_assessed:
        found.append(Refusal(
            "not_assessed", Text("本次考核不包括该单位", "this unit is not assessed here"), "unit"
        ))  # fmt: skip
    if not is_same_office:
        found.append(Refusal(
            "other_office", Text("这次考核由别的办公室组织", "another office runs that assessment"),
            "assessment",
        ))  # fmt: skip
    if item and item not in items:
        what = Text(f"细则中没有项目{item}", f"the scheme has no item {item}")
        found.append(Refusal("unknown_item", what, "item"))
    return tuple(found)


def against_move(
    state: LeadState, move: LeadMove, *, conclusion: str = "", is_placed: bool = True,
    waits_for: date | None = None,
) -> tuple[Refusal, ...]:  # fmt: skip
    """What speaks against a move of a lead. One of no assessment can only be closed.

    ``waits_for``: the day of the visit by which it is checked, while there is no report on it: until then
    it is not confirmed.
    """
    missing = LEAD.against(state, move)
    if missing:
        return missing
    if not is_placed and move is not LeadMove.CLOSE:
        return (NOT_PLACED,)
    found = []
    if move is LeadMove.CONFIRM and waits_for is not None:
        found.append(refusal(
            "visit_not_reported",
            Text(f"用于核查的{waits_for}实地检查还没有提交检查情况",
                 f"there is no report yet on the visit of {waits_for}, by which it is checked"),
            Text("提交后才能认定属实", "confirm it once there is"),
            "move",
        ))  # fmt: skip
    if move is not LeadMove.CHECK and not conclusion.strip():
        found.append(
            Refusal("no_conclusion", Text("请写明核查结论", "say what came of it"), "conclusion")
        )
    return tuple(found)


def against_opening(reason: str) -> tuple[Refusal, ...]:
    """What speaks against opening the seal of an informant."""
    if reason.strip():
        return ()
    return (Refusal("no_reason", Text("请写明查阅理由", "say why you open it"), "reason"),)
