"""A day that was typed on the command line."""

from __future__ import annotations

from datetime import date

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where


def day_of(written: str, option: str) -> date:
    """
    >>> day_of("2022-03-09", "--issued-on")
    datetime.date(2022, 3, 9)

    Raises:
        Faulty: it is no day.
    """
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        what = Text(f"“{written}”不是日期", f"{written!r} is no day")
        mend = Text(f"例如 {option} 2022-03-09", f"write for instance {option} 2022-03-09")
        raise Faulty([Fault("wrong-option", what, mend, Where(file=option))]) from error
