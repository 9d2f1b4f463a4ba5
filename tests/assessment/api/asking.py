"""Asking the API as somebody: what it answers, and by which codes it refuses."""

from __future__ import annotations

from typing import Any

from django.test import Client

from steelyard.people.models import Account

API = "/api/assessments"
HERE = f"{API}/2021"
"""The assessment of the year of tests."""


def as_(account: Account, *, says: str = "en") -> Client:
    client = Client(headers={"accept-language": says})
    client.force_login(account)
    return client


def get(account: Account, path: str = "", **asked: Any) -> Any:
    return as_(account).get(f"{HERE}{path}", asked)


def told(account: Account, path: str = "", **asked: Any) -> Any:
    answer = get(account, path, **asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def post(account: Account, path: str, **said: object) -> Any:
    return as_(account).post(f"{HERE}{path}", said, content_type="application/json")


def done(account: Account, path: str, **said: object) -> Any:
    answer = post(account, path, **said)
    assert answer.status_code == 200, answer.content
    return answer.json()


def refused(answer: Any) -> tuple[int, list[str]]:
    """Its status, and the codes of everything that stands against it."""
    return answer.status_code, [one["code"] for one in answer.json().get("refusals", ())]


def at_fields(answer: Any) -> tuple[int, list[str]]:
    """Its status, and the fields that are to be put right."""
    return answer.status_code, [one["field"] for one in answer.json()["refusals"]]
