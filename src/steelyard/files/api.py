"""Files for programs: send one, list those of my organisations, fetch one if its mark lets me."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponseBase
from ninja import File as Sent
from ninja import Form, Path, Query, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from steelyard.files import actions
from steelyard.files.models import File
from steelyard.files.queries import files_of, load_file, own_organisations
from steelyard.files.rules.kinds import MEDIA, Kind
from steelyard.files.rules.marks import Mark
from steelyard.files.views import as_download
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal, Refused
from steelyard.people.lists import answer_of
from steelyard.people.models import Organisation
from steelyard.people.refused import RefusedOut
from steelyard.trail.acting import A_CLICK

router = Router()

Number = Annotated[int, Path(ge=1, le=2**63 - 1)]
Word = Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")]


class FileOut(Schema):
    """A file: what it is by its content, and who may fetch it."""

    number: int
    name: str
    kind: Kind
    size: int
    hash: str
    mark: Mark
    organisation: str
    sent_at: datetime


class FilesOut(Schema):
    count: int
    pages: int
    files: list[FileOut]


class FilesIn(Schema):
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


class SendIn(Schema):
    """``organisation``: the code of one in which you hold a role today."""

    organisation: Word
    mark: Mark = Mark.INTERNAL


CONTENT = {
    "responses": {
        200: {
            "description": "The bytes, as they were sent",
            "content": {
                media.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}}
                for media in MEDIA.values()
            },
        }
    }
}


@router.get("", response=FilesOut)
def list_files(request: HttpRequest, asked: Query[FilesIn]) -> dict[str, Any]:
    """The files of your organisations, newest first."""
    found = files_of(request.user.pk, request.held, request.today)
    return answer_of(found, asked.page, "files", _out)


@router.post("", response={200: FileOut, 409: RefusedOut})
def send(request: HttpRequest, said: Form[SendIn], file: Sent[UploadedFile]) -> dict[str, Any]:
    """Send a file. What it is, its content says; a name that ends otherwise is put right."""
    own = own_organisations(request.held, request.today)
    found = Organisation.objects.filter(pk__in=own, code=said.organisation).first()
    if found is None:
        raise Refused([_unknown(said.organisation)])
    sent = actions.send_file(
        by=request.user.pk, organisation=found.pk, name=file.name or "file", mark=said.mark,
        content=file.file, now=request.now, again=A_CLICK,
    )  # fmt: skip
    return _out(sent)


@router.get("/{number}", response=FileOut)
def read_file(request: HttpRequest, number: Number) -> dict[str, Any]:
    return _out(_find(request, number))


@router.get("/{number}/content", openapi_extra=CONTENT)
def fetch_content(request: HttpRequest, number: Number) -> HttpResponseBase:
    """Its bytes, always to be saved and never to be shown."""
    return as_download(_find(request, number))


def _find(request: HttpRequest, number: int) -> File:
    file = load_file(number, request.user.pk, request.held, request.today)
    if file is None:
        raise Http404
    return file


def _unknown(code: str) -> Refusal:
    said = Text(
        f"您今天不在“{code}”任职；请用本单位的代码",
        f"you hold no role in {code!r} today; give the code of your own organisation",
    )
    return Refusal("unknown_organisation", said, "organisation")


def _out(one: File) -> dict[str, Any]:
    return {
        "number": one.pk,
        "name": one.name,
        "kind": one.content.kind,
        "size": one.content.size,
        "hash": one.content.sha256,
        "mark": one.mark,
        "organisation": one.organisation.code,
        "sent_at": one.sent_at,
    }
