"""The rows behind a figure of a unit, and the objection to one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from steelyard.assessment.actions.collection import contest as contest_record
from steelyard.assessment.forms.collection import ContestForm
from steelyard.assessment.models import Assessment
from steelyard.assessment.queries.assessments import division_of, snapshot_that_counts
from steelyard.assessment.queries.collection.corrections import load_corrections
from steelyard.assessment.queries.figures.computed import (
    objections_seen_by,
    open_by_record,
    records_of,
    rows_behind,
)
from steelyard.assessment.queries.figures.corrected import load_as_corrected
from steelyard.assessment.queries.figures.counting import cells_from_records
from steelyard.assessment.rules.collection.objections import CONTESTED_IN
from steelyard.assessment.rules.figures import YES_NO, said_figure
from steelyard.assessment.rules.schemes.division import Way
from steelyard.assessment.rules.states import OBJECTION, ObjectionState, Stage, WeighingState
from steelyard.assessment.views.collection.became import Became, said_cell, shown
from steelyard.assessment.views.collection.finding import Seen, find_within
from steelyard.kernel.bilingual import Text
from steelyard.look.language import say
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import done, posted, status_of, who_and_when
from steelyard.records.catalogue.model import Field
from steelyard.records.listing import Listing
from steelyard.supply.models import Snapshot
from steelyard.supply.queries import load_catalogue
from steelyard.weighing.values import written

ROWS = 50


@require_safe
def rows(request: HttpRequest, code: str, number: int, input_code: str) -> HttpResponse:
    seen = _found(request, code, number, input_code)
    found, unit = seen.submission, seen.submission.unit
    snapshot = snapshot_that_counts(found.assessment)
    listing = rows_behind(snapshot, seen.version, unit.code, input_code) if snapshot else None
    cell = cells_from_records(snapshot, seen.version, unit.code).get(input_code)
    objected = _objected(request, seen, input_code)
    as_corrected = load_as_corrected(found.assessment, seen.version, unit.code, request.today)
    wanted = seen.scheme.inputs[input_code]
    by_record = records_of(listing) if listing else {}
    pages = Paginator(list(by_record.items()), ROWS)
    page = pages.get_page(request.GET.get("page"))
    page.pages = list(pages.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
    order = _record_first(listing) if listing else []
    context = {
        "assessment": found.assessment, "submission": found, "snapshot": snapshot,
        "input": wanted, "listing": listing, "page": page,
        "value": say(said_figure(written(cell.value) or "", wanted)) if cell else None,
        "is_corrected": input_code in as_corrected,
        "corrected": said_cell(as_corrected.get(input_code), wanted),
        "headings": [_heading(listing, listing.headings[at]) for at in order] if listing else (),
        "rows": [
            (record, _readable(listing, row, order), objected.get(record)) for record, row in page
        ] if listing else [],
        "is_final": _is_final(found.assessment, snapshot),
        "may_contest": found.assessment.stage in CONTESTED_IN and seen.may(Action.FILL_ITEMS),
    }  # fmt: skip
    return render(request, "assessment/collection/rows.html", context)


def _is_final(assessment: Assessment, snapshot: Snapshot | None) -> bool:
    """Whether these very records are weighed, and the assessment is frozen still."""
    weighed = assessment.weighings.filter(snapshot=snapshot, state=WeighingState.DONE)
    return assessment.stage == Stage.FROZEN and weighed.exists()


GIVEN = {
    "unit": Text("地区", "Place"),
    "record": Text("记录", "Record"),
    "value": Text("数值", "Value"),
    "numerator": Text("计入分子", "In the numerator"),
    "denominator": Text("计入分母", "In the denominator"),
    "weight": Text("权重", "Weight"),
    "delivery": Text("数据批次", "Delivery"),
}
"""What the query gives of every record, and what the office adds: the rest are columns of its table."""


def _heading(listing: Listing, code: str) -> str:
    field = _fields(listing).get(code)
    return say(GIVEN.get(code) or (field.title if field else Text(code, code)))


def _record_first(listing: Listing) -> list[int]:
    """The places of the columns: by its record a row is found, on a telephone too."""
    return sorted(range(len(listing.headings)), key=lambda at: listing.headings[at] != "record")


def _readable(
    listing: Listing, row: tuple[object, ...], order: list[int]
) -> list[tuple[object, bool]]:
    """The row, with what stands in it by a code written out; and whether a cell is one word, never broken."""
    return [
        (_cell(_codes(listing, listing.headings[at]), row[at]), isinstance(row[at], date | Decimal))
        for at in order
    ]


def _cell(codes: Mapping[str, Text], cell: object) -> object:
    if isinstance(cell, bool):
        return say(YES_NO["yes" if cell else "no"])
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    return say(codes[str(cell)]) if str(cell) in codes else cell


def _codes(listing: Listing, code: str) -> Mapping[str, Text]:
    field = _fields(listing).get(code)
    return load_catalogue().codes.get(field.codes, {}) if field and field.codes else {}


def _fields(listing: Listing) -> Mapping[str, Field]:
    origin = listing.indicator.origin
    return load_catalogue().tables[origin.table].field if origin else {}


@dataclass(frozen=True, slots=True)
class Answered:
    """An objection to a row: its number, for those for whom its page exists, how it stands, what became of it."""

    number: int | None
    state: str
    became: Became | None


def _objected(request: HttpRequest, seen: Seen, input_code: str) -> dict[str, Answered]:
    """Record → the last objection to it, as far as it exists for this person."""
    found = seen.submission
    objections = open_by_record(found.assessment, found.unit_id, input_code)
    numbers = [one.pk for one in objections.values()]
    those = objections_seen_by(request.held, request.today).filter(pk__in=numbers)
    exist = set(those.values_list("pk", flat=True))
    became = load_corrections(found.assessment, objections.values(), request.today)
    return {
        record: Answered(
            one.pk if one.pk in exist else None, say(OBJECTION.states[ObjectionState(one.state)]),
            shown(one, became[one.pk], seen.scheme.inputs),
        )
        for record, one in objections.items()
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def contest(request: HttpRequest, code: str, number: int, input_code: str) -> HttpResponse:
    seen = _found(request, code, number, input_code)
    seen.refuse_unless_may(Action.FILL_ITEMS)
    record = (request.POST if request.method == "POST" else request.GET).get("record", "")[:200]
    form = ContestForm(posted(request))
    if request.method == "POST" and form.is_valid():
        raised = done(form, lambda: contest_record(
            assessment=seen.submission.assessment_id, unit=seen.submission.unit,
            input_code=input_code, record=record, text=form.cleaned_data["text"],
            **who_and_when(request)))  # fmt: skip
        if raised is not None:
            messages.success(request, _("The source of the record has your objection."))
            return redirect("assessment:objection", code, raised.pk)
    context = {
        "assessment": seen.submission.assessment, "submission": seen.submission, "form": form,
        "input": seen.scheme.inputs[input_code], "record": record,
    }  # fmt: skip
    return render(request, "assessment/collection/contest.html", context, status=status_of(form))


def _found(request: HttpRequest, code: str, number: int, input_code: str) -> Seen:
    """
    Raises:
        Http404: no item that exists for this person needs this figure, or it is not computed.
    """
    seen = find_within(request, code, number)
    needed = {one.code for question in seen.questions for one in question.inputs}
    if input_code not in needed or division_of(seen.version).way[input_code] is not Way.RECORDS:
        raise Http404
    return seen
