"""What does an accepted correction change in the record that was contested? Cell by cell, as people read it."""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.assessment.models import Objection
from steelyard.assessment.queries.collection.corrections import Correction, standing_of
from steelyard.assessment.rules.collection.corrections import Outcome
from steelyard.kernel.bilingual import Text
from steelyard.supply.models import Delivery
from steelyard.supply.queries import load_catalogue
from steelyard.supply.rows import changes_of
from steelyard.supply.rules.deliveries import Status
from steelyard.supply.rules.written import said_cell

TOLD = frozenset({Outcome.ACCEPTED, Outcome.COUNTED})
"""What is signed alone is still between its body and the office."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """One column of the record: what stood there when it was contested, and what does now."""

    title: Text
    before: Text
    after: Text


@dataclass(frozen=True, slots=True)
class RowChange:
    """``cells``: those that differ, but for what is personal."""

    cells: tuple[CellChange, ...] = ()
    is_left_out: bool = False


def load_row_change(one: Objection, found: Correction) -> RowChange | None:
    """None as long as nothing is accepted."""
    if found.outcome not in TOLD or found.delivery is None or one.delivery is None:
        return None
    accepted = _accepted(found.delivery)
    changed = changes_of(accepted, one.delivery, one.record)
    if changed is None:
        return RowChange(is_left_out=True)
    catalogue = load_catalogue()
    fields = catalogue.tables[accepted.table_code].field
    return RowChange(tuple(
        CellChange(
            fields[cell.field].title,
            said_cell(cell.before, fields[cell.field], catalogue.codes),
            said_cell(cell.now, fields[cell.field], catalogue.codes),
        )
        for cell in changed
    ))  # fmt: skip


def _accepted(delivery: Delivery) -> Delivery:
    """Itself, or what replaced it since."""
    if delivery.status == Status.ACCEPTED:
        return delivery
    return standing_of(delivery) or delivery
