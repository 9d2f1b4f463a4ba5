"""The items out as a sheet and back in: nothing is lost on the way, every fault is at its cell."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.assessment.rules.collection.answer_sheets import (
    Change,
    Known,
    Whose,
    drop_downs,
    headings,
    plan,
    rows,
)
from steelyard.assessment.rules.collection.answers import Said
from steelyard.kernel.bilingual import Lang
from steelyard.kernel.faults import Faulty
from steelyard.people.sheets import Brought
from steelyard.scheme.model import Input
from steelyard.tables.plain_workbook import plain_workbook
from steelyard.tables.read import read_sheet
from steelyard.tables.sheet import Sheet
from tests.assessment.rules.collection.test_answers import asked

WHOSE = Whose("2021", "440700")
LETTERS = dict(zip(["item", "input", "title", "points", "rule", "self_score", "own", "statement", "claim", "grounds", "version", "assessment", "unit"], "ABCDEFGHIJKLM", strict=True))  # fmt: skip
ROW = {"A1": 2, "A1 figure": 3, "A2": 4, "B1": 5, "B1 figure": 6, "B2": 7}


def taken_out(known: Mapping[str, Known], lang: Lang = "zh") -> bytes:
    return plain_workbook("自评", headings(lang), list(rows(asked(), known, lang, WHOSE)))


def brought(content: bytes, **typed: Any) -> Sheet:
    """The sheet again, with some cells typed: ``A1__self_score=50``."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for name, value in typed.items():
        row, _, column = name.partition("__")
        book.active[f"{LETTERS[column]}{ROW[row.replace('_', ' ')]}"] = value
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "自评.xlsx"
        book.save(path)
        return read_sheet(path, gathering=True)


def at(faults: list[Any]) -> list[tuple[str, int, str]]:
    return [(one.code, one.where.row, one.where.column[:1]) for one in faults]


def test_what_is_typed_into_the_sheet_is_what_the_item_then_says() -> None:
    sheet = brought(
        taken_out({}), A1__self_score=39.5, A1_figure__own="92.3%", A1__statement="按期办结",
        B2__claim="不适用", B2__grounds="无此项工作",
    )  # fmt: skip
    changes, faults = plan(sheet, asked(), {}, WHOSE)
    assert faults == []
    assert changes == [
        Change("A1", Said(self_score=Decimal("39.5"), statement="按期办结", figures={"closed_in_time": "0.923"})),
        Change("B2", Said(claim="not_applicable", grounds="无此项工作")),
    ]  # fmt: skip


def test_every_fault_is_at_its_cell_and_then_nothing_is_taken() -> None:
    sheet = brought(
        taken_out({}), A1__self_score=50, A1_figure__own="many", A2__claim="perhaps", B1__own="7",
        B1_figure__statement="here", B2__claim="加分", B2__self_score=3,
    )  # fmt: skip
    _changes, faults = plan(sheet, asked(), {}, WHOSE)
    assert sorted(at(faults)) == [
        ("above_the_maximum", 2, "F"), ("claim_without_grounds", 7, "J"),
        ("not-a-number", 3, "G"), ("not_here", 5, "G"), ("not_here", 6, "H"),
        ("unknown_claim", 4, "I"),
    ]  # fmt: skip


def test_codes_and_titles_that_have_slipped_against_each_other_are_told() -> None:
    a1 = asked()[0].item.title
    sheet = brought(taken_out({}), A2__title=a1.zh, B1__title="人员与经费（我改了名）")
    changes, faults = plan(sheet, asked(), {}, WHOSE)
    assert at(faults) == [("name_of_another", 4, "C")]
    assert a1.zh in faults[0].what.zh
    assert changes == []


