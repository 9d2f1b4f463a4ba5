"""Weighings of the frozen records: for those of the office alone, until the results are published."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from steelyard.assessment import results
from steelyard.assessment.actions.weighings import ask_again
from steelyard.assessment.models import Assessment, Weighing
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.changed_since import frozen_since
from steelyard.assessment.queries.forgery import forged_items, forged_since
from steelyard.assessment.queries.frozen_by import asked_for_by_the_clock
from steelyard.assessment.queries.samples import why_sample
from steelyard.assessment.rules.frozen.weighings import (
    MOST_ATTEMPTS,
    STEPS,
    against_another,
    step_of,
)
from steelyard.assessment.rules.schemes.verdicts import Verdict, changed_nothing, vetoes_said
from steelyard.assessment.rules.states import WEIGHING, Stage, WeighingState
from steelyard.assessment.views.finding import find, find_for
from steelyard.assessment.views.part import Part
from steelyard.files.store import NotAsKept
from steelyard.kernel.bilingual import Text
from steelyard.kernel.periods import Period
from steelyard.kernel.refusals import Refused
from steelyard.look.language import lang, say
from steelyard.notices.queries import load_pulse
from steelyard.people.lists import page_of
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import refused_for_a_right, who_and_when
from steelyard.people.views.downloads import BYTES, XLSX, ZIP, download
from steelyard.records.intake.delivery import written_period
from steelyard.supply.checking import FAULTS_KEPT, from_json
from steelyard.supply.frozen import harm_to
from steelyard.tables.plain_workbook import plain_workbook
from steelyard.trail.side_by_side import version_of

log = logging.getLogger(__name__)

RESULT, SCHEME, FAULTS = "result.json", "scheme.toml", "faults.xlsx"
FAULTS_SHOWN = 20
"""Of a refused weighing on its page; the sheet to take away has all that were kept."""
_MEDIA = {"json": "application/json", "xlsx": XLSX, "zip": ZIP}
_KINDS = {
    WeighingState.ASKED: "", WeighingState.RUNNING: "warn", WeighingState.DONE: "good",
    WeighingState.REFUSED: "bad",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the ranking as people read it. ``between``: the ranks that are likely, if asked for;
    ``vetoes``: those that hold."""

    rank: str
    unit: str
    title: Text
    score: str
    grade: Text
    between: str = ""
    vetoes: tuple[Text, ...] = ()


@require_safe
def weighings(request: HttpRequest, code: str) -> HttpResponse:
    found = _find(request, code)
    return _listed(request, found)


