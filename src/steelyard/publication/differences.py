"""What does a correction change? Said in the correction itself, within what both publications say.

    assessment   per unit: grade, ranks, points, items; per item of the scheme: its points and title
    registers    rows added, removed, changed, by the key of the register; statistics likewise
    prose, briefing   files by their titles

A figure that only one of the two publishes is not repeated here: what was withdrawn stays withdrawn.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from steelyard.kernel.bilingual import Text
from steelyard.kernel.hashes import tagged
from steelyard.publication.package import Head, Package

FORMAT = "steelyard-difference/1"
DIFFERENCE = "difference.json"
"""The file of a package that holds it."""

MOST_ROWS = 200
"""Of so many rows a register's difference says each; of the others how many they are."""

WHAT: Mapping[str, Text] = {
    "grade": Text("等次", "grade"), "rank": Text("名次", "rank"),
    "group_rank": Text("组内名次", "rank in its group"), "shown": Text("得分", "points"),
    "points": Text("得分", "points"), "possible": Text("分值", "points possible"),
    "interval": Text("名次区间", "interval of the rank"), "records": Text("记录数", "records"),
    "why": Text("理由", "reason"), "title": Text("名称", "title"), "parent": Text("上级", "parent"),
    "count": Text("数量", "count"), "scope": Text("公布范围", "scope"), "period": Text("期间", "period"),
    "issuer": Text("发布单位", "issuer"), "legal_basis": Text("依据", "legal basis"), "note": Text("说明", "note"),
}  # fmt: skip
"""What changes, in words."""

Document = Mapping[str, Any]
Change = dict[str, Any]


def difference(before: Package, head: Head, files: Mapping[str, bytes]) -> Change:
    """What ``files``, to be published as ``head``, change of the package ``before``."""
    return {
        "format": FORMAT,
        "kind": head.kind,
        "series": head.series,
        "before": {"number": before.head.number, "identifier": before.identifier},
        "after": {"number": head.number},
        **_of_kind(before, files, head.kind),
    }


def difference_of(before: Package, after: Package) -> Change:
    """The same, of two packages."""
    return difference(before, after.head, {name: after.read(name) for name in after.files})


