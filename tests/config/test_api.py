"""What the frame of the API refuses is told as every other refusal: a code, a field, both languages."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from django.test import Client
from ninja import Field, NinjaAPI, Query, Router, Schema
from ninja.testing import TestClient

from steelyard.config import urls
from steelyard.config.api import FRAME, api, of_the_frame, to_mend
from steelyard.config.api import OfficeAPI as Office
from steelyard.people.refused import ToMend
from tests.supply.office import account

assert urls.urlpatterns


class Kind(Enum):
    FIRST = "first"


class RowIn(Schema):
    seen: int


class WantedIn(Schema, extra="forbid"):
    title: Annotated[str, Field(max_length=3, min_length=2, pattern="^[a-z]*$")]
    kind: Literal["a", "b"] = "a"
    of: Kind = Kind.FIRST
    on: str = ""
    count: Annotated[int, Field(ge=1, le=9)] = 1
    share: Annotated[float, Field(gt=0, lt=1)] = 0.5
    is_late: bool = False
    rows: Annotated[list[RowIn], Field(max_length=1)] = []


class FilterIn(Schema):
    page: int = 1


@pytest.fixture(scope="module")
def client() -> TestClient:
    router = Router()

    @router.post("/things/{number}")
    def take(request: Any, number: int, wanted: WantedIn, of: Query[FilterIn]) -> dict[str, str]:
        return {}

    own: NinjaAPI = Office(urls_namespace="of-tests")
    own.add_exception_handler(ToMend, to_mend)
    own.add_router("", router)
    return TestClient(own)


def refusals(client: TestClient, at: str = "/things/1", **sent: Any) -> list[tuple[str, ...]]:
    answer = client.post(at, json={"title": "abc"} | sent)
    assert answer.status_code == 422
    (name,) = answer.json()
    return [(one["field"], one["code"], one["zh"], one["en"]) for one in answer.json()[name]]


@pytest.mark.parametrize(
    ("sent", "field", "code", "zh", "en"),
    [
        ({"title": 1}, "title", "wrong_type", "应为文本", "must be a text"),
        ({"title": "abcd"}, "title", "too_long", "不得超过3个字符", "must have at most 3 characters"),
        ({"title": "a"}, "title", "too_short", "不得少于2个字符", "must have at least 2 characters"),
        ({"title": "AB"}, "title", "not_allowed_text", "含有不允许的字符，或不合规定的格式",
         "it has a character that is not allowed, or another form"),
        ({"kind": "c"}, "kind", "not_one_of", "只能是：'a' or 'b'", "must be one of: 'a' or 'b'"),
        ({"of": "c"}, "of", "not_one_of", "只能是：'first'", "must be one of: 'first'"),
        ({"count": "many"}, "count", "wrong_type", "应为整数", "must be a whole number"),
        ({"count": 1.5}, "count", "wrong_type", "应为整数", "must be a whole number"),
        ({"count": 0}, "count", "out_of_range", "不得小于1", "must be at least 1"),
        ({"count": 10}, "count", "out_of_range", "不得大于9", "must be at most 9"),
        ({"share": 0}, "share", "out_of_range", "应大于0.0", "must be above 0.0"),
        ({"share": 1}, "share", "out_of_range", "应小于1.0", "must be below 1.0"),
        ({"is_late": "perhaps"}, "is_late", "wrong_type", "应为true或false", "must be true or false"),
        ({"rows": {}}, "rows", "wrong_type", "应为列表", "must be a list"),
        ({"rows": [{"seen": "x"}]}, "rows[0].seen", "wrong_type", "应为整数", "must be a whole number"),
        ({"rows": [{"seen": 1}] * 2}, "rows", "too_many", "不得超过1项", "must have at most 1 entries"),
        ({"rows": [{}]}, "rows[0].seen", "field_missing", "缺少这一项，请补上", "it is missing; send it"),
        ({"other": 1}, "other", "field_unknown", "没有这一项，请删去", "there is no such field; leave it out"),
    ],
)  # fmt: skip
def test_what_is_not_as_described_is_named_in_both_languages(
    client: TestClient, sent: dict[str, Any], field: str, code: str, zh: str, en: str
) -> None:
    assert refusals(client, **sent) == [(field, code, zh, en)]


def test_all_of_them_are_named_at_once_wherever_they_stand(client: TestClient) -> None:
    found = refusals(client, "/things/x?page=y", title=1, count="many")
    assert sorted((field, code) for field, code, _, _ in found) == [
        ("count", "wrong_type"), ("number", "wrong_type"), ("page", "wrong_type"), ("title", "wrong_type"),
    ]  # fmt: skip


def test_a_body_that_is_missing_is_the_whole(client: TestClient) -> None:
    answer = client.post("/things/1")
    assert answer.status_code == 422
    assert [(one["field"], one["code"]) for one in answer.json()["refusals"]] == [
        ("", "field_missing")
    ]


# --- of the office ---------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("body", ["{", "nothing"])
def test_a_body_that_is_no_json_is_refused_as_such(body: str) -> None:
    client = Client()
    client.force_login(account("陈主任"))
    answer = client.post("/api/requests", body, content_type="application/json")
    assert answer.status_code == 400
    (told,) = answer.json()["refusals"]
    assert told == {
        "code": "unreadable",
        "zh": FRAME[400].text.zh,
        "en": FRAME[400].text.en,
        "field": "",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("checks", [True, False])
def test_whoever_is_not_signed_in_is_told_so(*, checks: bool) -> None:
    answer = Client(enforce_csrf_checks=checks).get("/api/requests")
    assert (answer.status_code, answer.json()["refusals"][0]["code"]) == (401, "not_signed_in")


@pytest.mark.django_db
def test_without_the_token_of_the_session_it_is_refused_as_such() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(account("陈主任"))
    answer = client.post("/api/requests", {}, content_type="application/json")
    assert (answer.status_code, answer.json()["refusals"][0]["code"]) == (403, "no_token")


@pytest.mark.django_db
def test_every_list_of_an_area_answers_a_page_that_is_no_number_alike() -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account("陈主任"))
    for path in ("deliveries", "notices", "requests", "assessments"):
        answer = client.get(f"/api/{path}", {"page": "x"})
        assert answer.status_code == 422, path
        assert [one["field"] for one in answer.json()["refusals"]] == ["page"], path


def test_the_document_says_so() -> None:
    told = api.get_openapi_schema(path_prefix="/api/")
    answers = [one["responses"] for of in told["paths"].values() for one in of.values()]
    schemas = [
        one[status]["content"]["application/json"]["schema"]
        for one in answers for status in (400, 422) if status in one
    ]  # fmt: skip
    assert len(schemas) > 200
    assert {one["$ref"].rsplit("/", 1)[-1] for one in schemas} == {"RefusedOut"}
    assert list(told["components"]["schemas"]["RefusedOut"]["properties"]) == ["refusals"]


def test_no_other_error_of_the_frame_passes_untold() -> None:
    """Whoever is not signed in is refused by the same exception."""
    assert set(FRAME) == {400, 401, 403}
    assert api._exception_handlers[__import__("ninja").errors.HttpError] is of_the_frame
