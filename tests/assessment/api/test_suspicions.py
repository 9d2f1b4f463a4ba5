"""Suspicions of forged material, for programs: raised, heard, decided by another."""

from __future__ import annotations

import pytest
from django.utils import timezone

from steelyard.assessment.models import Suspicion
from tests.assessment.api.asking import HERE, as_, at_fields, done, get, post, refused, told
from tests.assessment.scored import Scored
from tests.once import World, world_of
from tests.supply.office import account

pytestmark = pytest.mark.django_db


def a_year() -> Scored:
    found = Scored()
    found.scoring()
    return found


standing = world_of(a_year)


@pytest.fixture
def year(standing: World[Scored]) -> Scored:
    return standing.copy()


def raise_one(year: Scored) -> dict:
    return done(
        year.sun, "/suspicions", unit="440700", item="B2", grounds="公章与备案不符",
        material=year.plan.pk,
    )  # fmt: skip


def heard(year: Scored, one: dict) -> dict:
    """The unit states its case, and the office hears it."""
    today = timezone.localdate().isoformat()
    if not one["statement"]:
        path = f"/suspicions/{one['number']}/state"
        one = done(year.huang, path, seen=one["version"], statement="原件可供核对")
    return done(
        year.chen, f"/suspicions/{one['number']}/hear", seen=one["version"], heard_on=today,
        hearing="系经办人误盖",
    )  # fmt: skip


def test_from_raising_to_the_decision_by_another(year: Scored) -> None:
    one = raise_one(year)
    assert (one["state"], one["material"], one["raised_by"]) == ("suspected", "工作方案", "孙组长")
    path = f"/suspicions/{one['number']}"
    assert "公章与备案不符" in as_(year.tan).get(f"/assessments/2021{path}/").content.decode()
    early = post(year.zhao, f"{path}/decide", seen=one["version"], move="confirm", decision="属实")
    assert refused(early) == (409, ["wrong_state"])
    listened = heard(year, one)
    assert (listened["state"], listened["hearing"]) == ("heard", "系经办人误盖")
    bare = post(year.zhao, f"{path}/decide", seen=listened["version"], move="confirm", decision="")
    assert at_fields(bare) == (422, ["decision"])
    stale = post(year.zhao, f"{path}/decide", seen=99, move="confirm", decision="属实")
    assert refused(stale) == (409, ["changed_meanwhile"])
    end = done(
        year.zhao, f"{path}/decide", seen=listened["version"], move="confirm", decision="属实"
    )
    assert (end["state"], end["decided_by"]) == ("confirmed", "赵局长")
    assert told(year.sun, "/scoring/B2/440700")["why"].startswith("forged")


def test_who_hears_the_unit_second_is_told(year: Scored) -> None:
    one = raise_one(year)
    done(year.tan, f"/suspicions/{one['number']}/state", statement="误盖", seen=one["version"])
    today = timezone.localdate().isoformat()
    late = post(
        year.chen, f"/suspicions/{one['number']}/hear", heard_on=today, hearing="误盖",
        seen=one["version"],
    )  # fmt: skip
    assert refused(late) == (409, ["changed_meanwhile"])


def test_the_unit_states_its_case_once_and_the_office_reads_it(year: Scored) -> None:
    one = raise_one(year)
    path = f"/suspicions/{one['number']}"
    said = {"statement": "系扫描件不清", "seen": one["version"]}
    assert at_fields(post(year.tan, f"{path}/state", **said | {"statement": " "})) == (
        422, ["statement"],
    )  # fmt: skip
    assert refused(post(year.tan, f"{path}/state", **said | {"seen": 99})) == (
        409, ["changed_meanwhile"],
    )  # fmt: skip
    assert refused(post(year.chen, f"{path}/state", **said)) == (403, ["not_allowed"])
    stated = done(year.tan, f"{path}/state", **said)
    assert (stated["statement"], stated["stated_by"]) == ("系扫描件不清", "谭科长")
    assert told(year.chen, path)["statement"] == "系扫描件不清"
    again = post(year.tan, f"{path}/state", statement="又说", seen=stated["version"])
    assert again.status_code in (409, 422)
    early = post(year.chen, f"{path}/hear", was_silent=True, seen=stated["version"])
    assert early.status_code in (409, 422)


def test_the_unit_reads_it_and_takes_no_step(year: Scored) -> None:
    one = raise_one(year)
    path = f"/suspicions/{one['number']}"
    assert told(year.tan, path)["grounds"] == "公章与备案不符"
    said = {"seen": 1, "heard_on": "2021-01-01", "hearing": "x"}
    assert refused(post(year.tan, f"{path}/hear", **said)) == (403, ["not_allowed"])
    decides = post(year.tan, f"{path}/decide", seen=1, move="clear", decision="x")
    assert refused(decides) == (403, ["not_allowed"])


def test_for_another_city_and_another_body_it_is_not_there(year: Scored) -> None:
    one = raise_one(year)
    for who in (year.liang, year.gu, year.li):
        assert get(who, f"/suspicions/{one['number']}").status_code == 404
        answer = post(
            who, f"/suspicions/{one['number']}/decide", seen=1, move="clear", decision="x"
        )
        assert answer.status_code == 404
    for who in (year.liang, year.li):
        assert get(who, "/suspicions").status_code == 404
    assert get(account("外人"), "/suspicions").status_code == 404


def test_who_neither_runs_nor_scores_it_raises_none(year: Scored) -> None:
    said = {"unit": "440700", "item": "B2", "grounds": "x"}
    for who in (year.gu, year.liang, year.li):
        assert refused(post(who, "/suspicions", **said)) == (403, ["not_allowed"])
    assert not Suspicion.objects.exists()


def test_what_is_wrong_is_said_at_once_at_its_field(year: Scored) -> None:
    nothing = post(year.chen, "/suspicions", unit="449999", item="Z9", grounds="x")
    assert at_fields(nothing) == (422, ["item", "unit"])
    other = post(year.sun, "/suspicions", unit="440700", item="B2", grounds=" ", material=987654321)
    assert at_fields(other) == (422, ["grounds", "material"])


def test_as_many_questions_are_put_for_two_as_for_one(
    year: Scored, django_assert_num_queries
) -> None:
    client = as_(year.chen)
    raise_one(year)
    client.get(f"{HERE}/suspicions")
    with django_assert_num_queries(LISTING):
        assert client.get(f"{HERE}/suspicions").json()["count"] == 1
    done(year.chen, "/suspicions", unit="440700", item="A1", about="statement", grounds="台账不实")
    with django_assert_num_queries(LISTING):
        assert client.get(f"{HERE}/suspicions").json()["count"] == 2


LISTING = 7
