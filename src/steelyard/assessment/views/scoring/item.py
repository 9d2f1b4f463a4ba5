"""One item with all its units side by side, many of them by pages: the form of whoever scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods

from steelyard.assessment.actions.scoring import RowsChanged, RowWanted, score_rows
from steelyard.assessment.forms.scoring import (
    RowSent,
    filled_down,
    mark_of,
    may_confirm_all,
    prefix_of,
    rests_of,
    sent_rows,
    waits_for_an_answer,
)
from steelyard.assessment.models import Assessment
from steelyard.assessment.permissions import may_not, no_right_to
from steelyard.assessment.permissions.scoring import bodies_scored_for
from steelyard.assessment.queries.collection import in_words
from steelyard.assessment.queries.forgery import DECIDED
from steelyard.assessment.queries.scoring import (
    ItemPage,
    ScoreRow,
    load_item,
    load_lines,
    scores_seen_by,
)
from steelyard.assessment.queries.visits import Found, since
from steelyard.assessment.rules.collection.claims import CLAIMS
from steelyard.assessment.rules.figures import as_typed, said_figure
from steelyard.assessment.rules.forgery import WHEN
from steelyard.assessment.rules.judging import (
    CLAIM_ANSWERS,
    STATUSES,
    Judging,
    Typed,
    answers_to,
)
from steelyard.assessment.rules.papers.kinds import PaperKind
from steelyard.assessment.rules.states import Stage
from steelyard.assessment.views.entries import saved
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.papers.taken import links_to
from steelyard.assessment.views.reviews.results import Behind, behind
from steelyard.assessment.views.scoring.saying import said_points, said_reason
from steelyard.kernel.exact import shown
from steelyard.kernel.refusals import Refused
from steelyard.look.language import lang, say
from steelyard.people.lists import page_of
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import (
    NotAllowed,
    refused_for_a_right,
    who_and_when,
)


@dataclass(frozen=True, slots=True)
class Box:
    """A field of a judged input: its name, what stands in it, its unit of measure."""

    name: str
    title: str
    value: str
    measure: str


@dataclass(slots=True)
class RowShown:
    """A row of the form. ``theirs``: what somebody else scored meanwhile; ``faults``: against what was typed."""

    row: ScoreRow
    prefix: str
    typed: Typed
    mark: str
    seen: int
    boxes: list[Box]
    kept: list[str]
    """What is judged of a row that is not to be typed in."""
    can_edit: bool
    points: str
    why: str
    faults: list[str] = field(default_factory=list)
    reviews: list[Behind] = field(default_factory=list)
    theirs: str = ""
    is_above: bool = False
    is_confirmed: bool = False
    rests: str = ""
    findings: list[Found] = field(default_factory=list)
    """What was found of the item on visits that are reported."""
    answers: list[tuple[str, str]] = field(default_factory=list)
    """To what the unit claims, each with what it does to the points."""

    @property
    def status(self) -> str:
        status = self.row.score.status
        return say(STATUSES[status]) if status in STATUSES else ""

    @property
    def claim(self) -> str:
        claim = self.row.score.claim
        return say(CLAIM_ANSWERS[claim]) if claim in CLAIM_ANSWERS else ""

    @property
    def claimed(self) -> str:
        claimed = self.row.facts.claimed
        return say(CLAIMS[claimed]) if claimed in CLAIMS else ""


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, code: str, item: str) -> HttpResponse:
    found = find(request, code)
    page = _page(request, found, item)
    if request.method != "POST":
        return _shown(request, page, {})
    body = page.rows[0].score.body_id
    if may_not(request.held, Action.SCORE_ITEMS, body, request.today):
        raise NotAllowed([no_right_to(Action.SCORE_ITEMS)])
    rows = sent_rows(page, request.POST)
    if "fill" in request.POST:
        return _shown(request, page, filled_down(page, rows, request.POST))
    return _saved(request, page, rows)


def _page(request: HttpRequest, found: Assessment, item: str) -> ItemPage:
    seen = scores_seen_by(request.held, found, request.today)
    page = None if seen is None else load_item(found, item, request.held, request.now)
    if page is None:
        raise Http404
    looks = seen is not None and not seen
    if not looks and page.rows[0].score.body_id not in bodies_scored_for(
        request.held, request.today
    ):
        raise Http404
    return page


def _saved(request: HttpRequest, page: ItemPage, rows: Mapping[int, RowSent]) -> HttpResponse:
    wanted = {
        number: RowWanted(one.seen, one.typed, one.rests, one.beside)
        for number, one in rows.items()
        if one.is_new
    }
    item = page.duty.item.code
    try:
        written = score_rows(
            assessment=page.assessment.pk, item=item, rows=wanted, **who_and_when(request)
        )
    except Refused as refused:
        refused_for_a_right(refused)
        faults: dict[str, list[str]] = {}
        for one in refused.refusals:
            faults.setdefault(one.field, []).append(say(one.text))
        status = 422 if any(faults) and "" not in faults else 409
        return _shown(request, page, rows, faults=faults, status=status)
    except RowsChanged as changed:
        return _shown(request, _page(request, page.assessment, item), rows, changed, status=409)
    messages.success(request, _what_was_written(written))
    if "all" in request.POST:
        _tell_whose_claim_waits(request, page, rows)
    if "next" in request.POST:
        return saved(request, _next(request, page))
    return saved(request, request.get_full_path())


def _tell_whose_claim_waits(
    request: HttpRequest, page: ItemPage, rows: Mapping[int, RowSent]
) -> None:
    waiting = [
        row for row in page.rows_of(rows) if waits_for_an_answer(row, rows[row.score.pk].typed)
    ]
    if waiting:
        units = pgettext("between cities", "; ").join(say(row.facts.title) for row in waiting)
        said = _("Not confirmed, as nobody answered what they claim: %(units)s.")
        messages.warning(request, said % {"units": units})


def _what_was_written(written: int) -> str:
    if not written:
        return _("Nothing was changed.")
    return ngettext("%(n)d unit scored.", "%(n)d units scored.", written) % {"n": written}


def _next(request: HttpRequest, page: ItemPage) -> str:
    """The next page of many units; else the next item with something to be scored, in the order of the scheme;
    else the list."""
    shown_rows = page_of(page.rows, request)
    if shown_rows.has_next():
        return f"{request.path}?page={shown_rows.next_page_number()}"
    code = page.assessment.code
    seen = scores_seen_by(request.held, page.assessment, request.today)
    lines = [] if seen is None else load_lines(page.assessment, seen)
    order = [line.duty.item.code for line in lines]
    here = order.index(page.duty.item.code) if page.duty.item.code in order else 0
    body = page.rows[0].score.body_id
    around = [*lines[here + 1 :], *lines[:here]]
    waiting = next((line for line in around if line.waits and line.body == body), None)
    if waiting is None:
        return reverse("assessment:scoring", args=[code])
    return reverse("assessment:score_item", args=[code, waiting.duty.item.code])


def _shown(
    request: HttpRequest, page: ItemPage, rows: Mapping[int, RowSent],
    changed: RowsChanged | None = None, faults: Mapping[str, list[str]] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    body = page.rows[0].score.body_id
    may_score = not may_not(request.held, Action.SCORE_ITEMS, body, request.today)
    can_edit = may_score and Stage(page.assessment.stage) is Stage.SCORING
    faults = faults or {}
    knows = _knows_of_suspicions(request, page)
    for row in page.rows:
        if not knows and row.suspicion and row.suspicion.state not in DECIDED:
            row.suspicion = None
    shown_rows = page_of(page.rows, request)
    lines = [
        _row_shown(row, page, can_edit, rows.get(row.score.pk), changed, faults)
        for row in shown_rows
    ]
    context = {
        "assessment": page.assessment,
        "item": page.duty.item,
        "of": page.of,
        "full": shown(page.of.full),
        "rule": in_words(page.version, page.duty.item.code, lang()),
        "body": page.rows[0].score.body,
        "rows": lines,
        "page": shown_rows,
        "may_score": may_score,
        "can_edit": can_edit and any(line.can_edit for line in lines),
        "is_judged": bool(page.of.judged),
        "may_confirm_all": may_confirm_all(page),
        "statuses": list(STATUSES.items()),
        "columns": [(one.code, say(one.title) or one.code) for one in page.of.judged],
        "refusals": faults.get("", []),
        "faulty": [line for line in lines if line.faults or line.theirs],
        "papers": links_to(page.assessment, PaperKind.ITEM_UNITS, page.duty.item.code),
    }
    return render(request, "assessment/scoring/item.html", context, status=status)


def _knows_of_suspicions(request: HttpRequest, page: ItemPage) -> bool:
    """Of those that are not decided: the office, its head and the body that scores the item."""
    body, office = page.rows[0].score.body_id, page.assessment.office_id
    asked = (
        (Action.RAISE_SUSPICION, body), (Action.RAISE_SUSPICION, office),
        (Action.DECIDE_SUSPICION, office),
    )  # fmt: skip
    return any(not may_not(request.held, action, one, request.today) for action, one in asked)


def may_raise(request: HttpRequest, page: ItemPage) -> bool:
    towards = (page.rows[0].score.body_id, page.assessment.office_id)
    return Stage(page.assessment.stage) in WHEN and any(
        not may_not(request.held, Action.RAISE_SUSPICION, one, request.today) for one in towards
    )


def _in_words(typed: Typed, of: Judging) -> Typed:
    """As it stands in the fields: yes and no in the reader's language."""
    said = {
        one.code: as_typed(typed.judged[one.code], one, lang())
        for one in of.judged
        if one.code in typed.judged
    }
    return replace(typed, judged={**typed.judged, **said})


