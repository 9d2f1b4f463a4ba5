"""A sample small enough to be drawn and frozen in a test, made once a session."""

from __future__ import annotations

import atexit
import tomllib
from contextlib import ExitStack
from functools import cached_property, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from steelyard.records.catalogue.read import shipped
from steelyard.records.sample.write import write_sample
from steelyard.records.snapshot.freeze import freeze
from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.regions import bundled

GUANGDONG = bundled().scheme.parents[1] / "guangdong"
RECORDS = GUANGDONG / "records"
SEED = 11
SCALE = 0.06
_KEPT = ExitStack()
atexit.register(_KEPT.close)


class Small:
    """What was written: the cover list's rows, and each delivery's table."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        document = tomllib.loads((folder / "deliveries.toml").read_text(encoding="utf-8"))
        self.deliveries: list[dict[str, Any]] = document["deliveries"]

    def table_of(self, delivery: dict[str, Any]) -> pa.Table:
        return pq.read_table(self.folder / delivery["file"])

    @cached_property
    def standing(self) -> dict[str, list[dict[str, Any]]]:
        """Table → its deliveries that nobody replaces."""
        replaced = {one.get("replaces") for one in self.deliveries}
        found: dict[str, list[dict[str, Any]]] = {}
        for one in self.deliveries:
            if one["id"] not in replaced:
                found.setdefault(one["table"], []).append(one)
        return found

    def rows(self, table: str) -> pa.Table:
        return pa.concat_tables(
            [self.table_of(one) for one in self.standing[table]], promote_options="permissive"
        )


def _folder() -> Path:
    """A folder that lasts as long as the tests do."""
    return Path(_KEPT.enter_context(TemporaryDirectory(prefix="steelyard-sample-")))


def written(seed: int = SEED, scale: float = SCALE) -> Path:
    out = _folder()
    write_sample(GUANGDONG, out, seed, scale=scale)
    return out


@lru_cache
def small() -> Small:
    return Small(written())


@lru_cache
def frozen() -> Snapshot:
    out = _folder() / "snapshot"
    return freeze([RECORDS, small().folder], out, period="2021", catalogue=shipped())
