"""Who has approved what, and does it still say what they approved?

An approval names the hash of the content that it was given for. If the content changes, the
approval stands as what it was, and no longer counts: whoever gave it sees "changed since you
approved". Steps go in order, and nobody takes two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal


class Subject(StrEnum):
    SCHEME = "scheme"
    SUBMISSION = "submission"


SUBJECTS: Mapping[Subject, Text] = {
    Subject.SCHEME: Text("细则", "scheme"),
    Subject.SUBMISSION: Text("自评材料", "submission"),
}


class Decision(StrEnum):
    APPROVED = "approved"
    RETURNED = "returned"


DECISIONS: Mapping[Decision, Text] = {
    Decision.APPROVED: Text("同意", "approved"),
    Decision.RETURNED: Text("退回", "returned"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the approval: its number, its order, what it is called."""

    number: int
    order: int
    title: Text


@dataclass(frozen=True, slots=True)
class Given:
    """A decision at a step, by an account, of a content."""

    step: int
    decision: Decision
    content_hash: str
    by: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """A step as it stands. ``given``: its last decision; ``counts``: it approves what is there now."""

    step: Step
    given: Given | None
    counts: bool

    @property
    def has_changed_since(self) -> bool:
        """Somebody approved at this step, and the content has changed since."""
        approved = self.given is not None and self.given.decision is Decision.APPROVED
        return approved and not self.counts


def standings(
    steps: Sequence[Step], given: Iterable[Given], content_hash: str, since: datetime | None = None
) -> tuple[Standing, ...]:
    """Every step in order, with its last decision and whether that counts for the content. ``since``: a decision
    before that moment does not, for something that belongs to the content was said then."""
    last: dict[int, Given] = {}
    for one in sorted(given, key=lambda one: one.at):
        last[one.step] = one
    return tuple(
        Standing(step, last.get(step.number), _counts(last.get(step.number), content_hash, since))
        for step in sorted(steps, key=lambda step: step.order)
    )


def _counts(given: Given | None, content_hash: str, since: datetime | None) -> bool:
    return (
        given is not None
        and given.decision is Decision.APPROVED
        and given.content_hash == content_hash
        and (since is None or given.at >= since)
    )


def next_step(found: Iterable[Standing]) -> Step | None:
    """The first step that has not approved what is there now; None: all have."""
    return next((one.step for one in found if not one.counts), None)


def is_last(found: Iterable[Standing]) -> bool:
    """Whether one step alone has still to approve what is there now: with it, it is signed."""
    return sum(not one.counts for one in found) == 1


def against_approving(
    found: Sequence[Standing], step: int, by: int, content_hash: str, seen_hash: str
) -> tuple[Refusal, ...]:
    """Everything that stands against a decision of ``by`` at a step, who saw ``seen_hash``."""
    due = next_step(found)
    refusals = []
    if seen_hash != content_hash:
        refusals.append(Refusal("changed_meanwhile", Text(
            "您看过之后内容已被改动；请看过现在的内容再审签",
            "it was changed since you looked; look at it as it is now, then decide",
        )))  # fmt: skip
    if due is None or due.number != step:
        refusals.append(Refusal("not_the_next_step", Text(
            "还没有轮到这一步，或者这一步已经办理",
            "this step is not the next one: those before it come first, or it is done",
        )))  # fmt: skip
    if any(one.counts and one.given is not None and one.given.by == by for one in found):
        refusals.append(Refusal("approved_before", Text(
            "同一个人不能办理两步审签",
            "you approved an earlier step: another person takes this one",
        )))  # fmt: skip
    return tuple(refusals)
