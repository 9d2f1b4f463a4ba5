"""The public site as real processes beside the office: what goes in by a folder, and what comes out by packages."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from steelyard.kernel.bilingual import Text
from steelyard.people.rules.roles import Role
from steelyard.publication.package import Head
from steelyard.publication.prose import Paragraph, ProsePage, prose_files
from steelyard.publication.publishing import publish
from steelyard.website.messages import actions
from steelyard.website.messages.models import PublicMessage
from steelyard.website.prose.actions import publishing_key
from tests.config.test_serve_public import PublicSite, open_url
from tests.notices.test_outbox import database_url
from tests.people.builders import person, region
from tests.website.prose.conftest import shelf_of_ours
from tests.website.shelf import KEY, PUBLISHED_AT

__all__ = ["shelf_of_ours"]

FORM = {
    "name": "梁敏",
    "mail": "",
    "subject": "一处错误",
    "text": "表中第三行不对。",
    "once": "o" * 24,
}


@pytest.fixture
def outside() -> Iterator[PublicSite]:
    with tempfile.TemporaryDirectory(prefix="steelyard-outside-") as home:
        site = PublicSite(Path(home))
        yield site
        site.end()


def asked(address: str, form: dict[str, str] | None = None) -> str:
    sent = urlencode(form).encode() if form else None
    try:
        with open_url(address, sent, timeout=30) as answer:
            return answer.read().decode()
    except HTTPError as error:
        with error:
            return error.read().decode()


def carried_out(shelf: Path, outside: PublicSite) -> None:
    for package in shelf.glob("*.zip"):
        shutil.copy(package, outside.packages)


def command(*words: str, **told: str) -> subprocess.CompletedProcess[str]:
    """As someone types it, in English."""
    return subprocess.run(
        [sys.executable, "-m", "steelyard", *words, "--lang", "en"],
        env={**os.environ, **told}, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_message_is_carried_in_and_its_answer_is_carried_out(
    outside: PublicSite, shelf_of_ours: Path, tmp_path: Path, settings: Any
) -> None:
    editor = person("e", Role.EDITOR, region().guangdong)
    outbox = outside.packages.parent / "outbox"
    outbox.mkdir()
    outside.keys.write_text(f"{publishing_key().public}\n", encoding="utf-8")
    actions.publish_messages(now=timezone.now())
    carried_out(shelf_of_ours, outside)
    first_page = outside.start("--trusted", str(outside.keys), "--messages", str(outbox))
    address = f"{first_page}contact/"

    receipt = asked(address, FORM)
    number, code = re.findall(r"<code>(.*?)</code>", receipt)
    ticket = {"number": number, "code": code}
    assert FORM["text"] not in "".join(one.read_text() for one in outbox.glob("*.json")), "sealed"
    assert "No message is known" in asked(f"{address}state/", ticket)

    (tmp_path / "keys").mkdir()
    shutil.copy(settings.SEALING_KEY, tmp_path / "keys" / "messages.key")
    inside = {"DATABASE_URL": database_url()}
    first = command("messages", str(outbox), "--home", str(tmp_path), **inside)
    assert first.stderr == ""
    assert (first.returncode, first.stdout) == (
        0,
        "1 new, 0 known already, 0 files are no messages\n",
    )
    (outbox / "x.json").write_text("{}")
    again = command("messages", str(outbox), "--home", str(tmp_path), **inside)
    assert (again.returncode, again.stdout) == (
        1,
        "0 new, 1 known already, 1 files are no messages\n",
    )
    assert "x.json" in again.stderr
    row = PublicMessage.objects.get()
    assert (row.number, row.text) == (number, FORM["text"])

    now = timezone.now()
    actions.answer_message(message=row.pk, answer="已更正。", by=editor.pk, now=now)
    actions.publish_messages(now=now)
    carried_out(shelf_of_ours, outside)
    state = f"{address}state/"
    assert "answered" in asked(state, ticket)
    assert "No message is known" in asked(state, ticket | {"code": "AAAA-AAAA-AAAA-AAAA"})


@pytest.mark.parametrize(
    ("folder", "code"), [("missing", "no-such-folder"), ("", "office-not-running")]
)
def test_messages_are_taken_from_a_folder_by_a_running_office(
    folder: str, code: str, tmp_path: Path
) -> None:
    done = command("messages", str(tmp_path / folder), "--home", str(tmp_path), DATABASE_URL="")
    assert done.returncode == 2
    assert code in done.stderr


@pytest.fixture
def served(outside: PublicSite) -> str:
    """The address of a small site with a page that leads nowhere."""
    page = ProsePage(
        kind="plain", lang="zh-hans", path="about", title="关于我们", day=date(2026, 11, 1),
        changed_at=PUBLISHED_AT, blocks=(Paragraph('<p><a href="/zh-hans/nowhere/">此处</a></p>'),),
    )  # fmt: skip
    head = Head(
        kind="prose", series="website", title=Text("网站", "Site"), published_at=PUBLISHED_AT
    )
    publish(outside.packages, head, prose_files([page], {}), KEY)
    outside.keys.write_text(f"{KEY.public}\n", encoding="utf-8")
    return outside.start("--trusted", str(outside.keys))


def test_site_that_is_served_is_checked(served: str) -> None:
    done = command("site-check", "--url", served, "--today", "2027-11-26", "--json")
    assert done.returncode == 1, "a veto item fails: the site would not pass"
    found: dict[str, Any] = json.loads(done.stdout)
    states = {one["code"]: one["state"] for one in found["findings"]}
    wrong = {one["code"]: one["wrong"] for one in found["findings"]}
    assert found["verdict"] == "failed"
    assert found["pages"] > 10
    assert states["site_up"] == "passed"
    assert states["home_fresh"] == "failed", "nobody touched it for a year"
    assert states["sitemap"] == "passed"
    assert states["answered"] == "not_seen", "outside nobody knows when messages were answered"
    assert states["dead_links"] == "failed"
    assert {(one["where"]) for one in wrong["dead_links"]} == {"/zh-hans/about/"}
    assert "/zh-hans/nowhere/" in wrong["dead_links"][0]["what"]["en"]

    plain = command("site-check", "--url", served, "--today", "2027-11-26")
    assert plain.returncode == 1
    assert "/zh-hans/nowhere/" in plain.stdout
    assert "veto items fail" in plain.stdout
    assert done.stderr == "" or "walking" in done.stderr


def test_site_check_of_no_site_says_what_to_give() -> None:
    done = command("site-check")
    assert done.returncode == 2
    assert "--public PACKAGES" in done.stderr
