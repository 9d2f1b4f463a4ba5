"""What speaks against another template, or against going back to the one that comes with Steelyard?"""

from __future__ import annotations

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal

LONGEST_NOTE = 200


def against_version(*, seen: int, newest: int) -> tuple[Refusal, ...]:
    """``seen``: the version that was in use when the page was made, 0 for none."""
    if seen == newest:
        return ()
    return (
        refusal(
            "newer_version",
            Text(f"在您查看之后，模板已换为第{newest}版",
                 f"version {newest} was put there since you looked"),
            Text("请先查看该版本，再决定是否替换", "look at it first, then decide again"),
        ),
    )  # fmt: skip


def against_going_back(*, is_default: bool) -> tuple[Refusal, ...]:
    if not is_default:
        return ()
    return (
        Refusal(
            "default_already",
            Text("现在用的就是系统自带模板", "the template that comes with Steelyard is in use"),
        ),
    )


def against_note(note: str) -> tuple[Refusal, ...]:
    if len(note) <= LONGEST_NOTE:
        return ()
    what = Text(f"超过{LONGEST_NOTE}个字", f"it has more than {LONGEST_NOTE} characters")
    return (Refusal("too_long", what, "note"),)
