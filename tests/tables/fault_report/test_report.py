import io
import re
import zipfile

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.tables.fault_report import faults_workbook, sources
from steelyard.tables.read import read_sheet
from steelyard.tables.write import csv_bytes

RED, YELLOW = "FFFFC7CE", "FFFFEB9C"
NOT_A_DATE = (Text("不是日期", "is not a date"), Text("请写成2021-03-05", "write it as 2021-03-05"))
UNKNOWN = (Text("代码不在代码表中", "is in no code list"), Text("请查代码表", "look it up"))


def fault(row=None, column="", *, file="cases.csv", sheet="", says=NOT_A_DATE, level="error"):
    return Fault("x", *says, Where(file=file, sheet=sheet, row=row, column=column), level)


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def listed(book):
    """The rows of the list, without its notes, as far as the level."""
    rows = list(book.worksheets[0].values)
    head = next(at for at, row in enumerate(rows) if row[0] in ("No.", "序号"))
    return [tuple("" if cell is None else cell for cell in row[:9]) for row in rows[head + 1 :]]


def notes(book):
    return [row[0] for row in book.worksheets[0].values if isinstance(row[0], str)]


def links(book):
    cells = (cell for row in book.worksheets[0] for cell in row if cell.hyperlink)
    return [cell.hyperlink.location for cell in cells]


def marked(sheet):
    return {
        cell.coordinate: (cell.fill.fgColor.rgb, cell.comment.text)
        for row in sheet
        for cell in row
        if cell.comment
    }


@pytest.fixture
def cases(tmp_path):
    path = tmp_path / "cases.csv"
    rows = [["0012", "2021-3", "A"], ["0013", "2021-03-05", "B"]]
    path.write_bytes(csv_bytes(["case_no", "收案日期", "kind"], rows))
    return path


@pytest.fixture
def book_of(tmp_path):
    def write(name="cases.xlsx", **sheets):
        book = openpyxl.Workbook()
        del book["Sheet"]
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        path = tmp_path / name
        book.save(path)
        return path, book

    return write


def test_a_csv_file_becomes_a_sheet_whose_bad_cell_is_coloured_commented_and_linked(cases):
    book = opened(faults_workbook([cases], [fault(2, "B 收案日期")], "zh"))
    assert book.sheetnames == ["错误清单", "cases"]
    assert marked(book["cases"]) == {"B2": (RED, "问题：不是日期\n改法：请写成2021-03-05")}
    assert listed(book) == [
        (1, "cases.csv", "", 2, "B 收案日期", "2021-3", "不是日期", "请写成2021-03-05", "错误")
    ]
    assert links(book) == ["'cases'!B2"]


def test_in_english_every_text_is_english(cases):
    book = opened(faults_workbook([cases], [fault(2, "B 收案日期", level="warning")], "en"))
    assert book.sheetnames == ["Faults", "cases"]
    said = "Wrong: is not a date\nTo do: write it as 2021-03-05"
    assert marked(book["cases"]) == {"B2": (YELLOW, said)}
    assert listed(book)[0][6:] == ("is not a date", "write it as 2021-03-05", "warning")
    assert not re.search("[\u4e00-\u9fff]", " ".join(notes(book)))


def test_codes_keep_their_leading_zeros_and_dates_stay_as_they_were_typed(cases):
    sheet = opened(faults_workbook([cases], [], "zh"))["cases"]
    assert list(sheet.values)[1:] == [("0012", "2021-3", "A"), ("0013", "2021-03-05", "B")]
    assert sheet["A2"].number_format == "@"


@pytest.mark.parametrize("column", ["B 收案日期", "B", "收案日期", " 收案日期 "])
def test_a_column_is_found_by_its_letter_its_heading_or_both(cases, column):
    assert list(marked(opened(faults_workbook([cases], [fault(3, column)], "zh"))["cases"])) == [
        "B3"
    ]


