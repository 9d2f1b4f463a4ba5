"""The sample is on the office's shelf at the first start, and published again only when it changed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from steelyard.cli import publish_sample as module
from steelyard.cli.publish_sample import LICENCE, publish_sample
from steelyard.cli.sample_year import scheme_of, years_of
from steelyard.config.publishing_key import own_keys
from steelyard.publication.briefings import BRIEFING, read_briefing
from steelyard.publication.package import Package
from steelyard.publication.results import read_assessment
from steelyard.publication.shelf import Shelf, read_shelf
from steelyard.regions import sampled
from tests.website.shelf import PUBLISHED_AT, result, snapshot

DAY = timedelta(days=1)
REGION = sampled("guangdong")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of an office whose sample was published once, and shown to have been."""
    found = tmp_path_factory.mktemp("home")
    assert len(publish_sample(REGION, result(), snapshot(), found, PUBLISHED_AT)) == 6
    assert publish_sample(REGION, result(), snapshot(), found, PUBLISHED_AT + DAY) == ()
    return found


def shelf_of(home: Path) -> Shelf:
    shelf = read_shelf(home / "publications", own_keys(home))
    assert not shelf.faults
    return shelf


def packages(home: Path) -> dict[str, Package]:
    """By the names of their files."""
    return {one.path.name: one for one in shelf_of(home).packages}


def test_two_years_registers_and_briefings_are_published_and_all_say_that_they_are_samples(
    home: Path,
) -> None:
    found = packages(home)
    assert sorted(found) == [
        "guangdong-2020.1.zip", "guangdong-2021-white-paper.1.zip", "guangdong-2021.1.zip",
        "guangdong-2021.2.zip", "guangdong-records.1.zip", "jiangmen-2021-news.1.zip",
    ]  # fmt: skip
    assert {(one.head.sample, one.head.licence) for one in found.values()} == {(True, LICENCE)}


def test_assessment_of_the_earlier_year_is_weighed_by_the_same_items(home: Path) -> None:
    found = packages(home)
    one, other = (
        read_assessment(found[name].document("assessment.json"))
        for name in ("guangdong-2020.1.zip", "guangdong-2021.2.zip")
    )
    assert (one.period, other.period) == ("2020", "2021")
    assert "2020" in one.title.zh
    assert [item.code for item in one.items] == [item.code for item in other.items]
    assert one.units.keys() == other.units.keys()
    assert one.listed[0].interval
    assert any("replay" in name for name in found["guangdong-2020.1.zip"].files)


def test_the_first_publication_of_the_last_year_is_corrected_and_says_why(home: Path) -> None:
    before, after = (packages(home)[f"guangdong-2021.{number}.zip"] for number in (1, 2))
    assert after.head.replaces == before.identifier
    assert after.head.reason.zh.startswith("样本更正")
    assert after.head.reason.en.startswith("Sample of a correction")
    assert "difference.json" in after.hashes
    last = read_assessment(after.document("assessment.json"))
    assert [one.score for one in last.listed] == [one.score for one in result().standings]


@pytest.mark.parametrize("series", module.BRIEFINGS)
def test_briefings_say_sample_in_both_languages_and_their_figures_rest_on_rows(
    home: Path, series: str
) -> None:
    package = packages(home)[f"{series}.1.zip"]
    found = read_briefing(package.document(BRIEFING))
    assert found.sample
    for lang in ("zh", "en"):
        assert f"downloads/sample-briefing.{lang}.docx" in package.hashes
    known = [one for one in found.figures.values() if one.state == "known"]
    assert all(one.tables for one in known)
    assert any(one.rows for one in known)


def test_a_newer_program_that_makes_the_same_publishes_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_stamp", lambda _: "a newer program")
    there = sorted(packages(home))
    publish_sample(REGION, result(), snapshot(), home, PUBLISHED_AT + DAY)
    assert sorted(packages(home)) == there


def test_a_scheme_of_another_year_differs_in_its_year_alone() -> None:
    first, last = (scheme_of(REGION, year) for year in years_of(REGION))
    assert (first.period_label, last.period_label) == ("2020", "2021")
    assert first.code == last.code.replace("2021", "2020")
    assert (first.items, first.inputs, first.grades) == (last.items, last.inputs, last.grades)
