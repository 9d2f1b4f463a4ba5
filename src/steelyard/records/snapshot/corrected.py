"""What would be counted with corrections that are not frozen yet? The frozen rows, and other ones in place of
those that were corrected.

It is asked beforehand and sealed by nothing: what counts is the next snapshot.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.records.intake import names
from steelyard.records.intake.delivery import Delivery
from steelyard.records.intake.staged import stage
from steelyard.records.query.engine import Limits, Reader, refusing, settings
from steelyard.records.snapshot.locator import copy_to
from steelyard.records.snapshot.snapshot import Snapshot

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Corrected(Snapshot):
    """A snapshot that reads other rows in place of those of some deliveries. ``instead``: a delivery that stands
    in it → the rows of its correction, as Parquet."""

    instead: Mapping[str, Path]

    def reading(
        self, limits: Limits | None = None, *, tables: Iterable[str] | None = None
    ) -> Reader:
        wanted = None if tables is None else {*tables}
        by_table: dict[str, list[str]] = {}
        for one in self.instead:
            by_table.setdefault(self.standing[one].table, []).append(one)
        listed = {
            table: [(one, self.instead[one]) for one in those]
            for table, those in by_table.items()
            if wanted is None or table in wanted
        }
        return self._reading(limits, wanted, instead=listed)

    def table(self, code: str) -> pa.Table:
        frozen = super().table(code)
        those = [one for one in self.instead if self.standing[one].table == code]
        if not those:
            return frozen
        import pyarrow as pa
        from pyarrow import compute, parquet

        left_out = compute.is_in(frozen["delivery"], value_set=pa.array(those))
        others = [parquet.read_table(self.instead[one]) for one in those]
        rows = pa.concat_tables([frozen.filter(compute.invert(left_out)), *others])
        return rows.sort_by([(one, "ascending") for one in self.catalogue.tables[code].key])


@contextmanager
def corrected(snapshot: Snapshot, corrections: Mapping[str, Delivery]) -> Iterator[Corrected]:
    """``corrections``: a delivery that stands in the snapshot → what is to be read in its place.

    Raises:
        Faulty: a correction cannot be read, with every fault of every one.
    """
    with tempfile.TemporaryDirectory(prefix="steelyard-") as folder:
        instead = _as_parquet(snapshot, corrections, Path(folder))
        yield Corrected(snapshot.folder, snapshot.manifest, instead)


def _as_parquet(
    snapshot: Snapshot, corrections: Mapping[str, Delivery], folder: Path
) -> dict[str, Path]:
    import duckdb

    faults: list[Fault] = []
    written: dict[str, Path] = {}
    limits, where = Limits(), Where(file=str(folder))
    with refusing(limits, where), duckdb.connect(config=settings(limits)) as connection:
        for number, (replaced, one) in enumerate(corrections.items()):
            staged = stage(connection, one, snapshot.catalogue, number, faults)
            if staged is None or faults:
                continue
            columns = ", ".join(names.name(field.code) for field in staged.table.fields)
            query = f"SELECT {columns}, {names.text(one.id)} AS delivery FROM {staged.view}"
            written[replaced] = folder / f"{number}.parquet"
            copy_to(connection, query, written[replaced])
    if faults:
        raise Faulty(faults)
    return written
