"""How the grades would fall."""

from __future__ import annotations

import pytest

from tests.weighing.stress.fields import LADDER, cases, found, grades, must_find, proved, stressed

TEN = tuple(range(1, 11))


def test_grade_that_all_have_stops_the_issue():
    test = stressed(proved("A", 10, {"points": "a"}), columns={"a": TEN}, grades=grades(1))
    one = must_find(test, "best-grade-for-most")
    assert one.level == "stop"
    assert "raise the line to 9" in one.mend.en


def test_grade_that_nobody_reaches_is_found():
    test = stressed(proved("A", 20, {"points": "a"}), columns={"a": TEN}, grades=grades(15))
    assert "lower the line to 9" in must_find(test, "grade-for-nobody").mend.en


def test_grade_beyond_all_points_is_found_by_its_form():
    test = stressed(proved("A", 10, {"points": "a"}), grades=grades(11))
    assert must_find(test, "grade-beyond-all-points").level == "stop"


@pytest.mark.parametrize(
    "items",
    [
        [proved("A", 10, {"points": "a"}, cap=20)],
        [{"code": "G", "title": "G", "adjust": [{"points": "b"}]}, proved("A", 10, {"points": "a"}, parent="G")],
        [{"code": "G", "title": "G", "rule": {"points": 'score("A") * 2'}},
         proved("A", 10, {"points": "a"}, parent="G")],
    ],
)  # fmt: skip
def test_grade_beyond_all_points_is_no_finding_where_an_item_may_give_more(items):
    assert found(stressed(*items, grades=grades(11)), "grade-beyond-all-points") is None


def test_grade_without_a_title_is_called_by_its_code():
    lines = [{"code": "top", "at_least": 11}, {"code": "rest"}]
    test = stressed(proved("A", 10, {"points": "a"}), grades=lines)
    assert "the line of top is" in must_find(test, "grade-beyond-all-points").what.en


def test_quota_that_turns_units_away_is_told_with_the_line_that_counted():
    test = stressed(proved("A", 10, {"points": "a"}), columns={"a": TEN}, grades=grades(5, count=2))
    one = must_find(test, "quota-decides")
    assert (one.figures["reach"], one.figures["turned_away"], one.figures["effective_line"]) == (
        6,
        4,
        9.0,
    )


def test_tie_that_empties_a_quota_stops_the_issue():
    test = stressed(
        proved("A", 10, {"points": "a"}),
        columns={"a": (9, 9, 9, 1, 2, 3)},
        grades=grades(5, count=2),
    )
    one = must_find(test, "tie-at-the-quota")
    assert (one.level, one.figures["got"], one.figures["places"]) == ("stop", 0, 2)
    assert "Unit 1, Unit 2, Unit 3" in cases(one)


def test_grades_that_fall_as_they_should_are_told_as_sound():
    test = stressed(proved("A", 10, {"points": "a"}), columns={"a": TEN}, grades=grades("8.8"))
    assert [finding.code for finding in test.findings if "grade" in finding.code] == []
    assert any("Excellent 2, Pass 8" in text.en for text in test.sound)


def test_grades_before_there_are_data_are_labelled_as_simulated():
    test = stressed(proved("A", 10, LADDER), grades=grades(5))
    assert any("simulated" in text.en and "(5)" in text.en for text in test.waits)


def test_quota_that_equals_overfill_is_found():
    test = stressed(
        proved("A", 10, {"points": "a"}),
        columns={"a": (9, 9, 9, 1, 2, 3)},
        grades=grades(5, count=2, ties="in"),
    )
    assert must_find(test, "tie-at-the-quota").figures["got"] == 3
