"""Which visits exist for a person, what was found on them, and what says the sheet?

One table of who sees what: the office sees all; the unit, and those who look after it, what is
announced or done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from steelyard.assessment.models import Answer, Assessment, Finding, ReportCorrection, Visit
from steelyard.assessment.permissions import units_seen
from steelyard.assessment.permissions.visits import offices_whose_visits
from steelyard.assessment.queries.assessments import division_of, issued, scheme_of
from steelyard.assessment.rules.figures import said_figure
from steelyard.assessment.rules.report_corrections import Corrected
from steelyard.assessment.rules.states import SubmissionState, VisitState
from steelyard.files.models import Attachment
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.exact import plain
from steelyard.notices.models import Deadline
from steelyard.people.models import Organisation
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action
from steelyard.scheme.model import Input, Scheme
from steelyard.scheme.wording.say_item import item_in_words
from steelyard.scheme.wording.speech import rows_of

FINDINGS = Finding._meta.db_table
CORRECTIONS = ReportCorrection._meta.db_table
AREA, REPORT = "assessment", "report_visit"
"""Under which the office has its deadline to report on a visit."""


def visits_seen_by(held: Iterable[Held], on: date) -> QuerySet[Visit]:
    """The visits that exist for a person.

    An unannounced one exists for the unit once it is done. A planned one exists for it once it is
    announced, and stays if it is cancelled then.
    """
    held = tuple(held)
    of_offices = Q(assessment__office__in=offices_whose_visits(held, on))
    of_units = Q(unit__in=units_seen(held, on)) & (
        Q(state=VisitState.DONE) | Q(announced_at__isnull=False)
    )
    return Visit.objects.filter(of_offices | of_units).select_related("unit", "assessment")


def with_a_day() -> QuerySet[Deadline]:
    """The deadlines of visits that run: these wait already, each with its day."""
    return Deadline.objects.filter(area=AREA, task=REPORT, ended_on=None)


def items_of(assessment: Assessment) -> Mapping[str, Text]:
    """The leaves of the scheme in force: code → title, in its order."""
    scheme = _scheme(assessment)
    return {leaf.code: leaf.title for leaf in scheme.leaves} if scheme else {}


def _scheme(assessment: Assessment) -> Scheme | None:
    version = issued(assessment)
    return scheme_of(version) if version else None


@dataclass(frozen=True, slots=True)
class Photograph:
    """A file that hangs on a finding, as pages show it."""

    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, with its photographs, as a page shows it."""

    pk: int
    visit: int
    item: str
    is_defect: bool
    text: str
    place: str
    found_by: str
    found_at: datetime
    visited_on: date | None
    version: int
    photographs: Sequence[Photograph]
    is_corrected: bool = False
    is_added: bool = False
    told_at: datetime | None = None
    """Since when the report says it so, for who scores the item; None while it is not reported."""
    is_since: bool = False
    """It was reported, or corrected, after the score beside it was given."""


def since(findings: Iterable[Found], scored_at: datetime | None) -> list[Found]:
    """These beside a score that was given then: what it did not know of is marked."""
    if scored_at is None:
        return list(findings)
    return [
        replace(one, is_since=one.told_at is not None and one.told_at > scored_at)
        for one in findings
    ]


def findings_of(visit: Visit) -> list[Found]:
    return _with_photographs(_read(visit.findings.all()))


def photographs_of(finding: Finding) -> list[tuple[int, str]]:
    """The files that hang on a finding, with their names."""
    hung = Attachment.objects.filter(table_name=FINDINGS, row_id=finding.pk).order_by("pk")
    return list(hung.values_list("file", "file__name"))


def findings_about(
    assessment: Assessment | int, item: str, unit: Organisation | int
) -> list[Found]:
    """What was found about an item at a unit, for who scores it: of visits that are done."""
    return findings_about_many(assessment, item).get(getattr(unit, "pk", unit), [])


def findings_about_many(assessment: Assessment | int, item: str) -> dict[int, list[Found]]:
    """The same for all units at once: number of the unit → what was found. Two queries."""
    found = findings_of_items(assessment, [item])
    return {unit: told for (_item, unit), told in found.items()}


