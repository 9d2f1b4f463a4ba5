"""A record changes after a briefing is out: its editor is told, its readers see what was published, until it is corrected."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from steelyard.cli import main
from steelyard.kernel.hashes import tagged
from steelyard.people.rules.roles import Role
from steelyard.publication.signing import read_key
from steelyard.regions import sampled
from steelyard.website.checking.office import run_check
from tests.people.builders import person, region, signed_in
from tests.website.shelf import deliveries, snapshot

pytestmark = pytest.mark.django_db

SERIES = "jiangmen-2021-news"
GUANGDONG = sampled("guangdong")
MEETINGS = "sample_meetings_2021.parquet"


@pytest.fixture
def office(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """The home of an office, with records, their snapshot, and a briefing from it on the shelf."""
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    shutil.copytree(deliveries(), tmp_path / "deliveries")
    shutil.copytree(snapshot().folder, tmp_path / "snapshots" / "first")
    done("publish", "--new-key", str(tmp_path / "key"))
    publishes(tmp_path, "first")
    trusted = (read_key(tmp_path / "key").public,)
    with override_settings(PUBLICATIONS=tmp_path / "publications", PUBLICATION_KEYS=trusted):
        yield tmp_path


def done(*words: str) -> None:
    assert main([*words, "--lang", "en"]) == 0


def freezes(home: Path, name: str) -> None:
    deliveries, out = str(home / "deliveries"), str(home / "snapshots" / name)
    done("freeze", str(GUANGDONG.real), deliveries, "--period", "2021", "--out", out)


def publishes(home: Path, snapshot: str, *more: str) -> None:
    template = str(GUANGDONG.home / "brief_news.toml")
    done("publish", "briefing", template, str(home / "snapshots" / snapshot), "--unit", "440700",
         "--series", SERIES, "--to", str(home / "publications"), "--key", str(home / "key"), *more)  # fmt: skip


def record_changes(home: Path) -> str:
    """One meeting of Jiangmen was not convened by the head, or was; the key of its row."""
    path, cover = home / "deliveries" / MEETINGS, home / "deliveries" / "deliveries.toml"
    before, table = tagged(path.read_bytes()), pq.read_table(path)
    rows = table.to_pylist()
    one = next(row for row in rows if row["place"] == "440700")
    one["is_convened_by_head"] = not one["is_convened_by_head"]
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), path)
    told = cover.read_text(encoding="utf-8")
    assert before in told
    cover.write_text(told.replace(before, tagged(path.read_bytes())), encoding="utf-8")
    return str(one["id"])


def looked_at(now: datetime) -> list[dict[str, Any]]:
    """The briefings of a new run. Django's test client, which we use, has connections closed again after it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    found: list[dict[str, Any]] = run_check(now=now)["briefings"]
    return found


def test_changed_record_is_told_to_the_editor_and_alters_nothing(office: Path) -> None:
    guangdong = region().guangdong
    editor = signed_in(person("wen", Role.EDITOR, guangdong))
    address = f"/en/briefings/{SERIES}/"
    read_before, shelf = Client().get(address).text, sorted((office / "publications").iterdir())
    held = [one.read_bytes() for one in shelf]
    assert looked_at(timezone.now()) == []

    key = record_changes(office)
    freezes(office, "second")
    (told,) = looked_at(timezone.now())
    figures = {one["name"]: one for one in told["figures"]}
    assert figures["meetings_of_the_head"]["is_another"]
    assert (
        key
        in figures["meetings_of_the_head"]["added"] + figures["meetings_of_the_head"]["withdrawn"]
    )

    report = editor.get(reverse("site_check")).text
    assert "Joint meetings convened by the head of government" in report
    assert key in report
    waits = editor.get("/").text
    assert f"{reverse('site_check')}#briefings" in waits, "it waits on the editor's first page"

    assert Client().get(address).text == read_before, "nothing is altered"
    assert [one.read_bytes() for one in sorted((office / "publications").iterdir())] == held

    publishes(office, "second", "--reason-zh", "会议召集人更正", "--reason-en", "who convened it")
    assert looked_at(timezone.now()) == []
    assert "#briefings" not in editor.get("/").text
    corrected = Client().get(address).text
    assert "who convened it" in corrected
    assert "<del>" in corrected


def test_same_records_frozen_again_are_no_change(office: Path) -> None:
    shutil.copytree(office / "snapshots" / "first", office / "snapshots" / "again")
    assert looked_at(timezone.now()) == []
