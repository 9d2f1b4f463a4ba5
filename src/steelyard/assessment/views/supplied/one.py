"""A sheet of supplied figures, where its body fills it in and signs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from steelyard.assessment.actions import supplied as actions
from steelyard.assessment.models import Assessment, Sheet, SheetVersion
from steelyard.assessment.queries.assessments import issued
from steelyard.assessment.queries.changed_since import figure_amended_since
from steelyard.assessment.queries.figures.asked import rules_of
from steelyard.assessment.queries.supplied import (
    as_signed,
    asked_on_sheets,
    input_of,
    typed_in,
    units_of_sheet,
)
from steelyard.assessment.rules.differences.comparing import is_same
from steelyard.assessment.rules.figures import YES_NO, as_typed, said_figure
from steelyard.assessment.rules.figures.asked import said_asked
from steelyard.assessment.rules.figures.lacks import LACKS, said_lack
from steelyard.assessment.rules.states import SHEET, SheetState
from steelyard.assessment.rules.supplied.cells import (
    Typed,
    checked,
    of_draft,
    read_one,
    unexplained,
)
from steelyard.assessment.rules.supplied.limits import WHEN
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.supplied.finding import find_sheet, is_own, refuse_unless_own
from steelyard.kernel.faults import Fault
from steelyard.kernel.refusals import Refused
from steelyard.look.language import lang, say
from steelyard.people.models import Organisation
from steelyard.people.rules.reach import may_towards
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import (
    refused_for_a_right,
    who_and_when,
)
from steelyard.scheme.model import Input
from steelyard.trail.side_by_side import Pair, choice, show_both, version_of
from steelyard.trail.versions import ChangedMeanwhile


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
    lacks: str = ""
    faults: tuple[str, ...] = ()


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = find(request, code)
    one = find_sheet(request, found, number)
    if request.method != "POST":
        return shown_sheet(request, found, one)
    refuse_unless_own(request, one)
    return _save(request, found, one)


def _save(request: HttpRequest, found: Assessment, one: Sheet) -> HttpResponse:
    typed = _typed(request.POST, units_of_sheet(one))
    seen = version_of(request.POST, "seen")
    wrong = _wrong(request, one, typed)
    if wrong:
        return shown_sheet(request, found, one, typed=typed, wrong=wrong, seen=seen, status=422)
    try:
        save = actions.fill_and_sign if "sign" in request.POST else actions.fill
        save(sheet=one.pk, typed=typed, seen=seen, **who_and_when(request))
    except Refused as refused:
        refused_for_a_right(refused)
        said = tuple(say(refusal.text) for refusal in refused.refusals)
        now = find_sheet(request, found, one.pk)
        return shown_sheet(
            request, found, now, typed=typed, refusals=said, seen=now.version, status=409
        )
    except ChangedMeanwhile as changed:
        return both_drafts(request, found, one, changed, typed)
    is_signed = "sign" in request.POST
    messages.success(
        request, _("Signed. It counts from now on.") if is_signed else _("Saved as your draft.")
    )
    return redirect("assessment:sheet", found.code, one.pk)


def _wrong(
    request: HttpRequest, one: Sheet, typed: Mapping[str, Typed]
) -> dict[str, tuple[Fault, ...]]:
    """Unit → the faults of its cell. To be signed, a blank one says how the figure is lacking, and why."""
    wrong = checked(typed, input_of(one))[1]
    if "sign" in request.POST and any(each != Typed() for each in typed.values()):
        names = {unit: place.name for unit, place in units_of_sheet(one).items()}
        wrong = {**unexplained(typed, names), **wrong}
    return wrong


def _typed(sent: QueryDict, units: Mapping[str, Organisation]) -> dict[str, Typed]:
    return {unit: Typed(*(sent.get(f"{at}-{unit}", "").strip() for at in "vns")) for unit in units}


def both_drafts(
    request: HttpRequest, found: Assessment, one: Sheet, changed: ChangedMeanwhile,
    typed: Mapping[str, Typed],
) -> HttpResponse:  # fmt: skip
    """Both drafts, cell by cell."""
    units = units_of_sheet(one)
    before, theirs = (of_draft(row.get("draft") or {}) for row in (changed.before, changed.theirs))
    pairs, along = [], []
    for code, unit in units.items():
        sides = [side.get(code, Typed()) for side in (before, theirs, typed)]
        for name, label, at in (
            ("v", _("figure"), "value"), ("s", _("if blank"), "status"), ("n", _("note"), "note"),
        ):  # fmt: skip
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


def shown_sheet(
    request: HttpRequest, found: Assessment, one: Sheet, *, typed: Mapping[str, Typed] | None = None,
    wrong: Mapping[str, tuple[Fault, ...]] | None = None, refusals: tuple[str, ...] = (),
    seen: int | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    wanted = input_of(one)
    own, is_asked = is_own(request, one), one.input_code in asked_on_sheets(issued(found))
    fills = own and one.state != SheetState.SIGNED and found.stage in WHEN
    versions = list(one.versions.select_related("signed_by").order_by("-number"))
    shown = _chosen(versions, request.GET.get("version", ""))
    draft = typed if typed is not None else of_draft(one.draft) if fills else {}
    signed_as = as_signed(one, versions)
    lines = list(_lines(one, wanted, signed_as, draft, shown, versions, wrong or {}))
    context = {
        "assessment": found,
        "sheet": one,
        "wanted": wanted,
        "asked": said_asked(wanted),
        "measure": wanted.unit_of_measure,
        "answers": [say(one) for one in YES_NO.values()] if wanted.type == "yes_no" else [],
        "rules": rules_of(found, one.input_code),
        "state": SHEET.states[SheetState(one.state)],
        "lines": lines,
        "blanks": sum(not line.typed.value for line in lines),
        "fills": fills,
        "own": own,
        "is_asked": is_asked,
        "may_correct": own and is_asked and one.state == SheetState.SIGNED and found.stage in WHEN,
        "may_take_back": fills and one.state == SheetState.MENDING,
        "lacks": [(lack.value, say(text)) for lack, text in LACKS.items()],
        "may_urge": may_towards(request.held, Action.RUN_ASSESSMENT, found.office_id, request.today)
        and found.stage in WHEN and is_asked and _is_awaited(one, lines),
        "urged_today": one.urged_on == request.today,
        "sees_deadline": bool(one.clock) and (own or may_towards(
            request.held, Action.SEE_DEADLINE, one.body_id, request.today)),
        "versions": versions,
        "shown": shown,
        "is_amended": figure_amended_since(found, versions[0] if versions else None, one.input_code),
        "is_corrected": shown is not None and shown.number > 1,
        "refusals": refusals,
        "fault_count": sum(map(len, (wrong or {}).values())),
        "seen": one.version if seen is None else seen,
    }  # fmt: skip
    return render(request, "assessment/supplied/sheet.html", context, status=status)


def _is_awaited(one: Sheet, lines: list[Line]) -> bool:
    """It is not signed, or figures are missing on it."""
    is_signed = one.state == SheetState.SIGNED
    return one.state in (SheetState.OPEN, SheetState.OUTDATED) or (
        is_signed and any(line.lacks for line in lines)
    )


def _chosen(versions: list[SheetVersion], asked: str) -> SheetVersion | None:
    by_number = {str(one.number): one for one in versions}
    return by_number.get(asked) or next(iter(versions), None)


def _in_words(typed: Typed, wanted: Input) -> Typed:
    """Yes and no in the reader's words, in whichever language they were typed."""
    known = read_one(typed.value, wanted)[0] if wanted.type == "yes_no" else ""
    return replace(typed, value=as_typed(known or typed.value, wanted, lang()))


def _lines(
    one: Sheet, wanted: Input, signed_as: Mapping[int, Input], draft: Mapping[str, Typed], shown: SheetVersion | None,
    versions: list[SheetVersion], wrong: Mapping[str, tuple[Fault, ...]],
) -> Iterator[Line]:  # fmt: skip
    counts = typed_in(shown)
    earlier = next(
        (v for v in versions if shown is not None and v.number == shown.number - 1), None
    )
    before = typed_in(earlier)
    now_as = signed_as[shown.number] if shown is not None else wanted
    then_as = signed_as[earlier.number] if earlier is not None else wanted
    for code, unit in units_of_sheet(one).items():
        now, then = counts.get(code, Typed()), before.get(code, Typed())
        yield Line(
            code, unit, _in_words(draft.get(code, Typed()), wanted), say(said_figure(now.value, now_as)), now.note,
            say(said_figure(then.value, then_as)),
            earlier is not None and not is_same(now.value, then.value), say(said_lack(now.status)),
            tuple(f"{say(fault.what)} — {say(fault.mend)}" for fault in wrong.get(code, ())),
        )  # fmt: skip
