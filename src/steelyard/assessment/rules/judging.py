"""What may a scoring body say of an item of a unit, and is what it typed whole?

A row of the page of scoring is one unit. What was typed is read into a :class:`Judgement`, or
refused with everything that is wrong with it; the refusal's field is the unit's code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction

from steelyard.assessment.rules.division import Division, Duty, Way
from steelyard.assessment.rules.states import SCORE, ScoreMove, ScoreState, Stage
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import percent, plain
from steelyard.kernel.refusals import NOT_ALLOWED, Refusal
from steelyard.kernel.refusing import refusal
from steelyard.scheme.formula import Name
from steelyard.scheme.model import Input, Scheme
from steelyard.scheme.parts import Points
from steelyard.tables.sheet import Cell, Column, Head, Row
from steelyard.weighing.typed_cells import typed_cell
from steelyard.weighing.values import typed as value_of
from steelyard.weighing.values import written


class Status(StrEnum):
    NO_MATERIAL = "no_material"
    UNRELIABLE = "unreliable"
    LATE = "late"
    NOT_APPLICABLE = "not_applicable"


STATUSES: Mapping[Status, Text] = {
    Status.NO_MATERIAL: Text("无佐证材料", "no supporting material"),
    Status.UNRELIABLE: Text("数据不可靠", "unreliable data"),
    Status.LATE: Text("逾期", "late"),
    Status.NOT_APPLICABLE: Text("不适用", "not applicable"),
}
"""The statuses of an item that :class:`steelyard.weighing.values.Values` knows."""


class ClaimAnswer(StrEnum):
    UPHELD = "upheld"
    REFUSED = "refused"


CLAIM_ANSWERS: Mapping[ClaimAnswer, Text] = {
    ClaimAnswer.UPHELD: Text("认可", "upheld"),
    ClaimAnswer.REFUSED: Text("不认可", "refused"),
}

NOT_APPLICABLE_CLAIMED = "not_applicable"
LONGEST_REASON, LONGEST_FIGURE, MOST_DEDUCTIONS = 2000, 80, 50
FINEST = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Judging:
    """What a body judges of an item. ``points_by``: the judged input that is the points themselves,
    "" if the points follow from it by a rule. ``ignored``: statuses that the scheme takes no notice of.
    """

    item: str
    judged: tuple[Input, ...]
    points_by: str
    full: Fraction
    ignored: frozenset[str] = frozenset({Status.LATE.value})


@dataclass(frozen=True, slots=True)
class Typed:
    """A row as somebody typed it. ``deductions``: one a line, the points and then why."""

    judged: Mapping[str, str] = field(default_factory=dict)
    status: str = ""
    claim: str = ""
    deductions: str = ""
    reason: str = ""

    @property
    def is_empty(self) -> bool:
        said = (*self.judged.values(), self.status, self.claim, self.deductions, self.reason)
        return not any(one.strip() for one in said)


@dataclass(frozen=True, slots=True)
class Taken:
    """Points taken away, and why."""

    points: Decimal
    reason: str

    @property
    def said(self) -> str:
        return plain(Fraction(self.points))


@dataclass(frozen=True, slots=True)
class Judgement:
    judged: Mapping[str, str] = field(default_factory=dict)
    status: str = ""
    claim: str = ""
    deductions: tuple[Taken, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RowFacts:
    """A unit's score as the limits see it. ``claimed``: what the unit claims of the item, or ""."""

    unit: str
    title: Text
    state: ScoreState
    claimed: str = ""
    is_own: bool = False


def judging(scheme: Scheme, divided: Division, duty: Duty, ignored: frozenset[str]) -> Judging:
    judged = tuple(
        scheme.inputs[code] for code in duty.inputs if divided.way[code] is Way.JUDGED
    )  # fmt: skip
    rule = duty.item.rule
    by = rule.points.code if isinstance(rule, Points) and isinstance(rule.points, Name) else ""
    points_by = by if by in {one.code for one in judged} else ""
    return Judging(duty.item.code, judged, points_by, scheme.full[duty.item.code], ignored)


# --- limits ---------------------------------------------------------------------------------------


def against_the_stage(stage: Stage) -> tuple[Refusal, ...]:
    if stage is Stage.SCORING:
        return ()
    what = Text("考核不在评分阶段，不能评分", "the assessment is not being scored just now")
    return (Refusal("wrong_stage", what),)


