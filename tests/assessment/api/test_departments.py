"""Giving the items of a unit to its departments, for programs."""

from __future__ import annotations

import pytest

from steelyard.assessment.models import Submission
from steelyard.assessment.rules.states import Stage
from tests.assessment.api.asking import as_, at_fields, done, get, post, refused, told
from tests.assessment.year import Year
from tests.once import World, world_of

pytestmark = pytest.mark.django_db

BUREAU = "440700-market"


def a_year() -> Year:
    found = Year()
    found.at(Stage.COLLECTING)
    return found


standing = world_of(a_year)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    return standing.copy()


def path(year: Year) -> str:
    return f"/submissions/{Submission.objects.get(unit=year.jiangmen).pk}/departments"


def given(division: dict) -> dict[str, str]:
    return {one["item"]: one["department"] for one in division["items"]}


def test_an_item_is_given_to_a_department_which_then_has_it(year: Year) -> None:
    before = told(year.tan, path(year))
    assert [one["code"] for one in before["departments"]] == [BUREAU]
    assert set(given(before).values()) == {""}
    for _ in range(2):
        now = done(year.tan, path(year), given=[{"item": "B2", "was": "", "to": BUREAU}])
        assert given(now) == given(before) | {"B2": BUREAU}
    item = path(year).replace("departments", "items/B2")
    assert told(year.mo, item)["may_fill"] is True
    page = as_(year.tan).get(f"/assessments/2021{path(year)}/").content.decode()
    assert "selected" in page
    back = done(year.tan, path(year), given=[{"item": "B2", "was": BUREAU, "to": ""}])
    assert given(back) == given(before)
    assert get(year.mo, item).status_code == 404


def test_who_gave_it_to_another_meanwhile_is_not_written_over(year: Year) -> None:
    done(year.tan, path(year), given=[{"item": "B2", "was": "", "to": BUREAU}])
    stale = post(year.tan, path(year), given=[{"item": "B2", "was": "", "to": ""}])
    assert refused(stale) == (409, ["changed_meanwhile"])
    assert given(told(year.tan, path(year)))["B2"] == BUREAU


def test_all_faults_are_told_at_once_and_nothing_is_given(year: Year) -> None:
    wrong = [
        {"item": "B2", "to": BUREAU}, {"item": "Z9", "to": BUREAU}, {"item": "B2", "to": "440100"},
    ]  # fmt: skip
    assert at_fields(post(year.tan, path(year), given=wrong)) == (
        422, ["given.1.item", "given.2.item", "given.2.to"],
    )  # fmt: skip
    assert set(given(told(year.tan, path(year))).values()) == {""}


def test_only_the_unit_divides_its_items(year: Year) -> None:
    one = [{"item": "B2", "to": BUREAU}]
    done(year.tan, path(year), given=one)
    assert refused(post(year.mo, path(year), given=one)) == (403, ["not_allowed"])
    assert refused(get(year.mo, path(year))) == (403, ["not_allowed"])
    for who in (year.liang, year.li, year.chen):
        assert get(who, path(year)).status_code == 404
        assert post(who, path(year), given=one).status_code == 404
