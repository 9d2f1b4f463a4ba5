"""Is what was typed of a row whole, and what does it say?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from steelyard.assessment.rules.judging.claims import against_the_answer, as_answered
from steelyard.assessment.rules.judging.deductions import read_deductions
from steelyard.assessment.rules.judging.refusals import at, named, too_long
from steelyard.assessment.rules.judging.values import (
    LONGEST_FIGURE,
    LONGEST_REASON,
    Judgement,
    Judging,
    RowFacts,
    Status,
    Typed,
    overrides,
)
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal
from steelyard.tables.sheet import Cell, Column, Head, Row
from steelyard.weighing.typed_cells import typed_by_hand
from steelyard.weighing.values import written


def read(typed: Typed, of: Judging, row: RowFacts) -> tuple[Judgement, tuple[Refusal, ...]]:
    """The row as a judgement, and everything that is wrong with it."""
    figures, wrong = _figures(typed, of)
    taken, wrong_lines = read_deductions(typed.deductions)
    said = Judgement(
        figures, typed.status.strip(), typed.claim.strip(), taken, typed.reason.strip()
    )
    found = as_answered(said, of, row)
    refusals = [*wrong, *wrong_lines, *_of_the_whole(found, of, row)]
    if not wrong and not wrong_lines:
        refusals += _of_the_points(found, of)
    return found, tuple(at(row, one) for one in refusals)


def _figures(typed: Typed, of: Judging) -> tuple[dict[str, str], list[Refusal]]:
    found: dict[str, str] = {}
    refusals: list[Refusal] = []
    for one in of.judged:
        text = typed.judged.get(one.code, "").strip()
        if len(text) > LONGEST_FIGURE:
            refusals.append(Refusal("too_long", named(one, too_long(LONGEST_FIGURE))))
            continue
        value, faults = typed_by_hand(_cell(text), one)
        refusals += [
            refusal(fault.code.replace("-", "_"), named(one, fault.what), fault.mend)
            for fault in faults
        ]
        if value is not None and not faults:
            found[one.code] = written(value) or ""
    return found, refusals


def _cell(text: str) -> Cell:
    place = Column("", "")
    return Cell(text, place, Row(1, (text,), Head("", "", 1, (place,), {"": 0})))


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
        yield Refusal("too_long", too_long(LONGEST_REASON))
    if found.deductions and not of.points_by:
        yield refusal(
            "no_points_judged",
            Text("本项得分由规则算出", "the points of this item follow from its rule"),
            Text("请把说明写在“理由”中", "write what you have to say under “Reason”"),
        )
    yield from against_the_answer(found, of, row)


def _of_the_points(found: Judgement, of: Judging) -> Iterator[Refusal]:
    if overrides(found.status, of):
        return
    for one in of.judged:
        if one.code not in found.judged:
            what = Text("请评定", "judge it")
            yield Refusal("not_judged", named(one, what))
    beyond = beyond_the_item(found, of)
    if beyond:
        yield beyond
    elif of.points_by in found.judged:
        missing = what_is_missing(found, of)
        if missing:
            yield missing


def beyond_the_item(found: Judgement, of: Judging) -> Refusal | None:
    """Points that an item cannot have: 81 of 10 is a slip of the finger, and not full points."""
    told = found.judged.get(of.in_points)
    if told is None or 0 <= Fraction(told) <= of.full:
        return None
    judged = next(one for one in of.judged if one.code == of.in_points)
    what = Text(f"{plain(Fraction(told))}超出范围", f"{plain(Fraction(told))} is out of range")
    mend = Text(f"请填0到{plain(of.full)}之间的分数", f"write points from 0 to {plain(of.full)}")
    return refusal("points_out_of_range", named(judged, what), mend)


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


def as_reviewed(
    found: Judgement, of: Judging, reviewed: Mapping[str, str], reason: str
) -> Judgement:
    """With what two reviewers found as the reason, where all that is judged is what they gave and nothing else is
    said. ``reviewed``: input → what the settled files of the unit give."""
    says_more = found.reason or found.status or found.claim
    if says_more or not of.judged:
        return found
    taken = all(reviewed.get(one.code) == found.judged.get(one.code, "") for one in of.judged)
    return replace(found, reason=reason) if taken else found


def unexplained(
    found: Judgement, of: Judging, points: Fraction | None, row: RowFacts
) -> tuple[Refusal, ...]:
    """Of what is judged by a rule, points below the full ones need a reason; of a deduction, all that is
    taken away; of a bonus that is not given, none."""
    is_by_rule = bool(of.judged) and not of.points_by and not overrides(found.status, of)
    if not is_by_rule or found.reason or points is None or points >= of.expected:
        return ()
    what = Text(f"满分{plain(of.full)}，未得满分须写理由",
                f"less than the full {plain(of.full)} points needs a reason")  # fmt: skip
    if not of.expected:
        what = Text("扣分须写理由", "points that are taken away need a reason")
    return (at(row, Refusal("no_reason", what)),)
