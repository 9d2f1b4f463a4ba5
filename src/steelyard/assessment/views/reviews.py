"""File review: draws, what became of each file, who reviews it, the checklist, both reviews side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from steelyard.assessment.actions import reviews as actions
from steelyard.assessment.actions.reviews import Marked
from steelyard.assessment.forms.reviews import (
    DrawForm,
    MarksForm,
    NoteForm,
    ReviewerForm,
    ReviewersForm,
)
from steelyard.assessment.models import Assessment, Draw, DrawnFile, FileReview
from steelyard.assessment.permissions import may_not, no_right_to
from steelyard.assessment.queries import reviews as queries
from steelyard.assessment.queries.assessments import issued, scheme_of
from steelyard.assessment.queries.reviews import Sight, Stands
from steelyard.assessment.rules.draws import DRAWS_IN, Wanted
from steelyard.assessment.rules.file_review import (
    COLUMNS,
    MEASURES,
    STANDINGS,
    FileType,
    Result,
    Standing,
    points_lost,
)
from steelyard.assessment.rules.states import FileMove, FileState
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.part import Part
from steelyard.kernel.exact import percent, shown
from steelyard.kernel.faults import Faulty
from steelyard.look.language import say
from steelyard.people.lists import page_of
from steelyard.people.models import Account, Organisation
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import (
    NotAllowed,
    done,
    posted,
    status_of,
    who_and_when,
)
from steelyard.people.views.downloads import CSV, XLSX, download
from steelyard.tables.plain_workbook import plain_workbook
from steelyard.tables.write import csv_bytes
from steelyard.trail.side_by_side import Pair, show_both

MOST_EXPORTED = 5000


# --- lists ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DrawLine:
    """A draw in the list: how many of its files stand where."""

    draw: Draw
    title: str
    fed: str
    states: Mapping[str, int]

    @property
    def files(self) -> int:
        return sum(self.states.values())


@dataclass(frozen=True, slots=True)
class UnitLine:
    """What is known of a unit's files. ``rate``: with its interval, as it is said."""

    unit: Organisation
    there: int
    result: Result

    @property
    def mean(self) -> str:
        return "" if self.result.mean is None else shown(self.result.mean, 2)

    @property
    def rate(self) -> str:
        return "" if self.result.rate is None else percent(self.result.rate.value)

    @property
    def interval(self) -> str:
        rate = self.result.rate
        if rate is None or rate.low is None or rate.high is None:
            return ""
        return f"{percent(rate.low)} – {percent(rate.high)}"


@require_safe
def reviews(request: HttpRequest, code: str) -> HttpResponse:
    found, eyes = _seen(request, code)
    draws = page_of(queries.draws_seen(eyes, found).order_by("pk"), request)
    context = {
        "assessment": found,
        "page": draws,
        "lines": _draw_lines(found, draws) if eyes.everything else _titles(found, draws),
        "everything": eyes.everything,
        "draws_files": _draws_files(request, found),
        "is_open": found.stage in DRAWS_IN,
        "mine": _mine(request, found),
    }
    return render(request, "assessment/reviews/reviews.html", context)


MOST_OPEN = 50
"""Of one's own reviews on the page; when some are done the next come up."""


def _mine(request: HttpRequest, found: Assessment) -> list[FileReview]:
    return list(queries.reviews_of(request.user.pk, found).filter(done_at=None)[:MOST_OPEN])


def _draw_lines(found: Assessment, draws: Sequence[Draw]) -> list[DrawLine]:
    progress = queries.load_progress(draws)
    return [_line(found, one, progress.get(one.pk, {})) for one in draws]


def _titles(found: Assessment, draws: Sequence[Draw]) -> list[DrawLine]:
    return [_line(found, one, {}) for one in draws]


def _line(found: Assessment, one: Draw, states: Mapping[str, int]) -> DrawLine:
    return DrawLine(one, say(queries.type_of(one).title), _fed(found, one), states)


