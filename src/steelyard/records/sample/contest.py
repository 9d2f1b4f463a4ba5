"""A competition of high-value patents, its entries and prizes, and nominations for the top ten events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from steelyard.records.sample import draw
from steelyard.records.sample.region import Setting

if TYPE_CHECKING:
    import numpy as np

    from steelyard.records.sample.draw import Column

STAGES = ("entered", "checked", "first_round", "semi_final", "final")
GROUPS = ("start_up", "growth", "design", "layout_design")
EVENTS = ("initiative", "case", "deed", "agency", "other")


def draw_contests(setting: Setting, year: int) -> Mapping[str, Column]:
    """One contest of the whole region, held in its first city."""
    import numpy as np

    opened, closed = (np.array([draw.day_number(date(year, *day))]) for day in ((3, 15), (11, 26)))
    return {
        "id": draw.constant(f"SAMPLE-CO{year}", 1),
        "title": draw.constant(f"样本高价值专利大赛{year}", 1),
        "edition": draw.whole(np.array([year - setting.years[0] + 1])),
        "place": draw.constant(setting.region.cities[0], 1),
        "organiser": draw.constant("样本主办单位", 1),
        "opened_on": draw.days(opened),
        "closed_on": draw.days(closed),
        "expert_weight": draw.exact(np.array([9500]), 2),
        "vote_weight": draw.exact(np.array([500]), 2),
        "prize_pool_cny": draw.money(np.array([400_000_000])),
    }


def draw_entries(setting: Setting, chance: np.random.Generator, year: int) -> Mapping[str, Column]:
    import numpy as np

    size = setting.volume("contest_entries", year)
    weight = setting.region.activity * np.exp(0.35 * setting.profile.scores["contest"])
    place = draw.picked(chance, weight, size)
    passed = draw.happens(chance, setting.profile.chance_of("contest", 0.88)[place], size)
    stage = np.where(passed, 1 + draw.picked(chance, (30, 45, 15, 10), size), 0)
    score = np.clip(
        np.rint(7400 + 500 * stage + 500 * chance.standard_normal(size)), 4000, 10000
    ).astype(np.int64)
    return {
        "id": draw.texts(f"SAMPLE-CE{year}-", draw.digits(np.arange(1, size + 1), 4)),
        "contest": draw.constant(f"SAMPLE-CO{year}", size),
        "contest_group": draw.labels(GROUPS, draw.picked(chance, (45, 40, 12, 3), size)),
        "title": draw.texts("样本项目", draw.digits(np.arange(1, size + 1))),
        "entrant_kind": draw.labels(
            ("firm", "university", "individual"), draw.picked(chance, (71, 28, 1), size)
        ),
        "place": draw.labels(setting.region.codes, place),
        "entered_on": draw.days(
            draw.day_number(date(year, 4, 1)) + draw.between(chance, 0, 90, size)
        ),
        "stage": draw.labels(STAGES, stage),
        "patents": draw.whole(draw.between(chance, 1, 25, size)),
        "expert_score": draw.exact(score, 2, stage > 1),
        "web_votes": draw.whole(draw.between(chance, 0, 3000, size)),
        "entrant": draw.named(chance, "样本参赛者", size),
        "contact_phone": draw.named(chance, "000-", size),
    }


def draw_prizes(setting: Setting, entries: Mapping[str, Column], year: int) -> Mapping[str, Column]:
    """The best by the stage they reached, then by the experts' score: so many gold, so many excellence."""
    import numpy as np

    mix = setting.mixes["contest"]
    stage = np.array([STAGES.index(one) for one in entries["stage"].to_pylist()])
    score = np.array([float(one or 0) for one in entries["expert_score"].to_pylist()])
    best = np.lexsort((-score, -stage))
    at = best[: mix["gold"] + mix["excellence"]]
    at = at[stage[at] > 1]
    size = len(at)
    is_gold = np.arange(size) < mix["gold"]
    return {
        "entry": entries["id"].take(at),
        "prize": draw.labels(("excellence", "gold"), is_gold.astype(np.int64)),
        "place": entries["place"].take(at),
        "awarded_on": draw.days(np.full(size, draw.day_number(date(year, 11, 26)))),
        "prize_money_cny": draw.money(np.where(is_gold, 20_000_000, 5_000_000)),
        "source": draw.constant("样本", size),
    }


def draw_nominations(
    setting: Setting, chance: np.random.Generator, year: int
) -> Mapping[str, Column]:
    """Events of the year before, nominated in February; ten are chosen and published in April."""
    import numpy as np

    size = max(setting.volume("nominations", year), 12)
    place = draw.picked(chance, setting.region.activity**0.5, size)
    score = np.clip(
        np.rint(
            7500 + 400 * setting.profile.scores["plan"][place] + 700 * chance.standard_normal(size)
        ),
        0,
        10000,
    ).astype(np.int64)
    order = np.argsort(np.argsort(-score, kind="stable"), kind="stable")
    is_chosen, is_listed = order < 10, order < 25
    return {
        "id": draw.texts(f"SAMPLE-TE{year}-", draw.digits(np.arange(1, size + 1), 3)),
        "edition": draw.constant(str(year - 1), size),
        "kind": draw.labels(EVENTS, draw.picked(chance, (40, 20, 20, 10, 10), size)),
        "title": draw.texts("样本事件", draw.digits(np.arange(1, size + 1))),
        "place": draw.labels(setting.region.codes, place),
        "nominating_body": draw.texts("样本推荐单位", draw.digits(place + 1, 2)),
        "nominated_on": draw.days(
            draw.day_number(date(year, 2, 1)) + draw.between(chance, 0, 25, size)
        ),
        "stage": draw.labels(
            ("nominated", "shortlisted", "published"), is_listed.astype(np.int64) + is_chosen
        ),
        "web_votes": draw.whole(draw.between(chance, 100, 30000, size), is_listed),
        "expert_score": draw.exact(score, 2),
        "result": draw.labels(("not_chosen", "chosen"), is_chosen.astype(np.int64)),
        "published_on": draw.days(np.full(size, draw.day_number(date(year, 4, 23))), is_chosen),
        "source": draw.constant("样本", size),
        "contact": draw.texts("样本联系人", draw.digits(draw.between(chance, 1, 99, size), 2)),
    }
