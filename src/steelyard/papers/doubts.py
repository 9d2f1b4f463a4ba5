"""How sure a result is, in words: intervals, shares and pairs, as page, workbook and terminal say them."""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.kernel.bilingual import Lang
from steelyard.papers import numbers
from steelyard.papers.words import Words
from steelyard.scheme.model import Scheme
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.findings import Index, Interval, PairDoubt, UnitDoubt

MOST_ITEMS = 3
"""How many items a sentence names; of more it gives the number."""


def interval_said(interval: Interval | None) -> str:
    """
    >>> interval_said(Interval(2, 5)), interval_said(Interval(2.5, 2.5)), interval_said(None)
    ('2–5', '2.5', '—')
    """
    if interval is None:
        return numbers.NONE
    if interval.low == interval.high:
        return f"{interval.low:g}"
    return f"{interval.low:g}–{interval.high:g}"


def error_said(interval: Interval | None) -> str:
    """By how much another seed could move the ends; nothing if it could not.

    >>> error_said(Interval(2, 5, 0, 1)), error_said(Interval(2, 5, 1, 1)), error_said(Interval(2, 5))
    ('±0 / ±1', '±1', '')
    """
    if interval is None or not (interval.low_error or interval.high_error):
        return ""
    low, high = (f"±{error:.2g}" for error in (interval.low_error, interval.high_error))
    return low if low == high or interval.low == interval.high else f"{low} / {high}"


def at_its_rank(unit: UnitDoubt) -> float | None:
    """The share of replications at the unit's official place; a shared one counts as the better."""
    return None if unit.rank is None else unit.rank_shares.get(int(unit.rank), 0.0)


def times_said(share: float, words: Words) -> str:
    """A share as so many of a hundred.

    >>> times_said(0.634, Words("en")), times_said(0.9996, Words("zh")), times_said(1.0, Words("en"))
    ('63 of 100', '100次中超过99次', 'all')
    """
    if share == 1:
        return words("times_all")
    said = numbers.of_100(share).removesuffix("%")
    key = {">": "times_more", "<": "times_fewer"}.get(said[0], "times")
    return words(key, count=said.lstrip("<>"))


def pair_said(result: Result, pair: PairDoubt, lang: Lang) -> str:
    """Is the order of two neighbours true, and what would put them level?"""
    words = Words(lang)
    ahead, behind = (_unit(result, unit, words) for unit in (pair.ahead, pair.behind))
    said = words("pair_says", ahead=ahead, behind=behind, times=times_said(pair.probability, words))
    return words.sentences([said, swap_said(result.scheme, pair, words)])


def swap_said(scheme: Scheme, pair: PairDoubt, words: Words) -> str:
    """The smallest change of weights that puts them level, or why there is none."""
    if pair.swap is None:
        return pair.why_no_swap.say(words.lang)
    if not pair.swap.moved:
        return words("pair_level")
    up = [code for code, before, after in pair.swap.changes if after > before]
    down = [code for code, before, after in pair.swap.changes if after < before]
    return words(
        f"pair_swap_{scheme.family}", moved=f"{100 * pair.swap.moved:.2g}%",
        down=_items(scheme, down, words), up=_items(scheme, up, words),
    )  # fmt: skip


def _items(scheme: Scheme, codes: Sequence[str], words: Words) -> str:
    names = [words.quoted(words.name(scheme.item[code])) for code in codes[:MOST_ITEMS]]
    if len(codes) <= MOST_ITEMS:
        return words.join(names)
    return words("items_and_more", items=words.join(names), count=len(codes))


def item_said(scheme: Scheme, code: str, words: Words) -> str:
    """An item by its code and title; the root is the total."""
    if not code:
        return words("total")
    title = words.name(scheme.item[code])
    return title if title.lower() == code.lower() else f"{code} {title}"


def _unit(result: Result, unit: str, words: Words) -> str:
    return words.name(result.scheme.unit[unit])


def index_said(index: Index) -> str:
    """A Sobol index with half the width of its interval.

    >>> index_said(Index(-0.001, 0.02)), index_said(Index(0.0, 0.0))
    ('0.00 ± 0.02', '0')
    """
    if not index.value and not index.error:
        return "0"
    return f"{index.value:.2f} ± {index.error:.2f}".replace("-0.00", "0.00").replace("-", "−")


def alpha_said(alpha: float | None) -> str:
    """Cronbach's alpha; how far below 0 it lies means nothing.

    >>> alpha_said(0.704), alpha_said(-1.62), alpha_said(None)
    ('0.70', '<0', '—')
    """
    if alpha is None:
        return numbers.NONE
    return "<0" if alpha < 0 else f"{alpha:.2f}"
