"""How are headings numbered? 一、（一）1.（1）, so that nobody types a number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from steelyard.kernel.bilingual import Lang
from steelyard.papers.official.paper import Paragraph

_DIGITS = "〇一二三四五六七八九"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def numbered(paragraphs: Iterable[Paragraph], lang: Lang) -> Iterator[tuple[str, Paragraph]]:
    """Each paragraph with its number; that of body text is empty. A heading begins the lower ones anew."""
    counts = [0, 0, 0, 0]
    for paragraph in paragraphs:
        if not paragraph.level or paragraph.number is not None:
            yield paragraph.number or "", paragraph
            continue
        depth = paragraph.level - 1
        counts[depth] += 1
        counts[depth + 1 :] = [0] * (3 - depth)
        yield heading_number(paragraph.level, counts[depth], lang), paragraph


def chinese(number: int) -> str:
    """A number below 100 in Chinese numerals.

    >>> [chinese(n) for n in (1, 10, 12, 20, 35)]
    ['一', '十', '十二', '二十', '三十五']
    """
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return (_DIGITS[tens] if tens > 1 else "") + "十" + (_DIGITS[ones] if ones else "")


def heading_number(level: int, count: int, lang: Lang) -> str:
    """What stands before a heading.

    >>> heading_number(1, 3, "zh"), heading_number(2, 3, "en")
    ('三、', 'C. ')
    """
    depth = level - 1
    if lang == "zh":
        return (f"{chinese(count)}、", f"（{chinese(count)}）", f"{count}.", f"（{count}）")[depth]
    return (f"{_roman(count)}. ", f"{_letter(count)}. ", f"{count}. ", f"({count}) ")[depth]


def _roman(number: int) -> str:
    """
    >>> _roman(4), _roman(19)
    ('IV', 'XIX')
    """
    said = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        said += sign * times
    return said


def _letter(number: int) -> str:
    """
    >>> _letter(1), _letter(27)
    ('A', 'AA')
    """
    times, place = divmod(number - 1, 26)
    return chr(ord("A") + place) * (times + 1)
