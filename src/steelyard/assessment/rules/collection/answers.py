"""What a unit says of an item, as it was typed: is it in order, and is the item answered with it?

The self-score is an exact decimal from 0 to the item's points. Own figures are read as the scheme
declares them and kept in their exact writing. Empty is "not said", which is not 0.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from steelyard.assessment.rules.collection.claims import ASKS, CLAIMS, Claim
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import exact, plain
from steelyard.kernel.names import unseen_letters
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal
from steelyard.scheme.model import Input, Item, Kind, Scheme
from steelyard.tables.sheet import Cell, Column, Head, Row
from steelyard.weighing.typed_cells import typed_by_hand
from steelyard.weighing.values import written

PLACES = 4
LONGEST = 8_000
"""Characters of a statement, and of grounds."""
LONGEST_FIGURE = 80
FIGURE = "figure-"
"""Before the code of an input, in the name of the field where its figure is typed."""


@dataclass(frozen=True, slots=True)
class Question:
    """An item as it is asked: what the self-score may be at most (None: as much as one likes), and
    the figures that the unit may report itself."""

    item: Item
    most: Fraction | None
    inputs: tuple[Input, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """An answer as a person typed it."""

    self_score: str = ""
    figures: Mapping[str, str] = field(default_factory=dict)
    statement: str = ""
    claim: str = ""
    grounds: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answer as it is kept. ``figures``: input → figure in its exact writing."""

    self_score: Decimal | None = None
    figures: Mapping[str, str] = field(default_factory=dict)
    statement: str = ""
    claim: str = ""
    grounds: str = ""

    @property
    def is_answered(self) -> bool:
        """Points are given, or the item is claimed not to apply."""
        return is_answered(self.self_score, self.claim)


def is_answered(self_score: Decimal | None, claim: str) -> bool:
    return self_score is not None or claim == Claim.NOT_APPLICABLE


def questions(scheme: Scheme, group: str, asked: Mapping[str, Sequence[str]]) -> list[Question]:
    """The items of a unit in the order of the scheme; one that is for other groups is left out.

    ``asked``: item → the inputs whose figures are reported besides being supplied or computed.
    """
    return [
        Question(leaf, most_points(scheme, leaf), tuple(scheme.inputs[code] for code in asked[leaf.code]))
        for leaf in (item for item in scheme.in_order if item.code in asked)
        if not leaf.applies_to or group in leaf.applies_to
    ]  # fmt: skip


def most_points(scheme: Scheme, leaf: Item) -> Fraction | None:
    """An index has no points to be reached: its items are not bounded here."""
    full = scheme.full[leaf.code]
    return full if full > 0 else None


def read(question: Question, typed: Typed) -> Said | tuple[Refusal, ...]:
    """The answer, or all that is wrong with what was typed, each at its field."""
    score = read_score(typed.self_score, question.most)
    figures = {one.code: _figure(typed.figures.get(one.code, ""), one) for one in question.inputs}
    refusals = [*_of(score), *(each for one in figures.values() for each in _of(one))]
    refusals += against_texts(typed)
    claim = typed.claim.strip()
    refusals += against_claim(claim, typed.grounds, typed.self_score)
    if refusals:
        return tuple(refusals)
    return Said(
        self_score=None if isinstance(score, tuple) else score,
        figures={
            code: found for code, found in figures.items() if isinstance(found, str) and found
        },
        statement=typed.statement.strip(), claim=claim,
        grounds=typed.grounds.strip() if claim else "",
    )  # fmt: skip


def _of(found: object) -> Iterable[Refusal]:
    return found if isinstance(found, tuple) else ()


def read_score(text: str, most: Fraction | None) -> Decimal | tuple[Refusal, ...] | None:
    """The points that a unit gives itself; None: none said.

    >>> read_score("７.5", Fraction(10)), read_score(" ", Fraction(10))
    (Decimal('7.5'), None)
    >>> [one.code for one in read_score("10.5", Fraction(10))]
    ['above_the_maximum']
    """
    if not text.strip():
        return None
    try:
        value = exact(text)
    except ValueError:
        return (_score("not_a_number", f"“{text[:40]}”不是数字", f"{text[:40]!r} is not a number"),)
    if value < 0:
        return (_score("below_zero", "自评分不能小于0", "a self-score is not below 0"),)
    if most is not None and value > most:
        return (
            _score(
                "above_the_maximum",
                f"自评分不能超过本项满分{plain(most)}分",
                f"the item has {plain(most)} points; a self-score is not above them",
            ),
        )
    if (value * 10**PLACES).denominator != 1 or value >= 10**5:
        return (
            _score("too_fine", f"最多{PLACES}位小数", f"at most {PLACES} decimal places are taken"),
        )
    return Decimal(plain(value))


