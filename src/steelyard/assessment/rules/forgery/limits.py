"""Forged or false material: who is told what stands against a step, all at once.

Suspected, heard, then confirmed or cleared: nobody is condemned unheard, and nobody decides on what
they raised. Whoever holds a role in the unit takes no part on the side of the office.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from steelyard.assessment.rules.states import (
    ASSESSMENT,
    SUSPICION,
    Stage,
    SuspicionMove,
    SuspicionState,
)
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import NOT_ALLOWED, Refusal
from steelyard.kernel.refusing import refusal

LONGEST = 4000
WHEN = frozenset({Stage.COLLECTING, Stage.COMPARING, Stage.SCORING, Stage.FROZEN})
"""Stages in which one may be raised and decided. None is open when the records are frozen; found to be
forged afterwards, the frozen records are weighed anew."""
KEEPS_MATERIAL = frozenset(
    {SuspicionState.SUSPECTED, SuspicionState.HEARD, SuspicionState.CONFIRMED}
)
"""While it stands so, the material that it speaks of stays behind the item: it is what is looked at."""
DAYS_TO_ANSWER = 5
"""Working days for the unit to state its case; said nothing by then, it was heard all the same."""
DAYS_TO_HEAR = DAYS_TO_ANSWER + 5
"""Working days for the office to hear the unit, from the day on which it is raised: the unit's own, and a
week."""
DAYS_TO_DECIDE = 5
"""Working days for the head of the office to decide, once the unit was heard."""


class About(StrEnum):
    """What of an item is doubted."""

    MATERIAL = "material"
    STATEMENT = "statement"
    SELF_SCORE = "self_score"
    FIGURES = "figures"


ABOUT: Mapping[About, Text] = {
    About.MATERIAL: Text("佐证材料", "the material"),
    About.STATEMENT: Text("自评说明", "the statement"),
    About.SELF_SCORE: Text("自评分", "the self-score"),
    About.FIGURES: Text("自报数", "the figures that it reports"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """``is_leaf``: the scheme has such an item. ``is_of_item``: the material stands behind it, or none is
    named. ``about``: what is doubted; ``said``: what of that the unit signed."""

    stage: Stage
    grounds: str
    about: About = About.MATERIAL
    said: Collection[About] = frozenset(About)
    is_leaf: bool = True
    is_of_item: bool = True
    has_open: bool = False
    is_forged_already: bool = False
    is_own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step asked for with a suspicion. ``text``: what the unit said, or the reasons.

    ``was_silent``: the unit is said to have said nothing.
    """

    move: SuspicionMove
    text: str
    on: date
    said_on: date | None = None
    was_silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspicionFacts:
    state: SuspicionState
    stage: Stage
    raised_on: date
    has_stated: bool = False
    answer_due: date | None = None
    by_whoever_raised_it: bool = False
    is_own: bool = False


def against_raising(asked: Raised) -> tuple[Refusal, ...]:
    if asked.is_own:
        return (own_unit(),)
    return tuple(
        one
        for one in (
            _the_stage_allows_it(asked.stage),
            _said(asked.grounds, "grounds", Text("请写明依据", "say on what grounds")),
            None if asked.is_leaf else _no_such_item(),
            _nothing_to_doubt(asked) if asked.is_leaf and asked.is_of_item else None,
            None if asked.is_of_item else _not_of_the_item(),
            _open_already() if asked.has_open else None,
            _forged_already() if asked.is_forged_already else None,
        )
        if one is not None
    )


def against(found: SuspicionFacts, asked: Step) -> tuple[Refusal, ...]:
    """Everything that stands against a step; one that does not exist is refused for that alone."""
    missing = SUSPICION.against(found.state, asked.move)
    if missing:
        return missing
    if found.is_own:
        return (own_unit(),)
    asks = (
        (_the_stage_allows_it(found.stage), *_of_the_hearing(found, asked))
        if asked.move is SuspicionMove.HEAR
        else (_the_stage_allows_it(found.stage), *_of_the_decision(found, asked))
    )
    return tuple(one for one in asks if one is not None)


def against_stating(found: SuspicionFacts, text: str) -> tuple[Refusal, ...]:
    """What keeps the unit from stating its case, which it does once, before anybody decides."""
    if found.state in (SuspicionState.CONFIRMED, SuspicionState.CLEARED):
        return SUSPICION.against(found.state, SuspicionMove.HEAR)
    asks = (
        _the_stage_allows_it(found.stage),
        _stated_already() if found.has_stated else None,
        _said(text, "statement", Text("请写明陈述意见", "state your case")),
    )
    return tuple(one for one in asks if one is not None)


def material_is_kept() -> Refusal:
    """Why material is not taken off its item."""
    return refusal(
        "material_is_kept",
        Text(
            "这项材料涉嫌造假或者已被认定造假，不能移除",
            "this material is held, or was found, to be forged, and is not taken off",
        ),
        Text("如需说明，请提交书面陈述", "state your case if there is something to say"),
    )


def _stated_already() -> Refusal:
    what = Text("已提交书面陈述", "a statement was made already")
    return Refusal("stated_already", what, "statement")


def _of_the_silence(found: SuspicionFacts, asked: Step) -> tuple[Refusal | None, ...]:
    """Silence counts for a hearing only after the day that was given."""
    if found.has_stated:
        what = Text("该单位已提交书面陈述", "the unit has made a statement")
        return (Refusal("not_silent", what, "was_silent"),)
    if found.answer_due is not None and found.answer_due >= asked.on:
        until = found.answer_due
        what = Text(
            f"该单位的陈述期限{until}尚未届满",
            f"the unit still has until {until} to state its case",
        )
        mend = Text("请等到期限届满", "wait until it has passed")
        return (refusal("not_due_yet", what, mend, "was_silent"),)
    return ()


