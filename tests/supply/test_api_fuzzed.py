"""Whatever a program asks of the API, it answers as its OpenAPI document says, and never fails.

schemathesis makes the questions from the document; the seed is fixed, so that a run says the same
tomorrow. Who asks: people of several roles, and nobody; with the token of their session, and without.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import pytest
import requests
import schemathesis
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings

from steelyard.files.rules.marks import Mark
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from tests.files.builders import sent
from tests.supply.office import Office, account

pytestmark = pytest.mark.django_db

SEED = 20260301
QUESTIONS = settings(
    max_examples=8,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
"""Of each operation. Shrinking would repeat uploads; what failed is shown as it was."""


@pytest.fixture
def office(settings: Any, tmp_path: Path) -> Office:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    found = Office()
    found.signed()
    sent(by=found.li, of=found.market, mark=Mark.CONFIDENTIAL)
    return found


def ask(client: Client, case: schemathesis.Case, token: str) -> HttpResponse:
    """The question as it would travel, put to the office."""
    said = case.as_transport_kwargs(base_url="http://localhost")
    said.pop("cookies", None)
    travels = requests.Request(**said).prepare()
    to = urlsplit(str(travels.url))
    answer = client.generic(
        str(travels.method), f"{to.path}?{to.query}", travels.body or b"",
        content_type=travels.headers.get("Content-Type", "application/json"),
        headers={"X-CSRFToken": token} if token else {},
    )  # fmt: skip
    if answer.streaming:
        assert b"".join(answer.streaming_content)  # read to its end, a file is closed
    return answer


def against_the_document(
    document: dict[str, Any], operation: Any, answer: HttpResponse
) -> str | None:
    """What of an answer the document does not say; None if it says all."""
    said = document["paths"][operation.path][operation.method.lower()]["responses"]
    told = said.get(str(answer.status_code))
    if told is None:
        return f"status {answer.status_code} is not documented"
    media = answer.headers["Content-Type"].partition(";")[0]
    if media not in told["content"]:
        return f"{media} is not documented for {answer.status_code}"
    if media == "application/json":
        schema = {**told["content"][media]["schema"], "components": document["components"]}
        try:
            jsonschema.validate(answer.json(), schema, jsonschema.Draft202012Validator)
        except jsonschema.ValidationError as error:
            return error.message
    return None


def walk(client: Client, *, token: str) -> tuple[Counter[int], list[str]]:
    document = client.get("/api/openapi.json").json()
    api = schemathesis.openapi.from_dict(document)
    answers: Counter[int] = Counter()
    wrong: list[str] = []

    def ask_about(operation: Any) -> None:
        @seed(SEED)
        @QUESTIONS
        @given(case=operation.as_strategy())
        def question(case: schemathesis.Case) -> None:
            answer = ask(client, case, token)
            answers[answer.status_code] += 1
            amiss = against_the_document(document, operation, answer)
            if amiss:
                wrong.append(f"{case.method} {case.path} {case.body!r}: {amiss}")

        question()

    for found in api.get_all_operations():
        ask_about(found.ok())
    return answers, wrong


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
    answers, wrong = walk(client, token=token)
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
    _answers, wrong = walk(client, token="")
    assert any("not documented" in one for one in wrong)
