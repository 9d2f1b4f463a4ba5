"""What is gone from the disk and on record: the administrators hear of it, once of each loss."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from steelyard.config.lost import tell_of_lost
from steelyard.files.actions import delete_file, the_store
from steelyard.files.models import File
from steelyard.notices.models import Notice
from steelyard.people.models import Account, Placement
from steelyard.people.rules.roles import Role
from tests.files.builders import account, organisation, sent

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    return tmp_path


@pytest.fixture
def li() -> Account:
    """Who sends files, for a court below the province's office; each has an administrator."""
    court, office = organisation(), organisation("office", "省知识产权局")
    Placement.objects.create(organisation=court, parent=office, starts=date(2000, 1, 1))
    account("of the office", office, Role.ADMINISTRATOR)
    account("of the court", court, Role.ADMINISTRATOR)
    return account("li", court)


def lost(li: Account, content: bytes) -> File:
    file = sent(content, by=li, of=organisation())
    the_store().path_of(file.content.sha256).unlink()
    return file


def told() -> list[tuple[str, str]]:
    found = Notice.objects.filter(kind="content_lost").order_by("id")
    return [(one.account.username, one.words["files"]["zh"]) for one in found]


def test_nobody_is_told_while_all_is_there(li: Account) -> None:
    sent(by=li, of=organisation())
    assert (tell_of_lost(NOW), told()) == (0, [])


def test_the_administrator_above_all_is_told_once_of_each_loss(li: Account) -> None:
    first = lost(li, b"a,b\n1,2\n")
    assert (tell_of_lost(NOW), told()) == (1, [("of the office", "1")])
    assert tell_of_lost(NOW + timedelta(minutes=10)) == 1
    assert len(told()) == 1, "found again, it is the same"
    lost(li, b"a,b\n3,4\n")
    assert tell_of_lost(NOW + timedelta(minutes=20)) == 2
    assert told() == [("of the office", "1"), ("of the office", "2")]
    delete_file(by=li.pk, file=first.pk, now=NOW)
    assert tell_of_lost(NOW + timedelta(minutes=30)) == 1, "what no file holds is missed by nobody"
