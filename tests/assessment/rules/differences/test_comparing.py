"""Gaps between self-reported and supplied figures; what a correction touches, and what it leaves alone."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from steelyard.assessment.rules.differences.comparing import (
    LEAST,
    Noted,
    Turn,
    changes,
    distance,
    gaps,
    is_gap,
    moved,
)
from steelyard.kernel.exact import plain
from steelyard.records import differences

UNITS, INPUTS = ("440100", "440700", "440800"), ("cases", "rate")
keys = st.tuples(st.sampled_from(UNITS), st.sampled_from(INPUTS))
figures = st.fractions(min_value=-3, max_value=3, max_denominator=3).map(plain)
some = st.dictionaries(keys, figures)


def written_down(reported, supplied):
    return {
        (one.unit, one.input_code): Noted(one.reported, one.supplied)
        for one in gaps(reported, supplied)
    }


def after(noted, turned):
    """What is written down once the changes are."""
    found = dict(noted)
    for one in turned:
        found[one.key] = Noted(one.reported, one.supplied, one.turn is not Turn.AGREED)
    return found


def test_what_counts_as_equal_is_what_the_records_say() -> None:
    assert LEAST == differences._LEAST


def test_a_third_reported_with_six_places_is_a_third() -> None:
    assert not is_gap("0.333333", "1/3")
    assert is_gap("0.33333", "1/3")


def test_half_of_the_sixth_place_is_no_gap_and_more_is_one() -> None:
    assert not is_gap("1", "1.0000005")
    assert is_gap("1", "1.00000051")


def test_of_equal_figures_the_distance_has_no_sign() -> None:
    assert distance("12", "12.0") == "0"


def test_a_figure_that_was_not_supplied_differs_and_zero_is_not_missing() -> None:
    assert is_gap("0", "")
    assert not is_gap("0", "0")
    assert not is_gap("", "5")


def test_what_is_no_number_is_equal_only_to_itself() -> None:
    assert not is_gap("2021-03-01", "2021-03-01")
    assert is_gap("yes", "no")
    assert is_gap("1", "yes")
    assert is_gap("yes", "1")
    assert (distance("1", "yes"), distance("yes", "1")) == ("", "")
    assert distance("yes", "no") == ""


@given(some, some)
def test_gaps_are_those_that_a_loop_over_the_numbers_finds(reported, supplied) -> None:
    naive = {
        key
        for key, own in reported.items()
        if key not in supplied or abs(Fraction(own) - Fraction(supplied[key])) > LEAST
    }
    assert {(one.unit, one.input_code) for one in gaps(reported, supplied)} == naive


@given(some, some)
def test_found_again_nothing_is_written(reported, supplied) -> None:
    first = changes({}, reported, supplied)
    assert {one.turn for one in first} <= {Turn.FOUND}
    assert changes(after({}, first), reported, supplied) == ()


@given(some, some, st.sets(keys))
def test_equal_figures_make_no_difference(reported, supplied, only) -> None:
    assert changes({}, reported, reported | supplied, only) == tuple(
        one for one in changes({}, reported, reported | supplied) if one.key in only
    )
    assert changes({}, reported, reported) == ()


@given(some, some, some, st.sets(keys))
def test_a_correction_moves_exactly_what_it_touches(reported, before, later, settled) -> None:
    noted = {
        key: Noted(one.reported, one.supplied, key not in settled)
        for key, one in written_down(reported, before).items()
    }
    touched = moved(before, later)
    turned = changes(noted, reported, later, touched)
    now = after(noted, turned)
    assert {one.key for one in turned} <= touched
    assert all(now[key] == one for key, one in noted.items() if key not in touched)
    still_open = {key for key, one in now.items() if one.is_open}
    anew = {(one.unit, one.input_code) for one in gaps(reported, later)}
    assert still_open == anew - (settled & noted.keys() - touched)
    assert changes(now, reported, later, touched) == ()


@given(some, some)
def test_what_moved_is_what_two_versions_do_not_share(before, later) -> None:
    assert moved(before, later) == moved(later, before)
    assert moved(before, before) == frozenset()
    assert all(before.get(key) != later.get(key) for key in moved(before, later))


@given(some, some, some)
def test_the_order_of_corrections_of_different_figures_changes_nothing(
    reported, before, later
) -> None:
    noted = written_down(reported, before)
    touched = sorted(moved(before, later))
    ends = []
    for order in (touched, touched[::-1]):
        held, supplied = dict(noted), dict(before)
        for key in order:
            supplied = {
                **{one: value for one, value in supplied.items() if one != key},
                **({key: later[key]} if key in later else {}),
            }
            held = after(held, changes(held, reported, supplied, {key}))
        ends.append(held)
    assert ends[0] == ends[1]
