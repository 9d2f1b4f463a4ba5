"""Deliveries for programs: list, read, upload, mend, sign, accept, return, correct.

The same actions as behind the pages, and the same refusals.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import File as Sent
from ninja import Form, Path, Query, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from steelyard.kernel.bilingual import Text
from steelyard.kernel.periods import Period
from steelyard.kernel.refusals import Refused
from steelyard.kernel.refusing import refusal
from steelyard.people.lists import answer_of
from steelyard.people.models import Organisation
from steelyard.people.refused import RefusedOut
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action
from steelyard.records.intake.delivery import written_period
from steelyard.supply.actions import deliveries as actions
from steelyard.supply.models import Delivery
from steelyard.supply.queries import period, seen_by
from steelyard.supply.rules.deliveries import Status
from steelyard.supply.rules.requests import DAYS_TO_MEND
from steelyard.supply.rules.written import read_period, read_places
from steelyard.supply.views.lists import filtered

router = Router()

Number = Annotated[int, Path(ge=1, le=2**63 - 1)]
Seen = Annotated[int, Field(ge=0, le=2**31 - 1, description="the version that was looked at")]
Word = Annotated[str, Field(max_length=400, pattern=r"^[^\x00]*$")]
Words = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]


class DeliveryOut(Schema):
    """A delivery. ``version`` goes back as ``seen`` with whatever is done to it. ``collection``: of what an
    office collected itself, the name of what it belongs to, such as an assessment's code; "" of bodies."""

    number: int
    name: str
    body: str
    table: str
    period: str
    cut_off: date
    covers: list[str]
    collection: str
    status: Status
    version: int
    rows: int | None
    faults: int
    file_name: str
    file_hash: str
    sample: bool
    source: str
    licence: str
    note: str
    uploaded_at: datetime
    signer: str
    signed_at: datetime | None
    decided_at: datetime | None
    reason: str
    replaces: str
    why: str


class PageOut(Schema):
    count: int
    pages: int
    deliveries: list[DeliveryOut]


class FaultOut(Schema):
    """A fault at its cell; ``row`` as Excel counts, ``column`` its letter and heading."""

    code: str
    zh: str
    en: str
    row: int | None
    column: str


class DetailsIn(Schema):
    """What a body says of its delivery."""

    cut_off: date
    covers: Word = ""
    sample: bool = False
    source: Word = ""
    licence: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")] = ""
    note: Words = ""


class UploadIn(DetailsIn):
    body: Word
    table: Word
    period: Word


class MendIn(UploadIn):
    body: Word = ""
    seen: Seen


class CorrectIn(DetailsIn):
    why: Words


class SeenDeliveryIn(Schema):
    seen: Seen


class ReturnIn(SeenDeliveryIn):
    """``working_days``: to mend it, if it was asked for."""

    reason: Words
    working_days: Annotated[int, Field(ge=-9999, le=9999)] = DAYS_TO_MEND


class FilterIn(Schema):
    status: Status | None = None
    table: Word = ""
    q: Word = ""
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


REFUSED = {200: DeliveryOut, 403: RefusedOut, 409: RefusedOut}


@router.get("", response=PageOut)
def list_deliveries(request: HttpRequest, asked: Query[FilterIn]) -> dict[str, Any]:
    """What you may see, newest first."""
    said = {"status": asked.status, "table": asked.table, "q": asked.q}
    found = filtered(seen_by(request.held, request.today), said).order_by("-id")
    return answer_of(found.select_related("body", "replaces"), asked.page, "deliveries", _out)


@router.get("/{number}", response=DeliveryOut)
def read_delivery(request: HttpRequest, number: Number) -> dict[str, Any]:
    return _out(_find(request, number))


@router.get("/{number}/faults", response=list[FaultOut])
def read_faults(request: HttpRequest, number: Number) -> list[dict[str, Any]]:
    """The faults of its sheet, at most 500 of them; ``faults`` of the delivery counts all."""
    return [
        {
            "code": one["code"],
            "zh": f"{one['what']['zh']}；{one['mend']['zh']}",
            "en": f"{one['what']['en']}; {one['mend']['en']}",
            "row": one["row"],
            "column": one["column"],
        }
        for one in _find(request, number).faults
    ]


@router.post("", response=REFUSED)
def upload(request: HttpRequest, said: Form[UploadIn], file: Sent[UploadedFile]) -> dict[str, Any]:
    """Open a delivery with its sheet. Faults do not refuse it: it stays a draft until they are mended."""
    bodies = reach(request.held, Action.DELIVER, request.today)
    body = Organisation.objects.filter(pk__in=bodies, code=said.body).first()
    if body is None:
        raise Refused([_unknown_body(said.body)])
    details = _details(said, said.table, said.period)
    return _out(
        actions.upload(
            body=body, details=details, file=_sent(file), by=request.user.pk, now=request.now
        )
    )


