"""Which places does a sample cover, how large is each, and how well does each do?

Sizes and mixes are data of the region (``sample_mixes.toml``, ``sample_sizes.csv``). How well a
place does is drawn from the seed: the same law for every place, nothing looked up by its code.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from steelyard.kernel.bilingual import Text

if TYPE_CHECKING:
    import numpy as np

    from steelyard.records.sample.draw import Floats, Ints

SIDES = (
    "pace_of_trials", "judgments", "settlement", "nearness", "court_service",
    "case_handling", "referral", "disclosure", "files", "training", "police", "seizures",
    "meetings", "plan", "reports", "payment", "commitment", "fees",
    "contest", "indications", "pledging", "pace_of_pledges", "lending",
    "law_and_policy", "enforcement", "mechanism", "awareness", "effect",
)  # fmt: skip
"""What a place may do well or badly, each drawn for itself around the place's own level."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place that records are drawn for: of the lowest level that the sample knows."""

    code: str
    title: Text
    city: str
    group: str
    residents_10k: int


@dataclass(frozen=True)
class Region:
    """The places of a sample, in the order of their codes, and its mixes."""

    places: tuple[Place, ...]
    mixes: Mapping[str, Any]
    titles: Mapping[str, Text]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return tuple(one.code for one in self.places)

    @cached_property
    def cities(self) -> tuple[str, ...]:
        return tuple(sorted({one.city for one in self.places}))

    @cached_property
    def city_of(self) -> Ints:
        """For each place the index of its city."""
        import numpy as np

        return np.array([self.cities.index(one.city) for one in self.places], dtype=np.int64)

    @cached_property
    def residents(self) -> Floats:
        """In ten thousands."""
        import numpy as np

        return np.array([one.residents_10k for one in self.places], dtype=float)

    @cached_property
    def activity(self) -> Floats:
        """How much happens in a place: residents × the activity of its group."""
        import numpy as np

        by_group = self.mixes["places"]["activity"]
        listed = np.array([by_group[one.group] for one in self.places], dtype=float)
        return np.asarray(self.residents * listed)


@dataclass(frozen=True)
class Profile:
    """How well each place does on each side: standard scores, 0 the middle, higher is better."""

    scores: Mapping[str, Floats]

    def chance_of(self, side: str, middle: float, *, reach: float = 0.5) -> Floats:
        """A probability for each place: ``middle`` for one in the middle, moved on the logit scale.

        A negative ``reach`` is for what a good place does less often.
        """
        import numpy as np

        return np.asarray(1 / (1 + (1 - middle) / middle * np.exp(-reach * self.scores[side])))

    def pace(self, side: str, *, reach: float = 0.15) -> Floats:
        """By what to multiply the days that things take: below 1 where a place does well."""
        import numpy as np

        return np.asarray(np.exp(-reach * self.scores[side]))


def read_region(folder: Path) -> Region:
    """The places and mixes of a region's folder."""
    mixes = tomllib.loads((folder / "sample_mixes.toml").read_text(encoding="utf-8"))
    units = {row["code"]: row for row in _rows(folder / "units.csv")}
    places = tuple(
        _place(units, row["place"], int(row["residents_10k"]))
        for row in _rows(folder / "sample_sizes.csv")
    )
    titles = {code: Text(row["title_zh"], row["title_en"]) for code, row in units.items()}
    return Region(tuple(sorted(places, key=lambda one: one.code)), mixes, titles)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _place(units: Mapping[str, Mapping[str, str]], code: str, residents_10k: int) -> Place:
    row = units[code]
    city = row["parent"] if row["parent"] in units else code
    return Place(code, Text(row["title_zh"], row["title_en"]), city, row["group"], residents_10k)


def draw_profile(region: Region, chance: np.random.Generator) -> Profile:
    """A city's own level, then its sides, then its districts, each a normal draw about the last."""
    import numpy as np

    level = chance.standard_normal(len(region.cities))
    scores = {}
    for side in SIDES:
        of_city = 0.4 * level + 0.9 * chance.standard_normal(len(region.cities))
        own = 0.4 * chance.standard_normal(len(region.places))
        scores[side] = np.asarray(of_city[region.city_of] + own * _is_district(region))
    return Profile(scores)


def _is_district(region: Region) -> Floats:
    import numpy as np

    return np.array([one.code != one.city for one in region.places], dtype=float)


def whole_parts(total: int, weights: Sequence[float] | Floats) -> Ints:
    """``total`` divided in proportion to the weights: whole numbers that add up to it."""
    import numpy as np

    exact = np.asarray(weights, dtype=float) / np.sum(weights) * total
    parts = np.floor(exact).astype(np.int64)
    left = np.argsort(-(exact - parts), kind="stable")[: total - int(parts.sum())]
    parts[left] += 1
    return parts


@dataclass(frozen=True, slots=True)
class Setting:
    """What every table is drawn from: the region, its profile, and by how much it is scaled."""

    region: Region
    profile: Profile
    scale: float = 1.0

    @property
    def mixes(self) -> Mapping[str, Any]:
        return self.region.mixes

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(self.mixes["years"])

    @property
    def year_before(self) -> int:
        """Before the first: what growth is counted from, and the cases that the first year began with."""
        return self.years[0] - 1

    @property
    def last_day(self) -> int:
        """The last day that the records know of, counted from 1970-01-01."""
        return (date(self.years[-1], 12, 31) - date(1970, 1, 1)).days

    def volume(self, name: str, year: int) -> int:
        """How many rows of a kind a year has."""
        listed = self.mixes["volumes"][name]
        return max(
            round(self.scale * int(listed[str(year)] if isinstance(listed, dict) else listed)), 1
        )


def year_of(days: Ints) -> Ints:
    """The calendar year of days counted from 1970-01-01."""
    import numpy as np

    return np.asarray(days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970)
