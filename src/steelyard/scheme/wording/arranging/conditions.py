"""What is given or taken if something is so: 完成得5分，未完成不得分."""

from __future__ import annotations

import re
from collections.abc import Sequence

from steelyard.scheme.wording.arranging.work import SIGNS, Part, Undecided, Work
from steelyard.scheme.wording.clauses import (
    Award,
    Condition,
    Each,
    InProportion,
    RawBand,
    Row,
    Step,
    TableOf,
    When,
)

_JOINT = re.compile("[且或]| and | or ")
_JOINTS = (("且", " and "), ("或", " or "), (" and ", " and "), (" or ", " or "))


def conditions(work: Work) -> list[Part]:
    from steelyard.scheme.wording.arranging.beside import add_condition

    whens = work.all(When)
    if any(one.award.spared for one in whens):
        raise Undecided(
            "“不扣分”的情形要从数量中剔除", "what is not deducted must be left out of the count"
        )
    if any(one.award.added for one in whens) and work.has(Each):
        raise Undecided(
            "是按件加分还是只加一次，没有写", "whether it is added per case is not said"
        )
    pairs, singles = _paired(whens)
    zeros = [one for one in singles if _sets_to_zero(one, work)]
    if zeros and any(not one.award.taken for one in work.clauses if isinstance(one, Each)):
        raise Undecided(
            "不得分的是那一件还是整个指标，没有写清",
            "whether one case or the whole item gets no points is not said",
        )
    for one in zeros:
        add_condition(work, "zero_if", condition_text(work, one.condition))
    singles = [one for one in singles if one not in zeros]
    if work.has(InProportion):  # 完成任务得满分，未完成的按比例得分: the proportion says it all
        singles = [one for one in singles if not work.is_full(one.award.points)]
    parts = [_pair(yes, no, work) for yes, no in pairs]
    parts += [_single(one, work) for one in singles]
    return _with_else(parts, work)


def _with_else(parts: list[Part], work: Work) -> list[Part]:
    """否则得2分, of the one thing that is given."""
    is_one = len(parts) == 1 and "points" in parts[0] and "otherwise" not in parts[0]
    if not is_one or work.has(Step, Row, TableOf):
        return parts
    otherwise = work.otherwise()
    return parts if otherwise in (None, 0) else [parts[0] | {"otherwise": otherwise}]


def _sets_to_zero(one: When, work: Work) -> bool:
    """未建立的不得分 beside other clauses sets the whole item to zero."""
    if one.award.points != 0 or one.award.taken or one.award.added:
        return False
    is_alone = all(
        other is one for other in work.clauses if isinstance(other, When)
    ) and not work.has(Each, Step, Row, TableOf, InProportion)
    return not (is_alone and one.condition.denied)


def _single(one: When, work: Work) -> Part:
    if one.award.taken:
        words = work.namer.tokens.taken_out(one.condition.words)
        phrase = f"未{words}" if one.condition.denied else words
        work.read_into(f"“{phrase}”按是否出现，一次性扣分", f"{phrase!r}: taken once, if it is so")
    return given(one.condition, one.award, work)


def given(condition: Condition, award: Award, work: Work) -> Part:
    """Points on a condition; nothing for what is denied means full points for what is not."""
    said = condition_text(work, condition)
    if award.taken:
        return {"deduct": 1, "each": award.points, "when": said}
    if award.points == 0 and condition.denied:
        return {"points": "full", "when": denied(said)}
    return {"points": award.points, "when": said}


def _pair(yes: When, no: When, work: Work) -> Part:
    """完成得5分，未完成不得分."""
    if no.award.taken or yes.award.taken:
        raise Undecided(
            "一种情形得分，相反的情形扣分", "points for it, and points off for its opposite"
        )
    part = given(yes.condition, yes.award, work)
    return part if no.award.points == 0 else part | {"otherwise": no.award.points}


def _paired(whens: Sequence[When]) -> tuple[list[tuple[When, When]], list[When]]:
    """A thing and its opposite together, in the order of the words; and all others."""
    pairs: list[tuple[When, When]] = []
    used: set[int] = set()
    for place, one in enumerate(whens):
        for later, other in enumerate(whens[place + 1 :], place + 1):
            if _are_opposite(one, other) and not used & {place, later}:
                pairs.append((other, one) if one.condition.denied else (one, other))
                used |= {place, later}
    return pairs, [one for place, one in enumerate(whens) if place not in used]


def _are_opposite(one: When, other: When) -> bool:
    first, second = one.condition, other.condition
    return first.words == second.words and first.denied != second.denied


def condition_text(work: Work, condition: Condition) -> str:
    """The condition as a formula."""
    if condition.band is not None:
        return compared(work.quantity(condition.words, condition.band.unit), condition.band)
    joined = _joined(work, condition)
    if joined is not None:
        return joined
    if SIGNS.search(condition.words):
        raise Undecided(f"“{condition.words}”没有读懂", f"{condition.words!r} is not understood")
    opposite = work.namer.known_denied(condition.words)
    code = opposite or work.namer.name(condition.words, "yes_no")
    return f"not {code}" if condition.denied != (opposite is not None) else code


def _joined(work: Work, condition: Condition) -> str | None:
    """未开展或未由矿长组织, where both are known already."""
    words = condition.words
    if condition.denied and _JOINT.search(words):
        words = f"未{words}"
    for joint, sign in _JOINTS:
        pieces = words.split(joint)
        said = [_known(work, piece) for piece in pieces]
        if len(pieces) > 1 and None not in said:
            return sign.join(one for one in said if one is not None)
    return None


def _known(work: Work, words: str) -> str | None:
    for denial in ("", "未", "not "):
        code = work.namer.known(words.removeprefix(denial)) if words.startswith(denial) else None
        if code is not None:
            return f"not {code}" if denial else code
    code = work.namer.known_denied(words)
    return None if code is None else f"not {code}"


def compared(code: str, band: RawBand) -> str:
    """
    >>> from steelyard.scheme.wording.clauses import Edge
    >>> compared("cases", RawBand(Edge("0", "in"), Edge("0", "in")))
    'cases == 0'
    """
    if band.is_one_value and band.low is not None:
        return f"{code} == {band.low.value}"
    low = band.low and f"{code} {'>' if band.low.status == 'out' else '>='} {band.low.value}"
    high = band.high and f"{code} {'<' if band.high.status == 'out' else '<='} {band.high.value}"
    return " and ".join(one for one in (low, high) if one)


def denied(condition: str) -> str:
    """
    >>> denied("not done"), denied("done"), denied("a > 1")
    ('done', 'not done', 'not (a > 1)')
    """
    rest = condition.removeprefix("not ")
    if rest != condition and " " not in rest:
        return rest
    return f"not ({condition})" if " " in condition else f"not {condition}"
