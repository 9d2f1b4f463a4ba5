"""File a piece of material once; use it for an item; use it no longer."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from django.utils import timezone

from steelyard.assessment.actions.collection.steps import (
    load,
    refuse_unless_open,
    the_question,
    who,
    written_in_time,
)
from steelyard.assessment.models import Answer, Material, MaterialUse, Submission
from steelyard.assessment.permissions.collection import may_not_fill
from steelyard.assessment.queries.assessments import issued
from steelyard.assessment.queries.collection import Sight, materials_within, questions_of
from steelyard.assessment.queries.forgery import kept_uses
from steelyard.assessment.rules.collection.answers import Question
from steelyard.assessment.rules.collection.materials import LONGEST, chosen
from steelyard.assessment.rules.forgery import material_is_kept
from steelyard.files.actions import attach_file, hold_content, put_back, send_file
from steelyard.files.rules.marks import Mark
from steelyard.kernel.bilingual import Text
from steelyard.kernel.names import against_names
from steelyard.kernel.refusals import Refusal, Refused, refuse_if_any
from steelyard.people.rules.reach import Held, may_towards
from steelyard.people.rules.roles import Action
from steelyard.trail.acting import acting

PURPOSE = "material"


def file_material(
    *, submission: int, item: str, name: str, content: IO[bytes], title: str = "",
    document_number: str = "", pages: str = "", kind: str = "", named: str = "", by: int,
    now: datetime,
) -> MaterialUse:  # fmt: skip
    """Keep what was sent as material of the unit and use it for an item. Content that the unit has
    already is not kept again: the first one is used. ``kind``: of the list of the item, or *other*,
    which is ``named``.

    Raises:
        Refused: who asks may not; it is closed; the file is of no kind that is taken, or too large.
    """
    today = timezone.localdate(now)
    with acting("file_material", by=by):
        place = _open_place(submission, item, by, today)
        refuse_if_any(against_names(
            title=title, document_number=document_number, pages=pages, named=named,
        ))  # fmt: skip
        kind = _kind(place.question, kind, named)
        sha256 = _hash(content)
        hold_content(sha256)
        unit = place.found.unit
        material = Material.objects.filter(unit=unit, file__content__sha256=sha256).first()
        if material is None:
            file = send_file(
                by=by, organisation=_kept_for(place, today), name=name, mark=Mark.CONFIDENTIAL,
                content=content, now=now,
            )  # fmt: skip
            material = Material.objects.create(
                unit=unit, file=file, title=title.strip()[:140] or file.name,
                kind=file.content.kind, document_number=document_number.strip(), filed_by_id=by,
                filed_at=now,
            )  # fmt: skip
            attach_file(by=by, file=file, to=material, purpose=PURPOSE, now=now)
        else:
            put_back(sha256, content)
        return _use(place, material, kind, pages, by, now)


def file_materials(
    *, submission: int, item: str, files: Sequence[tuple[str, IO[bytes]]], title: str = "",
    document_number: str = "", pages: str = "", kind: str = "", named: str = "", by: int,
    now: datetime,
) -> list[MaterialUse]:  # fmt: skip
    """Several files at once, all of them or none. ``title``: of one alone; several have the names of their
    files.

    Raises:
        Refused: with everything that stands against any of them, each by the name of its file.
    """
    told = {"document_number": document_number, "pages": pages, "kind": kind, "named": named}
    with acting("file_material", by=by):
        refuse_if_any([_one_title_of_several()] if title.strip() and len(files) > 1 else [])
        used: list[MaterialUse] = []
        refusals: dict[Refusal, None] = {}
        for name, content in files:
            try:
                used.append(file_material(
                    submission=submission, item=item, name=name, content=content, title=title, **told,
                    by=by, now=now,
                ))  # fmt: skip
            except Refused as refused:
                several = name if len(files) > 1 else ""
                refusals |= dict.fromkeys(_of_file(several, one) for one in refused.refusals)
        refuse_if_any(refusals)
        return used


def _one_title_of_several() -> Refusal:
    said = Text(
        "选了几个文件时，名称留空，各用其文件名",
        "of several files leave the title empty: each has the name of its file",
    )
    return Refusal("one_title_of_several", said, "title")


def _of_file(name: str, one: Refusal) -> Refusal:
    """What is wrong with a file is said of it; what is wrong with a field, once."""
    if not name or one.field not in ("", "content"):
        return one
    said = Text(f"“{name}”：{one.text.say('zh')}", f"{name}: {one.text.say('en')}")
    return Refusal(one.code, said, one.field)


def use_material(
    *, submission: int, item: str, material: int, pages: str = "", kind: str = "", by: int,
    now: datetime,
) -> MaterialUse:  # fmt: skip
    """Use a piece of the unit's material for an item too, or say anew which pages of it.

    Raises:
        Refused: who asks may not; it is closed; there is no such material for them.
    """
    today = timezone.localdate(now)
    with acting("use_material", by=by):
        place = _open_place(submission, item, by, today)
        refuse_if_any(against_names(pages=pages))
        there = materials_within(place.found, place.sight).filter(pk=material).first()
        if there is None:
            said = Text("本单位没有这份材料", "the unit has no such material")
            raise Refused([Refusal("no_such_material", said, "material")])
        kind = _kind(place.question, kind, there.title[:LONGEST])
        return _use(place, there, kind, pages, by, now)


def stop_using(*, submission: int, use: int, by: int, now: datetime) -> None:
    """An item uses it no longer. The material stays; taking it off twice is no fault.

    Raises:
        Refused: who asks may not; it is closed; the material is held, or was found, to be forged.
    """
    today = timezone.localdate(now)
    with acting("stop_using_material", by=by):
        found = load(submission)
        there = (
            MaterialUse.objects.select_for_update(of=("self",))
            .select_related("answer")
            .filter(pk=use, answer__submission=found)
            .first()
        )
        held, sight = who(by, found, today)
        given_to = there.answer.department_id if there else None
        refuse_if_any(may_not_fill(held, found.unit_id, sight.departments, given_to, today))
        refuse_unless_open(found)
        if there is not None:
            refuse_if_any(
                [material_is_kept()] if kept_uses(found, there.answer.item, [there]) else []
            )
            with written_in_time(found):
                there.delete()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """The item that material is filed for: in which submission, what is answered yet, and by whom it is
    filed. ``given_to``: the department that answers for it."""

    found: Submission
    question: Question
    answer: Answer | None
    held: tuple[Held, ...]
    sight: Sight
    given_to: int | None


def _open_place(submission: int, item: str, by: int, today: date) -> _Place:
    """
    Raises:
        Refused: who asks may not; nothing is asked there; it is closed.
    """
    found = load(submission)
    answer = found.answers.select_for_update(of=("self",)).filter(item=item).first()
    held, sight = who(by, found, today)
    given_to = answer.department_id if answer else None
    refuse_if_any(may_not_fill(held, found.unit_id, sight.departments, given_to, today))
    question = the_question(questions_of(issued(found.assessment), found.unit.code), item)
    refuse_unless_open(found)
    return _Place(
        found=found, question=question, answer=answer, held=held, sight=sight, given_to=given_to
    )  # fmt: skip


def _kind(question: Question, kind: str, named: str) -> str:
    """
    Raises:
        Refused: it is not in the list of the item, or it is another and has no name.
    """
    found = chosen(question.item.material, kind, named)
    if not isinstance(found, str):
        raise Refused(found)
    return found


def _use(
    place: _Place, material: Material, kind: str, pages: str, by: int, now: datetime
) -> MaterialUse:
    with written_in_time(place.found):
        answer = place.answer
        if answer is None:
            answer, _ = Answer.objects.get_or_create(
                submission=place.found, item=place.question.item.code,
                defaults={"saved_by_id": by, "saved_at": now},
            )  # fmt: skip
        use, is_new = MaterialUse.objects.get_or_create(
            answer=answer, material=material,
            defaults={"kind": kind, "pages": pages.strip(), "used_by_id": by, "used_at": now},
        )  # fmt: skip
        said = (kind or use.kind, pages.strip() or use.pages)
        if not is_new and said != (use.kind, use.pages):
            (use.kind, use.pages), use.used_by_id, use.used_at = said, by, now
            use.save()
    return use


def _kept_for(place: _Place, today: date) -> int:
    """Whose file it is: the unit's if it is sent by one of the unit, else that department's."""
    unit, given_to = place.found.unit_id, place.given_to
    if may_towards(place.held, Action.FILL_ITEMS, unit, today) or given_to is None:
        return unit
    return given_to if given_to in place.sight.departments else unit


def _hash(content: IO[bytes]) -> str:
    found = hashlib.sha256()
    content.seek(0)
    while piece := content.read(1 << 20):
        found.update(piece)
    content.seek(0)
    return f"sha256:{found.hexdigest()}"
