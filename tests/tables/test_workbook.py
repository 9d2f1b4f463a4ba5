import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from fractions import Fraction

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from steelyard.kernel.faults import Faulty
from steelyard.tables import workbook
from steelyard.tables.read import read_sheet, read_sheets

SHEET = "xl/worksheets/sheet1.xml"


def workbook_bytes(*rows, more=None, hidden=None):
    """Sheet 结案 with ``rows``, then the sheets of ``more``; those of ``hidden`` are hidden."""
    book = openpyxl.Workbook()
    book.active.title = "结案"
    for row in rows:
        book.active.append(row)
    for name, content in ((more or {}) | (hidden or {})).items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if hidden and name in hidden else "visible"
        for row in content:
            sheet.append(row)
    return saved(book)


def saved(book):
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def with_part(content, path, change):
    """The package with one part changed, as a damaged or a hostile one is."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part) if name == path else part)
    return target.getvalue()


SOUND = workbook_bytes(["a", "b"], [0.1, "x"])


@pytest.fixture
def read(tmp_path):
    def reader(content, **options):
        (tmp_path / "values.xlsx").write_bytes(content)
        return read_sheet(tmp_path / "values.xlsx", **options)

    return reader


@pytest.fixture
def codes(read):
    def refused(content, **options):
        with pytest.raises(Faulty) as error:
            read(content, **options)
        return [fault.code for fault in error.value.faults]

    return refused


def test_numbers_are_the_ones_that_were_typed(read):
    typed = [0.1, 92.3, 12, -5, 1e-9, 123456789012345, 1e300]
    sheet = read(workbook_bytes(["n"], *[[number] for number in typed]))
    assert [cell.number for cell in sheet.column("n")] == [Fraction(repr(n)) for n in typed]
    assert [cell.text for cell in sheet.column("n")] == [
        *("0.1", "92.3", "12", "-5", "1e-09", "123456789012345", "1e+300")
    ]


@pytest.mark.parametrize(
    ("computed", "shown"),
    [
        (0.6 + 0.3, "0.9"),
        (0.1 * 3, "0.3"),
        (78.39999999999999, "78.4"),
        (2 / 3, "0.666666666666667"),
    ],
)
def test_what_excel_computed_is_read_as_it_shows_it(read, computed, shown):
    sheet = read(workbook_bytes(["率"], [computed]))
    assert [cell.text for cell in sheet.column("率")] == [shown]
    assert [cell.number for cell in sheet.column("率")] == [Fraction(shown)]


def test_dates_times_and_truths_keep_their_kind(read):
    row = [date(2021, 3, 5), datetime(2021, 3, 5, 9, 30), time(9, 30), timedelta(hours=30), True]
    sheet = read(workbook_bytes(["a", "b", "c", "d", "e"], row))
    assert [cell.stored for cell in sheet.rows[0].cells] == row
    assert [cell.text for cell in sheet.rows[0].cells] == [
        *("2021-03-05", "2021-03-05 09:30:00", "09:30:00", "30:00:00", "TRUE")
    ]
    assert [cell.number for cell in sheet.rows[0].cells] == [None] * 5


def test_a_percentage_and_a_padded_code_read_as_they_are_seen(read):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for column, heading in enumerate(["rate", "code", "day", "n"]):
            sheet.write(0, column, heading)
        sheet.write(1, 0, 0.9235, book.add_format({"num_format": "0.0%"}))
        sheet.write(1, 1, 10001, book.add_format({"num_format": "000000"}))
        sheet.write(1, 2, 44260, book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write(1, 3, 1234.5, book.add_format({"num_format": "#,##0.00"}))
    (row,) = read(target.getvalue()).rows
    assert [cell.text for cell in row.cells] == ["92.35%", "010001", "2021-03-05", "1234.5"]
    assert row["rate"].number == Fraction(9235, 10000)
    assert row["code"].number == 10001


def test_a_table_that_starts_away_from_a1_keeps_its_places(read):
    book = openpyxl.Workbook()
    book.active["B3"], book.active["C3"] = "城市", "n"
    book.active["B4"], book.active["C4"] = "江门", 7
    cell = read(saved(book)).rows[0]["n"]
    assert (cell.where.row, cell.where.column, cell.number) == (4, "C n", 7)


@pytest.mark.parametrize(
    ("cached", "expected"),
    [
        (b"<c r='A2'><f>1+1</f><v>2</v></c>", "2"),
        (b"<c r='A2' t='str'><f>\"x\"</f><v>x</v></c>", "x"),
        (b"<c r='A2' t='str'><f>\"\"</f><v></v></c>", ""),
        (b"<c r='A2' t='b'><f>1=1</f><v>1</v></c>", "TRUE"),
    ],
)
def test_a_formula_counts_for_its_cached_value(read, cached, expected):
    old = re.compile(rb'<c r="A2".*?</c>')
    content = with_part(SOUND, SHEET, lambda part: old.sub(cached, part))
    assert read(content).rows[0]["a"].text == expected


def test_formulas_without_a_value_and_error_values_are_told_by_cell(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["城市", "n", "m"])
    book.active.append(["江门", "=1+1", "#REF!"])
    book.active["C2"].data_type = "e"
    book.active.append(["=A2"])
    (tmp_path / "values.xlsx").write_bytes(saved(book))
    with pytest.raises(Faulty) as refused:
        read_sheet(tmp_path / "values.xlsx")
    assert [(f.code, f.where.row, f.where.column) for f in refused.value.faults] == [
        ("formula-without-value", 2, "B n"),
        ("error-value", 2, "C m"),
        ("formula-without-value", 3, "A 城市"),
    ]


def test_merged_headings_are_told(codes):
    book = openpyxl.Workbook()
    book.active.append(["城市", "结案", None])
    book.active.append(["江门", 1, 2])
    book.active.merge_cells("B1:C1")
    assert codes(saved(book)) == ["merged-heading"]


def test_the_only_filled_sheet_that_is_visible_needs_no_name(read):
    content = workbook_bytes(["a"], [1], more={"Sheet2": []}, hidden={"字典": [["b"]]})
    assert read(content).name == "结案"
    assert read(content, sheet="字典").headings == ("b",)


def test_of_several_filled_sheets_one_must_be_named(read, codes):
    content = workbook_bytes(["a"], [1], more={"收案": [["b"], [2]]})
    assert codes(content) == ["which-sheet"]
    assert read(content, sheet="收案").headings == ("b",)
    assert codes(content, sheet="立案") == ["no-such-sheet"]


def test_a_sheet_cannot_be_named_in_a_file_without_sheets(tmp_path):
    (tmp_path / "values.csv").write_text("a\n1\n")
    with pytest.raises(Faulty, match="no-such-sheet"):
        read_sheet(tmp_path / "values.csv", sheet="结案")


def test_all_filled_sheets_are_read_in_their_order(tmp_path):
    content = workbook_bytes(["a"], more={"收案": [["b"]], "空": []}, hidden={"字典": [["c"]]})
    (tmp_path / "values.xlsx").write_bytes(content)
    assert [sheet.name for sheet in read_sheets(tmp_path / "values.xlsx")] == ["结案", "收案"]


def test_the_faults_of_all_sheets_are_told_together(tmp_path):
    content = workbook_bytes(["a", "a"], more={"收案": [["b", None], [1, 2]]})
    (tmp_path / "values.xlsx").write_bytes(content)
    with pytest.raises(Faulty) as refused:
        read_sheets(tmp_path / "values.xlsx")
    assert [(fault.where.sheet, fault.code) for fault in refused.value.faults] == [
        ("结案", "duplicate-heading"),
        ("收案", "blank-heading"),
    ]


def test_a_workbook_of_empty_sheets_is_empty(codes):
    assert codes(workbook_bytes()) == ["empty-file"]
    assert codes(workbook_bytes(["  "])) == ["empty-file"]


def test_a_locked_workbook_is_told_from_an_old_one(codes):
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
    assert codes(old + "EncryptedPackage".encode("utf-16-le")) == ["encrypted-workbook"]
    assert codes(old + "Workbook".encode("utf-16-le")) == ["wrong-extension"]


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n1,2\n",
        SOUND[: len(SOUND) // 2],
        with_part(SOUND, SHEET, lambda _: b"<worksheet>"),
        with_part(SOUND, SHEET, lambda part: part.replace(b'r="A2"', b'r="A9999999"')),
        with_part(SOUND, SHEET, lambda part: part.replace(b'r="A2"', b'r="ZZZ2"')),
        with_part(SOUND, SHEET, lambda part: b"<!DOCTYPE x>" + part[part.index(b"<worksheet") :]),
        with_part(SOUND, "xl/workbook.xml", lambda _: b"<workbook/>"),
        with_part(SOUND, "xl/workbook.xml", lambda part: part.replace(b"sheetId", b"r:id")),
        with_part(SOUND, "xl/styles.xml", lambda _: b""),
    ],
    ids=[
        *("no package", "cut off", "no xml", "row outside", "column outside", "document type"),
        *("no sheets", "no workbook", "no styles"),
    ],
)
def test_a_broken_workbook_is_refused(codes, content):
    assert codes(content) == ["broken-workbook"]


def test_a_stray_cell_far_away_is_refused_before_it_fills_the_memory(tmp_path):
    stray = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    content = with_part(SOUND, SHEET, lambda part: part.replace(b"</sheetData>", stray))
    (tmp_path / "values.xlsx").write_bytes(content)
    with pytest.raises(Faulty) as refused:
        read_sheet(tmp_path / "values.xlsx")
    (fault,) = refused.value.faults
    assert fault.code == "too-large"
    assert (fault.where.row, fault.where.column) == (1048576, "XFD")


def test_a_formatted_cell_far_away_that_is_empty_does_no_harm(read):
    stray = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    content = with_part(SOUND, SHEET, lambda part: part.replace(b"</sheetData>", stray))
    assert len(read(content).rows) == 1


def test_cells_without_a_reference_follow_one_another(read):
    content = with_part(SOUND, SHEET, lambda part: re.sub(rb' r="[A-Z]*[0-9]+"', b"", part))
    assert [cell.text for cell in read(content).rows[0].cells] == ["0.1", "x"]


def test_tags_may_have_a_prefix(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["a"])
    book.active.append(["=1+1"])

    def prefixed(part):
        named = part.replace(b"xmlns=", b"xmlns:x=")
        return re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", named)

    (tmp_path / "values.xlsx").write_bytes(with_part(saved(book), SHEET, prefixed))
    with pytest.raises(Faulty, match=r"row 2, column A a.*formula-without-value"):
        read_sheet(tmp_path / "values.xlsx")


def test_a_workbook_that_unpacks_to_too_much_is_refused_unpacked(codes, monkeypatch):
    monkeypatch.setattr(workbook, "UNPACKED_LIMIT", 1_000_000)
    assert codes(with_part(SOUND, SHEET, lambda part: part + b" " * 1_000_000)) == ["too-large"]


def test_a_package_that_understates_its_size_is_not_unpacked_beyond_it(codes):
    content = bytearray(with_part(SOUND, SHEET, lambda part: part + b" " * 5_000_000))
    size = zipfile.ZipFile(io.BytesIO(content)).getinfo(SHEET).file_size.to_bytes(4, "little")
    while (place := content.find(size)) >= 0:
        content[place : place + 4] = (100).to_bytes(4, "little")
    assert codes(bytes(content)) == ["broken-workbook"]


@pytest.mark.parametrize("claim", [b"99999999999", b"-1", b"18446744073709551615", b"x", b""])
def test_a_wild_claim_of_how_many_strings_there_are_is_not_believed(read, claim):
    """The library would reserve memory for them, and end the program."""
    content = with_part(
        SOUND,
        "xl/sharedStrings.xml",
        lambda part: re.sub(rb'[cC]ount="\d+"', b'Count="' + claim + b'"', part).replace(
            b" Count", b" count"
        ),
    )
    assert read(content).rows == read(SOUND).rows


def test_a_string_that_speaks_of_counts_is_left_as_it_is(read):
    said = 'it said uniqueCount="5" and count="7"'
    assert read(workbook_bytes(["a"], [said])).rows[0]["a"].text == said


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80
)
@given(data=st.data())
def test_a_damaged_part_is_read_or_refused(read, data):
    path = data.draw(
        st.sampled_from([SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"])
    )

    def damaged(part):
        start = data.draw(st.integers(0, len(part)))
        end = min(len(part), start + data.draw(st.integers(0, 60)))
        middle = data.draw(
            st.sampled_from([b"", part[start:end] * 3, b"\xff\x00", b"99999999999", b"-1"])
        )
        return part[:start] + middle + part[end:]

    try:
        read(with_part(SOUND, path, damaged))
    except Faulty as error:
        assert error.faults
