"""What is known of the units of a draw: as lines, as a sheet, as records."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from steelyard.assessment.models import Assessment, Draw
from steelyard.assessment.permissions import no_right_to
from steelyard.assessment.queries import reviews as queries
from steelyard.assessment.queries.assessments import issued, scheme_of
from steelyard.assessment.queries.reviews import OfUnit, Sight
from steelyard.assessment.rules.reviews.results import COLUMNS, Result
from steelyard.assessment.views.reviews.seen import (
    draw_of,
    find_reviews,
)
from steelyard.kernel.exact import percent, shown
from steelyard.look.language import say
from steelyard.people.models import Organisation
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed
from steelyard.people.views.downloads import CSV, XLSX, download
from steelyard.scheme.case_files import TITLES
from steelyard.tables.plain_workbook import plain_workbook
from steelyard.tables.write import csv_bytes

MOST_EXPORTED = 5000


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
    def said(self) -> str:
        """In a line: how many files, what was found, with the interval."""
        of = self.result
        if not of.is_finished:
            told = {"open": of.open, "drawn": of.drawn}
            return _("%(open)s of %(drawn)s files are still reviewed") % told
        return _(
            "%(drawn)s of %(there)s files, %(missing)s missing; mean points %(mean)s; defect rate "
            "%(rate)s (95%% interval %(interval)s)"
        ) % {
            "drawn": of.drawn, "there": self.there, "missing": of.missing, "mean": self.mean,
            "rate": self.rate, "interval": self.interval,
        }  # fmt: skip

    @property
    def interval(self) -> str:
        rate = self.result.rate
        if rate is None or rate.low is None or rate.high is None:
            return ""
        return f"{percent(rate.low)} – {percent(rate.high)}"


def draw_lines(found: Assessment, draws: Sequence[Draw]) -> list[DrawLine]:
    progress = queries.load_progress(draws)
    return [line_of(found, one, progress.get(one.pk, {})) for one in draws]


def titles(found: Assessment, draws: Sequence[Draw]) -> list[DrawLine]:
    return [line_of(found, one, {}) for one in draws]


def line_of(found: Assessment, one: Draw, states: Mapping[str, int]) -> DrawLine:
    return DrawLine(one, say(queries.type_of(one).title), _fed(found, one), states)


def _fed(found: Assessment, one: Draw) -> str:
    version = issued(found)
    source = scheme_of(version).inputs.get(one.input_code) if version else None
    title = say(source.title) if source else one.input_code
    return f"{title} · {say(TITLES[queries.figure_of(found, one.input_code)])}"


def unit_lines(one: Draw, eyes: Sight, seen: Any) -> list[UnitLine]:
    """All of them for the office; of a unit its own when it is finished, of those who score all that
    are; nothing for reviewers."""
    scores = one.input_code in eyes.inputs
    if not (eyes.everything or eyes.units or scores):
        return []
    every = queries.files_seen(replace(eyes, everything=True), one.assessment).filter(draw=one)
    files = every if eyes.everything or scores else seen.filter(unit__in=eyes.units)
    held = [queries.stands(file) for file in queries.with_reviews(files)]
    units = {file.file.unit_id: file.file.unit for file in held}
    told = queries.results(held)
    lines = [
        UnitLine(unit, one.population.get(unit.code, 0), told[number])
        for number, unit in sorted(units.items(), key=lambda pair: pair[1].code)
    ]
    return [line for line in lines if eyes.everything or line.result.is_finished]


@dataclass(frozen=True, slots=True)
class Behind:
    """What a draw says of a unit, beside the score of the item that it feeds."""

    draw: Draw
    line: UnitLine

    @property
    def title(self) -> str:
        return say(queries.type_of(self.draw).title)

    @property
    def said(self) -> str:
        return self.line.said

    @property
    def url(self) -> str:
        at = reverse("assessment:draw", args=[self.draw.assessment.code, self.draw.pk])
        return f"{at}?unit={self.line.unit.code}#files"


def behind(told: Sequence[OfUnit]) -> list[Behind]:
    return [
        Behind(one.draw, UnitLine(one.unit, one.draw.population.get(one.unit.code, 0), one.result))
        for one in told
    ]


def behind_scores(found: Assessment, inputs: Collection[str]) -> dict[int, list[Behind]]:
    """Unit → what each draw that feeds these inputs says of it, open or not."""
    told = queries.load_beside_scores(found, inputs)
    return {unit: behind(some) for unit, some in told.items()}


@dataclass(frozen=True, slots=True)
class ReviewerLine:
    """How far a reviewer of a draw is. ``left``: files that are theirs and not done."""

    name: str
    done: int
    left: int
    due: date | None
    urged_on: date | None
    is_late: bool
    may_be_urged: bool


def reviewer_lines(one: Draw, today: date) -> list[ReviewerLine]:
    """For the office alone: nobody else reads who reviews."""
    due = queries.load_due(one)
    return [
        ReviewerLine(
            told.name, told.done, told.left, due.get(told.account), told.urged_on,
            bool(told.left) and due.get(told.account, today) < today,
            bool(told.there) and told.urged_on != today,
        )
        for told in queries.load_shares(one)
    ]  # fmt: skip


@require_safe
def export(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """The results of a draw by unit, as a sheet; for the office."""
    found, eyes = find_reviews(request, code)
    one = draw_of(found, eyes, number)
    if not eyes.everything:
        raise NotAllowed([no_right_to(Action.DRAW_FILES)])
    headings = [
        _("Unit"), _("Code"), _("Files there are"), pgettext("case files", "Drawn"),
        pgettext("case files", "Open"), pgettext("case files", "Missing"),
        pgettext("case files", "Defective"), _("Mean points"), _("Defect rate"), _("Interval from"),
        _("Interval until"),
    ]  # fmt: skip
    seen = queries.files_seen(eyes, found).filter(draw=one)
    rows = [_cells(line) for line in unit_lines(one, eyes, seen)]
    note = f"{one.snapshot.identifier} · {one.seed}"
    content = plain_workbook(_("File review"), headings, rows, note)
    return download(content, f"file-review-{found.code}-{one.file_type}.xlsx", XLSX)


def _cells(line: UnitLine) -> list[Any]:
    of = line.result
    rate = of.rate
    return [
        say(line.unit.name), line.unit.code, line.there, of.drawn, of.open, of.missing, of.defective,
        Decimal(line.mean) if line.mean else None, line.rate or None,
        percent(rate.low) if rate and rate.low is not None else None,
        percent(rate.high) if rate and rate.high is not None else None,
    ]  # fmt: skip


@require_safe
def records(request: HttpRequest, code: str) -> HttpResponseBase:
    """What is settled, as a sheet of the table ``file_reviews``, to be delivered as records."""
    found, eyes = find_reviews(request, code)
    if not eyes.everything:
        raise NotAllowed([no_right_to(Action.DRAW_FILES)])
    rows = queries.catalogue_rows(found)[:MOST_EXPORTED]
    told = [["true" if row[one] is True else "false" if row[one] is False else row[one]
             for one in COLUMNS] for row in rows]  # fmt: skip
    return download(csv_bytes(list(COLUMNS), told), f"file_reviews-{found.code}.csv", CSV)
