"""Photographs that hang on what was found: which are taken, hung, taken off. Part of others' actions.

What hangs is a copy that says nothing beside its pixels (place, hour, device, the name that the telephone gave
it): the unit and the scoring body may fetch it. The file as it was sent hangs on that copy, as evidence, for
the office alone.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import IO

from steelyard.assessment.models import Finding
from steelyard.assessment.queries.visits import ORIGINAL, photographs_of
from steelyard.files.actions import attach_file, send_file
from steelyard.files.models import File
from steelyard.files.rules.bare_pictures import bare
from steelyard.files.rules.kinds import ENDINGS, KINDS, Kind, kind_of
from steelyard.files.rules.marks import Mark
from steelyard.files.rules.pictures import MOST_PIXELS, Size, size_of
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal, refuse_if_any
from steelyard.trail.acting import A_CLICK

PICTURES = (Kind.JPEG, Kind.PNG)
MOST_PICTURES = 12
FIELD = "photographs"


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph as it is sent."""

    name: str
    content: IO[bytes]


def files_on(finding: Finding) -> list[int]:
    return [file for file, _name in photographs_of(finding)]


def against_pictures(pictures: Sequence[Picture], already: int = 0) -> tuple[Refusal, ...]:
    """A photograph is a picture by its content, whatever its name, and of a size that can be shown."""
    found = [refused for one in pictures if (refused := _against_picture(one))]
    if already + len(pictures) > MOST_PICTURES:
        what = Text(f"每条最多{MOST_PICTURES}张照片", f"at most {MOST_PICTURES} photographs each")
        found.insert(0, Refusal("too_many_pictures", what, FIELD))
    return tuple(found)


def hang(
    pictures: Collection[Picture], finding: Finding, office: int, by: int, now: datetime
) -> list[int]:
    """Their copies, in the order in which they were sent."""
    return [_hung(one, finding, office, by, now).pk for one in pictures]


def _hung(one: Picture, finding: Finding, office: int, by: int, now: datetime) -> File:
    told = {"by": by, "organisation": office, "mark": Mark.CONFIDENTIAL, "now": now}
    original = send_file(name=one.name, content=one.content, again=A_CLICK, **told)
    there = _copy_on(finding, original)
    if there is not None:
        return there
    one.content.seek(0)
    without = bare(one.content.read())
    if without is None:
        refuse_if_any([_broken(one.name)])
        raise AssertionError
    copy = send_file(
        name=_plain_name(finding, Kind(original.content.kind)), content=io.BytesIO(without), **told
    )
    attach_file(by=by, file=original, to=copy, purpose=ORIGINAL, now=now)
    attach_file(by=by, file=copy, to=finding, now=now)
    return copy


def _plain_name(finding: Finding, kind: Kind) -> str:
    """By the number of the photograph: the next that none on the finding has."""
    taken = {name for _file, name in photographs_of(finding)}
    names = (f"照片{number}.{ENDINGS[kind][0]}" for number in count(len(taken) + 1))
    return next(name for name in names if name not in taken)


def _copy_on(finding: Finding, original: File) -> File | None:
    """Sent twice at once, it hangs once."""
    of_copies = original.attachments.filter(purpose=ORIGINAL, row_id__in=files_on(finding))
    return File.objects.filter(pk__in=of_copies.values("row_id")).first()


def _against_picture(one: Picture) -> Refusal | None:
    kind = kind_of(one.content)
    one.content.seek(0)
    if kind not in PICTURES:
        return _no_picture(one.name)
    size = size_of(one.content)
    if size is None:
        return Refusal("broken_picture", Text(
            f"“{one.name}”已损坏，读不出图片尺寸；请重新导出后再上传",
            f"“{one.name}” is damaged: it does not say how large it is; save it anew and send it again",
        ), FIELD)  # fmt: skip
    return _too_large(one.name, size) if size.is_absurd else None


def _broken(name: str) -> Refusal:
    return Refusal("broken_picture", Text(
        f"“{name}”已损坏，不能去除拍摄信息；请重新导出后再上传",
        f"“{name}” is damaged: what is noted beside it cannot be left out; save it anew and send it again",
    ), FIELD)  # fmt: skip


def _no_picture(name: str) -> Refusal:
    zh = "、".join(KINDS[kind].zh for kind in PICTURES)
    en = " or ".join(KINDS[kind].en for kind in PICTURES)
    what = Text(f"“{name}”不是照片，可以上传{zh}", f"“{name}” is no photograph: send a {en}")
    return Refusal("no_picture", what, FIELD)


def _too_large(name: str, size: Size) -> Refusal:
    most, measured = MOST_PIXELS // 1_000_000, f"{size.width} × {size.height}"
    return Refusal("picture_too_large", Text(
        f"“{name}”为{measured}像素，超过{most // 100}.{most % 100 // 10}亿像素，打不开；请缩小后再上传",
        f"“{name}” has {measured} pixels, more than {most} million: nobody could open it;"
        " send a smaller one",
    ), FIELD)  # fmt: skip
