"""Every test of the public site has a small shelf, and its pages need no database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import override_settings

from tests.website.shelf import KEY, publish_assessment, publish_briefing, publish_registers


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small shelf, made once a process; not to be written to."""
    folder = tmp_path_factory.mktemp("shelf")
    publish_assessment(folder)
    publish_registers(folder)
    publish_briefing(folder)
    return folder


@pytest.fixture(autouse=True)
def site_shows_the_shelf(shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """And counts senders anew."""
    senders = tmp_path_factory.mktemp("counts") / "senders"
    with override_settings(
        PUBLICATIONS=shelf, PUBLICATION_KEYS=(KEY.public,), COUNTS_SENDERS=senders
    ):
        yield


@pytest.fixture
def own_shelf(tmp_path: Path) -> Iterator[Path]:
    """An empty shelf of one's own, which the site shows."""
    with override_settings(PUBLICATIONS=tmp_path, PUBLICATION_KEYS=(KEY.public,)):
        yield tmp_path


@pytest.fixture(autouse=True)
def office_connections_are_left_alone() -> Iterator[None]:
    """As Django's own test client does: a connection that another test left open is not asked."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
