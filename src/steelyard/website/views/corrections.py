"""Everything that was published of an assessment: each publication, why it came, and what it changed.

The record of each stays. Of figures that were withdrawn no more stands here than what its correction
says: before and after.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from steelyard.kernel.bilingual import Text
from steelyard.papers.numbers import number
from steelyard.publication.differences import WHAT
from steelyard.publication.package import Package
from steelyard.publication.results import Assessment
from steelyard.website.site import difference_in
from steelyard.website.standings import PLACES
from steelyard.website.views.results import published_or_404


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed: of which unit or item, what, from what, to what."""

    of: Text
    what: Text
    before: Text
    after: Text


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication of the series. ``changes`` is None for one that corrected nothing."""

    package: Package
    changes: tuple[Change, ...] | None
    is_shown: bool


def corrections(request: HttpRequest, series: str) -> HttpResponse:
    published = published_or_404(request, series)
    found = []
    for package in published.publications:
        document = difference_in(package)
        changes = None if document is None else tuple(_changes(document, published.assessment))
        found.append(Publication(package, changes, package is published.package))
    told = {"published": published, "publications": found}
    return render(request, "website/corrections.html", told)


def _changes(document: Mapping[str, Any], assessment: Assessment) -> Iterator[Change]:
    for one in [*document.get("scope", ()), *document.get("texts", ())]:
        yield _change(ITSELF, Text(), one, assessment)
    items = {one.code: one.title for one in assessment.items}
    for item in document.get("items", ()):
        for one in item["changes"]:
            yield _change(Text(**item["title"]), Text(), one, assessment)
    for unit in document.get("units", ()):
        title = Text(**unit["title"])
        if "is" in unit:
            yield Change(title, _LISTED[unit["is"]], Text(), Text())
        for one in unit["changes"]:
            if one["what"] != "score":
                yield _change(title, Text(), one, assessment)
        for one in unit["items"]:
            yield _change(title, items.get(one["code"], Text(one["code"], one["code"])), one, assessment)  # fmt: skip


ITSELF = Text("考核本身", "The assessment itself")
EXACT = ("points", "possible")
"""What a difference says in exact fractions."""

_LISTED = {
    "added": Text("列入", "listed now"),
    "removed": Text("不再列入", "not listed any more"),
}


def _change(of: Text, item: Text, one: Mapping[str, Any], assessment: Assessment) -> Change:
    what = WHAT.get(one["what"], Text(one["what"], one["what"]))
    if item:
        what = Text(f"{item.zh}：{what.zh}", f"{item.en}: {what.en}")
    values = [one["before"], one["after"]]
    if one["what"] in EXACT:
        values = _rounded(values)
    before, after = (_value(value, one["what"], assessment) for value in values)
    return Change(of, what, before, after)


def _rounded(values: list[Any]) -> list[Any]:
    """Exact points as people read them, unless both would then read the same.

    >>> _rounded(["198075608/11557875", "3"]), _rounded(["1/3", "333/1000"]), _rounded(["", "2"])
    (['17.14', '3.00'], ['1/3', '333/1000'], ['', '2.00'])
    """
    said = [number(Fraction(value), PLACES) if value else value for value in values]
    return said if said[0] != said[1] else values


def _value(value: object, what: str, assessment: Assessment) -> Text:
    match value:
        case None | "":
            return Text("—", "—")
        case dict():
            return Text(**value)
        case list():
            said = "–".join(map(str, value))
            return Text(said, said)
        case True:
            return Text("公布", "published")
        case False:
            return Text("不公布", "not published")
    if what == "grade" and value in assessment.grades:
        return assessment.grades[str(value)]
    return Text(str(value), str(value))
