"""The items out as a sheet and back in: nothing is lost on the way, every fault is at its cell."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.assessment.rules.answer_sheets import Change, Known, headings, plan, rows
from steelyard.assessment.rules.answers import Said
from steelyard.kernel.bilingual import Lang
from steelyard.tables.plain_workbook import plain_workbook
from steelyard.tables.read import read_sheet
from steelyard.tables.sheet import Sheet
from tests.assessment.rules.test_answers import asked

LETTERS = dict(zip(["item", "input", "title", "points", "self_score", "own", "statement", "claim", "grounds", "version"], "ABCDEFGHIJ", strict=True))  # fmt: skip
ROW = {"A1": 2, "A1 figure": 3, "A2": 4, "B1": 5, "B1 figure": 6, "B2": 7}


def taken_out(known: Mapping[str, Known], lang: Lang = "zh") -> bytes:
    return plain_workbook("自评", headings(lang), list(rows(asked(), known, lang)))


def brought(content: bytes, **typed: Any) -> Sheet:
    """The sheet again, with some cells typed: ``A1__self_score=50``."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for name, value in typed.items():
        row, _, column = name.partition("__")
        book.active[f"{LETTERS[column]}{ROW[row.replace('_', ' ')]}"] = value
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "自评.xlsx"
        book.save(path)
        return read_sheet(path)


def at(faults: list[Any]) -> list[tuple[str, int, str]]:
    return [(one.code, one.where.row, one.where.column[:1]) for one in faults]


def test_what_is_typed_into_the_sheet_is_what_the_item_then_says() -> None:
    sheet = brought(
        taken_out({}), A1__self_score=39.5, A1_figure__own="92.3%", A1__statement="按期办结",
        B2__claim="不适用", B2__grounds="无此项工作",
    )  # fmt: skip
    changes, faults = plan(sheet, asked(), {})
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
    _changes, faults = plan(sheet, asked(), {})
    assert sorted(at(faults)) == [
        ("above_the_maximum", 2, "E"), ("claim_without_grounds", 7, "I"),
        ("not-a-number", 3, "F"), ("not_here", 5, "F"), ("not_here", 6, "G"),
        ("unknown_claim", 4, "H"),
    ]  # fmt: skip


def test_an_item_that_is_not_theirs_or_comes_twice_is_a_fault() -> None:
    known = {"B2": Known(is_theirs=False)}
    sheet = brought(taken_out(known), A2__item="A1")
    assert at(plan(sheet, asked(), known)[1]) == [("twice", 4, "A"), ("no_such_item", 7, "A")]


def test_what_somebody_saved_since_the_sheet_was_taken_out_is_not_written_over() -> None:
    before = {"B2": Known(Said(self_score=Decimal(7)), 3)}
    now = {"B2": Known(Said(self_score=Decimal(8)), 4)}
    sheet = brought(taken_out(before), B2__self_score=9)
    assert at(plan(sheet, asked(), now)[1]) == [("changed_meanwhile", 7, "J")]
    same = brought(taken_out(before), B2__self_score=8)
    assert plan(same, asked(), now) == ([], [])


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
    assert plan(brought(taken_out(known, lang)), asked(), known) == ([], [])