@router.post("/{number}/mend", response=REFUSED)
def mend(
    request: HttpRequest, number: Number, said: Form[MendIn], file: Sent[UploadedFile | None] = None
) -> dict[str, Any]:
    """Another sheet, or other details, before it is signed."""
    found = _find(request, number)
    details = _details(said, said.table, said.period)
    sent = _sent(file) if file else None
    return _out(
        actions.mend(
            delivery=found.pk, details=details, file=sent, seen=said.seen, by=request.user.pk,
            now=request.now,
        )
    )  # fmt: skip


@router.post("/{number}/correct", response=REFUSED)
def correct(
    request: HttpRequest, number: Number, said: Form[CorrectIn], file: Sent[UploadedFile]
) -> dict[str, Any]:
    """Open a delivery that replaces an accepted one, once it is accepted itself."""
    found = _find(request, number)
    details = _details(said, found.table_code, written_period(period(found)))
    return _out(
        actions.correct(
            delivery=found.pk, details=details, file=_sent(file), why=said.why, by=request.user.pk,
            now=request.now,
        )
    )  # fmt: skip


@router.post("/{number}/sign", response=REFUSED)
def sign(request: HttpRequest, number: Number, said: SeenDeliveryIn) -> dict[str, Any]:
    return _done(actions.sign, request, number, said)


@router.post("/{number}/withdraw", response=REFUSED)
def withdraw(request: HttpRequest, number: Number, said: SeenDeliveryIn) -> dict[str, Any]:
    return _done(actions.withdraw, request, number, said)


@router.post("/{number}/discard", response=REFUSED)
def discard(request: HttpRequest, number: Number, said: SeenDeliveryIn) -> dict[str, Any]:
    return _done(actions.discard, request, number, said)


@router.post("/{number}/accept", response=REFUSED)
def accept(request: HttpRequest, number: Number, said: SeenDeliveryIn) -> dict[str, Any]:
    return _done(actions.accept, request, number, said)


@router.post("/{number}/return", response=REFUSED)
def send_back(request: HttpRequest, number: Number, said: ReturnIn) -> dict[str, Any]:
    return _done(
        actions.return_to_body, request, number, said, reason=said.reason,
        working_days=said.working_days,
    )  # fmt: skip


# --- the steps ------------------------------------------------------------------------------


def _done(
    does: Any, request: HttpRequest, number: int, said: SeenDeliveryIn, **more: str | int
) -> dict[str, Any]:
    found = _find(request, number)
    return _out(
        does(delivery=found.pk, seen=said.seen, by=request.user.pk, now=request.now, **more)
    )


def _find(request: HttpRequest, number: int) -> Delivery:
    found = seen_by(request.held, request.today).select_related("body", "replaces")
    delivery = found.filter(pk=number).first()
    if delivery is None:
        raise Http404
    return delivery


def period_in(written: str) -> Period:
    try:
        return read_period(written)
    except ValueError:
        what = Text(f"“{written}”不是期间", f"{written!r} is no period")
        mend_it = Text("写2021，或2021-01-01/2022-01-01", "write 2021, or 2021-01-01/2022-01-01")
        raise Refused([refusal("wrong_period", what, mend_it, "period")]) from None


def _details(said: DetailsIn, table: str, written: str) -> actions.Details:
    wanted = period_in(written)
    return actions.Details(
        table=table, starts=wanted.starts, ends=wanted.ends, cut_off=said.cut_off,
        covers=read_places(said.covers), sample=said.sample,
        source=said.source, licence=said.licence, note=said.note,
    )  # fmt: skip


def _sent(file: UploadedFile) -> actions.File:
    return actions.File(file.name or "file", file.read())


def _unknown_body(code: str) -> Any:
    return refusal(
        "unknown_body",
        Text(f"您不能为“{code}”报送", f"you deliver for no body {code!r}"),
        Text("请用本单位的编码", "give the code of your own"),
        "body",
    )


def _out(one: Delivery) -> dict[str, Any]:
    return {
        "number": one.pk,
        "name": one.name,
        "body": one.body.code,
        "table": one.table_code,
        "period": written_period(period(one)),
        "cut_off": one.cut_off,
        "covers": one.covers.split(),
        "collection": one.collection,
        "status": one.status,
        "version": one.version,
        "rows": one.rows,
        "faults": one.fault_count,
        "file_name": one.file_name,
        "file_hash": one.file_hash,
        "sample": one.sample,
        "source": one.source,
        "licence": one.licence,
        "note": one.note,
        "uploaded_at": one.uploaded_at,
        "signer": one.signer_name,
        "signed_at": one.signed_at,
        "decided_at": one.decided_at,
        "reason": one.reason,
        "replaces": one.replaces.name if one.replaces else "",
        "why": one.why,
    }
