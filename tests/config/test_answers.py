"""What every answer carries, health, metrics, and pages that say no."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override

from steelyard.config.answers import health
from steelyard.config.logs import logging_settings


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


PAGES = [
    "400.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "409.html",
    "413.html",
    "429.html",
    "500.html",
]


def worker_seen(seconds_ago: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - make_interval(secs => %s))",
            (seconds_ago,),
        )


@pytest.mark.django_db(transaction=True)
def test_health_is_good_while_a_worker_is_seen(client: Client) -> None:
    worker_seen(5)
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "worker": True})


@pytest.mark.django_db(transaction=True)
def test_health_is_bad_when_no_worker_was_seen_for_long(client: Client) -> None:
    worker_seen(90)
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (503, {"database": True, "worker": False})


@pytest.mark.django_db
def test_health_is_bad_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_parameters", lambda: {"host": "/nowhere", "dbname": "none"})
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (503, {"database": False, "worker": False})


@pytest.mark.django_db
def test_every_answer_forbids_what_is_written_into_a_page(client: Client) -> None:
    for address in ("/health/", "/nothing-here"):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'self'; ")
        assert "unsafe" not in policy
        assert "img-src 'self' data:" in policy  # or the authenticator's code is not seen
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert re.fullmatch(r"[0-9a-f-]{36}", headers["X-Request-ID"])


@pytest.mark.django_db
def test_metrics_count_answers_by_view_for_this_machine(client: Client) -> None:
    client.get("/metrics")
    text = client.get("/metrics").content.decode()
    assert re.search(
        r'^steelyard_requests_total\{method="GET",status="200",view="metrics"\} [1-9]', text, re.M
    )


@pytest.mark.django_db
def test_metrics_are_nothing_to_other_machines(client: Client) -> None:
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.7").status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("token", "brought", "status"),
    [
        ("", "", 404),
        ("", "Bearer ", 404),
        ("a-token", "", 404),
        ("a-token", "Bearer another", 404),
        ("a-token", "Bearer a-token", 200),
    ],
)
def test_in_production_metrics_ask_for_the_token(
    client: Client, monkeypatch: pytest.MonkeyPatch, token: str, brought: str, status: int
) -> None:
    production = replace(settings.ENVIRONMENT, production=True, metrics_token=token)
    monkeypatch.setattr(settings, "ENVIRONMENT", production)
    assert client.get("/metrics", headers={"Authorization": brought}).status_code == status


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_says_no_speaks_both_languages_and_loads_nothing(page: str) -> None:
    said = render_to_string(page)
    assert re.search("[一-鿿]", said)
    assert re.search(r'<section lang="en">\s*<h2>[A-Z]', said)
    assert not re.search(r"src=|<link|<script|style=|url\(|@import", said)


@pytest.mark.parametrize(
    ("chosen", "language", "home", "search", "other"),
    [
        ("zh-hans", "zh-Hans", "返回待办事项", "/zh-hans/search/", ">English</button>"),
        ("en", "en", "Back to what waits for you", "/en/search/", ">中文</button>"),
    ],
)
def test_from_an_unknown_address_of_the_office_one_finds_home_search_and_the_other_language(
    client: Client, chosen: str, language: str, home: str, search: str, other: str
) -> None:
    client.cookies["django_language"] = chosen
    answer = client.get("/nothing-here/")
    said = answer.content.decode()
    assert f'<html lang="{language}">' in said
    assert f'<a href="/">{home}</a>' in said
    assert f'action="{search}" role="search"' in said
    assert re.search(
        r'<form method="post" action="/language/"><input type="hidden" name="csrf', said
    )
    assert "nothing-here" not in said
    assert other in said


@pytest.mark.parametrize(
    ("address", "home", "search", "other"),
    [
        ("/zh-hans/nothing-here/", "/zh-hans/", "/zh-hans/search/", ("/en/", "English")),
        ("/en/nothing-here/", "/en/", "/en/search/", ("/zh-hans/", "中文")),
    ],
)
@pytest.mark.parametrize("alone", [False, True])
def test_from_an_unknown_address_of_the_public_site_likewise_and_without_a_cookie(
    client: Client, settings: Any, address: str, home: str, search: str, other: str, *, alone: bool
) -> None:
    if alone:
        settings.ROOT_URLCONF = "steelyard.config.outside.urls"
    answer = client.get(address)
    said = answer.content.decode()
    assert answer.status_code == 404
    assert f'class="brand" href="{home}"' in said
    assert f'action="{search}" role="search"' in said
    assert re.search(rf'<a href="{other[0]}" lang="[\w-]+" hreflang="[\w-]+">{other[1]}</a>', said)
    assert '<form method="post"' not in said
    assert not answer.cookies


@pytest.mark.django_db
def test_a_page_that_says_no_may_use_its_own_style_and_no_other(client: Client) -> None:
    answer = client.get("/nothing-here")
    (style,) = re.findall("<style>(.*?)</style>", answer.content.decode(), re.S)
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    assert f"style-src 'self' 'sha256-{allowed}'" in answer.headers["Content-Security-Policy"]
    assert "style-src" not in client.get("/metrics").headers["Content-Security-Policy"]


def test_a_line_of_the_log_is_json_in_production() -> None:
    formatter = logging_settings(is_production=True)["formatters"]["ours"]
    assert "JSONRenderer" in repr(formatter["processors"][-1])


def test_a_request_for_another_host_is_a_bad_request_and_asks_no_database(client: Client) -> None:
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "The request cannot be understood" in answer.content.decode()


def test_a_form_of_more_text_than_is_read_says_how_much_that_is(client: Client) -> None:
    answer = client.post("/language/", {"language": "x" * 3_000_000})
    assert answer.status_code == 413
    assert "at most 2.6 MB of text; nothing was saved" in answer.content.decode()


def test_a_form_of_somebody_else_is_refused_with_a_page_of_its_own() -> None:
    stranger = Client(enforce_csrf_checks=True)
    answer = stranger.post("/language/", {"language": "en"})
    assert answer.status_code == 403
    assert "This page has expired" in answer.content.decode()


def test_what_goes_wrong_is_said_and_logged(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def look(_now: object) -> dict[str, bool]:
        raise RuntimeError("broken inside")

    monkeypatch.setattr(health, "look", look)
    answer = client.get("/health/")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()
    assert "broken inside" not in answer.content.decode()
    assert "broken inside" in caplog.text


@pytest.mark.django_db
def test_the_log_says_who_asked_what_and_how_long_it_took(client: Client) -> None:
    from structlog.testing import capture_logs

    with capture_logs() as lines:
        client.get("/nothing-here?q=secret")
    (line,) = [line for line in lines if line["event"] == "request"]
    assert line["milliseconds"] >= 0
    assert {name: line[name] for name in ("method", "path", "status", "account")} == {
        "method": "GET",
        "path": "/nothing-here",
        "status": 404,
        "account": None,
    }
    assert "secret" not in str(line)


def test_a_request_without_a_view_is_counted_as_none() -> None:
    from steelyard.config.answers import metrics

    request = HttpRequest()
    request.method = "BREW"
    metrics.count(request, 400, 0.1)
    assert metrics.REQUESTS.labels("other", "none", "400")._value.get() >= 1


def test_a_password_that_is_too_short_is_said_in_chinese() -> None:
    with override("zh-hans"), pytest.raises(ValidationError, match="密码太短，至少要有10个字符。"):
        MinimumLengthValidator(10).validate("short")
