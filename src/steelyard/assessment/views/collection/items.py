"""One item: its rule, what is said of it, its material; it saves itself where scripts run.

Saved by the button, the page comes back or leads on. Saved by the pause, only the line "saved at" and
the version come back; what was refused says so there, and what was typed stays where it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from steelyard.assessment.actions.collection import save_answer
from steelyard.assessment.forms.collection import AnswerForm
from steelyard.assessment.models import Answer
from steelyard.assessment.queries.assessments import division_of, snapshot_that_counts
from steelyard.assessment.queries.changed_since import changes_of_item
from steelyard.assessment.queries.collection import (
    in_words,
    is_late,
    said_of,
    with_kinds,
    written_score,
)
from steelyard.assessment.queries.collection.filling import Filling
from steelyard.assessment.queries.figures.corrected import load_moved
from steelyard.assessment.queries.figures.counting import cells_from_records
from steelyard.assessment.queries.forgery import kept_uses, of_item, suspicions_seen_by
from steelyard.assessment.rules.collection.answers import FIGURE, Question, Said
from steelyard.assessment.rules.collection.claims import CLAIMS, Claim
from steelyard.assessment.rules.figures import in_field, said_figure
from steelyard.assessment.rules.schemes.division import WAYS, Way
from steelyard.assessment.views.collection.became import said_cell
from steelyard.assessment.views.collection.finding import (
    Seen,
    codes_seen,
    find_item,
    find_to_fill,
)
from steelyard.assessment.views.scoring.side_by_side import may_look
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.look.language import lang, say
from steelyard.people.views.asking import done, posted, status_of, who_and_when
from steelyard.trail.side_by_side import Pair, choice, show_both, told_of
from steelyard.trail.versions import ChangedMeanwhile
from steelyard.weighing.values import Cell


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure of the item: how it comes, what the unit reports, what the records say. ``was``: what it reported
    before an amendment made it another one, as it was meant. ``corrected``: what the records will say with the
    corrections accepted since, if that is another figure."""

    code: str
    title: str
    unit: str
    way: str
    own: str
    was: str
    computed: str | None
    records: int | None
    is_computed: bool
    corrected: str | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, code: str, number: int, item: str) -> HttpResponse:
    if request.method == "POST":
        return _save(request, *find_to_fill(request, code, number, item))
    seen, question = find_item(request, code, number, item)
    answer = seen.answers.get(item)
    form = AnswerForm(
        question=question,
        initial=AnswerForm.of(answer),
        outdated=answer.outdated if answer else None,
    )
    return shown_item(request, seen, question, form)


def _save(request: HttpRequest, found: Filling, question: Question) -> HttpResponse:
    form = AnswerForm(posted(request), question=question)
    by_itself = request.headers.get("HX-Request") == "true"
    saved = None
    if form.is_valid():
        saved = done(form, lambda: save_answer(
            submission=found.pk, item=question.item.code, typed=form.typed(),
            seen=form.cleaned_data["version"], **who_and_when(request)))  # fmt: skip
    if by_itself:
        return _as_fragment(request, form, saved)
    if form.meanwhile is not None:
        return _both(request, found, question, form.meanwhile)
    if saved is None:
        seen, _question = find_item(request, found.code, found.pk, question.item.code)
        return shown_item(request, seen, question, form)
    messages.success(request, _("Saved."))
    return redirect(_where_to(request, found, question))


def _as_fragment(request: HttpRequest, form: AnswerForm, saved: Answer | None) -> HttpResponse:
    context = {"form": form, "saved": saved, "now": request.now}
    status = 200 if saved else 409 if form.meanwhile is not None else status_of(form)
    return render(request, "assessment/collection/saved.html", context, status=status)


def _where_to(request: HttpRequest, found: Filling, question: Question) -> str:
    here, then = question.item.code, request.POST.get("then")
    if then == "material":
        return reverse("assessment:add_material", args=[found.code, found.pk, here])
    after = _beside(codes_seen(request, found), here, 1) if then == "next" else here
    if after is None:
        return reverse("assessment:submission", args=[found.code, found.pk])
    return reverse("assessment:item", args=[found.code, found.pk, after])


def _beside(codes: list[str], here: str, step: int) -> str | None:
    at = codes.index(here) + step
    return codes[at] if 0 <= at < len(codes) else None


