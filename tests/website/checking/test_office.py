"""The office checks its own public site, and tells its editors; nobody else sees it, nothing is altered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone

from steelyard.kernel.bilingual import Text
from steelyard.people.rules.roles import Role
from steelyard.publication.briefings import briefing_files
from steelyard.publication.package import Head
from steelyard.publication.publishing import publish
from steelyard.website.checking import office
from steelyard.website.messages.models import PublicMessage
from steelyard.website.site import site_at
from tests.papers.brief.small_records import YEAR, SmallRecords, brief
from tests.people.builders import person, region, signed_in
from tests.publication.test_briefings import TEXT, met, newer
from tests.website.shelf import KEY, PUBLISHED_AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf_of_one(own_shelf: Path, settings: Any, tmp_path: Path) -> Path:
    """A briefing of two meetings; the home of the office is a folder of its own."""
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    reads = SmallRecords(met("a", "b"))
    files = briefing_files({lang: brief(TEXT, reads, lang) for lang in ("zh", "en")}, reads)
    head = Head(kind="briefing", series="meetings", title=Text("会", "Meetings"),
                published_at=PUBLISHED_AT, sample=True)  # fmt: skip
    publish(own_shelf, head, files, KEY)
    return own_shelf


@pytest.fixture(autouse=True)
def connection_stays_open() -> Iterator[None]:
    """As Django's own test client has it: the end of a request does not end the test's transaction."""
    signals = (request_started, request_finished)
    for one in signals:
        one.disconnect(close_old_connections)
    yield
    for one in signals:
        one.connect(close_old_connections)


@pytest.fixture
def newest(monkeypatch: pytest.MonkeyPatch) -> SmallRecords:
    """Records frozen since: a third meeting."""
    records = newer(met("a", "b", "c"))
    monkeypatch.setattr(office, "newest_snapshots", lambda _folder: {YEAR: records})
    return records


def message(number: str, days_ago: int) -> PublicMessage:
    sent = timezone.now() - timedelta(days=days_ago)
    return PublicMessage.objects.create(
        number=number, lookup=f"l{number}", digest=f"d{number}", subject="s", text="t", lang="en",
        sent_at=sent, taken_at=sent, due=timezone.localdate(sent),
    )  # fmt: skip


def test_editor_reads_what_newer_records_say_otherwise(shelf_of_one: Path, newest: Any) -> None:
    before = (shelf_of_one / "meetings.1.zip").read_bytes()
    message("late", 100)
    found = office.run_check(now=timezone.now())
    states = {one["code"]: one["state"] for one in found["findings"]}
    assert (states["answered"], states["dead_links"]) == ("failed", "passed")

    guangdong = region().guangdong
    page = signed_in(person("wen", Role.EDITOR, guangdong)).get("/site-check/").text
    assert "Jiangmen, a year" in page
    assert "2 meetings" in page
    assert "3 meetings" in page
    assert "+ C2" in page
    assert "late" in page
    assert (shelf_of_one / "meetings.1.zip").read_bytes() == before
    chinese = (
        signed_in(person("bian", Role.MODERATOR, guangdong), "zh-hans").get("/site-check/").text
    )
    assert "须核对的新闻稿和白皮书" in chinese


def test_briefing_of_the_newest_snapshot_is_left_alone(
    shelf_of_one: Path, newest: SmallRecords, tmp_path: Path
) -> None:
    newest.identifier = "sha256:" + "1" * 64
    assert office.briefings_to_look_at(site_at(timezone.now()), tmp_path) == []


def test_before_the_first_run_the_page_says_so(shelf_of_one: Path) -> None:
    editor = person("wen", Role.EDITOR, region().guangdong)
    assert "has not been checked yet" in signed_in(editor).get("/site-check/").text


@pytest.mark.parametrize("role", [Role.CITY_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_report_is_for_those_who_write_the_site(role: Role, shelf_of_one: Path) -> None:
    other = person("li", role, region().guangdong)
    assert signed_in(other).get("/site-check/").status_code == 404


def test_folder_that_holds_no_snapshot_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "odd").mkdir()
    (tmp_path / ".being-written").symlink_to(tmp_path / "gone")  # listed, and renamed since
    assert office.newest_snapshots(tmp_path) == {}
