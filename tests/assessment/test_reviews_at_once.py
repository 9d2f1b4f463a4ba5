"""Two reviewers who finish at once, each on a connection of its own: the second sees the first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from steelyard.assessment.models import Score
from steelyard.assessment.rules.states import FileMove, FileState, Stage
from tests.assessment.files import both, drawn, files_of, frozen, mark, note, received
from tests.assessment.test_collection_at_once import at_once
from tests.assessment.year import Year

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def year(settings: Any, tmp_path: Path) -> Year:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    found = Year()
    found.at(Stage.SCORING)
    return found


def test_two_who_finish_a_file_at_once_settle_it(year: Year) -> None:
    draw = drawn(year)
    received(year, draw)
    file, other = files_of(draw, "440100")
    both(year, other, {})
    one, two = file.reviews.order_by("pk")
    assert at_once(
        lambda: mark(year, one, {"service": 1}), lambda: mark(year, two, {"service": 1})
    ) == ["", ""]
    file.refresh_from_db()
    assert file.state == FileState.REVIEWED
    assert Score.objects.get(item="A2", unit=year.guangzhou).judged == {"file_points": "97.5"}


def test_the_last_two_files_of_a_unit_that_end_at_once_still_give_its_figure(year: Year) -> None:
    draw = drawn(year)
    first, second = files_of(draw, "440100")
    assert at_once(
        lambda: note(year, first, FileMove.MISS), lambda: note(year, second, FileMove.MISS)
    ) == ["", ""]
    assert Score.objects.get(item="A2", unit=year.guangzhou).judged == {"file_points": "0"}


def test_two_draws_at_once_are_one(year: Year) -> None:
    snapshot = frozen(year)
    told = at_once(
        lambda: drawn(year, snapshot, seed="seed one"),
        lambda: drawn(year, snapshot, seed="seed two"),
    )
    assert sorted(told) == ["", "drawn_already"]
