"""Pages of results: every one in both languages, without a database, light, sorted as people expect."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from steelyard.kernel.bilingual import Text
from steelyard.publication.package import Head
from steelyard.publication.publishing import assessment_files, publish
from steelyard.publication.scope import Scope
from steelyard.regions import region
from steelyard.scheme.model import Scheme
from steelyard.website.views import results
from steelyard.weighing.read_values import read_values
from steelyard.weighing.result import Result
from steelyard.weighing.weigh import weigh
from tests.website.shelf import (
    EVERYTHING,
    KEY,
    PUBLISHED_AT,
    SERIES,
    publish_assessment,
    publish_registers,
    result,
)

LANGS = ("zh-hans", "en")
PAGES = (
    "results/",
    "results/history/",
    f"results/{SERIES}/",
    f"results/{SERIES}/?sort=-points&group=belt",
    f"results/{SERIES}/440700/",
    f"results/{SERIES}/440700/years/",
    f"results/{SERIES}/items/A/",
    f"results/{SERIES}/items/K1/",
    f"results/{SERIES}/compare/",
    f"results/{SERIES}/compare/?one=440700&other=442000",
    f"results/{SERIES}/downloads/",
)


def read(path: str, lang: str = "en") -> str:
    answer = Client().get(f"/{lang}/{path}")
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_the_same_for_every_reader_of_a_ranking_is_made_once(
    lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = read(f"results/{SERIES}/", lang)

    def again(*told: object) -> None:
        raise AssertionError("made again")

    for part in ("_row", "_about", "_at_a_glance"):
        monkeypatch.setattr(results, part, again)
    assert read(f"results/{SERIES}/", lang) == first
    assert "440700" in read(f"results/{SERIES}/?sort=-points&group=belt", lang)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("page", PAGES)
def test_page_is_there_and_styled_by_classes_alone(page: str, lang: str) -> None:
    """No database: pytest-django refuses every query that no fixture allowed."""
    text = read(page, lang)
    assert " style=" not in text
    scripts = re.findall(r"<script(?! type=.application/ld)[^>]*>", text)  # the others are data
    assert scripts in ([], ['<script src="/static/django_htmx/htmx-2.min.js" defer>'])
    assert "<style" not in text


@pytest.mark.parametrize("page", PAGES)
def test_no_english_is_left_on_a_chinese_page(page: str) -> None:
    """Codes, file names and what is marked as English may stand there."""
    text = re.sub(
        r"<(style|title|script)[^>]*>.*?</\1>|<[^>]+>", " ", read(page, "zh-hans"), flags=re.DOTALL
    )
    words = set(re.findall(r"\b[A-Za-z]{3,}\b", unescape(text)))
    known = {"Steelyard", "English", "csv", "xlsx", "json", "zip", "sample", "items", "ranking", "replay",
             "assessment", "schema", "python", "check", "sha", "CSV", "UTF", "JSON", "MB", "BOM", "GDP",
             "scheme", "values", "lists", "snapshot", "records"}  # fmt: skip
    assert {word for word in words if not re.fullmatch(r"[0-9a-f]+", word)} <= known


def test_ranking_weighs_less_than_150_kb_with_all_it_loads() -> None:
    for lang in LANGS:
        text = read(f"results/{SERIES}/", lang)
        loaded = set(re.findall(r'(?:href|src)="/static/([^"]+)"', text))
        found = [Path(str(finders.find(name))).stat().st_size for name in loaded]
        assert len(text.encode()) + sum(found) < 150_000


def rows(text: str) -> list[str]:
    table = text[text.index('<table class="ranking">') :]
    return re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', table[: table.index("</table>")])


def test_ranking_is_sorted_by_the_column_that_was_pressed() -> None:
    by_rank = rows(read(f"results/{SERIES}/"))
    assert rows(read(f"results/{SERIES}/?sort=-points")) == by_rank[::-1]
    names = rows(read(f"results/{SERIES}/?sort=name"))
    assert names == sorted(by_rank)
    assert rows(read(f"results/{SERIES}/?sort=-name")) == names[::-1]
    assert rows(read(f"results/{SERIES}/?sort=nonsense")) == by_rank
    assert 'aria-sort="ascending"' in read(f"results/{SERIES}/?sort=name")


def test_chinese_names_are_sorted_by_pinyin_as_their_transliterations_are() -> None:
    chinese = rows(read(f"results/{SERIES}/?sort=name", "zh-hans"))
    latin = {unit.title.zh: unit.title.en for unit in result().scheme.assessed}
    assert [latin[name] for name in chinese] == sorted(latin[name] for name in chinese)
    assert chinese[0] == "潮州"


def test_a_peer_group_is_shown_alone_in_the_order_of_the_whole() -> None:
    north = {unit.title.en for unit in result().scheme.assessed if unit.group == "north"}
    shown = rows(read(f"results/{SERIES}/?group=north"))
    assert set(shown) == north
    assert shown == [name for name in rows(read(f"results/{SERIES}/")) if name in north]


def test_cities_to_choose_from_stand_in_their_groups_by_name() -> None:
    text = read(f"results/{SERIES}/compare/")
    groups = re.findall(r'<optgroup label="[^"]+">(.*?)</optgroup>', text, flags=re.DOTALL)
    names = [re.findall(r"<option[^>]*>([^<]+)", group) for group in groups]
    assert all(one == sorted(one) for one in names)
    assert sum(map(len, names)) == 2 * 21


def test_reasons_name_rule_figures_records_and_material() -> None:
    text = read(f"results/{SERIES}/440700/")
    assert (
        "Patent disputes per 10,000 residents 0.01 cases, the median of its group 0.0124 cases:"
        in text
    )
    assert "Supporting material:" in text
    assert "样本材料A2" in text
    assert "样本联系人" not in text
    assert "Rule" in read(f"results/{SERIES}/items/A2/")


def test_what_was_announced_is_never_in_the_sample_s_table() -> None:
    text = read(f"results/{SERIES}/")
    table = text[text.index('<table class="ranking">') : text.index("</table>")]
    assert "优秀" not in table
    assert "These are real and have a source" in text
    assert "江门市人民政府英文网站" in read("results/history/")


def test_sample_says_so_in_title_table_picture_and_file_name() -> None:
    text = read(f"results/{SERIES}/440700/")
    assert re.search(r'<h1>.*?class="tag tag-warn">Sample</span>.*?</h1>', text)
    assert "<caption>Sample figures." in text
    assert 'class="p-stamp' in text
    assert "sample-ranking.csv" in read(f"results/{SERIES}/downloads/")


def test_only_year_says_that_there_is_no_other() -> None:
    assert "No other year has been published." in read(f"results/{SERIES}/440700/years/")


def a_year_before() -> Result:
    """The same figures under another period: what matters is that two series stand side by side."""
    found = result()
    document = {**found.scheme.document, "period": {"starts": "2020-01-01", "ends": "2021-01-01"}}
    scheme = replace(found.scheme, document=document, period_label="2020")
    return replace(found, scheme=scheme, how_sure=None)


def test_two_years_stand_side_by_side(own_shelf: Path) -> None:
    publish_assessment(own_shelf)
    before = Scope(series="guangdong-2020", ranks=True, points=True)
    head = Head(
        kind="assessment",
        series=before.series,
        title=Text("样本", "Sample"),
        published_at=PUBLISHED_AT,
    )
    publish(own_shelf, head, assessment_files(a_year_before(), before), KEY)
    text = read(f"results/{SERIES}/440700/years/")
    assert "2020 → 2021" in text
    assert "0.00" in text
    assert "items/A/" in text
    assert "items/A1/" not in text, "items were published of one of the years alone"
    assert "2021 → 2020" in read("results/guangdong-2020/440700/years/")


def test_correction_says_that_it_is_one(own_shelf: Path) -> None:
    publish_assessment(own_shelf)
    publish_assessment(own_shelf, replace(EVERYTHING, records=False, material=False),
                       reason=Text("不公布记录数", "numbers of records are not published"))  # fmt: skip
    text = read(f"results/{SERIES}/")
    assert "publication 2: numbers of records are not published" in unescape(text)
    assert "corrected" in read("results/")


def test_history_is_empty_where_nothing_was_announced(own_shelf: Path) -> None:
    assert "No announced result has been recorded yet." in read("results/history/")
    assert "Nothing has been published yet." in read("results/")


ASEM = Path(__file__).resolve().parents[2] / "examples" / "asem"


def publish_other(folder: Path, scheme: Path, data: Path, series: str) -> Result:
    """Everything that a result of tables can publish."""
    read_scheme = Scheme.read(scheme)
    found = weigh(read_scheme, read_values(read_scheme, data))
    scope = Scope(series=series, ranks=True, points=True, items=True, replay=True)
    head = Head(
        kind="assessment",
        series=series,
        title=read_scheme.title,
        published_at=PUBLISHED_AT,
        sample=True,
    )
    publish(folder, head, assessment_files(found, scope), KEY)
    return found


def every_page(found: Result, series: str) -> None:
    unit, item = found.scheme.assessed[0].code, found.scheme.items[-1].code
    for lang in LANGS:
        for page in (
            "", "?sort=name", f"{unit}/", f"{unit}/years/", f"items/{item}/", "downloads/",
            f"compare/?one={unit}&other={unit}",
        ):  # fmt: skip
            read(f"results/{series}/{page}", lang)


def test_provinces_have_every_page_and_every_tile_its_place(own_shelf: Path) -> None:
    home = region("china_provinces")
    every_page(publish_other(own_shelf, home.scheme, home.data, "provinces-2023"), "provinces-2023")
    text = read("results/provinces-2023/")
    tiles = re.findall(r'class="tile tile-c(\d+) tile-r(\d+) ', text)
    assert len(set(tiles)) == len(tiles) == 31
    styled = Path(str(finders.find("website/public.css"))).read_text(encoding="utf-8")
    assert all(
        f".tile-c{column} " in styled and f".tile-r{row} " in styled for column, row in tiles
    )
    columns = max(int(column) for column, _ in tiles)
    assert f'class="tiles tiles-c{columns}"' in text
    assert columns <= 8 or f".tiles-c{columns} " in styled, "eight columns are there for all"
    provinces = rows(read("results/provinces-2023/?sort=name", "zh-hans"))
    assert provinces.index("重庆") < provinces.index("福建") < provinces.index("浙江")


def test_an_index_has_every_page_too(own_shelf: Path) -> None:
    found = publish_other(own_shelf, ASEM / "scheme.toml", ASEM / "data", "asem")
    every_page(found, "asem")
    assert "An index out of 100" in read("results/asem/")
    assert "an index is computed in floating-point numbers" in read("results/asem/downloads/")
    assert Client().get("/data/asem/sample-replay.zip").status_code == 404


def test_pages_are_there_where_nothing_but_one_part_is_published(own_shelf: Path) -> None:
    publish_registers(own_shelf)
    publish_assessment(own_shelf, Scope(series=SERIES))
    for page in PAGES:
        if "items" not in page:
            read(page)
