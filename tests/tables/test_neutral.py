import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.tables.neutral import neutral, restored
from steelyard.tables.numerals import numeral

FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u3000=1+1",
    "＝1+1",
    "＠SUM(A1)",
    "＋1+1",
    "=",
    "-",
    "--",
    "\t5",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_excel_would_run_starts_with_an_apostrophe(text):
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+5", "-0.5%", "-1,234.50", "-1/3", "−5", "－５", "-1e-3"])
def test_numbers_are_left_alone(text):
    assert neutral(text) == text


@pytest.mark.parametrize("text", ["", "江门", "1-2", "a=b", "'tis", "''", "https://example.org/"])
def test_harmless_text_is_left_alone(text):
    assert neutral(text) == text


@pytest.mark.parametrize("text", ["'=1+1", "''=1+1", "'-5", "' @x"])
def test_an_apostrophe_that_came_with_the_text_is_given_back(text):
    assert restored(neutral(text)) == text


RISKY_TEXT = st.text(st.sampled_from(list("'=+-@\t\r\n ＝－1.a,")), max_size=8)


@given(RISKY_TEXT | st.text())
def test_every_text_is_given_back(text):
    assert restored(neutral(text)) == text


@given(RISKY_TEXT)
def test_what_still_starts_like_a_formula_is_a_number(text):
    made = neutral(text)
    if made.strip().startswith(tuple("=@＝＠+-＋－")):
        assert numeral(made) is not None
    assert not made.startswith(("\t", "\r", "\n"))
