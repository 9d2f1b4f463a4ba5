"""What a unit may change: the values that an input may take, and what each costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.scheme.model import Scheme
from steelyard.weighing.values import Value, Values

MOST_CHOICES = 5000


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that the input may take, and what it costs to get there from today's."""

    value: Value
    cost: Fraction


@dataclass(frozen=True, slots=True)
class Lever:
    """An input that the unit may change. Its first choice is today's value, which costs nothing."""

    input: str
    choices: tuple[Choice, ...]

    @property
    def now(self) -> Value:
        return self.choices[0].value


@dataclass(frozen=True, slots=True)
class Cost:
    """One row of a cost table.

    Of a number: ``cost`` of each unit of measure moved, up or down; the input may be any whole
    multiple of ``step`` from ``least`` to ``most``. Of yes or no, or of a text: the ``cost`` of
    switching to the value ``to``. ``unit`` is the code of the unit that the row is for, or empty.
    """

    input: str
    cost: Fraction
    step: Fraction = Fraction(1)
    least: Fraction = Fraction(0)
    most: Fraction = Fraction(0)
    to: Value | None = None
    unit: str = ""
    where: Where = field(default_factory=Where)


def levers_of(
    scheme: Scheme, values: Values, unit: str, costs: Sequence[Cost]
) -> tuple[Lever, ...]:
    """The unit's levers by a cost table: rows for this unit before rows for all.

    An input that has no value for the unit is no lever.

    Raises:
        Faulty: a row allows more steps than can be looked at.
    """
    found: dict[str, list[Cost]] = {}
    for row in costs:
        if row.unit in ("", unit):
            found.setdefault(row.input, []).append(row)
    levers, faults = [], []
    for code, rows in found.items():
        now = value_now(scheme, values, unit, code)
        own = [row for row in rows if row.unit] or rows
        if now is None:
            continue
        faults += [_too_many(row) for row in own if _steps(row) > MOST_CHOICES]
        if not faults:
            levers.append(Lever(code, _choices(now, own)))
    if faults:
        raise Faulty(faults)
    return tuple(levers)


def value_now(scheme: Scheme, values: Values, unit: str, code: str) -> Value | None:
    cell = values.cell(code, scheme.period_label, unit)
    return None if cell is None else cell.value


def _steps(row: Cost) -> int:
    return 1 if row.to is not None else int((row.most - row.least) / row.step)


def _choices(now: Value, rows: Sequence[Cost]) -> tuple[Choice, ...]:
    found: dict[Value, Fraction] = {}
    for row in rows:
        if row.to is not None:
            found[row.to] = row.cost
        elif isinstance(now, Fraction):
            found |= {one: row.cost * abs(one - now) for one in _multiples(row)}
    found.pop(now, None)
    return (Choice(now, Fraction(0)), *(Choice(value, cost) for value, cost in found.items()))


def _multiples(row: Cost) -> list[Fraction]:
    """The whole multiples of the step from the least to the most."""
    first, last = (row.least / row.step).__ceil__(), (row.most / row.step).__floor__()
    return [row.step * times for times in range(first, last + 1)]


def _too_many(row: Cost) -> Fault:
    return Fault(
        "too-many-steps",
        Text(f"“{row.input}”从{plain(row.least)}到{plain(row.most)}有{_steps(row)}步，超过{MOST_CHOICES}步",
             f"{row.input!r} has {_steps(row)} steps from {plain(row.least)} to {plain(row.most)}, more "
             f"than {MOST_CHOICES}"),
        Text("请把步长写大些，或把范围写窄些", "state a larger step or a narrower range"),
        row.where,
    )  # fmt: skip
