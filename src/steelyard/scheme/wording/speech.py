"""What a sentence about a rule needs to know: the language, and what things are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.exact import exact

Document = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Speech:
    """The language, the titles of names and items, and the units of measure of inputs."""

    lang: Lang
    names: Mapping[str, Text] = field(default_factory=dict)
    units: Mapping[str, Text] = field(default_factory=dict)
    about: str = ""
    """The title of the item that is spoken of: names need not repeat it."""

    def say(self, phrase: Text, **parts: object) -> str:
        """A phrase with its blanks filled."""
        return phrase.say(self.lang).format(**parts)

    def name(self, code: str) -> str:
        title = self.names.get(code)
        return without_prefix(title.say(self.lang), self.about) if title else code

    def unit(self, code: str) -> str:
        """The unit of measure of an input; nothing if it is not known."""
        unit = self.units.get(code)
        return unit.say(self.lang) if unit else ""


def without_prefix(title: str, about: str) -> str:
    """
    >>> without_prefix("培训内容：缺少的内容", "培训内容")
    '缺少的内容'
    """
    for mark in ("：", ": "):
        if about and title.startswith(f"{about}{mark}"):
            return title.removeprefix(f"{about}{mark}") or title
    return title


def speech_of(document: Document, lang: Lang) -> Speech:
    """What a scheme document calls its inputs, figures, quantities, items and lists."""
    names: dict[str, Text] = {}
    units: dict[str, Text] = {}
    for section in ("items", "inputs", "figures", "quantities"):
        for row in rows_of(document, section):
            code = str(row.get("code", ""))
            names[code] = bilingual(row.get("title")) or Text(code, code)
            units[code] = bilingual(row.get("unit_of_measure")) or _of_type(row)
    return Speech(lang, names, units)


def _of_type(row: Document) -> Text:
    return Text("个百分点", "percentage point") if row.get("type") == "share" else Text()


def rows_of(document: Document, section: str) -> list[Document]:
    """The rows of a section that are tables; whatever else stands there is not spoken of."""
    listed = document.get(section)
    rows = listed if isinstance(listed, list) else []
    return [cast("Document", row) for row in rows if isinstance(row, Mapping)]


def bilingual(value: object) -> Text:
    """A text of the document: a plain one reads alike in both languages."""
    if isinstance(value, Mapping):
        return Text(str(value.get("zh", "")), str(value.get("en", "")))
    return Text(value, value) if isinstance(value, str) else Text()


def number_as_written(value: object) -> str | None:
    """The number as the document writes it (``90%``, ``0.5``, ``12``); None if it is none.

    >>> number_as_written("90%"), number_as_written(3), number_as_written("rate * 15")
    ('90%', '3', None)
    """
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    text = str(value).strip()
    try:
        exact(text)
    except ValueError:
        return None
    return text.replace("％", "%")
