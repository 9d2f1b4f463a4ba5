"""Figures computed from records and the objection to a row of them, for programs."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.assessment.models import Objection, Submission
from steelyard.assessment.rules.states import Stage
from steelyard.people.rules.roles import Role
from steelyard.supply.actions import deliveries
from steelyard.supply.actions.deliveries import File
from steelyard.supply.actions.snapshots import freeze
from tests.assessment.api.asking import HERE, as_, at_fields, done, get, post, refused, told
from tests.assessment.files import PLACES
from tests.assessment.year import Year
from tests.once import World, world_of
from tests.supply.office import account, details, trainings

pytestmark = pytest.mark.django_db


def a_year() -> Year:
    """Two trainings of Jiangmen are frozen: PX-001 of 62 persons, PX-002 of 140."""
    found = Year()
    found.at(Stage.COLLECTING)
    he = account("何处长", body=(Role.SUPPLYING_BODY, found.province))
    for by, body, file, table in (
        (he, found.province, File("places.csv", PLACES.encode()), "places"),
        (found.li, found.market, trainings(62, 140), "trainings"),
    ):
        sent = deliveries.upload(
            body=body, details=details(table=table), file=file, by=by.pk, now=found.now
        )
        signed = deliveries.sign(delivery=sent.pk, seen=sent.version, by=by.pk, now=found.now)
        deliveries.accept(delivery=signed.pk, seen=signed.version, by=found.chen.pk, now=found.now)
    freeze(
        office=found.province, starts=date(2021, 1, 1), ends=date(2022, 1, 1), by=found.chen.pk,
        now=found.now,
    )  # fmt: skip
    return found


standing = world_of(a_year)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    return standing.copy()


def of(year: Year, figure: str = "trained") -> str:
    return f"/submissions/{Submission.objects.get(unit=year.jiangmen).pk}/figures/{figure}"


def raise_one(year: Year, record: str = "PX-002") -> dict:
    return done(year.tan, f"{of(year)}/objections", record=record, text="应为104人")


def test_a_city_reads_the_computed_figure_and_the_rows_behind_it(year: Year) -> None:
    path = f"/submissions/{Submission.objects.get(unit=year.jiangmen).pk}/items/B1"
    (figure,) = told(year.tan, path)["figures"]
    assert (figure["computed"], figure["records"], figure["way"]) == ("202", 2, "records")
    rows = told(year.tan, of(year))
    assert (rows["value"], rows["records"], rows["count"]) == ("202", 2, 2)
    at = rows["headings"].index("record")
    assert {row[at] for row in rows["rows"]} == {"PX-001", "PX-002"}


def test_the_rows_exist_for_nobody_else(year: Year) -> None:
    for who in (year.liang, year.chen, year.li, account("外人")):
        assert get(who, of(year)).status_code == 404
        answer = post(who, f"{of(year)}/objections", record="PX-001", text="x")
        assert answer.status_code == 404
    assert get(year.tan, of(year, "closed_in_time")).status_code == 404


def test_a_row_is_contested_and_its_source_answers(year: Year) -> None:
    raised = raise_one(year)
    assert (raised["body"], raised["state"], raised["record"]) == ("market", "open", "PX-002")
    assert raise_one(year)["number"] == raised["number"]
    assert told(year.tan, of(year))["objections"] == {"PX-002": raised["number"]}
    path = f"/objections/{raised['number']}"
    assert told(year.li, path)["text"] == "应为104人"
    said = {"move": "uphold", "reason": "已核", "seen": raised["version"]}
    assert refused(post(year.tan, f"{path}/answer", **said)) == (403, ["not_allowed"])
    assert at_fields(post(year.li, f"{path}/answer", **said | {"reason": ""})) == (422, ["reason"])
    stale = post(year.li, f"{path}/answer", **said | {"seen": 9})
    assert refused(stale) == (409, ["changed_meanwhile"])
    given = done(year.li, f"{path}/answer", **said)
    assert (given["state"], given["answer"], given["answered_by"]) == ("upheld", "已核", "李科长")
    again = post(year.li, f"{path}/answer", **said | {"seen": given["version"]})
    assert refused(again) == (409, ["wrong_state"])
    page = as_(year.tan).get(f"/assessments/2021{path}/").content.decode()
    assert "已核" in page


def test_what_is_not_behind_the_figure_is_not_contested(year: Year) -> None:
    answer = post(year.tan, f"{of(year)}/objections", record="PX-009", text="x")
    assert answer.status_code in (409, 422)
    assert at_fields(post(year.tan, f"{of(year)}/objections", record="PX-001", text="")) == (
        422, ["text"],
    )  # fmt: skip
    assert refused(post(year.huang, f"{of(year)}/objections", record="PX-001", text="x"))[0] == 403
    assert not Objection.objects.exists()


def test_objections_of_others_are_not_there(year: Year) -> None:
    raised = raise_one(year)
    assert told(year.liang, "/objections")["objections"] == []
    assert get(year.liang, f"/objections/{raised['number']}").status_code == 404
    said = {"move": "reject", "reason": "x", "seen": 1}
    assert post(year.sun, f"/objections/{raised['number']}/answer", **said).status_code == 404
    assert [one["number"] for one in told(year.chen, "/objections")["objections"]] == [
        raised["number"]
    ]
    assert told(year.chen, "/objections", state="upheld")["count"] == 0


def test_as_many_questions_are_put_for_two_objections_as_for_one(
    year: Year, django_assert_num_queries
) -> None:
    client, counts = as_(year.tan), []
    for record in ("PX-001", "PX-002"):
        raise_one(year, record)
        with django_assert_num_queries(LISTING):
            counts.append(client.get(f"{HERE}/objections").json()["count"])
    assert counts == [1, 2]


LISTING = 8
