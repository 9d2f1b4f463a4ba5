"""Sheets of supplied figures: which exist for a person, what was signed, what counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from steelyard.assessment.models import Assessment, Figure, SchemeVersion, Sheet, SheetVersion
from steelyard.assessment.queries.assessments import (
    division_of,
    issued,
    scheme_of,
    units_of,
)
from steelyard.assessment.queries.schemes.readings import as_last_asked_for, load_readings
from steelyard.assessment.rules.differences.comparing import is_same
from steelyard.assessment.rules.schemes.division import Way
from steelyard.assessment.rules.states import SheetState, Stage
from steelyard.assessment.rules.supplied.cells import Typed, checked, of_draft, plan
from steelyard.assessment.rules.supplied.limits import SheetFacts, Standing
from steelyard.kernel.faults import Fault, Faulty
from steelyard.notices.models import Deadline
from steelyard.people.models import Organisation
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action
from steelyard.people.sheets import Brought
from steelyard.scheme.model import Input

AREA, TASK = "assessment", "supply"
"""Under which a sheet has its deadlines."""

DAYS_TO_SUPPLY = 15
"""Working days for a sheet if no other of the assessment has a deadline to go by."""


def sheets_seen_by(held: Iterable[Held], on: date) -> QuerySet[Sheet]:
    """Those of one's own body, and for the office those of all below it."""
    bodies = reach(held, Action.SEE_ASSESSMENT, on)
    return Sheet.objects.filter(body__in=bodies).select_related("body", "assessment")


def with_days(sheets: QuerySet[Sheet]) -> QuerySet[Sheet]:
    """Each with the day it is due, its last version, how late the first one was, figures signed of those asked."""
    clock = Deadline.objects.filter(area=AREA, task=TASK, object_id=OuterRef("pk")).order_by("-id")
    last = SheetVersion.objects.filter(sheet=OuterRef("pk")).order_by("-number")
    first = SheetVersion.objects.filter(sheet=OuterRef("pk"), number=1)
    filled = (
        Figure.objects.filter(sheet_version=OuterRef("last_version"))
        .order_by()
        .values("sheet_version")
        .annotate(filled=Count("pk", filter=~Q(value="")), asked=Count("pk"))
    )
    return sheets.annotate(
        due=Subquery(clock.values("due")[:1]),
        clock=Subquery(clock.values("pk")[:1]),
        versions_signed=Subquery(last.values("number")[:1]),
        last_version=Subquery(last.values("pk")[:1]),
        signed_at=Subquery(last.values("signed_at")[:1]),
        days_late=Subquery(first.values("days_late")[:1]),
        figures=Subquery(filled.values("filled")),
        figures_asked=Subquery(filled.values("asked")),
    )


def awaited(sheets: QuerySet[Sheet], in_force: SchemeVersion | None) -> QuerySet[Sheet]:
    """Those that the scheme in force wants and that are not signed, are to be corrected, or were signed with
    figures missing, with their days."""
    unsigned = Q(state__in=(SheetState.OPEN, SheetState.OUTDATED))
    lacking = Q(state=SheetState.SIGNED, figures__lt=F("figures_asked"))
    wanted = Q(input_code__in=asked_on_sheets(in_force))
    return with_days(sheets).filter(wanted, unsigned | lacking)


def not_urged_on(sheets: QuerySet[Sheet], day: date) -> QuerySet[Sheet]:
    return sheets.filter(Q(urged_on=None) | Q(urged_on__lt=day))


def days_to_supply(assessment: Assessment) -> int:
    """The working days that were given for the sheets of an assessment when its collection opened."""
    clocks = Deadline.objects.filter(
        area=AREA, task=TASK, object_id__in=assessment.sheets.values("pk")
    )
    return clocks.order_by("id").values_list("working_days", flat=True).first() or DAYS_TO_SUPPLY


def narrowed(sheets: QuerySet[Sheet], show: str, today: date) -> QuerySet[Sheet]:
    """Those that stand so today."""
    open_ones, signed = Q(state=SheetState.OPEN), Q(state=SheetState.SIGNED)
    wanted = {
        Standing.OPEN: open_ones & (Q(due__gte=today) | Q(due__isnull=True)),
        Standing.MISSING: open_ones & Q(due__lt=today),
        Standing.SIGNED: signed,
        Standing.LATE: Q(days_late__gt=0),
        Standing.MENDING: Q(state=SheetState.MENDING),
        Standing.OUTDATED: Q(state=SheetState.OUTDATED),
        Standing.CORRECTED: Q(versions_signed__gt=1),
    }.get(show)
    return sheets if wanted is None else sheets.filter(wanted)


def input_of(sheet: Sheet) -> Input:
    """By the scheme in force; of a figure that an amendment has taken away, as it was asked for last."""
    in_force = issued(sheet.assessment)
    found = scheme_of(in_force).inputs.get(sheet.input_code)
    return found or as_last_asked_for(sheet.assessment, sheet.input_code)


def asked_on_sheets(in_force: SchemeVersion | None) -> frozenset[str]:
    """The figures that the scheme in force wants on sheets: an amendment may have taken one away."""
    return frozenset(division_of(in_force).inputs(Way.SHEET)) if in_force else frozenset()


def units_of_sheet(sheet: Sheet) -> dict[str, Organisation]:
    """Unit → its organisation, in the order of the scheme."""
    version = issued(sheet.assessment)
    found = units_of(version)
    return {
        unit.code: found[unit.code] for unit in scheme_of(version).assessed if unit.code in found
    }


def last_signed(sheet: Sheet) -> SheetVersion | None:
    return sheet.versions.order_by("-number").first()


def typed_in(version: SheetVersion | None) -> dict[str, Typed]:
    """Unit → figure and note of a signed version."""
    if version is None:
        return {}
    return {one.unit: Typed(one.value, one.note, one.status) for one in version.figures.all()}


def as_signed(sheet: Sheet, versions: Iterable[SheetVersion]) -> dict[int, Input]:
    """Number of a version → the figure as it was when that was signed."""
    readings, now = load_readings(sheet.assessment), input_of(sheet)
    return {
        one.number: readings.as_given(sheet.input_code, one.signed_at) or now for one in versions
    }


def planned(sheet: Sheet, brought: Brought) -> tuple[dict[str, Typed], list[Fault]]:
    """What a file says of a sheet, or its faults. Writes nothing."""
    try:
        units = {code: unit.name for code, unit in units_of_sheet(sheet).items()}
        return plan(brought.read(), units, input_of(sheet), sheet.assessment.code)
    except Faulty as faulty:
        return {}, list(faulty.faults)


def facts(sheet: Sheet) -> SheetFacts:
    """A sheet as its limits see it."""
    wanted = input_of(sheet)
    typed = of_draft(sheet.draft)
    figures = checked(typed, wanted)[0]
    signed = typed_in(last_signed(sheet))
    keys = figures.keys() | signed.keys()
    is_changed = any(
        not is_same(figures.get(key, ""), signed.get(key, Typed()).value)
        or _beside(typed.get(key)) != _beside(signed.get(key))
        for key in keys
    )
    return SheetFacts(
        state=SheetState(sheet.state), stage=Stage(sheet.assessment.stage),
        filled=sum(bool(figures[unit] or one.status) for unit, one in typed.items()),
        missing=sum(not one.value for one in signed.values()), is_changed=is_changed,
        urged_on=sheet.urged_on,
    )  # fmt: skip


def _beside(one: Typed | None) -> tuple[str, str]:
    return (one.note, one.status) if one else ("", "")
