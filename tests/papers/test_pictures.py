"""Pictures say in words what they show, mark samples, and are read without colour."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from steelyard.kernel.bilingual import LANGS, Lang, Text
from steelyard.papers.pictures import all_pictures
from steelyard.papers.pictures.dimensions import dimensions_picture
from steelyard.papers.pictures.picture import NARROW, Picture
from steelyard.papers.pictures.profile import Profiles
from steelyard.papers.pictures.ranking import ranking_picture
from steelyard.papers.pictures.spread import spread_picture
from steelyard.papers.pictures.svg import fitted, text_width, wrapped
from steelyard.papers.pictures.tiles import tiles_picture
from steelyard.papers.words import Words
from steelyard.scheme.model import Unit
from steelyard.weighing.document import show_score
from steelyard.weighing.result import Result
from tests.builders import JIANGMEN, ZHONGSHAN, item
from tests.builders import weighed as weigh_items
from tests.papers.region import weigh_region, weigh_some, weighed

GOLDEN = Path(__file__).parent / "golden"
SVG = "{http://www.w3.org/2000/svg}"
HONG_KONG = Unit("hk", Text("香港", "Hong Kong"), tile=(7, 5))


def words(lang: Lang = "en", result: Result | None = None) -> Words:
    return Words.of(result or weighed(), lang)


def pictures(lang: Lang, result: Result | None = None) -> list[Picture]:
    result = result or weighed()
    return list(all_pictures(result, words(lang, result)))


def drawn_text(picture: Picture) -> list[str]:
    root = ET.fromstring(picture.alone())
    return [element.text or "" for element in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("lang", LANGS)
def test_every_picture_is_sound_svg_with_a_title_and_a_description(lang: Lang) -> None:
    for picture in pictures(lang):
        root = ET.fromstring(picture.alone())
        labels = {name: root.find(f"{SVG}{name}") for name in ("title", "desc")}
        assert root.get("role") == "img"
        for name, attribute in (("title", "aria-labelledby"), ("desc", "aria-describedby")):
            label = labels[name]
            assert label is not None
            assert label.text
            assert root.get(attribute) == label.get("id")


def test_pictures_load_nothing_and_run_nothing() -> None:
    for picture in pictures("zh"):
        alone = picture.alone().replace('xmlns="http://www.w3.org/2000/svg"', "")
        for forbidden in ("http", "url(", "href", "<script", "<image", "<foreignObject", "@import"):
            assert forbidden not in alone


@pytest.mark.parametrize(("lang", "mark"), [("zh", "样本"), ("en", "ample")])
def test_a_sample_says_so_in_title_picture_and_file_name(lang: Lang, mark: str) -> None:
    for picture in pictures(lang):
        assert mark in picture.title
        assert sum("样本" in said and "SAMPLE" in said for said in drawn_text(picture)) == 1
        assert picture.file_name.endswith("-sample.svg")


def test_an_official_result_carries_no_mark() -> None:
    for picture in pictures("zh", weigh_region(label="official")):
        assert "样本" not in picture.alone()
        assert "sample" not in picture.file_name


@pytest.mark.parametrize("lang", LANGS)
def test_ranking_names_every_unit_with_its_score_and_every_grade(lang: Lang) -> None:
    said = drawn_text(ranking_picture(weighed(), words(lang)))
    for standing in weighed().standings:
        assert standing.unit.title.say(lang) in said
        assert show_score(standing.score, 2) in said
    for grade in weighed().scheme.grades:
        assert grade.title.say(lang) in said
    assert words(lang)("veto") in said


def test_bars_start_at_zero_and_are_as_long_as_the_scores_say() -> None:
    root = ET.fromstring(ranking_picture(weighed(), words()).alone())
    bars = [
        r for r in root.iter(f"{SVG}rect") if r.get("height") == "12" and r.get("width") != "12"
    ]
    scores = [float(standing.score or 0) for standing in weighed().standings]
    left = {bar.get("x") for bar in bars}
    scale = [
        float(bar.get("width") or 0) / s for bar, s in zip(bars, sorted(scores)[::-1], strict=False)
    ]
    assert len(bars) == len(scores)
    assert len(left) == 1
    assert sorted(float(bar.get("width") or 0) for bar in bars) == pytest.approx(
        sorted(scale[0] * score for score in scores), abs=0.02
    )


def test_negative_scores_go_to_the_other_side_of_the_axis() -> None:
    items = [item("A", 10, {"points": "a"}, floor="none")]
    result = weigh_items({"jm": {"a": -5}, "zs": {"a": 5}}, items=items)
    root = ET.fromstring(ranking_picture(result, words("en", result)).alone())
    bars = [rect for rect in root.iter(f"{SVG}rect") if rect.get("height") == "12"]
    ends = [(float(b.get("x") or 0), float(b.get("width") or 0)) for b in bars]
    assert ends[0][0] == pytest.approx(ends[1][0] + ends[1][1])
    assert "−5.00" in drawn_text(ranking_picture(result, words("en", result)))


def test_dimensions_show_points_of_every_unit_beside_the_bars() -> None:
    said = drawn_text(dimensions_picture(weighed(), words()))
    assert {"19.5", "34.51", "−1.5", "of 35", "up to +3", "down to −5"} <= set(said)


@pytest.mark.parametrize(
    ("best", "zh", "en"),
    [
        (1, "办案最高为江门（9）", "Cases: Jiangmen is best with 9"),
        (2, "办案最高为江门等2个单位（9）", "Cases: 2 units are best with 9, Jiangmen among them"),
    ],
)
def test_all_who_are_best_in_a_dimension_are_counted_the_one_that_is_named_among_them(
    best: int, zh: str, en: str
) -> None:
    dimension = item("D") | {"title": {"zh": "办案", "en": "Cases"}}
    below = item("A", 10, {"points": "a"}, parent="D")
    values = {"jm": {"a": 9}, "zs": {"a": 9 if best == 2 else 8}}
    result = weigh_items(values, items=[dimension, below])
    for lang, said in (("zh", zh), ("en", en)):
        picture = ET.fromstring(dimensions_picture(result, words(lang, result)).alone())
        described = picture.find(f"{SVG}desc")
        assert described is not None
        assert said in (described.text or "")


def test_profile_fills_the_dot_only_where_the_median_is_reached() -> None:
    profiles = Profiles.of(weighed(), words())
    profile = profiles.profile("440700")
    rows = {row.item.code: row for row in profile.all_rows}
    assert rows["A1"].share is not None
    assert rows["A1"].median is not None
    assert (rows["A1"].reaches, rows["A1"].share < rows["A1"].median) == (False, True)
    assert rows["C2"].reaches
    markup = profiles.picture("440700").inline()
    compared = [row for row in profile.all_rows if row.share is not None]
    assert markup.count("p-ring") == sum(not row.reaches for row in compared)
    assert markup.count("p-dot") == sum(row.reaches for row in compared)


def test_profile_says_which_items_do_not_apply_and_compares_with_peers_alone() -> None:
    profiles = Profiles.of(weighed(), words("zh"))
    other = next(row for row in profiles.profile("440200").all_rows if row.item.code == "C3")
    assert (other.said, other.share, other.median) == ("不适用", None, None)
    picture = profiles.picture("440200")
    assert "粤东粤西粤北" in picture.subtitle


def test_tiles_say_grade_and_score_in_words_and_show_who_is_not_assessed() -> None:
    picture = tiles_picture(weighed(), words(), [HONG_KONG])
    said = drawn_text(picture)
    assert {"Guangzhou", "Excellent", "98.89", "Not assessed"} <= set(said)
    assert {"Hong", "Kong"} <= set(" ".join(said).split())
    assert "Guangzhou: Excellent 98.89" in picture.description


def test_tiles_without_grades_give_the_rank() -> None:
    result = weigh_region(grades=[], vetoes=[])
    assert "1st" in drawn_text(tiles_picture(result, words("en", result)))


def test_no_tile_grid_without_tiles() -> None:
    result = weigh_region(units=[JIANGMEN, ZHONGSHAN])
    assert {p.name for p in pictures("zh", result)} == {
        "ranking", "dimensions", "profile-jm", "profile-zs",
    }  # fmt: skip
    with pytest.raises(ValueError, match="no unit has a tile"):
        tiles_picture(result, words("zh", result))


def test_many_units_make_several_parts_of_about_equal_length() -> None:
    result = weigh_some(60)
    names = [picture.name for picture in pictures("zh", result)]
    assert names[:4] == ["ranking", "dimensions", "ranking-2", "dimensions-2"]


def test_spread_counts_every_unit_once() -> None:
    root = ET.fromstring(spread_picture(weigh_some(60), words()).alone())
    above_bars = [e for e in root.iter(f"{SVG}text") if float(e.get("y") or 0) < 220]
    said = [e.text or "" for e in above_bars if e.get("text-anchor") == "middle"]
    counts = [int(one) for one in said if one.isdigit()]
    assert len(counts) > 5
    assert sum(counts) == 60


def test_picture_alone_needs_no_style_sheet_for_its_colours() -> None:
    for picture in pictures("zh"):
        root = ET.fromstring(picture.alone())
        for rect in root.iter(f"{SVG}rect"):
            assert rect.get("fill"), rect.attrib
        assert "var(" not in picture.alone()


def test_titles_that_are_markup_are_text() -> None:
    units = [{"code": "a", "title": "<script>alert(1)</script>", "tile": [1, 1]}]
    result = weigh_region(units=units, title='"><svg onload=x>&')
    for picture in pictures("en", result):
        ET.fromstring(picture.alone())
        assert "<script" not in picture.inline()


def test_codes_that_are_paths_make_harmless_file_names() -> None:
    units = [{"code": "../../a"}, {"code": "..\\a"}, {"code": "a"}]
    names = {picture.file_name for picture in pictures("en", weigh_region(units=units))}
    assert {"profile-a-sample.svg", "profile-a-2-sample.svg", "profile-a-3-sample.svg"} <= names


def test_small_ranking_is_as_it_was() -> None:
    """A golden file: look at the picture before replacing it."""
    changes = {
        "items": [item("A", 10, {"points": "a"})],
        "grades": [
            {"code": "g", "title": {"zh": "良好", "en": "Good"}, "at_least": 5},
            {"code": "p"},
        ],
    }
    result = weigh_items({"jm": {"a": 8}, "zs": {"a": "10/3"}}, **changes)
    picture = ranking_picture(result, words("zh", result), width=NARROW)
    golden = GOLDEN / picture.file_name
    assert picture.alone() == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("said", "width", "lines"),
    [
        ("知识产权行政保护", 60, ["知识产权行", "政保护"]),
        ("案件（省）", 48, ["案件", "（省）"]),
        ("Closing rate within the period", 80, ["Closing rate", "within the p…"]),
    ],
)
def test_text_breaks_where_readers_expect(said: str, width: float, lines: list[str]) -> None:
    assert wrapped(said, width, 12, 2) == lines


def test_fitted_text_is_never_wider_than_its_room() -> None:
    for room in range(20, 200, 7):
        assert text_width(fitted("法定期限内结案率 Closing rate", room, 12), 12) <= room
