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
    zh, en = _numbered(number)
    return Text(f"{law.zh}{zh}", f"{law.en}, Art. {en}")


def articles(law: Text, numbers: str) -> Text:
    """One article, or several of one law.

    >>> articles(Text("《办法》", "Measures"), "20, 22")
    Text(zh='《办法》第20条、第22条', en='Measures, Arts. 20, 22')
    """
    each = [_numbered(number) for number in numbers.split(", ")]
    word = "Art." if len(each) == 1 else "Arts."
    return Text(
        f"{law.zh}{'、'.join(zh for zh, _ in each)}",
        f"{law.en}, {word} {', '.join(en for _, en in each)}",
    )


def _numbered(number: str) -> tuple[str, str]:
    found = _ARTICLE.fullmatch(number)
    if found is None:
        raise ValueError(f"article {number!r}")
    whole, paragraph, item, point = found.groups()
    zh = f"第{whole}条"
    zh += f"第{paragraph}款" if paragraph else ""
    zh += f"第（{_ITEMS[int(item) - 1]}）项" if item else ""
    zh += f"第{point}目" if point else ""
    en = whole
    en += f", para. {paragraph}" if paragraph else ""
    en += f"({item})" if item else ""
    en += f".{point}" if point else ""
    return zh, en
