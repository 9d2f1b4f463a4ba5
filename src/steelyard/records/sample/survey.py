"""Answers to the satisfaction survey, and the statistics that rates are computed on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from steelyard.records.sample import draw
from steelyard.records.sample.region import Setting

if TYPE_CHECKING:
    import numpy as np

    from steelyard.records.sample.draw import Column, Floats

MODES = ("phone", "web", "mail", "visit")


def draw_answers(setting: Setting, chance: np.random.Generator, year: int) -> Mapping[str, Column]:
    """Each interview answers one question of each dimension; its stratum is the respondent's group."""
    import numpy as np

    mix, region = setting.mixes["survey"], setting.region
    dimensions, means = draw.shares(mix["dimensions"])
    groups, sample_shares = draw.shares(mix["groups"])
    whose = _interviews(setting)
    group = draw.picked(chance, sample_shares, len(whose))
    mood = (
        5 * chance.standard_normal(len(whose))
        + np.array(list(mix["shift_of_group"].values()))[group]
    )
    day = draw.days_between(chance, date(year, 10, 8), date(year, 12, 20), len(whose))
    mode = draw.picked(chance, (60, 30, 5, 5), len(whose))
    weight = _weights(region.residents, mix["population_shares"], whose, group)
    interview = np.repeat(np.arange(len(whose)), len(dimensions))
    dimension = np.tile(np.arange(len(dimensions)), len(whose))
    size, place = len(interview), whose[interview]
    opinion = np.stack([setting.profile.scores[one] for one in dimensions])
    level = np.array(means)[dimension] + 2.2 * opinion[dimension, place] + mood[interview]
    score = np.clip(np.rint(level + 11 * chance.standard_normal(size)), 0, 100).astype(np.int64)
    number = draw.digits(draw.between(chance, 1, 6, size))
    stratum = draw.labels(groups, group[interview])
    return {
        "id": draw.texts(f"SAMPLE-SA{year}-", draw.digits(np.arange(1, size + 1), 6)),
        "interview": draw.texts(f"SAMPLE-SI{year}-", draw.digits(interview + 1, 5)),
        "place": draw.labels(region.codes, place),
        "respondent_group": stratum,
        "dimension": draw.labels(dimensions, dimension),
        "question": draw.texts("Q", draw.digits(dimension + 1), ".", number),
        "score": draw.exact(score * 100, 2),
        "weight": draw.exact(weight[interview], 2),
        "stratum": stratum,
        "mode": draw.labels(MODES, mode[interview]),
        "answered_on": draw.days(day[interview]),
        "respondent": draw.texts("样本受访者", draw.digits(interview + 1, 5)),
        "phone": draw.texts("000-", draw.digits(interview + 1, 5)),
    }


def _interviews(setting: Setting) -> draw.Ints:
    """The place of each interview: fewer in a district than in a city, nine at least."""
    import numpy as np

    mix, places = setting.mixes["survey"], setting.region.places
    listed = [mix["of_city" if one.code == one.city else "of_district"] for one in places]
    each = np.maximum(np.rint(setting.scale * np.array(listed)), 9).astype(np.int64)
    return np.repeat(np.arange(len(each)), each)


def _weights(
    residents: Floats, shares: Mapping[str, float], whose: draw.Ints, group: draw.Ints
) -> draw.Ints:
    """The people of a place's stratum ÷ those of it who were asked, in hundredths."""
    import numpy as np

    listed = np.array(list(shares.values()))
    asked = np.zeros((len(residents), len(listed)))
    np.add.at(asked, (whose, group), 1)
    people = residents[:, None] * 10000 * listed[None, :] / listed.sum()
    weight = np.divide(people, asked, out=np.zeros_like(people), where=asked > 0)
    return np.asarray(np.maximum(np.rint(100 * weight[whose, group]), 1), dtype=np.int64)


def draw_statistics(
    setting: Setting, chance: np.random.Generator
) -> dict[int, Mapping[str, Column]]:
    """The figures of every year: residents, product, inventions in force, those of high value."""
    import numpy as np

    mix, region = setting.mixes["statistics"], setting.region
    groups = [one.group for one in region.places]
    inventions = region.residents * np.array([mix["inventions_per_10k"][one] for one in groups])
    inventions *= np.exp(0.25 * chance.standard_normal(len(groups)))
    high_value = np.clip(0.33 + 0.05 * chance.standard_normal(len(groups)), 0.1, 0.6)
    product = region.residents * np.array([mix["product_per_10k"][one] for one in groups])
    product *= np.exp(0.15 * chance.standard_normal(len(groups)))
    grown = {year: mix["growth"] ** (year - setting.years[-1]) for year in setting.years}
    return {
        year: _statistics(
            region.codes,
            year,
            {
                "sample_residents": ("人", region.residents * 10000),
                "sample_product": ("亿元", np.rint(product * growth)),
                "sample_inventions_in_force": ("件", np.rint(inventions * growth)),
                "sample_high_value_inventions": ("件", np.rint(inventions * growth * high_value)),
            },
        )
        for year, growth in grown.items()
    }


def _statistics(
    places: tuple[str, ...], year: int, figures: Mapping[str, tuple[str, Floats]]
) -> Mapping[str, Column]:
    import numpy as np

    size = len(places) * len(figures)
    which, place = np.divmod(np.arange(size), len(places))
    values = np.concatenate([values for _, values in figures.values()])
    return {
        "place": draw.labels(places, place),
        "indicator": draw.labels(tuple(figures), which),
        "period": draw.constant(str(year), size),
        "period_kind": draw.labels(("year_end", "year"), (which == 1).astype(np.int64)),
        "as_of": draw.days(np.full(size, draw.day_number(date(year, 12, 31)))),
        "value": draw.exact(values.astype(np.int64) * 100, 2),
        "unit_of_measure": draw.labels([unit for unit, _ in figures.values()], which),
        "is_real": draw.flags(np.zeros(size, dtype=bool)),
        "source": draw.constant("样本", size),
    }
