"""Who may fetch a file? Its mark says so.

The Chinese words are not those of State secrets (秘密、机密、绝密): such files are not taken at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from steelyard.kernel.bilingual import Text
from steelyard.people.rules.reach import Held


class Mark(StrEnum):
    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"


MARKS: Mapping[Mark, Text] = {
    Mark.PUBLIC: Text("公开", "public"),
    Mark.INTERNAL: Text("内部", "internal"),
    Mark.CONFIDENTIAL: Text("限定范围", "confidential"),
}
WHO: Mapping[Mark, Text] = {
    Mark.PUBLIC: Text("任何登录的人都可以下载", "whoever signs in may fetch it"),
    Mark.INTERNAL: Text(
        "在任一机构任职的人都可以下载", "whoever holds a role in some organisation may fetch it"
    ),
    Mark.CONFIDENTIAL: Text(
        "附于某一事项的，只有能查看该事项的人可以下载；未附于任何事项的，只有在所属机构任职的人可以下载",
        "attached to something, only those who may see that; to nothing, only those of its organisation",
    ),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as rights see it. ``organisation``: whose file it is. ``is_attached``: to anything.

    Who sent it has no right of their own to it: they may have left that organisation.
    """

    mark: Mark
    organisation: int
    is_attached: bool = False


def may_fetch(
    kept: Kept, held: tuple[Held, ...], on: date, *, sees_what_it_is_attached_to: bool = False
) -> bool:
    today = [one for one in held if one.is_held_on(on)]
    if kept.mark is Mark.PUBLIC:
        return True
    if kept.mark is Mark.INTERNAL:
        return bool(today)
    if kept.is_attached:
        return sees_what_it_is_attached_to
    return any(one.organisation == kept.organisation for one in today)
