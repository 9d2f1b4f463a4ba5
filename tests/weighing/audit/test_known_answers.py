"""Alpha, components, influence and outliers against what is printed, and against sums by hand."""

from __future__ import annotations

import csv
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

import numpy as np
import pytest

from steelyard.scheme.method import Treat
from steelyard.weighing.audit import audit
from steelyard.weighing.audit.consistency import alpha, eigenvalues
from steelyard.weighing.audit.correlations import correlation, matrix
from steelyard.weighing.audit.leaves import influences, outliers
from steelyard.weighing.index.columns import Array
from steelyard.weighing.uncertainty.findings import Audit
from tests.examples.shipped import FOLDER, rows, weighed

TAI = FOLDER / "technology_achievement"


@lru_cache
def indicators() -> tuple[tuple[str, ...], Array]:
    table = rows(TAI / "data" / "indicators.csv")
    names = tuple(name for name in table[0] if name != "unit")
    return names, np.array([[float(row[name]) for name in names] for row in table])


def handbook() -> Array:
    return matrix(list(indicators()[1].T))


@lru_cache
def audited(name: str) -> Audit:
    return audit(weighed(name))


# --- the handbook ------------------------------------------------------------------------------------


def test_correlations_are_those_of_table_6() -> None:
    names, _ = indicators()
    printed = {row["indicator"]: row for row in rows(TAI / "published" / "table6_correlations.csv")}
    off = {
        (one, other): round(float(handbook()[i, j]), 3)
        for i, one in enumerate(names)
        for j, other in enumerate(names)
        if j > i and abs(handbook()[i, j] - float(printed[one][other])) > 0.005 + 1e-9
    }
    assert off == {
        ("royalties", "telephones_log10"): 0.578,  # printed 0.56
        ("electricity_log10", "schooling"): 0.643,  # printed 0.65
        ("electricity_log10", "university"): 0.255,  # printed 0.26
    }


def test_eigenvalues_and_shares_are_those_of_table_7() -> None:
    values = eigenvalues(handbook())
    table = rows(TAI / "published" / "table7_eigenvalues.csv")
    printed = np.array([float(row["eigenvalue"]) for row in table])
    of_100 = np.array([float(row["percent_of_variance"]) for row in table])
    assert values[1:] == pytest.approx(printed[1:], abs=0.05 + 1e-9)
    assert values[0] == pytest.approx(3.354, abs=0.0005)  # printed 3.3, though 41.9% is 3.35 of 8
    assert 100 * values / 8 == pytest.approx(of_100, abs=0.12)  # the data print rounded logarithms
    assert int(np.sum(values > 1)) == 2  # the third is 0.98, printed 1.0


def test_alpha_is_that_of_table_11_with_all_and_without_each() -> None:
    names, _ = indicators()
    assert alpha(handbook()) == pytest.approx(0.70, abs=0.005)
    without = {
        name: alpha(np.delete(np.delete(handbook(), i, 0), i, 1)) for i, name in enumerate(names)
    }
    printed = {
        row["indicator"]: float(row["alpha_without"])
        for row in rows(TAI / "published" / "table11_alpha.csv")
    }
    assert without == pytest.approx(printed, abs=0.0015)


def test_the_pillars_of_the_technology_index_as_they_are_found() -> None:
    found = audited("technology_achievement")
    assert [(flag.item, flag.other, flag.kind) for flag in found.flags] == [
        ("internet", "exports", "opposed")
    ]
    assert {leaf.item: leaf.outliers for leaf in found.leaves if leaf.outliers} == {
        "patents": ("JPN", "KOR")
    }
    assert {leaf.item for leaf in found.leaves if leaf.misleads} == {"exports"}


def test_alpha_s_companions_in_table_11_agree_to_what_rounded_logarithms_move() -> None:
    names, raw = indicators()
    z = (raw - raw.mean(axis=0)) / raw.std(axis=0)
    others = {name: z.sum(axis=1) - z[:, i] for i, name in enumerate(names)}
    found = {name: correlation(z[:, i], others[name]) for i, name in enumerate(names)}
    printed = {
        row["indicator"]: float(row["correlation_with_total"])
        for row in rows(TAI / "published" / "table11_alpha.csv")
    }
    assert found == pytest.approx(printed, abs=0.006)


# --- ASEM ----------------------------------------------------------------------------------------------


def test_outliers_of_asem_are_the_points_that_were_published_as_winsorised() -> None:
    with (FOLDER / "asem" / "published" / "treatment.csv").open(encoding="utf-8") as file:
        printed = {
            row["indicator"]: int(row["low"]) + int(row["high"]) for row in csv.DictReader(file)
        }
    found = {leaf.item: len(leaf.outliers) for leaf in audited("asem").leaves}
    # Units that share a value are drawn in together, so that there may be more units than points.
    assert {code: n for code, n in found.items() if n} == {c: n for c, n in printed.items() if n}


def test_nominal_weights_of_asem_sum_to_one_and_effective_ones_too() -> None:
    leaves = audited("asem").leaves
    assert sum(leaf.nominal for leaf in leaves) == pytest.approx(1)
    assert sum(leaf.effective or 0 for leaf in leaves) == pytest.approx(1)
    (connection,) = [leaf for leaf in leaves if leaf.item == "ConSpeed"]
    assert connection.known == 43 / 51


