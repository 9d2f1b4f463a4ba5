"""Which figures kept a draft from being weighed? One line a figure, with the items and units that lack it."""

from __future__ import annotations

from collections.abc import Iterable

from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import Scheme
from steelyard.weighing.points.board import Board, Refusal
from steelyard.weighing.values import Values

_STATES = {
    "missing": Text("缺失", "missing"),
    "no_base": Text("无基数", "without anything to divide by"),
}


def standing_in_the_way(scheme: Scheme, values: Values) -> tuple[Text, ...]:
    """Of a points scheme, in the order of its items; of an index nothing, its method says what it left out."""
    if scheme.family != "points":
        return ()
    board = Board(scheme, values)
    for one in scheme.in_order:
        board.item(one.code)
    found: dict[tuple[str, str], list[Refusal]] = {}
    for refusal in board.refusals:
        about = refusal.about or refusal.item
        found.setdefault((about, refusal.state), []).append(refusal)
    return tuple(_line(scheme, about, state, told) for (about, state), told in found.items())


def _line(scheme: Scheme, about: str, state: str, told: Iterable[Refusal]) -> Text:
    units = dict.fromkeys(one.unit for one in told)
    items = dict.fromkeys(one.item for one in told)
    how, which = _STATES.get(state, Text(state, state)), _which(scheme, tuple(units))
    title = _title(scheme, about)
    return Text(
        f"“{title.say('zh')}”{how.zh}（{'、'.join(items)}需要）：{which.zh}",
        f"“{title.say('en')}” is {how.en} (needed by {', '.join(items)}): {which.en}",
    )


def _which(scheme: Scheme, units: tuple[str, ...]) -> Text:
    """All of them as one word; else each by its name."""
    if len(units) == len(scheme.assessed) and len(units) > 1:
        return Text(f"全部{len(units)}个单位", f"all {len(units)} units")
    titles = [scheme.unit[one].title for one in units]
    return Text(
        "、".join(one.say("zh") for one in titles), ", ".join(one.say("en") for one in titles)
    )


def _title(scheme: Scheme, about: str) -> Text:
    """Of an input, of an earlier period too (``cases (2020)``); anything else as the scheme calls it."""
    code, _, period = about.partition(" ")
    if about in scheme.item:
        title = scheme.item[about].title
        return Text(title.say("zh") or about, title.say("en") or about)
    if code not in scheme.inputs:
        return Text(about, about)
    title = scheme.inputs[code].title
    return Text(f"{title.say('zh') or code}{period}", f"{title.say('en') or code} {period}".strip())