def test_a_formula_without_its_result_hides_no_other_fault() -> None:
    sheet = brought(
        taken_out({}), A1__self_score="=SUM(E3:E4)", A1_figure__input="=B1", A2__claim="perhaps",
        B1__item="Z9", B2__self_score=11, B2__version="=1",
    )  # fmt: skip
    _changes, faults = plan(sheet, asked(), {}, WHOSE)
    assert at(faults) == [
        ("formula-without-value", 2, "F"), ("formula-without-value", 3, "B"),
        ("unknown_claim", 4, "I"), ("no_such_item", 5, "A"),
        ("formula-without-value", 7, "K"), ("above_the_maximum", 7, "F"),
    ]  # fmt: skip


def test_a_cell_that_cannot_be_read_is_told_once_whatever_hangs_on_it() -> None:
    sheet = brought(
        taken_out({}),
        A1__claim="bonus",
        A1__grounds="=B1",
        B2__claim="=B1",
        B2__grounds="无此项工作",
    )
    assert at(plan(sheet, asked(), {}, WHOSE)[1]) == [
        ("formula-without-value", 2, "J"), ("formula-without-value", 7, "I"),
    ]  # fmt: skip


def test_a_formula_in_a_column_of_ones_own_is_let_be() -> None:
    book = openpyxl.load_workbook(io.BytesIO(taken_out({})))
    book.active["N1"], book.active["N2"], book.active["F2"] = "核对", "=F2*2", 38.5
    (change,), faults = plan(again(book), asked(), {}, WHOSE)
    assert (change.said.self_score, faults) == (Decimal("38.5"), [])


def test_what_a_person_may_do_to_the_sheet_is_understood() -> None:
    """Sorted otherwise, columns moved and hidden, renamed, full width, unseen marks, 无 for no claim."""
    book = openpyxl.load_workbook(io.BytesIO(taken_out({})))
    page = book.active
    page.title, page["A2"], page["F2"], page["I2"] = (
        "江门市 终稿",
        "Ａ１ ",
        "\u200b３８．５　",
        "无",
    )
    page["G3"], page["G3"].number_format = 0.923, "0.0%"
    page["F4"], page["I4"] = "—", "-"
    page.row_dimensions[3].hidden = page.column_dimensions["K"].hidden = True
    rows_ = [[cell.value for cell in row] for row in page.iter_rows()]
    page.delete_rows(1, 20)
    for row in [rows_[0], *reversed(rows_[1:])]:
        page.append([*row[5:], *row[:5]])
    assert plan(again(book), asked(), {}, WHOSE) == (
        [Change("A1", Said(self_score=Decimal("38.5"), figures={"closed_in_time": "0.923"}))], []
    )  # fmt: skip


def again(book: openpyxl.Workbook) -> Sheet:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "自评.xlsx"
        book.save(path)
        return read_sheet(path, gathering=True)


def test_the_sheet_of_another_city_or_year_is_told() -> None:
    other = plain_workbook(
        "自评", headings("zh"), list(rows(asked(), {}, "zh", Whose("2020", "440100")))
    )
    _changes, faults = plan(brought(other, A1__self_score=5), asked(), {}, WHOSE)
    assert at(faults) == [("another_sheet", 2, "L"), ("another_sheet", 2, "M")]
    by_hand = brought(
        taken_out({}), **{f"{row}__{key}": None for row in ROW for key in ("assessment", "unit")}
    )
    assert plan(by_hand, asked(), {}, WHOSE) == ([], [])


def test_a_column_under_another_heading_is_not_left_out_in_silence() -> None:
    book = openpyxl.load_workbook(io.BytesIO(taken_out({})))
    book.active["F1"], book.active["F2"] = "自评分（分）", 38.5
    assert at(plan(again(book), asked(), {}, WHOSE)[1]) == [("unknown-column", 1, "F")]
    book.active["F1"] = "SELF-SCORE"
    assert [one.item for one in plan(again(book), asked(), {}, WHOSE)[0]] == ["A1"]