def test_technical_barriers_pull_against_their_pillar() -> None:
    flags = audited("asem").flags
    (with_pillar,) = [f for f in flags if (f.item, f.other) == ("TBTs", "Instit")]
    assert (with_pillar.kind, round(with_pillar.correlation, 2)) == ("opposed", -0.62)


def test_correlations_within_the_groups_of_asem_are_those_that_coinr_prints() -> None:
    # The vignette "analysis" of COINr: get_corr_flags above 0.75 and below −0.5, normalised.
    printed = {
        ("CPI", "FreePress"): 0.761, ("CPI", "NGOs"): 0.768,
        ("CostImpEx", "TBTs"): -0.697, ("RTAs", "TBTs"): -0.752, ("TBTs", "TIRcon"): -0.623,
    }  # fmt: skip
    composed = weighed("asem").composed
    assert composed is not None
    normalised = composed.steps["normalised"]
    found = {
        tuple(sorted((one, other))): r
        for below in weighed("asem").scheme.children.values()
        for one, other in combinations([c.code for c in below if c.code in normalised], 2)
        if (r := correlation(normalised[one], normalised[other])) is not None
        and not -0.5 <= r <= 0.75
    }
    assert found == pytest.approx(printed, abs=0.0005 + 1e-9)


def test_components_of_the_social_pillar_are_those_that_coinr_prints() -> None:
    # The same vignette: get_PCA of the raw indicators, the 14 units that lack one left out.
    printed = [2.2042, 1.1256, 0.9788, 0.78834, 0.77153, 0.56836, 0.42463, 0.36068, 0.25760]
    composed = weighed("asem").composed
    assert composed is not None
    social = [item.code for item in weighed("asem").scheme.children["Social"]]
    raw = np.column_stack([composed.steps["raw"][code] for code in social])
    complete = raw[~np.isnan(raw).any(axis=1)]
    assert len(complete) == 37
    deviations = np.sqrt(eigenvalues(matrix(list(complete.T))))
    assert deviations == pytest.approx(printed, abs=0.00006)


# --- by hand ---------------------------------------------------------------------------------------------


def column(*values: float) -> Array:
    return np.array(values, dtype=float)


def test_a_correlation_by_hand() -> None:
    # deviations −1, 0, 1 and −1, 1, 0: 1 ÷ √(2 · 2)
    assert correlation(column(1, 2, 3), column(1, 3, 2)) == pytest.approx(0.5)


def test_units_that_lack_one_of_the_pair_are_left_out_of_the_pair() -> None:
    nan = float("nan")
    assert correlation(column(1, 2, 3, 9, nan), column(1, 3, 2, nan, 9)) == pytest.approx(0.5)
    assert correlation(column(1, 2, nan), column(1, 3, 2)) is None


@pytest.mark.parametrize(
    ("k", "r", "expected"), [(2, 0.2, 1 / 3), (4, 0.2, 0.5), (10, 0.2, 5 / 7), (10, 0.6, 0.9375)]
)
def test_alpha_grows_with_correlation_and_with_number(k: int, r: float, expected: float) -> None:
    assert alpha(np.full((k, k), r) + (1 - r) * np.eye(k)) == pytest.approx(expected)


def test_alpha_has_no_answer_of_one_child_or_of_two_that_cancel() -> None:
    assert alpha(np.eye(1)) is None
    assert alpha(np.array([[1.0, -1.0], [-1.0, 1.0]])) is None
    assert alpha(np.array([[1.0, np.nan], [np.nan, 1.0]])) is None


def test_alpha_is_cronbach_s_of_the_standardised_scores() -> None:
    scores = np.random.default_rng(4).random((30, 5)) + np.arange(30)[:, None] / 20
    z = (scores - scores.mean(axis=0)) / scores.std(axis=0, ddof=1)
    k = 5
    written_out = k / (k - 1) * (1 - z.var(axis=0, ddof=1).sum() / z.sum(axis=1).var(ddof=1))
    assert alpha(matrix(list(scores.T))) == pytest.approx(written_out)


def test_components_of_two_children_are_one_plus_and_minus_their_correlation() -> None:
    assert eigenvalues(np.array([[1.0, 0.6], [0.6, 1.0]])) == pytest.approx([1.6, 0.4])
    assert eigenvalues(np.eye(3)) == pytest.approx([1, 1, 1])


def test_components_are_the_singular_values_of_the_standardised_scores() -> None:
    scores = np.random.default_rng(5).random((40, 6))
    z = (scores - scores.mean(axis=0)) / scores.std(axis=0)
    singular = np.linalg.svd(z, compute_uv=False)
    assert eigenvalues(matrix(list(scores.T))) == pytest.approx(singular**2 / 40)


def test_influence_is_the_share_of_squared_correlations() -> None:
    assert influences({"a": 0.8, "b": -0.6, "c": None}) == {
        "a": pytest.approx(0.64), "b": pytest.approx(0.36), "c": None,
    }  # fmt: skip
    assert influences({"a": None, "b": 0.0}) == {"a": None, "b": None}


def test_the_one_far_out_is_named_and_a_lenient_scheme_names_nobody() -> None:
    values = column(1, 2, 3, 4, 5, 6, 7, 8, 9, 100)
    assert np.flatnonzero(outliers(values, Treat())).tolist() == [9]
    assert not outliers(values, Treat(skew=Fraction(50))).any()
    assert np.flatnonzero(outliers(-values, Treat())).tolist() == [9]
