"""Each replication of a points scheme equals the exact engine, weighing the scheme so changed."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.cases.uncertainty_points import province
from steelyard.kernel.faults import Faulty
from steelyard.scheme.model import Scheme
from steelyard.weighing.result import Result
from steelyard.weighing.sensitivity import sensitivity
from steelyard.weighing.uncertainty.factors import columns_by_factor
from steelyard.weighing.uncertainty.how_sure import how_sure
from steelyard.weighing.uncertainty.points.model import PointsModel
from steelyard.weighing.uncertainty.points.spread import factors
from steelyard.weighing.values import Cell, Values
from steelyard.weighing.weigh import weigh
from steelyard.weighing.what_if import what_if
from tests.builders import item, scheme

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
CITIES = ("jm", "zs", "zh", "fs", "gz")
UNITS = [{"code": code, "title": code, "group": "ab"[n % 2]} for n, code in enumerate(CITIES)]
LADDER = {"ladder": "closed / due", "steps": [[">= 90%", 10], ["[80%, 90%)", 8], ["[60%, 80%)", 5]],
          "otherwise": 0}  # fmt: skip
ITEMS = [
    item("W", rule=None), item("A", 10, LADDER, parent="W"),
    item("B", 10, {"points": "10 * cases / all_max(cases)"}, parent="W"),
    item("C", 10, {"ladder": "all_rank(cases)", "steps": [["<= 2", 10], ["(2, 4]", 6]], "otherwise": 2}, parent="W"),
    item("M", 20, combine="weighted_mean"), item("D", 20, {"add": "cases", "each": "0.5", "count": "full"}, parent="M", weight=2),
    item("E", 20, {"for_each": "marks", "score": {"points": "mark"}, "keep": "trimmed_mean", "trim": 1}, parent="M"),
    item("F", 30, {"proportion": "satisfaction", "target": "90%"}),
    item("H", 5, {"points": "cases / 20"}, kind="bonus"),
]  # fmt: skip
UNCERTAINTY = {
    "points": {"within": "40%"},
    "leave_out": "one",
    "panels": [{"list": "marks", "member": "judge"}],
    "errors": [
        {"input": "cases", "standard_error": "se"},
        {"input": "satisfaction", "sample": "asked", "population": "1000"},
    ],
}
GRADES = [
    {
        "code": "best",
        "at_least": 60,
        "quota": {"count": 2},
        "requires": 'not applies("A") or score("A") >= 5',
    },
    {"code": "good", "at_least": 40},
    {"code": "rest"},
]
VETOES = [{"code": "v", "title": "v", "when": "cases < 15", "then": {"best_grade": "good"}}]


def result(uncertainty=UNCERTAINTY, **changes):
    made = scheme(
        units=UNITS, groups={"a": "A", "b": "B"}, items=ITEMS, grades=GRADES, vetoes=VETOES,
        inputs=[{"code": "satisfaction", "type": "share"}, {"code": "cases", "least": 0}],
        uncertainty=uncertainty, **changes,
    )  # fmt: skip
    draw = np.random.default_rng(5)
    values = {
        code: {"closed": 40 + 3 * n, "due": 55, "cases": 14 + 7 * n, "se": None if n == 4 else 4,
               "satisfaction": f"{60 + 6 * n}%", "asked": 50}
        for n, code in enumerate(CITIES)
    }  # fmt: skip
    marks = {
        code: [
            {"judge": f"j{judge}", "mark": int(draw.integers(5, 20))}
            for judge in (1, 2, 3, 3, 4, 5)
        ]
        for code in CITIES
    }
    return weigh(made, Values.of(made, values, lists={"marks": marks}))


def rows_of(model, count=12, seed=3):
    return np.random.default_rng(seed).random((count, sum(one.columns for one in model.factors)))


def alone(before: Result, model: PointsModel, row) -> Result:
    """One replication in exact fractions."""
    own = {name: one[0] for name, one in columns_by_factor(model.factors, row[None]).items()}
    values = before.values
    if "leave_out" in own:
        place = int(own["leave_out"][0] * (len(model._left_out) + 1))
        if place:
            out = model._left_out[place - 1]
            values = replace(
                values, item_statuses={out: dict.fromkeys(model.units, "not_applicable")}
            )
    for one in model._errors:
        chance = own.get(f"error:{one.input}")
        if chance is not None:
            values = with_values(before.scheme, model, values, one, one.drawn(chance[None])[0])
    for panel in model._panels:
        if f"panel:{panel.list}" in own:
            values = with_rows(before.scheme, values, panel, own[f"panel:{panel.list}"])
    return what_if(before.scheme, values, points=new_points(before, model, own))


def new_points(before, model, own):
    """The full points of this replication: groups first, their items after them."""
    if "points" not in own:
        return {}
    made = before.scheme
    scaled = factors(made, made.uncertainty.spread, model._groups, own["points"][None])
    exact = {code: Fraction(float(factor[0, 0])) for code, factor in scaled.items()}
    found = {}
    for one in made.in_order[1:]:
        above, here = Fraction(1), one
        while here.code:
            above, here = above * exact.get(here.code, 1), made.item[here.parent]
        if one.code in exact:
            found[one.code] = made.full[one.code] * above
    return found


def with_values(made, model, values, one, drawn):
    cells = {key: dict(of_units) for key, of_units in values.cells.items()}
    for place, value in zip(one.rows, drawn, strict=True):
        cells[one.input, made.period_label][model.units[place]] = Cell(Fraction(float(value)))
    return replace(values, cells=cells)


def with_rows(made, values, panel, chance):
    times = panel.times(chance[None])[0]
    key, start = (panel.list, made.period_label), 0
    lists = {}
    assert panel.is_one_panel
    for code in CITIES:
        rows = values.lists[key][code]
        own = times[start : start + len(rows)]
        lists[code] = tuple(
            row for row, often in zip(rows, own, strict=True) for _ in range(int(often))
        )
        start += len(rows)
    return replace(values, lists={key: lists})


def or_nan(value):
    return np.nan if value is None else float(value)


CHOICES = {
    name: {name: UNCERTAINTY[name]} for name in UNCERTAINTY
} | {
    "all": UNCERTAINTY,
    "any points": {"points": "any"},
    "points of one group": {"points": {"within": "90%", "of": ["W"]}},
    "one of two left out": {"leave_out": ["A", "E"]},
}  # fmt: skip


@pytest.mark.parametrize("total", [{"as": "points"}, {"as": "percent"}])
@pytest.mark.parametrize("choice", CHOICES)
def test_a_replication_equals_weighing_the_scheme_so_changed(choice, total):
    before = result(CHOICES[choice], total=total)
    model = PointsModel(before)
    rows = rows_of(model)
    found = model.outcomes(rows)
    grades = [grade.code for grade in before.scheme.grades]
    for row, scores, ranks, grade in zip(
        rows, found.scores, found.ranks, found.grades, strict=True
    ):
        exact = alone(before, model, row)
        told = [exact.standing[code] for code in CITIES]
        assert scores.tolist() == pytest.approx([or_nan(one.score) for one in told], abs=1e-9)
        assert ranks.tolist() == [or_nan(one.rank) for one in told]
        assert grade.tolist() == [grades.index(one.grade) if one.grade else -1 for one in told]


def test_where_nothing_can_move_intervals_collapse_on_the_rank():
    before = result({"points": {"within": 0}})
    for unit in how_sure(before, 1000).units:
        assert unit.rank_shares == {int(unit.rank): 1.0}
        assert unit.grade_shares[unit.grade] == 1.0


def test_a_unit_whose_error_is_not_stated_does_not_vary():
    before = result({"errors": [{"input": "cases", "standard_error": "se"}]})
    model = PointsModel(before)
    assert [model.units[place] for place in model._errors[0].rows] == ["jm", "zs", "zh", "fs"]
    assert [factor.columns for factor in model.factors] == [4]
    assert model.factors[0].title.en.endswith("(of 4 of 5 units)")


def test_a_province_of_21_cities_and_60_items_is_ranked_as_by_the_exact_engine():
    """The scheme of the benchmark: ladders, shares of the best, ranks, caps, deductions."""
    before = province()
    model = PointsModel(before)
    rows = rows_of(model, 4)
    found = model.outcomes(rows)
    for row, scores, ranks in zip(rows, found.scores, found.ranks, strict=True):
        exact = alone(before, model, row)
        told = [exact.standing[code] for code in model.units]
        assert scores.tolist() == pytest.approx([or_nan(one.score) for one in told], abs=1e-9)
        gaps = np.diff(np.sort(scores))
        if gaps.min() > 1e-9:
            assert ranks.tolist() == [or_nan(one.rank) for one in told]


def test_small_points_may_move_further_than_drawn_and_the_factor_says_why():
    """A tenth beside nine tenths: their sum is kept, so that 1.4 against 0.6 more than doubles it."""
    two = scheme(items=[item("A", 90, {"points": "a"}), item("B", 10, {"points": "b"})],
                 uncertainty={"points": {"within": "40%"}})  # fmt: skip
    values = Values.of(two, {"jm": {"a": 1, "b": 2}, "zs": {"a": 2, "b": 1}})
    model = PointsModel(weigh(two, values))
    scaled = factors(two, two.uncertainty.spread, model._groups, np.array([[0.0, 1.0]]))
    assert scaled["B"][0, 0] == pytest.approx(1.4 / 0.68)
    assert "then brought back to their sum" in model.factors[0].title.en


@settings(max_examples=10)
@given(st.permutations(range(5)))
def test_permuting_the_units_permutes_the_outcomes(order):
    before = result({"points": {"within": "40%"}, "leave_out": "one"})
    turned = replace(before.scheme, units=tuple(before.scheme.units[place] for place in order))
    other = PointsModel(weigh(turned, before.values))
    rows = rows_of(other)
    one, two = PointsModel(before).outcomes(rows), other.outcomes(rows)
    assert two.scores == pytest.approx(one.scores[:, order], abs=1e-9)
    assert two.ranks.tolist() == one.ranks[:, order].tolist()
    assert two.grades.tolist() == one.grades[:, order].tolist()


def test_a_review_of_all_files_has_no_error():
    before = result({"errors": [{"input": "satisfaction", "sample": "50", "population": "50"}]})
    assert all(len(unit.rank_shares) == 1 for unit in how_sure(before, 1000).units)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        ({"input": "satisfaction", "standard_error": "se"}, "larger than all that the input may be"),
        ({"input": "cases", "standard_error": "0 - se"}, "is below 0"),
        ({"input": "satisfaction", "sample": "asked", "population": "due / 2"}, "is smaller than the sample of 50"),
    ],
)  # fmt: skip
def test_absurd_noise_in_the_data_is_refused_for_every_unit(error, says):
    with pytest.raises(Faulty, match=says) as refused:
        PointsModel(result({"errors": [error]}))
    assert len(refused.value.faults) >= 4
    assert {fault.code for fault in refused.value.faults} == {"absurd-noise"}


PANEL = {"panels": [{"list": "marks", "member": "judge"}]}


def marked(marks):
    made = scheme(items=[item("A", 30, {"for_each": "marks", "score": {"points": "mark"}, "keep": "mean"})],
                  uncertainty=PANEL)  # fmt: skip
    lists = {
        "marks": {unit: [{"judge": j, "mark": m} for j, m in own] for unit, own in marks.items()}
    }
    return weigh(made, Values.of(made, {"jm": {}, "zs": {}}, lists=lists))


def test_one_panel_is_drawn_once_for_all_so_that_a_strict_judge_parts_nobody():
    """Every judge puts Jiangmen one point ahead, however differently they mark."""
    before = marked(
        {"jm": [("w", 11), ("l", 21), ("z", 16)], "zs": [("l", 20), ("w", 10), ("z", 15)]}
    )
    assert how_sure(before, 1000).pairs[0].probability == 1
    assert how_sure(before, 1000).units[0].scores.low < 16


def test_panels_of_different_members_are_drawn_separately():
    before = marked(
        {"jm": [("a", 11), ("b", 21), ("c", 16)], "zs": [("d", 20), ("e", 10), ("f", 15)]}
    )
    assert 0.5 < how_sure(before, 1000).pairs[0].probability < 0.9


@pytest.mark.parametrize(
    "ask", [lambda one: how_sure(one, 1000), lambda one: sensitivity(one, base=16)]
)
def test_where_nothing_named_can_vary_no_certainty_is_claimed(ask):
    before = result({"errors": [{"input": "satisfaction", "standard_error": "0"}]})
    with pytest.raises(Faulty, match="can vary by these data"):
        ask(before)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ({"input": "satisfaction", "sample": "50", "population": "49"}, "population of 49 is smaller"),
        ({"input": "satisfaction", "sample": "0 - 1"}, "sample of -1 is below 0"),
        ({"input": "satisfaction", "standard_error": "1 + 1"}, "standard error of 2 is below 0, or larger"),
        ({"input": "cases", "standard_error": "0 - 3"}, "standard error of -3 is below 0"),
        ({"input": "cases", "standard_error": "'x'"}, "'x' is not a number"),
    ],
)  # fmt: skip
def test_an_error_that_cannot_be_one_is_refused(error, said):
    with pytest.raises(Faulty, match=said):
        PointsModel(result({"errors": [error]}))


def test_a_panel_whose_members_nobody_names_is_refused():
    before = result({"panels": [{"list": "marks", "member": "jugde"}]})
    with pytest.raises(Faulty, match="no row of the list 'marks' says 'jugde'"):
        PointsModel(before)


def test_a_larger_sample_moves_less():
    spread = [
        np.ptp(PointsModel(result({"errors": [{"input": "satisfaction", "sample": str(n)}]}))
               .outcomes(rows_of(PointsModel(result({"errors": [{"input": "satisfaction", "sample": "9"}]}))))
               .scores[:, 0])
        for n in (10, 100, 1000)
    ]  # fmt: skip
    assert spread == sorted(spread, reverse=True)


@pytest.mark.parametrize(
    "example",
    ["semap", "shicheng_units_2018", "shicheng_townships_2018", "shicheng_river_chiefs_2018",
     "health_supervision_2013", "coal_mine_safety_2017", "child_support_incentives", "patent_enforcement"],
)  # fmt: skip
def test_real_schemes_stand_when_nothing_moves(example):
    made = Scheme.read(EXAMPLES / example / "scheme.toml")
    still = scheme(uncertainty={"points": {"within": 0}}).uncertainty
    made = replace(made, uncertainty=still)
    before = weigh(made, Values.read(made, EXAMPLES / example / "data"))
    model = PointsModel(before)
    found = model.outcomes(rows_of(model, 2))
    told = [before.standing[unit] for unit in model.units]
    for scores, ranks in zip(found.scores, found.ranks, strict=True):
        assert scores.tolist() == pytest.approx(
            [or_nan(one.score) for one in told], abs=1e-9, nan_ok=True
        )
        assert ranks.tolist() == pytest.approx([or_nan(one.rank) for one in told], nan_ok=True)
