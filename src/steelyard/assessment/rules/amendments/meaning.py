"""Does a figure still say what it said when somebody signed it? An amendment may make it another one.

A figure is kept in its exact writing, without its type or its unit of measure: 75 that was signed as a number
would be read as 7500 % of a share. What no longer means the same is not converted: whoever gave it gives it
anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from steelyard.assessment.rules.schemes.parts_compared import TYPES
from steelyard.assessment.rules.supplied.cells import Typed, as_draft, of_draft, read_one
from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import Input


class Shift(StrEnum):
    """How a figure is another one. Of a figure that is only called otherwise, what a body gave stays in its
    draft, to be confirmed or corrected, and what a unit reports itself goes on being compared with that."""

    TYPE = "type"
    MEASURE = "measure"
    TITLE = "title"
    BOUNDS = "bounds"


SCALE: Mapping[str, str] = {"count": "number"}
"""A count is a number: between the two a figure means the same, if it can be written so at all."""


@dataclass(frozen=True, slots=True)
class Shifted:
    """``unfit``: how many of the figures given can no longer be what they say."""

    how: tuple[Shift, ...]
    unfit: int = 0

    @property
    def is_read_otherwise(self) -> bool:
        """The same writing would say another thing."""
        return bool({Shift.TYPE, Shift.MEASURE} & set(self.how))

    @property
    def is_out(self) -> bool:
        """The same writing would say another thing, or cannot be said any longer."""
        return self.is_read_otherwise or Shift.BOUNDS in self.how

    def said(self, before: Input, after: Input) -> Text:
        """What has become of it, old and new."""
        told = [_SAID[one](before, after) for one in self.how]
        if self.unfit:
            told.append(
                Text(f"{self.unfit}个数不再合格", f"figures that no longer fit: {self.unfit}")
            )
        return Text("，".join(one.zh for one in told), ", ".join(one.en for one in told))


def shifted(before: Input, after: Input, given: Iterable[str] = ()) -> Shifted | None:
    """How a figure is another than when these were given, in their exact writing; None: they still stand.

    >>> number, share = Input("a"), Input("a", type="share")
    >>> shifted(number, share, ["0.5", "75"]).how, shifted(number, Input("a", type="count"), ["75"])
    ((<Shift.TYPE: 'type'>,), None)
    """
    if before == after:
        return None
    how = []
    if _scale(before) != _scale(after):
        how.append(Shift.TYPE)
    if _heard(before.unit_of_measure) != _heard(after.unit_of_measure):
        how.append(Shift.MEASURE)
    if _heard(before.title) != _heard(after.title):
        how.append(Shift.TITLE)
    unfit = sum(not fits(one, after) for one in given)
    if unfit and Shift.TYPE not in how:
        how.append(Shift.BOUNDS)
    return Shifted(tuple(how), unfit) if how else None


def fits(value: str, wanted: Input) -> bool:
    """Whether a figure in its exact writing may be this one."""
    return not read_one(value, wanted)[1]


def to_give_anew(draft: Mapping[str, Any], after: Input, shift: Shifted) -> dict[str, Any]:
    """A draft without the figures that would say another thing, or cannot be said; what stands beside them
    stays."""
    typed = of_draft(draft)
    return as_draft({unit: _without(one, after, shift) for unit, one in typed.items()})


def _without(one: Typed, after: Input, shift: Shifted) -> Typed:
    stays = not one.value or (not shift.is_read_otherwise and fits(one.value, after))
    return one if stays else Typed("", one.note, one.status)


def _scale(one: Input) -> str:
    return SCALE.get(one.type, one.type)


def _heard(text: Text) -> str:
    """Without what changes no meaning: spaces, and how a word is punctuated."""
    return re.sub(r"[\W_]+", "", text.zh or text.en).casefold()


def _of_type(before: Input, after: Input) -> Text:
    was, now = TYPES[before.type], TYPES[after.type]
    return Text(f"类型由{was.zh}改为{now.zh}", f"its type was {was.en}, is {now.en}")


def _of_measure(before: Input, after: Input) -> Text:
    was, now = (one.unit_of_measure for one in (before, after))
    return Text(
        f"计量单位由{was.say('zh') or '无'}改为{now.say('zh') or '无'}",
        f"its unit of measure was {was.say('en') or 'none'}, is {now.say('en') or 'none'}",
    )


def _of_title(before: Input, after: Input) -> Text:
    was, now = before.title, after.title
    return Text(
        f"名称由“{was.say('zh')}”改为“{now.say('zh')}”",
        f"it was called “{was.say('en')}”, is called “{now.say('en')}”",
    )


def _of_bounds(before: Input, after: Input) -> Text:  # noqa: ARG001
    return Text("允许的取值范围有变", "its bounds are others")


_SAID = {
    Shift.TYPE: _of_type,
    Shift.MEASURE: _of_measure,
    Shift.TITLE: _of_title,
    Shift.BOUNDS: _of_bounds,
}
