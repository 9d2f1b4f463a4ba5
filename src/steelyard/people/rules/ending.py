"""May a role end on this day? From today on, and it is not prolonged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.people.rules.posts import Post

Limit = Callable[[Post, date, date], Refusal | None]


def does_not_end_in_the_past(_post: Post, ends: date, today: date) -> Refusal | None:
    if ends >= today:
        return None
    said = Text("止日不能早于今天", "it cannot end on a day that is past")
    return Refusal("ends_in_the_past", said, "ends")


def is_not_prolonged(post: Post, ends: date, _today: date) -> Refusal | None:
    if post.days.ends is None or ends <= post.days.ends:
        return None
    said = Text(f"它在{post.days.ends}已经终止", f"it ends on {post.days.ends} already")
    return Refusal("ends_already", said, "ends")


LIMITS: tuple[Limit, ...] = (does_not_end_in_the_past, is_not_prolonged)


def against(post: Post, ends: date, today: date) -> tuple[Refusal, ...]:
    """Everything against ending a role on a day."""
    return tuple(found for limit in LIMITS if (found := limit(post, ends, today)) is not None)
