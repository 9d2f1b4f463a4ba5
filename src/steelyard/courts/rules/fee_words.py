"""How is an amount of money said at the counter, and read as people write it?"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from steelyard.courts.rules.fee_rows import Charge
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import exact, plain, rounded

FEN = Fraction(1, 100)
_MONEY = re.compile(
    r"(?:人民币|[¥￥]|CNY|RMB)?(?P<number>-?[\d,，.]+)(?P<unit>[万亿]?)(?:元|圆)?(?:整|正)?"
)
_UNITS = {"": 1, "万": 10**4, "亿": 10**8}
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．－−", "0123456789.--")


def read_yuan(written: Fraction | Decimal | int | str) -> Fraction:
    """An amount of yuan as people write it, to the fen, 0 or more.

    >>> read_yuan("30万元"), read_yuan("¥1,250.50"), read_yuan(80000)
    (Fraction(300000, 1), Fraction(2501, 2), Fraction(80000, 1))

    Raises:
        ValueError: it is no amount, is below 0, or is finer than a fen.
    """
    amount = _read(written) if isinstance(written, str) else exact(written)
    if amount < 0 or amount % FEN:
        raise ValueError(f"{written} is not an amount of yuan to the fen")
    return amount


def _read(written: str) -> Fraction:
    found = _MONEY.fullmatch("".join(written.split()).translate(_HALF_WIDTH))
    if found is None:
        raise ValueError(f"{written!r} is not an amount of yuan")
    return exact(found["number"]) * _UNITS[found["unit"]]


def yuan(amount: Fraction) -> Text:
    """An amount of yuan in words: in 万元 where it is a whole number of them, or in 亿元.

    What no decimal writes (a third) is said to the fen, as 约.

    >>> yuan(Fraction(100000)), yuan(Fraction(2501, 2)).en, yuan(Fraction(200, 3)).zh
    (Text(zh='10万元', en='CNY 100,000'), 'CNY 1,250.5', '约66.67元')
    """
    written = plain(amount)
    if "/" in written:
        near = yuan(rounded(amount, 2))
        return Text(f"约{near.zh}", f"about {near.en}")
    whole, _, rest = written.partition(".")
    english = f"CNY {int(whole):,}{'.' if rest else ''}{rest}"
    if amount >= 10**8 and amount % 10**6 == 0:
        return Text(f"{plain(amount / 10**8)}亿元", english)
    if not rest and amount and amount % 10000 == 0:
        return Text(f"{amount // 10000}万元", english)
    return Text(f"{written}元", english)


def spoken(amount: Charge) -> Text:
    """A charge in words, as a range where it is one; what is below 0 is taken off.

    >>> spoken(Charge(Fraction(-50), Fraction(-50)))
    Text(zh='减去50元', en='less CNY 50')
    >>> spoken(Charge(Fraction(50), Fraction(100))).zh
    '50元至100元'
    """
    if amount.high < 0:
        size = spoken(amount.times(Fraction(-1)))
        return Text(f"减去{size.zh}", f"less {size.en}")
    if amount.is_fixed:
        return yuan(amount.low)
    least, most = yuan(amount.low), yuan(amount.high)
    return Text(f"{least.zh}至{most.zh}", f"{least.en} to {most.en}")
