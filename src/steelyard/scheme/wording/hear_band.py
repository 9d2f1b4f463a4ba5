"""Bands in Chinese words, and the edges that the words leave open.

以上 and 以下 include their number, 不足, 低于, 高于 and 超过 do not (Civil Code, Art. 1259); the ends of
80%—90% are open, until the neighbouring steps close them (:func:`closed`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import exact
from steelyard.scheme.wording.clauses import Edge, RawBand, Status
from steelyard.scheme.wording.plain_text import UNIT
from steelyard.scheme.wording.units import SHARE_UNITS

_N = r"\d+(?:\.\d+)?(?:/\d+)?[%‰]?"
_UNIT = f"(?:{UNIT}|分(?!之))?"
"""公众满意度90分以上得8分: points may be the unit of a figure, too."""
_MARK = rf"(?:\((?:均?不?(?:包含|包括|含)(?:本数|本级|两端|{_N}{_UNIT})?(?:以上|以下)?[,、]?)+\)|含|不含)?"
"""Of the edge alone: （不含90%）, but not （不含上年旧存案件）, which is what the number leaves out."""
_DENIED = "(?:不得|不应|不能|不可|不会|[并从]?未|没有?|不)"
_NOT_BELOW = f"(?:≥|{_DENIED}(?:低于|少于|小于)|达到或超过|达到|达|至少|满)"
_ABOVE = "(?:>|高于|超过|大于|多于|超出)"
_BELOW = "(?:<|低于|不足|不满|未达到|未达|达不到|少于|小于|不到)"
_NOT_ABOVE = f"(?:≤|{_DENIED}(?:高于|超过|大于|多于|超出)|至多)"
_FROM = "(?:(?:及|含|\\(含\\))?以上)"
_TO = "(?:(?:及|含|\\(含\\))?以(?:下|内))"
_AND = "[,、]?(?:且|但|,)?"

_INSIDE = re.compile(f"({_N})({_UNIT})(≤|<)(?P<of>[^≤<>≥,;]+)(≤|<)({_N}){_UNIT}")
_TWO_SIGNS = re.compile(
    f"(?P<of>.*?)({_NOT_BELOW}|{_ABOVE})({_N})({_UNIT}){_AND}({_BELOW}|{_NOT_ABOVE})({_N}){_UNIT}"
)
_FROM_UP_TO = re.compile(
    f"(?P<of>.*?)({_N})({_UNIT})({_MARK}){_FROM}({_MARK}){_AND}(?:至|到|~)?"
    f"(?:({_BELOW}|{_NOT_ABOVE})({_N}){_UNIT}|({_N}){_UNIT}({_MARK}){_TO}?({_MARK}))"
)
_RANGE = re.compile(
    f"(?P<of>.*?)({_N})({_UNIT})({_MARK})~({_N})({_UNIT})({_MARK})(?:之间|区间|以内|内)?({_MARK})"
)
_ONE_SIGN = re.compile(
    f"(?P<of>.*?)(?P<sign>{_NOT_BELOW}|{_ABOVE}|{_BELOW}|{_NOT_ABOVE}|=|为|等于)?"
    f"(?P<n>{_N})(?P<unit>{_UNIT})(?P<mark>{_MARK})(?P<side>{_FROM}|{_TO}|的)?(?P<after>{_MARK})"
)
_SIGNED = re.compile("达到|不低于|不少于|不超过|超过|高于|低于|少于|不足")
"""达到编制数的80% is no number of its own: its sign stands before what it is a share of."""
_SUBJECT_ENDS = re.compile(
    "(?:控制在|实际|(?<![平人户日月年])均|应|须|需|要|在|为|是|:|的|,|比例|比率)+$"
)
_CUT_OFF = re.compile("(?:不得|不应|不能|不可|不|未|没有?|非|无|免|并|除|外)$")
"""What denies the sign that follows is part of it: a subject that ends so was cut in the middle."""
_AN_AWARD = re.compile(".*(?<![测考测总评])(?:[得扣加减计记给]分?|总分|本项|该项|最[高低多少大小])")
"""What a number of points is not a figure of, but given or taken."""
_FORBIDDEN = re.compile("[,;每且或]|[≥≤<>=]|\\d[%‰分]")
_PER_HEAD = re.compile("每(?:[十百千万亿]+|\\d+)(?:常住)?(?:人口|人|户|名|家|件|亩|平方公里)")
"""每万人口发明专利拥有量 is a quantity; any other 每 counts steps."""


def band_of(text: str) -> tuple[str, RawBand] | None:
    """What the words are about, and the band that they put it in; None if they are no band.

    >>> band_of("结案率达到90%以上")
    ('结案率', RawBand(low=Edge(value='90%', status='in'), high=None, unit='%'))
    """
    text = text.rstrip("的,")
    if text == "负增长":
        return "", RawBand(high=Edge("0", "out"))
    for read in (_inside, _two_signs, _from_up_to, _range, _one_sign):
        found = read(text)
        if found is None or _CUT_OFF.search(_SUBJECT_ENDS.sub("", found[0])):
            continue
        if not _FORBIDDEN.search(_PER_HEAD.sub("", found[0])):
            about = _SUBJECT_ENDS.sub("", found[0])
            is_award = found[1].unit == "分" and _AN_AWARD.fullmatch(about)
            return None if is_award else (about, _in_percent(found[1]))
    return None


def _in_percent(band: RawBand) -> RawBand:
    """提高2个百分点 is a difference of 2%."""
    if band.unit not in SHARE_UNITS or band.unit == "%":
        return band
    low, high = (
        edge and (edge if edge.value.endswith("%") else Edge(f"{edge.value}%", edge.status))
        for edge in (band.low, band.high)
    )
    return replace(band, low=low, high=high)


def _inside(text: str) -> tuple[str, RawBand] | None:
    found = _INSIDE.fullmatch(text)
    if not found:
        return None
    low = Edge(_like(found[1], found[6]), "in" if found[3] == "≤" else "out")
    high = Edge(found[6], "in" if found[5] == "≤" else "out")
    return found["of"], RawBand(low, high, _unit(found[6], found[2]))


def _two_signs(text: str) -> tuple[str, RawBand] | None:
    found = _TWO_SIGNS.fullmatch(text)
    if not found:
        return None
    low = Edge(_like(found[3], found[6]), "in" if re.fullmatch(_NOT_BELOW, found[2]) else "out")
    high = Edge(found[6], "out" if re.fullmatch(_BELOW, found[5]) else "in")
    return found["of"], RawBand(low, high, _unit(found[6], found[4]))


def _from_up_to(text: str) -> tuple[str, RawBand] | None:
    found = _FROM_UP_TO.fullmatch(text)
    if not found:
        return None
    low_marks, signed, low = found[4] + found[5], found[7], found[2]
    if signed:
        high = Edge(signed, "out" if re.fullmatch(_BELOW, found[6]) else "in")
    else:
        high = Edge(found[8], _marked(found[9] + found[10], "usual"))
    band = RawBand(Edge(_like(low, high.value), _marked(low_marks, "usual")), high)
    return found["of"], replace(band, unit=_unit(high.value, found[3]))


def _range(text: str) -> tuple[str, RawBand] | None:
    """80%—90%, 80%（含）—90%, 80%—90%（含80%）."""
    found = _RANGE.fullmatch(text)
    if not found:
        return None
    low, high = _like(found[2], found[5]), found[5]
    low_status, high_status = _marked(found[4], "open"), _marked(found[7], "open")
    after = found[8]
    if not found[7] and after:
        low_status = _marked_for(low, after, low_status)
        high_status = _marked_for(high, after, high_status)
    unit = _unit(high, found[3] or found[6])
    return found["of"], RawBand(Edge(low, low_status), Edge(high, high_status), unit)


def _one_sign(text: str) -> tuple[str, RawBand] | None:
    found = _ONE_SIGN.fullmatch(text)
    if not found:
        return None
    sign, n, side = found["sign"] or "", found["n"], found["side"] or ""
    unit = _unit(n, found["unit"])
    marks = found["mark"] + found["after"]
    if re.fullmatch(_BELOW, sign) and not re.fullmatch(_FROM, side):
        return found["of"], RawBand(high=Edge(n, "out"), unit=unit)
    if re.fullmatch(_ABOVE, sign) and not re.fullmatch(_TO, side):
        return found["of"], RawBand(low=Edge(n, "out"), unit=unit)
    if re.fullmatch(_NOT_ABOVE, sign) and not side.endswith("上"):
        return found["of"], RawBand(high=Edge(n, "in"), unit=unit)
    if side.endswith(("下", "内")) and not sign:
        return found["of"], RawBand(high=Edge(n, _side_status(side, marks)), unit=unit)
    if re.fullmatch(_NOT_BELOW, sign) and not side.endswith(("下", "内")):
        return found["of"], RawBand(low=Edge(n, _marked(marks, "in")), unit=unit)
    if side.endswith("上") and not sign:
        return found["of"], RawBand(low=Edge(n, _side_status(side, marks)), unit=unit)
    is_exact = sign in ("=", "为", "等于") or n.endswith("%") or (unit and not found["of"])
    if side in ("", "的") and is_exact and not marks and (sign or not _SIGNED.search(found["of"])):
        edge = Edge(n, "in" if sign else "open")
        return found["of"], RawBand(edge, edge, unit)
    return None


def _side_status(side: str, marks: str) -> Status:
    return "in" if side.startswith(("及", "含", "(含")) else _marked(marks, "usual")


def _marked(mark: str, otherwise: Status) -> Status:
    if not mark:
        return otherwise
    return "out" if "不含" in mark else "in"


def _marked_for(value: str, mark: str, otherwise: Status) -> Status:
    """（含80%，不含90%） speaks of each edge by its number; 均含 of both."""
    if "均含" in mark or "本数" in mark:
        return "out" if "不含" in mark else "in"
    for word, number in re.findall(f"(不含|含)({_N})", mark):
        if number == value:
            return "out" if word == "不含" else "in"
    return otherwise


def _like(low: str, high: str) -> str:
    """The lower number of 80—90%, which is a percentage, too."""
    return f"{low}%" if high.endswith("%") and not low.endswith(("%", "‰")) else low


def _unit(number: str, unit: str) -> str:
    return "%" if number.endswith("%") else unit


def written(band: RawBand) -> str:
    """The band as a document writes it. Its edges must be closed.

    >>> written(RawBand(Edge("80%", "in"), Edge("90%", "out")))
    '[80%, 90%)'
    """
    low, high = band.low, band.high
    if band.is_one_value and low is not None:
        return f"= {low.value}"
    if low is None and high is not None:
        return f"{'<=' if high.status == 'in' else '<'} {high.value}"
    if high is None and low is not None:
        return f"{'>=' if low.status == 'in' else '>'} {low.value}"
    assert low is not None
    assert high is not None
    opening, closing = "[" if low.status == "in" else "(", "]" if high.status == "in" else ")"
    return f"{opening}{low.value}, {high.value}{closing}"


class Contradiction(ValueError):
    """The words do not decide it: steps overlap, leave a gap, or share a value."""

    def __init__(self, zh: str, en: str) -> None:
        self.why = Text(zh, en)
        super().__init__(en)


def closed(bands: Sequence[RawBand]) -> tuple[list[RawBand], list[Text]]:
    """The bands with every edge said, in their order; and what had to be read into them.

    Raises:
        Contradiction: with the reason.
    """
    bands = _first_match(bands)
    readings: list[Text] = []
    order = sorted(range(len(bands)), key=lambda place: _sort_key(bands[place]))
    row = [bands[place] for place in order]
    direction = _direction(row)
    for place in range(len(row) - 1):
        joined, reading = _joined(row[place], row[place + 1], direction)
        row[place], row[place + 1] = joined
        readings += [reading] if reading else []
    row[0], row[-1] = _outermost(row[0]), _outermost(row[-1])
    by_place = dict(zip(order, (_outermost(band) for band in row), strict=True))
    return [by_place[place] for place in range(len(bands))], readings


def _first_match(bands: Sequence[RawBand]) -> list[RawBand]:
    """90%以上…，80%以上…，70%以上…: each step ends where the next higher one begins."""
    result = list(bands)
    lows = sorted((b.low for b in bands if b.low and not b.high), key=_value)
    highs = sorted((b.high for b in bands if b.high and not b.low), key=_value)
    for place, band in enumerate(bands):
        if band.low and not band.high:
            above = [low for low in lows if _value(low) > _value(band.low)]
            result[place] = replace(band, high=_opposite(above[0]) if above else None)
        if band.high and not band.low:
            below = [high for high in highs if _value(high) < _value(band.high)]
            result[place] = replace(band, low=_opposite(below[-1]) if below else None)
    return result


def _value(edge: Edge) -> Fraction:
    return exact(edge.value)


def _opposite(edge: Edge) -> Edge:
    return Edge(edge.value, "out" if edge.status in ("in", "usual") else "in")


def _sort_key(band: RawBand) -> tuple[bool, Fraction, bool]:
    first = band.low or band.high
    assert first is not None
    return (band.low is not None, _value(first), not band.is_one_value)


def _direction(row: Sequence[RawBand]) -> Status | None:
    """Whether lower edges belong, as the steps that say so say it; None if they do not agree."""
    said: set[Status] = set()
    for lower, upper in pairwise(row):
        if upper.low is None or lower.high is None:
            continue
        if upper.low.status in ("in", "out"):
            said.add(upper.low.status)
        if lower.high.status in ("in", "out"):
            said.add("out" if lower.high.status == "in" else "in")
    if not said and row[-1].high is None and row[-1].low is not None:
        said = {"in" if row[-1].low.status == "usual" else row[-1].low.status}
    return said.pop() if len(said) == 1 else None


def _joined(
    lower: RawBand, upper: RawBand, direction: Status | None
) -> tuple[tuple[RawBand, RawBand], Text]:
    """Two neighbours with the edge between them closed; and what was read into it."""
    high, low = lower.high, upper.low
    if high is None or low is None or exact(high.value) > exact(low.value):
        raise Contradiction("各档有重叠", "steps overlap")
    if exact(high.value) < exact(low.value):
        if _are_whole_neighbours(lower, upper):
            return (_closed_both(lower), _closed_both(upper)), Text()
        raise Contradiction(
            f"{high.value}与{low.value}之间没有说",
            f"nothing is said between {high.value} and {low.value}",
        )
    status, reading = _shared(high, low, direction)
    other: Status = "out" if status == "in" else "in"
    return (
        replace(lower, high=Edge(high.value, other)),
        replace(upper, low=Edge(low.value, status)),
    ), reading


def _shared(high: Edge, low: Edge, direction: Status | None) -> tuple[Status, Text]:
    """Whether a shared value belongs to the upper step."""
    said = {"in": True, "out": False}
    if high.status in said and low.status in said:
        if said[high.status] == said[low.status]:
            both = "两档都含" if said[low.status] else "两档都不含"
            raise Contradiction(
                f"{both}{low.value}", f"{low.value} is in both steps, or in neither"
            )
        return low.status, Text()
    if low.status in said:
        return low.status, Text()
    if high.status in said:
        return ("out" if said[high.status] else "in"), Text()
    if (low.status, high.status) == ("usual", "open"):
        return "in", Text()
    if (low.status, high.status) == ("open", "open") and direction in said:
        zh, en = ("上", "upper") if direction == "in" else ("下", "lower")
        return direction, Text(f"{low.value}归{zh}一档", f"{low.value} belongs to the {en} step")
    if (low.status, high.status) == ("usual", "usual"):
        raise Contradiction(
            f"“以上”“以下”都含本数，{low.value}在两档里都有；请写“不足{low.value}”",
            f"以上 and 以下 both include their number: {low.value} is in both steps; "
            f"write “不足{low.value}”",
        )
    raise Contradiction(
        f"{low.value}归哪一档没有说", f"it is not said to which step {low.value} belongs"
    )


def _are_whole_neighbours(lower: RawBand, upper: RawBand) -> bool:
    """1—3件, 4—6件: whole numbers with nothing between them."""
    if lower.high is None or upper.low is None or "%" in lower.high.value + upper.low.value:
        return False
    high, low = exact(lower.high.value), exact(upper.low.value)
    return bool(lower.unit) and high.denominator == low.denominator == 1 and low - high == 1


def _closed_both(band: RawBand) -> RawBand:
    return replace(
        band,
        low=None if band.low is None else _usual(band.low),
        high=None if band.high is None else _usual(band.high),
    )


def _usual(edge: Edge) -> Edge:
    return Edge(edge.value, "in") if edge.status in ("open", "usual") else edge


_outermost = _closed_both
