"""Visits with their findings, and leads without whoever told of them, for programs."""

from __future__ import annotations

import pytest

from tests.assessment.api.asking import HERE, as_, at_fields, done, get, post, refused, told
from tests.assessment.visits import (
    NAME,
    PHONE,
    TEXT,
    announced,
    collecting,
    found_on,
    lead,
    planned,
    reported,
)
from tests.assessment.year import Year
from tests.once import World, world_of
from tests.supply.office import account

pytestmark = pytest.mark.django_db


def a_year() -> Year:
    return collecting()


standing = world_of(a_year)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    return standing.copy()


def test_the_office_reads_visits_with_their_findings(year: Year) -> None:
    visit = planned(year)
    found_on(year, visit)
    found = told(year.chen, f"/visits/{visit.pk}")
    assert (found["unit"], found["state"], found["items"]) == ("440700", "planned", ["A1", "B2"])
    (finding,) = found["findings"]
    assert (finding["item"], finding["text"], finding["found_by"]) == ("A1", "台账缺失", "陈主任")
    assert len(finding["photographs"]) == 1
    assert told(year.chen, "/visits", state="done")["count"] == 0
    assert told(year.chen, "/visits", unit="440700")["count"] == 1


def test_for_the_unit_a_visit_is_there_once_it_is_announced_and_findings_once_it_is_done(
    year: Year,
) -> None:
    visit = planned(year)
    found_on(year, visit)
    assert get(year.tan, f"/visits/{visit.pk}").status_code == 404
    known = announced(year)
    found_on(year, known)
    assert told(year.tan, f"/visits/{known.pk}")["findings"] == []
    reported(year, known)
    assert [one["text"] for one in told(year.tan, f"/visits/{known.pk}")["findings"]] == [
        "台账缺失"
    ]
    assert [one["number"] for one in told(year.tan, "/visits")["visits"]] == [known.pk]


def test_an_unannounced_visit_does_not_exist_for_the_unit(year: Year) -> None:
    visit = planned(year, unannounced=True)
    for who in (year.tan, year.liang, year.sun):
        assert get(who, f"/visits/{visit.pk}").status_code == 404
        assert post(who, f"/visits/{visit.pk}/findings", text="x").status_code == 404
        assert get(who, "/visits").status_code == 404


def test_a_finding_is_written_down_and_corrected(year: Year) -> None:
    visit = announced(year)
    path = f"/visits/{visit.pk}/findings"
    found = done(year.chen, path, text="台账缺失", item="A1", place="蓬江区")
    (finding,) = found["findings"]
    assert at_fields(post(year.chen, path, text="x", item="Z9")) == (422, ["item"])
    assert at_fields(post(year.chen, path, text=" ")) == (422, ["text"])
    assert refused(post(year.tan, path, text="x")) == (403, ["not_allowed"])
    one = f"{path}/{finding['number']}"
    stale = post(year.chen, one, text="x", seen=99)
    assert refused(stale) == (409, ["changed_meanwhile"])
    changed = done(
        year.chen, one, text="台账不全", item="A1", is_defect=False, seen=finding["version"]
    )
    assert [(each["text"], each["is_defect"]) for each in changed["findings"]] == [
        ("台账不全", False)
    ]
    page = as_(year.chen).get(f"/assessments/2021/visits/{visit.pk}/").content.decode()
    assert "台账不全" in page
    reported(year, visit)
    assert at_fields(post(year.chen, path, text="x")) == (422, ["reason"])
    assert post(year.chen, f"{path}/987654", text="x", seen=1).status_code == 404


def test_leads_are_read_by_the_office_and_whoever_told_is_in_none(year: Year) -> None:
    one = lead(year)
    found = told(year.chen, f"/leads/{one.pk}")
    assert (found["text"], found["channel"], found["state"]) == (TEXT, "hotline", "new")
    for path in (f"/leads/{one.pk}", "/leads"):
        answer = get(year.chen, path).content.decode()
        assert NAME not in answer
        assert PHONE not in answer
    for who in (year.tan, year.sun, year.liang):
        assert get(who, f"/leads/{one.pk}").status_code == 404
        assert get(who, "/leads").status_code == 404
    assert get(account("外人"), "/leads").status_code == 404
    assert told(year.chen, "/leads", state="confirmed")["count"] == 0


def test_as_many_questions_are_put_for_two_as_for_one(
    year: Year, django_assert_num_queries
) -> None:
    client, counts = as_(year.chen), []
    for number in range(2):
        planned(year, team=f"检查{number}组")
        lead(year, text=f"反映{number}")
        with django_assert_num_queries(LISTING):
            counts.append(client.get(f"{HERE}/visits").json()["count"])
        with django_assert_num_queries(LISTING):
            counts.append(client.get(f"{HERE}/leads").json()["count"])
    assert counts == [1, 1, 2, 2]


LISTING = 7
