"""The plan of a visit, its report, its sheet and its photographs, for programs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from steelyard.assessment.models import Visit
from tests.assessment.api.asking import HERE, as_, at_fields, done, get, post, refused, told
from tests.assessment.visits import PNG, announced, collecting, found_on, planned
from tests.assessment.year import Year
from tests.once import World, world_of

pytestmark = pytest.mark.django_db


def a_year() -> Year:
    return collecting()


standing = world_of(a_year)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    return standing.copy()


def plan(year: Year, **changes: Any) -> dict[str, Any]:
    today = timezone.localdate(year.now).isoformat()
    return {"unit": "440700", "planned_on": today, "team": "检查一组", "items": ["A1"]} | changes


def test_a_visit_is_planned_changed_announced_and_reported(year: Year) -> None:
    made = done(year.chen, "/visits", **plan(year))
    assert (made["unit"], made["state"], made["items"]) == ("440700", "planned", ["A1"])
    one = f"/visits/{made['number']}"
    assert get(year.tan, one).status_code == 404
    changed = done(
        year.chen, f"{one}/plan", **plan(year, team="二组", items=["B2"]), seen=made["version"]
    )
    assert (changed["team"], changed["items"]) == ("二组", ["B2"])
    known = done(year.chen, f"{one}/announce", seen=changed["version"])
    assert told(year.tan, one)["state"] == known["state"] == "announced"
    done(year.chen, f"{one}/findings", text="台账缺失", item="B2")
    over = done(
        year.chen, f"{one}/report", visited_on=plan(year)["planned_on"], summary="总体较好",
        seen=known["version"],
    )  # fmt: skip
    assert (over["state"], over["summary"]) == ("done", "总体较好")
    assert post(year.chen, f"{one}/cancel", reason="x", seen=over["version"]).status_code == 409


def test_a_plan_sent_twice_is_one_visit(year: Year) -> None:
    numbers = {done(year.chen, "/visits", **plan(year))["number"] for _ in range(2)}
    assert numbers == set(Visit.objects.values_list("pk", flat=True))
    assert len(numbers) == 1


def test_an_unannounced_visit_that_is_cancelled_is_never_heard_of(year: Year) -> None:
    made = done(year.chen, "/visits", **plan(year, unannounced=True))
    one = f"/visits/{made['number']}"
    assert post(year.chen, f"{one}/announce", seen=made["version"]).status_code == 409
    assert post(year.chen, f"{one}/cancel", reason=" ", seen=made["version"]).status_code == 422
    gone = done(year.chen, f"{one}/cancel", reason="台风", seen=made["version"])
    assert (gone["state"], gone["reason"]) == ("cancelled", "台风")
    assert get(year.tan, one).status_code == 404


def test_every_fault_of_a_plan_is_told_at_its_field(year: Year) -> None:
    wrong = plan(year, unit="440999", team="", items=["Z9"])
    assert at_fields(post(year.chen, "/visits", **wrong)) == (422, ["unit", "team", "items"])
    long_ago = (timezone.localdate(year.now) - timedelta(days=9)).isoformat()
    assert at_fields(post(year.chen, "/visits", **plan(year, planned_on=long_ago))) == (
        422, ["planned_on"],
    )  # fmt: skip


def test_others_plan_no_visits_and_the_second_saver_is_told(year: Year) -> None:
    for who in (year.tan, year.sun, year.liang):
        assert post(who, "/visits", **plan(year)).status_code == 403
    visit = announced(year)
    assert refused(post(year.tan, f"/visits/{visit.pk}/announce", seen=1)) == (
        403, ["not_allowed"],
    )  # fmt: skip
    late = post(year.chen, f"/visits/{visit.pk}/plan", **plan(year, team="二组"), seen=0)
    assert refused(late) == (409, ["changed_meanwhile"])
    assert told(year.chen, f"/visits/{visit.pk}")["team"] == visit.team


def test_the_sheet_says_the_rules_and_is_for_the_office(year: Year) -> None:
    visit = announced(year)
    sheet = told(year.chen, f"/visits/{visit.pk}/sheet", lang="zh")
    assert [row["code"] for row in sheet["rows"]] == ["A1", "B2"]
    assert sheet["is_signed"] is False
    assert all(row["rule"] and row["self_score"] == "" for row in sheet["rows"])
    assert refused(get(year.tan, f"/visits/{visit.pk}/sheet")) == (403, ["not_allowed"])
    assert get(year.tan, f"/visits/{planned(year, team='二组').pk}/sheet").status_code == 404


def hang(year: Year, path: str, *pictures: bytes, **said: Any) -> Any:
    sent = [SimpleUploadedFile(f"现场{at}.png", one) for at, one in enumerate(pictures)]
    return as_(year.chen).post(f"{HERE}{path}", {**said, "photographs": sent})


def test_photographs_are_hung_once_and_taken_off(year: Year) -> None:
    visit = announced(year)
    row = found_on(year, visit)
    path = f"/visits/{visit.pk}/findings/{row.pk}/photographs"
    seen = told(year.chen, f"/visits/{visit.pk}")["findings"][0]
    another = PNG + b"\1"
    for _ in range(2):
        answer = hang(year, path, another, seen=seen["version"])
        assert answer.status_code == 200, answer.content
        (found,) = answer.json()["findings"]
        assert len(found["photographs"]) == 2
    off = as_(year.chen).post(
        f"{HERE}{path}", {"seen": found["version"], "off": [found["photographs"][0]]}
    )
    assert off.json()["findings"][0]["photographs"] == found["photographs"][1:]
    assert off.json()["findings"][0]["text"] == "台账缺失"
    assert hang(year, path, b"no picture", seen=found["version"]).status_code in (409, 422)
    assert as_(year.tan).post(f"{HERE}{path}", {"seen": 1}).status_code == 403
