"""What stands in a draft? Its lists and its tree, as a person reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from steelyard.kernel.bilingual import Text

Document = Mapping[str, Any]
Listed = Mapping[str, Any]
_CODE = re.compile(r"[\w.-]+")
_WHOLE = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A member of a list of the document. ``key``: how it is addressed: its code, else its place."""

    key: str
    at: int
    told: Listed
    depth: int = 0
    is_group: bool = False

    @property
    def code(self) -> str:
        return str(self.told.get("code", ""))

    @property
    def title(self) -> Text:
        return as_text(self.told.get("title")) or Text(self.code, self.code)


def as_text(value: object) -> Text:
    """A text of a document in two languages, whatever stands there."""
    if isinstance(value, Mapping):
        return Text(str(value.get("zh", "") or ""), str(value.get("en", "") or ""))
    return Text(str(value), str(value)) if isinstance(value, str | int) else Text()


def listed(document: Document, section: str) -> tuple[Row, ...]:
    """The members of a list of the document, each under a key that is its own.

    >>> [row.key for row in listed({"items": [{"code": "A"}, {"code": "A"}, {}]}, "items")]
    ['A', '~2', '~3']
    """
    found = document.get(section)
    members = found if isinstance(found, list) else []
    rows, taken = [], set()
    for at, member in enumerate(members):
        told = member if isinstance(member, Mapping) else {}
        code = str(told.get("code", ""))
        key = code if _CODE.fullmatch(code) and code not in taken else f"~{at + 1}"
        taken.add(key)
        rows.append(Row(key, at, told))
    return tuple(rows)


def tree(document: Document) -> tuple[Row, ...]:
    """Every item after its parent; what hangs from nothing comes last, at the top."""
    rows = listed(document, "items")
    known = {row.code: row for row in reversed(rows) if row.code}
    below: dict[str, list[Row]] = {}
    for row in rows:
        parent = str(row.told.get("parent", "") or "")
        below.setdefault(parent if parent in known else _WHOLE, []).append(row)
    found: list[Row] = []
    met: set[int] = set()

    def visit(row: Row, depth: int) -> None:
        if row.at in met:
            return
        met.add(row.at)
        is_first = known.get(row.code) is row
        children = below.get(row.code, []) if is_first and row.code else []
        found.append(Row(row.key, row.at, row.told, depth, bool(children)))
        for child in children:
            visit(child, depth + 1)

    for row in below.get(_WHOLE, []):
        visit(row, 0)
    for row in rows:  # a ring of parents
        visit(row, 0)
    return tuple(found)


def find(rows: Sequence[Row], key: str) -> Row | None:
    return next((row for row in rows if row.key == key), None)


def below(document: Document, key: str) -> tuple[Row, ...]:
    """An item and all that hangs from it."""
    rows = tree(document)
    first = next((at for at, row in enumerate(rows) if row.key == key), None)
    if first is None:
        return ()
    found = [rows[first]]
    for row in rows[first + 1 :]:
        if row.depth <= rows[first].depth:
            break
        found.append(row)
    return tuple(found)


def assessed(document: Document) -> tuple[Row, ...]:
    """The units that are assessed, of all that the document names.

    >>> units = [{"code": "440700", "parent": "440000"}, {"code": "440703", "parent": "440700"}]
    >>> [row.code for row in assessed({"within": "440000", "units": units})]
    ['440700']
    """
    within = document.get("within", "")
    return tuple(row for row in listed(document, "units") if row.told.get("parent", "") == within)
