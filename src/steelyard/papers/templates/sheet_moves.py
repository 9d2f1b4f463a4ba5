"""Where does everything of a sheet go when some of its rows are repeated, or left out?

A row that is repeated n times moves what follows by n − 1. A range that holds it grows with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_CELL = re.compile(r"(\$?[A-Za-z]{1,3})(\$?)([1-9][0-9]{0,6})")
_ROWS = re.compile(r"(\$?)([1-9][0-9]{0,6})")
LAST_ROW = 1_048_576


@dataclass(frozen=True, slots=True)
class Moves:
    """How often each repeated row of one sheet stands in the filled one; every other row once."""

    times: Mapping[int, int]

    def count(self, row: int) -> int:
        return self.times.get(row, 1)

    def first(self, row: int) -> int:
        """The row in which the first copy of a row stands, counted from 1.

        >>> Moves({5: 3}).first(5), Moves({5: 3}).first(6), Moves({5: 0}).first(6)
        (5, 8, 5)
        """
        return row + sum(n - 1 for repeated, n in self.times.items() if repeated < row)

    def span(self, top: int, bottom: int) -> tuple[int, int] | None:
        """The rows from one to another, as they stand afterwards; None if none of them is left.

        >>> Moves({5: 3}).span(5, 5), Moves({5: 0}).span(4, 6), Moves({5: 0}).span(5, 5)
        ((5, 7), (4, 5), None)
        """
        while top <= bottom and not self.count(top):
            top += 1
        while top <= bottom and not self.count(bottom):
            bottom -= 1
        if top > bottom:
            return None
        return self.first(top), min(self.first(bottom) + self.count(bottom) - 1, LAST_ROW)


@dataclass(frozen=True, slots=True)
class Here:
    """The cell in which a formula stands: its sheet, its row in the template, and which copy of it."""

    sheet: str
    row: int = 0
    copy: int = 0


def moved_formula(formula: str, all_moves: Mapping[str, Moves], here: Here) -> str | None:
    """A formula with its references moved; None if one of them refers to rows that are not left.

    >>> moved_formula("=SUM(C5:C5)", {"S": Moves({5: 3})}, Here("S", 6))
    '=SUM(C5:C7)'
    >>> moved_formula("=SUM(C$5:C5)+T!C5", {"S": Moves({5: 3})}, Here("S", 5, 2))
    '=SUM(C$5:C7)+T!C5'
    """
    from openpyxl.formula.tokenizer import Token, Tokenizer

    tokens, moved = Tokenizer(formula), []
    for token in tokens.items:
        value = token.value
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            found = _moved_reference(value, all_moves, here)
            if found is None:
                return None
            value = found
        moved.append(value)
    return "=" + "".join(moved)


def _moved_reference(text: str, all_moves: Mapping[str, Moves], here: Here) -> str | None:
    sheet, mark, area = text.rpartition("!")
    name = sheet.strip("'").replace("''", "'") if mark else here.sheet
    moves = all_moves.get(name)
    if moves is None:
        return text
    where = here if name == here.sheet else Here(name)
    moved = moved_area(area, moves, where)
    return None if moved is None else sheet + mark + moved


def moved_area(area: str, moves: Moves, here: Here) -> str | None:
    """``A5``, ``A5:B9`` or ``5:9`` moved; a name or whole columns as they are; None if nothing is left."""
    ends = area.split(":")
    read = [_CELL.fullmatch(end) for end in ends]
    if len(ends) > 2 or not all(read):
        return _moved_rows(area, moves)
    cells = [(one[1], one[2], int(one[3])) for one in read if one]
    if len(cells) == 1:
        column, fixed, row = cells[0]
        if not moves.count(row):
            return None
        return f"{column}{fixed}{_own(row, fixed, moves, here)}"
    (left, top_fixed, top), (right, bottom_fixed, bottom) = cells
    span = moves.span(min(top, bottom), max(top, bottom))
    if span is None:
        return None
    if here.row and top <= here.row <= bottom and moves.count(here.row):
        span = _span_from_here(span, (top, top_fixed), (bottom, bottom_fixed), moves, here)
    return f"{left}{top_fixed}{span[0]}:{right}{bottom_fixed}{span[1]}"


def _own(row: int, fixed: str, moves: Moves, here: Here) -> int:
    """A repeated row speaks of itself: each copy of its own, unless the row is fixed by ``$``."""
    is_own = row == here.row and not fixed
    return moves.first(row) + (here.copy if is_own else 0)


def _span_from_here(
    span: tuple[int, int], top: tuple[int, str], bottom: tuple[int, str], moves: Moves, here: Here
) -> tuple[int, int]:
    starts = _own(here.row, top[1], moves, here) if top[0] == here.row else span[0]
    ends = span[1]
    if bottom[0] == here.row and not bottom[1]:
        ends = moves.first(here.row) + here.copy
    return starts, ends


def _moved_rows(area: str, moves: Moves) -> str | None:
    read = [_ROWS.fullmatch(end) for end in area.split(":")]
    if len(read) != 2 or not read[0] or not read[1]:
        return area
    span = moves.span(int(read[0][2]), int(read[1][2]))
    return None if span is None else f"{read[0][1]}{span[0]}:{read[1][1]}{span[1]}"
