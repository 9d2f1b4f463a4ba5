"""Items that measure how large a place is."""

from __future__ import annotations

import pytest

from steelyard.kernel.faults import Faulty
from tests.weighing.stress.fields import cases, found, must_find, proved, stressed

TEN = tuple(range(1, 11))


COUNTS = [{"code": "cases", "type": "count"}, {"code": "population", "type": "count",
          "title": {"zh": "常住人口", "en": "Population"}}]  # fmt: skip


def test_bare_count_that_follows_population_is_found():
    population = [100 * n for n in TEN]
    test = stressed(
        proved("A", 10, {"proportion": "cases", "target": 20}), inputs=COUNTS,
        columns={"cases": [2 * n for n in TEN], "population": population},
    )  # fmt: skip
    one = must_find(test, "measures-size")
    assert (one.items, one.level) == (("A",), "mend")
    assert one.figures["correlation"] == {"A": 1.0}
    assert "rank correlation with Population 1.00; a bare count" in cases(one)
    assert must_find(test, "total-follows-size").figures["size"] == "population"


def test_bare_count_is_told_what_dividing_it_would_leave():
    population = [100 * n for n in TEN]
    per_head = (5, 6, 5, 6, 5, 6, 5, 6, 5, 6)
    columns = {
        "cases": [n * p for n, p in zip(per_head, population, strict=True)],
        "population": population,
    }
    test = stressed(
        proved("A", 10, {"proportion": "cases", "target": 6000}), inputs=COUNTS, columns=columns
    )
    assert "divided by Population it would be 0.17" in cases(must_find(test, "measures-size"))


def test_rate_per_head_that_does_not_follow_population_is_sound():
    spread = (5, 9, 2, 7, 1, 10, 3, 8, 4, 6)
    test = stressed(
        proved("A", 10, {"proportion": "1000 * cases / population", "target": 100}), inputs=COUNTS,
        columns={"cases": [n * s for n, s in zip(TEN, spread, strict=True)], "population": [100 * n for n in TEN]},
    )  # fmt: skip
    assert found(test, "measures-size") is None
    assert any("No item's points follow Population" in text.en for text in test.sound)


def test_without_a_size_only_the_form_is_told():
    test = stressed(proved("A", 10, {"proportion": "cases", "target": 20}), inputs=COUNTS[:1])
    assert must_find(test, "bare-counts").level == "know"
    assert any("measure of size" in text.en for text in test.waits)


def test_a_size_that_came_for_too_few_units_is_not_called_missing():
    test = stressed(
        proved("A", 10, {"proportion": "cases", "target": 20}), inputs=COUNTS,
        columns={"cases": [1, 2, 3], "population": [10, 20, 30]},
    )  # fmt: skip
    assert any("'population' is known of fewer than 8" in text.en for text in test.waits)


def test_whole_marks_out_of_a_hundred_are_no_bare_count():
    inputs = [{"code": "satisfied", "least": 0, "most": 100}]
    rule = {"points": "10 * satisfied / 100"}
    test = stressed(proved("A", 10, rule), inputs=inputs, columns={"satisfied": [80, 75, 90]})
    assert found(test, "bare-counts") is None


@pytest.mark.parametrize(
    "rule",
    [
        {"points": "cases / due"},
        {"points": "10 * growth(cases)"},
        {"points": "full - cases"},
        [{"points": "full"}, {"deduct": "cases", "each": 1}],
        {"points": "full", "when": "cases > 0"},
        {"points": "full * (10 - all_rank(-cases)) / 9"},
    ],
)
def test_rule_of_a_rate_growth_or_loss_is_no_bare_count(rule):
    inputs = [COUNTS[0], {"code": "due", "type": "count"}]
    assert found(stressed(proved("A", 10, rule), inputs=inputs), "bare-counts") is None


@pytest.mark.parametrize(
    "rule",
    [
        {"points": "cases"},
        {"add": "cases", "each": 1, "at_most": 10},
        {"ladder": "cases", "steps": [[">= 20", 10], ["< 20", 0]]},
        {"points": "full * (10 - all_rank(cases)) / 9"},
        {"proportion": "cases", "target": "all_max(cases)"},
        {"points": "cases * (closed / cases)"},
    ],
)
def test_rule_of_a_bare_count_is_known_by_its_form(rule):
    inputs = [COUNTS[0], {"code": "closed", "type": "count"}]
    assert must_find(stressed(proved("A", 10, rule), inputs=inputs), "bare-counts").items == ("A",)


def test_size_that_is_no_input_is_refused():
    with pytest.raises(Faulty, match="there is no input 'gdp'"):
        stressed(proved("A", 10, {"points": "a"}), size="gdp")
