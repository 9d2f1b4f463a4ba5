"""Whatever a program asks of the API, it answers as its OpenAPI document says, and never fails.

Who asks: people of several roles, and nobody; with the token of their session, and without. Of an
assessment it is asked in tests/assessment/api.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from steelyard.config.api import EVERYWHERE
from steelyard.files.rules.marks import Mark
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from tests.files.builders import sent
from tests.supply.fuzzing import walk
from tests.supply.office import Office, account

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings: Any, tmp_path: Path) -> Office:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    found = Office()
    found.signed()
    sent(by=found.li, of=found.market, mark=Mark.CONFIDENTIAL)
    return found


def _is_asked_here(path: str) -> bool:
    return not path.startswith("/api/assessments")


def person(office: Office, who: str) -> Account | None:
    return {
        "nobody": lambda: None,
        "supplying_body": lambda: office.li,
        "assessing_office": lambda: office.chen,
        "auditor": lambda: account("审计", office=(Role.AUDITOR, office.province)),
        "no role": lambda: account("无"),
    }[who]()


@pytest.mark.parametrize(
    ("who", "with_token"),
    [
        ("supplying_body", True),
        ("assessing_office", True),
        ("auditor", True),
        ("no role", True),
        ("supplying_body", False),
        ("nobody", True),
        ("nobody", False),
    ],
)
def test_every_answer_is_as_the_document_says(office: Office, who: str, with_token: bool) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    asks = person(office, who)
    if asks is not None:
        client.force_login(asks)
    client.get("/files/send/" if asks else "/account/login/")
    token = client.cookies["csrftoken"].value if with_token else ""
    answers, wrong = walk(client, token=token, wants=_is_asked_here)
    assert wrong == []
    assert set(answers) <= {200, 400, 401, 403, 404, 409, 422}
    assert sum(answers.values()) > 80
    if asks is None:
        assert set(answers) <= {401, 403}
    elif with_token:
        assert answers[200] >= 5


def test_an_answer_that_the_document_does_not_know_is_found(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("steelyard.config.api.WITH_NUMBER", {})
    client = Client(raise_request_exception=False)
    client.force_login(office.li)
    _answers, wrong = walk(client, token="", wants=_is_asked_here)
    assert any("not documented" in one for one in wrong)


def test_an_answer_of_another_form_than_the_document_says_is_found(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = {"type": "object", "required": ["nothing"]}
    monkeypatch.setitem(EVERYWHERE, 401, ("Nobody is signed in", other))
    _answers, wrong = walk(Client(), token="", wants=_is_asked_here)
    assert any("'nothing' is a required property" in one for one in wrong)
