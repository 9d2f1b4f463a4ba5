"""What cities report of themselves, a few figures of it wrong, and how the differences were settled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from steelyard.records.sample import draw
from steelyard.records.sample.region import Setting

if TYPE_CHECKING:
    import numpy as np

    from steelyard.records.sample.draw import Column, Ints

REASONS = ("以供数单位记录为准（样本）", "自报数有佐证材料，予以采用（样本）")


def counted_by_city(setting: Setting, place: Ints) -> Ints:
    """How many rows each city has, given the place of every row."""
    import numpy as np

    return np.bincount(setting.region.city_of[place], minlength=len(setting.region.cities))


def draw_claims(
    setting: Setting, chance: np.random.Generator, supplied: Mapping[str, Ints], year: int
) -> tuple[Mapping[str, Column], Mapping[str, Column]]:
    """Self-reported figures of every city, and settlements of most that differ.

    ``supplied`` holds for each indicator the figure of every city, in the order of the cities.
    """
    import numpy as np

    mix, cities = setting.mixes["claims"], setting.region.cities
    names = tuple(supplied)
    true = np.concatenate([supplied[name] for name in names])
    which, city = np.divmod(np.arange(len(true)), len(cities))
    is_off = draw.happens(chance, mix["off"], len(true))
    excess = np.maximum(np.rint(true * (0.06 + 0.2 * chance.random(len(true)))), 1).astype(np.int64)
    reported = true + np.where(is_off, excess, 0)
    told = np.full(len(true), draw.day_number(date(year + 1, 1, 5)))
    claims = {
        **_keys(cities, names, city, which, year),
        "value": draw.exact(reported * 100, 2),
        "unit_of_measure": draw.constant("件", len(true)),
        "reported_on": draw.days(told),
        "reported_by": draw.texts("样本填报人", draw.digits(city + 1, 2)),
    }
    at = np.flatnonzero(is_off & draw.happens(chance, mix["settled"], len(true)))
    accepts_own = draw.happens(chance, mix["own_accepted"], len(at)).astype(np.int64)
    settlements = {
        **_keys(cities, names, city[at], which[at], year),
        "accepted": draw.labels(("supplied", "self_reported"), accepts_own),
        "reason": draw.labels(REASONS, accepts_own),
        "settled_on": draw.days(told[at] + 3),
        "settled_by": draw.constant("样本核查人", len(at)),
    }
    return claims, settlements


def _keys(
    cities: tuple[str, ...], names: tuple[str, ...], city: Ints, which: Ints, year: int
) -> dict[str, Column]:
    return {
        "place": draw.labels(cities, city),
        "indicator": draw.labels(names, which),
        "period": draw.constant(str(year), len(city)),
    }
