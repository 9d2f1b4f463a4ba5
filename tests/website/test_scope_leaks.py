"""Nothing outside a scope leaves by page, download, query or package: canaries looked for in every byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from django.test import Client, override_settings

from steelyard.kernel.bilingual import Text
from steelyard.publication import results
from steelyard.publication.package import Head
from steelyard.publication.publishing import publish
from steelyard.publication.scope import Scope
from tests.publication.test_scope_property import SECRETS, scope_of
from tests.publication.worlds import (
    CANARY,
    DIMENSIONS,
    ITEMS,
    SERIES,
    UNITS,
    World,
    files_of,
    listed,
    total,
)
from tests.website.gathering import Answer, gathered, words_of
from tests.website.shelf import KEY, PUBLISHED_AT

SHARED = ("/sitemap.xml", "/sitemap-1.xml", "/robots.txt", "/data/catalog.jsonld", "/data/catalog.ttl",
          *(f"/feeds/{feed}.{lang}.atom" for feed in ("results", "news") for lang in ("zh", "en")))  # fmt: skip
QUERIES = (
    "?sort=points",
    "?sort=-rank",
    "?sort=A",
    "?sort=records",
    "?sort=grade",
    "?group=west",
    "?scope=all",
)


def everything_that_leaves(
    world: World, scope: Scope, folder: Path, langs: str = "zh-hans|en"
) -> dict[str, Answer]:
    head = Head(kind="assessment", series=SERIES, title=Text("考核", "Assessment"), published_at=PUBLISHED_AT,
                sample=True)  # fmt: skip
    package = publish(folder, head, files_of(world, scope), KEY)
    with override_settings(PUBLICATIONS=folder, PUBLICATION_KEYS=(KEY.public,)):
        found = gathered(*addresses(langs), langs=langs)
    found["package"] = (200, {}, package.path.read_bytes())
    return found


def addresses(langs: str) -> Iterator[str]:
    """Where somebody would try: every unit and item, listed or not, every file that another scope has."""
    for name in ("assessment.json", "sample-items.csv", "sample-replay.zip", "sample-ranking.xlsx"):
        yield f"/data/{SERIES}/{name}"
    yield from SHARED
    for lang in langs.split("|"):
        base = f"/{lang}/results/{SERIES}/"
        yield from (f"/{lang}/", f"/{lang}/results/", base)
        yield from (f"/{lang}/search/?q=u5", f"/{lang}/sitemap/", f"/{lang}/data/")
        yield from (base + query for query in QUERIES)
        yield from (f"{base}items/{code}/" for code in (*DIMENSIONS, *ITEMS))
        for unit in UNITS:
            yield from (
                f"{base}{unit}/",
                f"{base}{unit}/years/",
                f"{base}compare/?one={unit}&other=u1",
            )


def cut(value: Fraction) -> str:
    """Two decimals without rounding: a part of the exact, the decimal and (here) the rounded writing."""
    return f"{int(value * 100) / 100:.2f}"


@cache
def canaries() -> dict[tuple[str, ...], set[str]]:
    """What each fact looks like wherever it is written."""
    found: dict[tuple[str, ...], set[str]] = {}
    for unit in UNITS:
        found["points", unit] = {cut(total(CANARY, unit))} | {
            cut(sum((CANARY.points[unit, item] for item in items), Fraction(0)))
            for items in DIMENSIONS.values()
        }
        found["items", unit] = {cut(CANARY.points[unit, item]) for item in ITEMS}
        found["records", unit] = {f"{CANARY.records[unit]}", f"{CANARY.records[unit]:,}"} | {
            said
            for item in ITEMS
            for said in (f"{CANARY.behind[unit, item]:,}", f"{CANARY.behind[unit, item]}")
        }
        found["material", unit] = {CANARY.material[unit, item][0] for item in ITEMS}
        found["intervals", unit] = {f"{end:g}" for end in CANARY.ranks[unit]}
    return found


def published(scope: Scope) -> set[tuple[str, ...]]:
    units = listed(CANARY, scope)
    return {(part, unit) for part, unit in canaries() if getattr(scope, part) and unit in units}


def stands_in(word: str, text: str) -> bool:
    """As a number of its own, or the beginning of one; as words, anywhere."""
    return word in text and bool(re.search(rf"(?<![0-9.,]){re.escape(word)}", text))


SCOPES = {
    "grades": Scope(series=SERIES),
    "best list": scope_of(best=2),
    "best list with grades of all": scope_of(best=2, grades=True),
    "ranks": scope_of(ranks=True, grades=True),
    "points of the best": scope_of(best=4, ranks=True, points=True),
    "points": scope_of(ranks=True, points=True, grades=True),
    "items": scope_of(ranks=True, points=True, items=True),
    "items and records": scope_of(ranks=True, points=True, items=True, records=True),
    "items and material": scope_of(ranks=True, points=True, items=True, material=True),
    "intervals": scope_of(ranks=True, intervals=True),
    "replay, how sure kept inside": scope_of(grades=True, ranks=True, points=True, items=True, replay=True),
    "everything": scope_of(grades=True, ranks=True, points=True, items=True, records=True, material=True,
                           intervals=True, replay=True),
}  # fmt: skip


@pytest.mark.parametrize("name", SCOPES)
def test_no_canary_outside_the_scope_leaves_and_every_one_inside_does(
    name: str, tmp_path: Path
) -> None:
    scope = SCOPES[name]
    found = everything_that_leaves(CANARY, scope, tmp_path)
    assert [found[address][0] for address in SHARED] == [200] * len(SHARED)
    told = {address: words_of(answer[2]) for address, answer in found.items()}
    inside = published(scope)
    open_words = {word for fact in inside for word in canaries()[fact]}
    for fact, words in canaries().items():
        for word in words - open_words if fact not in inside else ():
            assert [address for address, text in told.items() if stands_in(word, text)] == [], (
                fact,
                word,
            )
        for word in words if fact in inside else ():
            assert any(stands_in(word, text) for text in told.values()), (fact, word)


def test_canaries_of_different_facts_are_different() -> None:
    every = [word for words in canaries().values() for word in words]
    assert len(set(every)) == len(every)


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_changes_no_page_no_status_no_size(secret: str, tmp_path: Path) -> None:
    scope, change = SECRETS[secret]
    one = everything_that_leaves(CANARY, scope, tmp_path / "one", "en")
    other = everything_that_leaves(change(CANARY), scope, tmp_path / "other", "en")
    assert one == other


def test_the_test_sees_a_leak_by_mere_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every figure kept inside, the units yet in the order of their ranks."""
    monkeypatch.setattr(results, "_by_code", lambda one: -one.score)
    scope, change = SECRETS["who of the others is ahead"]
    one = everything_that_leaves(CANARY, scope, tmp_path / "one", "en")
    other = everything_that_leaves(change(CANARY), scope, tmp_path / "other", "en")
    page = f"/en/results/{SERIES}/"
    assert one[page] != other[page]