def _fed(found: Assessment, one: Draw) -> str:
    version = issued(found)
    source = scheme_of(version).inputs.get(one.input_code) if version else None
    title = say(source.title) if source else one.input_code
    return f"{title} · {say(MEASURES[queries.measure_for(found, one.input_code)])}"


@require_safe
def draw(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found, eyes = _seen(request, code)
    one = _draw_of(found, eyes, number)
    seen = queries.files_seen(eyes, found).filter(draw=one)
    files = _narrowed(request, seen)
    page = page_of(queries.with_reviews(files), request)
    context = {
        "assessment": found,
        "draw": one,
        "line": _line(found, one, {}),
        "type": queries.type_of(one),
        "units": _unit_lines(one, eyes, seen),
        "short": [unit for unit, there in one.population.items() if there < one.wanted],
        "page": page,
        "files": [queries.stands(file) for file in page],
        "unit": request.GET.get("unit", ""),
        "standings": {standing: say(title) for standing, title in STANDINGS.items()},
        "everything": eyes.everything,
        "draws_files": _draws_files(request, found) and found.stage in DRAWS_IN,
    }
    return render(request, "assessment/reviews/draw.html", context)


def _narrowed(request: HttpRequest, seen: Any) -> Any:
    unit = request.GET.get("unit", "")
    ordered = seen.order_by("unit__code", "place")
    return ordered.filter(unit__code=unit) if unit else ordered


def _unit_lines(one: Draw, eyes: Sight, seen: Any) -> list[UnitLine]:
    """All of them for the office; of a unit its own when it is finished; nothing for reviewers."""
    if not eyes.everything and not eyes.units:
        return []
    files = seen if eyes.everything else seen.filter(unit__in=eyes.units)
    held = [queries.stands(file) for file in queries.with_reviews(files)]
    units = {file.file.unit_id: file.file.unit for file in held}
    told = queries.results(held)
    lines = [
        UnitLine(unit, one.population.get(unit.code, 0), told[number])
        for number, unit in sorted(units.items(), key=lambda pair: pair[1].code)
    ]
    return [line for line in lines if eyes.everything or line.result.is_finished]


@require_safe
def export(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """The results of a draw by unit, as a sheet; for the office."""
    found, eyes = _seen(request, code)
    one = _draw_of(found, eyes, number)
    if not eyes.everything:
        raise NotAllowed([no_right_to(Action.DRAW_FILES)])
    headings = [
        _("Unit"), _("Code"), _("Files there are"), pgettext("case files", "Drawn"),
        pgettext("case files", "Open"), pgettext("case files", "Missing"),
        pgettext("case files", "Defective"), _("Mean points"), _("Defect rate"), _("Interval from"),
        _("Interval until"),
    ]  # fmt: skip
    seen = queries.files_seen(eyes, found).filter(draw=one)
    rows = [_cells(line) for line in _unit_lines(one, eyes, seen)]
    note = f"{one.snapshot.identifier} · {one.seed}"
    content = plain_workbook(_("File review"), headings, rows, note)
    return download(content, f"file-review-{found.code}-{one.file_type}.xlsx", XLSX)


def _cells(line: UnitLine) -> list[Any]:
    of = line.result
    rate = of.rate
    return [
        say(line.unit.name), line.unit.code, line.there, of.drawn, of.open, of.missing, of.defective,
        line.mean or None, line.rate or None,
        percent(rate.low) if rate and rate.low is not None else None,
        percent(rate.high) if rate and rate.high is not None else None,
    ]  # fmt: skip


@require_safe
def records(request: HttpRequest, code: str) -> HttpResponseBase:
    """What is settled, as a sheet of the table ``file_reviews``, to be delivered as records."""
    found, eyes = _seen(request, code)
    if not eyes.everything:
        raise NotAllowed([no_right_to(Action.DRAW_FILES)])
    rows = queries.catalogue_rows(found)[:MOST_EXPORTED]
    told = [["true" if row[one] is True else "false" if row[one] is False else row[one]
             for one in COLUMNS] for row in rows]  # fmt: skip
    return download(csv_bytes(list(COLUMNS), told), f"file_reviews-{found.code}.csv", CSV)


# --- the office -----------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def draw_files(request: HttpRequest, code: str) -> HttpResponse:
    found = _for_the_office(request, code)
    form = DrawForm(
        posted(request),
        snapshots=queries.snapshots_of(found),
        types=_types(),
        inputs=_inputs(found),
    )
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        snapshot = told.pop("snapshot")
        drawn = _done_or_faulty(form, lambda: actions.draw_files(
            assessment=found.pk, snapshot=snapshot.pk, wanted=Wanted(**told), **who_and_when(request)))  # fmt: skip
        if drawn is not None:
            messages.success(request, _("Done."))
            return redirect("assessment:draw", found.code, drawn.pk)
    context = {
        "assessment": found, "form": form, "has_snapshots": queries.snapshots_of(found).exists(),
        "is_sample": any(one.sample for one in queries.load_types().values()),
    }  # fmt: skip
    return render(request, "assessment/reviews/draw_files.html", context, status=status_of(form))


def _done_or_faulty(form: DrawForm, act: Callable[[], Draw]) -> Draw | None:
    try:
        return done(form, act)
    except Faulty as error:
        form.add_error("snapshot", "; ".join(say(fault.text) for fault in error.faults[:5]))
        return None


def _types() -> list[tuple[str, str]]:
    return [("", "–"), *((code, say(one.title)) for code, one in queries.load_types().items())]


def _inputs(found: Assessment) -> list[tuple[str, str]]:
    version = issued(found)
    titles = scheme_of(version).inputs if version else {}
    return [
        ("", "–"),
        *((code, f"{code} {say(titles[code].title)}") for code in queries.inputs_fed(found)),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def reviewers(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = _for_the_office(request, code)
    one = _draw_of(found, _eyes(request, found), number)
    form = ReviewersForm(posted(request), reviewers=_reviewers(request, found))
    if request.method == "POST" and form.is_valid():
        chosen = [account.pk for account in form.cleaned_data["reviewers"]]
        shared = done(form, lambda: actions.assign_reviewers(
            draw=one.pk, reviewers=chosen, **who_and_when(request)))  # fmt: skip
        if shared is not None:
            _say_shared_out(request, shared)
            return redirect("assessment:draw", found.code, one.pk)
    context = {"assessment": found, "draw": one, "line": _line(found, one, {}), "form": form}
    return render(request, "assessment/reviews/reviewers.html", context, status=status_of(form))


def _say_shared_out(request: HttpRequest, shared: actions.SharedOut) -> None:
    messages.success(request, _("Reviews given out: %(n)s.") % {"n": shared.given})
    if shared.lacking:
        said = ngettext(
            "%(n)s file still lacks two reviewers: choose more, who hold no role in its unit.",
            "%(n)s files still lack two reviewers: choose more, who hold no role in their units.",
            shared.lacking,
        )
        messages.warning(request, said % {"n": shared.lacking})


def _reviewers(request: HttpRequest, found: Assessment) -> Any:
    return queries.load_accounts(queries.load_reviewers(found, request.today))


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, code: str, number: int, move: str) -> HttpResponse:
    """Receive a file, note it as missing, or replace it by a reserve."""
    found, file = _file_of(request, code, number)
    if move not in (FileMove.RECEIVE, FileMove.MISS, FileMove.EXCUSE):
        raise Http404
    _must_draw(request, found)
    form = NoteForm(posted(request), initial={"version": file.version})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        noted = done(form, lambda: actions.note_file(
            file=file.pk, move=FileMove(move), reason=told["reason"], seen=told["version"],
            **who_and_when(request)))  # fmt: skip
        if form.meanwhile:
            at = reverse("assessment:drawn_file", args=[found.code, file.pk])
            return show_both(request, form.meanwhile, back=at)
        if noted is not None:
            messages.success(request, _("Done."))
            return redirect(_back(request, found, file))
    context = {
        "assessment": found, "file": file, "form": form, "move": move,
        "title": say(queries.DRAWN_FILE.moves[FileMove(move)]), "type": queries.type_of(file.draw),
        "back": request.POST.get("back", ""),
    }  # fmt: skip
    return render(request, "assessment/reviews/note.html", context, status=status_of(form))


def _back(request: HttpRequest, found: Assessment, file: DrawnFile) -> str:
    """To the list that it was noted in, else to the file."""
    back = request.POST.get("back", "")
    if back and url_has_allowed_host_and_scheme(back, None):
        return back
    return reverse("assessment:drawn_file", args=[found.code, file.pk])


@require_POST
def third(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found, file = _file_of(request, code, number)
    _must_draw(request, found)
    form = ReviewerForm(request.POST, reviewers=_reviewers(request, found))
    if form.is_valid() and done(form, lambda: actions.assign_third(
        file=file.pk, reviewer=form.cleaned_data["reviewer"].pk, **who_and_when(request))):  # fmt: skip
        messages.success(request, _("Done."))
        return redirect("assessment:drawn_file", found.code, file.pk)
    return _shown(request, found, file, form)


@require_POST
def replace(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Somebody else does a review."""
    found, eyes = _seen(request, code)
    seen = queries.files_seen(eyes, found)
    one = FileReview.objects.filter(pk=number, file__in=seen).first()
    if one is None or not (eyes.everything or one.reviewer_id == request.user.pk):
        raise Http404
    _must_draw(request, found)
    file = seen.get(pk=one.file_id)
    form = ReviewerForm(request.POST, reviewers=_reviewers(request, found))
    if form.is_valid() and done(form, lambda: actions.replace_reviewer(
        review=one.pk, reviewer=form.cleaned_data["reviewer"].pk, **who_and_when(request))):  # fmt: skip
        messages.success(request, _("Done."))
        return redirect("assessment:drawn_file", found.code, file.pk)
    return _shown(request, found, file, form)


# --- one file -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Column:
    """A review beside the other: whose it is (for the office), whether it is done."""

    review: FileReview
    title: str
    who: Account | None
    lost: str


@dataclass(frozen=True, slots=True)
class DefectRow:
    title: str
    cells: tuple[str, ...]
    differs: bool


@require_safe
def file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found, one = _file_of(request, code, number)
    return _shown(request, found, one)


def _shown(
    request: HttpRequest, found: Assessment, one: DrawnFile, form: ReviewerForm | None = None
) -> HttpResponse:
    eyes = _eyes(request, found)
    one = queries.with_reviews(DrawnFile.objects.filter(pk=one.pk)).get()
    stands, of = queries.stands(one), queries.type_of(one.draw)
    listed = list(one.reviews.select_related("reviewer").prefetch_related("marks"))
    mine = next((review for review in listed if review.reviewer_id == request.user.pk), None)
    side_by_side = _columns(eyes, stands, of, listed, mine)
    draws_them = _draws_files(request, found) and found.stage in DRAWS_IN
    context = {
        "assessment": found, "file": one, "stands": stands, "type": of,
        "type_title": say(of.title),
        "standing": say(STANDINGS[stands.standing]), "columns": side_by_side,
        "rows": _rows(of, [column.review for column in side_by_side]),
        "points": "" if stands.outcome is None else shown(stands.outcome.points),
        "possible": shown(of.possible),
        "reviews": listed if eyes.everything else [],
        "mine": mine, "everything": eyes.everything,
        "moves": _moves(one) if draws_them else [],
        "wants_third": draws_them and stands.standing is Standing.DIFFER
        and not any(review.settles for review in listed),
        "replaces": draws_them and one.state in (FileState.ASKED, FileState.RECEIVED),
        "form": form or ReviewerForm(reviewers=_reviewers(request, found)),
        "is_refused": form is not None,
    }  # fmt: skip
    status = status_of(form)
    return render(request, "assessment/reviews/file.html", context, status=status)


def _columns(
    eyes: Sight, stands: Stands, of: FileType, listed: Sequence[FileReview], mine: FileReview | None
) -> list[Column]:
    """Nobody sees marks before both are done; a unit sees them when its file is settled, and no names."""
    both_done = stands.standing in (Standing.DIFFER, Standing.SETTLED)
    if not both_done or not (eyes.everything or mine or stands.state is FileState.REVIEWED):
        return []
    is_for_all = eyes.everything or mine is not None
    shown_ones = [one for one in listed if one.done_at and (is_for_all or _settled_by(one, listed))]
    return [
        Column(
            one,
            _("Third reviewer") if one.settles else _("Reviewer %(n)s") % {"n": at},
            one.reviewer if eyes.everything else None,
            shown(points_lost(of, queries.found_by(one))),
        )
        for at, one in enumerate(shown_ones, 1)
    ]


def _settled_by(one: FileReview, listed: Sequence[FileReview]) -> bool:
    """For the unit: the third's word, else what both found."""
    has_third = any(other.settles and other.done_at for other in listed)
    return one.settles if has_third else True


def _rows(of: FileType, listed: Sequence[FileReview]) -> list[DefectRow]:
    marks = [{mark.defect: mark for mark in one.marks.all()} for one in listed]
    rows = []
    for defect in of.defects:
        own = [held.get(defect.code) for held in marks]
        if not any(own):
            continue
        times = {one.times if one else 0 for one in own}
        cells = tuple(f"{one.times} × {one.note}".rstrip(" ×") if one else "–" for one in own)
        rows.append(DefectRow(say(defect.title), cells, len(times) > 1))
    return rows


def _moves(one: DrawnFile) -> list[tuple[str, str]]:
    if one.is_reserve:
        return []
    state = FileState(one.state)
    return [
        (move, say(queries.DRAWN_FILE.moves[move]))
        for move in queries.DRAWN_FILE.moves_from(state)
        if move is not FileMove.REVIEW
    ]


# --- the reviewer ---------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The checklist as a form. ``act``: count (nothing is written), save, finish."""
    found = find(request, code)
    one = _own_review(request, found, number)
    if not reach(request.held, Action.REVIEW_FILES, request.today):
        raise NotAllowed([no_right_to(Action.REVIEW_FILES)])
    of = queries.type_of(one.file.draw)
    there = {mark.defect: Marked(mark.times, mark.note) for mark in one.marks.all()}
    form = MarksForm(posted(request), of=of, marked=there, initial={"version": one.version})
    act = request.POST.get("act", "save")
    if request.method == "POST" and form.is_valid() and act != "count":
        marked = form.marked()
        saved = done(form, lambda: actions.save_review(
            review=one.pk, marked=marked, finish=act == "finish", seen=form.cleaned_data["version"],
            **who_and_when(request)))  # fmt: skip
        if form.meanwhile:
            pairs = _pairs(of, there, marked)
            return show_both(request, form.meanwhile, pairs=pairs, told=(), along=[("act", act)])
        if saved is not None:
            return _after(request, found, saved, act)
    found_now = {code: one.times for code, one in _so_far(form, there).items()}
    context = {
        "assessment": found, "review": one, "file": one.file, "type": of, "form": form,
        "type_title": say(of.title), "rows": form.rows(),
        "lost": shown(points_lost(of, found_now)),
        "points": shown(of.possible - points_lost(of, found_now)), "possible": shown(of.possible),
        "is_fatal": any(d.fatal and found_now.get(d.code) for d in of.defects),
        "is_defective": points_lost(of, found_now) > of.defective_above,
        "is_open": found.stage in DRAWS_IN and one.file.state == FileState.RECEIVED,
    }  # fmt: skip
    status = 200 if act == "count" and form.is_bound else status_of(form)
    return render(request, "assessment/reviews/mine.html", context, status=status)


def _so_far(form: MarksForm, there: Mapping[str, Marked]) -> Mapping[str, Marked]:
    return form.marked() if form.is_bound and hasattr(form, "cleaned_data") else there


def _after(request: HttpRequest, found: Assessment, saved: FileReview, act: str) -> HttpResponse:
    """Saved: here again. Finished: the next one that waits, else the list."""
    if act != "finish":
        messages.success(request, _("Saved."))
        return redirect("assessment:my_review", found.code, saved.pk)
    messages.success(request, _("The review is finished."))
    after = (
        queries.waiting_for_reviewer(request.user.pk).filter(file__draw__assessment=found).first()
    )
    if after is not None:
        return redirect("assessment:my_review", found.code, after.pk)
    return redirect("assessment:reviews", found.code)


def _pairs(of: FileType, there: Mapping[str, Marked], mine: Mapping[str, Marked]) -> list[Pair]:
    """Where what was saved meanwhile and what is about to be saved differ."""
    pairs = []
    for one in of.defects:
        theirs, own = there.get(one.code, Marked(0)), mine.get(one.code, Marked(0))
        title = say(one.title)
        for name, label, a, b in (
            (f"times_{one.code}", title, str(theirs.times), str(own.times)),
            (f"note_{one.code}", f"{title} · {_('Note')}", theirs.note, own.note),
        ):
            if a != b:
                pairs.append(Pair(name, label, "", a, b, a, b, ""))
    return pairs


# --- who sees what --------------------------------------------------------------------------


def _eyes(request: HttpRequest, found: Assessment) -> Sight:
    return queries.sight(request.held, request.user.pk, found, request.today)


def _seen(request: HttpRequest, code: str) -> tuple[Assessment, Sight]:
    """
    Raises:
        Http404: file reviews are nothing to this person.
    """
    found = find(request, code)
    eyes = _eyes(request, found)
    reviews_files = reach(request.held, Action.REVIEW_FILES, request.today)
    if not (eyes.everything or eyes.units or reviews_files):
        raise Http404
    return found, eyes


def _draw_of(found: Assessment, eyes: Sight, number: int) -> Draw:
    one = queries.draws_seen(eyes, found).filter(pk=number).first()
    if one is None:
        raise Http404
    return one


def _file_of(request: HttpRequest, code: str, number: int) -> tuple[Assessment, DrawnFile]:
    found, eyes = _seen(request, code)
    one = queries.files_seen(eyes, found).filter(pk=number).first()
    if one is None:
        raise Http404
    return found, one


def _own_review(request: HttpRequest, found: Assessment, number: int) -> FileReview:
    one = queries.reviews_of(request.user.pk, found).filter(pk=number).first()
    if one is None:
        raise Http404
    return one


def _draws_files(request: HttpRequest, found: Assessment) -> bool:
    return not may_not(request.held, Action.DRAW_FILES, found.office_id, request.today)


def _must_draw(request: HttpRequest, found: Assessment) -> None:
    if not _draws_files(request, found):
        raise NotAllowed([no_right_to(Action.DRAW_FILES)])


def _for_the_office(request: HttpRequest, code: str) -> Assessment:
    found, _eyes_of = _seen(request, code)
    _must_draw(request, found)
    return found


# --- on the page of the assessment ----------------------------------------------------------


def review_part(request: HttpRequest, found: Assessment) -> Part | None:
    """For the office while files may be drawn; for units and reviewers once theirs are."""
    eyes = _eyes(request, found)
    draws = queries.draws_seen(eyes, found).count()
    if not draws and not (eyes.everything and found.stage in DRAWS_IN):
        return None
    waiting = queries.waiting_for_reviewer(request.user.pk)
    n = waiting.filter(file__draw__assessment=found).count()
    said = _("To review: %(n)s") % {"n": n} if n else _("Draws: %(n)s") % {"n": draws}
    url = reverse("assessment:reviews", args=[found.code])
    return Part(_("File review"), url, said, bool(n))
