"""Whatever a program asks of the API, it is answered: no question makes it fail."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

import pytest
import requests
import schemathesis
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings

from tests.assessment.office import Office

pytestmark = pytest.mark.django_db

QUESTIONS = settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
"""Of each operation. Shrinking would repeat uploads; what failed is shown as it was."""


def ask(client: Client, case: schemathesis.Case) -> HttpResponse:
    """The question as it would travel, put to the office by someone who is signed in."""
    said = case.as_transport_kwargs(base_url="http://localhost")
    said.pop("cookies", None)
    travels = requests.Request(**said).prepare()
    to = urlsplit(str(travels.url))
    return client.generic(
        str(travels.method), f"{to.path}?{to.query}", travels.body or b"",
        content_type=travels.headers.get("Content-Type", "application/json"),
    )  # fmt: skip


def test_no_question_makes_the_api_fail() -> None:
    office = Office()
    office.signed()
    client = Client(raise_request_exception=False)
    client.force_login(office.li)
    api = schemathesis.openapi.from_dict(client.get("/api/openapi.json").json())
    answers: Counter[int] = Counter()
    for operation in api.get_all_operations():

        @QUESTIONS
        @given(case=operation.ok().as_strategy())
        def question(case: schemathesis.Case) -> None:
            answer = ask(client, case)
            answers[answer.status_code] += 1
            assert answer.status_code < 500, (case.method, case.path, case.body, answer.content)

        question()
    assert set(answers) <= {200, 400, 403, 404, 405, 409, 413, 415, 422}
    assert sum(answers.values()) > 50
