"""An item of a submission: its rule, what is said of it, its figures; save it. The rows behind a figure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from ninja import Path, Query, Router, Schema
from pydantic import Field

from steelyard.assessment.actions.collection import save_answer
from steelyard.assessment.api.materials import MaterialUseOut, use_out
from steelyard.assessment.api.said import (
    WRITTEN,
    Code,
    ItemCode,
    Number,
    PageIn,
    SeenIn,
    TextOut,
    Word,
    Words,
    name,
    refusals_out,
    text,
)
from steelyard.assessment.api.submissions import exactly
from steelyard.assessment.models import Answer
from steelyard.assessment.queries.assessments import division_of, snapshot_that_counts
from steelyard.assessment.queries.collection import in_words, is_late, said_of, written_score
from steelyard.assessment.queries.figures.computed import open_by_record, rows_behind
from steelyard.assessment.queries.figures.counting import cells_from_records
from steelyard.assessment.rules.collection.answers import FIGURE, Question, Typed
from steelyard.assessment.rules.collection.materials import kinds
from steelyard.assessment.rules.schemes.division import Way
from steelyard.assessment.views.collection.finding import Seen, find_item, find_within
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.people.refused import RefusalOut, ToMend, answered
from steelyard.people.views.asking import who_and_when
from steelyard.records.listing import Listing
from steelyard.weighing.values import written

router = Router()
ROWS = 50
InputCode = Annotated[str, Path(max_length=80, pattern=r"^[^\x00/]+$", description="of the scheme")]


class FigureOut(Schema):
    """A figure of an item. ``own``: as the unit reports it, "" if it reports none; ``computed``: from
    ``records`` frozen rows, null if there is none yet. Both in their exact writing."""

    code: str
    title: TextOut
    measure: TextOut
    way: Way
    own: str
    computed: str | None
    records: int | None


class AnswerOut(Schema):
    """An item with what the unit says of it. ``version``: 0 until something is said; it goes back as
    ``seen``. ``kinds``: of material that the scheme asks for. ``not_just_now``: what stands against
    filling it in, whoever it is. ``most_in_force``: as of an item of the submission."""

    code: str
    title: TextOut
    rule: TextOut
    most: str
    most_in_force: str | None
    self_score: str
    statement: str
    claim: str
    grounds: str
    department: str
    figures: list[FigureOut]
    kinds: list[TextOut]
    material: list[MaterialUseOut]
    saved_by: str
    saved_at: datetime | None
    is_late: bool
    may_fill: bool
    not_just_now: list[RefusalOut]
    version: int


class AnswerIn(SeenIn):
    """All of it: what is left out is not said. Numbers as texts; "" is not 0. ``figures``: by the code
    of the figure."""

    self_score: Word = ""
    statement: Words = ""
    claim: Word = ""
    grounds: Words = ""
    figures: Annotated[dict[Word, Word], Field(max_length=200)] = {}


class RowsOut(Schema):
    """The rows behind a figure, without what is personal. ``objections``: record → number of the last
    objection to it. ``lacking``: tables that were not delivered for the whole period."""

    value: str | None
    records: int | None
    count: int
    pages: int
    headings: list[str]
    rows: list[list[str | None]]
    hidden: list[str]
    lacking: list[str]
    objections: dict[str, int]


ONE = "/{slug:code}/submissions/{number}"
ITEM = f"{ONE}/items/{{item}}"
ROWS_BEHIND = f"{ONE}/figures/{{figure}}"


@router.get(ITEM, response=AnswerOut)
def read_item(request: HttpRequest, code: Code, number: Number, item: ItemCode) -> dict[str, Any]:
    return _out(*find_item(request, code, number, item))


@router.post(ITEM, response={200: AnswerOut, **WRITTEN})
def save_item(
    request: HttpRequest, code: Code, number: Number, item: ItemCode, said: AnswerIn
) -> dict[str, Any]:
    """Keep what is said of it. Saved again as it is, nothing is written."""
    seen, question = find_item(request, code, number, item)
    seen.refuse_unless_may_fill(item)
    _refuse_unknown_figures(question, said.figures)
    typed = Typed(**said.dict(exclude={"seen"}))
    answered(lambda: save_answer(
        submission=seen.submission.pk, item=item, typed=typed, seen=said.seen,
        **who_and_when(request)))  # fmt: skip
    return _out(*find_item(request, code, number, item))


@router.get(ROWS_BEHIND, response=RowsOut)
def read_rows(
    request: HttpRequest, code: Code, number: Number, figure: InputCode, asked: Query[PageIn]
) -> dict[str, Any]:
    """The rows behind a figure that is computed from records, at most 50 a page."""
    seen = find_within(request, code, number)
    refuse_unless_computed(seen, figure)
    found, unit = seen.submission, seen.submission.unit
    snapshot = snapshot_that_counts(found.assessment)
    cell = cells_from_records(snapshot, seen.version, unit.code).get(figure)
    listing = rows_behind(snapshot, seen.version, unit.code, figure) if snapshot else None
    objections = open_by_record(found.assessment, unit.pk, figure)
    return {
        "value": written(cell.value) if cell else None,
        "records": cell.records if cell else None,
        **_rows(listing, asked.page),
        "objections": {record: one.pk for record, one in objections.items()},
    }


def refuse_unless_computed(seen: Seen, figure: str) -> None:
    """
    Raises:
        Http404: no item that exists for this person needs this figure, or it is not computed.
    """
    needed = {one.code for question in seen.questions for one in question.inputs}
    if figure not in needed or division_of(seen.version).way[figure] is not Way.RECORDS:
        raise Http404


# --- as it is told ----------------------------------------------------------------------------


def _refuse_unknown_figures(question: Question, figures: Mapping[str, str]) -> None:
    """
    Raises:
        ToMend: the item has no such figure, or others give it.
    """
    known = sorted(one.code for one in question.inputs)
    refusals = [
        Refusal(
            "unknown_figure",
            Text(
                f"本项没有由您填报的数据“{code}”；可填：{'、'.join(known) or '无'}",
                f"you report no figure {code!r} here; you may: {', '.join(known) or 'none'}",
            ),
            FIGURE + code,
        )
        for code in figures
        if code not in known
    ]
    if refusals:
        raise ToMend(refusals)


def _out(seen: Seen, question: Question) -> dict[str, Any]:
    item = question.item
    answer, said = seen.answers.get(item.code), said_of(seen.answers.get(item.code))
    words = Text(*(in_words(seen.version, item.code, lang) for lang in ("zh", "en")))
    return {
        "code": item.code, "title": text(item.title), "rule": text(words),
        "most": exactly(question.most),
        "most_in_force": seen.since.most_in_force(question), "self_score": written_score(said.self_score),
        "statement": said.statement, "claim": said.claim, "grounds": said.grounds,
        "department": answer.department.code if answer and answer.department else "",
        "figures": _figures(seen, question, answer),
        "kinds": [text(one) for one in kinds(item.material)],
        "material": [use_out(one, item.material) for one in answer.used] if answer else [],
        "saved_by": name(answer.saved_by if answer else None),
        "saved_at": answer.saved_at if answer else None,
        "is_late": answer is not None and is_late(answer, seen.submission.filed_late_at),
        "may_fill": seen.may_fill(item.code) and not seen.not_just_now,
        "not_just_now": refusals_out(seen.not_just_now),
        "version": answer.version if answer else 0,
    }  # fmt: skip


def _figures(seen: Seen, question: Question, answer: Answer | None) -> list[dict[str, Any]]:
    way = division_of(seen.version).way
    is_computed = any(way[one.code] is Way.RECORDS for one in question.inputs)
    snapshot = snapshot_that_counts(seen.submission.assessment) if is_computed else None
    cells = cells_from_records(snapshot, seen.version, seen.submission.unit.code)
    own: Mapping[str, str] = answer.figures if answer else {}
    return [
        {
            "code": one.code, "title": text(one.title), "measure": text(one.unit_of_measure),
            "way": way[one.code], "own": own.get(one.code, ""),
            "computed": written(cells[one.code].value) if one.code in cells else None,
            "records": cells[one.code].records if one.code in cells else None,
        }
        for one in question.inputs
    ]  # fmt: skip


def _rows(listing: Listing | None, page: int) -> dict[str, Any]:
    rows = (*listing.rows, *listing.earlier) if listing else ()
    pages = Paginator(rows, ROWS)
    return {
        "count": pages.count,
        "pages": pages.num_pages,
        "headings": list(listing.headings) if listing else [],
        "rows": [
            [None if cell is None else str(cell) for cell in row] for row in pages.get_page(page)
        ],
        "hidden": list(listing.hidden) if listing else [],
        "lacking": list(listing.lacking) if listing else [],
    }
