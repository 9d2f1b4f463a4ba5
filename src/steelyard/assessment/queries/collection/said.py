"""What does a submission say, and what is signed of it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Prefetch

from steelyard.assessment.models import (
    Answer,
    MaterialUse,
    SchemeVersion,
    Submission,
)
from steelyard.assessment.queries.collection.asked import questions_of
from steelyard.assessment.queries.schemes.readings import leave_what_stands
from steelyard.assessment.rules.collection.answers import (
    Question,
    Said,
    scores_above,
    unanswered,
)
from steelyard.assessment.rules.collection.submissions import LeftOpen
from steelyard.kernel.exact import exact, plain
from steelyard.kernel.hashes import canonical, tagged


def said_of(answer: Answer | None) -> Said:
    if answer is None:
        return Said()
    return Said(
        self_score=None if answer.self_score is None else answer.self_score.normalize(),
        figures=answer.figures, statement=answer.statement, claim=answer.claim,
        grounds=answer.grounds,
    )  # fmt: skip


def load_answers(submission: Submission) -> dict[str, Answer]:
    """Item → what is said of it, with who said it last and the material behind it; without the figures that an
    amendment has made other ones."""
    uses = MaterialUse.objects.select_related("material__file__content").order_by("pk")
    found = submission.answers.select_related("department", "saved_by").prefetch_related(
        Prefetch("uses", uses, "used")
    )
    leave_what_stands(submission.assessment_id, found, read_by=submission.scheme_id)
    return {one.item: one for one in found}


def load_given(submission: int) -> dict[str, int]:
    """Item → the department to which the unit gave it."""
    given = Answer.objects.filter(submission=submission, department__isnull=False)
    return dict(given.values_list("item", "department_id"))


def is_late(answer: Answer, filed_late_at: datetime | None) -> bool:
    """Whether an answer, or a piece of its material, came after its unit declared to file late."""
    if filed_late_at is None:
        return False
    moments = [one.used_at for one in answer.used]
    if said_of(answer) != Said():
        moments.append(answer.saved_at)
    return any(at >= filed_late_at for at in moments)


def content_of(answers: Mapping[str, Answer], why_unanswered: str = "") -> dict[str, Any]:
    """All that is signed, as plain data: what each item says, and the material by its hash; under "" why
    others are left open."""
    said = {item: _content(answer) for item, answer in sorted(answers.items()) if speaks(answer)}
    return {"": {"why_unanswered": why_unanswered}, **said} if why_unanswered else said


def speaks(answer: Answer) -> bool:
    return bool(answer.used) or said_of(answer) != Said()


def _content(answer: Answer) -> dict[str, Any]:
    said = said_of(answer)
    return {
        "self_score": written_score(said.self_score),
        "figures": dict(said.figures),
        "statement": said.statement,
        "claim": said.claim,
        "grounds": said.grounds,
        "material": [
            {"content": one.material.file.content.sha256, "title": one.material.title,
             "document_number": one.material.document_number, "kind": one.kind, "pages": one.pages}
            for one in answer.used
        ],
    }  # fmt: skip


def written_score(score: Decimal | None) -> str:
    """As a person types it: no needless zeros; "" if there is none.

    >>> written_score(Decimal("7.5000")), written_score(Decimal("10")), written_score(None)
    ('7.5', '10', '')
    """
    return "" if score is None else plain(exact(score))


def hash_of(answers: Mapping[str, Answer], why_unanswered: str = "") -> str:
    return tagged(canonical(content_of(answers, why_unanswered)))


def hash_of_submission(found: Submission) -> str:
    """Of all that it says now, which is what a signature is under."""
    return hash_of(load_answers(found), found.why_unanswered)


def load_left_open(found: Submission, version: SchemeVersion) -> LeftOpen:
    """What a submission does not answer, by a version of the scheme."""
    return left_open(questions_of(version, found.unit.code), load_answers(found))


def load_scores_above(
    found: Submission, version: SchemeVersion
) -> tuple[tuple[Question, Fraction], ...]:
    """The items of which it says more points than they have, by a version of the scheme."""
    answers = Answer.objects.filter(submission=found, self_score__isnull=False)
    said = {one.item: Said(self_score=one.self_score) for one in answers}
    return tuple(scores_above(questions_of(version, found.unit.code), said))


def left_open(asked: Iterable[Question], answers: Mapping[str, Answer]) -> LeftOpen:
    said = {item: said_of(one) for item, one in answers.items()}
    return LeftOpen(unanswered(asked, said), is_empty=not any(map(speaks, answers.values())))
