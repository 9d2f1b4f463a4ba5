"""Clauses of the English that our own export writes. Other English is not understood.

The phrases are those of :mod:`say_rule` and :mod:`say_item`; a person may change numbers, add and
remove clauses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from steelyard.scheme.wording.clauses import (
    About,
    Always,
    Award,
    Break,
    Clause,
    Computed,
    Condition,
    Counting,
    DownToZero,
    Each,
    Edge,
    FromFull,
    InProportion,
    Most,
    Motion,
    NoCap,
    Otherwise,
    RawBand,
    Row,
    StateOfData,
    Step,
    TableOf,
    Unclear,
    When,
    Whole,
    WholeKey,
    ZeroBase,
)
from steelyard.scheme.wording.plain_text import number
from steelyard.scheme.wording.say_item import OUTCOMES, STATES

_N = r"-?\d+(?:\.\d+)?(?:/\d+)?"
_PERCENT = rf"{_N}[%‰]?"
_AWARD = re.compile(
    rf"(?P<full>full points)|(?P<none>no points)|(?P<plus>plus )?(?P<n>{_N}) points?(?P<off> off)?",
    re.IGNORECASE,
)
_NOTES = (
    (r" \(whole steps only\)", lambda _: Counting("full")),
    (r" \(parts of a step in proportion\)", lambda _: Counting("exact")),
    (r" \(a step begun counts whole\)", lambda _: Counting("started")),
    (rf" \(a base of 0 counts as ({_N})\)", lambda found: ZeroBase(found[1])),
    (r", down to 0", lambda _: DownToZero()),
    (rf", at most ({_N}) points? off", lambda found: Most(number(found[1]), taken=True)),
    (rf", at most ({_N}) points?", lambda found: Most(number(found[1]), taken=False)),
    (r", at most full points", lambda _: Most("full", taken=False)),
)  # fmt: skip
_BANDS: tuple[tuple[str, str, str], ...] = (
    ("at least", "low", "in"), ("above", "low", "out"), ("at most", "high", "in"), ("below", "high", "out"),
)  # fmt: skip


def plain(text: str) -> str:
    return " ".join(text.split())


def heard(text: str) -> list[Clause]:
    """The clauses of a wording, a :class:`Break` after each."""
    clauses: list[Clause] = []
    for sentence in re.split(r"\.(?=\s|$)|\n", text):
        for segment in re.split(r";\s+|;$", sentence.strip()):
            if segment:
                clauses += [*_segment(segment), Break()]
    return clauses


_NESTED = re.compile(
    "[①-⑳]|\\b(?:best|lowest|sum) of: |that holds of: |for each row of |, times |, at least "
)


def _segment(segment: str) -> Iterator[Clause]:
    if _NESTED.search(segment):
        yield Unclear(segment, "嵌套的规则", "a rule inside a rule")
        return
    from_full = re.match("from full points, ", segment, re.IGNORECASE)
    if from_full:
        yield FromFull()
        segment = segment[from_full.end() :]
    segment, notes = _without_notes(segment)
    for read in READERS:
        clauses = read(segment)
        if clauses is not None:
            yield from clauses
            yield from notes
            return
    yield Unclear(segment)


def _without_notes(segment: str) -> tuple[str, list[Clause]]:
    """What stands at the end in brackets and after commas, taken off, in the order of the words."""
    notes: list[Clause] = []
    changed = True
    while changed:
        changed = False
        for pattern, made in _NOTES:
            found = re.search(f"{pattern}$", segment)
            if found:
                segment, changed = segment[: found.start()], True
                notes.insert(0, made(found))
    return segment, notes


def _award(text: str) -> Award | None:
    found = _AWARD.fullmatch(text)
    if not found:
        return None
    if found["full"]:
        return Award("full")
    if found["none"]:
        return Award(0)
    written = found["n"]
    points = int(written) if re.fullmatch(r"-\d+", written) else number(written)
    return Award(points, taken=bool(found["off"]), added=bool(found["plus"]))


def _alone(segment: str) -> list[Clause] | None:
    award = _award(segment)
    return [Always(award)] if award else None


def _computed(segment: str) -> list[Clause] | None:
    found = re.fullmatch("points (off )?= (.+)", segment, re.IGNORECASE)
    return [Computed(_without_spaces(found[2]), taken=bool(found[1]))] if found else None


def _without_spaces(words: str) -> str:
    return re.sub(r" ([+×÷−]) ", r"\1", words)


def _otherwise(segment: str) -> list[Clause] | None:
    found = re.fullmatch("otherwise (.+)", segment, re.IGNORECASE)
    award = _award(found[1]) if found else None
    return [Otherwise(award)] if award else None


def _if(segment: str) -> list[Clause] | None:
    found = re.fullmatch("(.+?) if (.+?)(?:, else (.+))?", segment)
    award = _award(found[1]) if found else None
    if not found or award is None:
        return None
    clauses: list[Clause] = [When(_condition(found[2]), award)]
    if found[3]:
        otherwise = _award(found[3])
        if otherwise is None:
            return None
        clauses.append(Otherwise(otherwise, is_else=True))
    return clauses


def _condition(words: str) -> Condition:
    """``cases = 0`` is a quantity in a band; ``not done`` is a thing denied."""
    found = re.fullmatch(rf"(.+?) ([=≥≤<>]) ({_PERCENT})", words)
    if found:
        return Condition(found[1], band=_compared(found[2], found[3]))
    is_zero = re.fullmatch(rf"(.+?) is ({_PERCENT})", words)
    if is_zero:
        return Condition(is_zero[1], band=_compared("=", is_zero[2]))
    denied = words.removeprefix("not ")
    return Condition(denied, denied=denied != words)


def _compared(sign: str, edge: str) -> RawBand:
    inside = Edge(edge, "in")
    bands = {
        "=": RawBand(inside, inside), "≥": RawBand(low=inside), "≤": RawBand(high=inside),
        ">": RawBand(low=Edge(edge, "out")), "<": RawBand(high=Edge(edge, "out")),
    }  # fmt: skip
    return bands[sign]


def _each(segment: str) -> list[Clause] | None:
    found = re.fullmatch("(.+?) for each (.+?) of (.+)", segment)
    award = _award(found[1]) if found else None
    if not found or award is None:
        return None
    size, unit = _step_size(found[2])
    of, motion, target = _motion(found[3])
    if re.search(" if |: ", of):
        return None
    return [Each(of, motion, "", size, unit, award, target)]


def _step_size(words: str) -> tuple[str, str]:
    """``5 percentage points``, ``one``, ``meeting``, ``2 meetings``."""
    if words == "one":
        return "1", "个"
    found = re.fullmatch(rf"({_N})(?: (.+))?", words)
    return (found[1], found[2] or "个") if found else ("1", words)


def _motion(words: str) -> tuple[str, Motion, Edge | None]:
    growth = re.fullmatch("(growth|decline) of (.+) on last year", words)
    if growth:
        return growth[2], "growth" if growth[1] == "growth" else "decline", None
    target = re.fullmatch(rf"(.+) (below|above) ({_PERCENT})", words)
    if target:
        return target[1], "short" if target[2] == "below" else "over", Edge(target[3], "in")
    return words, "event", None


def _about(segment: str) -> list[Clause] | None:
    found = re.fullmatch("by (.+?): (.+)", segment, re.IGNORECASE)
    if not found:
        return None
    if found[2].startswith("“"):
        return _table(found[1], found[2])
    step = _step(found[2])
    return [About(_without_spaces(found[1])), *step] if step else None


def _table(subject: str, rows: str) -> list[Clause] | None:
    read: list[Row] = []
    for piece in re.split(", (?=“)", rows):
        found = re.fullmatch("“([^”]*)” (.+)", piece)
        award = _award(found[2]) if found else None
        if not found or award is None:
            return None
        read.append(Row(found[1], award))
    return [TableOf(subject, tuple(read))]


def _step(segment: str) -> list[Clause] | None:
    found = re.fullmatch(
        "(.*?)((?:at least|at most|above|below|exactly) .+): (.+)", segment, re.IGNORECASE
    )
    award = _award(found[3]) if found else None
    band = _band(found[2]) if found else None
    return [Step(found[1].strip(), band, award)] if found and award and band else None


def _band(words: str) -> RawBand | None:
    exactly = re.fullmatch(f"exactly ({_PERCENT})", words, re.IGNORECASE)
    if exactly:
        return _compared("=", exactly[1])
    edges: dict[str, Edge] = {}
    for piece in words.split(" and "):
        for start, side, status in _BANDS:
            found = re.fullmatch(f"{start} ({_PERCENT})", piece, re.IGNORECASE)
            if found:
                edges[side] = Edge(found[1], "in" if status == "in" else "out")
    if len(edges) != words.count(" and ") + 1:
        return None
    unit = "%" if any(edge.value.endswith("%") for edge in edges.values()) else ""
    return RawBand(edges.get("low"), edges.get("high"), unit)


def _proportion(segment: str) -> list[Clause] | None:
    found = re.fullmatch("(.+?) at (.+?) of (.+), in proportion below", segment)
    award = _award(found[1]) if found else None
    return [InProportion(found[2], found[3], award)] if found and award else None


_WHOLE: tuple[tuple[WholeKey, str], ...] = (
    ("zero_if", "the item gets no points if (.+)"),
    ("full_if", "the item gets full points if (.+)"),
    ("not_applicable_if", "not applicable if (.+)"),
)


def _whole(segment: str) -> list[Clause] | None:
    for key, pattern in _WHOLE:
        found = re.fullmatch(pattern, segment, re.IGNORECASE)
        if found:
            return [Whole(key, _condition(found[1]))]
    return [NoCap()] if segment.lower() == "no upper limit" else None


def _state(segment: str) -> list[Clause] | None:
    for state, said in STATES.items():
        for outcome, phrase in OUTCOMES.items():
            if segment == phrase.en.format(state=said.en).rstrip("."):
                return [StateOfData(state, outcome)]
    return None


READERS: tuple[Callable[[str], list[Clause] | None], ...] = (
    _state, _whole, _alone, _computed, _otherwise, _proportion, _each, _if, _about, _step,
)  # fmt: skip
