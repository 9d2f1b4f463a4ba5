"""Small counts of protected records are hidden; nought points to nobody; open tables hide nothing."""

import pytest

from steelyard.records.catalogue.read import shipped
from steelyard.records.disclosure import RULES, USUAL


@pytest.mark.parametrize(
    ("count", "is_hidden"), [(0, False), (1, True), (4, True), (5, False), (500, False)]
)
def test_counts_from_one_to_four_of_protected_tables_are_hidden(count, is_hidden):
    assert USUAL.hides(count, ["cases"], shipped()) is is_hidden


@pytest.mark.parametrize("count", range(6))
def test_open_tables_and_the_rule_none_hide_nothing(count):
    assert not USUAL.hides(count, ["places"], shipped())
    assert not RULES["none"].hides(count, ["cases"], shipped())


def test_one_protected_table_of_several_is_enough_and_it_is_said_in_two_languages():
    assert USUAL.hides(3, ["places", "cases"], shipped())
    assert (USUAL.instead.zh, USUAL.instead.en) == ("少于5", "fewer than 5")
