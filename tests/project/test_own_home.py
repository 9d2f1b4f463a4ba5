"""Files of a test lie in a home of its own process: another process, with another database, sweeps its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings

from steelyard.files.actions import the_store


def test_no_file_is_kept_in_the_home_that_all_runs_share(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    home = settings.ENVIRONMENT.home
    assert home.is_relative_to(tmp_path_factory.getbasetemp())
    assert the_store().folder.is_relative_to(home)
    assert not home.is_relative_to(Path(os.environ["STEELYARD_HOME"]).resolve())
