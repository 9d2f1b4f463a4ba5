"""A correction is said on the page of the assessment, and every publication is on record."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client, override_settings

from steelyard.kernel.bilingual import Text
from steelyard.publication.package import Package
from steelyard.publication.publishing import publish
from tests.publication.papers import KEY, NINE, assessment, files, head, scope, unit

PAGE = "/en/results/guangdong-2021/"
WHY = Text("漏计一件案件", "One case had been left out")
DAY = timedelta(days=1)


@pytest.fixture
def own(tmp_path: Path):
    with override_settings(PUBLICATIONS=tmp_path, PUBLICATION_KEYS=(KEY.public,)):
        yield tmp_path


def corrected(own: Path, **more: object) -> tuple[Package, Package]:
    one = publish(own, head(), files(), KEY)
    better = files(assessment(unit("x", "1", "9.75"), unit("y", "2", "8"), unit("z", "3", "7")))
    later = head(published_at=NINE + DAY, **more)
    return one, publish(own, later, better, KEY, reason=WHY)


def test_a_first_publication_speaks_of_no_correction(own: Path) -> None:
    publish(own, head(), files(), KEY)
    assert "Corrected on" not in Client().get(PAGE).text


def test_the_page_says_that_it_was_corrected_when_and_why(own: Path) -> None:
    corrected(own)
    page = Client().get(PAGE).text
    assert "Corrected on 2 March 2022" in page
    assert "One case had been left out" in page
    assert f'href="{PAGE}corrections/"' in page
    assert "2022年3月2日" in Client().get(PAGE.replace("/en/", "/zh-hans/")).text


def test_all_publications_are_on_record_with_what_changed(own: Path) -> None:
    one, two = corrected(own)
    page = Client().get(f"{PAGE}corrections/").text
    for package in (one, two):
        assert package.identifier in page
    assert KEY.public in page
    assert "<td>points</td><td>9</td><td>9.75</td>" in page
    assert (
        Client().get(f"{PAGE.replace('/en/', '/zh-hans/')}corrections/").text.count("更正前") == 2
    )


def test_what_changed_of_the_scope_is_said_of_the_assessment_itself(own: Path) -> None:
    publish(own, head(), files(), KEY)
    narrower = files(assessment(scope=scope(intervals=False)))
    publish(own, head(published_at=NINE + DAY), narrower, KEY, reason=WHY)
    page = Client().get(f"{PAGE}corrections/").text
    assert '<th scope="row">The assessment itself</th>' in page
    assert '<th scope="row"></th>' not in page


def test_a_correction_under_embargo_is_not_on_record_yet(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    until = NINE + 2 * DAY
    monkeypatch.setattr("django.utils.timezone.now", lambda: until - timedelta(seconds=1))
    _, two = corrected(own, embargo_until=until)
    page = Client().get(f"{PAGE}corrections/").text
    assert two.identifier not in page
    assert "9.75" not in page + Client().get(PAGE).text
    monkeypatch.setattr("django.utils.timezone.now", lambda: until)
    assert two.identifier in Client().get(f"{PAGE}corrections/").text
    assert "9.75" in Client().get(PAGE).text


def test_of_an_unknown_series_nothing_is_on_record(own: Path) -> None:
    assert Client().get(f"{PAGE}corrections/").status_code == 404


def test_points_are_said_in_decimals_and_not_in_fractions(own: Path) -> None:
    corrected(own)
    page = Client().get(f"{PAGE}corrections/").text
    assert not re.search(r"<td>\d+/\d+</td>", page)


def test_who_runs_the_site_learns_of_a_package_that_is_not_shown(
    own: Path, caplog: pytest.LogCaptureFixture
) -> None:
    one = publish(own, head(), files(), KEY)
    whole = one.path.read_bytes()
    one.path.write_bytes(whole[: len(whole) // 2])
    assert Client().get(PAGE).status_code == 404
    assert Client().get(PAGE).status_code == 404
    said = [one.getMessage() for one in caplog.records if one.getMessage().startswith("not shown:")]
    assert len(said) == 1
    assert one.path.name in said[0]
