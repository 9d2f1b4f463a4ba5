"""Steps of a rank in words: 第6—10名, places 6–10."""

from __future__ import annotations

import re
from collections.abc import Sequence

from steelyard.kernel.bilingual import Text
from steelyard.scheme.formula import Call, NotAFormula, parse
from steelyard.scheme.wording.speech import Speech

_FROM_TO = Text("第{first}—{last}名", "places {first}–{last}")
_ONE = Text("第{first}名", "place {first}")
_ON = Text("第{first}名及以后", "from place {first} on")
_INTERVAL = re.compile(r"([\[(])\s*(\d+)\s*,\s*(\d+)\s*([\])])")
_SIGNED = re.compile(r"(<=|<|>=|>|==|=)\s*(\d+)")


def of_places(ladder: object, bands: Sequence[object], speech: Speech) -> list[str]:
    """The steps of a ladder of ranks as places; empty if it is none, or a step is no whole places.

    >>> of_places("all_rank(cases)", ["<= 5", "(5, 10]", "= 11", "> 11"], Speech("zh"))
    ['第1—5名', '第6—10名', '第11名', '第12名及以后']
    >>> of_places("all_rank(cases)", ["[1, 5]"], Speech("en")), of_places("cases", ["<= 5"], Speech("zh"))
    (['places 1–5'], [])
    """
    try:
        formula = parse(str(ladder))
    except NotAFormula:
        return []
    places = [_place(str(one).strip()) for one in bands]
    if not (isinstance(formula, Call) and formula.function == "all_rank") or None in places:
        return []
    return [_said(one, speech) for one in places if one is not None]


def _place(band: str) -> tuple[int, int | None] | None:
    interval, signed = _INTERVAL.fullmatch(band), _SIGNED.fullmatch(band)
    if interval:
        first = int(interval[2]) + (interval[1] == "(")
        last = int(interval[3]) - (interval[4] == ")")
        return (max(first, 1), last) if max(first, 1) <= last else None
    if not signed:
        return None
    sign, edge = signed[1], int(signed[2])
    if sign in ("<=", "<"):
        last = edge - (sign == "<")
        return (1, last) if last >= 1 else None
    if sign in (">=", ">"):
        return edge + (sign == ">"), None
    return edge, edge


def _said(place: tuple[int, int | None], speech: Speech) -> str:
    first, last = place
    phrase = _ON if last is None else _ONE if first == last else _FROM_TO
    return speech.say(phrase, first=first, last=last)
