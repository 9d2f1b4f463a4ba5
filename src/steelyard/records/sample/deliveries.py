"""What does a body hand over? A table's rows as a Parquet file, and its row of the cover list.

Every file name and every title says sample. A body that did not deliver for a city leaves its
rows out; a correction is a later delivery that names the one it replaces, and why.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from steelyard.kernel.bilingual import Text
from steelyard.records.catalogue.model import Catalogue, FieldType, Table
from steelyard.records.sample import draw

if TYPE_CHECKING:
    import pyarrow as pa

    from steelyard.records.sample.draw import Column

Columns = Mapping[str, "Column"]


@dataclass(frozen=True)
class Sample:
    """The rows of one table in one period, supplied by one body, before they are handed over.

    ``covers`` names the places that it speaks for; none is the whole region.
    """

    table: str
    body: Text
    year: int
    columns: Columns
    part: str = ""
    covers: tuple[str, ...] = ()
    replaces: str = ""
    why: Text = field(default_factory=Text)

    @property
    def id(self) -> str:
        return "_".join(filter(None, ("sample", self.table, self.part, str(self.year))))

    def kept(self, rows: Sequence[bool]) -> Sample:
        """Only the rows that are true."""
        return replace(self, columns=draw.kept(self.columns, rows))


@dataclass(frozen=True, slots=True)
class Cover:
    """What all deliveries of a sample say alike."""

    seed: int
    cut_off: date
    signed_on: date


def as_table(columns: Columns, schema: Table) -> pa.Table:
    """The columns in the order and the types of the schema; a field without a column is blank.

    Raises:
        ValueError: a column that the schema does not have.
    """
    import pyarrow as pa

    if unknown := sorted(set(columns) - set(schema.field)):
        raise ValueError(f"{schema.code} has no field {', '.join(unknown)}: rename the column")
    rows = len(next(iter(columns.values())))
    arrays = {
        field.code: columns[field.code]
        if field.code in columns
        else pa.nulls(rows, _arrow_type(field.type))
        for field in schema.fields
    }
    return pa.table(arrays)


def _arrow_type(kind: FieldType) -> pa.DataType:
    import pyarrow as pa

    types = {
        "whole": pa.int64(), "number": pa.decimal128(18, 6), "money": pa.decimal128(18, 2),
        "day": pa.date32(), "yes_no": pa.bool_(),
    }  # fmt: skip
    return types.get(kind, pa.string())


def hand_over(
    samples: list[Sample], catalogue: Catalogue, out: Path, cover: Cover
) -> list[dict[str, Any]]:
    """Write each sample's file; the rows of the cover list, in the same order."""
    out.mkdir(parents=True, exist_ok=True)
    return [_hand_over(one, catalogue.tables[one.table], out, cover) for one in samples]


def _hand_over(sample: Sample, schema: Table, out: Path, cover: Cover) -> dict[str, Any]:
    import pyarrow.parquet as pq

    table = as_table(sample.columns, schema)
    path = out / f"{sample.id}.parquet"
    pq.write_table(table, path, compression="zstd", store_schema=False)
    row = {
        "id": sample.id,
        "body": {"zh": sample.body.zh, "en": sample.body.en},
        "table": sample.table,
        "period": str(sample.year),
        "cut_off": cover.cut_off,
        "signer": "样本签发人 Sample signer",
        "signed_on": cover.signed_on,
        "file": path.name,
        "rows": table.num_rows,
        "hash": f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}",
        "sample": True,
        "source": {
            "zh": f"样本：{schema.title.zh}（{sample.year}年），随机种子{cover.seed}，不来自任何单位",
            "en": f"Sample: {schema.title.en} ({sample.year}), drawn with seed {cover.seed}, from no body",
        },
    }
    if sample.covers:
        row["covers"] = list(sample.covers)
    if sample.replaces:
        row |= {"replaces": sample.replaces, "why": {"zh": sample.why.zh, "en": sample.why.en}}
    return row


def write_cover(rows: list[dict[str, Any]], out: Path) -> None:
    """The cover list of the sample: ``deliveries.toml``."""
    import tomli_w

    document = {"deliveries": rows}
    (out / "deliveries.toml").write_text(tomli_w.dumps(document), encoding="utf-8")
