"""Which submissions exist for a person, how much of each, and what do they say?

A unit's officers and its signatory see all of it; a department's officers see the items given to
their department; the office sees how far it is, and once it is signed, all of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import BooleanField, Prefetch, Q, QuerySet
from django.db.models.expressions import RawSQL

from steelyard.assessment.models import (
    Answer,
    Assessment,
    Material,
    MaterialUse,
    SchemeVersion,
    Submission,
)
from steelyard.assessment.queries.assessments import division_of, issued, scheme_of
from steelyard.assessment.queries.filling import Filling
from steelyard.assessment.rules.answer_sheets import Known, Whose
from steelyard.assessment.rules.answers import Question, Said, questions
from steelyard.assessment.rules.division import Way
from steelyard.assessment.rules.materials import title_of as title_of_kind
from steelyard.assessment.rules.states import SubmissionState
from steelyard.assessment.rules.submissions import LATE
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.exact import exact, plain
from steelyard.kernel.hashes import canonical, tagged
from steelyard.people.models import Organisation
from steelyard.people.queries import load_above, load_below
from steelyard.people.rules.reach import Held, may_towards, reach
from steelyard.people.rules.roles import BELOW, Action, may
from steelyard.scheme.wording.say_item import item_in_words

IS_CLOSED = RawSQL(
    """(SELECT clock_timestamp() >= (due + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
        FROM notices_deadline WHERE id = assessment_submission.deadline_id)""",
    (), output_field=BooleanField(),
)  # fmt: skip
"""By the clock of the database, as the trigger says it."""


# --- who sees what ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sight:
    """How much of a submission exists for a person.

    ``of_unit``: all of it, as one of the unit; ``departments``: theirs, with the items given to them;
    ``of_office``: its progress, and all of it once it is signed.
    """

    of_unit: bool = False
    departments: frozenset[int] = frozenset()
    of_office: bool = False

    def sees_all(self, submission: Submission | Filling) -> bool:
        return self.of_unit or (self.of_office and submission.state == SubmissionState.LOCKED)

    def sees_item(self, submission: Submission | Filling, department: int | None) -> bool:
        return self.sees_all(submission) or department in self.departments


def sight(held: Sequence[Held], unit: int, office: int, on: date) -> Sight:
    own = _own(held, on)
    departments = reach(held, Action.FILL_ITEMS, on) - {unit}
    below = load_below(unit, on) if departments else frozenset()
    return Sight(unit in own, departments & below, office in looked_after(held, on))


def _own(held: Sequence[Held], on: date) -> frozenset[int]:
    """The units whose submissions exist as a whole for a person."""
    asked = (Action.FILL_ITEMS, Action.DIVIDE_ITEMS, Action.SIGN_SUBMISSION)
    return frozenset().union(*(reach(held, action, on) for action in asked))


def _given(held: Sequence[Held], on: date) -> QuerySet[Answer] | None:
    """The answers that were given to a person's departments by the units in which these stand today."""
    departments = reach(held, Action.FILL_ITEMS, on)
    if not departments:
        return None
    above = load_above(departments, on) - departments
    return Answer.objects.filter(department__in=departments, submission__unit__in=above)


def looked_after(held: Sequence[Held], on: date) -> frozenset[int]:
    """The organisations whose assessments a person looks after: not whoever merely works there."""
    found: set[int] = set()
    for one in held:
        if one.is_held_on(on) and one.role in BELOW and may(one.role, Action.SEE_ASSESSMENT):
            found |= {one.organisation, *one.below}
    return frozenset(found)


def submissions_seen_by(held: Sequence[Held], on: date) -> QuerySet[Submission]:
    """Those that exist for a person, each with whether its deadline has passed by the database."""
    theirs = Q(unit__in=_own(held, on)) | Q(assessment__office__in=looked_after(held, on))
    given = _given(held, on)
    if given is not None:
        theirs |= Q(pk__in=given.values("submission"))
    return (
        Submission.objects.filter(theirs)
        .select_related("unit", "deadline", "assessment__office")
        .annotate(is_closed=IS_CLOSED)
    )


def objectors(held: Sequence[Held], on: date) -> frozenset[int]:
    """The units on whose behalf a person contests records."""
    return reach(held, Action.FILL_ITEMS, on)


# --- what is asked ------------------------------------------------------------------------------


def version_of_submission(submission: Submission) -> SchemeVersion:
    """The version of the scheme by which a submission is read: once signed, that of its signature."""
    if submission.scheme_id:
        return SchemeVersion.objects.defer("document").get(pk=submission.scheme_id)
    return issued(submission.assessment)


def questions_of(version: SchemeVersion, unit_code: str) -> list[Question]:
    return list(_questions(version.content_hash, version.pk, unit_code))


@lru_cache(maxsize=256)
def _questions(content_hash: str, number: int, unit_code: str) -> tuple[Question, ...]:
    version = SchemeVersion(pk=number, content_hash=content_hash)
    scheme, divided = scheme_of(version), division_of(version)
    asked = {
        duty.item.code: tuple(
            code for code in duty.inputs if divided.way[code] in (Way.SHEET, Way.RECORDS)
        )
        for duty in divided.duties
    }
    unit = scheme.unit.get(unit_code)
    return tuple(questions(scheme, unit.group if unit else "", asked))


def in_words(version: SchemeVersion, item: str, lang: Lang) -> str:
    """The rule of an item, as one reads it."""
    return _words(version.content_hash, version.pk, lang).get(item, "")


@lru_cache(maxsize=32)
def _words(content_hash: str, number: int, lang: Lang) -> Mapping[str, str]:
    scheme = scheme_of(SchemeVersion(pk=number, content_hash=content_hash))
    items: Any = scheme.document.get("items", ())
    return {one["code"]: item_in_words(one, scheme.document, lang) for one in items}


# --- what is said -------------------------------------------------------------------------------


def said_of(answer: Answer | None) -> Said:
    if answer is None:
        return Said()
    return Said(
        self_score=None if answer.self_score is None else answer.self_score.normalize(),
        figures=answer.figures, statement=answer.statement, claim=answer.claim,
        grounds=answer.grounds,
    )  # fmt: skip


def load_answers(submission: Submission) -> dict[str, Answer]:
    """Item → what is said of it, with who said it last and the material behind it."""
    uses = MaterialUse.objects.select_related("material__file__content").order_by("pk")
    found = submission.answers.select_related("department", "saved_by").prefetch_related(
        Prefetch("uses", uses, "used")
    )
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


def late_items(assessment: Assessment) -> dict[str, dict[str, str]]:
    """Item → unit → ``late``: the statuses with which the scheme's rule is asked when it is weighed."""
    found: dict[str, dict[str, str]] = {}
    late = assessment.submissions.filter(filed_late_at__isnull=False).select_related("unit")
    for submission in late:
        for item, answer in load_answers(submission).items():
            if is_late(answer, submission.filed_late_at):
                found.setdefault(item, {})[submission.unit.code] = LATE
    return found


def content_of(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """All that is signed, as plain data: what each item says, and the material by its hash."""
    return {item: _content(answer) for item, answer in sorted(answers.items()) if _speaks(answer)}


def _speaks(answer: Answer) -> bool:
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


def hash_of(answers: Mapping[str, Answer]) -> str:
    return tagged(canonical(content_of(answers)))


def known_to(
    held: tuple[Held, ...], sight: Sight, found: Submission, rows: dict[str, Answer],
    items: list[str], on: date,
) -> dict[str, Known]:  # fmt: skip
    """What there is of each item, and whether this person fills it in."""
    is_units = may_towards(held, Action.FILL_ITEMS, found.unit_id, on)
    return {
        item: Known(
            said_of(rows.get(item)),
            rows[item].version if item in rows else 0,
            is_units or (item in rows and rows[item].department_id in sight.departments),
        )
        for item in items
    }


def whose(found: Submission) -> Whose:
    """What a sheet of its answers carries, and must bring back."""
    return Whose(found.assessment.code, found.unit.code)


# --- departments and material -------------------------------------------------------------------


def departments_of(unit: int, on: date) -> QuerySet[Organisation]:
    """The organisations inside a unit, to whom its items may be given."""
    return Organisation.objects.filter(pk__in=load_below(unit, on) - {unit}).order_by("code")


def materials_within(found: Submission, sight: Sight) -> QuerySet[Material]:
    """What may be looked through and used again: all that the unit ever filed; for a department what
    stands behind items that were given to it, of any year; for the office what stands behind the
    signed ones."""
    of_unit = Material.objects.filter(unit=found.unit_id).select_related(
        "file__content", "filed_by"
    )
    if sight.of_unit:
        return of_unit
    behind = Q(answer__department__in=sight.departments)
    if sight.sees_all(found):
        behind |= Q(answer__submission=found)
    return of_unit.filter(pk__in=MaterialUse.objects.filter(behind).values("material"))


def searched(found: QuerySet[Material], words: str) -> QuerySet[Material]:
    """With each of these words in its title, its document number or the name of its file."""
    for word in words.split()[:5]:
        found = found.filter(
            Q(title__icontains=word)
            | Q(document_number__icontains=word)
            | Q(file__name__icontains=word)
        )
    return found


def with_kinds(uses: Iterable[MaterialUse], asked: Text) -> list[MaterialUse]:
    """Uses for one item, each with its kind as it is shown."""
    found = list(uses)
    for one in found:
        one.kind_title = title_of_kind(asked, one.kind)
    return found


def materials_seen_by(held: Sequence[Held], on: date, rows: Collection[int]) -> frozenset[int]:
    """Which of these pieces of material a person may fetch.

    The unit; a department those behind the items given to it; once a submission that uses it is signed,
    the office that assesses, and whoever scores or reviews for the body that scores an item for which
    it is used.
    """
    theirs = Q(unit__in=_own(held, on))
    given = _given(held, on)
    if given is not None:
        theirs |= Q(pk__in=MaterialUse.objects.filter(answer__in=given).values("material"))
    mine = Material.objects.filter(theirs, pk__in=list(rows)).values_list("pk", flat=True)
    found = set(mine)
    rest = set(rows) - found
    if not rest:
        return frozenset(found)
    scorers = reach(held, Action.SCORE_ITEMS, on) | reach(held, Action.REVIEW_FILES, on)
    codes = set(Organisation.objects.filter(pk__in=scorers).values_list("code", flat=True))
    offices = looked_after(held, on)
    uses = MaterialUse.objects.filter(
        material__in=rest, answer__submission__state=SubmissionState.LOCKED
    ).select_related("answer__submission__assessment", "answer__submission__scheme")
    for one in uses:
        submission = one.answer.submission
        if submission.assessment.office_id in offices or _scores(submission, one, codes):
            found.add(one.material_id)
    return frozenset(found)


def sees_materials(
    _: int, held: tuple[Held, ...], on: date, rows: frozenset[int]
) -> frozenset[int]:
    """The same, asked by the area of files."""
    return materials_seen_by(held, on, rows)


def _scores(submission: Submission, use: MaterialUse, codes: set[str]) -> bool:
    duties = division_of(submission.scheme).duties
    return any(duty.item.code == use.answer.item and duty.scoring_body in codes for duty in duties)
