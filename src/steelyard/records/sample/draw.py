"""How are many records drawn at once? Choices, days, numbers and texts, a column at a time.

Everything takes its chance, a NumPy generator, from the caller. Days are counted from 1970-01-01,
as Arrow does. -1 stands for "none" among indices, and becomes a blank cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

Column = Any
"""An Arrow array, as long as its table."""

_FIRST = date(1970, 1, 1)


def day_number(day: date) -> int:
    return (day - _FIRST).days


def picked(chance: np.random.Generator, weights: Sequence[float] | Floats, size: int) -> Ints:
    """``size`` indices, each drawn in proportion to its weight."""
    import numpy as np

    edges = np.cumsum(np.asarray(weights, dtype=float))
    drawn = np.searchsorted(edges, chance.random(size) * edges[-1], side="right")
    return np.asarray(np.minimum(drawn, len(edges) - 1), dtype=np.int64)


def happens(chance: np.random.Generator, probability: Floats | float, size: int) -> Flags:
    return chance.random(size) < probability


def between(chance: np.random.Generator, first: Ints | int, last: Ints | int, size: int) -> Ints:
    """Whole numbers from ``first`` to ``last``, both included; ``last`` below ``first`` is ``first``."""
    import numpy as np

    span = np.maximum(np.asarray(last) - np.asarray(first), 0) + 1
    return np.asarray(first + np.floor(chance.random(size) * span), dtype=np.int64)


def days_of(chance: np.random.Generator, year: int, size: int) -> Ints:
    """Days of a year, weekdays alone: bodies file and close on working days."""
    return weekday(
        between(chance, day_number(date(year, 1, 1)), day_number(date(year, 12, 31)), size)
    )


def days_between(chance: np.random.Generator, first: date, last: date, size: int) -> Ints:
    return weekday(between(chance, day_number(first), day_number(last), size))


def weekday(days: Ints) -> Ints:
    """A Saturday or Sunday becomes the Friday before; 1970-01-01 was a Thursday."""
    import numpy as np

    return days - np.maximum((days + 3) % 7 - 4, 0)


def lengths(chance: np.random.Generator, median: Floats | float, spread: float, size: int) -> Ints:
    """How many days something takes: log-normal about its median, a day at least."""
    import numpy as np

    took = np.rint(np.asarray(median) * np.exp(spread * chance.standard_normal(size)))
    return np.asarray(np.maximum(took, 1), dtype=np.int64)


def weekdays_later(chance: np.random.Generator, days: Ints, least: int, most: int) -> Ints:
    """A weekday from ``least`` to ``most`` days later, both included."""
    return weekday(days + 2 + between(chance, least, most, len(days)))


def sums(
    chance: np.random.Generator, median: Floats | float, spread: float, size: int, *, to: int = 100
) -> Ints:
    """Sums of money in fen, log-normal about a median in yuan, rounded to ``to`` yuan."""
    import numpy as np

    yuan = np.asarray(median) * np.exp(spread * chance.standard_normal(size))
    return np.maximum(np.rint(yuan / to), 1).astype(np.int64) * to * 100


def serial_within(groups: Ints) -> Ints:
    """1, 2, 3 … within each group, in the order of the rows."""
    import numpy as np

    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    counted = np.arange(len(groups)) - np.repeat(starts, np.diff(np.r_[starts, len(groups)]))
    found = np.empty(len(groups), dtype=np.int64)
    found[order] = counted + 1
    return found


# --- columns


def labels(names: Sequence[str | None], indices: Ints) -> Column:
    """The name of each index; -1 is blank."""
    import pyarrow as pa

    return pa.array(list(names), pa.string()).take(pa.array(indices, mask=indices < 0))


def taken(column: Column, indices: Ints) -> Column:
    """The cell at each index; -1 is blank."""
    import pyarrow as pa

    return column.take(pa.array(indices, mask=indices < 0))


def texts(*parts: str | Column) -> Column:
    """Texts joined row by row; a blank part leaves the whole blank."""
    import pyarrow.compute as pc

    return pc.binary_join_element_wise(*parts, "")


def named(chance: np.random.Generator, title: str, size: int) -> Column:
    """Names that nobody could take for real ones: a title that says sample, and a number."""
    return texts(title, digits(between(chance, 1, 9999, size), 4))


def coded(chance: np.random.Generator, listed: Mapping[str, float], size: int) -> Column:
    """Codes, each drawn in proportion to its weight."""
    codes, weights = shares(listed)
    return labels(codes, picked(chance, weights, size))


def digits(numbers: Ints, width: int = 0) -> Column:
    """Whole numbers written out, with leading zeros to a width."""
    import pyarrow as pa
    import pyarrow.compute as pc

    written = pc.cast(pa.array(numbers), pa.string())
    return pc.utf8_lpad(written, width, padding="0") if width else written


def days(numbers: Ints, known: Flags | None = None) -> Column:
    import numpy as np
    import pyarrow as pa

    return pa.array(
        numbers.astype("datetime64[D]"), mask=None if known is None else np.logical_not(known)
    )


def whole(numbers: Ints, known: Flags | None = None) -> Column:
    import numpy as np
    import pyarrow as pa

    return pa.array(numbers, pa.int64(), mask=None if known is None else np.logical_not(known))


def flags(values: Flags, known: Flags | None = None) -> Column:
    import numpy as np
    import pyarrow as pa

    return pa.array(values, pa.bool_(), mask=None if known is None else np.logical_not(known))


def money(fen: Ints, known: Flags | None = None) -> Column:
    return exact(fen, 2, known)


def exact(units: Ints, places: int, known: Flags | None = None) -> Column:
    """Decimals of so many places, from their smallest units: 1250 with 2 places is 12.50."""
    import numpy as np
    import pyarrow as pa

    pairs = np.stack([units, units >> 63], axis=1).astype("<i8")
    kind = pa.decimal128(18, places)
    found = pa.Array.from_buffers(kind, len(units), [None, pa.py_buffer(pairs.tobytes())])
    return found if known is None else where(known, found)


def where(known: Flags, column: Column) -> Column:
    """The column, blank where it is not known."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.if_else(pa.array(known), column, pa.scalar(None, column.type))


def kept(columns: Mapping[str, Column], rows: Flags | Sequence[bool]) -> dict[str, Column]:
    """Only the rows that are true."""
    import pyarrow as pa

    mask = pa.array(rows, pa.bool_())
    return {name: column.filter(mask) for name, column in columns.items()}


def constant(value: object, size: int) -> Column:
    import pyarrow as pa

    return pa.repeat(pa.scalar(value), size)


def shares(listed: Mapping[str, float]) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Codes and their weights, apart."""
    return tuple(listed), tuple(listed.values())
