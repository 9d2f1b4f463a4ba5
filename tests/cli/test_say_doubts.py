"""How sure a ranking is, as the terminal says it."""

from __future__ import annotations

import pytest

from steelyard.cli.say_doubts import paragraphs
from steelyard.kernel.bilingual import LANGS, Lang
from tests.papers.doubts import COVERS, OMITS, doubted, doubted_some


def said(lang: Lang, count: int = 8) -> list[str]:
    return list(paragraphs(doubted_some(count), lang))


def test_a_line_a_unit_with_interval_and_chances() -> None:
    lines = said("en")[0].splitlines()
    assert lines[1].split() == [
        "Rank",
        "Unit",
        "90%",
        "interval",
        "At",
        "its",
        "rank",
        "In",
        "its",
        "grade",
    ]
    assert lines[4].split() == ["3", "Shenzhen", "1–7", "20%", "81%"]
    assert lines[9].split() == ["8", "Jiangmen", "—", "—", "—"]


@pytest.mark.parametrize("lang", LANGS)
def test_intervals_say_what_they_cover_and_what_not(lang: Lang) -> None:
    assert f"{COVERS.say(lang)}\n{OMITS.say(lang)}" in said(lang)


def test_doubtful_pairs_are_counted_and_no_more_than_a_screen_of_them() -> None:
    pairs = list(paragraphs(doubted(), "zh"))[1].splitlines()
    assert pairs[0] == "相邻单位20对，其中15对的先后次序在十次重算中成立不到九次："
    assert pairs[-1] == "……另有3条，见result.json"
    assert len(pairs) == 14
