"""Points as tables write them: 10, 10分, +5, ≤10分, 案件办理（30分）."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from steelyard.kernel.exact import exact, plain
from steelyard.scheme.wording.plain_text import NUMERAL, digits

_NUMBER = r"\d+(?:\.\d+)?(?:/\d+)?"
_PLAIN = re.compile(f"(?P<sign>[+-])?(?P<n>{_NUMBER})%?(?:分|points?)?")
_AT_MOST = re.compile(
    f"(?:≤|<=|不超过|最高|最多|至多|限|0?[-~—])(?:加|扣|得)?(?:分)?(?P<n>{_NUMBER})(?:分|points?)?"
    f"|(?P<m>{_NUMBER})分?(?:以内|封顶|为限)"
)
_NONE = ("", "-", "—", "/", "无", "不限", "不设上限", "不设满分", "none", "no limit")
_SAID_BEFORE = (
    r"满分|共|计|总分|分值|(?:累计|合计|总计)?(?:最高|最多|不超过|上限为?|限)(?:加|扣)?|max\.? ?"
)
_IN_TITLE = re.compile(
    rf"\s*[(（]\s*(?:{_SAID_BEFORE})?[:：]?\s*(?P<n>\d+(?:\.\d+)?(?:/\d+)?)\s*"
    r"(?:分|points?)\s*[)）]\s*$|[\s,，:：]+(?P<m>\d+(?:\.\d+)?)\s*分$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Points:
    """What a cell of points says. ``taken`` if it is written with a minus.

    A weight in per cent is so many points of a hundred.
    """

    number: Fraction | None
    taken: bool = False


def read_points(text: str) -> Points | None:
    """The points that a cell says; None if it says something else.

    >>> read_points("10分"), read_points("-5").taken, read_points("不限").number, read_points("若干")
    (Points(number=Fraction(10, 1), taken=False), True, None, None)
    >>> read_points("十分").number, read_points("二十点五分").number, read_points("最高五分").number
    (Fraction(10, 1), Fraction(41, 2), Fraction(5, 1))
    """
    bare = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("−", "-").lower()
    bare = _IN_NUMERALS.sub(lambda found: digits(found[0]), bare)
    if bare in _NONE:
        return Points(None)
    found = _PLAIN.fullmatch(bare)
    if found:
        size = _exact(found["n"])
        return None if size is None else Points(size, found["sign"] == "-")
    most = _AT_MOST.fullmatch(bare)
    size = _exact(most["n"] or most["m"]) if most else None
    return None if size is None else Points(size)


_IN_NUMERALS = re.compile(f"{NUMERAL}+(?:点{NUMERAL}+)?(?=分|$)")
_TITLE_IN_NUMERALS = re.compile(f"(?<=[(（分计共:：])({NUMERAL}+)(?=\\s*分\\s*[)）]\\s*$)")


def _exact(written: str) -> Fraction | None:
    try:
        return exact(written)
    except ValueError:  # 1/0
        return None


def without_points(title: str) -> tuple[str, Fraction | None]:
    """A title, and the points that stand at its end.

    >>> without_points("案件办理（30分）"), without_points("结案率")
    (('案件办理', Fraction(30, 1)), ('结案率', None))
    >>> without_points("案件办理（三十分）")
    ('案件办理', Fraction(30, 1))
    """
    found = _IN_TITLE.search(_TITLE_IN_NUMERALS.sub(lambda one: digits(one[0]), title))
    points = _exact(found["n"] or found["m"]) if found else None
    if found is None or points is None or not title[: found.start()].strip():
        return title, None
    return title[: found.start()].rstrip(), points


def number(points: Fraction) -> int | str:
    """As a document writes it.

    >>> number(Fraction(10)), number(Fraction(1, 2))
    (10, '0.5')
    """
    return int(points) if points.denominator == 1 else plain(points)
