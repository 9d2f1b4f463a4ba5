"""Figures that are missing: which, what their bodies say, and what the office decides about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from steelyard.assessment.actions.missing import let_count_as_missing
from steelyard.assessment.forms.missing import MissingForm
from steelyard.assessment.models import Assessment, Sheet, Submission
from steelyard.assessment.permissions import may_not
from steelyard.assessment.permissions.scoring import looks_after
from steelyard.assessment.queries.assessments import division_of, issued, scheme_of
from steelyard.assessment.queries.figures.missing import decisions_that_stand, said_of_lacking
from steelyard.assessment.queries.figures.missing_records import are_counted, load_all_missing
from steelyard.assessment.rules.figures.lacks import said_lack
from steelyard.assessment.rules.figures.missing import WHEN, Missing
from steelyard.assessment.rules.schemes.division import Way
from steelyard.assessment.rules.states import SheetState, Stage
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.part import Part
from steelyard.kernel.bilingual import Text
from steelyard.look.language import say
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed, done, posted, status_of, who_and_when
from steelyard.scheme.model import Scheme


@dataclass(frozen=True, slots=True)
class Line:
    """A figure in the list. ``said``: how its body says that it is lacking, "" as long as none is signed; of a
    figure from records, how it will be, and ``why`` what was not delivered. ``own``: of a figure that nobody
    but the unit gives, how its submission stands."""

    key: str
    unit: str
    figure: str
    items: str
    bodies: list[str]
    sheet: Sheet | None
    said: str
    note: str
    own: str
    why: list[str]
    is_computed: bool
    reason: str
    decided: str
    is_decided: bool
    refused_by: str
    is_chosen: bool
    may_urge: bool


@require_http_methods(["GET", "HEAD", "POST"])
def missing(request: HttpRequest, code: str) -> HttpResponse:
    found = find(request, code)
    if not _sees(request, found):
        raise Http404
    refusals = may_not(request.held, Action.SETTLE_DIFFERENCES, found.office_id, request.today)
    if request.method == "POST" and refusals:
        raise NotAllowed(refusals)
    listed = load_all_missing(found, request.today)
    form = MissingForm(posted(request), figures=[(_key(one), _key(one)) for one in listed])
    if request.method == "POST" and form.is_valid():
        told = {"figures": form.keys(), "reason": form.cleaned_data["reason"]}
        decided = done(form, lambda: let_count_as_missing(
            assessment=found.pk, **told, **who_and_when(request)))  # fmt: skip
        if decided is not None:
            messages.success(request, _("Decided. They count as lacking, as the scheme says."))
            return redirect("assessment:missing", found.code)
    may_decide = not refusals and found.stage in WHEN
    context = {
        "assessment": found, "form": form, "may_decide": may_decide,
        "lines": list(_lines(request, found, listed, form)),
        "undecided": sum(not one.is_decided for one in listed),
        "are_counted": are_counted(found, request.today), "stage": found.stage,
        "runs": not may_not(request.held, Action.RUN_ASSESSMENT, found.office_id, request.today),
    }  # fmt: skip
    return render(request, "assessment/missing.html", context, status=status_of(form))


def _sees(request: HttpRequest, found: Assessment) -> bool:
    return looks_after(request.held, found.office_id, request.today)


def _key(one: Missing) -> str:
    return f"{one.unit}/{one.input}"


def _lines(
    request: HttpRequest, found: Assessment, listed: tuple[Missing, ...], form: MissingForm
) -> Iterator[Line]:
    version = issued(found)
    if version is None:
        return
    scheme, chosen = (
        scheme_of(version),
        set(form.data.getlist("figures")) if form.is_bound else set(),
    )
    sheets = {one.input_code: one for one in found.sheets.select_related("body")}
    own = set(division_of(version).inputs(Way.OWN))
    submissions = (
        {one.unit.code: one for one in found.submissions.select_related("unit")} if own else {}
    )
    runs = not may_not(request.held, Action.RUN_ASSESSMENT, found.office_id, request.today)
    for one in listed:
        sheet = sheets.get(one.input)
        may_urge = runs and found.stage in WHEN and _is_open(sheet, request)
        filed = submissions.get(one.unit) if one.input in own else None
        yield _line(scheme, one, sheet, filed, is_chosen=_key(one) in chosen, may_urge=may_urge)


def _is_open(sheet: Sheet | None, request: HttpRequest) -> bool:
    is_urged = sheet is None or sheet.urged_on == request.today
    return not is_urged and sheet is not None and sheet.state != SheetState.MENDING


def _line(
    scheme: Scheme, one: Missing, sheet: Sheet | None, filed: Submission | None,
    *, is_chosen: bool, may_urge: bool,
) -> Line:  # fmt: skip
    items = ", ".join(f"{code} {say(scheme.item[code].title)}".strip() for code in one.items)
    is_current = one.decided is not None and one.decided.status is one.status
    return Line(
        _key(one), say(scheme.unit[one.unit].title), say(scheme.inputs[one.input].title), items,
        [say(sheet.body.name)] if sheet else [say(body) for body in one.bodies or _named(scheme, one)], sheet,
        say(said_lack(one.said.status)) if one.said else "",
        one.said.note if one.said else filed.why_unanswered if filed else "",
        filed.state if filed else "",
        [say(said) for said in one.why], one.is_computed,
        one.decided.reason if one.decided is not None and is_current else "",
        f"{one.decided.by} · {one.decided.on}" if one.decided is not None and is_current else "",
        one.is_decided,
        ", ".join(code or _("the total") for code in one.refused_by), is_chosen, may_urge,
    )  # fmt: skip


def missing_in(request: HttpRequest, found: Assessment) -> tuple[Missing, ...]:
    """Asked once for a page, whoever on it wants to know."""
    there: dict[int, tuple[Missing, ...]] = request.__dict__.setdefault("missing_figures", {})
    if found.pk not in there:
        there[found.pk] = load_all_missing(found, request.today)
    return there[found.pk]


def missing_part(request: HttpRequest, found: Assessment) -> Part | None:
    """For those who look after the assessment. While it collects, only what was signed as lacking: other
    sheets may still come; of records, once it is scored. Once all is frozen, what was decided stays."""
    if not _sees(request, found):
        return None
    url = reverse("assessment:missing", args=[found.code])
    if found.stage == Stage.FROZEN:
        kept = len(decisions_that_stand(found)) and sum(
            one.is_decided for one in missing_in(request, found)
        )
        said = _("%(n)s counted as lacking, as it was decided") % {"n": kept}
        return Part(_("Missing figures"), url, said) if kept else None
    if found.stage not in WHEN:
        return None
    collects = found.stage == Stage.COLLECTING
    if collects and not said_of_lacking(found):
        return None
    listed = [one for one in missing_in(request, found) if one.said is not None or not collects]
    if not listed:
        return None
    still = sum(not one.is_decided for one in listed)
    said = _("%(open)s of %(all)s not decided yet") % {"open": still, "all": len(listed)}
    runs = not may_not(request.held, Action.SETTLE_DIFFERENCES, found.office_id, request.today)
    return Part(_("Missing figures"), url, said, bool(still) and runs)


def _named(scheme: Scheme, one: Missing) -> list[Text]:
    """Who gives it, by the scheme, where no sheet is asked for: the units themselves."""
    return [scheme.bodies[code] for code in scheme.inputs[one.input].supplying_body]
