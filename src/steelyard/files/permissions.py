"""Who may send, fetch, mark anew and delete a file? Values in, refusals out."""

from __future__ import annotations

from datetime import date

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import NOT_ALLOWED, Refusal
from steelyard.people.rules.reach import Held

NOT_YOURS = Refusal(
    "not_of_this_organisation",
    Text(
        "您今天不在该机构任职，不能为它上传或者管理文件",
        "you hold no role in this organisation today, so you send and keep no files for it",
    ),
    "organisation",
)
ATTACHED = Refusal(
    "still_attached",
    Text(
        "文件还附在其他事项上，不能删除；请先在那里移除",
        "the file is attached to something still; take it off there first",
    ),
)


def to_keep_for(organisation: int, held: tuple[Held, ...], on: date) -> tuple[Refusal, ...]:
    """What speaks against sending a file for an organisation."""
    if any(one.is_held_on(on) and one.organisation == organisation for one in held):
        return ()
    return (NOT_YOURS,)


NOT_KEPT = Refusal(NOT_ALLOWED, NOT_YOURS.text)


def to_keep(organisation: int, held: tuple[Held, ...], on: date) -> tuple[Refusal, ...]:
    """What speaks against marking or deleting a file that one may fetch."""
    return (NOT_KEPT,) if to_keep_for(organisation, held, on) else ()
