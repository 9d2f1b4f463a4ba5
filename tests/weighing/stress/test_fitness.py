"""All tests of a scheme together: what is sound, what waits for data, what the document says."""

from __future__ import annotations

from fractions import Fraction

from tests.builders import item
from tests.weighing.stress.fields import LADDER, VETO, grades, policy, proved, said, stressed

TEN = tuple(range(1, 11))


IF_KNOWN = [VETO[0] | {"when": "known(fraud) and fraud"}]


def test_sound_scheme_is_fit_and_says_what_was_tested():
    spread = (3, 9, 1, 10, 2, 7, 4, 8, 6, 5)
    test = stressed(
        proved("A", 10, {"points": "a"}), proved("B", 10, {"points": "b"}),
        columns={"a": [Fraction(n) + Fraction(n, 100) for n in TEN[:9]] + [Fraction(1, 2)], "b": spread},
        policies=[policy()], grades=grades("16"),
    )  # fmt: skip
    assert test.is_fit
    assert len(test.sound) >= 8


def test_document_carries_both_languages():
    document = stressed(item("A", 10, LADDER)).document()
    (one,) = [finding for finding in document["findings"] if finding["code"] == "unverifiable"]
    assert one["what"]["zh"].startswith("100%的分值无人能核实")
    assert one["what"]["en"].startswith("100% of the points nobody can verify")
    assert document["fit"] is False


def test_what_last_year_has_no_data_of_is_said_to_wait_and_never_to_be_sound():
    """A new figure: last year's values of it are missing everywhere, so nothing about it was tested."""
    test = stressed(
        proved("A", 10, LADDER), proved("B", 10, {"points": "b"}), vetoes=IF_KNOWN,
        columns={"rate": [None] * 10, "b": [None] * 10, "fraud": [None] * 10},
    )  # fmt: skip
    tested = [one.en for one in test.sound]
    assert not [one for one in tested if "veto" in one or "alike" in one or "steps" in one]
    assert not [one for one in tested if "grades fall" in one or "tells units apart" in one]
    waits = " ".join(one.en for one in test.waits)
    assert "How many the veto Fraud would strike" in waits
    assert "Counting twice: fewer than two items" in waits
    assert "of 1 item with steps fewer than 5 units" in waits


def test_what_last_year_has_data_of_is_tested_beside_what_it_has_not():
    test = stressed(
        proved("A", 10, LADDER), proved("B", 10, {"points": "b"}), proved("C", 10, {"points": "c"}),
        vetoes=VETO,
        columns={"rate": [None] * 10, "b": TEN, "c": TEN[5:] + TEN[:5], "fraud": ["no"] * 10},
        on={"missing": "not_applicable"},
    )  # fmt: skip
    assert said(test, "nearly alike") == [
        "No two items of the 2 with last year's data rank the units nearly alike (rank correlations below 0.9)."
    ]
    assert said(test, "None of 1 veto")
    assert said(test, "of 1 item with steps")
