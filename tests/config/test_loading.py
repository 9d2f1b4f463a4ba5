"""A web server loads everything once, before it divides itself, and does not look through it again."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.core.management import call_command

ASKED = """
import gc, sys
import steelyard.config.{door}
print({view!r} in sys.modules, gc.isenabled(), gc.get_freeze_count() > 100_000)
"""


@pytest.mark.parametrize(
    ("door", "settings", "view"),
    [
        ("wsgi", "steelyard.config.settings", "steelyard.supply.views.lists"),
        ("outside.wsgi", "steelyard.config.outside.settings", "steelyard.website.views.results"),
    ],
)
def test_pages_are_loaded_with_the_door_and_stay(door: str, settings: str, view: str) -> None:
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": settings}
    code = ASKED.format(door=door, view=view)
    said = subprocess.run(
        [sys.executable, "-c", code], env=told, capture_output=True, text=True, check=True
    )
    assert said.stdout == "True True True\n"


def test_nothing_is_amiss_with_the_settings(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check", fail_level="WARNING")
    assert "no issues" in capsys.readouterr().out
