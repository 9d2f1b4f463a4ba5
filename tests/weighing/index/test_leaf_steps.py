"""Screen, denominate, transform, impute: each from its definition, with numbers worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from steelyard.scheme.method import (
    FAVOURS,
    Impute,
    ImputeBy,
    ItemMethod,
    MissingBy,
    Normalise,
    Screen,
)
from steelyard.weighing.index.impute import imputed
from steelyard.weighing.index.screen import availability, screened
from tests.weighing.index.builders import column, composed, f, faults, method, said

AS_IT_IS = Normalise("none")


# --- screen --------------------------------------------------------------------------------------


def test_a_unit_with_exactly_the_asked_share_is_kept() -> None:
    columns = {"a": column(1, None, 1), "b": column(1, 1, None), "c": column(1, 1, None)}
    kept, dropped, enough = screened(columns, Screen(units_at_least=f("2/3")))
    assert (kept, dropped, enough.tolist()) == (("a", "b", "c"), (), [True, True, False])


def test_indicators_go_first_so_that_no_unit_is_dropped_for_one_that_does_not_count() -> None:
    columns = {"a": column(1, 2, 3), "hardly_known": column(1, None, None)}
    asked = Screen(units_at_least=f(1), indicators_at_least=f("1/2"))
    kept, dropped, enough = screened(columns, asked)
    assert (kept, dropped, enough.all()) == (("a",), ("hardly_known",), True)


def test_without_indicators_nothing_is_available() -> None:
    assert availability({}, 2).tolist() == [0, 0]


def test_result_says_who_was_screened_out_and_why() -> None:
    asked = method(screen=Screen(f("0.65")), normalise=AS_IT_IS)
    result = composed({"a": [1, 2, None], "b": [1, 2, 3]}, method=asked)
    assert (result.kept.tolist(), result.total("Zhuhai")) == ([True, True, False], None)
    assert result.notes[0].en == "Zhuhai is not ranked: 50.0% of its indicators are known"
    assert result.notes[0].zh == "珠海只有50.0%的指标有数据，不排名"


def test_a_unit_screened_out_moves_no_mean_and_no_scale() -> None:
    """Foshan's extreme value would stretch the scale and draw the mean that fills Zhuhai's gap."""
    asked = method(screen=Screen(f("1/2")), impute=Impute("mean"))
    columns = {"a": [0, 10, None, 1000], "b": [1, 2, 3, None], "c": [1, 2, 3, None]}
    result = composed(columns, method=asked)
    assert result.steps["imputed"]["a"][:3].tolist() == [0, 10, 5]
    assert result.steps["normalised"]["a"][:3].tolist() == [0, 100, 50]
    assert np.isnan(result.steps["imputed"]["a"][3])
    assert result.steps["raw"]["a"][3] == 1000


def test_screening_everything_out_is_refused() -> None:
    asked = method(screen=Screen(units_at_least=f(1)))
    (fault,) = faults({"a": [1, None], "b": [None, 1]}, method=asked)
    assert (fault.code, fault.where.key) == ("nothing-left", "method.screen")


# --- denominate ------------------------------------------------------------------------------------


def test_per_10_000_inhabitants() -> None:
    result = composed(
        {"patents": [30, 8, 5]},
        items={"patents": ItemMethod(denominator="people", per=f(10000))},
        denominators={"people": [60000, 4000, None]},
        method=method(normalise=AS_IT_IS),
    )
    assert result.steps["denominated"]["patents"][:2].tolist() == [5, 20]
    assert np.isnan(result.steps["denominated"]["patents"][2])


def test_a_denominator_of_zero_is_refused_with_every_unit() -> None:
    (fault,) = faults(
        {"patents": [30, 8, None]},
        items={"patents": ItemMethod(denominator="people")},
        denominators={"people": [0, 0, 0]},
    )
    assert fault.code == "zero-denominator"
    assert fault.what.en == "patents is divided by people, which is 0 for Jiangmen, Shaoguan"
    assert fault.what.zh == "“patents”的分母people为0：江门、韶关"


# --- transform -------------------------------------------------------------------------------------


def test_transformation_comes_before_the_mean_that_fills_a_gap() -> None:
    result = composed(
        {"income": [100, 10000, None]},
        items={"income": ItemMethod(transform="log10")},
        method=method(impute=Impute("mean"), normalise=AS_IT_IS),
    )
    assert result.steps["imputed"]["income"].tolist() == [2, 4, 3]


def test_a_logarithm_of_zero_is_refused() -> None:
    (fault,) = faults({"a": [0, 1]}, items={"a": ItemMethod(transform="ln")})
    assert fault.what.en == "the ln of a needs values above 0, unlike that of Jiangmen"


def test_a_root_of_zero_is_not_refused() -> None:
    found = composed({"a": [0, 4]}, items={"a": ItemMethod(transform="sqrt")})
    assert found.steps["transformed"]["a"].tolist() == [0, 2]


def test_goalposts_are_written_as_before_the_transformation() -> None:
    income = ItemMethod(transform="ln", goalposts=(f(100), f(75000)))
    result = composed(
        {"income": [100, 75000, 2738.6127875258306, 90000]},  # the third is √(100 × 75000)
        items={"income": income},
        method=method(normalise=Normalise("goalposts", onto=(f(0), f(1)))),
    )
    assert result.scores["income"].tolist() == pytest.approx([0, 1, 0.5, 1])


def test_a_goalpost_without_a_logarithm_is_refused() -> None:
    income = ItemMethod(transform="ln", goalposts=(f(0), f(75000)))
    (fault,) = faults({"income": [1, 2]}, items={"income": income})
    assert (fault.code, fault.where.key) == ("outside-domain", "items.income.goalposts")


# --- impute ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "filled"),
    [("mean", 4.0), ("median", 3.0), ("group_mean", 2.0), ("group_median", 2.0), ("previous", 7.0)],
)
def test_a_gap_is_filled_by_the_policy_and_by_no_other(by: ImputeBy, filled: float) -> None:
    values = column(1, 3, None, 8)
    found = imputed(
        values, by, groups=["delta", "delta", "delta", "north"], previous=column(7, 7, 7, 7)
    )
    assert found.tolist() == [1, 3, filled, 8]


def test_a_group_of_which_nothing_is_known_cannot_fill_itself() -> None:
    found = imputed(column(1, None), "group_mean", groups=["delta", "north"])
    assert np.isnan(found[1])


def test_no_policy_leaves_the_gap() -> None:
    assert np.isnan(imputed(column(1, None), "none")[1])


def test_the_value_of_the_period_before_is_denominated_and_transformed_alike() -> None:
    result = composed(
        {"patents": [1000, None]},
        items={"patents": ItemMethod(denominator="people", transform="log10")},
        denominators={"people": [10, 10]},
        previous={"patents": [1, 400], "people": [1, 4]},
        method=method(impute=Impute("previous"), normalise=AS_IT_IS),
    )
    assert result.steps["imputed"]["patents"].tolist() == [2, 2]


def test_filling_from_the_period_before_needs_its_denominator() -> None:
    (fault,) = faults(
        {"patents": [1000, None]},
        items={"patents": ItemMethod(denominator="people")},
        denominators={"people": [10, 10]},
        previous={"patents": [1, 400]},
        method=method(impute=Impute("previous"), normalise=AS_IT_IS),
    )
    assert fault.code == "no-previous-denominator"


@pytest.mark.parametrize(
    ("impute", "code"),
    [(Impute("previous"), "no-previous-period"), (Impute("group_mean"), "no-group")],
)
def test_a_policy_without_what_it_needs_is_refused(impute: Impute, code: str) -> None:
    found = faults({"a": [1, None]}, method=method(impute=impute), groups={"": ["delta", ""]})
    assert [fault.code for fault in found] == [code]


def test_result_names_the_filled_cells_the_policy_and_whom_it_favours() -> None:
    asked = method(impute=Impute("median"), normalise=AS_IT_IS)
    result = composed({"a": [1, 2, None], "b": [1, 2, 3]}, method=asked)
    assert result.imputed["a"].tolist() == [False, False, True]
    assert not result.imputed["b"].any()
    assert [note.en for note in result.notes] == [
        "a: 1 missing filled with the median of all: Zhuhai",
        FAVOURS["median"].en,
    ]
    assert result.document()["imputed"] == {"a": ["Zhuhai"]}


def test_an_indicator_may_have_its_own_policy() -> None:
    own = ItemMethod(impute=Impute("median"))
    asked = method(impute=Impute("mean"), normalise=AS_IT_IS)
    result = composed({"a": [0, 1, 8, None], "b": [0, 1, 8, None]}, items={"b": own}, method=asked)
    assert [result.steps["imputed"][code][3] for code in "ab"] == [3, 1]


def test_every_policy_says_in_both_languages_whom_it_favours() -> None:
    for policy in (*ImputeBy.__args__, *MissingBy.__args__):  # type: ignore[attr-defined]
        assert FAVOURS[policy].zh
        assert FAVOURS[policy].en


# --- what is too large or strange ------------------------------------------------------------------


def test_a_value_that_would_overflow_is_refused() -> None:
    (fault,) = faults({"a": [1e300, 1, 2]})
    assert said([fault]) == ["a has a value too large to compute with: Jiangmen"]


def test_faults_of_several_indicators_are_told_at_once() -> None:
    found = faults(
        {"a": [0, 1], "b": [1, 1], "c": [5, 6]},
        items={"a": ItemMethod(transform="ln"), "c": ItemMethod(denominator="people")},
        denominators={"people": [0, 1]},
    )
    assert {fault.where.key: fault.code for fault in found} == {
        "items.a": "outside-domain",
        "items.b": "cannot-normalise",
        "items.c": "zero-denominator",
    }
