"""Save what a unit says of an item; give items to departments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from steelyard.assessment.actions.collection.steps import (
    columns_of,
    load,
    refuse_unless_open,
    the_question,
    who,
    write,
    written_in_time,
)
from steelyard.assessment.models import Answer, Submission
from steelyard.assessment.permissions import may_not
from steelyard.assessment.permissions.collection import may_not_fill
from steelyard.assessment.queries.assessments import issued
from steelyard.assessment.queries.collection import departments_of, questions_of, said_of, sight
from steelyard.assessment.queries.collection.filling import load_filling
from steelyard.assessment.queries.schemes.readings import leave_what_stands
from steelyard.assessment.rules.collection.answers import Typed, read
from steelyard.assessment.rules.collection.submissions import against
from steelyard.assessment.rules.states import SubmissionMove
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal, Refused, refuse_if_any
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action
from steelyard.trail.acting import acting
from steelyard.trail.versions import changed_since, refuse_if_changed

Given = Mapping[str, tuple[int | None, int | None]]
"""Item → (department to which it was given when the page was seen, department to which it is given);
None is the unit itself."""


def save_answer(
    *, submission: int, item: str, typed: Typed, seen: int | None = None, by: int, now: datetime
) -> Answer:
    """Keep what a person typed for an item. Saved again as it is, nothing is written.

    ``seen``: the version of the answer on their page, 0 if there was none.

    Raises:
        Refused: who asks may not; it is closed; or with all that is wrong with what was typed.
        ChangedMeanwhile: somebody saved something else for the item since it was seen.
    """
    today = timezone.localdate(now)
    with acting("save_answer", by=by):
        answer = _held_still(submission, item)
        found = load_filling(submission)
        held = load_held(by, today) or ()
        departments = sight(held, found.unit, found.office, today).departments
        given_to = answer.department_id if answer else None
        refuse_if_any(may_not_fill(held, found.unit, departments, given_to, today))
        question = the_question(questions_of(found.version, found.unit_code), item)
        refuse_if_any(against(found.standing, SubmissionMove.FILL))
        said = read(question, typed)
        if isinstance(said, tuple):
            raise Refused(said)
        if answer is not None and said.figures and said_of(answer) == said:
            of = answer.submission  # of an amended scheme, the same writing may be another figure
            leave_what_stands(of.assessment_id, [answer], read_by=of.scheme_id)
        if answer is not None and said_of(answer) != said:
            refuse_if_changed(answer, seen, **columns_of(said))
        return write(found, answer, item, said, by, now)


def _held_still(submission: int, item: str) -> Answer | None:
    """What is said of an item, locked: whoever saves it too waits, and is told of what was saved."""
    rows = Answer.objects.filter(submission=submission, item=item)
    return rows.select_for_update(of=("self",)).first()


def give_items(*, submission: int, given: Given, by: int, now: datetime) -> int:
    """Give items to departments inside the unit, or take them back. How many changed hands.

    Raises:
        Refused: who asks may not; it is closed; a department is not inside the unit.
        ChangedMeanwhile: somebody gave one of the items to another since the page was seen.
    """
    today = timezone.localdate(now)
    with acting("give_items", by=by):
        found = load(submission)
        held, _sight = who(by, found, today)
        refuse_if_any(may_not(held, Action.DIVIDE_ITEMS, found.unit_id, today))
        refuse_unless_open(found)
        inside = set(departments_of(found.unit_id, today).values_list("pk", flat=True))
        refuse_if_any(_against_giving(given, inside))
        asked = {one.item.code for one in questions_of(issued(found.assessment), found.unit.code)}
        rows = {one.item: one for one in found.answers.select_for_update(of=("self",))}
        _refuse_if_given_meanwhile(given, rows)
        return sum(
            _give(found, rows.get(item), item, to, by, now)
            for item, (_was, to) in given.items()
            if item in asked
        )


def _against_giving(given: Given, inside: set[int]) -> list[Refusal]:
    outside = [to for _was, to in given.values() if to is not None and to not in inside]
    said = Text("只能分给本单位内的部门", "items are given to departments inside the unit")
    return [Refusal("not_inside", said)] if outside else []


def _refuse_if_given_meanwhile(given: Given, rows: Mapping[str, Answer]) -> None:
    for item, (was, to) in given.items():
        row = rows.get(item)
        now_with = row.department_id if row else None
        if row is not None and now_with not in (was, to):
            found = changed_since(row, 0, {"department_id": to})
            found.before = {"department_id": was}
            raise found


def _give(
    found: Submission, row: Answer | None, item: str, to: int | None, by: int, now: datetime
) -> bool:
    if (row.department_id if row else None) == to:
        return False
    row = row or Answer(submission=found, item=item, saved_by_id=by, saved_at=now)
    row.department_id = to
    with written_in_time(found):
        row.save()
    return True
