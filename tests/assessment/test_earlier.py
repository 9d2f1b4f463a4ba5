"""Two assessments stood over the year before: which of them is "last year"? The page says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from steelyard.assessment.models import Assessment, SchemeVersion, Weighing
from steelyard.assessment.queries.earlier import weighings_before
from steelyard.assessment.queries.earlier.figures_before import figures_before
from steelyard.assessment.queries.earlier.published import last_published
from steelyard.assessment.queries.schemes.trials import load_last_year
from steelyard.assessment.rules.states import Stage, WeighingState
from steelyard.supply.models import Snapshot
from steelyard.weighing.result import Result
from tests.assessment.past import Shelf, shelf, weighed
from tests.assessment.year import Year, scheme
from tests.supply.office import organisation

pytestmark = pytest.mark.django_db
BEFORE = date(2020, 1, 1)


@pytest.fixture
def year() -> Year:
    found = Year()
    assert found.assessment.pk
    return found


@pytest.fixture
def published(year: Year, tmp_path: Path) -> Iterator[Shelf]:
    with shelf(tmp_path, year.now - timedelta(days=2)) as one:
        yield one


def special(year: Year, code: str = "special", **told: Any) -> Result:
    """Beside the ordinary one over the same year, by a scheme of its own; Guangzhou trained 7."""
    of = {**scheme().document, "code": code}
    return weighed(year, code, BEFORE, of=of, c440100={"trained": 7}, **told)


def counts(year: Year) -> list[str]:
    return [one.assessment.code for one in weighings_before(year.assessment, year.now)]


def on_the_page_of_the_trial(year: Year) -> str:
    year.drafted()
    client = Client(headers={"accept-language": "en"})
    client.force_login(year.chen)
    return client.get("/assessments/2021/scheme/versions/1/trial/").text


def test_the_one_published_last_counts_and_the_pages_name_it(year: Year, published: Shelf) -> None:
    ordinary = weighed(year, "2020", BEFORE)
    other = special(year)  # weighed after the ordinary one, published before it
    published.publish(other, series="guangdong-special")
    published.publish(ordinary, after=timedelta(days=1))
    assert counts(year) == ["2020"]
    assert last_published(year.assessment, year.now).assessment.code == "2020"
    assert "On the values of 上年度考核2020." in on_the_page_of_the_trial(year)
    assert (
        figures_before(year.assessment, scheme(), year.now)["440100", "trained", "2020"].value
        == "200"
    )


def test_what_is_published_goes_before_what_is_only_weighed(year: Year, published: Shelf) -> None:
    published.publish(weighed(year, "2020", BEFORE))
    special(year)
    assert counts(year) == ["2020"]
    assert load_last_year(year.assessment, year.now).assessment.code == "2020"


def test_the_later_publication_of_the_other_turns_it(year: Year, published: Shelf) -> None:
    published.publish(weighed(year, "2020", BEFORE))
    published.publish(special(year), series="guangdong-special", after=timedelta(days=1))
    assert counts(year) == ["special"]
    year.at(Stage.COLLECTING)
    client = Client(headers={"accept-language": "en"})
    client.force_login(year.tan)
    page = client.get("/assessments/2021/standing/440700/").text
    assert "at their last published values, not at today's: 上年度考核special" in page
    assert (
        figures_before(year.assessment, scheme(), year.now)["440100", "trained", "2020"].value
        == "7"
    )


def test_where_none_is_published_the_one_weighed_last_counts(year: Year, published: Shelf) -> None:
    weighed(year, "2020", BEFORE)
    special(year)
    assert counts(year) == ["special"]
    assert "On the values of 上年度考核special." in on_the_page_of_the_trial(year)


def test_each_year_before_has_one(year: Year, published: Shelf) -> None:
    weighed(year, "2019", date(2019, 1, 1))
    weighed(year, "2020", BEFORE)
    special(year)
    assert counts(year) == ["special", "2019"]


def test_one_of_other_units_or_of_another_office_is_no_year_before(
    year: Year, published: Shelf
) -> None:
    organisation("440703", "蓬江区", "district", year.jiangmen)
    within = special(year, "districts", within="440700")
    published.publish(within, series="jiangmen-2020")
    assert Assessment.objects.get(code="districts").within == year.jiangmen
    assert counts(year) == []
    assert last_published(year.assessment, year.now) is None
    assert load_last_year(year.assessment, year.now) is None
    assert figures_before(year.assessment, scheme(), year.now) == {}


def test_one_that_is_not_over_when_this_begins_is_no_year_before(
    year: Year, published: Shelf
) -> None:
    weighed(year, "2021-a", date(2021, 1, 1))
    assert counts(year) == []


# --- once it is frozen ---------------------------------------------------------------------------------


def frozen(year: Year, at: datetime, state: WeighingState = WeighingState.DONE) -> None:
    """The assessment, frozen to be weighed, as one looks at it."""
    year.assessment.stage = Stage.FROZEN
    snapshot = Snapshot.objects.create(
        office=year.province, starts=year.assessment.starts, ends=year.assessment.ends, status="asked",
        collection="2021", asked_by=year.chen, asked_at=at,
    )  # fmt: skip
    version = SchemeVersion.objects.filter(assessment__code="2020").first()
    Weighing.objects.create(
        assessment=year.assessment, scheme=version, seed=1, state=state, snapshot=snapshot, asked_by=year.chen,
        asked_at=at, result_hash="x" if state is WeighingState.DONE else "",
    )  # fmt: skip


def figures_at(year: Year, at: datetime) -> str:
    return figures_before(year.assessment, scheme(), at)["440100", "trained", "2020"].value


def test_what_is_published_after_it_was_frozen_makes_no_other_year_before(
    year: Year, published: Shelf
) -> None:
    published.publish(weighed(year, "2020", BEFORE))
    published.publish(special(year), series="guangdong-special", after=timedelta(days=3))
    later = year.now + timedelta(days=2)
    assert (figures_at(year, year.now), figures_at(year, later)) == ("200", "7"), "while it runs"
    frozen(year, year.now)
    assert (figures_at(year, year.now), figures_at(year, later)) == ("200", "200")
    assert load_last_year(year.assessment, later).assessment.code == "2020"


def test_what_is_weighed_anew_after_it_was_frozen_makes_no_other_figure(
    year: Year, published: Shelf
) -> None:
    weighed(year, "2020", BEFORE)
    first, later = Weighing.objects.get(), year.now + timedelta(days=2)
    special(year)
    again = Weighing.objects.latest("pk")
    told = {"scheme": first.scheme, "snapshot": again.snapshot, "asked_by": year.chen, "asked_at": later,
            "seed": 1, "state": "done", "ended_at": later}  # fmt: skip
    Weighing.objects.create(assessment=first.assessment, result_hash=first.result_hash, **told)
    assert (figures_at(year, year.now), figures_at(year, later)) == ("7", "200"), "while it runs"
    frozen(year, year.now)
    assert (figures_at(year, year.now), figures_at(year, later)) == ("7", "7")


def test_after_a_refusal_it_looks_at_today_again(year: Year, published: Shelf) -> None:
    published.publish(weighed(year, "2020", BEFORE))
    published.publish(special(year), series="guangdong-special", after=timedelta(days=3))
    frozen(year, year.now, WeighingState.REFUSED)
    assert figures_at(year, year.now + timedelta(days=2)) == "7"
