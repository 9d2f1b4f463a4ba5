import csv
import io
import os
import stat
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.tables.neutral import neutral
from steelyard.tables.read import read_sheet
from steelyard.tables.separated import read_separated
from steelyard.tables.shape import ERROR_VALUES, shaped
from steelyard.tables.write import csv_bytes, write_csv, write_whole
from tests.tables.test_neutral import FORMULAS


def test_equal_sheets_are_equal_bytes(tmp_path):
    rows = [
        ["江门, 市", Fraction(1, 10), Fraction(10, 3), Decimal("1.50"), 0.1],
        ['say "hi"', 12, -5, None, True],
        [date(2021, 3, 5), datetime(2021, 3, 5, 9, 30), "", "x\ny", -0.0],
    ]
    write_csv(tmp_path / "values.csv", ["城市", "b", "c", "d", "e"], rows)
    assert (tmp_path / "values.csv").read_bytes() == (
        "\ufeff城市,b,c,d,e\r\n"
        '"江门, 市",0.1,10/3,1.50,0.1\r\n'
        '"say ""hi""",12,-5,,TRUE\r\n'
        '2021-03-05,2021-03-05 09:30:00,,"x\ny",0\r\n'
    ).encode()


def test_the_byte_order_mark_can_be_left_off():
    assert csv_bytes(["a"], [["1"]], bom=False) == b"a\r\n1\r\n"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (["1"], "row 2 has 1 cells for 2 headings"),
        (["1", float("nan")], "nan is not a finite number"),
        (["1", Decimal("Infinity")], "Infinity is not a finite number"),
        (["1", "x\0"], "holds a NUL"),
    ],
)
def test_what_no_reader_would_take_is_not_written(tmp_path, row, message):
    with pytest.raises(ValueError, match=message):
        write_csv(tmp_path / "values.csv", ["a", "b"], [row])
    assert list(tmp_path.iterdir()) == []


TEXTS = st.text(max_size=12).filter(lambda text: "\0" not in text and text not in ERROR_VALUES)


@settings(deadline=None)
@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), max_size=6), st.booleans())
def test_every_text_comes_back_from_our_own_csv(rows, bom):
    content = csv_bytes(["key", "a", "b"], [["x", *row] for row in rows], bom=bom)
    sheet = shaped(read_separated(content, "values.csv"))
    assert [[row["a"].text, row["b"].text] for row in sheet.rows] == rows


@settings(deadline=None)
@given(st.lists(st.fractions() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)))
def test_every_number_comes_back_exactly(numbers):
    content = csv_bytes(["n"], [[number] for number in numbers])
    sheet = shaped(read_separated(content, "values.csv"))
    exactly = [Fraction(repr(n)) if isinstance(n, float) else Fraction(n) for n in numbers]
    assert [cell.number for cell in sheet.column("n")] == exactly


def test_a_csv_of_attacks_opens_in_excel_without_a_formula():
    content = csv_bytes(FORMULAS, [FORMULAS, ["=1+1"] * len(FORMULAS)])
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        book.active.append(row)
    found = [cell for row in book.active.iter_rows() for cell in row]
    assert len(found) == 3 * len(FORMULAS)
    assert [cell for cell in found if cell.data_type == "f"] == []
    assert {cell.value[0] for cell in found} == {"'"}


def test_a_workbook_of_neutral_attacks_holds_no_formula_and_reads_back(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "values.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        for row, text in enumerate(FORMULAS, 1):
            sheet.write(row, 0, neutral(text))
    opened = openpyxl.load_workbook(tmp_path / "values.xlsx").active
    assert {cell.data_type for (cell,) in opened.iter_rows()} == {"s"}
    found = [cell.text for cell in read_sheet(tmp_path / "values.xlsx").column("a")]
    assert found == FORMULAS


def test_writing_again_replaces_the_whole_file(tmp_path):
    write_whole(tmp_path / "a.json", b"old and long")
    write_whole(tmp_path / "a.json", b"new")
    assert (tmp_path / "a.json").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path, monkeypatch, step):
    def disk_full(*_):
        raise OSError(28, "No space left on device")

    write_whole(tmp_path / "a.json", b"old")
    monkeypatch.setattr(os, step, disk_full)
    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "a.json", b"new")
    assert (tmp_path / "a.json").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_a_missing_folder_is_the_callers_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "none" / "a.json", b"new")


def test_others_may_read_what_is_written_as_the_system_lets_them(tmp_path):
    (tmp_path / "plain").write_bytes(b"")
    write_whole(tmp_path / "a.json", b"new")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert len(modes) == 1
