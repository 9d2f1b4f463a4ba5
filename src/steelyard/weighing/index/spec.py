"""What an index is composed of: columns, a tree, a method, and what people call them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from steelyard.scheme.method import Aggregate, Impute, ItemMethod, Method, Normalise, Treat
from steelyard.scheme.model import ROOT
from steelyard.weighing.index.columns import Array, Columns, Flags, Names

_NO_METHOD = ItemMethod()


@dataclass(frozen=True)
class Spec:
    """What is composed.

    ``columns`` by indicator and ``denominators`` by name hold one float a unit, NaN for missing;
    ``previous`` the same of the period before, denominators among them. ``children`` is the tree by
    node (the root is ``""``; an indicator has none), ``weights`` the given weight of each node,
    ``items`` what a node says for itself. ``groups`` are the labels of each unit by name, the peer
    group under ``""``. ``tolerance`` is how close two scores share a rank.
    """

    units: tuple[str, ...]
    columns: Columns
    children: Mapping[str, tuple[str, ...]]
    method: Method
    names: Names
    items: Mapping[str, ItemMethod] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    denominators: Columns = field(default_factory=dict)
    previous: Columns = field(default_factory=dict)
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    tolerance: float = 1e-9

    def item(self, code: str) -> ItemMethod:
        return self.items.get(code, _NO_METHOD)

    def impute(self, code: str) -> Impute:
        return self.item(code).impute or self.method.impute

    def treat(self, code: str) -> Treat:
        return self.item(code).treat or self.method.treat

    def normalise(self, code: str) -> Normalise:
        return self.item(code).normalise or self.method.normalise

    def aggregate(self, group: str) -> Aggregate:
        """The group's own method, or the one of its level, counted from the leaves up."""
        levels = self.method.aggregate
        return self.item(group).aggregate or levels[min(self._level(group), len(levels)) - 1]

    def _level(self, group: str) -> int:
        below = (self._level(child) for child in self.children[group] if self.children[child])
        return 1 + max(below, default=0)

    def groups_from_below(self) -> list[str]:
        """Every group after the groups below it, the root last."""
        found: list[str] = []

        def visit(group: str) -> None:
            for child in self.children[group]:
                if self.children[child]:
                    visit(child)
            found.append(group)

        visit(ROOT)
        return found

    def only(self, kept: Sequence[str], enough: Flags) -> Spec:
        """The spec of these indicators and units alone."""
        rows = [int(index) for index in np.flatnonzero(enough)]
        return replace(
            self,
            units=tuple(self.units[row] for row in rows),
            columns={code: self.columns[code][rows] for code in kept},
            names=Names([self.names.units[row] for row in rows], self.names.items),
            denominators=_rows(self.denominators, rows),
            previous=_rows(self.previous, rows),
            groups={name: [labels[row] for row in rows] for name, labels in self.groups.items()},
        )


def _rows(columns: Columns, rows: list[int]) -> dict[str, Array]:
    return {code: column[rows] for code, column in columns.items()}
