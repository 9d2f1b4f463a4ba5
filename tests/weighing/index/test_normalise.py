"""Each normalisation from its definition, higher and lower, with numbers worked by hand."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from steelyard.scheme.method import ItemMethod, Normalise, NormaliseBy
from steelyard.weighing.index.columns import Array
from steelyard.weighing.index.normalise import Aims, CannotNormalise, normalised
from tests.weighing.index.builders import PLACES, column, composed, f, faults, method

VALUES = column(2, 4, 4, 10)
UNIT = (f(0), f(1))
POSTS, TARGET = (0.0, 8.0), 8.0
AIMS = Aims("higher", POSTS, TARGET, PLACES)
LOW_AIMS = Aims("lower", POSTS, 1.0, PLACES)
BANDS = ((f("0.5"), f(0)), (f("0.9"), f(50)), (f(1), f(100)))


def by(name: NormaliseBy, **more: object) -> Normalise:
    return Normalise(name, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("how", "higher", "lower"),
    [
        (by("none"), [2, 4, 4, 10], [-2, -4, -4, -10]),
        (by("min_max"), [0, 25, 25, 100], [100, 75, 75, 0]),
        (by("min_max", onto=(f(1), f(100))), [1, 25.75, 25.75, 100], [100, 75.25, 75.25, 1]),
        (by("rank"), [1, 2, 2, 4], [4, 2, 2, 1]),
        (by("percentile_rank"), [0, 100 / 3, 100 / 3, 100], [100, 100 / 3, 100 / 3, 0]),
        (by("percentile_rank", per="units"), [25, 50, 50, 100], [100, 50, 50, 25]),
        (by("borda"), [0, 1.5, 1.5, 3], [3, 1.5, 1.5, 0]),
        (by("goalposts"), [25, 50, 50, 100], [75, 50, 50, 0]),
        (by("goalposts", trim=False), [25, 50, 50, 125], [75, 50, 50, -25]),
        (by("distance_to_target"), [0, 1 / 3, 1 / 3, 1], [8 / 9, 6 / 9, 6 / 9, 0]),
        (by("distance_to_target", trim=False), [0, 1 / 3, 1 / 3, 4 / 3], [8 / 9, 6 / 9, 6 / 9, 0]),
        (by("distance_to_target", as_="ratio"), [0.25, 0.5, 0.5, 1], [0.5, 0.25, 0.25, 0.1]),
        (by("distance_to_maximum"), [0, 0.25, 0.25, 1], [1, 0.75, 0.75, 0]),
        (by("distance_to_maximum", as_="difference"), [-0.8, -0.6, -0.6, 0], [0, -1, -1, -4]),
        (by("distance_to_reference", reference="mean", as_="ratio"),
         [0.4, 0.8, 0.8, 2], [2.5, 1.25, 1.25, 0.5]),
        (by("distance_to_reference", reference="worst", as_="ratio"),
         [1, 2, 2, 5], [5, 2.5, 2.5, 1]),
        (by("distance_to_reference", reference="Shaoguan", as_="difference"),
         [-0.5, 0, 0, 1.5], [0.5, 0, 0, -1.5]),
        (by("fraction_of_maximum"), [0.2, 0.4, 0.4, 1], [1, 0.5, 0.5, 0.2]),
        (by("above_or_below_mean"), [-1, 0, 0, 1], [1, 0, 0, -1]),
        (by("above_or_below_mean", margin=f("0.1")), [-1, -1, -1, 1], [1, 1, 1, -1]),
        (by("categorical", bands=BANDS), [0, 0, 0, 100], [100, 0, 0, 0]),
    ],
)  # fmt: skip
def test_scale(how: Normalise, higher: list[float], lower: list[float]) -> None:
    assert normalised(VALUES, how, AIMS).tolist() == pytest.approx(higher)
    assert normalised(VALUES, how, LOW_AIMS).tolist() == pytest.approx(lower)


def test_z_scores_have_the_mean_and_the_standard_deviation_asked_for() -> None:
    sample = normalised(VALUES, by("z_score"), AIMS)
    assert sample.tolist() == pytest.approx([-3 / 12**0.5, -1 / 12**0.5, -1 / 12**0.5, 5 / 12**0.5])
    mazziotta = normalised(VALUES, by("z_score", onto=(f(100), f(10)), per="units"), AIMS)
    assert (mazziotta.mean(), mazziotta.std()) == pytest.approx((100, 10))
    assert normalised(VALUES, by("z_score"), LOW_AIMS) == pytest.approx(-sample)


ALL = [
    by(name, bands=BANDS, reference="best", as_="ratio" if "reference" in name else "scaled")
    for name in get_args(NormaliseBy)
]


@pytest.mark.parametrize("how", ALL, ids=lambda how: how.by)
def test_what_is_missing_stays_missing_and_counts_for_nothing(how: Normalise) -> None:
    with_a_gap = normalised(column(2, None, 4, 4, 10), how, AIMS)
    assert np.isnan(with_a_gap[1])
    assert np.delete(with_a_gap, 1) == pytest.approx(normalised(VALUES, how, AIMS))


@pytest.mark.parametrize("how", ALL, ids=lambda how: how.by)
def test_an_indicator_of_which_nothing_is_known_stays_so(how: Normalise) -> None:
    assert np.isnan(normalised(column(None, None), how, AIMS)).all()


def constant_but_for_noise() -> Array:
    return column(0.3, 0.1 + 0.2, 0.3)


@pytest.mark.parametrize("name", ["min_max", "z_score", "distance_to_maximum"])
@pytest.mark.parametrize("values", [column(5, 5, 5), constant_but_for_noise(), column(0, 0, 0)])
def test_a_constant_has_no_scale(name: NormaliseBy, values: Array) -> None:
    with pytest.raises(CannotNormalise):
        normalised(values, by(name), AIMS)


@pytest.mark.parametrize("name", ["rank", "borda", "percentile_rank"])
def test_values_that_differ_by_the_noise_of_floats_rank_equal(name: NormaliseBy) -> None:
    found = normalised(column(0.3, 0.1 + 0.2, 0.2), by(name), AIMS)
    assert found[0] == found[1] > found[2]


@pytest.mark.parametrize(
    ("how", "values", "aims"),
    [
        (by("goalposts"), VALUES, Aims()),
        (by("distance_to_target"), VALUES, Aims()),
        (by("distance_to_target"), VALUES, Aims(target=1.0)),  # the worst is beyond the target
        (by("distance_to_target", as_="difference"), VALUES, Aims(target=0.0)),
        (by("distance_to_reference", reference="Atlantis"), VALUES, AIMS),
        (by("distance_to_reference", reference="Zhuhai"), column(1, 2, None), AIMS),
        (by("fraction_of_maximum"), column(-2, -1), AIMS),
        (by("fraction_of_maximum"), column(0, 1), LOW_AIMS),
        (by("percentile_rank"), column(1), AIMS),
        (by("categorical"), VALUES, AIMS),
    ],
)
def test_what_has_no_answer_is_refused_in_both_languages(
    how: Normalise, values: Array, aims: Aims
) -> None:
    with pytest.raises(CannotNormalise) as caught:
        normalised(values, how, aims)
    assert all(
        (text.zh and text.en and text.zh != text.en)
        for text in (caught.value.why, caught.value.mend)
    )


def test_a_refusal_names_the_indicator_the_method_and_what_to_do() -> None:
    (fault,) = faults({"a": [5, 5], "b": [1, 2]})
    assert fault.say("en") == (
        "items.a: a cannot be normalised by min–max: all its values are equal; "
        "choose another method, or leave the indicator out [cannot-normalise]"
    )
    assert fault.say("zh") == (
        "items.a：“a”不能按极差标准化：各单位数值都相同；请换一种方法，或去掉这项指标 [cannot-normalise]"
    )


@pytest.mark.parametrize(
    ("asked", "item", "code"),
    [
        (by("min_max", onto=(f(100), f(0))), ItemMethod(), "scale-not-rising"),
        (by("z_score", onto=(f(100), f(-10))), ItemMethod(), "scale-not-rising"),
        (by("categorical", bands=((f(1), f(5)), (f("0.5"), f(9)))), ItemMethod(), "scale-not-rising"),
        (by("goalposts"), ItemMethod(goalposts=(f(9), f(1))), "goalposts-not-rising"),
        (by("min_max", onto=(f(0), f(10) ** 400)), ItemMethod(), "too-large"),
    ],
)  # fmt: skip
def test_a_scale_that_does_not_run_upwards_is_refused(
    asked: Normalise, item: ItemMethod, code: str
) -> None:
    found = faults({"a": [1, 2]}, items={"a": item}, method=method(normalise=asked))
    assert [fault.code for fault in found] == [code]


def test_goalposts_that_are_not_used_are_told() -> None:
    result = composed({"a": [1, 2]}, items={"a": ItemMethod(goalposts=(f(0), f(5)), target=f(3))})
    assert [note.en for note in result.notes] == [
        "a: its goalposts are not used; it is normalised by min–max",
        "a: its target is not used; it is normalised by min–max",
    ]


def test_one_indicator_may_be_normalised_otherwise() -> None:
    result = composed(
        {"a": [1, 2, 4], "b": [1, 2, 4]}, items={"b": ItemMethod(normalise=by("rank"))}
    )
    assert result.scores["b"].tolist() == [1, 2, 3]
    assert result.scores["a"].tolist() == pytest.approx([0, 100 / 3, 100])
