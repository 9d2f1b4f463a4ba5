"""Reading Parquet: columns of plain values. A null is an empty cell; decimals stay exact.

Parquet has no row numbers of its own. Rows are counted as if the headings stood in row 1, as they
do when the same table is saved as CSV.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where, raise_if_any
from steelyard.tables.grid import CELL_LIMIT, Grid, Record, too_many_cells
from steelyard.tables.sheet import Column, Stored, letters

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile


def read_parquet(content: bytes, file: str) -> Grid:
    """
    Raises:
        Faulty: it is no Parquet file, too large, or a column holds something else than values.
    """
    from pyarrow.parquet import ParquetFile

    try:
        source = ParquetFile(io.BytesIO(content))
        raise_if_any(_unfit(source, file))
        records = _records(source.read())
    except Faulty:
        raise
    except Exception as error:  # pyarrow raises of many kinds on broken bytes
        raise Faulty([_broken(file)]) from error
    raise_if_any(_nuls(records, file))
    return Grid(file, "", records)


def parquet_records(path: Path, file: str) -> Iterator[Record]:
    """The rows one after the other, however many there are; some tens of thousands in memory.

    Raises:
        Faulty: it is no Parquet file, or a column holds something else than values.
    """
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(path) as source:
            raise_if_any(_no_plain_columns(source, file))
            yield Record(1, source.schema_arrow.names)
            number = 2
            for batch in source.iter_batches():
                for values in _rows(pa.Table.from_batches([batch])):
                    yield Record(number, values)
                    number += 1
    except (Faulty, GeneratorExit):
        raise
    except Exception as error:  # pyarrow raises of many kinds on broken bytes
        raise Faulty([_broken(file)]) from error


def _unfit(source: ParquetFile, file: str) -> list[Fault]:
    shape = source.metadata
    if shape.num_rows * shape.num_columns > CELL_LIMIT:
        return [too_many_cells(Where(file=file))]
    return _no_plain_columns(source, file)


def _no_plain_columns(source: ParquetFile, file: str) -> list[Fault]:
    return [
        _no_values(file, str(Column(letters(place), column.name)), str(column.type))
        for place, column in enumerate(source.schema_arrow)
        if not _is_plain(column.type)
    ]


def _is_plain(kind: pa.DataType) -> bool:
    import pyarrow.types as are

    tests = (
        are.is_string,
        are.is_large_string,
        are.is_boolean,
        are.is_integer,
        are.is_float32,
        are.is_float64,
        are.is_decimal,
        are.is_date,
        are.is_timestamp,
        are.is_time,
        are.is_null,
    )
    if are.is_dictionary(kind):
        return _is_plain(kind.value_type)
    return any(test(kind) for test in tests)


def _nuls(records: list[Record], file: str) -> Iterator[Fault]:
    headings = records[0].values
    for record in records:
        for place, stored in enumerate(record.values):
            if isinstance(stored, str) and "\0" in stored:
                column = str(Column(letters(place), str(headings[place])))
                yield _nul(Where(file=file, row=record.number, column=column))


def _records(table: pa.Table) -> list[Record]:
    headings = Record(1, table.column_names)
    return [headings, *(Record(number, values) for number, values in enumerate(_rows(table), 2))]


def _rows(table: pa.Table) -> Iterator[tuple[Stored, ...]]:
    columns = [[_stored(value) for value in _values(column)] for column in table.columns]
    return zip(*columns, strict=True)


def _values(column: pa.ChunkedArray) -> list[Stored | None]:
    import pyarrow as pa

    if not pa.types.is_float32(column.type):
        values: list[Stored | None] = column.to_pylist()
        return values
    # By its text: the nearest float64 of a float32 0.1 is 0.10000000149011612.
    return [None if text is None else float(text) for text in column.cast(pa.string()).to_pylist()]


def _stored(value: Stored | None) -> Stored:
    return "" if value is None else value


def _broken(file: str) -> Fault:
    return Fault(
        "broken-parquet",
        Text("文件已损坏，或不是Parquet文件", "the file is damaged, or is no Parquet file"),
        Text("请重新导出", "export it again"),
        Where(file=file),
    )


def _no_values(file: str, column: str, kind: str) -> Fault:
    return Fault(
        "unreadable-column",
        Text(
            f"此列的类型是{kind}，单元格里不是单个的值",
            f"this column is of type {kind}: its cells are not single values",
        ),
        Text(
            "请导出为文本、数值、日期或是/否",
            "export it as text, numbers, dates or true and false",
        ),
        Where(file=file, row=1, column=column),
    )


def _nul(where: Where) -> Fault:
    return Fault(
        "nul-byte",
        Text("单元格含有空字符（NUL）", "the cell holds a NUL character"),
        Text("请清理后重新导出", "clean it and export it again"),
        where,
    )
