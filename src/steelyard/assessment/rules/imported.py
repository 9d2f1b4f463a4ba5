"""The office's table as it was read: what a person must still write, and what should be confirmed.

Both are kept beside the draft as plain data. A cell that belongs to an item is mended with its rule;
any other is ticked off by a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from steelyard.kernel.bilingual import Text
from steelyard.scheme.office import Unread

Plain = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that was not understood: where it stands, what it says, why; of which item, if one."""

    where: Text
    text: str
    why: Text
    item: str = ""


def as_plain(unread: Iterable[Unread]) -> list[dict[str, str]]:
    return [
        {
            "where_zh": one.where.say("zh"), "where_en": one.where.say("en"), "text": one.text,
            "why_zh": one.why.zh, "why_en": one.why.en, "item": one.item,
        }
        for one in unread
    ]  # fmt: skip


def cells(plain: Iterable[Plain]) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            Text(one.get("where_zh", ""), one.get("where_en", "")),
            one.get("text", ""),
            Text(one.get("why_zh", ""), one.get("why_en", "")),
            one.get("item", ""),
        )
        for one in plain
        if isinstance(one, Mapping)
    )


def texts_as_plain(texts: Iterable[Text]) -> list[dict[str, str]]:
    return [{"zh": one.zh, "en": one.en} for one in texts]
