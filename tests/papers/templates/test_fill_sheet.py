"""An Excel template is filled: every value a text, a row for each row, and all that follows moves."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break

from steelyard.kernel.faults import Faulty
from steelyard.papers.templates import fill_sheet, sheet_faults
from steelyard.papers.templates.fields import printable
from steelyard.papers.templates.sheet_fill import as_number
from steelyard.papers.templates.sheet_moves import Here, Moves, moved_area, moved_formula
from tests.papers.templates.making import FIELDS, book, changed, grid, item, replaced, sheet, values

ROWS = (
    ("{{ title }}", None),
    ("Code", "Points"),
    ("{{ items.code }}", "{{ items.points }}"),
    ("Sum", "=SUM(B3:B3)"),
    ("{{ unit }}", None),
)


def filled(template: bytes, **some: Any) -> bytes:
    return fill_sheet(template, FIELDS, values(**some))


def items(n: int) -> list[Any]:
    return [item(f"A{i}", str(i)) for i in range(n)]


@settings(max_examples=15)
@given(n=st.integers(0, 40))
def test_n_rows_give_n_rows_and_what_follows_moves(n: int) -> None:
    made = grid(filled(book(ROWS), items=items(n)))
    total = f"=SUM(B3:B{n + 2})" if n else None
    assert made == [
        ["通知", None], ["Code", "Points"], *([f"A{i}", str(i)] for i in range(n)),
        ["Sum", total], ["南山市", None],
    ]  # fmt: skip


@settings(max_examples=60)
@given(text=st.text(min_size=1))
def test_any_text_appears_verbatim_as_a_text_and_changes_nothing_else(text: str) -> None:
    made = filled(book(ROWS), title=text, items=[item(text, text)])
    said = printable(text) or None
    assert grid(made) == [
        [said, None], ["Code", "Points"], [said, said], ["Sum", "=SUM(B3:B3)"], ["南山市", None],
    ]  # fmt: skip
    if said:
        assert {sheet(made)[at].data_type for at in ("A1", "A3", "B3")} == {"s"}


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "＝1",
        "=cmd|'/c calc'!A0",
        "#REF!",
        "{{ unit }}",
        "_x0041_",
        "TRUE",
        "1e5",
        " =1",
    ],
)
def test_a_value_never_becomes_a_formula_an_error_or_a_letter(text: str) -> None:
    made = filled(book(ROWS), title=text)
    assert (grid(made)[0][0], sheet(made)["A1"].data_type) == (text, "s")


def test_a_text_that_would_run_stays_a_text_when_it_is_edited() -> None:
    made = filled(book(ROWS), title="=1+1")
    assert [bool(sheet(made)[at].quotePrefix) for at in ("A1", "A5")] == [True, False]


@pytest.mark.parametrize(
    ("text", "number_format", "number"),
    [
        ("5", "0", 5), ("-2.50", "0.00", -2.5), ("1,234.5", "#,##0.0", 1234.5), ("12.5%", "0.0%", 0.125),
        ("5", "General", None), ("5", "@", None), ("5", "yyyy-mm-dd", None), ("12%", "0", None),
        ("007", "0", None), ("1,23", "0", None), ("12345678901234567", "0", None), ("1e5", "0", None),
        ("５", "0", None), ("", "0", None), ("=5", "0", None), ("0.5", "0", 0.5), ("0", "0", 0),
    ],
)  # fmt: skip
def test_a_number_only_where_the_cell_is_for_numbers(
    text: str, number_format: str, number: float | None
) -> None:
    assert as_number(text, number_format) == number


def test_a_number_in_a_cell_for_numbers_is_one() -> None:
    def format_(made: Any) -> None:
        made["B3"].number_format = "0.0"

    made = grid(filled(book(ROWS, mend=format_), items=[item(points="2.5"), item(points="—")]))
    assert [row[1] for row in made[2:4]] == [2.5, "—"]


def test_a_row_of_a_list_within_a_list_has_the_fields_of_both() -> None:
    template = book([("{{ items.code }}", "{{ items.facts.name }}")])
    made = filled(
        template, items=[item("A1", facts=["x", "y"]), item("A2"), item("A3", facts=["z"])]
    )
    assert grid(made) == [["A1", "x"], ["A1", "y"], ["A3", "z"]]


def test_style_height_merged_cells_and_what_follows_move_along() -> None:
    def dress(made: Any) -> None:
        made["A3"].font = Font(bold=True, size=10)
        made["B3"].fill = PatternFill("solid", fgColor="FFEE00")
        made.row_dimensions[3].height = 33
        made.row_dimensions[5].height = 44
        made.merge_cells("C3:D3")
        made.merge_cells("A5:B5")
        made.merge_cells("F1:F2")

    made = sheet(filled(book(ROWS, mend=dress), items=items(3)))
    assert [made[f"A{row}"].font.b for row in range(2, 7)] == [False, True, True, True, False]
    assert [made[f"B{row}"].fill.fgColor.rgb[-6:] for row in (3, 5)] == ["FFEE00"] * 2
    assert [made.row_dimensions[row].height for row in range(2, 8)] == [None, 33, 33, 33, None, 44]
    assert sorted(one.coord for one in made.merged_cells.ranges) == [
        "A7:B7", "C3:D3", "C4:D4", "C5:D5", "F1:F2",
    ]  # fmt: skip


def test_a_row_grows_with_a_long_text_and_never_shrinks() -> None:
    def dress(made: Any) -> None:
        made.row_dimensions[3].height = 20
        made["A3"].alignment = Alignment(wrap_text=True)

    made = sheet(filled(book(ROWS, mend=dress), items=[item("a"), item("长" * 40)]))
    assert made.row_dimensions[3].height == 20
    assert made.row_dimensions[4].height > 100


def test_a_row_without_a_height_gets_one_that_shows_the_whole_text() -> None:
    def dress(made: Any) -> None:
        made["A3"].alignment = Alignment(wrap_text=True)

    made = sheet(filled(book(ROWS, mend=dress), items=[item("a"), item("长" * 40)]))
    assert made.row_dimensions[3].height is None
    assert made.row_dimensions[4].height > 100


def test_choices_colours_and_the_printed_area_grow_with_the_rows() -> None:
    def dress(made: Any) -> None:
        choice = DataValidation("list", formula1="$F$5:$F$6")
        choice.add("B3")
        made.add_data_validation(choice)
        made.conditional_formatting.add("A3:B3", FormulaRule(["$B$3>$B$4"], font=Font(bold=True)))
        made.print_area, made.print_title_rows = "A1:B5", "1:2"
        made.auto_filter.ref = "A2:B3"
        made.freeze_panes = "A3"
        made.row_breaks.append(Break(id=4))
        made.parent.defined_names["all"] = DefinedName("all", attr_text="'表'!$B$3")

    made = sheet(filled(book(ROWS, mend=dress), items=items(3)))
    (choice,) = made.data_validations.dataValidation
    (colour,) = made.conditional_formatting
    assert (str(choice.sqref), choice.formula1) == ("B3:B5", "$F$7:$F$8")
    assert (str(colour.sqref), colour.rules[0].formula) == ("A3:B5", ["$B$3>$B$6"])
    assert (made.print_area, made.print_title_rows) == ("'表'!$A$1:$B$7", "$1:$2")
    assert (made.auto_filter.ref, made.freeze_panes) == ("A2:B5", "A3")
    assert [one.id for one in made.row_breaks.brk] == [6]
    assert made.parent.defined_names["all"].attr_text == "'表'!$B$3"


def test_choices_for_rows_of_an_empty_list_go_with_them() -> None:
    def dress(made: Any) -> None:
        choice = DataValidation("list", formula1='"是,否"')
        choice.add("B3")
        made.add_data_validation(choice)

    made = sheet(filled(book(ROWS, mend=dress), items=[]))
    assert made.data_validations.dataValidation == []


def test_a_formula_of_another_sheet_follows() -> None:
    def second(made: Any) -> None:
        made.parent.create_sheet("汇总")["A1"] = "=SUM(表!B3:B3)+'表'!B5"

    made = sheet(filled(book(ROWS, mend=second), items=items(3))).parent
    assert made["汇总"]["A1"].value == "=SUM(表!B3:B5)+'表'!B7"


def test_the_workbook_is_computed_anew_when_it_is_opened() -> None:
    assert sheet(filled(book(ROWS))).parent.calculation.fullCalcOnLoad


def test_a_text_of_several_lines_is_shown_in_several() -> None:
    made = sheet(filled(book(ROWS), title="a\nb"))
    assert (made["A1"].alignment.wrap_text, made["A4"].alignment.wrap_text) == (True, None)


def test_the_same_template_and_values_give_the_same_bytes() -> None:
    template = book(ROWS)
    made = filled(template)
    assert filled(template) == made
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        assert b"2000-01-01T00:00:00Z</dcterms:modified>" in packed.read("docProps/core.xml")
        assert {one.date_time for one in packed.infolist()} == {(2000, 1, 1, 0, 0, 0)}


def test_a_text_that_no_cell_holds_is_refused_at_its_cell() -> None:
    with pytest.raises(Faulty) as caught:
        filled(book(ROWS), items=[item(), item("字" * 32_768)])
    assert [(one.code, one.where.row, one.where.column) for one in caught.value.faults] == [
        ("value-too-long", 4, "A")
    ]


def test_a_link_of_the_template_moves_with_its_cell() -> None:
    def link(made: Any) -> None:
        made["A5"].hyperlink = "https://www.gov.cn/"

    made = sheet(filled(book(ROWS, mend=link), items=items(3)))
    assert (made["A7"].hyperlink.ref, made["A7"].hyperlink.target) == ("A7", "https://www.gov.cn/")
    assert made["A5"].hyperlink is None


def test_a_stray_cell_at_the_end_of_the_sheet_costs_nothing() -> None:
    def stray(made: Any) -> None:
        made["XFD1048000"] = "x"

    made = sheet(filled(book(ROWS, mend=stray), items=items(3)))
    assert made["XFD1048002"].value == "x"


@pytest.mark.parametrize(
    "made",
    [
        b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>',
    ],
)
def test_what_would_be_made_for_every_cell_of_a_sheet_is_refused_unopened(made: bytes) -> None:
    change = replaced(b"</sheetData>", b"</sheetData>" + made)
    assert codes(changed(book(ROWS), {"xl/worksheets/sheet1.xml": change})) == ["too-large"]


def test_choices_that_openpyxl_would_drop_are_refused() -> None:
    x14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    made = (
        f'<extLst><ext xmlns:x14="{x14}" uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}"><x14:dataValidations '
        'count="1"><x14:dataValidation type="list"/></x14:dataValidations></ext></extLst></worksheet>'
    )
    template = changed(
        book(ROWS), {"xl/worksheets/sheet1.xml": replaced(b"</worksheet>", made.encode())}
    )
    assert codes(template) == ["not-carried-over"]


# --- where everything goes, against the obvious way: write out the rows, and look where they are


@st.composite
def repeats(draw: st.DrawFn) -> dict[int, int]:
    return draw(st.dictionaries(st.integers(1, 12), st.integers(0, 4), max_size=5))


@given(times=repeats(), top=st.integers(1, 12), more=st.integers(0, 6))
def test_a_span_is_where_its_rows_are_found_when_all_are_written_out(
    times: dict[int, int], top: int, more: int
) -> None:
    written = [row for row in range(1, 30) for _ in range(times.get(row, 1))]
    at = [place for place, row in enumerate(written, 1) if top <= row <= top + more]
    assert Moves(times).span(top, top + more) == ((at[0], at[-1]) if at else None)


@given(times=repeats())
def test_what_is_repeated_once_moves_nothing(times: dict[int, int]) -> None:
    moves = Moves(dict.fromkeys(times, 1))
    assert (
        moved_formula("=SUM($A$1:B9)-C4*表!D5", {"表": moves}, Here("表", 4))
        == "=SUM($A$1:B9)-C4*表!D5"
    )


@pytest.mark.parametrize(
    ("formula", "here", "moved"),
    [
        ("=A5*2", Here("S", 5, 1), "=A6*2"),
        ("=A$5*2", Here("S", 5, 1), "=A$5*2"),
        ("=SUM(A5:C5)", Here("S", 5, 2), "=SUM(A7:C7)"),
        ("=SUM(A$5:A5)", Here("S", 5, 2), "=SUM(A$5:A7)"),
        ("=SUM(A5:A6)", Here("S", 7), "=SUM(A5:A8)"),
        ("=A5", Here("S", 9), "=A5"),
        ("=A8", Here("S", 5, 1), "=A10"),
        ("=SUM(A:A)+SUM(5:5)", Here("S", 9), "=SUM(A:A)+SUM(5:7)"),
        ('="A8"&T!A8', Here("S", 9), '="A8"&T!A8'),
        ("=A5", Here("T", 9), "=A5"),
    ],
)
def test_references_follow_the_rows_that_they_mean(formula: str, here: Here, moved: str) -> None:
    """Row 5 is there three times: within it a reference is to its own copy, unless ``$`` holds it."""
    assert moved_formula(formula, {"S": Moves({5: 3})}, here) == moved


def test_a_reference_to_rows_that_are_not_left_is_none() -> None:
    moves = Moves({5: 0})
    assert moved_formula("=SUM(A5:A5)", {"S": moves}, Here("S", 6)) is None
    assert moved_area("A4:A5", moves, Here("S")) == "A4:A4"


# --- faults


def codes(template: bytes) -> list[str]:
    return [fault.code for fault in sheet_faults(template, FIELDS)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{ titel }}", "unknown-field"),
        ("{{ points }}", "outside-of-list"),
        ("{{ items }}", "whole-list"),
        ("{{ items.facts }}", "whole-list"),
        ("{{ items.pionts }}", "unknown-field"),
        ("{{ unit.code }}", "no-parts"),
        ("{{ unit", "forbidden-tag"),
        ("{{ ''.__class__ }}", "forbidden-tag"),
        ("{{ title|upper }}", "forbidden-tag"),
        ("{{ title.upper() }}", "forbidden-tag"),
        ("{{ title.__class__ }}", "no-parts"),
        ("{% for x in range(10**9) %}", "forbidden-tag"),
        ("{% include 'x' %}", "forbidden-tag"),
        ("｛｛ title ｝｝", "full-width-braces"),
        ("=WEBSERVICE(A1)", "formula-reaches-out"),
        ('=HYPERLINK("http://x","y")', "formula-reaches-out"),
        ("=cmd|'/c calc'!A0", "formula-reaches-out"),
        ("='[other.xlsx]S'!A1", "formula-reaches-out"),
        ("=_xlfn.IMAGE(A1)", "formula-reaches-out"),
        ("=SUM(A1))", "formula-unreadable"),
    ],
)
def test_every_fault_of_a_cell_has_its_code(text: str, code: str) -> None:
    assert codes(book([("x",), (text,)])) == [code]


def test_all_faults_are_said_at_once_each_at_its_cell() -> None:
    template = book(
        [("{{ titel }}", "ok"), ("{{ items.code }}", "{{ uint }}"), ("=RTD(1)", "{{ items }}")]
    )
    assert [(one.where.sheet, one.where.column, one.where.row) for one in sheet_faults(template, FIELDS)] == [
        ("表", "A", 1), ("表", "B", 2), ("表", "A", 3), ("表", "B", 3),
    ]  # fmt: skip


def test_a_row_asks_one_list_and_those_around_it() -> None:
    fields = (
        *FIELDS,
        *(type(FIELDS[0])("bodies", one.meaning, one.of) for one in FIELDS if one.of),
    )
    template = book([("{{ items.code }}", "{{ bodies.code }}")])
    assert [one.code for one in sheet_faults(template, fields)] == ["two-lists"]


def _high_merge(made: Any) -> None:
    made.merge_cells("C2:C3")


def _comment(made: Any) -> None:
    made["A1"].comment = Comment("seen by all", "office")


def _header(made: Any) -> None:
    made.oddHeader.center.text = "{{ title }}"


def _bad_choice(made: Any) -> None:
    choice = DataValidation("list", formula1="WEBSERVICE(A1)")
    choice.add("B3")
    made.add_data_validation(choice)


def _bad_name(made: Any) -> None:
    made.parent.defined_names["n"] = DefinedName("n", attr_text="cmd|'/c calc'!A0")


@pytest.mark.parametrize(
    ("mend", "code"),
    [
        (_high_merge, "merged-across"),
        (_comment, "not-carried-over"),
        (_header, "hidden-tag"),
        (_bad_choice, "formula-reaches-out"),
        (_bad_name, "formula-reaches-out"),
    ],
)
def test_what_cannot_be_repeated_or_would_reach_out_is_refused(mend: Any, code: str) -> None:
    assert codes(book(ROWS, mend=mend)) == [code]
