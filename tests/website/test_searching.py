"""Search: Chinese words, single characters, Latin words; whatever a reader writes does no harm."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from steelyard.kernel.bilingual import Text
from steelyard.publication.prose import Listing, Paragraph, ProsePage
from steelyard.website.searchable import prose
from steelyard.website.searching import Index, Searchable
from tests.website.shelf import publish_assessment

ENTRIES = (
    Searchable("prose", Text("知识产权保护", "Protection"), Text("加强执法。", "Enforcement."), "a/"),
    Searchable("prose", Text("关于我们", "About us"), Text("本院受理知识产权案件。", "IP cases."), "b/"),
    Searchable("entry", Text("新会陈皮", "Xinhui tangerine peel"), Text("地理标志"), "c/"),
    Searchable("briefing", Text("", "Only English"), Text("", "A word about peel"), "d/", "en"),
)  # fmt: skip
INDEX = Index(ENTRIES)


def found(asked: str, lang: str = "zh", kind: str = "") -> list[str]:
    answer = INDEX.search(asked, lang, kind=kind)  # type: ignore[arg-type]
    assert answer.count == len(answer.found)
    return [one.one.address for one in answer.found]


@pytest.mark.parametrize(
    ("asked", "addresses"),
    [
        ("知识产权", ["a/", "b/"]),  # in a title before in a text
        ("产权", ["a/", "b/"]),
        ("权知", []),  # the same characters in another order
        ("法", ["a/"]),
        ("院", ["b/"]),
        ("皮", ["c/"]),  # the last character of a run
        ("陈皮 地理", ["c/"]),
        ("陈皮 执法", []),
        ("TANGERINE", ["c/"]),
        ("tang", ["c/"]),
        ("ｘｉｎｈｕｉ", ["c/"]),  # full width
        ("“陈皮”", ["c/"]),
    ],
)
def test_finds(asked: str, addresses: list[str]) -> None:
    assert found(asked) == addresses


def test_what_is_in_one_language_only_is_found_there_alone() -> None:
    assert found("peel", "en") == ["c/", "d/"]
    assert found("peel", "zh") == ["c/"]


def test_kinds_are_counted_and_chosen() -> None:
    assert INDEX.search("peel", "en").kinds == {"entry": 1, "briefing": 1}
    assert found("peel", "en", "briefing") == ["d/"]


def test_words_are_marked_in_title_and_excerpt() -> None:
    (one,) = INDEX.search("案件", "zh").found
    assert ("案件", True) in one.excerpt
    assert "".join(piece for piece, _ in one.excerpt) == "本院受理知识产权案件。"


@given(st.one_of(st.text(max_size=300), st.text('"*()^:+-{}ANDORNOT 法权\0', max_size=60)))
def test_whatever_is_written_does_no_harm(asked: str) -> None:
    INDEX.search(asked, "zh")


@pytest.mark.parametrize(
    "asked",
    ['"', "a AND", "NEAR(", "title:x", "*", "法*", "'; DROP TABLE found;--", "\0", "😀", "法" * 10_000, "a " * 5_000],
)  # fmt: skip
def test_odd_input_is_answered(asked: str) -> None:
    assert Client().get("/zh-hans/search/", {"q": asked}).status_code == 200


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_search_page_finds_entries_cities_and_services(lang: str) -> None:
    def page(asked: str) -> str:
        return Client().get(f"/{lang}/search/", {"q": asked}).text

    assert f"/{lang}/geographical-indications/indications/" in page("陈皮")
    assert f"/{lang}/results/guangdong-2021/440700/" in page("江门 考核")
    assert f"/{lang}/courts/which/" in page("管辖")
    assert f"/{lang}/plan/" in page("实施方案")
    assert "<mark>陈皮</mark>" in page("陈皮")


def test_pages_and_kinds_are_in_the_address() -> None:
    first = Client().get("/en/search/", {"q": "样本措施"}).text
    second = Client().get("/en/search/", {"q": "样本措施", "page": "2"}).text
    beyond = Client().get("/en/search/", {"q": "样本措施", "page": "9999"})
    assert first != second
    assert beyond.status_code == 200
    assert "kind=entry" in first


def test_what_is_embargoed_is_not_found(own_shelf: Path) -> None:
    later = datetime.now(UTC) + timedelta(days=1)
    publish_assessment(own_shelf, embargo_until=later)
    assert "guangdong-2021" not in Client().get("/zh-hans/search/", {"q": "江门"}).text


def test_an_index_of_equal_entries_answers_in_their_order() -> None:
    same = [replace(ENTRIES[0], address=str(number)) for number in range(5)]
    answer = Index(same).search("知识", "zh", first=2, most=2)
    assert [one.one.address for one in answer.found] == ["2", "3"]
    assert answer.count == 5


def test_prose_is_found_in_its_own_language_without_its_markup() -> None:
    page = ProsePage(
        kind="plain", lang="en", path="about", title="About us", day=date(2022, 1, 1),
        changed_at=datetime(2022, 1, 1, tzinfo=UTC),
        blocks=(Paragraph("<b>Calm</b> officers"), Listing(("first aim",))),
    )  # fmt: skip
    (one,) = prose(SimpleNamespace(prose={("en", "about"): page}))  # type: ignore[arg-type]
    assert (one.address, one.language) == ("about/", "en")
    index = Index([one])
    assert index.search("calm aim", "en").count == 1
    assert index.search("calm", "zh").count == 0
    assert "<b>" not in one.text.en


def hits(asked: str, lang: str = "zh-hans") -> list[str]:
    page = Client().get(f"/{lang}/search/", {"q": asked}).text.partition('class="hits"')[2]
    return re.findall(rf'<a href="/{lang}/([^"]+)"', page)


def test_words_of_an_assessments_title_find_it_before_its_cities() -> None:
    assert hits("知识产权保护考核")[0] == "results/guangdong-2021/"
    assert hits("江门")[0] == "results/guangdong-2021/440700/"


def test_an_item_of_an_assessment_is_found_by_its_name() -> None:
    assert hits("专利纠纷案件增长")[0] == "results/guangdong-2021/items/A3/"


def test_a_briefing_is_quoted_with_its_figures() -> None:
    page = Client().get("/en/search/", {"q": "aspects", "kind": "briefing"}).text
    assert re.search(r"has \d+ aspects", re.sub("<[^>]+>", "", page))