def findings_of_items(
    assessment: Assessment | int, items: Collection[str]
) -> dict[tuple[str, int], list[Found]]:
    """The same for several items: (item, number of the unit) → what was found. Two queries."""
    rows = _read(Finding.objects.filter(
        visit__assessment=assessment, item__in=items, visit__state=VisitState.DONE
    ))  # fmt: skip
    units = {one.pk: one.visit.unit_id for one in rows}
    found: dict[tuple[str, int], list[Found]] = {}
    for one in _with_photographs(rows):
        found.setdefault((one.item, units[one.pk]), []).append(one)
    return found


def _read(rows: QuerySet[Finding]) -> list[Finding]:
    corrected = ReportCorrection.objects.filter(finding=OuterRef("pk"))
    about = ReportCorrection.objects.filter(
        Q(finding=OuterRef("pk")) | Q(visit=OuterRef("visit"), what=Corrected.REPORT)
    )
    told = rows.select_related("found_by", "visit", "correction").annotate(
        is_corrected=Exists(corrected),
        corrected_at=Subquery(about.order_by("-at").values("at")[:1]),
    )
    return list(told.order_by("pk"))


def _with_photographs(findings: Sequence[Finding]) -> list[Found]:
    photographs = _hung(FINDINGS, [one.pk for one in findings])
    return [
        Found(
            one.pk, one.visit_id, one.item, one.is_defect, one.text, one.place, str(one.found_by),
            one.found_at, one.visit.visited_on, one.version, photographs.get(one.pk, []),
            is_corrected=one.is_corrected, is_added=one.correction_id is not None,
            told_at=_told_at(one),
        )
        for one in findings
    ]  # fmt: skip


def _told_at(one: Finding) -> datetime | None:
    added = one.correction.at if one.correction is not None else None
    moments = (one.visit.reported_at, added, one.corrected_at)
    return max((at for at in moments if at is not None), default=None)


def _hung(table: str, rows: Sequence[int]) -> dict[int, list[Photograph]]:
    hung = Attachment.objects.filter(table_name=table, row_id__in=rows).select_related("file")
    found: dict[int, list[Photograph]] = {}
    for one in hung.order_by("pk"):
        found.setdefault(one.row_id, []).append(Photograph(one.file_id, one.file.name))
    return found


@dataclass(frozen=True, slots=True)
class Correction:
    """What a report said before it was corrected, as a page shows it.

    ``before``: what is kept of it; ``visited_on``: its day, as a day. ``taken_off``: photographs that no
    longer hang on the finding. ``added``: the number of the finding that was added.
    """

    what: Corrected
    before: Mapping[str, Any]
    visited_on: date | None
    reason: str
    by: str
    at: datetime
    taken_off: Sequence[Photograph]
    finding: int | None
    added: int | None


def corrections_of(visit: Visit) -> list[Correction]:
    """The newest first."""
    rows = list(visit.corrections.select_related("by", "added").order_by("-pk"))
    hung = _hung(CORRECTIONS, [one.pk for one in rows])
    return [
        Correction(
            Corrected(one.what), one.before, _day_of(one.before), one.reason, str(one.by), one.at,
            hung.get(one.pk, []), one.finding_id, getattr(getattr(one, "added", None), "pk", None),
        )
        for one in rows
    ]  # fmt: skip


def _day_of(before: Mapping[str, Any]) -> date | None:
    said = before.get("visited_on")
    return date.fromisoformat(said) if said else None


def sees_taken_off(
    account: int, held: tuple[Held, ...], on: date, rows: frozenset[int]  # noqa: ARG001
) -> frozenset[int]:  # fmt: skip
    """Photographs that were taken off a report are the office's alone: one may have shown somebody else."""
    offices = offices_whose_visits(held, on)
    found = ReportCorrection.objects.filter(pk__in=rows, visit__assessment__office__in=offices)
    return frozenset(found.values_list("pk", flat=True))