def against_scoring(row: RowFacts) -> tuple[Refusal, ...]:
    """Of one's own organisation nobody scores anything; a given score is opened again first."""
    if row.is_own:
        return (ones_own(row),)
    return tuple(_at(row, one) for one in SCORE.against(row.state, ScoreMove.SCORE))


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
        return (Refusal("too_long", _too_long(LONGEST_REASON), "why"),)
    return ()


# --- reading --------------------------------------------------------------------------------------


def read(typed: Typed, of: Judging, row: RowFacts) -> tuple[Judgement, tuple[Refusal, ...]]:
    """The row as a judgement, and everything that is wrong with it."""
    figures, wrong = _figures(typed, of)
    taken, wrong_lines = read_deductions(typed.deductions)
    found = Judgement(
        figures, typed.status.strip(), typed.claim.strip(), taken, typed.reason.strip()
    )
    refusals = [*wrong, *wrong_lines, *_of_the_whole(found, of, row)]
    if not wrong and not wrong_lines:
        refusals += _of_the_points(found, of)
    return found, tuple(_at(row, one) for one in refusals)


def _figures(typed: Typed, of: Judging) -> tuple[dict[str, str], list[Refusal]]:
    found: dict[str, str] = {}
    refusals: list[Refusal] = []
    for one in of.judged:
        text = typed.judged.get(one.code, "").strip()
        if len(text) > LONGEST_FIGURE:
            refusals.append(Refusal("too_long", _named(one, _too_long(LONGEST_FIGURE))))
            continue
        value, faults = typed_cell(_cell(text), one)
        refusals += [
            refusal(fault.code.replace("-", "_"), _named(one, fault.what), fault.mend)
            for fault in faults
        ]
        if value is not None and not faults:
            found[one.code] = written(value) or ""
    return found, refusals


def _cell(text: str) -> Cell:
    place = Column("", "")
    return Cell(text, place, Row(1, (text,), Head("", "", 1, (place,), {"": 0})))


_LINE = re.compile(r"[-−–]?\s*(?P<points>\d[\d.]*)\s*分?\s*[:：,，;；、\s]\s*(?P<reason>\S.*)")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")


def read_deductions(text: str) -> tuple[tuple[Taken, ...], tuple[Refusal, ...]]:
    """One a line: points, then the reason.

    >>> [(str(one.points), one.reason) for one in read_deductions("1.5 缺少年度计划\\n0.5分：逾期报送")[0]]
    [('1.5', '缺少年度计划'), ('0.5', '逾期报送')]
    >>> [one.code for one in read_deductions("缺少年度计划")[1]]
    ['wrong_deduction']
    """
    found: list[Taken] = []
    refusals: list[Refusal] = []
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in lines[:MOST_DEDUCTIONS]:
        one = _taken(line)
        if one is None:
            refusals.append(_wrong_line(line))
        else:
            found.append(one)
    if len(lines) > MOST_DEDUCTIONS:
        refusals.append(
            Refusal("too_many", Text("扣分过多", "there are too many deductions")),
        )
    return tuple(found), tuple(refusals)


def _taken(line: str) -> Taken | None:
    match = _LINE.fullmatch(line.translate(_HALF_WIDTH))
    if match is None:
        return None
    try:
        points = Decimal(match["points"])
    except InvalidOperation:
        return None
    is_fine = 0 < points < 100_000 and points == points.quantize(FINEST)
    reason = line[match.start("reason") :].strip()
    return Taken(points, reason) if is_fine and len(reason) <= LONGEST_REASON else None


def _wrong_line(line: str) -> Refusal:
    short = line if len(line) <= 40 else f"{line[:40]}…"
    return refusal(
        "wrong_deduction",
        Text(f"“{short}”不是一项扣分", f"“{short}” is not a deduction"),
        Text("每行一项：先写扣几分（至多四位小数），空格，再写理由",
             "one a line: the points (four decimals at most), a space, the reason"),
    )  # fmt: skip


def deductions_as_typed(taken: tuple[Taken, ...]) -> str:
    return "\n".join(f"{one.said} {one.reason}" for one in taken)


def _of_the_whole(found: Judgement, of: Judging, row: RowFacts) -> Iterator[Refusal]:
    if found.status and found.status not in set(Status):
        yield Refusal("unknown_status", Text("没有这种情形", "there is no such status"))
    if found.status and not found.reason:
        yield refusal(
            "no_reason",
            Text("标明情形须写理由", "a status needs a reason"),
            Text("请写在“理由”中", "write it under “Reason”"),
        )
    if len(found.reason) > LONGEST_REASON:
        yield Refusal("too_long", _too_long(LONGEST_REASON))
    if found.deductions and not of.points_by:
        yield refusal(
            "no_points_judged",
            Text("本项得分由规则算出", "the points of this item follow from its rule"),
            Text("请把说明写在“理由”中", "write what you have to say under “Reason”"),
        )
    yield from _of_the_claim(found, row)