def test_a_heading_that_reads_like_a_letter_goes_before_the_letter(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text("x,y,A\n1,2,3\n")
    assert list(marked(opened(faults_workbook([path], [fault(2, "A")], "zh"))["cases"])) == ["C2"]


def test_a_fault_of_a_row_stands_at_its_first_cell_and_one_of_a_column_at_its_heading(cases):
    book = opened(faults_workbook([cases], [fault(3), fault(None, "kind")], "en"))
    assert {at: said.split(":")[0] for at, (_, said) in marked(book["cases"]).items()} == {
        "A3": "(whole row) Wrong",
        "C1": "(whole column) Wrong",
    }
    assert links(book) == ["'cases'!A3", "'cases'!C1"]
    assert [row[5] for row in listed(book)] == ["", "kind"]


def test_a_missing_column_is_told_at_the_headings(cases):
    book = opened(faults_workbook([cases], [fault(1)], "en"))
    assert marked(book["cases"])["A1"][1].startswith("Wrong: ")


def test_a_field_that_the_file_does_not_have_is_told_at_the_row(cases):
    book = opened(faults_workbook([cases], [fault(3, "closed_on")], "en"))
    assert list(marked(book["cases"])) == ["A3"]
    assert listed(book)[0][3:6] == (3, "closed_on", "")


def test_a_fault_without_a_place_stands_in_the_list_alone(cases):
    lost = [fault(), fault(file=""), fault(2, "B", file="other.csv"), fault(None, "nothing")]
    book = opened(faults_workbook([cases], lost, "en"))
    assert marked(book["cases"]) == {}
    assert links(book) == []
    assert [row[1] for row in listed(book)] == ["cases.csv", "", "other.csv", "cases.csv"]


def test_several_faults_of_a_cell_are_one_comment_that_is_as_high_as_its_text(cases):
    one = opened(faults_workbook([cases], [fault(2, "B")], "zh"))["cases"]["B2"].comment
    both = [fault(2, "B", level="warning"), fault(2, "B 收案日期", says=UNKNOWN)]
    cell = opened(faults_workbook([cases], both, "zh"))["cases"]["B2"]
    assert cell.comment.text == (
        "1. 问题：不是日期\n改法：请写成2021-03-05\n2. 问题：代码不在代码表中\n改法：请查代码表"
    )
    assert cell.fill.fgColor.rgb == RED
    assert "错误1个" in notes(opened(faults_workbook([cases], both, "zh")))[1]
    assert _heights(faults_workbook([cases], both, "zh")) > _heights(
        faults_workbook([cases], [fault(2, "B")], "zh")
    )
    assert one.author == cell.comment.author == "Steelyard 权衡"


def _heights(content):
    """Of the box of the first comment, which openpyxl does not read back."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        name = next(name for name in packed.namelist() if name.endswith(".vml"))
        return float(re.search(rb"height:([0-9.]+)", packed.read(name))[1])


def test_a_comment_says_ten_faults_and_counts_the_rest(cases):
    many = [fault(2, "B")] * 13
    book = opened(faults_workbook([cases], many, "zh"))
    text = book["cases"]["B2"].comment.text
    assert text.count("问题：") == 10
    assert text.endswith("\n另有3个问题，见错误清单")
    assert len(listed(book)) == 13


def test_a_gb18030_file_comes_back_as_it_reads(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_bytes("案号,收案日期\n（2021）粤07民初1号,2021年3月\n".encode("gb18030"))
    sheet = opened(faults_workbook([path], [fault(2, "收案日期")], "zh"))["cases"]
    assert sheet["A2"].value == "（2021）粤07民初1号"
    assert list(marked(sheet)) == ["B2"]


def test_a_tab_separated_and_a_parquet_file_become_sheets(tmp_path):
    tsv, parquet = tmp_path / "a.tsv", tmp_path / "b.parquet"
    tsv.write_text("code\tn\n007\t1\n")
    pq.write_table(pa.table({"code": ["007"], "n": [None]}), parquet)
    faults = [fault(2, "B n", file="a.tsv"), fault(2, "B n", file="b.parquet")]
    book = opened(faults_workbook([tsv, parquet], faults, "zh"))
    assert [sheet["A2"].value for sheet in book.worksheets[1:]] == ["007", "007"]
    assert [list(marked(sheet)) for sheet in book.worksheets[1:]] == [["B2"], ["B2"]]


def test_row_numbers_count_as_excel_does_over_empty_rows_and_line_breaks(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text('\na,b\n"x\ny",1\n\nz,2\n')
    sheet = opened(faults_workbook([path], [fault(5, "B b")], "zh"))["cases"]
    assert sheet["B5"].value == "2"
    assert list(marked(sheet)) == ["B5"]


RISKY = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "＝1", "\t=1", "#REF!", "'=1+1"]


def test_text_that_excel_would_run_is_text_and_reads_back_the_same(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_bytes(csv_bytes(["a"], [[text] for text in RISKY]))
    content = faults_workbook([path], [fault(2, "A a")], "zh")
    book = opened(content)
    cells = [row[0] for row in book["cases"].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells if cell.value != "#REF!"] == [True] * 7
    assert listed(book)[0][5] == "=1+1"
    assert book.worksheets[0].cell(7, 6).data_type == "s"
    assert b"<f>" not in _part(content, "xl/worksheets/sheet2.xml")
    safe = [text for text in RISKY if text != "#REF!"]
    path.write_bytes(csv_bytes(["a"], [[text] for text in safe]))
    again = tmp_path / "again.xlsx"
    again.write_bytes(faults_workbook([path], [], "zh"))
    assert [cell.text for cell in read_sheet(again, sheet="cases").column("a")] == safe


@given(
    st.lists(
        st.text(
            st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("=+-@'\t\n"),
            min_size=1,
        ),
        min_size=1,
        max_size=8,
    )
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_of_a_csv_file_reads_back_from_the_report(tmp_path, texts):
    path, again = tmp_path / "cases.csv", tmp_path / "again.xlsx"
    path.write_bytes(csv_bytes(["a"], [[text] for text in texts]))
    again.write_bytes(faults_workbook([path], [], "zh"))
    sent = [(cell.row.number, cell.text) for cell in read_sheet(path).column("a")]
    back = [(cell.row.number, cell.text) for cell in read_sheet(again, sheet="cases").column("a")]
    assert back == sent


def _part(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read(name)


def test_a_senders_workbook_keeps_its_sheets_widths_and_formats(book_of, tmp_path):
    path, book = book_of(结案=[["城市", "n"], ["江门", 0.5]], 说明=[["说明"]])
    sheet = book["结案"]
    sheet.column_dimensions["A"].width = 33
    sheet["B2"].number_format, sheet["A1"].font = "0.0%", Font(bold=True, color="FFFFFFFF")
    sheet["A1"].fill = PatternFill("solid", fgColor="FF003366")
    book.save(path)
    bad = fault(2, "B n", file="cases.xlsx", sheet="结案")
    back = opened(
        faults_workbook([path], [bad, fault(1, "A 城市", file="cases.xlsx", sheet="结案")], "zh")
    )
    assert back.sheetnames == ["错误清单", "结案", "说明"]
    sheet = back["结案"]
    assert sheet.column_dimensions["A"].width == 33
    assert (sheet["B2"].value, sheet["B2"].number_format) == (0.5, "0.0%")
    assert sheet["A1"].font.bold
    assert sheet["A1"].font.color.rgb == "FF9C0006"  # white letters would vanish
    assert list(marked(sheet)) == ["A1", "B2"]


def test_a_fault_needs_no_sheet_where_the_workbook_has_only_one(book_of):
    path, _ = book_of(结案=[["n"], [1]])
    book = opened(faults_workbook([path], [fault(2, "A n", file="cases.xlsx")], "zh"))
    assert list(marked(book["结案"])) == ["A2"]
    path, _ = book_of(结案=[["n"], [1]], 收案=[["n"], [1]])
    assert links(opened(faults_workbook([path], [fault(2, "A n", file="cases.xlsx")], "zh"))) == []


def test_a_senders_formulas_come_back_as_their_values(tmp_path):
    import xlsxwriter

    path = tmp_path / "cases.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("a")
        sheet.write_string(0, 0, "n")
        sheet.write_formula(1, 0, "=1+1", None, 2)
        sheet.write_formula(2, 0, '="="&"1+1"', None, "=1+1")
        book.define_name("Run", "=cmd|' /C calc'!A0")
        book.define_name("Codes", "=a!$A$1:$A$3")
        book.add_worksheet("王's 表")
        book.define_name("More", "='王''s 表'!$A$1:$A$3,a!$B$2")
        book.define_name("Other", "='[b.xlsx]a'!$A$1")
    content = faults_workbook([path], [fault(2, "A n", file="cases.xlsx")], "zh")
    sheet = opened(content)["a"]
    assert [(cell.value, cell.data_type) for (cell,) in sheet["A2:A3"]] == [(2, "n"), ("=1+1", "s")]
    assert list(opened(content).defined_names) == ["Codes", "More"]


def test_a_formula_without_a_value_is_said_in_the_list(book_of):
    path, _ = book_of(a=[["n"], ["=1+1"]])
    with pytest.raises(Faulty) as refused:
        read_sheet(path)
    book = opened(faults_workbook([path], refused.value.faults, "zh"))
    assert listed(book)[0][5] == "（公式，无计算结果）"
    assert list(marked(book["a"])) == ["A2"]


def test_what_the_reader_refuses_is_shown_on_merged_cells(book_of):
    path, book = book_of(a=[["城市", "n"], ["江门", 1], [None, 2]])
    book["a"].merge_cells("A2:A3")
    book.save(path)
    with pytest.raises(Faulty) as refused:
        read_sheet(path)
    covered = fault(3, "A 城市", file="cases.xlsx", sheet="a")
    back = opened(faults_workbook([path], [*refused.value.faults, covered], "zh"))
    assert list(marked(back["a"])) == ["A2"]
    assert marked(back["a"])["A2"][1].count("问题：") == 2
    assert links(back) == ["'a'!A2", "'a'!A2"]
    assert [str(span) for span in back["a"].merged_cells.ranges] == ["A2:A3"]


def test_macros_are_not_kept(book_of, tmp_path):
    path, _ = book_of(a=[["n"], [1]])
    macro = tmp_path / "cases.xlsm"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(macro, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "[Content_Types].xml":
                plain = b"openxmlformats-officedocument.spreadsheetml.sheet.main"
                part = part.replace(plain, b"ms-excel.sheet.macroEnabled.main")
            new.writestr(name, part)
        new.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    content = faults_workbook([macro], [fault(2, "A n", file="cases.xlsm")], "zh")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert [name for name in packed.namelist() if "vba" in name.lower()] == []
        assert b"macroEnabled" not in packed.read("[Content_Types].xml")
    assert list(marked(opened(content)["a"])) == ["A2"]


def test_a_senders_own_comment_stays_under_ours(book_of):
    path, book = book_of(a=[["n"], [1]])
    book["a"]["A2"].comment = Comment("待核", "王敏")
    book.save(path)
    text = opened(faults_workbook([path], [fault(2, "A n", file="cases.xlsx")], "zh"))["a"]["A2"]
    assert text.comment.text == "问题：不是日期\n改法：请写成2021-03-05\n\n王敏: 待核"


def test_a_report_that_was_mended_and_sent_again_shows_only_what_is_still_wrong(book_of):
    path, _ = book_of(a=[["n", "m"], [1, 2]])
    both = [fault(2, column, file="cases.xlsx", sheet="a") for column in ("A n", "B m")]
    path.write_bytes(faults_workbook([path], both, "en"))
    book = opened(faults_workbook([path], both[1:], "zh"))
    assert book.sheetnames == ["错误清单", "a"]
    assert marked(book["a"]) == {"B2": (RED, "问题：不是日期\n改法：请写成2021-03-05")}
    assert book["a"]["A2"].fill.fill_type is None


def test_two_files_come_together_each_on_its_sheet(book_of, cases, tmp_path):
    folder = tmp_path / "police"
    folder.mkdir()
    other = folder / "Cases.csv"
    other.write_text("n\nx\n")
    path, book = book_of(name="法院[1].xlsx", 结案=[["n"], [1]], 收案=[["n"], [2]])
    sheet = book["结案"]
    sheet.column_dimensions["A"].width, sheet["A2"].number_format = 33, "0.00"
    sheet["A1"].font = Font(bold=True)
    book.save(path)
    faults = [
        fault(2, "A n", file="police/Cases.csv"),
        fault(2, "A n", file="法院[1].xlsx", sheet="结案"),
        fault(2, "kind"),
    ]
    back = opened(faults_workbook([cases, other, path], faults, "zh"))
    assert back.sheetnames == ["错误清单", "cases", "Cases (2)", "法院 1 结案", "法院 1 收案"]
    assert links(back) == ["'Cases (2)'!A2", "'法院 1 结案'!A2", "'cases'!C2"]
    copied = back["法院 1 结案"]
    assert copied.column_dimensions["A"].width == 33
    assert (copied["A2"].value, copied["A2"].number_format) == (1, "0.00")
    assert copied["A1"].font.bold


def test_merged_cells_are_copied_among_several_files(book_of, cases):
    path, book = book_of(a=[["城市", "=1+1"], ["江门", 1], [None, 2]])
    book["a"].merge_cells("A2:A3")
    book.save(path)
    bad = fault(3, "A 城市", file="cases.xlsx", sheet="a")
    back = opened(faults_workbook([cases, path], [bad], "zh"))
    assert back.sheetnames == ["错误清单", "cases", "cases (2)"]
    assert list(marked(back["cases (2)"])) == ["A2"]


def test_two_files_of_one_name_are_not_mixed_up(tmp_path):
    paths = [tmp_path / folder / "n.csv" for folder in "ab"]
    for path in paths:
        path.parent.mkdir()
        path.write_text("n\n1\n")
    faults = [fault(2, "n", file="n.csv"), fault(2, "n", file="b/n.csv")]
    book = opened(faults_workbook(paths, faults, "zh"))
    assert links(book) == ["'n (2)'!A2"]


def test_a_long_name_is_cut_to_what_excel_allows(tmp_path):
    path = tmp_path / f"{'知识产权案件' * 8}.csv"
    path.write_text("n\n1\n")
    book = opened(faults_workbook([path], [fault(2, "n", file=path.name)], "zh"))
    assert book.sheetnames[1] == ("知识产权案件" * 8)[:31]


def test_of_a_large_file_only_the_rows_with_faults_and_those_around_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "MOST_ROWS", 20)
    path = tmp_path / "cases.csv"
    path.write_bytes(csv_bytes(["n", "m"], [[str(n), "x"] for n in range(2, 101)]))
    book = opened(faults_workbook([path], [fault(50, "B m"), fault(100, "A n")], "zh"))
    rows = list(book["cases"].values)
    assert rows[0] == ("n", "m", "原文件行号")
    assert [row[2] for row in rows[1:]] == [48, 49, 50, 51, 52, 98, 99, 100]
    assert [row[0] for row in rows[1:]] == [str(row[2]) for row in rows[1:]]
    assert list(marked(book["cases"])) == ["B4", "A9"]
    assert [row[3] for row in listed(book)] == [50, 100]
    assert any("有100行，此处只保留" in note for note in notes(book))


def test_a_large_workbook_and_a_large_parquet_file_are_cut_down_too(book_of, tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "MOST_ROWS", 20)
    path, _ = book_of(a=[["n"], *[[n] for n in range(2, 101)]])
    parquet = tmp_path / "b.parquet"
    pq.write_table(pa.table({"n": range(2, 101)}), parquet, row_group_size=7)
    faults = [fault(50, "A n", file="cases.xlsx", sheet="a"), fault(60, "n", file="b.parquet")]
    book = opened(faults_workbook([path, parquet], faults, "en"))
    assert [row[0] for row in book["cases"].values][1:] == ["48", "49", "50", "51", "52"]
    assert [row[0] for row in book["b"].values][1:] == ["58", "59", "60", "61", "62"]
    assert links(book) == ["'cases'!A4", "'b'!A4"]


def test_a_file_that_cannot_be_opened_is_listed_alone(tmp_path, cases):
    broken, absent = tmp_path / "broken.xlsx", tmp_path / "absent.csv"
    broken.write_bytes(b"PK\x03\x04")
    book = opened(faults_workbook([broken, absent], [fault(file="broken.xlsx")], "en"))
    assert book.sheetnames == ["Faults"]
    assert sum("cannot be opened" in note for note in notes(book)) == 2


def test_a_workbook_that_we_read_and_openpyxl_cannot_open_comes_back_as_text(book_of):
    path, _ = book_of(a=[["n", "code"], [1.5, "007"]])
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    odd = b'</sheetData><dataValidations count="1"><dataValidation type="odd" sqref="A1"/></dataValidations>'
    with zipfile.ZipFile(path, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part.replace(b"</sheetData>", odd))
    book = opened(faults_workbook([path], [fault(2, "B code", file="cases.xlsx", sheet="a")], "zh"))
    assert list(book["cases"].values) == [("n", "code"), ("1.5", "007")]
    assert list(marked(book["cases"])) == ["B2"]


def test_control_characters_do_no_harm(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text("n\na\x0bb\n")
    strange = (Text("“a\x0bb”", "a\x0bb"), Text("改", "mend"))
    book = opened(faults_workbook([path], [fault(2, "n", says=strange)], "zh"))
    assert book["cases"]["A2"].value == "a\ufffdb"


def test_the_same_files_and_faults_give_the_same_bytes(cases, book_of, tmp_path):
    path, _ = book_of(a=[["n"], [1]])
    faults = [fault(2, "B"), fault(2, "A n", file="cases.xlsx", sheet="a")]
    for files in ([cases], [path], [cases, path]):
        first = faults_workbook(files, faults, "zh")
        assert first == faults_workbook(files, faults, "zh")
        assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {
            (1980, 1, 1, 0, 0, 0)
        }
        assert b"1980-01-01T00:00:00Z</dcterms:modified>" in _part(first, "docProps/core.xml")


def test_many_faults_are_all_listed(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_bytes(csv_bytes(["n"], [["x"]] * 1500))
    faults = [fault(row, "A n") for row in range(2, 1502)]
    book = opened(faults_workbook([path], faults, "zh"))
    assert len(listed(book)) == len(links(book)) == len(marked(book["cases"])) == 1500
