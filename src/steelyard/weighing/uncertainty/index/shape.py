"""The tree as arrays: every node but the root is a column, the children of a group side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from steelyard.scheme.model import ROOT
from steelyard.weighing.index.tree import Joined


@dataclass(frozen=True)
class Shape:
    """``children`` by group, from the lowest groups up, the root last: leaves that were screened out
    are not there."""

    children: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, joined: Joined) -> Shape:
        return cls({group: tuple(own) for group, own in joined.weights.items()})

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        return tuple(child for children in self.children.values() for child in children)

    @cached_property
    def column(self) -> Mapping[str, int]:
        return {node: index for index, node in enumerate(self.nodes)}

    @cached_property
    def slices(self) -> Mapping[str, slice]:
        """The columns of a group's children."""
        found, start = {}, 0
        for group, children in self.children.items():
            found[group] = slice(start, start + len(children))
            start += len(children)
        return found

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        return tuple(node for node in self.nodes if node not in self.children)

    @cached_property
    def from_above(self) -> tuple[str, ...]:
        """The groups, the root first."""
        return tuple(self.children)[::-1]

    def parent_column(self, group: str) -> int | None:
        return None if group == ROOT else self.column[group]