def _of_the_claim(found: Judgement, row: RowFacts) -> Iterator[Refusal]:
    if not row.claimed:
        if found.claim:
            yield Refusal("no_claim", Text("该单位没有提出申请", "the unit claims nothing"))
        return
    if found.claim not in set(ClaimAnswer):
        yield Refusal("claim_open", Text("请答复该单位的申请", "answer what the unit claims"))
        return
    if not found.reason:
        yield refusal(
            "no_reason",
            Text("答复申请须写理由", "the answer to a claim needs a reason"),
            Text("请写在“理由”中", "write it under “Reason”"),
        )
    if row.claimed == NOT_APPLICABLE_CLAIMED:
        is_upheld = found.claim == ClaimAnswer.UPHELD
        if is_upheld != (found.status == Status.NOT_APPLICABLE):
            yield refusal(
                "claim_and_status",
                Text("对“不适用”申请的答复与所选情形不一致",
                     "the answer to the claim “not applicable” and the status contradict"),
                Text("认可则选“不适用”，不认可则不选",
                     "uphold it with that status, or refuse it without"),
            )  # fmt: skip


def overrides(status: str, of: Judging) -> bool:
    """Whether a status stands in the place of what would be judged."""
    return bool(status) and status not in of.ignored


def _of_the_points(found: Judgement, of: Judging) -> Iterator[Refusal]:
    if overrides(found.status, of):
        return
    for one in of.judged:
        if one.code not in found.judged:
            what = Text("请评定", "judge it")
            yield Refusal("not_judged", _named(one, what))
    if of.points_by in found.judged:
        missing = what_is_missing(found, of)
        if missing:
            yield missing


def what_is_missing(found: Judgement, of: Judging) -> Refusal | None:
    """Deductions add up to the full points less what is judged."""
    judged = Fraction(found.judged[of.points_by])
    lost = max(of.full - judged, Fraction(0))
    taken = sum((Fraction(one.points) for one in found.deductions), Fraction(0))
    if taken == lost:
        return None
    left = lost - taken
    if left > 0:
        return refusal(
            "deductions_short",
            Text(f"满分{plain(of.full)}，评{plain(judged)}，扣分只说明了{plain(taken)}分",
                 f"of {plain(of.full)} points {plain(judged)} are given and {plain(taken)} explained"),
            Text(f"还差{plain(left)}分的扣分理由", f"say why another {plain(left)} are taken away"),
        )  # fmt: skip
    return refusal(
        "deductions_over",
        Text(f"满分{plain(of.full)}，评{plain(judged)}，扣分却合计{plain(taken)}分",
             f"of {plain(of.full)} points {plain(judged)} are given, but {plain(taken)} taken away"),
        Text(f"请减少{plain(-left)}分，或者改评分", f"take {plain(-left)} less, or judge anew"),
    )  # fmt: skip


def unexplained(
    found: Judgement, of: Judging, points: Fraction | None, row: RowFacts
) -> tuple[Refusal, ...]:
    """Of what is judged by a rule, points below the full ones need a reason."""
    is_by_rule = bool(of.judged) and not of.points_by and not overrides(found.status, of)
    if not is_by_rule or found.reason or points is None or points >= of.full:
        return ()
    what = Text(f"满分{plain(of.full)}，未得满分须写理由",
                f"less than the full {plain(of.full)} points needs a reason")  # fmt: skip
    return (_at(row, Refusal("no_reason", what)),)


def said_figure(text: str, of: Input) -> str:
    """A figure as people read it: a share as a percentage, anything else as it is kept.

    >>> said_figure("0.923", Input("a", type="share")), said_figure("", Input("a", type="share"))
    ('92.3%', '')
    """
    value = value_of(text, "share") if text and of.type == "share" else None
    return percent(value, 4) if isinstance(value, Fraction) else text


def _named(one: Input, text: Text) -> Text:
    return Text(f"{one.title.zh or one.code}：{text.zh}", f"{one.title.en or one.code}: {text.en}")


def _too_long(most: int) -> Text:
    return Text(f"超过{most}个字", f"it has more than {most} characters")


def _at(row: RowFacts, one: Refusal) -> Refusal:
    """The refusal, said of its row."""
    text = Text(f"{row.title.zh}：{one.text.zh}", f"{row.title.en or row.title.zh}: {one.text.en}")
    return Refusal(one.code, text, row.unit)
