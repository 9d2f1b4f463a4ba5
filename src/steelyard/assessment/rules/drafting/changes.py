"""One change made to a draft: each gives another document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from fractions import Fraction
from typing import Any

from steelyard.assessment.rules.drafting.rows import (
    Document,
    Listed,
    Row,
    below,
    find,
    listed,
    tree,
)
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import exact

Change = Callable[[Document], dict[str, Any]]


def with_member(document: Document, section: str, key: str, told: Listed) -> dict[str, Any]:
    """Another telling of a member; if its code changes, what names it as its parent follows."""
    row = find(listed(document, section), key)
    if row is None:
        return dict(document)
    changed = copied(document)
    changed[section][row.at] = dict(told)
    code = str(told.get("code", ""))
    if section == "items" and row.code and code and code != row.code and row.key == row.code:
        for member in changed["items"]:
            if isinstance(member, dict) and str(member.get("parent", "")) == row.code:
                member["parent"] = code
    return changed


def added(document: Document, section: str, told: Listed) -> dict[str, Any]:
    """One more: an item after its brothers, a grade before those of a lower line, any other at the end."""
    changed = copied(document)
    members = changed.setdefault(section, [])
    if section == "grades":
        members.insert(_place_of_grade(members, told), dict(told))
        return changed
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


def _place_of_grade(grades: Sequence[object], told: Listed) -> int:
    """Before the first with a lower line, or none; a grade without one is the last."""
    own = _line_of(told)
    if own is None:
        return len(grades)
    lower = (at for at, one in enumerate(grades) if (_line_of(one) or own - 1) < own)
    return next(lower, len(grades))


def _line_of(grade: object) -> Fraction | None:
    told = grade if isinstance(grade, Mapping) else {}
    try:
        return exact(str(told.get("at_least", told.get("above"))))
    except ValueError:
        return None


def _below_at(document: Document, at: int) -> tuple[Row, ...]:
    row = next((one for one in listed(document, "items") if one.at == at), None)
    return below(document, row.key) if row is not None else ()


def without(document: Document, section: str, key: str) -> dict[str, Any]:
    """Without a member; an item goes with all that hangs from it."""
    rows = below(document, key) if section == "items" else ()
    gone = {row.at for row in rows} or {
        row.at for row in listed(document, section) if row.key == key
    }
    changed = copied(document)
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
    members = copied(document)["items"]
    first = min(held)
    before = [at for at in range(first) if at not in held]
    after = [at for at in range(first, len(members)) if at not in held]
    changed = copied(document)
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
    members = copied(document)["items"]
    rest = without(document, "items", key)
    changed = added(rest, "items", told)
    at = next(place for place, one in enumerate(changed["items"]) if one == told)
    changed["items"][at + 1 : at + 1] = [members[row.at] for row in block[1:]]
    return changed


def renamed_body(
    document: Document, code: str, to: str, title: Text | None = None
) -> dict[str, Any]:
    """A body of the scheme under the code of an organisation, wherever the scheme names it."""
    changed = copied(document)
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


def with_bodies(document: Document, titles: Mapping[str, Text]) -> dict[str, Any]:
    """The scheme's bodies with those that its items and figures name, as far as ``titles`` knows them."""
    changed = copied(document)
    bodies = changed.setdefault("bodies", {})
    for section in ("items", "inputs"):
        for member in changed.get(section) or []:
            for code in _named_in(member):
                if isinstance(bodies, dict) and code not in bodies and code in titles:
                    bodies[code] = {"zh": titles[code].zh, "en": titles[code].en or titles[code].zh}
    return changed


def _named_in(member: object) -> list[str]:
    if not isinstance(member, dict):
        return []
    values = [member.get(name) for name in ("supplying_body", "scoring_body")]
    return [str(one) for value in values for one in (value if isinstance(value, list) else [value])]


def _rename_in(member: dict[str, Any], code: str, to: str) -> None:
    for name in ("supplying_body", "scoring_body"):
        value = member.get(name)
        if value == code:
            member[name] = to
        elif isinstance(value, list):
            member[name] = list(dict.fromkeys(to if one == code else one for one in value))


_LISTS = ("items", "inputs", "units", "grades")


def copied(document: Document) -> dict[str, Any]:
    """A document to change; what should be a list and is none is an empty one."""
    made = deepcopy(dict(document))
    for name in _LISTS:
        if name in made and not isinstance(made[name], list):
            made[name] = []
    return made
