"""Who stands below whom on a day, and may an organisation be placed there?

An organisation stands below one other at a time, from a day to a day. Nothing stands below itself,
not even by way of others; nobody stands anywhere on days on which they or the other do not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from steelyard.kernel.bilingual import Text
from steelyard.kernel.periods import Days
from steelyard.kernel.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Placed:
    """An organisation (its number) stands below another on these days."""

    organisation: int
    parent: int
    days: Days


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when a placement is asked for: all other placements, and who exists when."""

    placed: Sequence[Placed]
    exist: Mapping[int, Days]


Limit = Callable[[Placed, Known], Refusal | None]


def has_days(wanted: Placed, _known: Known) -> Refusal | None:
    if not wanted.days.is_empty:
        return None
    return Refusal("no_days", Text("止日应晚于起日", "it must end after it starts"), "ends")


def within_its_own_days(wanted: Placed, known: Known) -> Refusal | None:
    own = known.exist[wanted.organisation]
    if own.holds(wanted.days):
        return None
    said = Text(
        f"超出本机构的存续期（{own.say()}）", f"the organisation itself exists {own.say()} only"
    )
    return Refusal("outside_own_days", said, "starts")


def within_days_of_the_parent(wanted: Placed, known: Known) -> Refusal | None:
    theirs = known.exist[wanted.parent]
    if theirs.holds(wanted.days):
        return None
    said = Text(
        f"超出上级机构的存续期（{theirs.say()}）",
        f"the organisation above exists {theirs.say()} only",
    )
    return Refusal("outside_days_of_parent", said, "parent")


def one_place_at_a_time(wanted: Placed, known: Known) -> Refusal | None:
    met = next(
        (
            one
            for one in known.placed
            if one.organisation == wanted.organisation and one.days.meets(wanted.days)
        ),
        None,
    )
    if met is None:
        return None
    said = Text(
        f"该时段内（{met.days.say()}）已有上级机构，请先结束原隶属关系",
        f"it already stands below another in {met.days.say()}; end that first",
    )
    return Refusal("placed_already", said, "starts")


def no_circle(wanted: Placed, known: Known) -> Refusal | None:
    if wanted.organisation not in above(wanted.parent, wanted.days, known.placed):
        return None
    said = Text(
        "上级机构在该时段内隶属于本机构（或其下级），会形成循环",
        "the organisation above would itself stand below this one: a circle",
    )
    return Refusal("circle", said, "parent")


LIMITS: tuple[Limit, ...] = (
    has_days,
    within_its_own_days,
    within_days_of_the_parent,
    one_place_at_a_time,
    no_circle,
)


def against(wanted: Placed, known: Known) -> tuple[Refusal, ...]:
    """Everything against placing an organisation there on these days."""
    return tuple(found for limit in LIMITS if (found := limit(wanted, known)) is not None)


def above(organisation: int, days: Days, placed: Iterable[Placed]) -> frozenset[int]:
    """The organisation itself, and whoever stands above it on any of these days."""
    by_child: dict[int, list[Placed]] = {}
    for one in placed:
        by_child.setdefault(one.organisation, []).append(one)
    found: set[tuple[int, Days]] = set()
    ahead = [(organisation, days)]
    while ahead:
        at = ahead.pop()
        if at in found:
            continue
        found.add(at)
        ahead += [
            (one.parent, both)
            for one in by_child.get(at[0], ())
            if not (both := one.days.both(at[1])).is_empty
        ]
    return frozenset(number for number, _ in found)


@dataclass(frozen=True, slots=True)
class Node:
    """An organisation as the tree shows it."""

    number: int
    code: str
    name: Text
    kind: str


@dataclass(frozen=True)
class Tree:
    """The organisations that exist on a day, and who is directly below whom (child → parent)."""

    nodes: Mapping[int, Node]
    parents: Mapping[int, int]
    _children: dict[int | None, list[Node]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for node in sorted(self.nodes.values(), key=lambda node: node.code):
            self._children.setdefault(self.parents.get(node.number), []).append(node)

    def children(self, number: int | None) -> list[Node]:
        """Those directly below, by code; below None stand those that nobody is above."""
        return self._children.get(number, [])

    def below(self, number: int) -> frozenset[int]:
        """All below it, not itself."""
        return frozenset(node.number for node, _ in self.walk(number))

    def walk(self, number: int | None = None, depth: int = 0) -> Iterator[tuple[Node, int]]:
        """Everything below from top to bottom, with how deep it stands."""
        for node in self.children(number):
            yield node, depth
            yield from self.walk(node.number, depth + 1)

    def path(self, number: int) -> list[Node]:
        """Those above it, the highest first."""
        found: list[Node] = []
        at = self.parents.get(number)
        while at is not None and at in self.nodes:
            found.insert(0, self.nodes[at])
            at = self.parents.get(at)
        return found


def ended(one: Placed, on: date, organisation: int) -> Placed:
    """The placement as it is once the organisation moves on a day: it ends then if it would not."""
    if one.organisation != organisation or on not in one.days or one.days.starts == on:
        return one
    return replace(one, days=Days(one.days.starts, on))
