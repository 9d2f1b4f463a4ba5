"""On which scale does each figure stand that the words only name? A number beside it says so.

侦结率达到80% is a share, typed in per cent; 每少0.1人 is no whole number; 满意度×6% of six points runs to 100.
Decided here, once, from the whole rule: a figure must not be typed as 75 where 75% is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import exact, plain
from steelyard.scheme.wording.arranging.work import Part, Undecided, Work
from steelyard.scheme.wording.naming import NeededInput

_N = r"\d+(?:\.\d+)?(?:/\d+)?[%‰]?"
_NUMBER = re.compile(f"(?<![\\w.]){_N}")
_CONDITIONS = ("when", "zero_if", "full_if", "not_applicable_if")
_HUNDRED = Fraction(100)
_POINTS = ("个百分点", "百分点")
_GROWS = re.compile("增长|增幅|增速|升幅|提高|提升|上升|增加|growth|increase", re.IGNORECASE)
_FALLS = re.compile("降幅|下降|降低|减少|减幅|缩短|压减|decline|decrease", re.IGNORECASE)
_CHANGES = re.compile("变化|变动|升降|增减|change", re.IGNORECASE)
_MAY_BE_PASSED = re.compile("完成|达成|complet", re.IGNORECASE)
_MARKED_OR_NOT = re.compile("度$|指数$|水平$|强度$|degree$|index$", re.IGNORECASE)
"""Words for what some write as 95 and some as 95%."""
_SHARE = re.compile("(?:率|比例|占比|比重)$")
_MOST = 10
"""The largest growth or completion that is taken: 1000%."""


def on_their_scales(work: Work, parts: Sequence[Part]) -> None:
    """Give every new figure the type and the bounds that the numbers beside it ask for.

    Raises:
        Undecided: the numbers do not agree, or fit the figure on no scale.
    """
    rule = [*parts, dict(work.beside)]
    for code, needed in list(work.namer.inputs.items()):
        said = [one for part in rule for one in _said_of(code, part)]
        work.namer.inputs[code] = _scaled(needed, said)
        _list_bare(work, needed, said)
    for code, kind in work.types.items():
        _must_fit_as_it_is(code, kind, [one for part in rule for one in _said_of(code, part)], work)
    if work.kind == "item" and len(parts) == 1:
        _as_the_points_say(work, parts[0])


def _scaled(needed: NeededInput, said: Sequence[str]) -> NeededInput:
    marked = [one for one in said if one.endswith(("%", "‰"))]
    bare = [one for one in said if one not in marked and exact(one) != 0]
    if needed.unit == "分" and _SHARE.search(needed.title):
        raise Undecided(
            f"“{needed.title}”是比例，却以“分”计，没有读懂；如指百分数，请写“%”",
            f"{needed.title!r} is a share, but is counted in points; write % if that is meant",
        )
    if needed.type == "count" and any(exact(one).denominator != 1 for one in bare):
        return replace(needed, type="number")
    if marked and bare and needed.type in ("number", "share"):
        raise _not_alike(needed, marked[0], bare[0])
    if marked and needed.type == "number" and not needed.unit:
        needed = replace(needed, type="share")
    if needed.type == "share" and any(exact(one) > 1 for one in marked):
        needed = replace(needed, most=_MOST)
    if needed.type == "share" and any(exact(one) > 1 for one in bare):
        number = next(one for one in bare if exact(one) > 1)
        raise Undecided(
            f"“{needed.title}”是比例，“{number}”没有写“%”；如指{number}%，请写明",
            f"{needed.title!r} is a share, but {number!r} is written without %",
        )
    return needed


def _list_bare(work: Work, needed: NeededInput, said: Sequence[str]) -> None:
    is_open = needed.type == "number" and not needed.unit and _MARKED_OR_NOT.search(needed.title)
    number = next((one for one in said if not one.endswith(("%", "‰")) and exact(one) > 1), None)
    if is_open and number:
        work.readings.append(
            Text(
                f"“{needed.title}”按不带“%”的数读，如{number}；如指{number}%，请写明",
                f"{needed.title!r} is read as a number without %, such as {number}; "
                f"if {number}% is meant, write so",
            )
        )


def with_room(needed: NeededInput) -> NeededInput:
    """A share with the bounds that its name asks for: what grows may fall, a plan may be surpassed.

    >>> with_room(NeededInput("g", "经费：同比增长", "share")).least
    -1
    """
    if needed.type != "share":
        return needed
    words = needed.title.rpartition("：")[2]
    grows, falls = _GROWS.search(words), _FALLS.search(words)
    if not (grows or falls or _CHANGES.search(words)):
        return replace(needed, most=_MOST) if _MAY_BE_PASSED.search(words) else needed
    if needed.unit in _POINTS:
        return replace(needed, least=-1)
    if grows and not falls:
        return replace(needed, least=-1, most=_MOST)
    return replace(needed, least=-_MOST, most=1 if falls and not grows else _MOST)


def _must_fit_as_it_is(code: str, kind: str, said: Sequence[str], work: Work) -> None:
    """A figure that exists keeps its type: 90 is no number for a share, and 80% a question to a number."""
    words = work.namer.tokens.title_of(code)
    if kind == "share":
        _scaled(NeededInput(code, words, "share"), said)
    if kind == "number" and any(one.endswith(("%", "‰")) for one in said):
        work.read_into(
            f"“{words}”的类型是“数值”，这里的数带“%”；如报送百分数，请把类型改为“比例”",
            f"{words!r} is a number, and what it is compared with is in per cent: "
            "if it is typed in per cent, make its type a share",
        )


def _not_alike(needed: NeededInput, marked: str, bare: str) -> Undecided:
    return Undecided(
        f"“{needed.title}”有的数带“%”（{marked}），有的不带（{bare}）",
        f"of the numbers for {needed.title!r} some have % ({marked}) and some not ({bare})",
    )


def _said_of(code: str, value: object) -> Iterator[str]:
    """The numbers that a figure is compared with, counted by or divided by, as they are written."""
    if isinstance(value, list):
        for one in value:
            yield from _said_of(code, one)
    if not isinstance(value, Mapping):
        return
    for key in _CONDITIONS:
        yield from _compared(code, str(value.get(key, "")))
    if value.get("ladder") == code:
        for band, _ in value.get("steps", []):
            yield from _NUMBER.findall(band)
    if value.get("proportion") == code:
        yield from _NUMBER.findall(str(value.get("target", "")))
    for key in ("deduct", "add"):
        yield from _stepped(code, value, str(value.get(key, "")))
    for inner in value.values():
        if isinstance(inner, list | dict):
            yield from _said_of(code, inner)


def _compared(code: str, condition: str) -> Iterator[str]:
    yield from re.findall(rf"(?<!\w){re.escape(code)} (?:[<>]=?|==) ({_N})", condition)


def _stepped(code: str, part: Mapping[object, object], of: str) -> Iterator[str]:
    """90% − 结案率, with the size of its steps; growth(x) is of another scale than x."""
    if of == code:
        yield str(part.get("per", 1))
    found = re.fullmatch(rf"({_N}) - {re.escape(code)}|{re.escape(code)} - ({_N})", of)
    if found:
        yield found[1] or found[2]
        yield str(part.get("per", 1))


# --- 得分＝满意度×6%

_TIMES = re.compile(rf"(?P<code>\w+) \* (?P<n>{_N}|full)")


def _as_the_points_say(work: Work, part: Part) -> None:
    """The scale of a figure that is multiplied: with full points at 1 it is a share, at 100 of a hundred."""
    found = _TIMES.fullmatch(str(part.get("points", "")))
    needed = work.namer.inputs.get(found["code"]) if found else None
    if found is None or needed is None or needed.unit or work.points is None or needed.is_judged:
        return
    by = work.points if found["n"] == "full" else exact(found["n"])
    if by * _HUNDRED == work.points:
        work.namer.inputs[needed.code] = _of_a_hundred(needed, work)
    elif by == work.points:
        work.namer.inputs[needed.code] = replace(needed, type="share")
    elif needed.type == "share" and by < work.points:
        most = plain(by)
        raise Undecided(
            f"“{needed.title}”是比例，最高只能得{most}分，与分值不符",
            f"{needed.title!r} is a share: at most {most} points come of it, not the points of the item",
        )


def _of_a_hundred(needed: NeededInput, work: Work) -> NeededInput:
    if needed.type == "share":
        raise Undecided(
            f"“{needed.title}”是比例，又乘以百分数；如按百分制的数计，请改称“得分”",
            f"{needed.title!r} is a share and multiplied by a percentage",
        )
    work.readings.append(
        Text(
            f"“{needed.title}”按百分制的数读，填0至100，不带“%”",
            f"{needed.title!r} is read as a number out of a hundred: 0 to 100, without %",
        )
    )
    return replace(needed, unit="分", least=0, most=100)
