"""Several drafts of a body side by side, to be seen and signed at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from steelyard.assessment.actions import supplied as actions
from steelyard.assessment.models import Assessment, Sheet
from steelyard.assessment.queries.supplied import facts, input_of, units_of_sheet
from steelyard.assessment.rules.figures import said_figure
from steelyard.assessment.rules.figures.asked import said_asked
from steelyard.assessment.rules.figures.lacks import said_lack
from steelyard.assessment.rules.states import SHEET, SheetMove, SheetState
from steelyard.assessment.rules.supplied.cells import Typed, checked, of_draft, unexplained
from steelyard.assessment.rules.supplied.limits import WHEN, Asked, against
from steelyard.assessment.views.supplied.finding import find_sheets
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refused
from steelyard.look.language import say
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import refused_for_a_right, who_and_when
from steelyard.trail.side_by_side import version_of

MOST = 200
"""Drafts on one page."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A sheet that waits for its signature. ``lines``: each unit with its figure, or how it is lacking, and
    the note; ``stands``: why it cannot be signed as it is."""

    sheet: Sheet
    title: str
    asked: Text
    lines: tuple[tuple[str, str, str, str], ...]
    stands: tuple[str, ...]
    is_chosen: bool = True


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, code: str) -> HttpResponse:
    found, seen = find_sheets(request, code)
    own = reach(request.held, Action.SUPPLY_FIGURES, request.today)
    waiting = seen.filter(body__in=own).exclude(state__in=_NOT_SIGNED_FROM).order_by("input_code")
    if not own:
        raise Http404
    if request.method != "POST":
        return _shown(request, found, waiting[:MOST])
    chosen = {
        one.pk: version_of(request.POST, f"seen-{one.pk}")
        for one in seen.filter(body__in=own)
        if f"sign-{one.pk}" in request.POST
    }
    try:
        signed = actions.sign_together(sheets=chosen, **who_and_when(request))
    except Refused as refused:
        refused_for_a_right(refused)
        said = tuple(say(one.text) for one in refused.refusals)
        return _shown(request, found, waiting[:MOST], said, frozenset(chosen), status=409)
    said = ngettext(
        "%(n)s sheet is signed. It counts from now on.",
        "%(n)s sheets are signed. They count from now on.",
        len(signed),
    )
    messages.success(request, said % {"n": len(signed)})
    return redirect("assessment:sheets", found.code)


_NOT_SIGNED_FROM = tuple(
    one.value for one in SheetState if SHEET.after(one, SheetMove.SIGN) is None
)


def _shown(
    request: HttpRequest, found: Assessment, waiting: Iterator[Sheet], refusals: tuple[str, ...] = (),
    chosen: frozenset[int] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    drafts = [_draft(request, one, chosen) for one in waiting] if found.stage in WHEN else []
    context = {
        "assessment": found,
        "ready": [one for one in drafts if not one.stands],
        "not_ready": [one for one in drafts if one.stands],
        "refusals": refusals,
    }
    return render(request, "assessment/supplied/together.html", context, status=status)


def _draft(request: HttpRequest, one: Sheet, chosen: frozenset[int] | None) -> Draft:
    wanted, units, typed = input_of(one), units_of_sheet(one), of_draft(one.draft)
    figures, wrong = checked(typed, wanted)
    blanks = unexplained(typed, {code: unit.name for code, unit in units.items()})
    asked = Asked(move=SheetMove.SIGN, on=request.today)
    stands = [say(refusal.text) for refusal in against(facts(one), asked)]
    if not stands:
        stands = [say(fault.what) for faults in ({**blanks, **wrong}).values() for fault in faults]
    lines = tuple(
        (
            say(unit.name), say(said_figure(figures.get(code, ""), wanted)),
            say(said_lack(typed.get(code, Typed()).status)), typed.get(code, Typed()).note,
        )
        for code, unit in units.items()
    )  # fmt: skip
    is_chosen = chosen is None or one.pk in chosen
    return Draft(
        one, say(wanted.title) or wanted.code, said_asked(wanted), lines, tuple(stands), is_chosen
    )
