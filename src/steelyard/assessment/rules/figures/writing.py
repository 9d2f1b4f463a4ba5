"""How is a figure read and filled in? Kept it is in its exact writing, the same in every language."""

from __future__ import annotations

from steelyard.kernel.bilingual import Lang, Text, same
from steelyard.kernel.exact import percent, plain, trimmed
from steelyard.scheme.model import Input
from steelyard.tables.numerals import numeral

YES_NO = {"yes": Text("是", "yes"), "no": Text("否", "no")}
"""The exact writing of a figure that is yes or no → how people say it."""


def said_figure(value: str, wanted: Input) -> Text:
    """A figure as people read it: a share as a percentage, yes and no in words; "" if there is none.

    To six places, of a percentage four, as figures are compared
    (:mod:`steelyard.assessment.rules.differences.comparing`): what a program sent with more of
    them is kept, not read out.

    >>> said_figure("0.923", Input("a", type="share")).zh, said_figure("no", Input("a", type="yes_no")).zh
    ('92.3%', '否')
    >>> said_figure("1/3", Input("a", type="share")).zh, said_figure("", Input("a", type="share")).zh
    ('33.3333%', '')
    >>> said_figure("0.8220000000000001", Input("a", type="share")).zh
    '82.2%'
    """
    if wanted.type == "yes_no":
        return YES_NO.get(value, same(value))
    return same(_percentage(value) if wanted.type == "share" and value else _decimal(value))


def as_typed(value: str, wanted: Input, lang: Lang) -> str:
    """The same as it stands in a field or a cell to be filled in: what is typed there again is read
    as the very same figure.

    >>> as_typed("yes", Input("a", type="yes_no"), "zh"), as_typed("1/3", Input("a", type="share"), "zh")
    ('是', '1/3')
    >>> as_typed("1.2", Input("a", type="share"), "zh")
    '120%'
    """
    if wanted.type == "yes_no" and value in YES_NO:
        return YES_NO[value].say(lang)
    share = numeral(value) if wanted.type == "share" else None
    is_bare = share is None or abs(share) <= 1 or "/" in value
    return value if is_bare else f"{in_percent(value)}%"


def in_field(value: str, wanted: Input, lang: Lang) -> str:
    """The same in a field of a page: a share as a percentage, as people type it, where that ends.

    >>> [in_field(one, Input("a", type="share"), "zh") for one in ("0.782", "1/3", "")]
    ['78.2%', '1/3', '']
    """
    told = in_percent(value) if wanted.type == "share" else ""
    return f"{told}%" if told and "/" not in told else as_typed(value, wanted, lang)


def in_percent(value: str) -> str:
    """A share times a hundred, in its exact writing; "" if there is none.

    >>> in_percent("0.923"), in_percent("1/3"), in_percent("")
    ('92.3', '100/3', '')
    """
    share = numeral(value)
    return "" if share is None else plain(share * 100)


def _percentage(value: str) -> str:
    share = numeral(value)
    return value if share is None else percent(share, 4)


def _decimal(value: str) -> str:
    """As it was written, unless it has more than six decimals."""
    number = numeral(value) if len(value.partition(".")[2]) > 6 else None
    return value if number is None else trimmed(number)
