"""Do the bands of every ladder and matrix meet, edge to edge?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from steelyard.kernel.bilingual import Text
from steelyard.scheme.bands import AnyBand, Band, Exactly, band_text, gaps, ordered, overlaps
from steelyard.scheme.checks.interval import Interval, Reach
from steelyard.scheme.formula import Call, Name
from steelyard.scheme.model import Scheme
from steelyard.scheme.parts import AnyPart, ForEach, Ladder, Matrix, Several
from steelyard.scheme.reading.fields import Faults


def check_ladders(scheme: Scheme, faults: Faults) -> None:
    reach = Reach(scheme)
    for part, key in every_part(scheme):
        match part:
            case Ladder():
                _ladder(part, reach.of(part.of), key, faults, is_whole=_is_whole(part, scheme))
            case Matrix():
                for bands, name in ((part.rows, "rows"), (part.columns, "columns")):
                    _meet(bands, f"{key}.{name}", faults)
            case _:
                pass


def every_part(scheme: Scheme) -> Iterator[tuple[AnyPart, str]]:
    """Every part of the scheme with its key."""
    for index, quantity in enumerate(scheme.quantities.values()):
        if quantity.rule is not None:
            yield from _with_keys(quantity.rule, f"quantities[{index}].rule")
    for key, item in [("total", scheme.root)] + [
        (f"items[{index}]", item) for index, item in enumerate(scheme.items)
    ]:
        if item.rule is not None:
            yield from _with_keys(item.rule, f"{key}.rule")
        for index, part in enumerate(item.adjust):
            yield from _with_keys(part, f"{key}.adjust[{index}]")


def _with_keys(part: AnyPart, key: str) -> Iterator[tuple[AnyPart, str]]:
    yield part, key
    match part:
        case Several(join=join, parts=parts):
            for index, child in enumerate(parts):
                yield from _with_keys(child, f"{key}.{join}[{index}]")
        case ForEach(score=score):
            yield from _with_keys(score, f"{key}.score")
        case _:
            pass


def _ladder(ladder: Ladder, values: Interval, key: str, faults: Faults, *, is_whole: bool) -> None:
    bands = [band for band, _ in ladder.steps]
    if not bands:
        faults.add(
            "empty-ladder", f"{key}.steps",
            Text("阶梯没有档", "the ladder has no steps"),
            Text('例如 [[">= 90%", 10]]', 'write for instance [[">= 90%", 10]]'),
        )  # fmt: skip
        return
    _meet(bands, f"{key}.steps", faults, whole=is_whole)
    if ladder.otherwise is None:
        _covers(bands, values, f"{key}.steps", faults)


def _is_whole(ladder: Ladder, scheme: Scheme) -> bool:
    """Whether its values are whole numbers: 第1—3名 and 第4—10名 leave no place between them."""
    of = ladder.of
    if isinstance(of, Call):  # equals share the better rank, so a rank is whole
        return of.function in ("all_rank", "group_rank")
    return (
        isinstance(of, Name) and of.code in scheme.inputs and scheme.inputs[of.code].type == "count"
    )


def _meet(bands: Sequence[AnyBand], key: str, faults: Faults, *, whole: bool = False) -> None:
    numeric = [band for band in bands if isinstance(band, Band)]
    exactly = [band for band in bands if isinstance(band, Exactly)]
    if len(set(exactly)) != len(exactly):
        _fault("ladder-overlap", key, "有相同的档", "two steps are alike", faults)
    for lower, upper in overlaps(numeric):
        between = f"{band_text(lower)}  |  {band_text(upper)}"
        _fault(
            "ladder-overlap", key, f"两档重叠：{between}", f"two steps overlap: {between}", faults
        )
    for lower, upper in gaps(numeric):
        if whole and _are_next(lower, upper):
            continue
        between = f"{band_text(lower)}  |  {band_text(upper)}"
        _fault(
            "ladder-gap",
            key,
            f"两档之间有空隙：{between}",
            f"values lie between: {between}",
            faults,
        )


def _are_next(lower: Band, upper: Band) -> bool:
    """Whether no whole number lies between two bands."""
    high, low = lower.high, upper.low
    if high is None or low is None or high.denominator != 1 or low.denominator != 1:
        return False
    first = high if not lower.high_in else high + 1
    last = low if not upper.low_in else low - 1
    return first > last


def _fault(code: str, key: str, zh: str, en: str, faults: Faults) -> None:
    mend = Text(
        "请用 [ ] 含边、( ) 不含边写清每档", "write edges that belong with [ ], others with ( )"
    )
    faults.add(code, key, Text(zh, en), mend)


def _covers(bands: Sequence[AnyBand], values: Interval, key: str, faults: Faults) -> None:
    numeric = ordered([band for band in bands if isinstance(band, Band)])
    if not numeric:
        return
    lowest, highest = numeric[0], numeric[-1]
    below = lowest.low is not None and (
        values.low is None
        or values.low < lowest.low
        or (values.low == lowest.low and not lowest.low_in)
    )
    above = highest.high is not None and (
        values.high is None
        or values.high > highest.high
        or (values.high == highest.high and not highest.high_in)
    )
    if below or above:
        faults.add(
            "ladder-open", key,
            Text("有的数值不在任何一档内", "some values are in no step"),
            Text("请补写一档，或写otherwise", "add a step, or write otherwise = 0"),
        )  # fmt: skip
