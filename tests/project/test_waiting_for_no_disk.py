"""Tests do not wait for the disk: static files are looked for once, and no file is waited for."""

from __future__ import annotations

import os

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

SCRIPT = "/static/passkeys.js"


def test_a_second_client_looks_through_no_folder_and_serves_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = b"".join(Client().get(SCRIPT))
    monkeypatch.setattr(finders, "get_finders", _nobody)
    assert b"".join(Client().get(SCRIPT)) == first
    assert first


def _nobody() -> None:
    raise AssertionError("looked through the folders of static files again")


def test_no_file_is_waited_for() -> None:
    os.fsync(-1)  # there is no such file
