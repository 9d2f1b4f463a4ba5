"""The plan as a tree: the aspects of a place, their tasks, their measures with how far each is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from steelyard.publication.plan_status import STATUSES
from steelyard.website.register import Register, Row, address_of


@dataclass(frozen=True, slots=True)
class Task:
    row: Row
    address: str
    title: str
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    row: Row
    address: str
    title: str
    status: str
    lead_body: str
    due_on: str | None


@dataclass(frozen=True, slots=True)
class Aspect:
    """An aspect with its tasks. ``counts``: its measures by status."""

    row: Row
    key: str
    address: str
    title: str
    tasks: tuple[Task, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Plan:
    """The three registers of the plan."""

    aspects: Register
    tasks: Register
    measures: Register

    def of_place(self, place: str) -> list[tuple[str, list[Aspect]]]:
        """The plans of a place by their titles, the latest first, each with its aspects in their order."""
        cell = self.aspects.cell
        rows = [self.aspects.rows[number] for number in sorted(self._numbers_of(place))]
        rows.sort(key=lambda row: cell(row, "adopted_on") or "", reverse=True)
        by_title = groupby(rows, lambda row: cell(row, "plan_title") or "")
        return [(title, [self.aspect(row) for row in of_plan]) for title, of_plan in by_title]

    def _numbers_of(self, place: str) -> frozenset[int]:
        return frozenset(self.aspects.having("place").get(place, ()))

    def aspect(self, row: Row) -> Aspect:
        key = self.aspects.key(row)[0]
        numbers = sorted(self.tasks.having("aspect").get(key, ()))
        tasks = tuple(self.task(self.tasks.rows[number]) for number in numbers)
        counts: dict[str, int] = dict.fromkeys(STATUSES, 0)
        for task in tasks:
            for one in task.measures:
                counts[one.status] += 1
        return Aspect(
            row, key, _address(self.aspects, row), self.aspects.titled(row), tasks, counts
        )

    def task(self, row: Row) -> Task:
        numbers = sorted(self.measures.having("task").get(self.tasks.key(row)[0], ()))
        measures = tuple(self._measure(self.measures.rows[number]) for number in numbers)
        return Task(row, _address(self.tasks, row), self.tasks.titled(row), measures)

    def _measure(self, row: Row) -> Measure:
        cell = self.measures.cell
        return Measure(
            row, _address(self.measures, row), self.measures.titled(row),
            cell(row, "status") or "not_started", cell(row, "lead_body") or "", cell(row, "due_on"),
        )  # fmt: skip

    def by_place(self) -> Sequence[tuple[str, Mapping[str, int]]]:
        """Of each place how many aspects, tasks and measures there are, and measures by status."""
        status_of = self.measures.having("status") if "status" in self.measures.at else {}
        found = []
        for place in self.aspects.counts("place"):
            measures = self.measures.having("place").get(place, frozenset())
            counts = {
                "aspects": len(self.aspects.having("place").get(place, ())),
                "tasks": len(self.tasks.having("place").get(place, ())),
                "measures": len(measures),
            }
            counts |= {one: len(measures & status_of.get(one, frozenset())) for one in STATUSES}
            found.append((place, counts))
        return found


def _address(register: Register, row: Row) -> str:
    return address_of(register.key(row))
