"""Photographs that hang on what was found: which are taken, hung, taken off. Part of others' actions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from steelyard.assessment.models import Finding
from steelyard.assessment.queries.visits import photographs_of
from steelyard.files.actions import attach_file, send_file
from steelyard.files.rules.kinds import KINDS, Kind, kind_of
from steelyard.files.rules.marks import Mark
from steelyard.files.rules.pictures import MOST_PIXELS, Size, size_of
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
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
    """Their files, in the order in which they were sent."""
    files = [
        send_file(
            by=by, organisation=office, name=one.name, mark=Mark.CONFIDENTIAL, content=one.content,
            now=now, again=A_CLICK,
        )
        for one in pictures
    ]  # fmt: skip
    for file in files:
        attach_file(by=by, file=file, to=finding, now=now)
    return [one.pk for one in files]


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
