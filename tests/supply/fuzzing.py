"""Questions to the API made from its OpenAPI document by schemathesis, and whether the answers are as
the document says. The seed is fixed, so that a run says the same tomorrow: the questions are thought up
once, and put to the office by everybody."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, cached_property
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
"""Of each operation. They do not depend on the answers: there is nothing to shrink."""

Question = tuple[schemathesis.Case, dict[str, Any]]
"""A case, and what its address named when it was thought up: whoever aims it names something else."""


def walk(
    client: Client, *, token: str, wants: Callable[[str], bool],
    aims: Callable[[schemathesis.Case], None] = lambda _case: None, each: int = 8,
    leaks: Callable[[str], str] = lambda _said: "",
) -> tuple[Counter[int], list[str]]:  # fmt: skip
    """Put so many questions (``each``) to each of the operations whose path is wanted. ``aims``: points one
    at what is there; ``leaks``: what of an answer is not for who asks, "" if all is."""
    document = document_of(client.get("/api/openapi.json").content)
    answers: Counter[int] = Counter()
    wrong: list[str] = []
    for case in document.questions(wants, each):
        aims(case)
        answer = ask(client, case, token)
        answers[answer.status_code] += 1
        amiss = document.says(case.operation, answer)
        if not answer.streaming:
            amiss = amiss or leaks(answer.content.decode("utf-8", "replace"))
        if amiss:
            wrong.append(f"{case.method} {case.path} {case.body!r}: {amiss}")
    return answers, wrong


class Document:
    """An OpenAPI document, what it makes one ask, and what it says of the answers."""

    def __init__(self, text: bytes) -> None:
        self.told = json.loads(text)
        self._asked: dict[tuple[str, int], list[Question]] = {}

    def questions(self, wants: Callable[[str], bool], each: int) -> Iterator[schemathesis.Case]:
        for operation in self._operations:
            if wants(operation.path):
                known = (operation.label, each)
                if known not in self._asked:
                    self._asked[known] = _questions(operation, each)
                for case, pointed_at in self._asked[known]:
                    case.path_parameters = dict(pointed_at)  # as it was thought up
                    yield case

    @cached_property
    def _operations(self) -> list[Any]:
        return [one.ok() for one in schemathesis.openapi.from_dict(self.told).get_all_operations()]

    def says(self, operation: Any, answer: HttpResponse) -> str | None:
        """What of an answer is not as it says; None if all is."""
        said = self.told["paths"][operation.path][operation.method.lower()]["responses"]
        told = said.get(str(answer.status_code))
        if told is None:
            return f"status {answer.status_code} is not documented"
        media = answer.headers["Content-Type"].partition(";")[0]
        if media not in told["content"]:
            return f"{media} is not documented for {answer.status_code}"
        if media == "application/json":
            checks = self._checks(json.dumps(told["content"][media]["schema"]))
            error = jsonschema.exceptions.best_match(checks.iter_errors(answer.json()))
            return error and error.message
        return None

    @cache  # noqa: B019  a document is kept for as long as the tests go on
    def _checks(self, schema: str) -> jsonschema.Draft202012Validator:
        told = {**json.loads(schema), "components": self.told["components"]}
        jsonschema.Draft202012Validator.check_schema(told)
        return jsonschema.Draft202012Validator(told)


@cache
def document_of(text: bytes) -> Document:
    """The same for the same text, read once."""
    return Document(text)


def _questions(operation: Any, each: int) -> list[Question]:
    found: list[Question] = []

    @seed(SEED)
    @settings(QUESTIONS, max_examples=each)
    @given(case=operation.as_strategy())
    def think_of(case: schemathesis.Case) -> None:
        found.append((case, dict(case.path_parameters or {})))

    think_of()
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