def test_of_an_item_whose_own_row_is_gone_nothing_is_written_over_either() -> None:
    before, now = {"A1": Known(Said(), 3)}, {"A1": Known(Said(), 4)}
    book = openpyxl.load_workbook(io.BytesIO(taken_out(before)))
    book.active["G3"] = 0.5
    book.active.delete_rows(2)
    assert at(plan(again(book), asked(), now, WHOSE)[1]) == [("changed_meanwhile", 2, "K")]


def test_claims_and_yes_or_no_are_picked_in_the_language_of_the_sheet_and_read_in_either() -> None:
    first, *rest = asked()
    opened = replace(first, inputs=(Input("opened", type="yes_no"),))
    known = {first.item.code: Known(Said(figures={"opened": "yes"}), 1)}
    for lang, said, other in (("zh", "是", "no"), ("en", "yes", "否")):
        told = list(rows([opened, *rest], known, lang, WHOSE))
        offered = drop_downs([opened, *rest], lang)
        content = plain_workbook("自评", headings(lang), told, drop_downs=offered)
        book = openpyxl.load_workbook(io.BytesIO(content))
        listed = {
            str(one.sqref): one.formula1 for one in book.active.data_validations.dataValidation
        }
        assert sorted(listed) == ["G3", "I2", "I4", "I5", "I7"]
        assert book.active["G3"].value == said and said in listed["G3"]  # noqa: PT018
        assert plan(again(book), [opened, *rest], known, WHOSE) == ([], [])
        book.active["G3"] = other
        (change,), _ = plan(again(book), [opened, *rest], known, WHOSE)
        assert change.said.figures == {"opened": "no"}


def test_an_item_that_is_not_theirs_or_comes_twice_is_a_fault() -> None:
    known = {"B2": Known(is_theirs=False)}
    sheet = brought(taken_out(known), A2__item="A1")
    assert at(plan(sheet, asked(), known, WHOSE)[1]) == [
        ("name_of_another", 4, "C"),
        ("twice", 4, "A"),
        ("no_such_item", 7, "A"),
    ]


def test_what_somebody_saved_since_the_sheet_was_taken_out_is_not_written_over() -> None:
    before = {"B2": Known(Said(self_score=Decimal(7)), 3)}
    now = {"B2": Known(Said(self_score=Decimal(8)), 4)}
    sheet = brought(taken_out(before), B2__self_score=9)
    assert at(plan(sheet, asked(), now, WHOSE)[1]) == [("changed_meanwhile", 7, "K")]
    same = brought(taken_out(before), B2__self_score=8)
    assert plan(same, asked(), now, WHOSE) == ([], [])


texts = st.text(
    st.characters(whitelist_categories=("L", "N", "P"), max_codepoint=0x9FFF), max_size=30
)
saids = st.builds(
    Said,
    self_score=st.none() | st.integers(0, 100_000).map(lambda n: (Decimal(n) / 10_000).normalize()),
    statement=texts.map(str.strip),
)


@settings(max_examples=15, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["A1", "A2", "B1", "B2"]), saids), st.sampled_from(["zh", "en"])
)
def test_taken_out_and_brought_back_it_changes_nothing(said: dict[str, Said], lang: Lang) -> None:
    known = {item: Known(one, 1) for item, one in said.items()}
    assert plan(brought(taken_out(known, lang)), asked(), known, WHOSE) == ([], [])


def test_headings_below_a_title_are_found_and_said_to_be_there() -> None:
    book = openpyxl.load_workbook(io.BytesIO(taken_out({})))
    book.active.insert_rows(1)
    book.active["A1"] = "江门市2021年度自评表"
    target = io.BytesIO()
    book.save(target)
    _, faults = plan(Brought("自评.xlsx", target.getvalue()).read(), asked(), {}, WHOSE)
    assert [(one.code, one.where.row) for one in faults] == [("headings-below", 2)]


def test_a_sheet_that_carries_macros_is_not_read() -> None:
    content = io.BytesIO(taken_out({}))
    with zipfile.ZipFile(content, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(Faulty, match="macros"):
        Brought("自评.xlsx", content.getvalue()).read()
