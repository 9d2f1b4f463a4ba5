"""Let deliveries in: read every file, run every check, and refuse all of it if anything is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from steelyard.kernel.faults import Fault, Faulty
from steelyard.records.catalogue.model import Catalogue
from steelyard.records.intake.checks import in_order, reference_faults, repeated_faults, row_faults
from steelyard.records.intake.covered import beyond_covers, unknown_covers
from steelyard.records.intake.delivery import Delivery, standing
from steelyard.records.intake.staged import Staged, stage, telling_broken

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Progress = Callable[[str, float, int], None]
"""Told what is being done, how much of it is done, of how much."""


@dataclass(frozen=True, slots=True)
class LetIn:
    """What may be frozen: per table the deliveries that stand, staged."""

    tables: Mapping[str, tuple[Staged, ...]]


def let_in(
    connection: DuckDBPyConnection,
    deliveries: Sequence[Delivery],
    catalogue: Catalogue,
    *,
    references: bool = True,
    progress: Progress = lambda *_: None,
) -> LetIn:
    """Stage every delivery that stands and check it.

    Duplicate keys are found when the rows are sorted, unless something else is wrong. A replaced
    delivery is listed in the snapshot; its file need not be there. ``references`` asks for the
    records that others name; a sender who checks one table alone has them not.

    Raises:
        Faulty: with every fault of every file.
    """
    faults: list[Fault] = []
    tables: dict[str, list[Staged]] = {}
    waiting = standing(tuple(deliveries))
    for number, delivery in enumerate(waiting):
        progress(delivery.file, number, len(waiting))
        staged = stage(connection, delivery, catalogue, number, faults)
        if staged is not None:
            with telling_broken(delivery, faults):
                faults += row_faults(connection, staged)
            tables.setdefault(delivery.table, []).append(staged)
    if references:
        faults += unknown_covers(connection, waiting, tables)
    is_broken = any(fault.code == "broken-file" for fault in faults)
    for code, listed in tables.items() if references and not is_broken else ():
        table = catalogue.tables[code]
        faults += reference_faults(connection, table, listed, tables, catalogue)
        faults += beyond_covers(connection, listed, tables, catalogue)
    if faults:
        for code, listed in tables.items() if not is_broken else ():
            faults += repeated_faults(connection, catalogue.tables[code], listed)
        raise Faulty(in_order(faults))
    return LetIn({code: tuple(listed) for code, listed in sorted(tables.items())})
