"""How is an article cited?"""

from __future__ import annotations

import re

from steelyard.kernel.bilingual import Text

_ITEMS = "一二三四五六七八九十"
_ARTICLE = re.compile(r"(\d+)(?:/(\d+))?(?:\((\d+)\))?(?:\.(\d+))?")


def article(law: Text, number: str) -> Text:
    """An article as a jurist cites it: article/paragraph(item).point, all but the first optional.

    >>> article(Text("《办法》", "Measures"), "13(1).2")
    Text(zh='《办法》第13条第（一）项第2目', en='Measures, Art. 13(1).2')
    >>> article(Text("《规定》", "Provisions"), "2/1(3)")
    Text(zh='《规定》第2条第1款第（三）项', en='Provisions, Art. 2, para. 1(3)')

    Raises:
        ValueError: it is written otherwise.
    """
    found = _ARTICLE.fullmatch(number)
    if found is None:
        raise ValueError(f"article {number!r}")
    whole, paragraph, item, point = found.groups()
    zh = f"第{whole}条"
    zh += f"第{paragraph}款" if paragraph else ""
    zh += f"第（{_ITEMS[int(item) - 1]}）项" if item else ""
    zh += f"第{point}目" if point else ""
    en = f"Art. {whole}"
    en += f", para. {paragraph}" if paragraph else ""
    en += f"({item})" if item else ""
    en += f".{point}" if point else ""
    return Text(f"{law.zh}{zh}", f"{law.en}, {en}")
