"""A panel drawn again: how often each row of its list is there, when members are drawn with repetition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.scheme.uncertainty import Panel
from steelyard.weighing.batch.board import list_rows
from steelyard.weighing.points.board import Board
from steelyard.weighing.uncertainty.model import Array, Whole


@dataclass(frozen=True)
class Drawn:
    """One panel. ``members`` by unit: for each of its members the rows (places in the list) that are
    theirs. As many members are drawn as there are (the bootstrap, Efron 1979).

    Where the same members mark every unit they are drawn once for all: one who is strict is so with
    everybody. Else each unit's own are drawn.
    """

    list: str
    rows: int
    members: tuple[tuple[Whole, ...], ...]
    is_one_panel: bool

    @property
    def columns(self) -> int:
        """One number a draw; a panel of one cannot vary."""
        sizes = [len(panel) for panel in self.members if len(panel) > 1]
        return sizes[0] if sizes and self.is_one_panel else sum(sizes)

    def times(self, chance: Array) -> Array:
        """How often each row is there, (replications, rows)."""
        found = np.ones((len(chance), self.rows))
        start = 0
        for panel in self.members:
            if len(panel) > 1:
                drawn = (chance[:, start : start + len(panel)] * len(panel)).astype(np.intp)
                start += 0 if self.is_one_panel else len(panel)
                for place, rows in enumerate(panel):
                    found[:, rows] = (drawn == place).sum(axis=1, keepdims=True)
        return found


def drawn(board: Board, panel: Panel) -> Drawn:
    """The panel's members by unit; a row that names nobody is a member of its own.

    Raises:
        Faulty: no row of the list names a member.
    """
    listed = list_rows(board, panel.list)
    if listed and all(cells.get(panel.member) is None for _, cells in listed):
        raise Faulty([_nobody(panel)])
    by_unit: dict[int, dict[object, list[int]]] = {}
    for row, (unit, cells) in enumerate(listed):
        name = cells.get(panel.member)
        member = ("row", row) if name is None else ("name", name)
        by_unit.setdefault(unit, {}).setdefault(member, []).append(row)
    panels = [set(members) for members in by_unit.values()]
    is_one_panel = all(names == panels[0] for names in panels)
    return Drawn(panel.list, len(listed), tuple(_places(by_unit)), is_one_panel)


def _places(by_unit: Mapping[int, Mapping[object, list[int]]]) -> Iterator[tuple[Whole, ...]]:
    """Of each unit's members, in the order of their names."""
    for members in by_unit.values():
        yield tuple(np.array(members[name], np.intp) for name in sorted(members, key=str))


def _nobody(panel: Panel) -> Fault:
    return Fault(
        "no-member",
        Text(f"清单“{panel.list}”没有一行写明“{panel.member}”，不知道分数是谁打的",
             f"no row of the list {panel.list!r} says {panel.member!r}: whose marks they are is not known"),
        Text("请改正panels的member，或在清单中补上这一列",
             "mend the member of panels, or add the column to the list"),
        Where(key="uncertainty.panels"),
    )  # fmt: skip
