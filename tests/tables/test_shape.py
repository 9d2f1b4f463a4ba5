from datetime import date
from fractions import Fraction

import pytest

from steelyard.kernel.faults import Faulty, Where
from steelyard.tables.grid import UNCOMPUTED, Grid, Merge, Record
from steelyard.tables.shape import MOST_FAULTS, shaped


def grid(*rows, merges=()):
    records = [Record(number, values) for number, values in enumerate(rows, 1)]
    return Grid("values.xlsx", "结案", records, tuple(merges))


def faults(*rows, merges=()):
    with pytest.raises(Faulty) as refused:
        shaped(grid(*rows, merges=merges))
    return [(f.code, f.where.row, f.where.column) for f in refused.value.faults]


def texts(sheet):
    return [[cell.text for cell in row.cells] for row in sheet.rows]


def test_a_sheet_gives_its_cells_with_text_number_and_place():
    sheet = shaped(grid(["城市", "结案率"], ["江门", 0.1], ["深圳", "95%"]))
    cell = sheet.rows[0]["结案率"]
    assert (sheet.file, sheet.name, sheet.headings) == ("values.xlsx", "结案", ("城市", "结案率"))
    assert (cell.text, cell.number) == ("0.1", Fraction(1, 10))
    assert cell.where == Where(file="values.xlsx", sheet="结案", row=2, column="B 结案率")
    assert [found.number for found in sheet.column("结案率")] == [Fraction(1, 10), Fraction(19, 20)]


def test_empty_rows_are_skipped_and_still_counted():
    sheet = shaped(grid(["a"], ["1"], [""], [" \u3000"], ["2"], [], []))
    assert [row.number for row in sheet.rows] == [2, 5]


def test_headings_are_the_first_row_that_is_not_empty():
    sheet = shaped(grid([], ["", ""], ["a", "b"], ["1", "2"]))
    assert (sheet.headings, sheet.where.row, sheet.rows[0].number) == (("a", "b"), 3, 4)


def test_empty_columns_without_a_heading_are_dropped_and_letters_stay():
    sheet = shaped(grid(["", "a", "", "b", "", ""], ["", "1", "", "2", "", ""]))
    assert sheet.headings == ("a", "b")
    assert texts(sheet) == [["1", "2"]]
    assert sheet.rows[0]["b"].where.column == "D b"


def test_short_rows_end_in_empty_cells_and_long_ones_may_end_in_them():
    assert texts(shaped(grid(["a", "b"], ["1"], ["2", "3", "", " "]))) == [["1", ""], ["2", "3"]]


def test_a_sheet_may_hold_headings_alone():
    assert shaped(grid(["a", "b"])).rows == ()


def test_headings_are_trimmed_and_found_in_any_width():
    sheet = shaped(grid([" 结案率\n（％） ", 2021.0, date(2021, 3, 5)], ["1", "2", "3"]))
    assert sheet.headings == ("结案率 （％）", "2021", "2021-03-05")
    assert sheet.rows[0]["结案率 (%)"].text == "1"
    assert "２０２１" in sheet
    assert "2022" not in sheet
    with pytest.raises(KeyError):
        sheet.rows[0]["2022"]
    with pytest.raises(KeyError):
        sheet.column("2022")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["a", "", "b"], ["1", "", "2"], ["1", "x", "2"]], ("blank-heading", 1, "B")),
        ([["a", "b", " "], ["1", "2", "3"]], ("blank-heading", 1, "C")),
        ([["a", "b", "a"], ["1", "2", "3"]], ("duplicate-heading", 1, "C a")),
        ([["结案（件）", "结案(件) "]], ("duplicate-heading", 1, "B 结案(件)")),
        ([["a", "b"], ["1", "2", "", "3"]], ("too-many-cells", 2, "D")),
        ([["a", "b"], ["1", "#DIV/0!"]], ("error-value", 2, "B b")),
        ([["a", "#REF!"], ["1", "2"]], ("error-value", 1, "B #REF!")),
        ([["a", "b"], [UNCOMPUTED, "2"]], ("formula-without-value", 2, "A a")),
        ([["a"], [UNCOMPUTED]], ("formula-without-value", 2, "A a")),
    ],
)
def test_a_fault_of_the_sheet_is_told_at_its_cell(rows, expected):
    assert faults(*rows) == [expected]


def test_headings_that_differ_in_case_are_two():
    assert shaped(grid(["a", "A"], ["1", "2"])).headings == ("a", "A")


def test_all_faults_are_told_at_once_in_the_order_of_the_sheet():
    rows = [["a", "", "a"], ["1", "2", "3", "4"], ["#N/A", "", UNCOMPUTED]]
    assert faults(*rows) == [
        ("blank-heading", 1, "B"),
        ("duplicate-heading", 1, "C a"),
        ("too-many-cells", 2, "D"),
        ("error-value", 3, "A a"),
        ("formula-without-value", 3, "C a"),
    ]


def test_one_that_gathers_keeps_the_faults_of_cells_and_reads_them_as_blank():
    rows = [["a", "b", "", "c"], [UNCOMPUTED, "2", "", "1"], ["3", "", "x", "#REF!"], ["4"]]
    found = grid(*rows, merges=[Merge(2, 1, 3, 1)])
    sheet = shaped(found, gathering=True)
    assert [(one.code, one.where.row, one.where.column) for one in sheet.unread] == [
        ("blank-heading", 1, "C"), ("merged-cells", 2, "B b"), ("formula-without-value", 2, "A a"),
        ("error-value", 3, "D c"),
    ]  # fmt: skip
    assert [row.values for row in sheet.rows] == [("", "2", "1"), ("3", "", ""), ("4", "", "")]
    holes = {(cell.where.row, cell.column.letter) for row in sheet.rows for cell in row.cells
             if cell.where in sheet.holes}  # fmt: skip
    assert holes == {(2, "A"), (2, "B"), (3, "B"), (3, "D")}


def test_headings_that_leave_open_which_column_is_meant_are_refused_even_then():
    with pytest.raises(Faulty, match="duplicate-heading"):
        shaped(grid(["a", "a"], [UNCOMPUTED, "2"]), gathering=True)


def test_merged_headings_are_refused_once():
    rows = [["城市", "结案", ""], ["江门", "1", "2"]]
    assert faults(*rows, merges=[Merge(1, 1, 1, 2)]) == [("merged-heading", 1, "B 结案")]


def test_a_merged_title_above_the_headings_is_told_with_what_to_do():
    rows = [["2021年结案情况", "", ""], ["城市", "收案", "结案"], ["江门", 5.0, 4.0]]
    with pytest.raises(Faulty) as refused:
        shaped(grid(*rows, merges=[Merge(1, 0, 1, 2)]))
    (fault,) = refused.value.faults
    assert fault.code == "merged-heading"
    assert "请删去表名行" in fault.mend.zh


def test_merged_values_are_refused_and_not_read_as_blanks():
    rows = [["城市", "n"], ["江门", "1"], ["", "2"]]
    assert faults(*rows, merges=[Merge(2, 0, 3, 0)]) == [("merged-cells", 2, "A 城市")]


def test_merged_cells_that_are_empty_or_outside_are_let_be():
    merges = [Merge(2, 1, 2, 1), Merge(2, 40, 2, 50), Merge(9, 0, 9, 1)]
    assert len(shaped(grid(["a", "b"], ["1", ""], merges=merges)).rows) == 1


def test_more_faults_than_a_person_reads_are_counted():
    found = faults(["a"], *[["1", "2"]] * (MOST_FAULTS + 500))
    assert len(found) == MOST_FAULTS + 1
    assert found[-1][0] == "more-faults"
