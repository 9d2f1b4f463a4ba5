"""All sheets of supplied figures: what is open, late, missing, corrected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from steelyard.assessment.forms.supplied import SheetFilterForm
from steelyard.assessment.models import Assessment, SchemeVersion, Sheet
from steelyard.assessment.queries.assessments import (
    issued,
    scheme_of,
)
from steelyard.assessment.queries.schemes.readings import as_last_asked_for
from steelyard.assessment.queries.supplied import (
    asked_on_sheets,
    awaited,
    narrowed,
    sheets_seen_by,
    with_days,
)
from steelyard.assessment.rules.states import SheetState, Stage
from steelyard.assessment.rules.supplied.limits import (
    STANDINGS,
    WHEN,
    Standing,
    standing,
)
from steelyard.assessment.rules.urging import against_the_stage_of_sheets
from steelyard.assessment.views.supplied.finding import find_sheets
from steelyard.look.language import say
from steelyard.notices.queries import load_calendar
from steelyard.notices.rules.reminders import working_days_between
from steelyard.people.lists import page_of
from steelyard.people.models import Organisation
from steelyard.people.rules.reach import may_towards, reach
from steelyard.people.rules.roles import Action
from steelyard.scheme.model import Input

BAD = frozenset({Standing.MISSING, Standing.LATE, Standing.OUTDATED})
WARN = frozenset({Standing.MENDING, Standing.CORRECTED})


@dataclass(frozen=True, slots=True)
class Listed:
    """A sheet in the list. ``late``: working days, of the signature or until today."""

    sheet: Sheet
    title: str
    standing: Standing
    late: int
    may_urge: bool
    is_asked: bool
    """Whether the scheme in force still wants it."""

    @property
    def said(self) -> str:
        return say(STANDINGS[self.standing])

    @property
    def kind(self) -> str:
        if self.standing in BAD:
            return "bad"
        return "warn" if self.standing in WARN else "good" if self.sheet.signed_at else ""


@require_safe
def sheets(request: HttpRequest, code: str) -> HttpResponse:
    return shown_sheets(request, code)


def shown_sheets(
    request: HttpRequest, code: str, refusals: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    found, seen = find_sheets(request, code)
    bodies = Organisation.objects.filter(pk__in=seen.values("body")).order_by("code")
    form = SheetFilterForm(
        request.GET, bodies=[(one.code, f"{one.code} {say(one.name)}") for one in bodies]
    )
    form.is_valid()
    shown = narrowed(with_days(seen), form.wanted("show"), request.today)
    if form.wanted("body"):
        shown = shown.filter(body__code=form.wanted("body"))
    page = page_of(shown.order_by("due", "input_code"), request)
    runs = may_towards(request.held, Action.RUN_ASSESSMENT, found.office_id, request.today)
    in_force = issued(found)
    context = {
        "assessment": found,
        "page": page,
        "lines": list(_listed(request, found, page, in_force, runs=runs)),
        "form": form,
        "is_filtered": any(form.wanted(name) for name in form.fields),
        "runs": runs,
        "counts": _counts(request, found),
        "may_sign_together": _waits_for_several(request, found, seen),
        "refusals": refusals,
        **(_urging(request, found, in_force) if runs else {}),
    }
    return render(request, "assessment/supplied/list.html", context, status=status)


def _urging(
    request: HttpRequest, found: Assessment, in_force: SchemeVersion | None
) -> dict[str, bool]:
    """May all sheets that are awaited be urged, or were they today?"""
    if against_the_stage_of_sheets(Stage(found.stage)):
        return {}
    waiting = awaited(Sheet.objects.filter(assessment=found), in_force)
    days = set(waiting.order_by().values_list("urged_on", flat=True))
    return {"may_urge_all": bool(days), "urged_today": days == {request.today}}


def _waits_for_several(request: HttpRequest, found: Assessment, seen: QuerySet[Sheet]) -> bool:
    """More than one sheet of one's own body is not signed."""
    own = reach(request.held, Action.SUPPLY_FIGURES, request.today)
    if not own or found.stage not in WHEN:
        return False
    return seen.filter(body__in=own).exclude(state=SheetState.SIGNED).count() > 1


def _listed(
    request: HttpRequest, found: Assessment, page, version: SchemeVersion | None, *, runs: bool
) -> Iterator[Listed]:
    inputs = scheme_of(version).inputs if version else {}
    calendar, asked = load_calendar(), asked_on_sheets(version)
    for one in page:
        state = SheetState(one.state)
        stands = standing(
            state, due=one.due, today=request.today, days_late=one.days_late or 0,
            versions=one.versions_signed or 0,
        )  # fmt: skip
        late = one.days_late or 0
        if stands is Standing.MISSING:
            late = working_days_between(one.due, request.today, calendar)
        is_awaited = state in (SheetState.OPEN, SheetState.OUTDATED) or (
            state is SheetState.SIGNED and (one.figures or 0) < (one.figures_asked or 0)
        )
        may_urge = runs and is_awaited and found.stage in WHEN
        may_urge = may_urge and one.urged_on != request.today
        is_asked = one.input_code in asked
        title = _title(found, inputs, one.input_code)
        yield Listed(one, title, stands, max(0, late), may_urge and is_asked, is_asked)


def _title(found: Assessment, inputs: Mapping[str, Input], code: str) -> str:
    known = inputs.get(code) or as_last_asked_for(found, code)
    return say(known.title) or code


def _counts(request: HttpRequest, found: Assessment) -> dict[str, int]:
    seen = with_days(sheets_seen_by(request.held, request.today).filter(assessment=found))
    told = list(seen.values_list("state", "due", "days_late", "versions_signed"))
    stands = [
        standing(SheetState(state), due=due, today=request.today, days_late=late or 0, versions=n or 0)
        for state, due, late, n in told
    ]  # fmt: skip
    return {
        "all": len(told),
        "open": stands.count(Standing.OPEN),
        "missing": stands.count(Standing.MISSING),
        "late": sum(bool(late) for _state, _due, late, _n in told),
        "mending": stands.count(Standing.MENDING),
        "outdated": stands.count(Standing.OUTDATED),
        "corrected": sum((n or 0) > 1 for _state, _due, _late, n in told),
    }
