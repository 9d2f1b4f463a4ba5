"""Where does a thing stand, and what may happen to it next? A table of moves, and what is read off it.

State and move lead to a state; what is not in the table does not happen. Who may make a move, and
what stands against it just now, are other questions with tables of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal

S = TypeVar("S", bound=StrEnum)
M = TypeVar("M", bound=StrEnum)

WRONG_STATE = "wrong_state"
"""The code of the refusal of a move that does not exist from where the thing stands."""


@dataclass(frozen=True)
class Moves(Generic[S, M]):
    """The states and moves of one kind of thing.

    ``begun_by``: the move by which it comes into being, in the words of the diagram. ``table``: from
    where, by what, to where.
    """

    thing: Text
    begins: S
    begun_by: str
    states: Mapping[S, Text]
    moves: Mapping[M, Text]
    table: Mapping[tuple[S, M], S]

    def after(self, state: S, move: M) -> S | None:
        """Where a move leads, None if it does not exist from there."""
        return self.table.get((state, move))

    def moves_from(self, state: S) -> tuple[M, ...]:
        return tuple(move for (start, move) in self.table if start is state)

    def steps(self) -> list[tuple[str, str]]:
        """From where to where anything leads, for the database to hold to."""
        found = {(start.value, end.value) for (start, _), end in self.table.items()}
        return sorted(pair for pair in found if pair[0] != pair[1])

    def against(self, state: S, move: M) -> tuple[Refusal, ...]:
        """Why a move does not exist from where the thing stands; nothing if it does."""
        if self.after(state, move) is not None:
            return ()
        said, done = self.states[state], self.moves[move]
        what = Text(
            f"{self.thing.zh}{said.zh}，不能{done.zh}",
            f"the {self.thing.en} is {said.en}: you cannot {done.en}",
        )
        return (Refusal(WRONG_STATE, what),)

    def diagram(self) -> str:
        """The table as a Mermaid state diagram; the docs hold this very text."""
        lines = [f"    {start} --> {end}: {move}" for (start, move), end in self.table.items()]
        first = f"    [*] --> {self.begins}: {self.begun_by}"
        return "\n".join(["stateDiagram-v2", first, *lines])
