"""May an organisation be closed on a day? Its roles and its place end with it; others must not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from steelyard.kernel.bilingual import Text
from steelyard.kernel.periods import Days
from steelyard.kernel.refusals import Refusal
from steelyard.people.rules.posts import Post
from steelyard.people.rules.tree import Placed


@dataclass(frozen=True, slots=True)
class Closing:
    """An organisation that exists on ``days`` is to exist no longer from the day ``ends`` on."""

    organisation: int
    days: Days
    ends: date
    today: date


@dataclass(frozen=True, slots=True)
class Known:
    placed: Sequence[Placed]
    posts: Sequence[Post]


Limit = Callable[[Closing, Known], Refusal | None]


def is_open(wanted: Closing, _known: Known) -> Refusal | None:
    if wanted.days.ends is None:
        return None
    said = Text(f"该机构已于{wanted.days.ends}撤销", f"it is closed already, on {wanted.days.ends}")
    return Refusal("closed_already", said)


def ends_after_it_starts(wanted: Closing, _known: Known) -> Refusal | None:
    if wanted.days.starts < wanted.ends:
        return None
    said = Text(f"撤销日应晚于设立日（{wanted.days.starts}）", f"it starts on {wanted.days.starts}")
    return Refusal("ends_before_it_starts", said, "ends")


def not_in_the_past(wanted: Closing, _known: Known) -> Refusal | None:
    if wanted.today <= wanted.ends:
        return None
    said = Text("撤销日不能早于今天", "it cannot be closed on a day that is past")
    return Refusal("in_the_past", said, "ends")


def nobody_stands_below(wanted: Closing, known: Known) -> Refusal | None:
    later = Days(wanted.ends)
    below = {
        one.organisation
        for one in known.placed
        if one.parent == wanted.organisation and one.days.meets(later)
    }
    if not below:
        return None
    said = Text(
        f"届时仍有{len(below)}个下级机构，请先调整其隶属关系或者撤销",
        f"{len(below)} organisations stand below it then; place them elsewhere or close them first",
    )
    return Refusal("others_below", said, "ends")


def nothing_begins_later(wanted: Closing, known: Known) -> Refusal | None:
    own = [one.days for one in known.placed if one.organisation == wanted.organisation]
    begins = [
        days
        for days in (*own, *(post.days for post in known.posts))
        if days.starts >= wanted.ends and not days.is_empty
    ]
    if not begins:
        return None
    said = Text(
        "有角色或者隶属关系在此之后才开始，请先撤回",
        "a role or a place in the tree begins later; withdraw it first",
    )
    return Refusal("begins_later", said, "ends")


LIMITS: tuple[Limit, ...] = (
    is_open,
    ends_after_it_starts,
    not_in_the_past,
    nobody_stands_below,
    nothing_begins_later,
)


def against(
    wanted: Closing, placed: Iterable[Placed], posts: Iterable[Post]
) -> tuple[Refusal, ...]:
    """Everything against closing it."""
    known = Known(tuple(placed), tuple(posts))
    return tuple(found for limit in LIMITS if (found := limit(wanted, known)) is not None)
