"""Which live pages could not be published as they stand, and why? Told to those who write, until they are mended.

One such page holds up no other. What the public read of it before stays as it was. The list is a
file in the office's home, written anew when it changes.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault
from steelyard.tables.write import write_whole

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Withheld:
    """``page``: its number in the office. ``said``: what is wrong, where, why, and what to do."""

    page: int
    title: str
    address: str
    said: tuple[Text, ...]


def withheld(page: int, title: str, address: str, faults: Sequence[Fault]) -> Withheld:
    return Withheld(page, title, address, tuple(_sentence(one) for one in faults))


def _sentence(fault: Fault) -> Text:
    block = fault.where.key.removeprefix("blocks.")
    where = Text(f"第{block}段：", f"block {block}: ") if block else Text("", "")
    return Text(
        f"此页未能按现在的内容公开。{where.zh}{fault.what.zh}。{fault.mend.zh}。",
        f"This page is not published as it stands. {where.en}{fault.what.en}; {fault.mend.en}.",
    )


def load_withheld() -> tuple[Withheld, ...]:
    try:
        listed = json.loads(_path().read_text(encoding="utf-8"))
        return tuple(_read(one) for one in listed)
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def note_withheld(found: Iterable[Withheld]) -> None:
    """Keep the list for the pages of the office; nothing is written if it is the same."""
    listed = tuple(found)
    if listed == load_withheld():
        return
    for one in listed:
        log.warning("page %s: %s", one.page, " ".join(text.en for text in one.said))
    content = json.dumps([_plain(one) for one in listed], ensure_ascii=False, indent=1) + "\n"
    _path().parent.mkdir(parents=True, exist_ok=True)
    write_whole(_path(), content.encode())


def _plain(one: Withheld) -> dict[str, Any]:
    said = [[text.zh, text.en] for text in one.said]
    return {"page": one.page, "title": one.title, "address": one.address, "said": said}


def _read(told: dict[str, Any]) -> Withheld:
    said = tuple(Text(*pair) for pair in told["said"])
    return Withheld(int(told["page"]), str(told["title"]), str(told["address"]), said)


def _path() -> Path:
    return Path(settings.ENVIRONMENT.home) / "prose-withheld.json"
