"""Geographical indications of the sample, who uses them, and pledges with their draw-downs.

The real indications of the region are another delivery; nothing here is about them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from steelyard.records.sample import draw
from steelyard.records.sample.region import Setting

if TYPE_CHECKING:
    import numpy as np

    from steelyard.records.sample.draw import Column, Flags, Ints

RIGHTS = ("patent", "trademark", "geographical_indication", "copyright")
REGIMES = ("product", "certification_mark", "collective_mark", "agricultural")


@dataclass(frozen=True)
class Indications:
    columns: Mapping[str, Column]
    place: Ints


def draw_indications(setting: Setting, chance: np.random.Generator, year: int) -> Indications:
    """A few for every place, large or small: nature gives them, not size."""
    import numpy as np

    low, high = setting.mixes["pledges"]["indications"]
    each = draw.between(chance, low, high, len(setting.region.places))
    place = np.repeat(np.arange(len(each)), each)
    size, number = len(place), draw.serial_within(place)
    codes = draw.labels(setting.region.codes, place)
    mark = "" if year == setting.years[-1] else f"{year}-"
    columns = {
        "id": draw.texts(f"SAMPLE-GI-{mark}", codes, "-", draw.digits(number)),
        "title": draw.texts(f"样本地理标志{mark}", codes, "-", draw.digits(number)),
        "regime": draw.labels(REGIMES, draw.picked(chance, (4, 3, 1, 2), size)),
        "place": codes,
        "recognised_on": draw.days(draw.days_of(chance, year, size)),
        "owner": draw.texts("样本协会", codes),
        "state": draw.labels(("valid", "abnormal"), draw.picked(chance, (97, 3), size)),
        "output_value_cny": draw.money(draw.sums(chance, 80_000_000, 1.0, size, to=10000)),
        "source": draw.constant("样本", size),
    }
    return Indications(columns, place)


def draw_users(
    setting: Setting, chance: np.random.Generator, indications: Indications, year: int
) -> Mapping[str, Column]:
    """Who may use each; in an earlier year for a year, so that the next counts its own users alone."""
    import numpy as np

    mean = 14 * np.exp(0.3 * setting.profile.scores["indications"][indications.place])
    of = np.repeat(np.arange(len(mean)), 1 + chance.poisson(mean))
    size = len(of)
    kind = draw.picked(chance, (5, 3, 2), size)
    authorised = draw.days_of(chance, year, size)
    is_over = np.full(size, year < setting.years[-1])
    ended = np.minimum(authorised + 366, draw.day_number(date(year + 1, 12, 31)))
    return {
        "id": draw.texts(f"SAMPLE-GU{year}-", draw.digits(np.arange(1, size + 1), 5)),
        "geographical_indication": indications.columns["id"].take(of),
        "kind": draw.labels(("firm", "cooperative", "household"), kind),
        "place": indications.columns["place"].take(of),
        "authorised_on": draw.days(authorised),
        "ended_on": draw.days(ended, is_over),
        "has_annual_report": draw.flags(draw.happens(chance, 0.9, size)),
        "user_name": draw.named(chance, "样本用户", size),
        "contact_phone": draw.named(chance, "000-", size),
    }


@dataclass(frozen=True)
class Pledges:
    columns: Mapping[str, Column]
    place: Ints
    line: Ints
    registered: Ints
    is_registered: Flags


def draw_pledges(
    setting: Setting, chance: np.random.Generator, indications: Indications, year: int
) -> Pledges:
    """Pledges applied for in a year, registered before its end or refused."""
    import numpy as np

    mix, profile = setting.mixes["pledges"], setting.profile
    size = setting.volume("pledges", year)
    weight = setting.region.activity * np.exp(0.35 * profile.scores["pledging"])
    place = draw.picked(chance, weight, size)
    right = draw.picked(chance, [mix["rights"][one] for one in RIGHTS], size)
    of = _indication_of(chance, indications, place, right == 2)
    last = draw.day_number(date(year, 12, 31))
    applied = np.minimum(draw.days_of(chance, year, size), draw.day_number(date(year, 12, 10)))
    took = draw.lengths(chance, 4 * profile.pace("pace_of_pledges", reach=0.3)[place], 0.4, size)
    registered = np.minimum(applied + took, last)
    is_registered = draw.happens(chance, 0.97, size)
    line = draw.sums(chance, np.where(right == 2, 20e6, 4e6), 0.9, size, to=10000)
    columns = {
        "id": draw.texts(f"SAMPLE-PL{year}-", draw.digits(np.arange(1, size + 1), 5)),
        "pledged_right": draw.labels(RIGHTS, right),
        "model": draw.labels(
            ("single", "owner_to_users", "batch_line"),
            np.where(right == 2, draw.between(chance, 1, 2, size), 0),
        ),
        "geographical_indication": draw.taken(indications.columns["id"], of),
        "place": draw.labels(setting.region.codes, place),
        "applied_on": draw.days(applied),
        "registered_on": draw.days(registered, is_registered),
        "state": draw.labels(("refused", "registered"), is_registered.astype(np.int64)),
        "line_cny": draw.money(line),
        "valuation_cny": draw.money(line * 2),
        "rights_pledged": draw.whole(draw.between(chance, 1, 12, size)),
        "is_risk_shared": draw.flags(draw.happens(chance, 0.4, size)),
        "bank": draw.texts("样本银行", draw.digits(draw.between(chance, 1, 30, size), 2)),
        "pledgor": draw.named(chance, "样本出质人", size),
    }
    return Pledges(columns, place, line, registered, is_registered)


def _indication_of(
    chance: np.random.Generator, indications: Indications, place: Ints, is_one: Flags
) -> Ints:
    """An indication of the pledge's place, drawn evenly; -1 for other rights."""
    import numpy as np

    count = np.bincount(indications.place)
    first = np.r_[0, np.cumsum(count)[:-1]]
    drawn = first[place] + np.floor(chance.random(len(place)) * count[place]).astype(np.int64)
    return np.where(is_one, drawn, -1)


def draw_draw_downs(
    setting: Setting, chance: np.random.Generator, pledges: Pledges, year: int
) -> Mapping[str, Column]:
    """One to three loans under a registered pledge, together never above its line."""
    import numpy as np

    last = draw.day_number(date(year, 12, 31))
    at = np.flatnonzero(pledges.is_registered)
    share = np.clip(
        0.62
        + 0.1 * setting.profile.scores["lending"][pledges.place[at]]
        + 0.2 * chance.standard_normal(len(at)),
        0,
        1,
    )
    times = draw.between(chance, 1, 3, len(at))
    of = np.repeat(np.arange(len(at)), times)
    amount = (pledges.line[at] * share / times).astype(np.int64)[of] // 1_000_000 * 1_000_000
    of, amount = of[amount > 0], amount[amount > 0]
    size, pledge = len(of), at[of]
    drawn = draw.between(chance, pledges.registered[pledge], last, size)
    return {
        "id": draw.texts(f"SAMPLE-DD{year}-", draw.digits(np.arange(1, size + 1), 5)),
        "pledge": pledges.columns["id"].take(pledge),
        "borrower_kind": draw.labels(
            ("firm", "cooperative", "household"), draw.picked(chance, (8, 1, 1), size)
        ),
        "place": pledges.columns["place"].take(pledge),
        "drawn_on": draw.days(drawn),
        "due_on": draw.days(drawn + 365),
        "amount_cny": draw.money(amount),
        "interest_rate": draw.exact(draw.between(chance, 385, 560, size), 2),
        "borrower": draw.named(chance, "样本借款人", size),
    }
