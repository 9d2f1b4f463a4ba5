import pytest

from steelyard.kernel.faults import Faulty, Where
from steelyard.tables.grid import CELL_LIMIT
from steelyard.tables.separated import read_separated


def rows(text):
    return [list(record.values) for record in read_separated(text.encode(), "values.csv").records]


def fault_of(text):
    with pytest.raises(Faulty) as refused:
        rows(text)
    (fault,) = refused.value.faults
    return fault


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_the_separator_is_read_from_the_headings(separator):
    assert rows(f"城市{separator}n\n江门{separator}1\n") == [["城市", "n"], ["江门", "1"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("城市，n\n江门，1\n", [["城市，n"], ["江门，1"]]),
        ('"率,%;";n\n0,5;1\n', [["率,%;", "n"], ["0,5", "1"]]),
        ("n\n1\n", [["n"], ["1"]]),
        ("\n\na;b\n1;2\n", [[], [], ["a", "b"], ["1", "2"]]),
        ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
        ('a,b\r\n"x\r\ny","say ""hi"""\r\n', [["a", "b"], ["x\r\ny", 'say "hi"']]),
        ("a\u2028b,c\n1\x0b,2\n", [["a\u2028b", "c"], ["1\x0b", "2"]]),
    ],
    ids=[
        "full-width comma",
        "separators in quotes",
        "one column",
        "blank lines first",
        "old line ends",
        "line break in a cell",
        "only line ends end lines",
    ],
)
def test_text_is_cut_into_cells(text, expected):
    assert rows(text) == expected


def test_rows_count_as_in_excel_and_lines_are_told_where_they_differ():
    records = read_separated(b'a,b\n"x\ny",1\n\nz,2\n', "values.csv").records
    assert [(record.number, record.line) for record in records] == [
        (1, None),
        (2, None),
        (3, 4),
        (4, 5),
    ]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('a,b\n1,2\n"江门,3\n4,5\n', Where(file="values.csv", row=3)),
        ('a,b\n"x"y,2\n', Where(file="values.csv", row=2)),
        ('a,b\n"x\ny",2\n"z,3\n', Where(file="values.csv", row=3, line=4)),
    ],
)
def test_quotation_marks_that_do_not_pair_are_refused_where_they_start(text, where):
    fault = fault_of(text)
    assert (fault.code, fault.where) == ("unpaired-quotes", where)


def test_a_quotation_mark_that_swallows_the_file_is_refused_where_it_starts():
    fault = fault_of('a,b\n1,2\n"' + "3,4\n" * 50_000)
    assert (fault.code, fault.where.row) == ("cell-too-long", 3)


@pytest.mark.parametrize("text", ["," * (CELL_LIMIT + 1), "a\n" + "\n" * CELL_LIMIT])
def test_a_file_of_nothing_but_cells_is_refused_before_it_fills_the_memory(text):
    assert fault_of(text).code == "too-large"


def test_a_workbook_under_the_name_of_a_text_file_is_told():
    with pytest.raises(Faulty) as refused:
        read_separated(b"PK\x03\x04\x14\x00", "values.csv")
    assert [fault.code for fault in refused.value.faults] == ["wrong-extension"]