def shown_item(
    request: HttpRequest, seen: Seen, question: Question, form: AnswerForm
) -> HttpResponse:
    found, code = seen.submission, question.item.code
    answer = seen.answers.get(code)
    may_fill = seen.may_fill(code)
    top = question.item
    while top.parent:
        top = seen.scheme.item[top.parent]
    said = said_of(answer)
    order = [one.item.code for one in seen.questions]
    context = {
        "assessment": found.assessment,
        "submission": found,
        "question": question,
        "item": question.item,
        "dimension": top.title,
        "most": plain(question.most) if question.most is not None else "",
        "most_now": seen.since.most_in_force(question),
        "since": seen.since,
        "changes": changes_of_item(seen.since, code),
        "is_above": any(one.item.code == code for one, _ in seen.scores_above),
        "rule": in_words(seen.version, code, lang()),
        "figures": _figures(seen, question, answer),
        "answer": answer,
        "said_anything": bool(answer) and (said != Said() or bool(answer.used)),
        "materials": with_kinds(answer.used, question.item.material) if answer else [],
        "kept": kept_uses(found, code, answer.used) if answer else frozenset(),
        "said": said,
        "self_score": written_score(said.self_score),
        "claim": say(CLAIMS[Claim(said.claim)]) if said.claim else "",
        "is_late": bool(answer) and is_late(answer, found.filed_late_at),
        "form": form if may_fill else None,
        "may_fill": may_fill and not seen.not_just_now,
        "not_just_now": [say(one.text) for one in seen.not_just_now],
        "previous": _beside(order, code, -1),
        "next": _beside(order, code, 1),
        "may_look": may_look(request, found.assessment, found.unit),
        "suspicions": of_item(
            suspicions_seen_by(request.held, found.assessment, request.today), found.unit_id, code
        ),
        "place": order.index(code) + 1,
        "places": len(order),
    }
    status = status_of(form)
    return render(request, "assessment/collection/item.html", context, status=status)


def _figures(seen: Seen, question: Question, answer: Answer | None) -> list[FigureLine]:
    if not question.inputs:
        return []
    divided = division_of(seen.version)
    computed = any(divided.way[one.code] is Way.RECORDS for one in question.inputs)
    cells, corrected = _from_records(seen) if computed else ({}, {})
    own: Mapping[str, Any] = answer.figures if answer else {}
    outdated: Mapping[str, Text] = answer.outdated if answer else {}
    return [
        FigureLine(
            one.code, say(one.title), say(one.unit_of_measure), say(WAYS[divided.way[one.code]]),
            say(said_figure(own.get(one.code, ""), one)),
            say(outdated[one.code]) if one.code in outdated else "",
            said_cell(cells.get(one.code), one),
            cells[one.code].records if one.code in cells else None, one.code in cells,
            said_cell(corrected.get(one.code), one),
        )
        for one in question.inputs
    ]  # fmt: skip


def _from_records(seen: Seen) -> tuple[Mapping[str, Cell], Mapping[str, Cell]]:
    """The computed figures of the unit, and those that accepted corrections will make others."""
    found = seen.submission
    snapshot = snapshot_that_counts(found.assessment)
    cells = cells_from_records(snapshot, seen.version, found.unit.code)
    return cells, load_moved(
        found.assessment, seen.version, found.unit.code, cells, seen.request.today
    )


# --- two savers -----------------------------------------------------------------------------------


def _both(
    request: HttpRequest, found: Filling, question: Question, error: ChangedMeanwhile
) -> HttpResponse:
    back = reverse("assessment:item", args=[found.code, found.pk, question.item.code])
    told = told_of(error, but=("saved_by_id", "saved_at"))
    return show_both(request, error, pairs=list(_pairs(question, error)), told=told, back=back)


def _pairs(question: Question, error: ChangedMeanwhile):
    """Field by field, the figures each by itself, as the form sends them."""
    form = AnswerForm(question=question)
    rows = [_as_sent(row) for row in (error.before, error.theirs, error.mine)]
    for name, field in form.fields.items():
        before, theirs, mine = (row.get(name, "") for row in rows)
        if name == "version" or theirs == mine:
            continue
        label = str(field.label)
        said = [_in_words(name, one, question) for one in (before, theirs, mine)]
        chosen = choice(before, theirs, mine) if error.before else ""
        yield Pair(name, label, *said, theirs, mine, chosen)


def _as_sent(row: Mapping[str, Any]) -> dict[str, str]:
    figures = row.get("figures") or {}
    return {
        "self_score": written_score(row.get("self_score")),
        **{name: str(row.get(name) or "") for name in ("statement", "claim", "grounds")},
        **{FIGURE + code: str(figure) for code, figure in figures.items()},
    }


def _in_words(name: str, value: str, question: Question) -> str:
    if name == "claim" and value in set(Claim):
        return say(CLAIMS[Claim(value)])
    figures = {FIGURE + one.code: one for one in question.inputs}
    return in_field(value, figures[name], lang()) if name in figures else value
