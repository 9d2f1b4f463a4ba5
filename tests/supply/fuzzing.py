"""Questions to the API made from its OpenAPI document by schemathesis, and whether the answers are as
the document says. The seed is fixed, so that a run says the same tomorrow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import requests
import schemathesis
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings

SEED = 20260301
QUESTIONS = settings(
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
"""Of each operation. Shrinking would repeat uploads; what failed is shown as it was."""


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


def walk(
    client: Client, *, token: str, wants: Callable[[str], bool],
    aims: Callable[[schemathesis.Case], None] = lambda _case: None, each: int = 8,
    leaks: Callable[[str], str] = lambda _said: "",
) -> tuple[Counter[int], list[str]]:  # fmt: skip
    """Put so many questions (``each``) to each of the operations whose path is wanted. ``aims``: points one
    at what is there; ``leaks``: what of an answer is not for who asks, "" if all is."""
    document = client.get("/api/openapi.json").json()
    api = schemathesis.openapi.from_dict(document)
    answers: Counter[int] = Counter()
    wrong: list[str] = []

    def ask_about(operation: Any) -> None:
        @seed(SEED)
        @settings(QUESTIONS, max_examples=each)
        @given(case=operation.as_strategy())
        def question(case: schemathesis.Case) -> None:
            aims(case)
            answer = ask(client, case, token)
            answers[answer.status_code] += 1
            amiss = against_the_document(document, operation, answer)
            if not answer.streaming:
                amiss = amiss or leaks(answer.content.decode("utf-8", "replace"))
            if amiss:
                wrong.append(f"{case.method} {case.path} {case.body!r}: {amiss}")

        question()

    for found in api.get_all_operations():
        if wants(found.ok().path):
            ask_about(found.ok())
    return answers, wrong
