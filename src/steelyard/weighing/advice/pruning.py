"""Options that nobody would choose: dearer than another, and no better for anything that counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from steelyard.weighing.advice.problem import Amount, Option

Merits = Callable[[Option], tuple[object, tuple[Amount, ...]]]
"""What must be equal for two options to be compared, and what should be as large as possible."""


def pruned(options: Sequence[Option], merits: Merits) -> tuple[Option, ...]:
    """The options that no other beats; today's, the first, always stays in front.

    Of options that are alike the first of the cheapest is kept.
    """
    today, *others = options
    kept: dict[object, list[tuple[tuple[Amount, ...], Option]]] = {}
    for option in sorted([today, *others], key=lambda one: one.cost):
        alike, sizes = merits(option)
        rivals = kept.setdefault(alike, [])
        if not _is_beaten(sizes, (other for other, _ in rivals)):
            rivals.append((sizes, option))
    left = [option for rivals in kept.values() for _, option in rivals if option is not today]
    return (today, *sorted(left, key=lambda one: one.cost))


def _is_beaten(sizes: tuple[Amount, ...], others: Iterable[tuple[Amount, ...]]) -> bool:
    return any(
        all(theirs >= own for theirs, own in zip(other, sizes, strict=True)) for other in others
    )
