"""The tests' clients have their static files from one look through the folders."""

from __future__ import annotations

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
