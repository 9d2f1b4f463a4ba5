"""What the actions of a submission have in common: its row, who asks, what the database refuses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Protocol

from django.db import IntegrityError, transaction

from steelyard.assessment.models import Answer, Submission
from steelyard.assessment.queries.collection import Sight, said_of, sight
from steelyard.assessment.queries.collection.filling import load_standing
from steelyard.assessment.rules.collection.answers import Question, Said
from steelyard.assessment.rules.collection.submissions import against, closed
from steelyard.assessment.rules.forgery import material_is_kept
from steelyard.assessment.rules.states import SubmissionMove
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal, Refused, refuse_if_any
from steelyard.people.queries import load_held
from steelyard.people.rules.reach import Held
from steelyard.trail.versions import changed_since


class Filled(Protocol):
    """A submission in which something is written; ``due``: its last day, None if none was set."""

    @property
    def pk(self) -> int: ...
    @property
    def due(self) -> date | None: ...


def load(submission: int) -> Submission:
    """Not locked: many save at once. What is written waits for the triggers' lock."""
    return Submission.objects.select_related("unit", "assessment", "deadline").get(pk=submission)


def held_still(submission: int) -> Submission:
    """Locked until the transaction ends: whoever saves an item waits."""
    return (
        Submission.objects.select_for_update(of=("self",))
        .select_related("unit", "assessment__office", "deadline")
        .get(pk=submission)
    )


def who(by: int, found: Submission, today: date) -> tuple[tuple[Held, ...], Sight]:
    held = load_held(by, today) or ()
    return held, sight(held, found.unit_id, found.assessment.office_id, today)


def refuse_unless_open(found: Submission) -> None:
    refuse_if_any(against(load_standing(found.pk), SubmissionMove.FILL))


@contextmanager
def written_in_time(found: Filled) -> Iterator[None]:
    """The triggers have the last word: what they refuse is said as the rules would have said it.

    Raises:
        Refused: between the question and the write it closed, was put up, or the collection ended.
    """
    try:
        yield
    except IntegrityError as error:
        if "the submission closed" in str(error):
            raise Refused([closed(found.due)]) from error
        if "under suspicion" in str(error):
            raise Refused([material_is_kept()]) from error
        if "not altered" in str(error) or "collects no more" in str(error):
            raise Refused([CHANGED]) from error
        raise


CHANGED = Refusal(
    "not_filling",
    Text(
        "自评材料刚刚被提请审签或者填报刚刚结束，这次没有保存",
        "the submission was put up, or the collection ended, at this very moment;"
        " this was not saved",
    ),
)


def the_question(questions: list[Question], item: str) -> Question:
    """
    Raises:
        Refused: the scheme asks this unit for no such item.
    """
    for one in questions:
        if one.item.code == item:
            return one
    said = Text(f"细则没有要求填报“{item}”", f"the scheme asks for no item {item!r} here")
    raise Refused([Refusal("no_such_item", said)])


def columns_of(said: Said) -> dict[str, object]:
    return {
        "self_score": said.self_score, "figures": dict(said.figures), "statement": said.statement,
        "claim": said.claim, "grounds": said.grounds,
    }  # fmt: skip


def write(
    found: Filled, answer: Answer | None, item: str, said: Said, by: int, now: datetime
) -> Answer:
    """Inside a transaction, with the answer under its lock."""
    if answer is None:
        return _first(found, item, said, by, now)
    if said_of(answer) == said:
        return answer
    for column, value in columns_of(said).items():
        setattr(answer, column, value)
    answer.saved_by_id, answer.saved_at = by, now
    with written_in_time(found):
        answer.save()
    answer.version += 1
    return answer


def _first(found: Filled, item: str, said: Said, by: int, now: datetime) -> Answer:
    """The first to say something of an item. Two who do so at once: the second is told."""
    try:
        with written_in_time(found), transaction.atomic():
            return Answer.objects.create(
                submission_id=found.pk, item=item, saved_by_id=by, saved_at=now, **columns_of(said)
            )
    except IntegrityError as error:
        theirs = Answer.objects.filter(submission=found.pk, item=item).first()
        if theirs is None:
            raise
        if said_of(theirs) == said:
            return theirs
        raise changed_since(theirs, 0, columns_of(said)) from error
