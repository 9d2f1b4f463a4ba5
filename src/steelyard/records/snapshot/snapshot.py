"""A snapshot as one uses it: who delivered what, its tables as Arrow, questions in SQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.kernel.hashes import ALGORITHMS
from steelyard.kernel.periods import Period
from steelyard.records.catalogue.model import PLACES, Catalogue, Table
from steelyard.records.catalogue.read import shipped
from steelyard.records.intake import names
from steelyard.records.intake.delivery import Delivery, period_of, standing
from steelyard.records.intake.fields import SQL_TYPES
from steelyard.records.intake.staged import hash_of
from steelyard.records.query.engine import Instead, Limits, reading, refusing
from steelyard.records.snapshot.manifest import (
    FILE,
    Manifest,
    Sealed,
    identifier_of,
    read_manifest,
)

if TYPE_CHECKING:
    import pyarrow as pa

    from steelyard.records.query.engine import Reader

Parameter = str | int | Fraction | date | bool


@dataclass(frozen=True)
class Snapshot:
    """The frozen records of a period. Make one with ``steelyard freeze``, open it with :meth:`open`.

    ``identifier`` seals all of it. Opening checks the manifest against it and looks whether the files
    are there; a table is checked against its hash before it is first read.
    :func:`steelyard.records.snapshot.verify.verify` reads every byte, and says what changed.
    """

    folder: Path
    manifest: Manifest

    @classmethod
    def open(cls, path: str | Path) -> Snapshot:
        """Open the snapshot in a folder.

        Raises:
            Faulty: it is none, is of a newer version, a file is missing, or a path leaves it.
        """
        folder = Path(path)
        manifest = read_manifest(folder)
        missing = [
            one.file.path for one in manifest.frozen if not (folder / one.file.path).is_file()
        ]
        if missing:
            raise Faulty([_missing(folder, one) for one in missing])
        if identifier_of(manifest.document) != manifest.identifier:
            raise Faulty([_altered(folder / FILE)])
        return cls(folder, manifest)

    def check_sealed(self, tables: Iterable[str]) -> None:
        """Whether these tables are as they were frozen; each is read for it once.

        Raises:
            Faulty: every one that is not.
        """
        faults = []
        for one in self.manifest.frozen:
            if one.table in tables and one.table not in self._sealed:
                path = self.folder / one.file.path
                if is_as_sealed(path, one.file):
                    self._sealed.add(one.table)
                else:
                    faults.append(_altered(path))
        if faults:
            raise Faulty(faults)

    @cached_property
    def _sealed(self) -> set[str]:
        return set()

    @property
    def identifier(self) -> str:
        return self.manifest.identifier

    @cached_property
    def catalogue(self) -> Catalogue:
        """The tables as frozen, and those that ship and that nobody delivered: they have no rows."""
        return shipped().joined(self.manifest.catalogue)

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """Every delivery, replaced ones too."""
        return self.manifest.deliveries

    @cached_property
    def standing(self) -> Mapping[str, Delivery]:
        """The deliveries whose rows count, by id."""
        return {one.id: one for one in standing(self.manifest.deliveries)}

    @property
    def period(self) -> Period:
        return period_of(self.manifest.period)

    @property
    def sample(self) -> bool:
        """Whether any rows are a sample's."""
        return self.manifest.sample

    @cached_property
    def files(self) -> Mapping[str, Path]:
        """The file of each table, absolute."""
        root = self.folder.resolve()
        return {one.table: root / one.file.path for one in self.manifest.frozen}

    @cached_property
    def parents(self) -> Mapping[str, str]:
        """Each place and the place above it."""
        if PLACES not in self.files:
            return {}
        self.check_sealed([PLACES])
        with self.reading(tables=[PLACES]) as connection, refusing(Limits(), Where(file=PLACES)):
            rows = connection.execute(f"SELECT code, coalesce(parent, '') FROM {PLACES}").fetchall()
        return dict(rows)

    def table(self, code: str) -> pa.Table:
        """A table as Arrow, its rows by key; the last column says whose delivery a row is.

        Raises:
            KeyError: the snapshot has no such table.
            Faulty: its file cannot be read.
        """
        if code not in self.files:
            listed = ", ".join(sorted(self.files))
            raise KeyError(f"the snapshot has no table {code!r}; it has {listed}")
        self.check_sealed([code])
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile

        try:
            with ParquetFile(self.files[code]) as file:
                return file.read()
        except (ArrowException, OSError) as error:
            raise Faulty([_unreadable(self.files[code], str(error))]) from error

    def reading(
        self, limits: Limits | None = None, *, tables: Iterable[str] | None = None
    ) -> Reader:
        """A connection that can read the tables, or only those named, and do nothing else.

        Each table costs a look into its file: whoever knows what is asked names it.
        """
        return self._reading(limits, None if tables is None else {*tables}, instead={})

    def _reading(
        self, limits: Limits | None, tables: Collection[str] | None, *, instead: Instead
    ) -> Reader:
        wanted = {*self.files, *self._not_delivered} if tables is None else tables
        files = {table: path for table, path in self.files.items() if table in wanted}
        empty = {table: sql for table, sql in self._not_delivered.items() if table in wanted}
        where = Where(file=str(self.folder))
        try:
            with refusing(limits or Limits(), where):
                return reading(files, limits or Limits(), empty=empty, instead=instead)
        except Faulty:
            self.check_sealed(files)  # a file that was cut short is what stops it
            raise

    @cached_property
    def _not_delivered(self) -> Mapping[str, str]:
        """SQL of each table that is known and not here: its columns, and no row."""
        return {
            code: _no_rows(table)
            for code, table in self.catalogue.tables.items()
            if code not in self.files
        }

    def rows(
        self, sql: str, parameters: Mapping[str, Parameter] | None = None
    ) -> tuple[Mapping[str, Any], ...]:
        """The rows that a query gives. It passes the same gate as an indicator's.

        Raises:
            Faulty: with every fault of the query, or because it ran past its limits.
        """
        from steelyard.records.query.gate import passed
        from steelyard.records.query.literals import literals

        given = parameters or {}
        query, faults = passed(sql, self.catalogue, given, Where(key="query"))
        if query is None:
            raise Faulty(faults)
        self.check_sealed(query.tables)
        limits = Limits()
        reader = self.reading(limits, tables=query.tables)
        with reader as connection, refusing(limits, Where(key="query")):
            found = connection.execute(query.sql(literals(given)))
            headings = [column[0] for column in found.description or ()]
            return tuple(dict(zip(headings, row, strict=True)) for row in found.fetchall())