def _of_the_hearing(found: SuspicionFacts, asked: Step) -> tuple[Refusal | None, ...]:
    if asked.was_silent:
        return _of_the_silence(found, asked)
    said = _said(asked.text, "hearing", Text("请记录该单位的陈述", "write down what the unit said"))
    return said, _the_day_is_right(found, asked), _the_unit_answered(found, asked)


def has_days_left(found: SuspicionFacts, on: date) -> bool:
    """Whether the unit may still state its case, and has not."""
    due = found.answer_due
    return not found.has_stated and due is not None and due >= on


def _the_unit_answered(found: SuspicionFacts, asked: Step) -> Refusal | None:
    """Whoever is to state a case and to defend it (陈述申辩) has the days that were given for it: nothing that
    the office writes down cuts them short. The unit itself does, by its answer."""
    if not has_days_left(found, asked.on):
        return None
    return refusal(
        "days_to_answer",
        Text(f"该单位的陈述申辩期限到{found.answer_due}（含当日），尚未届满，也未提交书面陈述",
             f"the unit has until {found.answer_due} to state its case, and has not answered yet"),
        Text("请在其提交书面陈述之后，或者期限届满之后记录；当面陈述的，也请其提交书面陈述",
             "write it down once it has stated its case, or that day has passed; if it speaks in person before,"
             " ask it to put that in writing"),
    )  # fmt: skip


def _the_day_is_right(found: SuspicionFacts, asked: Step) -> Refusal | None:
    if asked.said_on is None:
        return Refusal("no_day", Text("请填写听取日期", "say on which day"), "heard_on")
    if asked.said_on > asked.on:
        what = Text("听取日期不能晚于今天", "that day is yet to come")
        return Refusal("in_the_future", what, "heard_on")
    if asked.said_on < found.raised_on:
        what = Text("听取日期早于提出之日", "on that day nothing was suspected yet")
        return Refusal("before_it_was_raised", what, "heard_on")
    return None


def _of_the_decision(found: SuspicionFacts, asked: Step) -> tuple[Refusal | None, ...]:
    return (
        _decided_by_another() if found.by_whoever_raised_it else None,
        _the_unit_had_its_days(found, asked),
        _said(asked.text, "decision", Text("请写明理由", "say why")),
    )


def _decided_by_another() -> Refusal:
    return refusal(
        NOT_ALLOWED,
        Text("这件嫌疑是您提出的", "you raised this suspicion yourself"),
        Text("须由他人作出决定", "somebody else decides on it"),
    )


def _the_unit_had_its_days(found: SuspicionFacts, asked: Step) -> Refusal | None:
    """Also where its days were put off after the hearing: until its day it may state its case itself."""
    due = found.answer_due
    if asked.move is not SuspicionMove.CONFIRM or not has_days_left(found, asked.on):
        return None
    return refusal(
        "days_to_answer",
        Text(f"该单位可以在{due}之前书面陈述，期限尚未届满", f"the unit may state its case in writing until {due}"),
        Text("请等到其提交陈述或者期限届满", "wait until it has, or until that day has passed"),
    )  # fmt: skip


def own_unit() -> Refusal:
    return refusal(
        NOT_ALLOWED,
        Text("您在该单位任职", "you hold a role in this unit"),
        Text("须由他人办理", "somebody else has to do it"),
    )


def _the_stage_allows_it(stage: Stage) -> Refusal | None:
    if stage in WHEN:
        return None
    said = ASSESSMENT.states[stage]
    what = Text(f"考核处于“{said.zh}”阶段，不能办理造假嫌疑",
                f"at the stage “{said.en}” nothing is done with suspicions")  # fmt: skip
    return Refusal("wrong_stage", what)


def _said(text: str, field: str, ask: Text) -> Refusal | None:
    if not text.strip():
        return Refusal("no_reason", ask, field)
    if len(text) > LONGEST:
        what = Text(f"超过{LONGEST}个字", f"it has more than {LONGEST} characters")
        return Refusal("too_long", what, field)
    return None


def _no_such_item() -> Refusal:
    return Refusal("no_such_item", Text("细则中没有该项目", "the scheme has no such item"))


def _not_of_the_item() -> Refusal:
    what = Text("这份材料不是该项目的佐证材料", "this material does not stand behind the item")
    return Refusal("not_of_the_item", what, "material")


def _nothing_to_doubt(asked: Raised) -> Refusal | None:
    if asked.about in asked.said:
        return None
    if not asked.said:
        return refusal(
            "nothing_filed",
            Text("该单位没有签发这个项目的材料、说明、自评分或者自报数",
                 "the unit signed no material, statement, self-score or figure of this item"),
            Text("没有可以怀疑的内容；数据有误的，请由来源单位更正",
                 "there is nothing to be doubted; a supplied figure is corrected by the body that supplies it"),
            "about",
        )  # fmt: skip
    missing, said = ABOUT[asked.about], [ABOUT[one] for one in About if one in asked.said]
    return refusal(
        "not_filed",
        Text(f"该单位没有签发这个项目的{missing.zh}", f"the unit signed nothing of this kind: {missing.en}"),
        Text("请从该项目已签发的内容中选择：" + "、".join(one.zh for one in said),
             "choose from what it did sign: " + ", ".join(one.en for one in said)),
        "about",
    )  # fmt: skip


def _open_already() -> Refusal:
    return refusal(
        "open_already",
        Text("该项目已有一件嫌疑尚未决定", "a suspicion of this item waits for a decision already"),
        Text("请先办结", "finish that one first"),
    )


def _forged_already() -> Refusal:
    what = Text("该项目已被认定造假", "this item was found to be forged already")
    return Refusal("forged_already", what)
