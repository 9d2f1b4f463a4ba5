"""Each table of moves is held by a trigger of its own table: no raw write jumps either."""

from __future__ import annotations

from collections.abc import Mapping

import pgtrigger
import pytest
from django.db import models

from steelyard.assessment.models import (
    Assessment,
    Comment,
    Difference,
    DrawnFile,
    Lead,
    Objection,
    SchemeVersion,
    Score,
    Sheet,
    Submission,
    Suspicion,
    Visit,
    Weighing,
)
from steelyard.assessment.rules.states import ALL

HELD_BY: Mapping[str, type[models.Model]] = {
    "assessment": Assessment, "scheme": SchemeVersion, "comment": Comment, "sheet": Sheet,
    "submission": Submission, "difference": Difference, "objection": Objection, "score": Score,
    "drawn_file": DrawnFile, "visit": Visit, "lead": Lead, "suspicion": Suspicion,
    "weighing": Weighing,
}  # fmt: skip


def test_every_thing_with_states_has_its_table() -> None:
    assert set(HELD_BY) == set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_the_trigger_lets_through_the_steps_of_the_table_and_no_other(name: str) -> None:
    triggers = HELD_BY[name]._meta.triggers
    (held,) = [one for one in triggers if isinstance(one, pgtrigger.FSM)]
    pairs = {(start.value, leads_to.value) for (start, _move), leads_to in ALL[name].table.items()}
    assert {pair for pair in held.transitions if pair[0] != pair[1]} == {
        pair for pair in pairs if pair[0] != pair[1]
    }
