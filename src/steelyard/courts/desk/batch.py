"""Many cases at once: a sheet of facts in, the same sheet with the answers beside them out.

Headings are the codes or the names of questions, in either language and any order. Other columns
are kept as they are. All faults are found, each at its cell; with one there is no answer at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from steelyard.courts.court_rules import CourtRules
from steelyard.courts.desk import batch_faults as faulty
from steelyard.courts.desk.answers import Answer
from steelyard.courts.desk.answers import Cell as Answered
from steelyard.courts.desk.choices import plain
from steelyard.courts.desk.facts import Facts, Value
from steelyard.courts.desk.jobs import Job, with_today
from steelyard.courts.desk.questions import Question, columns_of, missing
from steelyard.courts.desk.reading import read
from steelyard.kernel.bilingual import LANGS, Lang, Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.tables.cells import absent
from steelyard.tables.sheet import Cell, Column, Formatted, Row, Sheet, Stored
from steelyard.tables.write import Written

NO_FACTS = Facts()
MOST_FAULTS = 1000
"""Faults that are gathered; a sheet with more is of another kind."""


@dataclass(frozen=True, slots=True)
class AnsweredSheet:
    """The sheet to write. ``unsettled``: rows that are for a person, incomplete or wrong."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Written, ...], ...]
    unsettled: int


def answer_sheet(
    sheet: Sheet,
    job: Job,
    rules: CourtRules,
    lang: Lang,
    *,
    today: date | None,
    common: Facts = NO_FACTS,
) -> AnsweredSheet:
    """The sheet with its answers beside it. Columns that no question asks for stay as they are.

    ``common``: what holds for every row that says nothing else.

    Raises:
        Faulty: headings that are missing or stand twice, cells that are not understood, rows that
            lack a fact or that the rules refuse; all of them.
    """
    desk = _Desk.at(sheet, job, rules, today, common)
    answers = list(desk.answers(sheet))
    if desk.faults:
        raise Faulty(_at_most(desk.faults))
    kept = [at for at, column in enumerate(sheet.head.columns) if not _is_ours(column, job)]
    return AnsweredSheet(
        (
            *(sheet.headings[at] for at in kept),
            *(heading(one).say(lang) for one in job.columns),
        ),
        tuple(
            (*(_kept(row.values[at]) for at in kept), *(_cell(one, lang) for one in answer.cells))
            for row, answer in zip(sheet.rows, answers, strict=True)
        ),
        sum(not answer.settled for answer in answers),
    )


def heading(column: Text) -> Text:
    """The heading of an answer, told from the sender's own columns by our name.

    >>> heading(Text("期满日", "Last day")).zh
    '权衡·期满日'
    """
    return Text(f"权衡·{column.zh}", f"Steelyard: {column.en}")


def _is_ours(column: Column, job: Job) -> bool:
    """An answer of an earlier run, which the new one replaces."""
    ours = {plain(heading(one).say(lang)) for one in job.columns for lang in LANGS}
    return plain(column.heading) in ours


@dataclass(slots=True)
class _Desk:
    """A sheet at the counter: which column answers what, and what was read so far."""

    questions: tuple[Question, ...]
    columns: Mapping[str, Column]
    job: Job
    rules: CourtRules
    today: date | None
    common: Facts
    faults: list[Fault]
    read: dict[tuple[str, str], Value | Fault] = field(default_factory=dict)
    lacking: set[str] = field(default_factory=set)

    @classmethod
    def at(
        cls, sheet: Sheet, job: Job, rules: CourtRules, today: date | None, common: Facts
    ) -> _Desk:
        questions = columns_of(job.questions(rules))
        columns, faults = _columns(sheet, questions)
        return cls(questions, columns, job, rules, today, common, faults)

    def answers(self, sheet: Sheet) -> Iterator[Answer]:
        for row in sheet.rows:
            facts = self._facts(row)
            if facts is None or not self._is_whole(facts, row):
                continue
            try:
                yield self.job.answer(facts, self.rules)
            except Faulty as error:
                self.faults.extend(one.at(self._place(one, row)) for one in error.faults)

    def _facts(self, row: Row) -> Facts | None:
        values: dict[str, Value] = dict(self.common.values)
        is_understood = True
        for question in self.questions:
            column = self.columns.get(question.code)
            cell = row[column.heading] if column is not None else None
            if cell is None or absent(cell):
                continue
            value = self._value(question, cell)
            if isinstance(value, Fault):
                self.faults.append(value.at(cell.where))
                is_understood = False
            else:
                values[question.code] = value
        return with_today(self.questions, Facts(values), self.today) if is_understood else None

    def _value(self, question: Question, cell: Cell) -> Value | Fault:
        if question.kind == "day" and isinstance(cell.stored, date):
            return cell.stored.date() if isinstance(cell.stored, datetime) else cell.stored
        key = (question.code, cell.text)
        if key not in self.read:
            self.read[key] = read(question, cell.text, today=self.today)
        return self.read[key]

    def _place(self, fault: Fault, row: Row) -> Where:
        """The cell of the question that a fault of the rules is about, else the row."""
        column = self.columns.get(fault.where.key)
        return row.where if column is None else row.where_at(str(column))

    def _is_whole(self, facts: Facts, row: Row) -> bool:
        lacking = missing(self.questions, facts)
        for question in lacking:
            column = self.columns.get(question.code)
            if column is not None:
                self.faults.append(faulty.blank_cell(question, row, column))
            elif question.code not in self.lacking:
                self.lacking.add(question.code)
                self.faults.append(faulty.no_column(question, row))
        return not lacking


def _columns(
    sheet: Sheet, questions: tuple[Question, ...]
) -> tuple[dict[str, Column], list[Fault]]:
    by_name = {
        plain(name): question
        for question in questions
        for name in (question.code, question.label.zh, question.label.en)
    }
    columns: dict[str, Column] = {}
    faults = []
    for column in sheet.head.columns:
        question = by_name.get(plain(column.heading))
        if question is None:
            continue
        if question.code in columns:
            faults.append(faulty.column_twice(question, column, sheet))
        columns[question.code] = column
    return columns, faults


def _at_most(faults: list[Fault]) -> list[Fault]:
    more = len(faults) - MOST_FAULTS
    return [*faults[:MOST_FAULTS], faulty.more(more)] if more > 0 else faults


def _kept(stored: Stored) -> Written:
    """What a sender's own cell holds, as it is written again."""
    if isinstance(stored, Formatted):
        return stored.text
    if isinstance(stored, float):
        return int(stored) if stored.is_integer() else Decimal(repr(float(stored)))
    if isinstance(stored, str | bool | int | Decimal | Fraction | date):
        return stored or None if isinstance(stored, str) else stored
    return str(stored)


def _cell(value: Answered, lang: Lang) -> Written:
    if isinstance(value, Text):
        return value.say(lang) or None
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return value