def _row_shown(
    row: ScoreRow, page: ItemPage, can_edit: bool, sent: RowSent | None,
    changed: RowsChanged | None, faults: Mapping[str, list[str]]
) -> RowShown:  # fmt: skip
    typed = _in_words(sent.typed if sent else row.typed, page.of)
    is_raced = changed is not None and row.score.pk in changed.rows
    prefix = prefix_of(row)
    return RowShown(
        row=row, prefix=prefix, typed=typed, mark=mark_of(_in_words(row.typed, page.of)),
        seen=row.score.version if is_raced or not sent else sent.seen,
        boxes=[
            Box(
                f"{prefix}f-{one.code}", say(one.title) or one.code,
                typed.judged.get(one.code, ""), say(one.unit_of_measure),
            )
            for one in page.of.judged
        ],
        kept=[
            say(said_figure(row.judgement.judged[one.code], one))
            for one in page.of.judged if one.code in row.judgement.judged
        ],
        can_edit=can_edit and not row.is_scored and not row.facts.is_own,
        points=said_points(row), why=said_reason(row, page),
        faults=list(faults.get(row.facts.unit, [])),
        theirs=_said_by(row, typed) if is_raced else "",
        is_above=page.is_above(row), is_confirmed=bool(sent and sent.is_new), rests=rests_of(page, row),
        reviews=behind(row.reviews), findings=since(row.findings, row.score.scored_at),
        answers=[(one.value, say(text)) for one, text in answers_to(row.facts.claimed, page.of).items()],
    )  # fmt: skip


def _said_by(row: ScoreRow, mine: Typed) -> str:
    """What stands there by somebody else's hand, or since its case files are settled, and what was typed here."""
    told = {"theirs": _in_a_line(row.typed), "mine": _in_a_line(mine)}
    if not row.is_scored:
        moved = _("It changed since you looked. Now it says: %(theirs)s. You typed: %(mine)s.")
        return moved % told
    said = _("%(who)s scored it first: %(theirs)s. You typed: %(mine)s.")
    return said % {"who": str(row.score.scored_by or ""), **told}


def _in_a_line(typed: Typed) -> str:
    status = say(STATUSES[typed.status]) if typed.status in STATUSES else typed.status
    claim = say(CLAIM_ANSWERS[typed.claim]) if typed.claim in CLAIM_ANSWERS else typed.claim
    lines = [*typed.judged.values(), status, claim, *typed.deductions.splitlines(), typed.reason]
    return " · ".join(line.strip() for line in lines if line.strip()) or "–"
