"""The public site as of one moment: a page that looks at the shelf twice sees one state of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse

from steelyard.website import moment as at_the_edge
from steelyard.website.moment import moment

SOURCE = Path(__file__).resolve().parents[2] / "src/steelyard"
EDGES = {
    "website/moment.py": "the middleware",
    "website/keeping.py": "the layer in front of Django",
}
MODULES = sorted(
    path.relative_to(SOURCE).as_posix()
    for area in ("website", "publication", "look")
    for path in (SOURCE / area).rglob("*.py")
    if "migrations" not in path.parts and path.name != "tasks.py"  # a task has no request
)
OF_A_GIVEN_MOMENT = {"localtime", "localdate"}
"""They read the clock where they are given none."""


def readings(source: str) -> Iterator[str]:
    """Where ``source`` asks what time it is."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _asks_the_clock(node):
            yield f"line {node.lineno}: {ast.unparse(node)}"


def _asks_the_clock(call: ast.Call) -> bool:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    has_moment = bool(call.args or call.keywords)
    return name in {"now", "today", "utcnow"} or (name in OF_A_GIVEN_MOMENT and not has_moment)


@pytest.mark.parametrize("module", [one for one in MODULES if one not in EDGES])
def test_the_clock_is_read_at_the_edge_alone(module: str) -> None:
    assert list(readings((SOURCE / module).read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("edge", EDGES)
def test_an_edge_is_still_one(edge: str) -> None:
    assert len(list(readings((SOURCE / edge).read_text(encoding="utf-8")))) == 1


@pytest.mark.parametrize(
    "planted", ["timezone.now()", "localdate()", "datetime.now(UTC)", "date.today()"]
)
def test_a_planted_reading_is_found(planted: str) -> None:
    assert len(list(readings(planted))) == 1


def test_the_day_of_a_moment_is_no_reading() -> None:
    assert list(readings("timezone.localdate(request.now)")) == []


def test_a_request_after_four_in_the_afternoon_utc_is_of_the_next_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    evening = datetime(2026, 11, 26, 16, 30, tzinfo=UTC)
    monkeypatch.setattr(at_the_edge.timezone, "now", lambda: evening)
    request = HttpRequest()
    moment(lambda _: HttpResponse())(request)
    assert request.now == evening
    assert request.today.isoformat() == "2026-11-27"
