"""The office of ``make bench`` can be filled, and what is measured in it answers: the office's pages and the bare ones."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings as office
from django.test import Client, override_settings

from bench import office_fill
from bench.bare_office import settings as bare
from bench.cases.office import _form
from steelyard.config.demo import load_demo
from steelyard.people.lists import ROWS
from steelyard.supply.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    load_demo(now=datetime(2026, 3, 2, 1, 0, tzinfo=UTC))
    office_fill.main(officers=2, rows=ROWS)
    return json.loads(capsys.readouterr().out)


def signed_in(session: str) -> Client:
    client = Client()
    client.cookies[office.SESSION_COOKIE_NAME] = session
    return client


def test_each_officer_saves_a_remark_and_writes_the_bare_row(told: dict[str, Any]) -> None:
    for one in told["officers"]:
        client = signed_in(one["session"])
        saved = client.post(f"/deliveries/{one['delivery']}/mend/", _form(0))
        assert saved.status_code == 302
        with bare_office():
            assert client.post("/write/", {"note": "0"}).status_code == 302
    assert set(Delivery.objects.filter(status="draft").values_list("note", flat=True)) == {
        "第 0 次"
    }


def test_page_of_the_list_and_the_bare_one_show_the_same_rows(told: dict[str, Any]) -> None:
    reader = signed_in(told["reader"])
    page = reader.get("/deliveries/")
    with bare_office():
        bare_page = reader.get("/listed/")
    assert (page.status_code, bare_page.status_code) == (200, 200)
    assert rows(bare_page.text) == rows(page.text)
    assert page.text.count("list-") == ROWS


def bare_office() -> override_settings:
    return override_settings(ROOT_URLCONF=bare.ROOT_URLCONF, MIDDLEWARE=bare.MIDDLEWARE)


def rows(text: str) -> str:
    return text[text.index("<tbody>") : text.index("</tbody>")]
