from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.scheme.formula import NotAFormula, Number, is_condition, parse


def test_a_percentage_is_exact():
    assert parse("0.1 + 98%").right.left == Number(Fraction(98))


def test_a_percentage_inside_a_text_stays_text():
    assert parse('level == "at 98%"').others[0].value == "at 98%"


def test_names_may_be_chinese():
    assert parse("结案数 / 受理数").left.code == "结案数"


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')", "a.b", "a[0]", "lambda: 1", "[x for x in a]", "a ** 2", "a % 3", "f'{a}'",
        "open('x')", "a if b", "1 +", "", "min()", "min(a, key=b)", "a := 1", "x in y", "a is b", "~a",
        "last(a, -1)", "last(a, 1/2)", "last(a, b)", "round(a, 99)", "mean_of_last(a, 0)", "date('x')", "date(a)",
        "score(a)", "value(a)", "count_of('a')", "sum_of(1, a)",
        "(" * 300 + "a" + ")" * 300, "a+" * 1500 + "a",
    ],
)  # fmt: skip
def test_whatever_is_not_in_the_grammar_is_refused(text):
    with pytest.raises(NotAFormula):
        parse(text)


@given(st.text(max_size=60))
def test_any_text_is_a_formula_or_refused(text):
    try:
        parse(text)
    except NotAFormula as refused:
        assert refused.why.zh
        assert refused.why.en


def test_a_condition_shows_in_its_form():
    assert is_condition(parse("not a"))
    assert is_condition(parse("1 <= a < 2"))
    assert not is_condition(parse("a + 1"))
