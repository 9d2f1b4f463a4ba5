"""Notices and deadlines for programs: one's own, and those one may see."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client

from steelyard.notices.queries import load_calendar
from steelyard.people.models import Account
from tests.notices.builders import account, holding, organisation
from tests.notices.test_pages import started, told

pytestmark = pytest.mark.django_db


def as_(who: Account) -> Client:
    client = Client()
    client.force_login(who)
    return client


def test_each_reads_their_own_notices() -> None:
    li, wu = account("李明"), account("吴敏")
    notice = told(li)
    found = as_(li).get("/api/notices?new=true").json()
    assert (found["count"], found["notices"][0]["number"]) == (1, notice.pk)
    assert "海关备案" in found["notices"][0]["zh"]
    assert as_(li).get(f"/api/notices/{notice.pk}").json() == found["notices"][0]
    assert as_(wu).get("/api/notices").json()["count"] == 0
    assert as_(wu).get(f"/api/notices/{notice.pk}").status_code == 404


def test_a_deadline_is_read_by_whose_it_is_and_by_who_looks_after_it() -> None:
    city, other = organisation(), organisation("440300")
    li, chen, wu = account("李明"), account("陈"), account("吴敏")
    holding(li, city, "supplying_body")
    holding(chen, city, "assessing_office")
    holding(wu, other, "assessing_office")
    deadline = started(city)
    for who in (li, chen):
        found = as_(who).get("/api/deadlines").json()
        assert [one["number"] for one in found["deadlines"]] == [deadline.pk]
        one = as_(who).get(f"/api/deadlines/{deadline.pk}").json()
        assert (one["organisation"], one["working_days"]) == ("440100", 10)
    assert as_(wu).get("/api/deadlines").json()["count"] == 0
    assert as_(wu).get(f"/api/deadlines/{deadline.pk}").status_code == 404


def test_a_deadline_is_put_off_by_days_or_to_a_day_by_who_may() -> None:
    city = organisation()
    li, chen = account("李明"), account("陈")
    holding(li, city, "supplying_body")
    holding(chen, city, "assessing_office")
    url = f"/api/deadlines/{started(city).pk}"
    read = as_(chen).get(url).json()
    later = str(load_calendar().add_working_days(date.fromisoformat(read["due"]), 3))

    def extend(who: Account, **said: object) -> HttpResponse:
        told = {"reason": "系统停机", "seen": read["version"]} | said
        return as_(who).post(f"{url}/extend", told, content_type="application/json")

    assert extend(li, working_days=3).status_code == 403
    none = extend(chen)
    assert (none.status_code, none.json()["refusals"][0]["code"]) == (409, "days_or_a_day")
    done = extend(chen, until=later).json()
    assert (done["due"], done["first_due"]) == (later, read["due"])
    late = extend(chen, working_days=1)
    assert (late.status_code, late.json()["refusals"][0]["code"]) == (409, "changed_meanwhile")
