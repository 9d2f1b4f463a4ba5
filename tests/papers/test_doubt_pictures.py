"""Pictures of doubts show every unit, every interval and every share, in words too."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.kernel.bilingual import LANGS, Lang
from steelyard.papers.doubts import interval_said
from steelyard.papers.pictures import all_pictures, how_sure_pictures
from steelyard.papers.pictures.choices import choices_picture
from steelyard.papers.pictures.grade_shares import grade_shares_picture
from steelyard.papers.pictures.intervals import intervals_picture, round_size, ticks
from steelyard.papers.pictures.picture import NARROW, WIDE, Picture
from steelyard.papers.pictures.rank_shares import Columns, _shares, rank_shares_picture
from steelyard.papers.words import Words
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.findings import HowSure, Interval, UnitDoubt
from tests.papers.doubts import ODD, doubted, doubted_index, doubted_some

GOLDEN = Path(__file__).parent / "golden"
SVG = "{http://www.w3.org/2000/svg}"


def found(result: Result) -> HowSure:
    assert result.how_sure is not None
    return result.how_sure


@cache
def region() -> Result:
    return doubted()


@cache
def many() -> Result:
    return doubted_index(300)


def drawn(result: Result, lang: Lang, width: int = WIDE) -> list[Picture]:
    words = Words.of(result, lang)
    pictures = [draw(width) for draw in how_sure_pictures(result, found(result), words)]
    assert result.sensitivity is not None
    return [*pictures, choices_picture(result, result.sensitivity, words, width=width)]


def root_of(picture: Picture) -> ET.Element:
    return ET.fromstring(picture.alone())


def said_in(picture: Picture) -> list[str]:
    return [element.text or "" for element in root_of(picture).iter(f"{SVG}text")]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("count", [3, 5, 31])
def test_pictures_are_sound_marked_and_within_their_frame(
    lang: Lang, width: int, count: int
) -> None:
    for result in (doubted_some(count), doubted_index(count)):
        for picture in drawn(result, lang, width):
            root = root_of(picture)
            assert picture.description
            assert picture.file_name.endswith("-sample.svg")
            assert "var(" not in picture.alone()
            for rect in root.iter(f"{SVG}rect"):
                if rect.get("width") != "100%":
                    right = float(rect.get("x") or 0) + float(rect.get("width") or 0)
                    assert float(rect.get("x") or 0) >= -0.01
                    assert right <= width + 0.5


def test_all_of_them_are_among_the_pictures_written() -> None:
    names = [picture.name for picture in all_pictures(region(), Words.of(region(), "zh"))]
    assert names[2:6] == ["intervals", "rank-shares", "grade-shares", "choices"]
    bare = replace(region(), how_sure=None, sensitivity=None, audit=None)
    bare_names = [picture.name for picture in all_pictures(bare, Words.of(bare, "zh"))]
    assert [name for name in names if name not in bare_names] == names[2:6]


def test_a_scheme_without_grades_has_no_picture_of_grades() -> None:
    names = {picture.name for picture in drawn(doubted_index(5), "en")}
    assert names == {"intervals", "rank-shares", "choices"}


@pytest.mark.parametrize("lang", LANGS)
def test_intervals_name_every_unit_with_its_interval(lang: Lang) -> None:
    words = Words.of(region(), lang)
    said = said_in(intervals_picture(region(), found(region()), words))
    for standing, one in zip(region().standings, found(region()).units, strict=True):
        assert words.name(standing.unit) in said
        if one.ranks is not None:
            assert interval_said(one.ranks) in said
    assert words("never_ranked") in said


def test_a_rank_outside_its_interval_is_joined_to_it() -> None:
    words = Words("en")
    with_one = intervals_picture(region(), found(region()), words).inline()
    units = [
        replace(one, ranks=None) if at == ODD["outside"] else one
        for at, one in enumerate(found(region()).units)
    ]
    without = intervals_picture(region(), replace(found(region()), units=tuple(units)), words)
    assert (with_one.count("p-gap"), without.inline().count("p-gap")) == (1, 0)
    assert (
        "outside their interval: 1" in without.description or "interval: 0" in without.description
    )


def test_an_interval_of_one_rank_is_still_seen() -> None:
    root = root_of(intervals_picture(many(), found(many()), Words("en")))
    bars = [rect for rect in root.iter(f"{SVG}rect") if rect.get("height") == "9"]
    assert min(float(bar.get("width") or 0) for bar in bars) >= 3


def test_one_unit_alone_can_be_drawn() -> None:
    assert {picture.name for picture in drawn(doubted_some(1), "zh")} == {
        "intervals", "rank-shares", "grade-shares", "choices",
    }  # fmt: skip


def test_every_share_has_its_cell_and_every_ranked_unit_its_frame() -> None:
    picture = rank_shares_picture(doubted_index(5), found(doubted_index(5)), Words("en")).inline()
    units = found(doubted_index(5)).units
    cells = sum(len(one.rank_shares) + bool(one.unranked) for one in units)
    legend = 5
    assert picture.count('class="p-heat-') == cells + legend
    assert picture.count('class="p-frame"') == len(units) + 1


def test_cells_with_room_hold_figures_that_never_call_certain_what_is_not() -> None:
    result = doubted_index(5)
    unit = replace(found(result).units[1], rank_shares={2: 0.9996, 3: 0.0004})
    units = (found(result).units[0], unit, *found(result).units[2:])
    said = said_in(rank_shares_picture(result, replace(found(result), units=units), Words("en")))
    assert {">99%", "<1%", "100%"} <= set(said)


@given(
    shares=st.dictionaries(st.integers(1, 300), st.floats(0.001, 1), min_size=1),
    size=st.sampled_from([1, 2, 5, 10]),
)
def test_columns_of_several_ranks_lose_no_share(shares: dict[int, float], size: int) -> None:
    one = UnitDoubt("a", None, Interval(1, 2), 1, None, shares, 0.25, "", {"": 1.0})
    columns = Columns(1, size, -(-300 // size), has_none=True)
    held = _shares(one, columns)
    assert sum(held.values()) == pytest.approx(sum(shares.values()) + 0.25)
    assert max(held) == columns.count


@given(st.integers(1, 3000), st.integers(2, 60))
def test_round_steps_are_few_enough_and_ticks_lie_within(whole: int, most: int) -> None:
    assert -(-whole // round_size(whole, most)) <= most
    shown = ticks(7, 6 + whole, most)
    assert shown == sorted(set(shown))
    assert len(shown) <= most + 1
    assert (shown[0], shown[-1] <= 6 + whole) == (7, True)


def test_pieces_of_a_grade_bar_fill_it() -> None:
    root = root_of(grade_shares_picture(region(), found(region()), Words("en")))
    bars = [rect for rect in root.iter(f"{SVG}rect") if rect.get("height") == "14"]
    rows: dict[str, list[float]] = {}
    for bar in bars:
        rows.setdefault(bar.get("y") or "", []).append(float(bar.get("width") or 0))
    widths = [sum(pieces) for pieces in rows.values()]
    assert len(widths) == 21
    assert widths == pytest.approx([widths[0]] * 21, abs=0.05)


def test_very_many_units_have_a_band_of_all_and_the_first_of_each_other_picture() -> None:
    names = [picture.name for picture in drawn(many(), "zh")]
    assert names == ["interval-band", "intervals", "rank-shares", "choices"]
    band = drawn(many(), "zh")[0]
    assert "polygon" in band.inline()
    assert len(band.inline()) < 30_000


def test_choices_stand_in_the_order_of_their_weight_with_both_indices() -> None:
    picture = drawn(region(), "zh")[-1]
    said = said_in(picture)
    assert {"0.42 ± 0.06", "0.61 ± 0.07", "0"} <= set(said)
    assert picture.description.index("标准化方法") < picture.description.index("各项权重")


def test_small_intervals_are_as_they_were() -> None:
    """A golden file: look at the picture before replacing it."""
    result = doubted_index(5)
    picture = intervals_picture(result, found(result), Words.of(result, "zh"), width=NARROW)
    golden = GOLDEN / picture.file_name
    assert picture.alone() == golden.read_text(encoding="utf-8")
