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
    found = _ARTICLE.fullmatch(number)
    if found is None:
        raise ValueError(f"article {number!r}")
    item = f"第（{_ITEMS[int(found[2]) - 1]}）项" if found[2] else ""
    point = f"第{found[3]}目" if found[3] else ""
    return Text(f"{law.zh}第{found[1]}条{item}{point}", f"{law.en}, Art. {number}")
