"""What the office is measured against answers, with the very rows of the pages: nothing is timed here.

The fillings of ``make bench`` are run as it runs them, and each view is asked by who is signed in there.
"""

from __future__ import annotations

import json
import re
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.urls import set_urlconf

from bench import assessment_fill, office_fill, scoring_fill
from bench.bare_office import settings as bare
from bench.cases import assessment, office, scoring
from steelyard.config.demo import PROVINCE
from steelyard.people.models import Organisation
from steelyard.people.rules.roles import Role
from tests.supply.office import account, organisation

pytestmark = pytest.mark.django_db

TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
MARK = re.compile(r'(-beside" value=")[^"]*')
"""Of all that stands beside a row: the bare view asks for none of it."""
POINTS = re.compile(r'<td class="number"( data-label="[^"]*")?>.*?</td>', re.DOTALL)
CAPTION = re.compile(r"<caption>.*?</caption>")
ROWS = 60
"""Of the long list: more than a page."""


@pytest.fixture
def province() -> Organisation:
    """The office of the measurements, with the accounts of its demonstration that they lean on."""
    top = organisation(PROVINCE, "广东省知识产权局", "province")
    for role in (Role.ASSESSING_OFFICE, Role.OFFICE_HEAD):
        account(role.value, office=(role, top))
    return top


def signed_in(session: str) -> Client:
    client = Client()
    client.cookies["sessionid"] = session
    return client


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def tables(path: str, session: str) -> list[str]:
    answer = signed_in(session).get(path)
    assert answer.status_code == 200
    return TABLE.findall(answer.text)


def at_bare_office() -> AbstractContextManager[None]:
    found: AbstractContextManager[None] = override_settings(
        ROOT_URLCONF=bare.ROOT_URLCONF, MIDDLEWARE=bare.MIDDLEWARE
    )
    return found


def bare_tables(path: str, session: str) -> list[str]:
    with at_bare_office():
        return tables(path, session)


def _bare(table: str) -> str:
    return MARK.sub(r"\1", POINTS.sub("", table))


def test_bare_view_of_an_item_shows_the_rows_of_the_page(
    province: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    scoring_fill.main(scoring.PIECES)
    it = told(capsys)
    [ours] = tables(scoring.PAGE.format(**it), it["scorer"])
    [theirs] = bare_tables(scoring.BARE.format(**it), it["scorer"])
    assert _bare(theirs) == _bare(ours)
    assert theirs.count("-f-plan_points") == scoring.CITIES
    assert theirs.count("样本材料") == scoring.CITIES * scoring.PIECES


def test_bare_list_shows_the_rows_of_the_page(
    province: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    office_fill.main(2, ROWS)
    it = told(capsys)
    [ours] = tables(office.PAGE, it["reader"])
    [theirs] = bare_tables(office.BARE, it["reader"])
    assert CAPTION.sub("", theirs) == CAPTION.sub("", ours)  # the page counts no drafts of others
    assert theirs.count("list-") == 50


def test_bare_view_writes_a_row_for_each_officer_whose_saves_are_measured(
    province: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    organisation("440100", "广州市", "city", province)
    organisation("assessment_team", "考核工作组", "department", province)
    assessment_fill.main(2, 2)
    set_urlconf(None)  # the filling, else a process of its own, has set one
    officers = told(capsys)["officers"]
    for one in officers:
        ours = signed_in(one["session"]).post(assessment.path_of(one), assessment.form_of(0))
        assert (ours.status_code, ours.headers["location"]) == (302, assessment.path_of(one))
        with at_bare_office():
            theirs = signed_in(one["session"]).post("/write/", {"note": "0"})
        assert theirs.status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("SELECT account FROM bench_note ORDER BY id")
        assert [number for (number,) in cursor] == [one["account"] for one in officers]
