"""Files for programs: sent, listed and fetched by the same rules as on the pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from steelyard.files.models import File
from steelyard.files.rules.marks import Mark
from steelyard.people.models import Account
from tests.files.builders import account, organisation, sent

pytestmark = pytest.mark.django_db


def as_(who: Account) -> Client:
    client = Client()
    client.force_login(who)
    return client


def send(
    client: Client, content: bytes = b"a,b\n1,2\n", name: str = "cases.csv", **told: Any
) -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post("/api/files", {"organisation": "court", "file": file, **told})


def test_a_file_is_sent_listed_read_and_fetched() -> None:
    client = as_(account("wu", organisation()))
    found = send(client, mark="confidential").json()
    assert (found["name"], found["kind"], found["size"]) == ("cases.csv", "text", 8)
    assert client.get("/api/files").json() == {"count": 1, "pages": 1, "files": [found]}
    assert client.get(f"/api/files/{found['number']}").json() == found
    answer = client.get(f"/api/files/{found['number']}/content")
    assert b"".join(answer.streaming_content) == b"a,b\n1,2\n"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_it_says_what_it_is_by_its_content() -> None:
    client = as_(account("wu", organisation()))
    assert send(client, b"%PDF-1.7 %%EOF", "cases.csv").json()["name"] == "cases.pdf"
    assert send(client, b"%PDF-1.7 1 %%EOF", "cases").json()["kind"] == "pdf"


@pytest.mark.parametrize(
    ("told", "content", "code"),
    [
        ({"organisation": "bank"}, b"a", "unknown_organisation"),
        ({"organisation": "nothing"}, b"a", "unknown_organisation"),
        ({}, b"", "empty_file"),
        ({}, b"<html>", "page_or_program"),
    ],
)
def test_what_is_refused_says_so_by_code_and_leaves_nothing(
    told: dict[str, str], content: bytes, code: str
) -> None:
    organisation("bank", "某银行")
    answer = send(as_(account("wu", organisation())), content, **told)
    assert answer.status_code == 409
    assert [one["code"] for one in answer.json()["refusals"]] == [code]
    assert not File.objects.exists()


@pytest.mark.parametrize(
    ("mark", "of_its_organisation", "of_another", "of_none"),
    [
        (Mark.PUBLIC, 200, 200, 200),
        (Mark.INTERNAL, 200, 200, 404),
        (Mark.CONFIDENTIAL, 200, 404, 404),
    ],
)
def test_who_may_fetch_its_mark_says(
    mark: Mark, of_its_organisation: int, of_another: int, of_none: int
) -> None:
    wu = account("wu", organisation())
    file = sent(by=wu, of=organisation(), mark=mark)
    others = account("ma", organisation("bank", "某银行")), account("li")
    for who, status in zip((wu, *others), (of_its_organisation, of_another, of_none), strict=True):
        for end in ("", "/content"):
            answer = as_(who).get(f"/api/files/{file.pk}{end}")
            if answer.streaming:
                assert b"".join(answer.streaming_content)
            assert answer.status_code == status
    for who in others:
        assert as_(who).get("/api/files").json()["count"] == 0
    assert Client().get("/api/files").status_code == 401


def test_the_page_names_who_sent_it_to_its_own_organisation_alone() -> None:
    wu = account("wu-who-sent-it", organisation())
    file = sent(by=wu, of=organisation(), mark=Mark.PUBLIC)
    assert "wu-who-sent-it" in as_(wu).get(f"/files/{file.pk}/").content.decode()
    other = as_(account("ma", organisation("bank", "某银行")))
    assert "wu-who-sent-it" not in other.get(f"/files/{file.pk}/").content.decode()