def sees_photographs(
    account: int, held: tuple[Held, ...], on: date, rows: frozenset[int]  # noqa: ARG001
) -> frozenset[int]:  # fmt: skip
    """Those of some findings whose photographs a person may fetch: the office; once the visit is done
    the unit, and the body that scores the item."""
    seen = visits_seen_by(held, on)
    done = Q(visit__state=VisitState.DONE)
    at_office = Q(visit__assessment__office__in=offices_whose_visits(held, on))
    found = set(
        Finding.objects.filter(at_office | done, pk__in=rows, visit__in=seen).values_list(
            "pk", flat=True
        )
    )
    return frozenset(found | _scored_by(held, on, rows - found))


def _scored_by(held: tuple[Held, ...], on: date, rows: Iterable[int]) -> set[int]:
    bodies = reach(held, Action.SCORE_ITEMS, on)
    if not bodies:
        return set()
    codes = set(Organisation.objects.filter(pk__in=bodies).values_list("code", flat=True))
    waiting = Finding.objects.filter(pk__in=rows, visit__state=VisitState.DONE).exclude(item="")
    found = set()
    for one in waiting.select_related("visit__assessment"):
        version = issued(one.visit.assessment)
        duties = division_of(version).duties if version else ()
        if any(duty.item.code == one.item and duty.scoring_body in codes for duty in duties):
            found.add(one.pk)
    return found


# --- the sheet --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SheetRow:
    """An item to look at: its rule in words, and what the unit said of it, if it has signed."""

    code: str
    title: str
    points: str
    rule: str
    material: str
    self_score: str = ""
    statement: str = ""
    figures: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the team takes along. ``is_signed``: the unit's own account is, so that it is on it."""

    rows: Sequence[SheetRow]
    is_signed: bool


def load_sheet(visit: Visit, lang: Lang) -> Sheet:
    """The sheet of a visit, in a language."""
    version = issued(visit.assessment)
    if version is None:
        return Sheet((), False)
    scheme = scheme_of(version)
    written = {row["code"]: row for row in rows_of(scheme.document, "items")}
    answers = _answers(visit)
    rows = [
        _row(scheme, leaf.code, written[leaf.code], answers.get(leaf.code), lang)
        for leaf in scheme.leaves
        if leaf.code in visit.items
    ]
    return Sheet(rows, _has_signed(visit))


def _row(
    scheme: Scheme, code: str, written: Mapping, answer: Answer | None, lang: Lang
) -> SheetRow:
    item = next(leaf for leaf in scheme.leaves if leaf.code == code)
    rule = item_in_words(written, scheme.document, lang)
    points = "" if item.points is None else plain(item.points)
    told = SheetRow(code, item.title.say(lang), points, rule, item.material.say(lang))
    if answer is None:
        return told
    figures = [
        _figure(scheme.inputs.get(name), name, str(value), lang)
        for name, value in answer.figures.items()
    ]
    own = "" if answer.self_score is None else plain(Fraction(answer.self_score))
    return SheetRow(
        code, told.title, points, rule, told.material, own, answer.statement, figures
    )  # fmt: skip


def _figure(source: Input | None, code: str, value: str, lang: Lang) -> tuple[str, str]:
    """A figure and its title, as people read them; one that the scheme no longer has, as it is kept."""
    if source is None:
        return code, value
    measure = source.unit_of_measure.say(lang) if source.type != "share" else ""
    gap = " " if measure and lang == "en" else ""
    return source.title.say(lang) or code, f"{said_figure(value, source).say(lang)}{gap}{measure}"


def _signed(visit: Visit) -> Q:
    return Q(
        submission__assessment=visit.assessment_id, submission__unit=visit.unit_id,
        submission__state=SubmissionState.LOCKED,
    )  # fmt: skip


def _answers(visit: Visit) -> dict[str, Answer]:
    """What the unit said and signed; what it has not signed is its own."""
    found = Answer.objects.filter(_signed(visit), item__in=visit.items)
    return {one.item: one for one in found}


def _has_signed(visit: Visit) -> bool:
    return visit.assessment.submissions.filter(
        unit=visit.unit_id, state=SubmissionState.LOCKED
    ).exists()
