"""How is an article cited?"""

from __future__ import annotations

import re

from steelyard.kernel.bilingual import Text

_ITEMS = "一二三四五六七八九十"
_ARTICLE = re.compile(r"(\d+)(?:\((\d+)\))?(?:\.(\d+))?")


def article(law: Text, number: str) -> Text:
    """An article as a jurist cites it.

    >>> article(Text("《办法》", "Measures"), "13(1).2")
    Text(zh='《办法》第13条第（一）项第2目', en='Measures, Art. 13(1).2')
    """
    return Text(f"{law.zh}{_numbered(number)}", f"{law.en}, Art. {number}")


def articles(law: Text, numbers: str) -> Text:
    """One article, or several of one law.

    >>> articles(Text("《办法》", "Measures"), "20, 22")
    Text(zh='《办法》第20条、第22条', en='Measures, Arts. 20, 22')
    """
    each = numbers.split(", ")
    if len(each) == 1:
        return article(law, numbers)
    return Text(
        f"{law.zh}{'、'.join(_numbered(one) for one in each)}", f"{law.en}, Arts. {numbers}"
    )


def _numbered(number: str) -> str:
    found = _ARTICLE.fullmatch(number)
    if found is None:
        raise ValueError(f"article {number!r}")
    item = f"第（{_ITEMS[int(found[2]) - 1]}）项" if found[2] else ""
    point = f"第{found[3]}目" if found[3] else ""
    return f"第{found[1]}条{item}{point}"
