"""Many replications of an index at once equal weighing a rewritten scheme, one at a time."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.kernel.faults import Faulty
from steelyard.scheme.model import Scheme
from steelyard.weighing.uncertainty.how_sure import how_sure
from steelyard.weighing.uncertainty.index.model import IndexModel
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh
from tests.builders import scheme

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
UNITS = [{"code": f"u{n}", "title": f"City {n}", "group": "ab"[n % 2]} for n in range(6)]
ITEMS = [
    {"code": "P", "title": "P", "weight": 2},
    {"code": "Q", "title": "Q"},
    *({"code": f"p{n}", "parent": "P", "title": f"p{n}", "weight": n + 1} for n in range(3)),
    *({"code": f"q{n}", "parent": "Q", "title": f"q{n}", "direction": "lower"} for n in range(2)),
]
LEAVES = ("p0", "p1", "p2", "q0", "q1")


def index(uncertainty, values=None, **method):
    made = scheme(
        family="index",
        units=UNITS,
        groups={"a": "A", "b": "B"},
        items=ITEMS,
        method={"normalise": {"by": "min_max", "onto": [1, 100]}} | method,
        uncertainty=uncertainty,
    )
    return weigh(made, Values.of(made, values or some_values()))


def some_values(seed=1, missing=()):
    draw = np.random.default_rng(seed)
    found = {
        unit["code"]: {leaf: str(round(draw.lognormal(), 4)) for leaf in LEAVES} for unit in UNITS
    }
    for unit, leaf in missing:
        found[unit][leaf] = None
    return found


def rows_of(model, count=12, seed=3):
    return np.random.default_rng(seed).random((count, sum(one.columns for one in model.factors)))


def totals(result):
    by_unit = {one.unit.code: one.before for one in result.standings}
    return [np.nan if by_unit[u["code"]] is None else float(by_unit[u["code"]]) for u in UNITS]


# --- one at a time, by rewriting the scheme -----------------------------------------------------------


def alone(result, model, row):
    """The totals of one replication: its weights, its methods, without the leaf it leaves out."""
    spread, items = result.scheme.uncertainty.spread, {one.code: one for one in result.scheme.items}
    columns = dict(zip((f.name for f in model.factors), starts(model), strict=True))
    if spread:
        groups = [g for g in ("P", "Q", "") if not spread.of or g in spread.of]
        varied = [c.code for g in groups for c in result.scheme.children[g]]
        for place, code in enumerate(varied):
            chance = row[columns["weights"] + place]
            factor = (
                -np.log1p(-chance)
                if spread.within is None
                else 1 + float(spread.within) * (2 * chance - 1)
            )
            given = 1 if spread.within is None else float(items[code].weight)
            items[code] = replace(items[code], weight=given * factor)
    method = result.scheme.method
    for name in ("impute", "treat", "normalise", "aggregate"):
        if name in columns:
            ways = (getattr(method, name), *getattr(result.scheme.uncertainty, name))
            method = replace(method, **{name: ways[int(row[columns[name]] * len(ways))]})
    if "leave_out" in columns:
        place = int(row[columns["leave_out"]] * (len(LEAVES) + 1))
        if place:
            # its weight is nothing, and its group is nothing if it was the last
            items[LEAVES[place - 1]] = replace(items[LEAVES[place - 1]], weight=0)
    changed = replace(result.scheme, items=tuple(items.values()), method=method)
    return totals(weigh(changed, result.values))


def starts(model):
    found, at = [], 0
    for factor in model.factors:
        found.append(at)
        at += factor.columns
    return found


METHODS = {
    "plain": {},
    "geometric": {"aggregate": {"by": "geometric"}},
    "harmonic above": {"aggregate": [{"by": "arithmetic"}, {"by": "harmonic"}]},
    "generalised": {"aggregate": {"by": "generalised", "power": "1/2"}},
    "copeland above": {"aggregate": [{"by": "arithmetic"}, {"by": "copeland"}]},
    "worst": {"aggregate": {"by": "arithmetic", "missing": "worst"}},
    "missing": {"aggregate": {"by": "arithmetic", "missing": "missing"}},
    "reweighted geometric": {"aggregate": [{"by": "geometric"}, {"by": "arithmetic"}]},
    "components": {"weigh": {"by": "pca"}, "impute": {"by": "mean"}},
}
CHOICES = {
    "weights": {"weights": {"within": "40%"}},
    "some weights": {"weights": {"within": "40%", "of": ["P", "total"]}},
    "any weights": {"weights": "any"},
    "one left out": {"leave_out": "one"},
    "methods": {
        "impute": [{"by": "mean"}, {"by": "group_median"}],
        "treat": [{"by": "winsorise", "skew": 1, "kurtosis": 1, "then": "log"}],
        "normalise": [{"by": "z_score", "onto": [100, 10]}, {"by": "rank"}],
        "aggregate": [{"by": "geometric"}, [{"by": "arithmetic"}, {"by": "geometric"}]],
    },
    "all": {
        "weights": {"within": "30%"},
        "normalise": [{"by": "rank"}],
        "aggregate": [{"by": "geometric"}],
        "leave_out": "one",
    },
}


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("missing", [(), (("u1", "p0"), ("u2", "q0"), ("u2", "q1"))])
def test_a_replication_equals_weighing_the_scheme_so_rewritten(method, choice, missing):
    if method == "components" and choice != "methods":
        return  # computed weights are spread and scaled as they are, not computed anew
    result = index(CHOICES[choice], some_values(missing=missing), **METHODS[method])
    model = IndexModel(result)
    rows = rows_of(model)
    found = model.outcomes(rows).scores
    for row, scores in zip(rows, found, strict=True):
        assert scores.tolist() == pytest.approx(alone(result, model, row), abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("method", METHODS)
def test_with_no_room_to_vary_every_replication_is_the_official_result(method):
    result = index(
        {"weights": {"within": 0}}, some_values(missing=[("u1", "p0")]), **METHODS[method]
    )
    found = IndexModel(result).outcomes(rows_of(IndexModel(result)))
    assert found.scores[5].tolist() == pytest.approx(totals(result), abs=1e-9, nan_ok=True)
    ranks = [result.standing[unit["code"]].rank for unit in UNITS]
    assert found.ranks[5].tolist() == pytest.approx(
        [float(rank or np.nan) for rank in ranks], nan_ok=True
    )


@pytest.mark.parametrize("example", ["asem", "technology_achievement"])
def test_published_indexes_collapse_on_their_ranks(example):
    made = Scheme.read(EXAMPLES / example / "scheme.toml")
    varied = scheme(uncertainty={"leave_out": []}).uncertainty
    made = replace(
        made,
        uncertainty=replace(
            varied, spread=scheme(uncertainty={"points": {"within": 0}}).uncertainty.spread
        ),
    )
    result = weigh(made, Values.read(made, EXAMPLES / example / "data"))
    for unit in how_sure(result, 1000).units:
        assert unit.rank_shares == {int(unit.rank): 1.0}
        assert (unit.ranks.low, unit.ranks.high) == (unit.rank, unit.rank)
        assert (unit.ranks.low_error, unit.ranks.high_error) == (0, 0)


@settings(max_examples=20)
@given(st.permutations(range(6)))
def test_permuting_the_units_permutes_the_outcomes(order):
    result = index(CHOICES["all"])
    turned = replace(result.scheme, units=tuple(result.scheme.units[place] for place in order))
    other = weigh(turned, result.values)
    rows = rows_of(IndexModel(result))
    one, two = IndexModel(result).outcomes(rows), IndexModel(other).outcomes(rows)
    assert two.scores == pytest.approx(one.scores[:, order], abs=1e-9)
    assert two.ranks.tolist() == one.ranks[:, order].tolist()


def test_alternatives_that_are_all_the_same_move_nothing():
    result = index({"normalise": [{"by": "min_max", "onto": [1, 100]}]})
    assert all(len(unit.rank_shares) == 1 for unit in how_sure(result, 1000).units)


def test_sampling_errors_move_what_is_sampled_and_nothing_else():
    sure = how_sure(index({"errors": [{"input": "p0", "standard_error": "0.2"}]}), 1000)
    assert any(len(unit.rank_shares) > 1 for unit in sure.units)
    still = how_sure(
        index({"errors": [{"input": "p0", "standard_error": "0"}], "weights": {"within": 0}}), 1000
    )
    assert all(len(unit.rank_shares) == 1 for unit in still.units)


def test_a_replication_with_errors_equals_weighing_the_drawn_values():
    result = index({"errors": [{"input": "p0", "standard_error": "0.2"}], "leave_out": "one"})
    model = IndexModel(result)
    rows = rows_of(model)
    drawn = model._errors[0].drawn(rows[:, 1:])
    for row, own, scores in zip(rows, drawn, model.outcomes(rows).scores, strict=True):
        values = some_values()
        for unit, value in zip(UNITS, own, strict=True):
            values[unit["code"]]["p0"] = repr(float(value))
        changed = replace(result, values=Values.of(result.scheme, values))
        assert scores.tolist() == pytest.approx(alone(changed, model, row), abs=1e-9)


@pytest.mark.parametrize(
    ("uncertainty", "says"),
    [
        ({"normalise": [{"by": "min_max", "onto": [0, 100]}], "aggregate": [{"by": "geometric"}]},
         "the geometric mean needs every score above 0"),
        ({"errors": [{"input": "gdp", "standard_error": "1"}]}, "neither an indicator nor a denominator"),
    ],
)  # fmt: skip
def test_what_cannot_be_computed_is_refused_by_name(uncertainty, says):
    made = scheme(
        family="index", units=UNITS, groups={"a": "A", "b": "B"}, items=ITEMS,
        inputs=[{"code": "gdp", "title": "GDP"}],
        method={"normalise": {"by": "min_max", "onto": [1, 100]}}, uncertainty=uncertainty,
    )  # fmt: skip
    result = weigh(made, Values.of(made, some_values()))
    with pytest.raises(Faulty, match=says):
        IndexModel(result)


def test_a_drawn_value_that_cannot_be_computed_is_said_to_be_drawn():
    result = graded(
        [], {"u0": {"p0": 3, "p1": 2}, "u1": {"p0": 2, "p1": 3}},
        {"errors": [{"input": "p0", "standard_error": "2"}]}, ("p0", "p1"), by="geometric",
    )  # fmt: skip
    with pytest.raises(Faulty) as refused:
        how_sure(result, 1000)
    said = refused.value.faults[0]
    assert said.what.en.startswith(
        "values within the sampling error of p0 cannot be computed: the geo"
    )
    assert "least" in said.mend.en


@pytest.mark.parametrize(
    ("uncertainty", "stay"), [({"leave_out": "one"}, True), ({"weights": {"within": "10%"}}, False)]
)
def test_weights_that_the_data_give_are_said_to_be_computed_once(uncertainty, stay):
    sure = how_sure(index(uncertainty, weigh={"by": "pca"}), 1000)
    assert ("weights that the data give" in sure.omits.en) == stay


# --- what carries no weight, and what is left when a leaf is gone ---------------------------------------


def plain_index(weights, uncertainty, by=None, low=(0, 20, 30, 40, 50, 60)):
    """Leaves a, b (10 to 60) and c (``low``) under two groups A and C, not normalised."""
    items = [
        {"code": code, "title": code, "weight": weights.get(code, 1)} | parent
        for code, parent in [("A", {}), ("C", {"aggregate": {"by": "arithmetic"}}), ("a", {"parent": "A"}), ("b", {"parent": "A"}),
                             ("c", {"parent": "C"}), ("d", {"parent": "A"})]
    ]  # fmt: skip
    made = scheme(
        family="index", units=UNITS, groups={"a": "A", "b": "B"}, items=items,
        method={"normalise": {"by": "none"}, "aggregate": by or {"by": "arithmetic"}},
        uncertainty=uncertainty,
    )  # fmt: skip
    values = {
        f"u{n}": {"a": 10 + 10 * n, "b": 70 - 10 * n, "c": low[n], "d": low[n]} for n in range(6)
    }
    return weigh(made, Values.of(made, values))


GEOMETRIC = {"by": "geometric"}


@pytest.mark.parametrize("by", [GEOMETRIC, {"by": "harmonic"}])
def test_a_zero_without_weight_is_in_nobodys_way(by):
    result = plain_index({"C": 0, "d": 0}, {"weights": {"within": 0}}, by)
    found = IndexModel(result).outcomes(rows_of(IndexModel(result)))
    assert found.scores[3].tolist() == pytest.approx(totals(result))


def test_any_weights_are_refused_where_a_zero_would_come_to_count():
    with pytest.raises(Faulty, match="the geometric mean needs every score above 0"):
        IndexModel(plain_index({"C": 0, "d": 0}, {"weights": "any"}, GEOMETRIC))


@pytest.mark.parametrize("power", ["200", "-200"])
def test_a_large_power_overflows_as_little_as_in_the_official_result(power):
    by = {"by": "generalised", "power": power}
    result = plain_index({}, {"weights": {"within": 0}}, by, low=(5, 20, 30, 40, 50, 60))
    found = IndexModel(result).outcomes(rows_of(IndexModel(result)))
    assert found.scores[3].tolist() == pytest.approx(totals(result))


def test_when_nothing_is_left_there_is_no_score():
    result = plain_index({"A": 0}, {"leave_out": ["c"]})
    found = IndexModel(result).outcomes(np.array([[0.2], [0.7]]))
    assert found.scores[0].tolist() == pytest.approx(totals(result))
    assert np.isnan(found.scores[1]).all()
    assert np.isnan(found.ranks[1]).all()


def test_a_group_of_which_only_weightless_leaves_are_left_is_not_there():
    by = [{"by": "harmonic"}, {"by": "arithmetic"}]
    result = plain_index({"b": 0, "d": 0}, {"leave_out": ["a"]}, by, low=(5, 6, 7, 8, 9, 10))
    found = IndexModel(result).outcomes(np.array([[0.7]]))
    assert found.scores[0].tolist() == pytest.approx([5, 6, 7, 8, 9, 10])


def test_a_group_that_is_gone_hides_no_other():
    by = [{"by": "harmonic"}, {"by": "arithmetic"}]
    kept = index({"leave_out": ["q0"]}, aggregate=by)
    items = tuple(replace(one, weight=0) if one.code == "q1" else one for one in kept.scheme.items)
    result = weigh(replace(kept.scheme, items=items), kept.values)
    found = IndexModel(result).outcomes(np.array([[0.2], [0.7]])).scores
    only_p = [float(result.composed.score("P", unit["code"])) for unit in UNITS]
    assert found[0].tolist() == pytest.approx(totals(result))
    assert found[1].tolist() == pytest.approx(only_p)


def test_order_weights_count_a_child_whose_own_weight_is_nothing():
    by = [{"by": "owa", "order_weights": [3, 2, 1]}, {"by": "arithmetic"}]
    result = plain_index({"d": 0}, {"weights": {"within": 0}}, by)
    found = IndexModel(result).outcomes(rows_of(IndexModel(result)))
    assert found.scores[3].tolist() == pytest.approx(totals(result))


def test_leaving_out_a_leaf_is_refused_where_order_weights_would_not_fit():
    by = [{"by": "owa", "order_weights": [3, 2, 1]}, {"by": "arithmetic"}]
    assert IndexModel(plain_index({}, {"leave_out": ["c"]}, by)).units
    result = plain_index({}, {"leave_out": ["a"]}, by)
    with pytest.raises(Faulty, match="order_weights must be"):
        IndexModel(result)


@pytest.mark.parametrize("by", [GEOMETRIC, {"by": "mazziotta_pareto"}])
def test_a_group_that_drawn_weights_bring_below_zero_has_no_score_above(by):
    kept = plain_index({}, {"weights": {"within": "90%", "of": ["A"]}})
    cells = {f"u{n}": {"a": -1, "b": 3, "c": 5, "d": 1 + n} for n in range(6)}
    method = replace(kept.scheme.method, aggregate=levels(by))
    items = tuple(replace(one, weight=0) if one.code == "C" else one for one in kept.scheme.items)
    made = replace(kept.scheme, method=method, items=items)
    model = IndexModel(weigh(made, Values.of(made, cells)))
    # nearly all weight on a, which is below 0
    scores = model.outcomes(np.array([[0.999, 0.0, 0.0], [0.5, 0.5, 0.5]])).scores
    assert np.isnan(scores[0, 0])
    assert scores[1, 0] == pytest.approx(1)


def levels(by):
    made = scheme(
        family="index", units=UNITS, groups={"a": "A", "b": "B"}, items=ITEMS,
        method={"normalise": {"by": "none"}, "aggregate": [{"by": "arithmetic"}, by]},
    )  # fmt: skip
    return made.method.aggregate


# --- grades ---------------------------------------------------------------------------------------------


def graded(grades, values, uncertainty, leaves=LEAVES, by="arithmetic", **more):
    made = scheme(
        family="index", units=UNITS[:2], groups={"a": "A", "b": "B"}, grades=grades,
        items=[{"code": "P", "title": "P"}, *({"code": c, "parent": "P", "title": c} for c in leaves)],
        method={"normalise": {"by": "none"}, "aggregate": {"by": by}}, uncertainty=uncertainty, **more,
    )  # fmt: skip
    return weigh(made, Values.of(made, values))


GRADES = [{"code": "good", "at_least": 60}, {"code": "bad"}]


def test_a_score_on_the_cut_off_is_not_parted_from_it_by_noise():
    leaves = [f"x{n}" for n in range(7)]
    values = {unit["code"]: dict.fromkeys(leaves, 60) for unit in UNITS[:2]}
    result = graded(GRADES, values, {"weights": {"within": "20%"}}, leaves)
    assert [one.grade for one in result.standings] == ["good", "good"]
    assert all(unit.grade_shares["good"] == 1 for unit in how_sure(result, 1000).units)


def test_a_floor_is_held_to_the_score_of_the_replication():
    grades = [
        {"code": "good", "at_least": 0, "floors": {"P": 50}},
        {"code": "bad"},
    ]
    values = {"u0": {"p0": 0, "p1": 100}, "u1": {"p0": 40, "p1": 40}}
    sure = how_sure(graded(grades, values, {"weights": {"within": "20%"}}, ("p0", "p1")), 4000)
    shares = {unit.unit: unit.grade_shares["good"] for unit in sure.units}
    assert shares == {"u0": pytest.approx(0.5, abs=0.04), "u1": 0}


def test_a_veto_sees_the_value_that_was_drawn():
    result = graded(
        GRADES, {"u0": {"p0": 70, "s": 5, "se": 1}, "u1": {"p0": 65, "s": 9, "se": 1}},
        {"errors": [{"input": "s", "standard_error": "se"}]}, ("p0",),
        inputs=[{"code": "s", "title": "S"}],
        vetoes=[{"code": "v", "title": "v", "when": "s < 5", "then": {"best_grade": "bad"}}],
    )  # fmt: skip
    shares = {unit.unit: unit.grade_shares["bad"] for unit in how_sure(result, 4000).units}
    assert shares["u0"] == pytest.approx(0.5, abs=0.04)
    assert shares["u1"] < 0.001


def test_a_drawn_denominator_moves_the_leaves_it_divides_and_no_others():
    made = scheme(
        family="index", units=UNITS, groups={"a": "A", "b": "B"},
        items=[{"code": "p0", "title": "p0", "denominator": "gdp"}, {"code": "p1", "title": "p1"}],
        inputs=[{"code": "gdp", "title": "GDP"}],
        method={"normalise": {"by": "min_max", "onto": [1, 100]}},
        uncertainty={"errors": [{"input": "gdp", "standard_error": "0.1"}]},
    )  # fmt: skip
    values = {one: {k: v for k, v in own.items() if k in ("p0", "p1")} | {"gdp": str(n + 2)}
              for n, (one, own) in enumerate(some_values().items())}  # fmt: skip
    model = IndexModel(weigh(made, Values.of(made, values)))
    rows = rows_of(model, 4)
    drawn = model._errors[0].drawn(rows)
    for own, scores in zip(drawn, model.outcomes(rows).scores, strict=True):
        changed = {
            one: v | {"gdp": repr(float(own[n]))} for n, (one, v) in enumerate(values.items())
        }
        expected = totals(weigh(made, Values.of(made, changed)))
        assert scores.tolist() == pytest.approx(expected, abs=1e-9)
