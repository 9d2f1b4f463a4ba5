"""An assessment as it is published: the document that pages, downloads and programs read.

:func:`assessment_document` makes it of a result, within a scope; what the scope leaves out is not in
it. :func:`read_assessment` makes values of it again, for pages.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, cast

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import exact, plain
from steelyard.publication.scope import Scope
from steelyard.records.announced import Announced
from steelyard.scheme.model import ROOT, Item, Unit
from steelyard.scheme.wording.say_item import group_in_words, item_in_words
from steelyard.scheme.wording.speech import rows_of
from steelyard.weighing.document import result_document, show_score
from steelyard.weighing.explain import Explanation, explain
from steelyard.weighing.result import Result, Standing
from steelyard.weighing.uncertainty.findings import UnitDoubt

FORMAT = "steelyard-assessment/1"

_HUNDRED = Fraction(100)

Titles = Mapping[tuple[str, str], Sequence[str]]
"""Titles of supporting material by unit and item."""


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What one unit got on one item, and why. ``records``: how many stand behind, None if not said.

    ``material``: the titles of what it handed in for the item.
    """

    points: Fraction | None
    possible: Fraction
    why: Text = field(default_factory=Text)
    records: int | None = None
    material: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitResult:
    """What is published of one unit; None, empty, or absent: not published, or not there."""

    code: str
    title: Text
    group: str = ""
    tile: tuple[int, int] | None = None
    grade: str = ""
    rank: str = ""
    group_rank: str = ""
    shown: str = ""
    score: Fraction | None = None
    interval: tuple[str, str] | None = None
    records: int | None = None
    items: Mapping[str, ItemResult] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PublishedItem:
    """An item of the scheme. ``depth`` 1 is a dimension; ``kind``: item, bonus or deduction.

    ``rule``: how it is scored, in words; empty where items are not published.
    """

    code: str
    title: Text
    parent: str
    depth: int
    possible: Fraction
    source: Text
    kind: str
    rule: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A published assessment. ``listed``: the units by rank, or by code where ranks are not published.

    ``unlisted`` are those of which no more than the grade is published.
    """

    series: str
    title: Text
    period: str
    issuer: Text
    legal_basis: Text
    note: Text
    sample: bool
    scope: Scope
    groups: Mapping[str, Text]
    grades: Mapping[str, Text]
    items: tuple[PublishedItem, ...]
    listed: tuple[UnitResult, ...]
    unlisted: tuple[UnitResult, ...]
    announced: tuple[Mapping[str, Any], ...]
    covers: Text
    omits: Text
    hashes: Mapping[str, str]
    full: Fraction
    family: str

    @property
    def units(self) -> Mapping[str, UnitResult]:
        return {one.code: one for one in (*self.listed, *self.unlisted)}

    @property
    def dimensions(self) -> tuple[PublishedItem, ...]:
        return tuple(item for item in self.items if item.depth == 1)


def assessment_document(
    result: Result,
    scope: Scope,
    *,
    records: Mapping[str, int] | None = None,
    announced: Sequence[Announced] = (),
    material: Titles | None = None,
) -> dict[str, object]:
    """The document of an assessment within its scope.

    Units stand by rank if ranks are published, else by code, so that their order says nothing.
    ``records``: how many records stand behind each unit; ``material``: what each handed in.
    """
    scheme = result.scheme
    listed = [one for one in result.standings if _is_listed(one, scope)]
    others = [one for one in result.standings if not _is_listed(one, scope)]
    if not scope.ranks:
        listed.sort(key=_by_code)
    others.sort(key=_by_code)
    return {
        "format": FORMAT,
        "series": scope.series,
        "title": _text(scheme.title),
        "period": scheme.period_label,
        "issuer": _text(scheme.issuer),
        "legal_basis": _text(scheme.legal_basis),
        "note": _text(scheme.note),
        "label": result.label,
        "family": scheme.family,
        "full": plain(_full(result, ROOT)),
        "scope": _scope_document(scope),
        "groups": {code: _text(title) for code, title in scheme.groups.items()},
        "grades": [{"code": one.code, "title": _text(one.title)} for one in scheme.grades],
        "items": list(_items(result, scope)),
        "units": [_listed(result, one, scope, records, material or {}) for one in listed],
        "others": [_other(one.unit, one.grade, scope) for one in others] if scope.grades else [],
        "announced": [_announced(one) for one in announced],
        "how_sure": _how_sure(result) if scope.intervals else None,
        "hashes": _hashes(result) if scope.replay else {},
    }


def _hashes(result: Result) -> dict[str, str]:
    """Of the scheme and the lists. That of the values would confirm guesses of what else stands in them."""
    recipe = cast("Mapping[str, Any]", result_document(result)["recipe"])
    return {name: said for name, said in recipe["hashes"].items() if name != "values"}


def assessment_bytes(document: Mapping[str, object]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _by_code(one: Standing) -> str:
    return one.unit.code


def _is_listed(standing: Standing, scope: Scope) -> bool:
    """All are, or the best so many; those who share the last place are all among them."""
    if not scope.best:
        return True
    return standing.rank is not None and standing.rank <= scope.best


def _listed(
    result: Result, standing: Standing, scope: Scope, records: Mapping[str, int] | None,
    material: Titles,
) -> dict[str, object]:  # fmt: skip
    unit = standing.unit
    document = _other(unit, standing.grade if scope.grades else "", scope)
    if scope.ranks:
        document["rank"] = _rank(standing.rank)
        document["group_rank"] = "" if scope.best else _rank(standing.group_rank)
    if scope.points:
        document["shown"] = show_score(standing.score, result.scheme.total.places)
        document["score"] = plain(Fraction(standing.score)) if standing.score is not None else None
        document["items"] = dict(_points(result, unit.code, scope, material))
    if scope.records and records is not None:
        document["records"] = records.get(unit.code)
    if scope.intervals and (found := _doubt(result, unit.code)) and found.ranks:
        document["interval"] = [f"{found.ranks.low:g}", f"{found.ranks.high:g}"]
    return document


def _other(unit: Unit, grade: str, scope: Scope) -> dict[str, object]:
    """What is published of every unit: where it lies, and its grade if grades are published."""
    return {
        "code": unit.code,
        "title": _text(unit.title),
        "group": unit.group,
        "tile": list(unit.tile) if unit.tile else None,
        "grade": grade if scope.grades else "",
    }


def _points(
    result: Result, unit: str, scope: Scope, material: Titles
) -> Iterator[tuple[str, dict[str, object]]]:
    """Dimensions alone, or every item with its reason."""
    root = explain(result, unit)
    for node in _walk(root):
        depth = _depth(result, node.code)
        if depth != 0 and (scope.items or depth == 1):
            titles = material.get((unit, node.code), ()) if scope.material else ()
            yield node.code, _item(node, scope) | ({"material": list(titles)} if titles else {})


def _walk(node: Explanation) -> Iterator[Explanation]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _item(node: Explanation, scope: Scope) -> dict[str, object]:
    document: dict[str, object] = {
        "points": None if node.points is None else plain(node.points),
        "possible": plain(node.full),
    }
    if scope.items:
        document["why"] = _text(node.sentence)
    if scope.records and node.behind:
        document["records"] = sum(one.records for one in node.behind)
    return document


def _items(result: Result, scope: Scope) -> Iterator[dict[str, object]]:
    written = {str(row["code"]): row for row in rows_of(result.scheme.document, "items")}
    for item in _in_order(result, result.scheme.root):
        if item.code != ROOT:
            yield {
                "code": item.code,
                "title": _text(item.title),
                "parent": item.parent,
                "depth": _depth(result, item.code),
                "kind": item.kind,
                "possible": plain(_full(result, item.code)),
                "source": _text(item.source),
                "rule": _text(_rule(result, item, written) if scope.items else Text()),
            }


def _rule(result: Result, item: Item, written: Mapping[str, Mapping[str, Any]]) -> Text:
    """How it is scored: of a group, how it joins its items where that is not their sum."""
    scheme = result.scheme
    say = group_in_words if scheme.children[item.code] else item_in_words
    row = written[item.code]
    return Text(say(row, scheme.document, "zh"), say(row, scheme.document, "en"))


def _full(result: Result, code: str) -> Fraction:
    """Full points; of an index, whose scores are shares of a hundred, always that."""
    return _HUNDRED if result.composed is not None else result.scheme.full[code]


def _in_order(result: Result, item: Item) -> Iterator[Item]:
    yield item
    for child in result.scheme.children[item.code]:
        yield from _in_order(result, child)


def _depth(result: Result, code: str) -> int:
    depth, items = 0, result.scheme.item
    while code != ROOT:
        depth, code = depth + 1, items[code].parent
    return depth


def _doubt(result: Result, unit: str) -> UnitDoubt | None:
    found = result.how_sure.units if result.how_sure else ()
    return next((one for one in found if one.unit == unit), None)


def _how_sure(result: Result) -> dict[str, object] | None:
    found = result.how_sure
    if found is None:
        return None
    return {
        "replications": found.replications,
        "seed": found.seed,
        "confidence": plain(found.confidence),
        "covers": _text(found.covers),
        "omits": _text(found.omits),
    }


def _announced(one: Announced) -> dict[str, object]:
    return {
        "place": one.place,
        "assessment": one.assessment,
        "period": one.period,
        "rank": one.rank,
        "score": None if one.score is None else plain(one.score),
        "grade": one.grade,
        "source": one.source,
    }


def _scope_document(scope: Scope) -> dict[str, object]:
    return {name: getattr(scope, name) for name in Scope.__dataclass_fields__ if name != "series"}


def _rank(rank: Fraction | None) -> str:
    return "" if rank is None else plain(rank)


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def read_assessment(document: Mapping[str, Any]) -> Assessment:
    """The values of a document that :func:`assessment_document` made.

    Raises:
        ValueError: it is of another format.
    """
    if document["format"] != FORMAT:
        raise ValueError(f"the format is {document['format']}, not {FORMAT}")
    sure = document["how_sure"] or {"covers": {}, "omits": {}}
    return Assessment(
        series=document["series"],
        title=Text(**document["title"]),
        period=document["period"],
        issuer=Text(**document["issuer"]),
        legal_basis=Text(**document["legal_basis"]),
        note=Text(**document["note"]),
        sample=document["label"] == "sample",
        scope=Scope(series=document["series"], **document["scope"]),
        groups={code: Text(**title) for code, title in document["groups"].items()},
        grades={one["code"]: Text(**one["title"]) for one in document["grades"]},
        items=tuple(_read_item(one) for one in document["items"]),
        listed=tuple(_read_unit(one) for one in document["units"]),
        unlisted=tuple(_read_unit(one) for one in document["others"]),
        announced=tuple(document["announced"]),
        covers=Text(**sure["covers"]),
        omits=Text(**sure["omits"]),
        hashes=document["hashes"],
        full=exact(document["full"]),
        family=document["family"],
    )


def _read_item(one: Mapping[str, Any]) -> PublishedItem:
    return PublishedItem(
        one["code"], Text(**one["title"]), one["parent"], one["depth"], exact(one["possible"]),
        Text(**one["source"]), one["kind"], Text(**one["rule"]),
    )  # fmt: skip


def _read_unit(one: Mapping[str, Any]) -> UnitResult:
    score, tile, interval = one.get("score"), one["tile"], one.get("interval")
    return UnitResult(
        code=one["code"],
        title=Text(**one["title"]),
        group=one["group"],
        tile=(tile[0], tile[1]) if tile else None,
        grade=one["grade"],
        rank=one.get("rank", ""),
        group_rank=one.get("group_rank", ""),
        shown=one.get("shown", ""),
        score=None if score is None else exact(score),
        interval=(interval[0], interval[1]) if interval else None,
        records=one.get("records"),
        items={code: _read_points(found) for code, found in one.get("items", {}).items()},
    )


def _read_points(one: Mapping[str, Any]) -> ItemResult:
    points = one["points"]
    return ItemResult(
        None if points is None else exact(points),
        exact(one["possible"]),
        Text(**one.get("why", {})),
        one.get("records"),
        tuple(one.get("material", ())),
    )
