from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from steelyard.kernel.faults import Faulty
from steelyard.tables import parquet
from steelyard.tables.read import read_sheet


def saved(folder, columns):
    pq.write_table(pa.table(columns), folder / "values.parquet")
    return folder / "values.parquet"


def codes(path):
    with pytest.raises(Faulty) as refused:
        read_sheet(path)
    return [(fault.code, fault.where.column) for fault in refused.value.faults]


def test_values_keep_their_kind_and_numbers_are_exact(tmp_path):
    columns = {
        "城市": ["江门", "深圳"],
        "n": pa.array([12, None], pa.int64()),
        "rate": [0.1, None],
        "single": pa.array([0.1, None], pa.float32()),
        "sum": [Decimal("1234567890123456789.10"), None],
        "day": [date(2021, 3, 5), None],
        "heard": pa.array([datetime(2021, 3, 5, 9, 30), None], pa.timestamp("ns")),
        "kind": pa.array(["民事", None]).dictionary_encode(),
        "is_open": [True, None],
    }
    first, second = read_sheet(saved(tmp_path, columns)).rows
    assert [cell.text for cell in first.cells] == [
        *("江门", "12", "0.1", "0.1", "1234567890123456789.10", "2021-03-05"),
        *("2021-03-05 09:30:00", "民事", "TRUE"),
    ]
    assert [first[name].number for name in ("n", "rate", "single", "sum")] == [
        *(12, Fraction(1, 10), Fraction(1, 10), Fraction("1234567890123456789.10"))
    ]
    assert [cell.text for cell in second.cells] == ["深圳", *[""] * 8]


def test_rows_count_as_if_headings_stood_in_the_first(tmp_path):
    sheet = read_sheet(saved(tmp_path, {"a": [1, 2]}))
    assert [cell.where.row for cell in sheet.column("a")] == [2, 3]


def test_a_failed_computation_is_no_number_and_not_missing(tmp_path):
    (row,) = read_sheet(saved(tmp_path, {"a": [float("nan")]})).rows
    assert (row["a"].number, row["a"].text) == (None, "nan")


def test_columns_of_other_things_than_values_are_told_all_at_once(tmp_path):
    path = saved(tmp_path, {"a": [[1, 2]], "b": [1], "c": [{"x": 1}], "d": [b"\x00"]})
    assert codes(path) == [
        *(("unreadable-column", "A a"), ("unreadable-column", "C c"), ("unreadable-column", "D d"))
    ]


def test_a_nul_inside_a_text_is_told_at_its_cell(tmp_path):
    assert codes(saved(tmp_path, {"a": [1], "b": ["x\0"]})) == [("nul-byte", "B b")]


def test_a_moment_that_no_calendar_holds_is_refused(tmp_path):
    moments = pa.array([2**60], pa.timestamp("ms"))
    assert codes(saved(tmp_path, {"a": moments})) == [("broken-parquet", "")]


def test_a_moment_keeps_its_zone(tmp_path):
    moments = pa.array([datetime(2021, 3, 5, tzinfo=UTC)], pa.timestamp("us", "UTC"))
    (row,) = read_sheet(saved(tmp_path, {"a": moments})).rows
    assert row["a"].text == "2021-03-05 00:00:00+00:00"


def test_a_file_that_is_no_parquet_is_refused(tmp_path):
    (tmp_path / "values.parquet").write_bytes(b"PAR1 but nothing else PAR1")
    assert codes(tmp_path / "values.parquet") == [("broken-parquet", "")]


def test_a_table_of_too_many_cells_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "CELL_LIMIT", 5)
    assert codes(saved(tmp_path, {"a": [1, 2, 3], "b": [1, 2, 3]})) == [("too-large", "")]
