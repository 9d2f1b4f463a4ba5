"""Sheets of supplied figures: the office's list, and the page of one, where its body fills it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from steelyard.assessment.actions import supplied as actions
from steelyard.assessment.forms.supplied import BringForm, CorrectForm, SheetFilterForm
from steelyard.assessment.models import Assessment, Sheet, SheetVersion
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.assessments import issued, scheme_of
from steelyard.assessment.queries.supplied import (
    input_of,
    narrowed,
    planned,
    sheets_seen_by,
    typed_in,
    units_of_sheet,
    with_days,
)
from steelyard.assessment.rules.comparing import is_same
from steelyard.assessment.rules.states import SHEET, SheetState
from steelyard.assessment.rules.supplied_cells import (
    Typed,
    checked,
    headings,
    of_draft,
    rows,
    said_figure,
)
from steelyard.assessment.rules.supplying import (
    STANDINGS,
    WHEN,
    Standing,
    standing,
)
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.part import Part
from steelyard.kernel.faults import Fault, Faulty
from steelyard.kernel.file_names import kept_name
from steelyard.kernel.refusals import Refused
from steelyard.look.language import lang, say
from steelyard.notices.queries import load_calendar
from steelyard.notices.rules.reminders import working_days_between
from steelyard.people import sheets as brought_sheets
from steelyard.people.lists import page_of
from steelyard.people.models import Organisation
from steelyard.people.rules.reach import may_towards, reach
from steelyard.people.rules.roles import Action
from steelyard.people.rules.sheets import few_of_each
from steelyard.people.sheet_imports import drop_sheet, keep_sheet
from steelyard.people.views.asking import (
    NotAllowed,
    done,
    posted,
    refused_for_a_right,
    status_of,
    who_and_when,
)
from steelyard.people.views.downloads import CSV, XLSX, download
from steelyard.scheme.model import Input
from steelyard.tables.plain_workbook import plain_workbook
from steelyard.tables.write import csv_bytes
from steelyard.trail.side_by_side import Pair, choice, show_both, version_of
from steelyard.trail.versions import ChangedMeanwhile

SHOWN_FAULTS = 300
BAD = frozenset({Standing.MISSING, Standing.LATE})
WARN = frozenset({Standing.MENDING, Standing.CORRECTED})


@dataclass(frozen=True, slots=True)
class Listed:
    """A sheet in the list. ``late``: working days, of the signature or until today."""

    sheet: Sheet
    title: str
    standing: Standing
    late: int
    may_urge: bool

    @property
    def said(self) -> str:
        return say(STANDINGS[self.standing])

    @property
    def kind(self) -> str:
        if self.standing in BAD:
            return "bad"
        return "warn" if self.standing in WARN else "good" if self.sheet.signed_at else ""


@dataclass(frozen=True, slots=True)
class Line:
    """One unit: what is typed, what counts, what counted before, what is wrong."""

    code: str
    unit: Organisation
    typed: Typed
    counts: str
    note: str
    before: str
    is_new: bool
    faults: tuple[str, ...] = ()


@require_safe
def sheets(request: HttpRequest, code: str) -> HttpResponse:
    found = find(request, code)
    seen = sheets_seen_by(request.held, request.today).filter(assessment=found)
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
    context = {
        "assessment": found,
        "page": page,
        "lines": list(_listed(request, found, page, runs=runs)),
        "form": form,
        "is_filtered": any(form.wanted(name) for name in form.fields),
        "runs": runs,
        "counts": _counts(request, found),
    }
    return render(request, "assessment/supplied/list.html", context)


def _listed(request: HttpRequest, found: Assessment, page, *, runs: bool) -> Iterator[Listed]:
    version = issued(found)
    inputs = scheme_of(version).inputs if version else {}
    calendar = load_calendar()
    for one in page:
        state = SheetState(one.state)
        stands = standing(
            state, due=one.due, today=request.today, days_late=one.days_late or 0,
            versions=one.versions_signed or 0,
        )  # fmt: skip
        late = one.days_late or 0
        if stands is Standing.MISSING:
            late = working_days_between(one.due, request.today, calendar)
        may_urge = runs and state is SheetState.OPEN and found.stage in WHEN
        may_urge = may_urge and one.urged_on != request.today
        yield Listed(
            one, say(inputs[one.input_code].title) or one.input_code, stands, max(0, late), may_urge
        )


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
        "corrected": sum((n or 0) > 1 for _state, _due, _late, n in told),
    }


# --- one sheet -------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = find(request, code)
    one = _find(request, found, number)
    if request.method != "POST":
        return _shown(request, found, one)
    _refuse_unless_own(request, one)
    return _save(request, found, one)


def _save(request: HttpRequest, found: Assessment, one: Sheet) -> HttpResponse:
    typed = _typed(request.POST, units_of_sheet(one))
    seen = version_of(request.POST, "seen")
    wrong = checked(typed, input_of(one))[1]
    if wrong:
        return _shown(request, found, one, typed=typed, wrong=wrong, seen=seen, status=422)
    try:
        saved = actions.fill(sheet=one.pk, typed=typed, seen=seen, **who_and_when(request))
        if "sign" in request.POST:
            actions.sign(sheet=one.pk, seen=saved.version, **who_and_when(request))
    except Refused as refused:
        refused_for_a_right(refused)
        said = tuple(say(refusal.text) for refusal in refused.refusals)
        now = _find(request, found, one.pk)
        return _shown(request, found, now, typed=typed, refusals=said, seen=now.version, status=409)
    except ChangedMeanwhile as changed:
        return _both(request, found, one, changed, typed)
    is_signed = "sign" in request.POST
    messages.success(
        request, _("Signed. It counts from now on.") if is_signed else _("Saved as your draft.")
    )
    return redirect("assessment:sheet", found.code, one.pk)


def _typed(sent: QueryDict, units: Mapping[str, Organisation]) -> dict[str, Typed]:
    return {
        unit: Typed(sent.get(f"v-{unit}", "").strip(), sent.get(f"n-{unit}", "").strip())
        for unit in units
    }


def _both(
    request: HttpRequest, found: Assessment, one: Sheet, changed: ChangedMeanwhile,
    typed: Mapping[str, Typed],
) -> HttpResponse:  # fmt: skip
    """Both drafts, cell by cell."""
    units = units_of_sheet(one)
    before, theirs = (of_draft(row.get("draft") or {}) for row in (changed.before, changed.theirs))
    pairs, along = [], []
    for code, unit in units.items():
        sides = [side.get(code, Typed()) for side in (before, theirs, typed)]
        for name, label, at in (("v", _("figure"), "value"), ("n", _("note"), "note")):
            was, is_now, mine = (getattr(side, at) for side in sides)
            if is_now == mine:
                along.append((f"{name}-{code}", mine))
                continue
            chosen = choice(was, is_now, mine)
            pairs.append(
                Pair(f"{name}-{code}", f"{say(unit.name)} · {label}", was or "–", is_now or "–",
                     mine or "–", is_now, mine, chosen)
            )  # fmt: skip
    back = reverse("assessment:sheet", args=[found.code, one.pk])
    return show_both(
        request, changed, QueryDict(), version="seen", pairs=pairs, along=along, back=back
    )


def _shown(
    request: HttpRequest, found: Assessment, one: Sheet, *, typed: Mapping[str, Typed] | None = None,
    wrong: Mapping[str, tuple[Fault, ...]] | None = None, refusals: tuple[str, ...] = (),
    seen: int | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    wanted = input_of(one)
    own = _is_own(request, one)
    fills = own and one.state != SheetState.SIGNED and found.stage in WHEN
    versions = list(one.versions.select_related("signed_by").order_by("-number"))
    shown = _chosen(versions, request.GET.get("version", ""))
    draft = typed if typed is not None else of_draft(one.draft) if fills else {}
    lines = list(_lines(one, wanted, draft, shown, versions, wrong or {}))
    context = {
        "assessment": found,
        "sheet": one,
        "wanted": wanted,
        "state": SHEET.states[SheetState(one.state)],
        "lines": lines,
        "blanks": sum(not line.typed.value for line in lines),
        "fills": fills,
        "own": own,
        "may_correct": own and one.state == SheetState.SIGNED and found.stage in WHEN,
        "may_urge": may_towards(request.held, Action.RUN_ASSESSMENT, found.office_id, request.today)
        and one.state == SheetState.OPEN and found.stage in WHEN,
        "urged_today": one.urged_on == request.today,
        "sees_deadline": bool(one.clock) and (own or may_towards(
            request.held, Action.SEE_DEADLINE, one.body_id, request.today)),
        "versions": versions,
        "shown": shown,
        "is_corrected": shown is not None and shown.number > 1,
        "refusals": refusals,
        "fault_count": sum(map(len, (wrong or {}).values())),
        "seen": one.version if seen is None else seen,
    }  # fmt: skip
    return render(request, "assessment/supplied/sheet.html", context, status=status)


def _chosen(versions: list[SheetVersion], asked: str) -> SheetVersion | None:
    by_number = {str(one.number): one for one in versions}
    return by_number.get(asked) or next(iter(versions), None)


def _lines(
    one: Sheet, wanted: Input, draft: Mapping[str, Typed], shown: SheetVersion | None,
    versions: list[SheetVersion], wrong: Mapping[str, tuple[Fault, ...]],
) -> Iterator[Line]:  # fmt: skip
    counts = typed_in(shown)
    earlier = next(
        (v for v in versions if shown is not None and v.number == shown.number - 1), None
    )
    before = typed_in(earlier)
    for code, unit in units_of_sheet(one).items():
        now, then = counts.get(code, Typed()), before.get(code, Typed())
        yield Line(
            code, unit, draft.get(code, Typed()), said_figure(now.value, wanted), now.note,
            said_figure(then.value, wanted),
            earlier is not None and not is_same(now.value, then.value),
            tuple(f"{say(fault.what)} — {say(fault.mend)}" for fault in wrong.get(code, ())),
        )  # fmt: skip


@require_safe
def take(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """The sheet to take away: blank, or with what is there."""
    found = find(request, code)
    one = _find(request, found, number)
    wanted = input_of(one)
    typed = {} if "blank" in request.GET else _as_it_is(request, one)
    names = {unit: place.name for unit, place in units_of_sheet(one).items()}
    told = list(rows(names, wanted, typed, lang()))
    name = f"{found.code}-{one.input_code}"
    if request.GET.get("as") == "csv":
        return download(csv_bytes(headings(lang()), told), f"{name}.csv", CSV)
    content = plain_workbook("数据" if lang() == "zh" else "Figures", headings(lang()), told)
    return download(content, f"{name}.xlsx", XLSX)


def _as_it_is(request: HttpRequest, one: Sheet) -> dict[str, Typed]:
    """The draft for those whose it is, else what was signed."""
    if one.state != SheetState.SIGNED and _is_own(request, one):
        return of_draft(one.draft)
    return typed_in(one.versions.order_by("-number").first())


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = find(request, code)
    one = _find(request, found, number)
    _refuse_unless_own(request, one)
    form = BringForm(posted(request), request.FILES or None, initial={"seen": one.version})
    faults: list[Fault] = []
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["sheet"]
        if upload.size > brought_sheets.LARGEST:
            form.add_error("sheet", _("The file is larger than 2 MB; divide it."))
        else:
            answer, faults = _bring(request, found, one, form)
            if answer is not None:
                return answer
    context = {
        "assessment": found, "sheet": one, "wanted": input_of(one), "form": form,
        "faults": few_of_each(faults)[:SHOWN_FAULTS], "fault_count": len(faults),
    }  # fmt: skip
    status = 422 if faults else status_of(form)
    return render(request, "assessment/supplied/bring.html", context, status=status)


def _bring(
    request: HttpRequest, found: Assessment, one: Sheet, form: BringForm
) -> tuple[HttpResponse | None, list[Fault]]:
    upload = form.cleaned_data["sheet"]
    brought = brought_sheets.Brought(kept_name(upload.name, ("xlsx", "csv")), upload.read())
    try:
        saved = done(form, lambda: actions.bring(
            sheet=one.pk, brought=brought, seen=form.cleaned_data["seen"], **who_and_when(request)))  # fmt: skip
    except Faulty as faulty:
        keep_sheet(sort=_sort(one), brought=brought, **who_and_when(request))
        return None, list(faulty.faults)
    if form.meanwhile is not None:
        typed, _faults = planned(one, brought)
        answer = _both(request, found, one, form.meanwhile, typed)
        return answer, []
    if saved is None:
        return None, []
    drop_sheet(sort=_sort(one), **who_and_when(request))
    messages.success(request, _("Taken into your draft. Look at it, then sign."))
    return redirect("assessment:sheet", found.code, one.pk), []


@require_safe
def faults(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """The refused file to take away, its bad cells coloured."""
    found = find(request, code)
    one = _find(request, found, number)
    _refuse_unless_own(request, one)
    brought = brought_sheets.load_brought(request.user.pk, _sort(one))
    listed = planned(one, brought)[1] if brought is not None else []
    if brought is None or not listed:
        raise Http404
    return download(
        brought.with_faults(listed, lang()), f"{code}-{one.input_code}-faults.xlsx", XLSX
    )


def _sort(one: Sheet) -> str:
    return f"figures-{one.pk}"[:20]


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = find(request, code)
    one = _find(request, found, number)
    _refuse_unless_own(request, one)
    form = CorrectForm(posted(request), initial={"seen": one.version})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        saved = done(form, lambda: actions.correct(
            sheet=one.pk, reason=told["reason"], seen=told["seen"], **who_and_when(request)))  # fmt: skip
        if form.meanwhile is not None:
            back = reverse("assessment:sheet", args=[found.code, one.pk])
            return show_both(request, form.meanwhile, version="seen", back=back)
        if saved is not None:
            messages.success(request, _("Correct the figures below, then sign the new version."))
            return redirect("assessment:sheet", found.code, one.pk)
    context = {"assessment": found, "sheet": one, "wanted": input_of(one), "form": form}
    return render(request, "assessment/supplied/correct.html", context, status=status_of(form))


@require_POST
def urge(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = find(request, code)
    one = _find(request, found, number)
    refusals = may_not(request.held, Action.RUN_ASSESSMENT, found.office_id, request.today)
    if refusals:
        raise NotAllowed(refusals)
    try:
        actions.urge(sheet=one.pk, **who_and_when(request))
    except Refused as refused:
        refused_for_a_right(refused)
        said = tuple(say(refusal.text) for refusal in refused.refusals)
        return _shown(request, found, _find(request, found, number), refusals=said, status=409)
    messages.success(request, _("Urged. Whoever supplies there has been told."))
    return redirect("assessment:sheets", found.code)


def _find(request: HttpRequest, found: Assessment, number: int) -> Sheet:
    seen = with_days(sheets_seen_by(request.held, request.today))
    one = seen.filter(assessment=found, pk=number).first()
    if one is None:
        raise Http404
    return one


def _is_own(request: HttpRequest, one: Sheet) -> bool:
    return may_towards(request.held, Action.SUPPLY_FIGURES, one.body_id, request.today)


def _refuse_unless_own(request: HttpRequest, one: Sheet) -> None:
    """
    Raises:
        NotAllowed: it is another body's.
    """
    refusals = may_not(request.held, Action.SUPPLY_FIGURES, one.body_id, request.today)
    if refusals:
        raise NotAllowed(refusals)


# --- the card on the page of the assessment --------------------------------------------------------


def sheets_part(request: HttpRequest, found: Assessment) -> Part | None:
    seen = sheets_seen_by(request.held, request.today).filter(assessment=found)
    told = list(seen.values_list("state", "body"))
    if not told:
        return None
    own = reach(request.held, Action.SUPPLY_FIGURES, request.today)
    signed = sum(state == SheetState.SIGNED for state, _body in told)
    said = _("%(signed)s of %(all)s signed") % {"signed": signed, "all": len(told)}
    waits = found.stage in WHEN and any(
        body in own and state != SheetState.SIGNED for state, body in told
    )
    url = reverse("assessment:sheets", args=[found.code])
    return Part(_("Supplied figures"), url, said, waits)
