"""Who may review a file of a unit, and how are the files shared out evenly?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal


@dataclass(frozen=True, slots=True)
class Reviewer:
    """``organisations``: in which they hold any role."""

    account: int
    organisations: frozenset[int]
    may_review: bool = True


def may_not_review(
    who: Reviewer, unit_and_below: Collection[int], reviewing: Collection[int]
) -> tuple[Refusal, ...]:
    """Why this person does not review a file of that unit. ``reviewing``: who does already."""
    refusals = []
    if not who.may_review:
        refusals.append(
            Refusal("not_a_reviewer", Text("此人不是评审专家", "this is no reviewer"), "reviewers")
        )
    if who.organisations & frozenset(unit_and_below):
        refusals.append(
            refusal(
                "own_organisation",
                Text("此人在被评查单位任职", "this person holds a role in the unit whose file it is"),
                Text("请另选评查人，须回避", "choose another"),
                "reviewers",
            )
        )  # fmt: skip
    if who.account in reviewing:
        refusals.append(
            Refusal(
                "reviews_already",
                Text("此人已评查该案卷", "this person reviews the file already"),
                "reviewers",
            )
        )
    return tuple(refusals)


def shared_out(
    files: Iterable[tuple[int, Collection[int], Collection[int]]], reviewers: Sequence[Reviewer]
) -> dict[int, tuple[int, ...]]:
    """To whom each file goes, so that it has two: who has the fewest comes first.

    ``files``: number, organisations of its unit, accounts that review it already. A file for which
    too few are left, because the others belong to the unit, gets those there are.
    """
    loads = {one.account: 0 for one in reviewers}
    given: dict[int, tuple[int, ...]] = {}
    for number, unit, reviewing in files:
        fit = [one.account for one in reviewers if not may_not_review(one, unit, reviewing)]
        fewest = sorted(fit, key=lambda account: (loads[account], fit.index(account)))
        chosen = tuple(fewest[: max(2 - len(reviewing), 0)])
        for account in chosen:
            loads[account] += 1
        given[number] = chosen
    return given


def against_urging(waiting: int) -> tuple[Refusal, ...]:
    """``waiting``: reviews whose file is there, not done and not urged today."""
    if waiting:
        return ()
    return (
        refusal(
            "nobody_to_urge",
            Text(
                "没有待催办的评查，或者今天已经催办过", "no review waits, or all were urged today"
            ),
            Text("请明天再催", "urge again tomorrow"),
        ),
    )
