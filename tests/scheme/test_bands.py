from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.scheme.bands import band_text, gaps, overlaps, read_band


@pytest.mark.parametrize(
    ("band", "inside", "outside"),
    [
        (">= 90%", "0.9", "0.8999"),
        ("> 90%", "0.9001", "0.9"),
        ("≤5", "5", "5.01"),
        ("< 5", "4.99", "5"),
        ("= 0", "0", "0.01"),
        ("[80%, 90%)", "0.8", "0.9"),
        ("(80%, 90%]", "0.9", "0.8"),
    ],
)
def test_an_edge_belongs_as_it_is_written(band, inside, outside):
    assert Fraction(inside) in read_band(band)
    assert Fraction(outside) not in read_band(band)


@pytest.mark.parametrize(
    "text", ["", "90%", "[90%, 80%)", "[5, 5)", ">= many", "[1; 2]", "> 1 > 2"]
)
def test_a_band_that_holds_nothing_is_refused(text):
    with pytest.raises(ValueError, match=r"band|number"):
        read_band(text)


def test_a_text_or_a_truth_can_be_a_band():
    assert True in read_band("= yes")
    assert "provincial" in read_band('= "provincial"')
    assert Fraction(1) not in read_band("= yes")


def test_bands_that_meet_have_neither_gap_nor_overlap():
    bands = [read_band(text) for text in (">= 98%", "[80%, 98%)", "< 80%")]
    assert (gaps(bands), overlaps(bands)) == ([], [])


def test_printed_whole_percentages_leave_a_gap():
    bands = [read_band(">= 98%"), read_band("[80%, 97%]")]
    assert gaps(bands) == [(bands[1], bands[0])]


def test_an_edge_in_two_bands_is_an_overlap():
    bands = [read_band(">= 90%"), read_band("[80%, 90%]")]
    assert overlaps(bands) == [(bands[1], bands[0])]


@given(st.fractions(), st.fractions(min_value=0, max_value=9), st.booleans(), st.booleans())
def test_the_canonical_writing_reads_back(low, length, low_in, high_in):
    edges = "[" if low_in else "(", "]" if high_in else ")"
    try:
        band = read_band(f"{edges[0]}{low}, {low + length}{edges[1]}")
    except ValueError:
        assert length == 0
        return
    assert read_band(band_text(band)) == band