def difference_bytes(document: Document) -> bytes:
    return (json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _of_kind(before: Package, files: Mapping[str, bytes], kind: str) -> Change:
    if kind == "assessment":
        name = "assessment.json"
        return assessment_difference(before.document(name), json.loads(files[name]))
    if kind == "registers":
        return registers_difference(_documents(before), _documents(files))
    return {"files": list(_files_changed(before, files))}


def _documents(held: Package | Mapping[str, bytes]) -> dict[str, Document]:
    """The registers and statistics in a package, by path."""
    names = held.files if isinstance(held, Package) else tuple(held)
    return {
        name: json.loads(held.read(name) if isinstance(held, Package) else held[name])
        for name in sorted(names)
        if name.startswith(("registers/", "statistics/"))
    }


# --- an assessment

_OF_SCHEME = ("title", "period", "issuer", "legal_basis", "note")
_OF_UNIT = {
    "grade": "grades", "rank": "ranks", "group_rank": "ranks", "shown": "points", "score": "points",
    "interval": "intervals", "records": "records",
}  # fmt: skip
"""What is said of a unit, and the part of the scope that lets it be said."""


def assessment_difference(before: Document, after: Document) -> Change:
    """What changed between two documents of one assessment, within both their scopes."""
    return {
        "scope": [
            {"what": name, "before": before["scope"].get(name), "after": value}
            for name, value in after["scope"].items()
            if value != before["scope"].get(name)
        ],
        "texts": [
            {"what": name, "before": before[name], "after": after[name]}
            for name in _OF_SCHEME
            if before[name] != after[name]
        ],
        "items": list(_scheme_items(before, after)),
        "units": list(_units(before, after)),
        "announced": _rows_only(
            [_said(one) for one in before["announced"]], [_said(one) for one in after["announced"]]
        ),
    }


def _scheme_items(before: Document, after: Document) -> Iterator[Change]:
    then, now = _by_code(before["items"]), _by_code(after["items"])
    for code in dict.fromkeys([*now, *then]):
        changes = [
            {"what": name, "before": then.get(code, {}).get(name), "after": now.get(code, {}).get(name)}
            for name in ("title", "possible", "parent")
            if then.get(code, {}).get(name) != now.get(code, {}).get(name)
        ]  # fmt: skip
        if changes:
            yield {
                "code": code,
                "title": (now.get(code) or then[code])["title"],
                "changes": changes,
            }


def _units(before: Document, after: Document) -> Iterator[Change]:
    """Units as they stand now, then those that are gone."""
    then, now = _all_units(before), _all_units(after)
    for code in dict.fromkeys([*now, *then]):
        one = now.get(code) or then[code]
        change: Change = {"code": code, "title": one["title"]}
        if code in then and code in now:
            change["changes"] = list(_of_unit(then[code], now[code], before, after))
            change["items"] = list(_items_of_unit(then[code], now[code], before, after))
            if change["changes"] or change["items"]:
                yield change
        elif _list_alike(before, after):
            yield change | {"changes": [], "items": [], "is": "added" if code in now else "removed"}


def _of_unit(then: Document, now: Document, before: Document, after: Document) -> Iterator[Change]:
    for name, part in _OF_UNIT.items():
        if not _both(part, before, after) or not _both_list(then, now, name, before, after):
            continue
        if then.get(name) != now.get(name):
            yield {"what": name, "before": then.get(name), "after": now.get(name)}


def _items_of_unit(
    then: Document, now: Document, before: Document, after: Document
) -> Iterator[Change]:
    if not _both("points", before, after):
        return
    old, new = then.get("items", {}), now.get("items", {})
    for code in new:
        if code not in old:
            continue
        for name in ("points", "possible", "records"):
            if name == "records" and not _both("records", before, after):
                continue
            if old[code].get(name) != new[code].get(name):
                yield _item_change(code, name, old, new)
        if _both("items", before, after) and _reason_alone(old[code], new[code]):
            yield _item_change(code, "why", old, new)


def _item_change(code: str, what: str, old: Document, new: Document) -> Change:
    return {
        "code": code, "what": what, "before": old[code].get(what), "after": new[code].get(what)
    }  # fmt: skip


def _reason_alone(old: Document, new: Document) -> bool:
    """Whether the points are the same for another reason."""
    return bool(old.get("points") == new.get("points") and old.get("why") != new.get("why"))


def _both(part: str, before: Document, after: Document) -> bool:
    return bool(before["scope"].get(part)) and bool(after["scope"].get(part))


def _list_alike(before: Document, after: Document) -> bool:
    """Whether both list the same number of units, so that who is listed compares."""
    return bool(before["scope"].get("best") == after["scope"].get("best"))


def _both_list(then: Document, now: Document, name: str, before: Document, after: Document) -> bool:
    """Whether both say it of this unit; that one left the best is said where both list as many."""
    if name == "grade":
        return True
    says_then, says_now = name in then, name in now
    if says_then and says_now:
        return True
    return (
        (says_then or says_now)
        and name in ("rank", "group_rank")
        and _list_alike(before, after)
        and bool(after["scope"].get("best"))
    )


def _all_units(document: Document) -> dict[str, Document]:
    return _by_code([*document["units"], *document["others"]])


def _by_code(rows: Iterable[Document]) -> dict[str, Document]:
    return {one["code"]: one for one in rows}


# --- registers and statistics


def registers_difference(
    before: Mapping[str, Document], after: Mapping[str, Document]
) -> dict[str, Any]:
    """What changed between the registers and statistics of two publications, by their paths."""
    found = []
    for path in dict.fromkeys([*after, *before]):
        there = after.get(path) or before[path]
        change: Change = {
            "path": path, "code": there["code"], "area": there["area"], "title": there["title"]
        }  # fmt: skip
        if path not in before or path not in after:
            found.append(change | {"is": "added" if path in after else "removed"})
        elif path.startswith("registers/"):
            change |= _register(before[path], after[path])
        else:
            change |= _statistic(before[path], after[path])
        if "added" in change and any(change[name]["count"] for name in _LISTS):
            found.append(change)
    return {"documents": found}


_LISTS = ("added", "removed", "changed")


def _register(before: Document, after: Document) -> Change:
    columns = [one for one in _columns(after) if one in _columns(before)]
    key = list(after["key"])
    if not key or not set(key) <= set(columns):
        return _without_key(before, after, columns)
    then, now = (_keyed(one, columns, key) for one in (before, after))
    changed = [
        {"key": list(one), "columns": _cells(columns, then[one], now[one])}
        for one in now
        if one in then and then[one] != now[one]
    ]
    return {
        "key": key,
        "added": _counted([list(one) for one in now if one not in then]),
        "removed": _counted([list(one) for one in then if one not in now]),
        "changed": _counted(changed),
    }


def _cells(columns: Sequence[str], then: Sequence[Any], now: Sequence[Any]) -> list[Change]:
    return [
        {"what": name, "before": one, "after": other}
        for name, one, other in zip(columns, then, now, strict=True)
        if one != other
    ]


def _without_key(before: Document, after: Document, columns: Sequence[str]) -> Change:
    """A row that nothing names is only counted."""
    told = _rows_only(*([_said(row) for row in _cut(one, columns)] for one in (before, after)))
    return {
        "key": [],
        "added": {"count": told["added"], "rows": []},
        "removed": {"count": told["removed"], "rows": []},
        "changed": {"count": 0, "rows": []},
    }


def _statistic(before: Document, after: Document) -> Change:
    """By year and place. Of a number that one of the two hides only that it changed is said."""
    sums = [one["code"] for one in after["sums"]]
    then, now = _rows_by_place(before), _rows_by_place(after)
    changed = []
    for place in now:
        if place in then and then[place] != now[place]:
            old, new = then[place], now[place]
            is_said = old["count"] is not None and new["count"] is not None
            columns = (
                _cells(["count", *sums], [old["count"], *old["sums"]], [new["count"], *new["sums"]])
                if is_said and len(old["sums"]) == len(sums)
                else []
            )
            changed.append({"key": list(place), "columns": columns})
    return {
        "key": ["year", "place"],
        "added": _counted([list(one) for one in now if one not in then]),
        "removed": _counted([list(one) for one in then if one not in now]),
        "changed": _counted(changed),
    }


def _rows_by_place(document: Document) -> dict[tuple[Any, Any], Document]:
    return {(row["year"], row["place"]): row for row in document["rows"]}


def _columns(document: Document) -> list[str]:
    return [one["code"] for one in document["fields"]]


def _cut(document: Document, columns: Sequence[str]) -> list[list[Any]]:
    at = [_columns(document).index(one) for one in columns]
    return [[row[one] for one in at] for row in document["rows"]]


def _keyed(
    document: Document, columns: Sequence[str], key: Sequence[str]
) -> dict[tuple[Any, ...], list[Any]]:
    at = [columns.index(one) for one in key]
    return {tuple(row[one] for one in at): row for row in _cut(document, columns)}


def _counted(rows: list[Any]) -> dict[str, Any]:
    return {"count": len(rows), "rows": rows[:MOST_ROWS]}


def _rows_only(then: Sequence[str], now: Sequence[str]) -> dict[str, int]:
    old, new = Counter(then), Counter(now)
    return {"added": (new - old).total(), "removed": (old - new).total()}


def _said(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, sort_keys=True)


# --- prose and briefings


def _files_changed(before: Package, files: Mapping[str, bytes]) -> Iterator[Change]:
    now = {name: tagged(content) for name, content in files.items()}
    for name in sorted({*now, *before.hashes} - {DIFFERENCE}):
        if now.get(name) == before.hashes.get(name):
            continue
        is_ = "changed" if name in now and name in before.hashes else "added" if name in now else "removed"  # fmt: skip
        yield {"path": name, "is": is_, "title": _title(name, files.get(name))}


def _title(name: str, content: bytes | None) -> object:
    """The title of a document, if it is one that has one and is still published."""
    if content is None or not name.endswith(".json"):
        return None
    document = json.loads(content)
    title = document.get("title") if isinstance(document, dict) else None
    return title if isinstance(title, dict | str) else None
