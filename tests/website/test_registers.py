"""Registers on the public site: every figure leads to what it counts, every entry has a page of its own."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from steelyard.kernel.bilingual import Lang, Text
from steelyard.publication.package import Head, Package
from steelyard.publication.publishing import publish, snapshot_files
from steelyard.publication.registers import read_register_list
from steelyard.website.areas import AREAS
from steelyard.website.register import Register, address_of
from steelyard.website.shown import entry_address
from steelyard.website.site import site_at
from tests.publication.test_registers import CANARY, WithCanaries
from tests.website.shelf import KEY, PUBLISHED_AT

FIGURE = re.compile(r'<a class="figure" href="([^"]+)"[^>]*>([\d,]+)</a>')
LANGS = ("zh-hans", "en")


def read(path: str, lang: str = "en") -> str:
    answer = Client().get(f"/{lang}/{path}")
    assert answer.status_code == 200, path
    return answer.text


def count_of(page: str) -> int:
    found = re.search(r'data-count="(\d+)"', page)
    assert found
    return int(found[1])


def register(area: str, code: str) -> Register:
    return site_at(timezone.now()).books[area, code]


@pytest.mark.parametrize("area", AREAS.values(), ids=lambda one: one.code)
def test_every_figure_of_an_area_leads_to_a_list_of_so_many(area: Any) -> None:
    page = read(f"{area.address}/")
    pages: dict[str, int] = {}
    for address, said in FIGURE.findall(page):
        here = unescape(address)
        if here not in pages:
            pages[here] = count_of(Client().get(here).text)
        assert pages[here] == int(said.replace(",", "")), here
    assert pages or area.code in ("courts",)


def test_plan_tree_has_the_latest_plan_first_and_keeps_the_years_apart() -> None:
    tree = read("plan/?place=440700").partition('id="tree"')[2].partition("<section")[0]
    latest, _, earlier = tree.partition("（2020年）</h3>")
    assert latest.count("SAMPLE-PA2021-440700") >= 6
    assert "SAMPLE-PA2020" not in latest.rpartition("</ul>")[0]
    assert "SAMPLE-PA2020" in earlier
    assert "SAMPLE-PA2021" not in earlier


def test_every_figure_of_a_plan_tree_leads_to_a_list_of_so_many() -> None:
    tree = read("plan/?place=440700").partition('id="tree"')[2].partition("<section")[0]
    found = FIGURE.findall(tree)
    assert len(found) >= 4
    for address, said in found[:16]:
        assert count_of(Client().get(unescape(address)).text) == int(said)


def test_every_figure_of_a_statistic_stands_on_its_page() -> None:
    for area in ("courts", "funds", "pledges"):
        page = read(f"{AREAS[area].address}/")
        found = re.findall(r'<a class="figure-sum" href="([^"]+)">([^<]+)</a>', page)
        assert found
        for address, said in found:
            assert f">{said}</td>" in Client().get(address).text


@pytest.mark.parametrize("lang", LANGS)
def test_every_register_and_statistic_has_a_page(lang: str) -> None:
    site = site_at(timezone.now())
    for area, code in site.books:
        if area in AREAS:
            assert read(f"{AREAS[area].address}/{code}/", lang)
    for area, code in site.sums:
        assert read(f"{AREAS[area].address}/statistics/{code}/", lang)


def test_an_entry_has_every_published_column_and_where_it_comes_from() -> None:
    measures = register("plan", "measures")
    row = measures.rows[0]
    page = read(entry_address(measures, row))
    for field in measures.fields:
        title = field["title"]["en"]
        assert f"<dt>{title[0].upper()}{title[1:]}</dt>" in page
    assert "Delivered by" in page
    assert "sample" in page.lower()


def test_an_entry_leads_to_what_it_names_and_to_what_names_it() -> None:
    measures = register("plan", "measures")
    row = measures.rows[0]
    task, aspect = measures.cell(row, "task"), measures.cell(row, "aspect")
    page = read(entry_address(measures, row))
    assert f"/en/plan/tasks/{address_of([task])}/" in page
    assert f"/en/plan/aspects/{address_of([aspect])}/" in page
    assert "/en/plan/reports/" in page
    assert entry_address(measures, row) in read(f"plan/tasks/{address_of([task])}/")
    assert entry_address(measures, row) in read(f"plan/aspects/{address_of([aspect])}/")


@pytest.mark.parametrize(
    ("area", "code", "referring"),
    [
        ("joint_meeting", "meetings", "resolutions"),
        ("contest", "editions", "awards"),
        ("plan", "measures", "reports"),
    ],
)
def test_entries_show_how_many_refer_to_them(area: str, code: str, referring: str) -> None:
    found = register(area, code)
    page = read(entry_address(found, found.rows[0]))
    counted = [one for one in FIGURE.findall(page) if f"/{referring}/?" in one[0]]
    ((address, said),) = counted
    assert int(said) > 0
    assert count_of(Client().get(unescape(address)).text) == int(said)


@pytest.mark.parametrize(
    "path",
    ["plan/none/", "plan/measures/none/", "plan/measures/~2E~2E/", "plan/statistics/none/",
     "courts/none/", "plan/measures/selection.exe", "plan/measures/%00/", "plan/measures/%2e%2e/"],
)  # fmt: skip
def test_what_is_not_published_is_not_found(path: str) -> None:
    assert Client().get(f"/en/{path}").status_code == 404


def test_words_values_and_order_choose_what_is_listed() -> None:
    measures = register("plan", "measures")
    late = measures.numbers(measures.asked_by({"status": "late", "sort": "-due_on"}))
    days = [measures.cell(measures.rows[number], "due_on") for number in late]
    assert days == sorted(days, reverse=True)
    page = read("plan/measures/?status=late&place=440700")
    assert count_of(page) == sum(
        measures.cell(row, "status") == "late" and measures.cell(row, "place") == "440700"
        for row in measures.rows
    )
    assert count_of(read("geographical-indications/indications/?q=新会 陈皮")) >= 1
    assert count_of(read("geographical-indications/indications/?q=Xinhui")) >= 1
    assert count_of(read("plan/measures/?q=nothing-of-the-kind")) == 0
    assert count_of(read("plan/measures/?place=nowhere")) == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_places_stand_by_their_names_in_the_language_of_the_reader(lang: Lang) -> None:
    measures = register("plan", "measures")
    numbers = measures.numbers(measures.asked_by({"sort": "place"}, lang))
    codes = [str(measures.cell(measures.rows[number], "place")) for number in numbers]
    cities = list(dict.fromkeys(code for code in codes if code.endswith("00")))
    latin = [measures.places[code].en for code in cities]
    assert len(cities) == 21
    assert latin == sorted(latin), "Chinese names by pinyin, which is how their English is written"


@pytest.mark.parametrize(
    "query", ["page=99", "page=-1", "page=x", "sort=nothing", "sort=--id", "q=%00", "status=%00", "q=" + "x" * 9_000]
)  # fmt: skip
def test_odd_addresses_do_no_harm(query: str) -> None:
    assert read(f"plan/measures/?{query}")


def test_a_selection_holds_the_rows_of_its_list() -> None:
    listed = count_of(read("plan/measures/?status=late"))
    answer = Client().get("/en/plan/measures/selection.csv?status=late")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == listed > 0
    assert {row["status"] for row in rows} == {"late"}
    assert "sample-plan-measures-selection.csv" in answer["Content-Disposition"]
    answer = Client().get("/en/plan/measures/selection.json?status=late")
    assert len(json.loads(answer.content)["rows"]) == listed
    answer = Client().get("/en/plan/measures/selection.xlsx?status=late")
    assert answer.content.startswith(b"PK")


def test_no_request_reads_a_publication_again(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = ("plan/", "plan/measures/", "courts/", "search/?q=a", "data/")
    for page in pages:
        read(page)
    monkeypatch.setattr(Package, "read", lambda *_: pytest.fail("a package is read again"))
    for page in pages:
        assert read(page)


def without_what_was_asked(body: str) -> str:
    """A search says it again: in its field, and in the link to the other language."""
    return body.replace(f'value="{CANARY}"', "").replace(f'?q={CANARY}"', "")


def test_no_personal_value_stands_on_any_page(own_shelf: Path) -> None:
    with_canaries = WithCanaries()
    published = snapshot_files(with_canaries, read_register_list(with_canaries.catalogue))
    head = Head(
        kind="registers", series="canaries", title=Text("一", "one"), published_at=PUBLISHED_AT
    )
    publish(own_shelf, head, published, KEY)
    site = site_at(timezone.now())
    pages = [f"{area.address}/" for area in AREAS.values()]
    for key, found in site.books.items():
        if key[0] in AREAS and found.rows:
            base = f"{AREAS[key[0]].address}/{key[1]}/"
            pages += [base, entry_address(found, found.rows[0]), f"{base}selection.json"]
    pages += [f"{AREAS[area].address}/statistics/{code}/" for area, code in site.sums]
    pages += [f"search/?q={CANARY}", "data/"]
    for page in pages:
        text = Client().get(f"/zh-hans/{page}").content.decode()
        body = text.partition("</head>")[2] or text  # the head repeats what was asked for
        assert CANARY not in without_what_was_asked(body), page


@given(st.lists(st.lists(st.text(), min_size=1, max_size=3), unique_by=tuple, max_size=8))
def test_different_keys_have_different_safe_addresses(keys: list[list[str]]) -> None:
    addresses = [address_of(key) for key in keys]
    assert len(set(addresses)) == len(keys)
    assert all(re.fullmatch(r"[A-Za-z0-9_~-]+", one) for one in addresses)


ODD = ["../..", "a/b", "?q=1#x", "<b>", "新会", " ", "%2F", "statistics", "selection.csv", ""]


def test_entries_with_odd_keys_have_their_pages(own_shelf: Path) -> None:
    text = {"zh": "一", "en": "one"}
    field = {"code": "id", "title": text, "type": "code", "unit_of_measure": {"zh": "", "en": ""},
             "refers_to": "", "codes": {}}  # fmt: skip
    document = {
        "format": "steelyard-registers/1", "code": "odd", "area": "plan", "table": "odd",
        "title": text, "note": text, "reason": text, "key": ["id"], "title_column": "",
        "filters": [], "fields": [field], "sample": False, "snapshot": "sha256:0",
        "rows": [[key] for key in ODD], "deliveries": ["d"] * len(ODD),
    }  # fmt: skip
    files = {
        "registers/plan/odd.json": json.dumps(document).encode(),
        "places.json": b"{}",
    }
    head = Head(kind="registers", series="odd", title=Text("一", "one"), published_at=PUBLISHED_AT)
    publish(own_shelf, head, files, KEY)
    page = read("plan/odd/")
    for key in ODD:
        address = f"plan/odd/{address_of([key])}/"
        assert f'href="/en/{address}"' in page
        assert "<b>" not in read(address)


@pytest.mark.parametrize(
    ("lang", "first"),
    [("zh-hans", ["潮州", "东莞", "恩平"]), ("en", ["Chaozhou", "Dongguan", "Enping"])],
)
def test_places_stand_in_the_order_of_their_names(lang: str, first: list[str]) -> None:
    page = read("plan/measures/", lang)
    select = page.partition('<select id="f-place"')[2].partition("</select>")[0]
    offered = re.findall(r"<option[^>]*>([^<(（]+?) ?[(（]\d", select)
    assert offered[:3] == first
    rows = re.findall(r'<th scope="row">([^<]+)</th>', read("funds/statistics/awards/", lang))
    assert rows[0] == first[0]


def test_a_register_sorted_by_place_follows_the_names() -> None:
    book = register("plan", "measures")
    found = book.numbers(book.asked_by({"sort": "place"}, "en"))
    names = [book.in_words("place", book.cell(book.rows[number], "place")).en for number in found]
    assert names == sorted(names)


@pytest.mark.parametrize("lang", LANGS)
def test_an_announced_result_has_a_page_of_its_own(lang: str) -> None:
    addresses = set(
        re.findall(r'href="/[a-z-]+/(results/history/[^"]+/)"', read("results/history/", lang))
    )
    assert addresses
    for address in addresses:
        assert "江门市人民政府英文网站" in read(address, lang)
    assert Client().get(f"/{lang}/results/history/none/").status_code == 404


def test_numbers_stand_below_each_other_and_days_on_one_line() -> None:
    page = read("geographical-indications/indications/")
    heads = re.findall(r'<th scope="col"( class="number")?', page)
    for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", page):
        cells = re.findall(r'<td( class="number")?', row)
        assert cells == heads[1:]
    assert '<td class="nowrap">' in page