def _score(code: str, zh: str, en: str) -> Refusal:
    return Refusal(code, Text(zh, en), "self_score")


def _figure(text: str, wanted: Input) -> str | tuple[Refusal, ...]:
    """A figure in its exact writing, "" if none is said."""
    value, faults = typed_by_hand(a_cell(text), wanted)
    kept = written(value) or ""
    field_name = FIGURE + wanted.code
    if faults:
        return tuple(refusal(one.code, one.what, one.mend, field_name) for one in faults)
    if len(kept) > LONGEST_FIGURE or unseen_letters(kept):
        said = Text(f"最多{LONGEST_FIGURE}个字", f"at most {LONGEST_FIGURE} characters")
        return (Refusal("too_long", said, field_name),)
    return kept


def a_cell(text: str) -> Cell:
    """What is typed in a form, as the cell of a sheet would hold it."""
    column = Column("A", "")
    return Cell(text.strip(), column, Row(1, (text,), Head("", "", 1, (column,), {})))


def against_texts(typed: Typed) -> list[Refusal]:
    found = []
    for name, text in (("statement", typed.statement), ("grounds", typed.grounds)):
        if len(text) > LONGEST:
            found.append(Refusal("too_long", Text(
                f"超过{LONGEST}个字，请精简，详细情况放入佐证材料",
                f"longer than {LONGEST} characters; put the details into the material",
            ), name))  # fmt: skip
    return found


def against_claim(claim: str, grounds: str, self_score: str) -> list[Refusal]:
    """A claim needs grounds of its own; what does not apply has no points."""
    if not claim:
        return []
    if claim not in set(Claim):
        return [Refusal("unknown_claim", Text("没有这种申请", "there is no such claim"), "claim")]
    found = []
    if not grounds.strip():
        title, asks = CLAIMS[Claim(claim)], ASKS[Claim(claim)]
        found.append(refusal(
            "claim_without_grounds",
            Text(f"申请“{title.zh}”须写明理由", f"a claim of “{title.en}” needs its grounds"),
            asks, "grounds",
        ))  # fmt: skip
    if claim == Claim.NOT_APPLICABLE and self_score.strip():
        found.append(Refusal("points_of_what_does_not_apply", Text(
            "申请不适用的项目不能同时填自评分",
            "an item that does not apply has no self-score: take one of the two away",
        ), "self_score"))  # fmt: skip
    return found


def unanswered(asked: Iterable[Question], said: Mapping[str, Said]) -> tuple[Item, ...]:
    """The items that have to be answered and are not: a bonus and a deduction are nobody's duty."""
    return tuple(
        one.item
        for one in asked
        if one.item.kind == "item" and not said.get(one.item.code, Said()).is_answered
    )


def scores_above(
    asked: Iterable[Question], said: Mapping[str, Said]
) -> Iterator[tuple[Question, Fraction]]:
    """Self-scores above what their items have, which an amendment may have lowered since they were typed."""
    for one in asked:
        points = said.get(one.item.code, Said()).self_score
        if points is not None and one.most is not None and points > one.most:
            yield one, Fraction(points)


# --- progress -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a part of the scheme is answered, and what the unit gives itself so far."""

    item: Item
    all: int
    answered: int
    self_score: Fraction
    most: Fraction
    adds: Fraction = Fraction(0)
    """What bonus items can add, beyond the points."""

    @property
    def is_whole(self) -> bool:
        return self.answered == self.all


def progress(
    scheme: Scheme, asked: Collection[Question], said: Mapping[str, Said]
) -> tuple[Progress, ...]:
    """Of each dimension in order: answered of all items, self-score so far against points.

    Bonus items are not in the points; deductions are taken off. What is claimed not to apply is
    answered, and its points are still in the points: whether it applies is decided later.
    """
    top = {one.item.code: _dimension(scheme, one.item) for one in asked}
    found = []
    for dimension in dict.fromkeys(top.values()):
        of_it = [one for one in asked if top[one.item.code] == dimension]
        answers = [said.get(one.item.code, Said()) for one in of_it]
        found.append(Progress(
            scheme.item[dimension], len(of_it), sum(one.is_answered for one in answers),
            sum((_counted(one.item, answer) for one, answer in zip(of_it, answers, strict=True)), Fraction(0)),
            _most(of_it, "item"), _most(of_it, "bonus"),
        ))  # fmt: skip
    return tuple(found)


def _most(asked: Iterable[Question], kind: Kind) -> Fraction:
    return sum((one.most or Fraction(0) for one in asked if one.item.kind == kind), Fraction(0))


def _dimension(scheme: Scheme, item: Item) -> str:
    while item.parent:
        item = scheme.item[item.parent]
    return item.code


def _counted(item: Item, answer: Said) -> Fraction:
    score = Fraction(answer.self_score or 0)
    return -score if item.kind == "deduction" else score
