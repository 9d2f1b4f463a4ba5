"""The material of a unit: list it, file it with an item, use it for another, use it no longer."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q, Value
from django.http import HttpRequest
from ninja import File as Sent
from ninja import Form, Query, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from steelyard.assessment.actions import collection as actions
from steelyard.assessment.api.said import (
    WRITTEN,
    Code,
    ItemCode,
    Number,
    Page,
    TextOut,
    Word,
    name,
    one_of,
    text,
)
from steelyard.assessment.models import Material, MaterialUse
from steelyard.assessment.queries.collection import materials_within, searched
from steelyard.assessment.rules.collection.materials import title_of
from steelyard.assessment.views.collection.finding import Seen, find_item, find_within
from steelyard.kernel.bilingual import Text
from steelyard.people.lists import answer_of
from steelyard.people.refused import answered
from steelyard.people.views.asking import who_and_when

router = Router()

Short = Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")]
Title = Annotated[str, Field(max_length=140, pattern=r"^[^\x00]*$")]


class MaterialOut(Schema):
    """A piece of material, stored once. ``kinds``: of what kind it is for the items that use it, as the
    scheme names it in Chinese; ``format``: of the file; ``file``: its number under ``/api/files``;
    ``content``: the hash of its content; ``times``: how often it is used."""

    number: int
    title: str
    kinds: list[str]
    format: str
    document_number: str
    file: int
    file_name: str
    content: str
    filed_by: str
    filed_at: datetime
    times: int


class MaterialsOut(Schema):
    count: int
    pages: int
    materials: list[MaterialOut]


class MaterialUseOut(Schema):
    """A piece of material behind an item. ``use`` names it when it is taken off; ``kind``: as the scheme
    names it, or as it was named; "" where none was said."""

    use: int
    material: int
    title: str
    kind: TextOut
    document_number: str
    file: int
    file_name: str
    pages: str
    used_at: datetime


class MaterialsIn(Schema):
    q: Word = ""
    page: Page = 1


class FileMaterialIn(Schema):
    """``kind``: of the list of the item, by its Chinese name, or *other*, which is ``named``. ``title``: of
    the document; "": the name of the file. ``pages``: where to look."""

    kind: Short = ""
    named: Short = ""

    title: Title = ""
    document_number: Short = ""
    pages: Short = ""


class UseMaterialIn(Schema):
    material: Annotated[int, Field(ge=1, le=2**63 - 1)]
    kind: Short = ""
    pages: Short = ""


class TakenOffOut(Schema):
    """What stands behind the item now."""

    material: list[MaterialUseOut]


ONE = "/{slug:code}/submissions/{number}"
OF_ITEM = f"{ONE}/items/{{item}}/material"


@router.get(f"{ONE}/material", response=MaterialsOut)
def list_material(
    request: HttpRequest, code: Code, number: Number, asked: Query[MaterialsIn]
) -> dict[str, Any]:
    """All that the unit ever filed; for a department, what stands behind items given to it; for the
    office, what stands behind the signed items."""
    seen = find_within(request, code, number)
    found = materials_within(seen.submission, seen.sight).annotate(
        times=Count("uses"),
        kinds=ArrayAgg("uses__kind", filter=~Q(uses__kind=""), distinct=True, default=Value([])),
    )
    return answer_of(searched(found.order_by("-pk"), asked.q), asked.page, "materials", _out)


@router.post(OF_ITEM, response={200: MaterialUseOut, **WRITTEN})
def file_material(
    request: HttpRequest, code: Code, number: Number, item: ItemCode, said: Form[FileMaterialIn],
    file: Sent[UploadedFile],
) -> dict[str, Any]:  # fmt: skip
    """Keep a file as material of the unit and use it for an item. What the unit has already is not
    kept again."""
    seen, asked = _filler(request, code, number, item)
    used = answered(lambda: actions.file_material(
        submission=seen.submission.pk, item=item, name=file.name or "file", content=file.file,
        **said.dict(), **who_and_when(request)))  # fmt: skip
    return use_out(_use(used), asked)


@router.post(f"{OF_ITEM}/use", response={200: MaterialUseOut, **WRITTEN})
def use_material(
    request: HttpRequest, code: Code, number: Number, item: ItemCode, said: UseMaterialIn
) -> dict[str, Any]:
    """Use a piece of the unit's material for an item too, or say anew which pages of it."""
    seen, asked = _filler(request, code, number, item)
    used = answered(lambda: actions.use_material(
        submission=seen.submission.pk, item=item, **said.dict(), **who_and_when(request)))  # fmt: skip
    return use_out(_use(used), asked)


@router.post(f"{OF_ITEM}/{{use}}/off", response={200: TakenOffOut, **WRITTEN})
def stop_using(
    request: HttpRequest, code: Code, number: Number, item: ItemCode, use: Number
) -> dict[str, Any]:
    """The item uses it no longer; the material stays. Taken off twice is no fault."""
    seen, asked = _filler(request, code, number, item)
    answer = seen.answers.get(item)
    if answer is not None and use in {one.pk for one in answer.used}:
        answered(lambda: actions.stop_using(
            submission=seen.submission.pk, use=use, **who_and_when(request)))  # fmt: skip
    now = find_within(request, code, number).answers.get(item)
    return {"material": [use_out(one, asked) for one in now.used] if now else []}


# --- the steps --------------------------------------------------------------------------------


def _filler(request: HttpRequest, code: str, number: int, item: str) -> tuple[Seen, Text]:
    """The submission, and the list of material of the item."""
    seen, question = find_item(request, code, number, item)
    seen.refuse_unless_may_fill(item)
    return seen, question.item.material


def _use(used: MaterialUse) -> MaterialUse:
    found = MaterialUse.objects.select_related("material__file__content")
    return one_of(found.filter(pk=used.pk).first())


def use_out(one: MaterialUse, asked: Text) -> dict[str, Any]:
    material = one.material
    return {
        "use": one.pk, "material": material.pk, "title": material.title,
        "kind": text(title_of(asked, one.kind)),
        "document_number": material.document_number, "file": material.file_id,
        "file_name": material.file.name, "pages": one.pages, "used_at": one.used_at,
    }  # fmt: skip


def _out(one: Material) -> dict[str, Any]:
    return {
        "number": one.pk, "title": one.title, "kinds": one.kinds,
        "format": one.kind, "document_number": one.document_number, "file": one.file_id, "file_name": one.file.name,
        "content": one.file.content.sha256, "filed_by": name(one.filed_by),
        "filed_at": one.filed_at, "times": one.times,
    }  # fmt: skip