def test_the_test_sees_a_canary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list that lets everyone in: the figures of the others are found, packed in a workbook or not."""
    monkeypatch.setattr(results, "_is_listed", lambda *_asked: True)
    scope = SCOPES["points of the best"]
    found = everything_that_leaves(CANARY, scope, tmp_path, "en")
    (word,) = canaries()["points", "u6"] & {cut(total(CANARY, "u6"))}
    seen = {address for address, answer in found.items() if stands_in(word, words_of(answer[2]))}
    assert {"package", f"/en/results/{SERIES}/", f"/data/{SERIES}/assessment.json"} <= seen
    assert f"/data/{SERIES}/sample-ranking.xlsx" in seen


def test_whether_a_unit_is_among_the_others_cannot_be_asked(tmp_path: Path) -> None:
    """Where grades are not published, an unlisted unit answers like one that does not exist."""
    everything_that_leaves(CANARY, SCOPES["best list"], tmp_path)
    with override_settings(PUBLICATIONS=tmp_path, PUBLICATION_KEYS=(KEY.public,)):
        for address in ("{}/", "{}/years/"):
            real, none = (
                Client().get(f"/en/results/{SERIES}/" + address.format(code))
                for code in ("u5", "u9")
            )
            assert real.status_code == none.status_code == 404
            assert real.text.replace("u5", "") == none.text.replace("u9", "")
        asked = [
            Client().get(f"/en/results/{SERIES}/compare/?one={code}&other=u1").text
            for code in ("u5", "u9")
        ]
        assert asked[0].count("u5") == asked[1].count("u9") == 1  # the link to the other language
        asked = [page.replace(code, "") for page, code in zip(asked, ("u5", "u9"), strict=True)]
        assert asked[0] == asked[1]
