"""What a unit types of an item: what is in order, what is refused, and how far it is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.assessment.rules.collection.answers import (
    FIGURE,
    Question,
    Said,
    Typed,
    progress,
    questions,
    read,
    read_score,
)
from steelyard.assessment.rules.schemes.division import Way, division
from tests.assessment.year import scheme


def asked() -> list[Question]:
    divided = division(scheme())
    inputs = {
        duty.item.code: [code for code in duty.inputs if divided.way[code] is not Way.JUDGED]
        for duty in divided.duties
    }
    return questions(scheme(), "", inputs)


def question(code: str) -> Question:
    return next(one for one in asked() if one.item.code == code)


def codes(found: object) -> list[tuple[str, str]]:
    assert isinstance(found, tuple)
    return [(one.code, one.field) for one in found]


def test_the_items_are_asked_in_the_order_of_the_scheme_with_the_figures_of_others() -> None:
    assert [(one.item.code, one.most, [i.code for i in one.inputs]) for one in asked()] == [
        ("A1", 40, ["closed_in_time"]), ("A2", 20, []), ("B1", 30, ["trained"]), ("B2", 10, []),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("40", "40"),
        ("０", "0"),
        (" 39.1234 ", "39.1234"),
        ("1/2", "0.5"),
        ("1,0", None),
        ("", None),
    ],
)
def test_a_self_score_is_an_exact_decimal(typed: str, kept: str | None) -> None:
    found = read_score(typed, Fraction(40))
    assert (found if not isinstance(found, tuple) else None) == (Decimal(kept) if kept else None)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("40.0001", "above_the_maximum"), ("-1", "below_zero"), ("1/3", "too_fine"),
     ("0.00001", "too_fine"), ("good", "not_a_number"), ("NaN", "not_a_number")],
)  # fmt: skip
def test_a_self_score_over_the_maximum_is_refused_and_so_is_what_is_no_decimal(
    typed: str, code: str
) -> None:
    assert codes(read_score(typed, Fraction(40))) == [(code, "self_score")]


@given(st.integers(0, 400_000))
def test_every_decimal_up_to_the_maximum_is_kept_as_it_is(at: int) -> None:
    typed = f"{at // 10_000}.{at % 10_000:04}"
    assert read_score(typed, Fraction(40)) == Decimal(at) / 10_000


@pytest.mark.parametrize("claim", ["not_applicable", "bonus", "exemption"])
def test_a_claim_needs_its_own_grounds(claim: str) -> None:
    assert codes(read(question("A1"), Typed(claim=claim))) == [("claim_without_grounds", "grounds")]
    found = read(question("A1"), Typed(claim=claim, grounds="无此项业务"))
    assert found == Said(claim=claim, grounds="无此项业务")


def test_what_does_not_apply_has_no_points() -> None:
    typed = Typed(claim="not_applicable", grounds="无", self_score="3")
    assert codes(read(question("A1"), typed)) == [("points_of_what_does_not_apply", "self_score")]


def test_a_figure_is_kept_in_its_exact_writing_and_an_empty_one_is_not_zero() -> None:
    typed = Typed(figures={"closed_in_time": "９２．３％"})
    assert read(question("A1"), typed) == Said(figures={"closed_in_time": "0.923"})
    assert read(question("A1"), Typed()) == Said()


def test_all_that_is_wrong_is_said_at_once_each_at_its_field() -> None:
    typed = Typed(self_score="50", figures={"closed_in_time": "120%"}, claim="bonus")
    assert codes(read(question("A1"), typed)) == [
        ("above_the_maximum", "self_score"), ("out-of-bounds", FIGURE + "closed_in_time"),
        ("claim_without_grounds", "grounds"),
    ]  # fmt: skip


def test_progress_counts_what_is_answered_and_what_the_unit_gives_itself() -> None:
    said = {
        "A1": Said(self_score=Decimal("30.5")),
        "A2": Said(claim="not_applicable", grounds="无"),
        "B1": Said(statement="still to be counted"),
    }
    found = progress(scheme(), asked(), said)
    assert [(one.item.code, one.answered, one.all, one.self_score, one.most) for one in found] == [
        ("A", 2, 2, Fraction("30.5"), 60), ("B", 0, 2, 0, 40),
    ]  # fmt: skip
    assert [one.is_whole for one in found] == [True, False]


def test_what_a_bonus_can_add_is_beside_the_points() -> None:
    every = [
        replace(one, item=replace(one.item, kind="bonus")) if one.item.code == "B2" else one
        for one in asked()
    ]
    found = progress(scheme(), every, {})
    assert [(one.item.code, one.most, one.adds) for one in found] == [("A", 60, 0), ("B", 30, 10)]
