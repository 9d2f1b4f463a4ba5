"""Which inputs must be varied together."""

from __future__ import annotations

from collections.abc import Iterable


def joined_sets(sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """The sets, those that share a member made one, in the order of their first member.

    >>> [sorted(one) for one in joined_sets([frozenset("ab"), frozenset("c"), frozenset("bd")])]
    [['a', 'b', 'd'], ['c']]
    """
    found: list[frozenset[str]] = []
    for one in sets:
        if one:
            touching = [other for other in found if other & one]
            apart = [other for other in found if not other & one]
            found = [*apart, one.union(*touching)]
    return sorted(found, key=lambda one: min(one))
