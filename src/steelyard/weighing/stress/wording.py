"""Small words that the tests share: names of items and units, numbers, lists that stay short."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain, rounded

MOST_NAMED = 6
Number = Fraction | float | int


def number(value: Number, places: int = 2) -> str:
    """A number as people write it, without needless zeros.

    >>> number(Fraction(10, 3)), number(12.0), number(0.955)
    ('3.33', '12', '0.96')
    """
    return plain(rounded(value if isinstance(value, Fraction) else Fraction(str(value)), places))


def percent(share: Number, places: int = 0) -> str:
    """
    >>> percent(Fraction(3, 4)), percent(0.004)
    ('75%', '<1%')
    """
    if 0 < share < 0.005 and not places:
        return "<1%"
    exact = share if isinstance(share, Fraction) else Fraction(str(share))
    return f"{plain(rounded(100 * exact, places))}%"


def listed(texts: Iterable[Text], most: int = MOST_NAMED) -> Text:
    """The texts in a row; beyond ``most`` only how many more there are.

    >>> listed([Text("甲", "A"), Text("乙", "B"), Text("丙", "C")], 2).en
    'A, B and 1 more'
    """
    whole = list(texts)
    named = whole[:most]
    more = len(whole) - len(named)
    zh, en = "、".join(one.say("zh") for one in named), ", ".join(one.say("en") for one in named)
    if more:
        return Text(f"{zh}等{len(whole)}个", f"{en} and {more} more")
    return Text(zh, en)


def codes(items: Sequence[str], most: int = MOST_NAMED) -> Text:
    """Codes of items in a row."""
    return listed([Text(code, code) for code in items], most)


def things(count: int, one: str, many: str) -> str:
    """
    >>> things(1, "item", "items"), things(3, "item", "items")
    ('1 item', '3 items')
    """
    return f"{count} {one if count == 1 else many}"
