"""Questions that read the same rows are asked together: one reading of a large table, not ten.

Indicators that add up, of one table, with one condition and one unit, differ only in what they add. Their
sums are asked for in one statement; each then finds its answer as if it had asked alone. What cannot be
joined so, or fails, is asked alone, where its fault is told by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from steelyard.records.query.gate import written
from steelyard.records.tally.figures import sums_asked, sums_columns
from steelyard.records.tally.indicators import Indicator

if TYPE_CHECKING:
    from steelyard.records.query.engine import Answer, Asked

_ADDED = re.compile(r"\b(value|numerator|denominator)\b")
_COLUMNS = 4
"""What :func:`sums_columns` gives of each indicator."""


@dataclass(frozen=True, slots=True)
class _Question:
    """One indicator for one period: the statement it would make alone, and its parts."""

    statement: str
    columns: str
    given: Mapping[str, str]
    unit: str
    rest: str


@dataclass(frozen=True, slots=True)
class _Rows:
    rows: list[tuple[Any, ...]]

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self.rows


class Together:
    """A reader that has some answers already."""

    def __init__(self, reader: Asked, answers: Mapping[str, list[tuple[Any, ...]]]) -> None:
        self._reader, self._answers = reader, answers

    def execute(self, sql: str) -> Answer:
        held = self._answers.get(sql)
        return self._reader.execute(sql) if held is None else _Rows(held)


def together(reader: Asked, asked: Sequence[tuple[Indicator, exp.Query]]) -> Together:
    """Ask what can be asked together. ``asked`` are indicators with their queries filled in."""
    groups: dict[tuple[str, str], list[_Question]] = {}
    for indicator, tree in asked:
        question = _question(indicator, tree)
        if question is not None:
            groups.setdefault((question.unit, question.rest), []).append(question)
    answers: dict[str, list[tuple[Any, ...]]] = {}
    for questions in groups.values():
        different = list({one.statement: one for one in questions}.values())
        if len(different) > 1:
            answers.update(_answered(reader, different))
    return Together(reader, answers)


def _question(indicator: Indicator, tree: exp.Query) -> _Question | None:
    """The parts of a query of one table, if it adds up; None for any other."""
    columns = sums_columns(indicator)
    if columns is None or not isinstance(tree, exp.Select) or not _is_plain(tree):
        return None
    given = {one.alias_or_name: written(one.unalias()) for one in tree.expressions}
    rest = " ".join(written(tree.args[name]) for name in ("from_", "where") if tree.args.get(name))
    added = {name: given[name] for name in given if _ADDED.fullmatch(name)}
    return _Question(sums_asked(written(tree), columns), columns, added, given["unit"], rest)


def _is_plain(tree: exp.Select) -> bool:
    """One table and a condition: no join, group, CTE, DISTINCT, or anything else.

    What sums up by itself gives one row for all; beside others it would make one row of theirs.
    """
    if any(one.find(exp.AggFunc) for one in tree.expressions):
        return False
    used = {name for name, value in tree.args.items() if value}
    table = tree.args["from_"].this if tree.args.get("from_") else None
    return used <= {"expressions", "from_", "where", "kind"} and isinstance(table, exp.Table)


def _answered(
    reader: Asked, questions: Sequence[_Question]
) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    import duckdb

    given = [f"{questions[0].unit} AS unit"]
    asked = []
    for at, one in enumerate(questions):
        given += [f"{sql} AS q{at}_{name}" for name, sql in one.given.items()]
        asked.append(_ADDED.sub(rf"q{at}_\1", one.columns))
    statement = (
        f"SELECT unit, {', '.join(asked)}"
        f" FROM (SELECT {', '.join(given)} {questions[0].rest}) GROUP BY unit"
    )
    try:
        rows = reader.execute(statement).fetchall()
    except duckdb.Error:
        return
    for at, one in enumerate(questions):
        first = 1 + at * _COLUMNS
        yield one.statement, [(row[0], *row[first : first + _COLUMNS]) for row in rows]