def _listed(
    request: HttpRequest, found: Assessment, refusals: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    page = page_of(found.weighings.select_related("asked_by"), request)
    clock = asked_for_by_the_clock(page)
    rows = [(one, _state(one), _KINDS[WeighingState(one.state)], one.pk in clock) for one in page]
    context = {
        "assessment": found,
        "page": page,
        "rows": rows,
        "refusals": refusals,
        "again": may_ask_again(request, found),
        "last": found.weighings.first(),
    }
    return render(request, "assessment/weighings/list.html", context, status=status)


@require_safe
def weighing(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = _find(request, code)
    one = _one(found, number)
    runs = one.state in (WeighingState.ASKED, WeighingState.RUNNING)
    forged = forged_items(found)
    ranking, lost = _ranking_or_lost(request, one)
    is_last = not found.weighings.filter(pk__gt=one.pk).exists()
    context = {
        "assessment": found,
        "weighing": one,
        "state": _state(one),
        "kind": _KINDS[WeighingState(one.state)],
        "by_itself": bool(asked_for_by_the_clock([one])),
        "runs": runs,
        "ranking": ranking,
        "lost": lost,
        "harm": harm_to(one.snapshot.folder, one.snapshot.identifier)
        if one.snapshot.folder
        else None,
        "step": say(STEPS[step_of(WeighingState(one.state), one.progress)]),
        "most_attempts": MOST_ATTEMPTS,
        "is_alive": load_pulse(request.now).is_alive if runs else True,
        "faults": [say(from_json(fault)) for fault in one.faults[:FAULTS_SHOWN]],
        "fault_count": len(one.faults),
        "has_more": len(one.faults) >= FAULTS_KEPT,
        "period": written_period(Period(found.starts, found.ends)),
        "papers": _papers(one),
        "sample": why_sample(one),
        "frozen_since": frozen_since(one),
        "again": is_last and may_ask_again(request, found),
        "forged": forged,
        "forged_listed": [
            (suspicion, suspicion.decided_at <= one.asked_at)
            for listed in forged.values()
            for suspicion in listed
        ],
        "forged_since": forged_since(one),
    }
    return render(request, "assessment/weighings/weighing.html", context)


@require_safe
def paper(request: HttpRequest, code: str, number: int, name: str) -> HttpResponseBase:
    """What was written of a weighing, or the scheme that it was weighed by."""
    found = _find(request, code)
    one = _one(found, number)
    if name == SCHEME:
        from steelyard.scheme.write import scheme_toml

        content = scheme_toml(one.scheme.document).encode()
    elif name == FAULTS and one.faults:
        content = _faults_sheet(one)
    else:
        kept = {**one.papers, RESULT: one.result_hash}.get(name)
        if not kept:
            raise Http404
        content = results.content_of(kept)
    media = _MEDIA.get(name.rpartition(".")[2], BYTES)
    return download(content, f"{found.code}-{one.pk}-{name}", media)


def _faults_sheet(one: Weighing) -> bytes:
    """Every fault that was kept, a row each."""
    headings = [
        pgettext("of a fault", "No."), pgettext("of a fault", "Where"),
        pgettext("of a fault", "What is wrong"), pgettext("of a fault", "What to do"),
        pgettext("of a fault", "Code"),
    ]  # fmt: skip
    rows = []
    for at, told in enumerate(one.faults, 1):
        fault = from_json(told)
        rows.append([at, say(fault.where), say(fault.what), say(fault.mend), fault.code])
    return plain_workbook(_("Faults"), headings, rows, f"{one.assessment.code} · {one.pk}")


@require_POST
def again(request: HttpRequest, code: str) -> HttpResponse:
    found = find_for(request, code, Action.RUN_ASSESSMENT)
    seen = version_of(request.POST, "seen")
    try:
        asked = ask_again(assessment=found.pk, seen=seen, **who_and_when(request))
    except Refused as refused:
        refused_for_a_right(refused)
        return _listed(request, found, tuple(say(one.text) for one in refused.refusals), 409)
    messages.success(request, _("Asked for again."))
    return redirect("assessment:weighing", found.code, asked.pk)


def _ranking_or_lost(
    request: HttpRequest, one: Weighing
) -> tuple[tuple[Place, ...], NotAsKept | None]:
    """The ranking; or that its result is not in the store any more as it was kept, which the log is told."""
    if not one.result_hash:
        return (), None
    try:
        return ranking_of(one.result_hash), None
    except NotAsKept as lost:
        log.error("%s: %s (%s)", request.path, lost.code, lost.tagged)
        return (), lost


@lru_cache(maxsize=8)
def ranking_of(result_hash: str) -> tuple[Place, ...]:
    """The ranking of a kept result; the hash says that it is the same for ever."""
    held = json.loads(results.content_of(result_hash))
    listed = held["scheme"].get("grades", ())
    grades = {one["code"]: _text(one.get("title", one["code"])) for one in listed}
    vetoes = {one.code: one for one in vetoes_said(held["scheme"])}
    likely = {one["unit"]: one for one in held.get("how_sure", {}).get("units", ())}
    return tuple(
        Place(
            str(one["rank"] if one["rank"] is not None else "—"), one["unit"], Text(**one["title"]),
            one["shown"], grades.get(one["grade"], Text()), _between(likely.get(one["unit"])),
            tuple(
                _veto_said(held["scheme"], vetoes[code], one["grade"]) if code in vetoes else Text(code, code)
                for code in one["vetoes"]
            ),
        )
        for one in held["ranking"]
    )  # fmt: skip


def _veto_said(scheme: dict[str, Any], veto: Verdict, grade: str) -> Text:
    """Its name and what it says; and that it changed nothing where it did not, lest it pass for the reason of
    the grade."""
    words = Text(veto.words.zh.rstrip("。"), veto.words.en.rstrip("."))
    said = Text(f"{veto.title.zh}（{words.zh}）", f"{veto.title.say('en')} ({words.en})")
    if not changed_nothing(scheme, veto.code, grade):
        return said
    return Text(f"{said.zh}，未改变等次", f"{said.en}, which changed nothing")


def _between(doubt: dict[str, Any] | None) -> str:
    interval = doubt.get("ranks") if doubt else None
    return "–".join(map(str, dict.fromkeys(interval))) if interval else ""


def _text(title: Any) -> Text:
    return Text(**title) if isinstance(title, dict) else Text(str(title), str(title))


def _papers(one: Weighing) -> list[tuple[str, str]]:
    """What can be taken away, in the reader's language; address and words."""
    if not one.result_hash:
        return []
    named = [
        (RESULT, _("Result (JSON)")),
        (f"report-{lang()}.html", _("Report")),
        (f"result-{lang()}.xlsx", _("Workbook")),
        (f"papers-{lang()}.zip", _("All papers, with pictures and replay")),
    ]
    there = {RESULT, *one.papers}
    codes = one.assessment.code, one.pk
    return [
        (reverse("assessment:weighing_paper", args=[*codes, name]), said)
        for name, said in named
        if name in there
    ]


def _state(one: Weighing) -> str:
    return say(WEIGHING.states[WeighingState(one.state)])


def may_ask_again(request: HttpRequest, found: Assessment) -> bool:
    """Whether this person may freeze and weigh again now: it was refused, or forgery was found since."""
    if found.stage != Stage.FROZEN:
        return False
    if may_not(request.held, Action.RUN_ASSESSMENT, found.office_id, request.today):
        return False
    last = found.weighings.first()
    state = WeighingState(last.state) if last is not None else None
    is_forged = bool(last and forged_since(last))
    return not against_another(Stage(found.stage), state, forged_since=is_forged)


def _find(request: HttpRequest, code: str) -> Assessment:
    """The assessment, for those who may see what its weighing gives."""
    found = find(request, code)
    if may_not(request.held, Action.SEE_WEIGHING, found.office_id, request.today):
        raise Http404
    return found


def _one(found: Assessment, number: int) -> Weighing:
    listed = found.weighings.select_related("assessment", "snapshot", "scheme", "asked_by")
    one = listed.filter(pk=number).first()
    if one is None:
        raise Http404
    return one


def weighings_part(request: HttpRequest, found: Assessment) -> Part | None:
    """The card on the assessment's page, once there is a weighing."""
    if found.stage != Stage.FROZEN or may_not(
        request.held, Action.SEE_WEIGHING, found.office_id, request.today
    ):
        return None
    last = found.weighings.first()
    if last is None:
        return None
    url = reverse("assessment:weighing", args=[found.code, last.pk])
    waits = may_ask_again(request, found)
    state = _state(last)
    if asked_for_by_the_clock([last]):
        state = _("%(state)s · frozen automatically on the cut-off") % {"state": state}
    return Part(_("Frozen records and their weighing"), url, state, waits)