def _no_rows(table: Table) -> str:
    columns = [
        f"CAST(NULL AS {SQL_TYPES[one.type]}) AS {names.name(one.code)}" for one in table.fields
    ]
    return f"SELECT {', '.join([*columns, 'CAST(NULL AS VARCHAR) AS delivery'])} WHERE false"


def is_as_sealed(path: Path, sealed: Sealed) -> bool:
    """Whether a file has the size and the hash that the manifest says."""
    algorithm = sealed.hash.partition(":")[0]
    if algorithm not in ALGORITHMS or not path.is_file() or path.stat().st_size != sealed.bytes:
        return False
    return hash_of(path, algorithm) == sealed.hash


def _altered(path: Path) -> Fault:
    what = Text("冻结之后被改动", "it was altered after it was frozen")
    mend = Text(
        "请运行steelyard verify查明改动之处，并取回原件",
        "run steelyard verify to see what changed, and get the original",
    )
    return Fault("altered-snapshot", what, mend, Where(file=str(path)))


def _missing(folder: Path, path: str) -> Fault:
    what = Text(f"数据快照缺少文件“{path}”", f"the snapshot lacks the file {path!r}")
    mend = Text("请取完整的数据快照", "get the whole snapshot")
    return Fault("missing-resource", what, mend, Where(file=str(folder / path)))


def _unreadable(path: Path, said: str) -> Fault:
    what = Text("文件已损坏", f"the file is damaged ({said.splitlines()[0][:120]})")
    mend = Text("请运行steelyard verify", "run steelyard verify")
    return Fault("broken-file", what, mend, Where(file=str(path)))
