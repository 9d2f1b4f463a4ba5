"""May this row be scored, or opened again?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from steelyard.assessment.rules.figures import said_figure
from steelyard.assessment.rules.figures.counting import Key
from steelyard.assessment.rules.figures.missing import Missing
from steelyard.assessment.rules.judging.refusals import at, too_long
from steelyard.assessment.rules.judging.values import (
    LONGEST_REASON,
    Judgement,
    Judging,
    RowFacts,
    Status,
    overrides,
)
from steelyard.assessment.rules.states import SCORE, ScoreMove, Stage
from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.refusals import NOT_ALLOWED, Refusal
from steelyard.kernel.refusing import refusal
from steelyard.scheme.model import Input


def against_the_stage(stage: Stage) -> tuple[Refusal, ...]:
    if stage is Stage.SCORING:
        return ()
    what = Text("考核不在评分阶段，不能评分", "the assessment is not being scored just now")
    return (Refusal("wrong_stage", what),)


def against_scoring(row: RowFacts) -> tuple[Refusal, ...]:
    """Of one's own organisation nobody scores anything; a given score is opened again first."""
    if row.is_own:
        return (ones_own(row),)
    return tuple(at(row, one) for one in SCORE.against(row.state, ScoreMove.SCORE))


def against_missing(
    row: RowFacts, found: Judgement, of: Judging, inputs: Iterable[str],
    undecided: Mapping[Key, Missing], titles: Mapping[str, Text],
) -> tuple[Refusal, ...]:  # fmt: skip
    """Nobody scores by a figure that is missing before the office decided about it. What does not apply
    needs none; nor does what is computed where a status stands in the place of the rule."""
    if found.status == Status.NOT_APPLICABLE:
        return ()
    lacking = [undecided[row.unit, code] for code in inputs if (row.unit, code) in undecided]
    return tuple(
        at(row, _missing(titles[one.input], one))
        for one in lacking
        if not (one.is_computed and overrides(found.status, of))
    )


def against_departing(
    row: RowFacts, found: Judgement, reviewed: Mapping[str, str], inputs: Mapping[str, Input]
) -> tuple[Refusal, ...]:
    """What two reviewers settled of the case files goes to the item; who takes another figure says why.
    ``reviewed``: input → what the files of the unit give."""
    if found.reason or found.status:
        return ()
    return tuple(
        at(row, _departs(inputs[code], found.judged.get(code, ""), value))
        for code, value in reviewed.items()
        if found.judged.get(code) != value
    )


def _departs(source: Input, typed: str, value: str) -> Refusal:
    said, files = (said_figure(one, source) if one else NO_FIGURE for one in (typed, value))
    if said == files:  # read out they are alike: 280/3 and 93.3333
        said, files = same(typed), same(value)
    title = source.title
    return refusal(
        "departs_from_review",
        Text(
            f"“{title.say('zh')}”：案卷评查结果为{files.zh}，填的是{said.zh}",
            f"“{title.say('en')}”: the review of case files gives {files.en}, this says {said.en}",
        ),
        Text("请按评查结果填写，或者写明不同的理由", "take what it gives, or say why not"),
    )


MOVED = "figure_moved"


def against_moved(
    row: RowFacts, seen: Mapping[str, str], now: Mapping[str, str], inputs: Mapping[str, Input]
) -> tuple[Refusal, ...]:
    """Nobody confirms points that they never saw: a figure behind the row is another since the page was
    opened. ``seen``, ``now``: input → the figure as it is kept, "" where there is none."""
    return tuple(
        at(row, _moved(inputs[code], seen.get(code, ""), value))
        for code, value in now.items()
        if seen.get(code, "") != value
    )


def _moved(source: Input, before: str, after: str) -> Refusal:
    was, now = (said_figure(one, source) if one else NO_FIGURE for one in (before, after))
    return refusal(
        MOVED,
        Text(
            f"“{source.title.say('zh')}”在您查看之后已变：{was.zh} → {now.zh}",
            f"“{source.title.say('en')}” changed since you looked: {was.en} → {now.en}",
        ),
        Text("请看过现在的数再评分", "look at it as it is now, then score"),
    )


NO_FIGURE = Text("没有数", "none")


def _missing(title: Text, one: Missing) -> Refusal:
    zh = "、".join(body.say("zh") for body in one.bodies)
    en = ", ".join(body.say("en") for body in one.bodies)
    return refusal(
        "figure_missing",
        Text(
            f"缺“{title.say('zh')}”，考核办尚未决定怎样处理",
            f"“{title.say('en')}” is missing, and the office has not decided about it",
        ),
        Text(
            f"请等{zh or '来源单位'}补报，或者等考核办在“缺少的数据”页作出决定",
            f"wait for {en or 'its body'} to deliver it, or for the office to decide on the page "
            "“Missing figures”",
        ),
    )  # fmt: skip


def ones_own(row: RowFacts) -> Refusal:
    what = Text(f"{row.title.zh}：您在该单位任职", f"{row.title.en}: you hold a role in this unit")
    mend = Text("须由他人评分", "somebody else has to score it")
    return refusal(NOT_ALLOWED, what, mend, row.unit)


def against_reopening(row: RowFacts, why: str) -> tuple[Refusal, ...]:
    if row.is_own:
        return (ones_own(row),)
    missing = SCORE.against(row.state, ScoreMove.REOPEN)
    if missing:
        return missing
    if not why.strip():
        return (Refusal("no_reason", Text("请写明重评理由", "say why"), "why"),)
    if len(why) > LONGEST_REASON:
        return (Refusal("too_long", too_long(LONGEST_REASON), "why"),)
    return ()
