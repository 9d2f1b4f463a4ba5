"""A scheme under hand: its tree as a person reads it, and one change at a time made to it.

A draft is a document, and may have any fault: an item without a code, two of one code, a parent that
is not there. All of it is shown, and can be mended. Nothing here looks at what a rule means; the
check does (:func:`faults_of`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault
from steelyard.scheme.locate import path_of
from steelyard.scheme.read import check_document

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


# --- changes: each gives another document ------------------------------------------------------


def with_member(document: Document, section: str, key: str, told: Listed) -> dict[str, Any]:
    """Another telling of a member; if its code changes, what names it as its parent follows."""
    row = find(listed(document, section), key)
    if row is None:
        return dict(document)
    changed = _copied(document)
    changed[section][row.at] = dict(told)
    code = str(told.get("code", ""))
    if section == "items" and row.code and code and code != row.code and row.key == row.code:
        for member in changed["items"]:
            if isinstance(member, dict) and str(member.get("parent", "")) == row.code:
                member["parent"] = code
    return changed


def added(document: Document, section: str, told: Listed) -> dict[str, Any]:
    """One more: an item after its brothers, any other at the end."""
    changed = _copied(document)
    members = changed.setdefault(section, [])
    if section != "items":
        members.append(dict(told))
        return changed
    parent = str(told.get("parent", "") or "")
    places = [
        at
        for at, member in enumerate(members)
        if isinstance(member, dict)
        and (str(member.get("parent", "") or "") == parent or str(member.get("code")) == parent)
    ]
    last = max(places, default=len(members) - 1)
    end = max((row.at for row in _below_at(document, last)), default=last)
    members.insert(end + 1, dict(told))
    return changed


def _below_at(document: Document, at: int) -> tuple[Row, ...]:
    row = next((one for one in listed(document, "items") if one.at == at), None)
    return below(document, row.key) if row is not None else ()


def without(document: Document, section: str, key: str) -> dict[str, Any]:
    """Without a member; an item goes with all that hangs from it."""
    rows = below(document, key) if section == "items" else ()
    gone = {row.at for row in rows} or {
        row.at for row in listed(document, section) if row.key == key
    }
    changed = _copied(document)
    changed[section] = [one for at, one in enumerate(changed.get(section, [])) if at not in gone]
    return changed


def moved(document: Document, key: str, *, up: bool) -> dict[str, Any]:
    """An item before its elder brother, or after its younger one, with all that hangs from it."""
    rows = tree(document)
    here = find(rows, key)
    if here is None:
        return dict(document)
    brothers = _brothers(rows, here)
    place = [row.key for row in brothers].index(key)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(brothers):
        return dict(document)
    order = [row.key for row in brothers]
    order[place], order[other] = order[other], order[place]
    blocks = {row.key: [one.at for one in below(document, row.key)] for row in brothers}
    wanted = [at for one in order for at in blocks[one]]
    held = {at for block in blocks.values() for at in block}
    members = _copied(document)["items"]
    first = min(held)
    before = [at for at in range(first) if at not in held]
    after = [at for at in range(first, len(members)) if at not in held]
    changed = _copied(document)
    changed["items"] = [members[at] for at in [*before, *wanted, *after]]
    return changed


def _brothers(rows: Sequence[Row], here: Row) -> list[Row]:
    """Those of one depth between the same two of a lesser one, in the order of the tree."""
    at = rows.index(here)
    first = at
    while first > 0 and rows[first - 1].depth >= here.depth:
        first -= 1
    last = at
    while last + 1 < len(rows) and rows[last + 1].depth >= here.depth:
        last += 1
    return [row for row in rows[first : last + 1] if row.depth == here.depth]


def hung_from(document: Document, key: str, parent: str) -> dict[str, Any]:
    """An item with all that hangs from it, now below another (``""``: at the top)."""
    block = below(document, key)
    if not block:
        return dict(document)
    told = {name: value for name, value in block[0].told.items() if name != "parent"}
    if parent:
        told["parent"] = parent
    members = _copied(document)["items"]
    rest = without(document, "items", key)
    changed = added(rest, "items", told)
    at = next(place for place, one in enumerate(changed["items"]) if one == told)
    changed["items"][at + 1 : at + 1] = [members[row.at] for row in block[1:]]
    return changed


def renamed_body(
    document: Document, code: str, to: str, title: Text | None = None
) -> dict[str, Any]:
    """A body of the scheme under the code of an organisation, wherever the scheme names it."""
    changed = _copied(document)
    bodies = changed.get("bodies")
    if isinstance(bodies, dict) and code in bodies:
        said = bodies[code] if title is None else {"zh": title.zh, "en": title.en or title.zh}
        changed["bodies"] = {
            (to if one == code else one): (said if one == code else told)
            for one, told in bodies.items()
            if one == code or one != to
        }
    for section in ("inputs", "items"):
        for member in changed.get(section) or []:
            if isinstance(member, dict):
                _rename_in(member, code, to)
    return changed


def _rename_in(member: dict[str, Any], code: str, to: str) -> None:
    for name in ("supplying_body", "scoring_body"):
        value = member.get(name)
        if value == code:
            member[name] = to
        elif isinstance(value, list):
            member[name] = list(dict.fromkeys(to if one == code else one for one in value))


def _copied(document: Document) -> dict[str, Any]:
    return deepcopy(dict(document))


# --- what is wrong with it --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Faults:
    """What the check finds: at each item and input by its key, and what belongs to none."""

    items: Mapping[str, tuple[Fault, ...]]
    inputs: Mapping[str, tuple[Fault, ...]]
    rest: tuple[Fault, ...]
    is_sound: bool

    @property
    def errors(self) -> int:
        every = [*self.rest]
        for told in (self.items, self.inputs):
            every += [fault for faults in told.values() for fault in faults]
        return sum(fault.level == "error" for fault in every)


def faults_of(document: Document) -> Faults:
    """Everything that the check finds in a draft, each at the member that it is about."""
    checked = check_document(document)
    found: dict[str, dict[str, list[Fault]]] = {"items": {}, "inputs": {}}
    rest = []
    keys = {section: [row.key for row in listed(document, section)] for section in found}
    for fault in checked.faults:
        path = path_of(fault.where.key)
        at = path[1] if len(path) > 1 and path[0] in found else None
        if isinstance(at, int) and at < len(keys[str(path[0])]):
            section = str(path[0])
            found[section].setdefault(keys[section][at], []).append(fault)
        else:
            rest.append(fault)
    as_told = {
        section: {key: tuple(faults) for key, faults in told.items()}
        for section, told in found.items()
    }
    return Faults(as_told["items"], as_told["inputs"], tuple(rest), checked.scheme is not None)


# --- beginnings -------------------------------------------------------------------------------


def begun(code: str, title: Text, starts: str, ends: str, *, sample: bool) -> dict[str, Any]:
    """A scheme of which nothing stands yet but whose it is."""
    return {
        "format": "steelyard-scheme/1", "code": code, "version": "1", "title": told_text(title),
        "label": "sample" if sample else "official", "family": "points",
        "period": {"starts": starts, "ends": ends}, "units": [], "bodies": {}, "inputs": [],
        "items": [],
    }  # fmt: skip


def told_text(text: Text) -> dict[str, str]:
    """
    >>> told_text(Text("甲", "")), told_text(Text("甲", "A"))
    ({'zh': '甲'}, {'zh': '甲', 'en': 'A'})
    """
    return {"zh": text.zh, **({"en": text.en} if text.en else {})}


def fitted(
    document: Document, frame: Document, units: Sequence[tuple[str, Text]]
) -> dict[str, Any]:
    """A document that was imported, as a draft of an assessment: its code and period are those of the
    assessment; units that it does not list are those below the office. The office's table names a
    supplying body beside an item: its figures come from there."""
    made = _copied(document)
    made.pop("tables", None)
    for name in ("format", "version", "title", "family"):
        made.setdefault(name, frame[name])
    had = made.get("period")
    days = frame["period"]
    is_same = isinstance(had, Mapping) and all(str(had.get(one)) == days[one] for one in days)
    made["period"] = {**had, **days} if isinstance(had, Mapping) and is_same else days
    made["code"], made["label"] = frame["code"], frame["label"]
    if not made.get("units"):
        made["units"] = [{"code": code, "title": told_text(title)} for code, title in units]
    return _with_suppliers(made)


def _with_suppliers(document: dict[str, Any]) -> dict[str, Any]:
    """A figure that names no supplying body comes from that of the one item whose rule names it."""
    for member in document.get("inputs") or []:
        if not isinstance(member, dict) or member.get("supplying_body") or member.get("records"):
            continue
        named = re.compile(rf"(?<!\w){re.escape(str(member.get('code', '')))}(?!\w)")
        bodies = [
            item["supplying_body"]
            for item in document.get("items") or []
            if isinstance(item, dict) and item.get("supplying_body")
            and named.search(f"{item.get('rule')} {item.get('zero_if')} {item.get('full_if')}")
        ]  # fmt: skip
        if bodies and all(one == bodies[0] for one in bodies):
            member["supplying_body"] = bodies[0]
    return document


Change = Callable[[Document], dict[str, Any]]
