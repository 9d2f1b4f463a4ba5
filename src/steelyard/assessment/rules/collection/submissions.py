"""What stands against a step of a submission: filling, putting up, taking back, signing, filing late?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from steelyard.assessment.rules.collection.answers import Question
from steelyard.assessment.rules.states import (
    SUBMISSION,
    Stage,
    SubmissionMove,
    SubmissionState,
)
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal
from steelyard.papers.periods import day_text
from steelyard.scheme.model import Item

LONGEST = 2_000
"""Characters of a statement why items are left open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A submission as the limits see it. ``is_closed``: its deadline has passed, by the database's
    clock; ``due``: the last day, None if none was set; ``steps``: how many approve it; ``is_admitted``:
    the scheme has a rule by which a late submission is weighed."""

    stage: Stage
    state: SubmissionState
    is_closed: bool = False
    is_late: bool = False
    due: date | None = None
    steps: int = 1
    is_admitted: bool = True


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """What a submission does not answer. ``is_empty``: it says nothing at all."""

    items: tuple[Item, ...] = ()
    is_empty: bool = False

    @property
    def is_nothing(self) -> bool:
        return not self.items and not self.is_empty


NEED_TIME = frozenset({SubmissionMove.FILL, SubmissionMove.PUT_UP})

STILL_TO_SIGN = frozenset(
    {SubmissionMove.PUT_UP, SubmissionMove.TAKE_BACK, SubmissionMove.RETURN, SubmissionMove.SIGN}
)
"""What may still be done while the assessment compares. Nothing is filled in any more: what is there
is signed, late, or it stays unsigned and counts as not submitted."""

NOT_SUBMITTED = Text("未报送", "not submitted")


def title_of(state: SubmissionState, stage: Stage) -> Text:
    """How a submission stands, in words: unsigned after the collection, it was not submitted.

    >>> str(title_of(SubmissionState.FILLING, Stage.SCORING).zh)
    '未报送'
    """
    return NOT_SUBMITTED if is_missing(state, stage) else SUBMISSION.states[state]


def is_missing(state: SubmissionState, stage: Stage) -> bool:
    """The collection is over, and nobody signed."""
    is_over = stage in (Stage.COMPARING, Stage.SCORING, Stage.FROZEN)
    return is_over and state is not SubmissionState.LOCKED


def against(found: Standing, move: SubmissionMove) -> tuple[Refusal, ...]:
    """Everything that stands against a move."""
    missing = SUBMISSION.against(found.state, move)
    if missing:
        return (_as_it_stands(found.state),) if move is SubmissionMove.FILL else missing
    refusals = _against_the_stage(found, move)
    if not refusals and move in NEED_TIME and found.is_closed and not found.is_late:
        refusals.append(closed(found.due))
    if move is SubmissionMove.PUT_UP and not found.steps:
        refusals.append(refusal(
            "no_steps",
            Text("考核办还没有设定审签步骤", "the office has set no step of approval"),
            Text("请联系考核办", "ask the office"),
        ))  # fmt: skip
    return tuple(refusals)


def against_leaving_open(found: LeftOpen, why: str) -> tuple[Refusal, ...]:
    """Nobody signs nothing: each item is answered, or the unit states why some, or all, are left open.

    >>> against_leaving_open(LeftOpen(is_empty=True), "本年没有需要报送的内容")
    ()
    """
    if len(why) > LONGEST:
        said = Text(f"最多{LONGEST}个字", f"at most {LONGEST} characters")
        return (Refusal("too_long", said, "why_unanswered"),)
    if found.is_nothing or why.strip():
        return ()
    code = "nothing_filed" if found.is_empty else "unanswered_items"
    return (refusal(code, _what_is_open(found), _STATE_WHY, "why_unanswered"),)


def against_scores_above(
    found: Standing, above: Iterable[tuple[Question, Fraction]]
) -> tuple[Refusal, ...]:
    """Nobody puts up more points than an item has: an amendment may have lowered them after they were typed.
    Once the collection is over nothing can be lowered any more, and what is there is signed as it is."""
    above = tuple(above)
    if not above or found.stage is not Stage.COLLECTING:
        return ()
    zh = "、".join(
        f"{one.item.code} {plain(points)}分（满分{_most(one)}分）" for one, points in above
    )
    en = ", ".join(f"{one.item.code} {plain(points)} of {_most(one)}" for one, points in above)
    return (refusal(
        "scores_above_the_points",
        Text(f"自评分高于细则修订后的满分：{zh}", f"self-scores are above the points of the items as amended: {en}"),
        Text("请先改低这些自评分", "lower them first"),
    ),)  # fmt: skip


def _most(question: Question) -> str:
    return "" if question.most is None else plain(question.most)


def _what_is_open(found: LeftOpen) -> Text:
    zh = "、".join(f"{one.code} {one.title.say('zh')}" for one in found.items)
    en = ", ".join(f"{one.code} {one.title.say('en')}" for one in found.items)
    if not found.is_empty:
        return Text(
            f"{len(found.items)}项没有填报：{zh}", f"not answered ({len(found.items)}): {en}"
        )
    if not found.items:
        return Text("自评材料没有任何内容", "the submission says nothing at all")
    return Text(f"自评材料没有任何内容，以下各项均未填报：{zh}",
                f"the submission says nothing at all; not answered: {en}")  # fmt: skip


_STATE_WHY = Text(
    "请逐项填写自评分或者申请不适用；确不填报的，请写明原因，一并签发",
    "give each a self-score, or claim that it does not apply; or state why it is left open, which is"
    " then signed with it",
)


def against_filing_late(found: Standing, why: str) -> tuple[Refusal, ...]:
    """Filing late is declared once, after the deadline, with a reason."""
    refusals = _against_the_stage(found, SubmissionMove.PUT_UP)
    if found.state is not SubmissionState.FILLING:
        refusals.append(_as_it_stands(found.state))
    if not found.is_closed:
        refusals.append(
            Refusal("not_late_yet", Text("期限还没有届满", "the deadline has not passed yet"))
        )
    if found.is_late:
        refusals.append(
            Refusal("late_already", Text("已经登记逾期报送", "it is filed late already"))
        )
    if not why.strip():
        said = Text("逾期报送须写明原因", "say why it is filed late")
        refusals.append(Refusal("no_reason", said, "why"))
    return tuple(refusals)


def _against_the_stage(found: Standing, move: SubmissionMove) -> list[Refusal]:
    if found.stage is Stage.COLLECTING:
        return []
    if found.stage is not Stage.COMPARING:
        return [_not_collecting()]
    if move not in STILL_TO_SIGN:
        return [refusal(
            "not_collecting",
            Text("填报已经结束，内容不再改动", "the collection is over: nothing is filled in any more"),
            Text("已填的内容仍可登记逾期并签发报送", "what is there can still be filed late and signed"),
        )]  # fmt: skip
    return [] if found.is_admitted else [_not_admitted()]


def _not_admitted() -> Refusal:
    return refusal(
        "late_not_admitted",
        Text("细则不接受逾期报送", "the scheme admits no late submission"),
        Text("该单位按未报送处理", "the unit counts as not having submitted"),
    )


def closed(due: date | None) -> Refusal:
    zh, en = (day_text(due, "zh"), day_text(due, "en")) if due else ("", "its last day")
    ended = f"于{zh}24时" if zh else ""
    return refusal(
        "closed",
        Text(f"填报已{ended}截止，这次没有保存", f"the submission closed at the end of {en}; this was not saved"),
        Text(
            "可以请考核办延期，或者登记逾期报送后继续填报",
            "ask the office to extend the deadline, or declare that you file late and go on",
        ),
    )  # fmt: skip


def _as_it_stands(state: SubmissionState) -> Refusal:
    title = SUBMISSION.states[state]
    mend = {
        SubmissionState.APPROVING: Text("要修改请先撤回", "to change it, take it back first"),
        SubmissionState.LOCKED: Text("报送的内容不再改动", "what was signed is not altered"),
    }.get(state, Text("请重新查看", "look at it again"))
    return refusal(
        "not_filling", Text(f"自评材料{title.zh}", f"the submission is {title.en}"), mend
    )


def _not_collecting() -> Refusal:
    return refusal(
        "not_collecting",
        Text("考核现在不在填报阶段", "the assessment is not collecting now"),
        Text("请向考核办了解", "ask the office"),
    )
