"""Cases that courts would report, their hearings, and the work of the service offices.

Causes, instances and kinds are mixed as the courts published them; days and sums of money are a
sample. A case stands in the delivery of the year in which it was closed, or was filed if it is
still open at the end of the last year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from steelyard.records.sample import draw
from steelyard.records.sample.region import Setting, year_of

if TYPE_CHECKING:
    import numpy as np

    from steelyard.records.sample.draw import Column, Flags, Ints

TECHNICAL = ("invention_patent", "utility_model", "design", "technical_secret", "software")
_INSTANCES = ("first", "second", "retrial")
_KINDS = ("civil", "criminal", "administrative")


@dataclass(frozen=True)
class Cases:
    """The cases filed in a year, as indices and days; ``columns`` are as they are delivered."""

    columns: Mapping[str, Column]
    place: Ints
    filed: Ints
    closed: Ints
    is_closed: Flags

    def year(self) -> Ints:
        """The year whose delivery a case stands in."""
        import numpy as np

        return year_of(np.where(self.is_closed, self.closed, self.filed))


def draw_cases(setting: Setting, chance: np.random.Generator, year: int) -> Cases:
    """The cases filed in a year."""

    size = setting.volume("cases", year)
    mix = setting.mixes["courts"]
    place = draw.picked(chance, setting.region.activity, size)
    causes, weights = draw.shares(mix["causes"])
    cause = draw.picked(chance, weights, size)
    instance = draw.picked(chance, [mix["instances"][one] for one in _INSTANCES], size)
    kind = draw.picked(chance, [mix["kinds"][one] for one in _KINDS], size)
    filed, closed = _days(setting, chance, year, place, instance)
    is_closed = closed <= setting.last_day
    ended = _outcome(setting, chance, place, is_closed)
    is_judged = is_closed & (ended == 0)
    codes = draw.labels(setting.region.codes, place)
    letter = draw.labels(("C", "X", "A"), kind)
    level = draw.labels(("1", "2", "3"), instance)
    serial = draw.digits(draw.serial_within(place), 6)
    columns = {
        "case_number": draw.texts(f"SAMPLE-{year}-", codes, "-", letter, level, "-", serial),
        "court": _court(setting, place, cause, causes, instance),
        "kind": draw.labels(_KINDS, kind),
        "cause": draw.labels(causes, cause),
        "instance": draw.labels(_INSTANCES, instance),
        "place": codes,
        "filed_on": draw.days(filed),
        "closed_on": draw.days(closed, is_closed),
        "outcome": draw.labels(("judgment", *mix["other_outcomes"]), ended),
        **_money(setting, chance, cause, kind == 0, is_judged),
        "is_foreign_related": draw.flags(draw.happens(chance, mix["foreign_related"], size)),
        **_appeal(setting, chance, place, instance, is_judged),
        "plaintiff": draw.named(chance, "样本原告", size),
    }
    return Cases(columns, place, filed, closed, is_closed)


def _days(
    setting: Setting, chance: np.random.Generator, year: int, place: Ints, instance: Ints
) -> tuple[Ints, Ints]:
    """When each case was filed, and when it is closed, be it after the records end."""
    import numpy as np

    mix = setting.mixes["courts"]
    filed = draw.days_of(chance, year, len(place))
    median = np.array(mix["median_days"], dtype=float)[instance]
    pace = setting.profile.pace("pace_of_trials")[place]
    took = draw.lengths(chance, median * pace, mix["spread_of_days"], len(place))
    return filed, np.maximum(draw.weekday(filed + took), filed)


def _money(
    setting: Setting, chance: np.random.Generator, cause: Ints, is_civil: Flags, is_judged: Flags
) -> Mapping[str, Column]:
    """What was asked for in a civil case and, of some that were judged, what was awarded."""
    import numpy as np

    mix, size = setting.mixes["courts"], len(cause)
    amount = draw.sums(chance, np.array(mix["median_amount"], dtype=float)[cause], 1.0, size)
    share = np.clip(mix["share_awarded"] + 0.2 * chance.standard_normal(size), 0.05, 1)
    awarded = (amount * share).astype(np.int64) // 100 * 100
    is_awarded = is_judged & is_civil & draw.happens(chance, mix["awarded"], size)
    return {
        "amount_cny": draw.money(amount, is_civil),
        "damages_awarded_cny": draw.money(awarded, is_awarded),
        "is_punitive": draw.flags(is_awarded & draw.happens(chance, mix["punitive"], size)),
    }


def _appeal(
    setting: Setting, chance: np.random.Generator, place: Ints, instance: Ints, is_judged: Flags
) -> Mapping[str, Column]:
    """Which first-instance judgments were appealed, and which of these did not hold."""
    mix, size = setting.mixes["courts"], len(place)
    is_appealed = is_judged & (instance == 0) & draw.happens(chance, mix["appealed"], size)
    fails = setting.profile.chance_of("judgments", mix["overturned"], reach=-0.4)[place]
    return {
        "is_appealed": draw.flags(is_appealed, is_judged),
        "is_overturned": draw.flags(is_appealed & draw.happens(chance, fails, size), is_judged),
    }


def _outcome(setting: Setting, chance: np.random.Generator, place: Ints, is_closed: Flags) -> Ints:
    """0 for a judgment, then the other outcomes; -1 while the case is pending."""
    import numpy as np

    size = len(place)
    mix = setting.mixes["courts"]
    ended = setting.profile.chance_of("settlement", mix["settled_or_withdrawn"], reach=0.15)[place]
    other = 1 + draw.picked(chance, list(mix["other_outcomes"].values()), size)
    found = np.where(draw.happens(chance, ended, size), other, 0)
    return np.where(is_closed, found, -1).astype(np.int64)


def _court(
    setting: Setting, place: Ints, cause: Ints, causes: tuple[str, ...], instance: Ints
) -> Column:
    """Technical cases and appeals go up; everything else to the court of the place. All say sample."""
    import numpy as np

    technical = np.isin(cause, [n for n, one in enumerate(causes) if one in TECHNICAL])
    is_up = technical | (instance > 0)
    names = [f"{one.title.zh}法院（样本）" for one in setting.region.places]
    above = [
        f"{setting.region.titles[one.city].zh}中院或知产法院（样本）"
        for one in setting.region.places
    ]
    return draw.labels([*names, *above], place + len(names) * is_up)


def draw_hearings(
    setting: Setting, chance: np.random.Generator, cases: Cases, year: int
) -> tuple[Mapping[str, Column], Ints]:
    """One hearing of some closed cases, and the year in which each was held."""
    import numpy as np

    is_heard = cases.is_closed & (cases.closed - cases.filed > 20)
    is_heard &= draw.happens(chance, setting.mixes["courts"]["heard"], len(is_heard))
    at = np.flatnonzero(is_heard)
    size, place = len(at), cases.place[at]
    held = draw.weekday(draw.between(chance, cases.filed[at] + 18, cases.closed[at], size))
    is_circuit = draw.happens(chance, setting.profile.chance_of("nearness", 0.08)[place], size)
    is_remote = ~is_circuit & draw.happens(
        chance, setting.profile.chance_of("nearness", 0.2)[place], size
    )
    columns = {
        "id": draw.texts(f"SAMPLE-H{year}-", draw.digits(np.arange(1, size + 1), 6)),
        "case_number": cases.columns["case_number"].take(at),
        "held_on": draw.days(held),
        "place": draw.labels(setting.region.codes, place),
        "is_circuit": draw.flags(is_circuit),
        "is_remote": draw.flags(is_remote),
        "is_public": draw.flags(draw.happens(chance, 0.97, size)),
        "observers": draw.whole(draw.between(chance, 0, 12, size)),
        "presiding_judge": draw.texts(
            "样本法官", draw.digits(draw.between(chance, 1, 400, size), 3)
        ),
    }
    return columns, year_of(held)


def draw_services(setting: Setting, chance: np.random.Generator, year: int) -> Mapping[str, Column]:
    """Services of a year, mixed as the five counters that a court published."""
    import numpy as np

    size = setting.volume("court_services", year)
    services, weights = draw.shares(setting.mixes["courts"]["services"])
    weight = setting.region.activity * np.exp(0.4 * setting.profile.scores["court_service"])
    place = draw.picked(chance, weight, size)
    service = draw.picked(chance, weights, size)
    is_mediation = service == services.index("entrusted_mediation")
    names = [f"{one.title.zh}诉讼服务处（样本）" for one in setting.region.places]
    return {
        "id": draw.texts(f"SAMPLE-S{year}-", draw.digits(np.arange(1, size + 1), 6)),
        "office": draw.labels(names, place),
        "service": draw.labels(services, service),
        "served_on": draw.days(draw.days_of(chance, year, size)),
        "place": draw.labels(setting.region.codes, place),
        "is_online": draw.flags(draw.happens(chance, 0.6, size)),
        "is_settled": draw.flags(draw.happens(chance, 0.45, size), is_mediation),
        "persons_served": draw.whole(draw.between(chance, 1, 5, size)),
        "applicant": draw.named(chance, "样本申请人", size),
    }
