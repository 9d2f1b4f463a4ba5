"""Support rules, what was awarded under them, and what was paid.

Kinds and the division of the cost between city and district are those of the mixes, which name
their source; amounts, dates and recipients are a sample.
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


@dataclass(frozen=True)
class Awards:
    columns: Mapping[str, Column]
    place: Ints
    amount: Ints
    approved: Ints
    is_approved: Flags


def draw_rules(setting: Setting, year: int) -> Mapping[str, Column]:
    """A rule of each kind for each city."""
    import numpy as np

    kinds, titles = (
        tuple(setting.mixes["funds"]["kinds"]),
        tuple(setting.mixes["funds"]["kinds"].values()),
    )
    cities = setting.region.cities
    city, kind = np.divmod(np.arange(len(cities) * len(kinds)), len(kinds))
    size = len(city)
    return {
        "id": draw.texts(
            f"SAMPLE-FR{year}-", draw.labels(cities, city), "-", draw.digits(kind + 1)
        ),
        "title": draw.texts("样本：", draw.labels(titles, kind)),
        "kind": draw.labels(_support(kinds), kind),
        "place": draw.labels(cities, city),
        "in_force_from": draw.days(np.full(size, draw.day_number(date(year, 1, 1)))),
        "cost_share": draw.exact(np.full(size, 5000), 2, kind < len(_OF_FEES)),
    }


_OF_FEES = ("invention_grant_unit", "invention_grant_individual")
"""The kinds that are bound to half of the official fees come first in the mixes."""


def _support(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The code of the list: two kinds differ only in who applies, two in the step abroad."""
    codes = {
        "invention_grant_unit": "invention_grant",
        "invention_grant_individual": "invention_grant",
        "pct_application": "foreign_grant",
        "pct_national_phase": "foreign_grant",
    }
    return tuple(codes.get(one, one) for one in kinds)


def draw_awards(
    setting: Setting, chance: np.random.Generator, rules: Mapping[str, Column], year: int
) -> Awards:
    """Projects applied for in a year, each under a rule of its city."""
    import numpy as np

    mix, region, profile = setting.mixes["funds"], setting.region, setting.profile
    size = setting.volume("fund_awards", year)
    place = draw.picked(chance, region.activity, size)
    kind = draw.picked(chance, mix["kind_weights"], size)
    applied = draw.days_between(chance, date(year, 1, 4), date(year, 9, 30), size)
    publicised = draw.weekdays_later(chance, applied, 10, 40)
    approved = draw.weekdays_later(chance, publicised, 7, 25)
    is_approved = draw.happens(chance, mix["approved"], size)
    is_of_fees = kind < len(_OF_FEES)
    fees, amount = _amounts(setting, chance, place, is_of_fees)
    recipient = np.where(kind == 1, 2, draw.picked(chance, (9, 1), size))
    commits = profile.chance_of("commitment", mix["committed"], reach=0.7)[place]
    rule = region.city_of[place] * len(mix["kinds"]) + kind
    columns = {
        "id": draw.texts(f"SAMPLE-FA{year}-", draw.digits(np.arange(1, size + 1), 5)),
        "rule": rules["id"].take(rule),
        "recipient_kind": draw.labels(("firm", "institution", "individual"), recipient),
        "place": draw.labels(region.codes, place),
        "applied_on": draw.days(applied),
        "publicised_on": draw.days(publicised, is_approved),
        "approved_on": draw.days(approved, is_approved),
        "state": draw.labels(("rejected", "approved"), is_approved.astype(np.int64)),
        "amount_cny": draw.money(amount, is_approved),
        "official_fees_cny": draw.money(fees, is_of_fees),
        "has_commitment": draw.flags(draw.happens(chance, commits, size)),
        "recipient": draw.named(chance, "样本对象", size),
        "id_number": draw.named(chance, "SAMPLE-ID-", size),
    }
    return Awards(columns, place, amount, approved, is_approved)


def _amounts(
    setting: Setting, chance: np.random.Generator, place: Ints, is_of_fees: Flags
) -> tuple[Ints, Ints]:
    """Official fees and what is awarded, in fen; a few awards pass half of the fees."""
    import numpy as np

    size = len(place)
    keeps = setting.profile.chance_of("fees", setting.mixes["funds"]["within_half"], reach=0.7)
    is_within = draw.happens(chance, keeps[place], size)
    within, beyond = draw.between(chance, 30, 50, size), draw.between(chance, 51, 70, size)
    fees = draw.sums(chance, 6000, 0.3, size)
    of_fees = fees * np.where(is_within, within, beyond) // 10000 * 100
    return fees, np.where(is_of_fees, of_fees, draw.sums(chance, 20000, 0.7, size, to=1000))


def draw_payments(
    setting: Setting, chance: np.random.Generator, awards: Awards, year: int
) -> Mapping[str, Column]:
    """What was paid by the end of the year: a district's award by the city and by the district."""
    import numpy as np

    profile, last = setting.profile, draw.day_number(date(year, 12, 31))
    at = np.flatnonzero(awards.is_approved)
    paid = draw.weekday(
        awards.approved[at]
        + 2
        + draw.lengths(
            chance, 22 * profile.pace("payment", reach=0.3)[awards.place[at]], 0.5, len(at)
        )
    )
    is_paid = (paid <= last) & draw.happens(
        chance, profile.chance_of("payment", 0.96)[awards.place[at]], len(at)
    )
    at, paid = at[is_paid], paid[is_paid]
    share = _city_share(setting)[awards.place[at]]
    by_city = awards.amount[at] * share // 10000 * 100
    by_district = awards.amount[at] - by_city
    award, day = np.tile(at, 2), np.tile(paid, 2)
    amount, payer = np.concatenate([by_city, by_district]), np.repeat([0, 1], len(at))
    kept = np.flatnonzero(amount > 0)
    size = len(kept)
    return {
        "id": draw.texts(f"SAMPLE-FP{year}-", draw.digits(np.arange(1, size + 1), 5)),
        "award": awards.columns["id"].take(award[kept]),
        "place": awards.columns["place"].take(award[kept]),
        "paid_on": draw.days(day[kept]),
        "payer": draw.labels(("city", "district"), payer[kept]),
        "amount_cny": draw.money(amount[kept]),
        "is_recovery": draw.flags(np.zeros(size, dtype=bool)),
        "account_holder": awards.columns["recipient"].take(award[kept]),
        "account": draw.named(chance, "SAMPLE-ACCOUNT-", size),
    }


def _city_share(setting: Setting) -> Ints:
    """In per cent; a city without districts here pays all."""
    import numpy as np

    shares = setting.mixes["funds"]["city_share"]
    return np.array([shares.get(one.code, 100) for one in setting.region.places], dtype=np.int64)
