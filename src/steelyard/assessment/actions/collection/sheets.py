"""Take in a sheet of answers: all of it or nothing."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from steelyard.assessment.actions.collection.steps import (
    load,
    refuse_unless_open,
    who,
    write,
)
from steelyard.assessment.permissions.collection import may_not_file
from steelyard.assessment.queries.assessments import issued
from steelyard.assessment.queries.collection import known_to, questions_of, whose
from steelyard.assessment.rules.collection.answer_sheets import plan
from steelyard.kernel.faults import Faulty
from steelyard.kernel.refusals import refuse_if_any
from steelyard.people.sheets import Brought
from steelyard.trail.acting import acting


def bring_answers(*, submission: int, brought: Brought, by: int, now: datetime) -> int:
    """Save every item that a sheet changes. How many.

    Raises:
        Faulty: with every fault at its cell; nothing was taken.
        Refused: who asks may not, or it is closed.
    """
    today = timezone.localdate(now)
    with acting("bring_answers", by=by):
        found = load(submission)
        held, sight = who(by, found, today)
        refuse_if_any(may_not_file(held, found.unit_id, sight.departments, today))
        refuse_unless_open(found)
        sheet = brought.read()
        rows = {one.item: one for one in found.answers.select_for_update(of=("self",))}
        asked = questions_of(issued(found.assessment), found.unit.code)
        known = known_to(held, sight, found, rows, [one.item.code for one in asked], today)
        changes, faults = plan(sheet, asked, known, whose(found))
        if faults:
            raise Faulty(faults)
        for change in changes:
            write(found, rows.get(change.item), change.item, change.said, by, now)
        return len(changes)
