"""Joint meetings, their resolutions, and implementation plans with their measures and reports.

A plan whose structure was announced has that structure (the mixes say which); its wording, like
everybody's, is a sample.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from steelyard.records.sample import draw
from steelyard.records.sample.region import Setting, whole_parts

if TYPE_CHECKING:
    import numpy as np

    from steelyard.records.sample.draw import Column, Flags, Floats, Ints

BODIES = (
    "市场监督管理局（样本）",
    "法院（样本）",
    "公安局（样本）",
    "版权局（样本）",
    "财政局（样本）",
    "司法局（样本）",
)


@dataclass(frozen=True)
class Governments:
    """Who holds meetings and adopts a plan: every city, and every district below it."""

    codes: tuple[str, ...]
    scores: Floats

    def chance_of(self, middle: float, reach: float = 0.6) -> Floats:
        import numpy as np

        return np.asarray(1 / (1 + (1 - middle) / middle * np.exp(-reach * self.scores)))


def governments(setting: Setting, side: str) -> Governments:
    """Who they are, and how well they do on a side: a city with districts as they do on the mean."""
    import numpy as np

    region, scores = setting.region, setting.profile.scores[side]
    own = {one.code: float(scores[at]) for at, one in enumerate(region.places)}
    for at, city in enumerate(region.cities):
        own.setdefault(city, float(np.mean(scores[region.city_of == at])))
    codes = tuple(sorted(own))
    return Governments(codes, np.array([own[code] for code in codes]))


def draw_meetings(
    setting: Setting, chance: np.random.Generator, year: int
) -> tuple[Mapping[str, Column], Ints, Ints]:
    """Meetings of a year; with the index of whose each is, and its day."""
    import numpy as np

    held_by = governments(setting, "meetings")
    each = 1 + chance.binomial(3, held_by.chance_of(0.45, 0.4))
    who = np.repeat(np.arange(len(held_by.codes)), each)
    size = len(who)
    day = draw.days_of(chance, year, size)
    kind = np.where(draw.serial_within(who) == 1, 0, draw.picked(chance, (4, 4, 2), size))
    members = draw.between(chance, 14, 31, size)
    columns = {
        "id": draw.texts(f"SAMPLE-ME{year}-", draw.digits(np.arange(1, size + 1), 4)),
        "kind": draw.labels(("plenary", "liaison", "special"), kind),
        "title": draw.texts("样本联席会议", draw.digits(np.arange(1, size + 1))),
        "place": draw.labels(held_by.codes, who),
        "held_on": draw.days(day),
        "is_convened_by_head": draw.flags(draw.happens(chance, held_by.chance_of(0.5)[who], size)),
        "members_entitled": draw.whole(members),
        "members_present": draw.whole(members - draw.between(chance, 0, 5, size)),
        "minutes_issued_on": draw.days(draw.weekday(day + 2 + draw.between(chance, 3, 20, size))),
        "convener": draw.texts("样本召集人", draw.digits(who + 1, 2)),
    }
    return columns, who, day


def draw_resolutions(
    setting: Setting,
    chance: np.random.Generator,
    meetings: Mapping[str, Column],
    who: Ints,
    day: Ints,
    year: int,
) -> Mapping[str, Column]:
    """What the meetings resolved; due within the year as a rule."""
    import numpy as np

    held_by = governments(setting, "meetings")
    last = draw.day_number(date(year, 12, 31))
    of = np.repeat(np.arange(len(who)), draw.between(chance, 3, 7, len(who)))
    size, passed = len(of), day[of]
    due = np.minimum(passed + draw.between(chance, 30, 200, size), last)
    is_late = ~draw.happens(chance, held_by.chance_of(0.84)[who[of]], size)
    closed = np.where(
        is_late,
        due + draw.between(chance, 5, 90, size),
        due - draw.between(chance, 0, np.maximum(due - passed, 0), size),
    )
    is_closed = closed <= setting.last_day
    return {
        "id": draw.texts(f"SAMPLE-RE{year}-", draw.digits(np.arange(1, size + 1), 5)),
        "meeting": meetings["id"].take(of),
        "place": draw.labels(held_by.codes, who[of]),
        "title": draw.texts("样本议定事项", draw.digits(np.arange(1, size + 1))),
        "lead_body": draw.labels(BODIES, draw.picked(chance, [1] * len(BODIES), size)),
        "passed_on": draw.days(passed),
        "due_on": draw.days(due),
        "state": draw.labels(("open", "done"), is_closed.astype(np.int64)),
        "closed_on": draw.days(closed, is_closed),
    }


@dataclass(frozen=True)
class Plan:
    """The three levels of all plans, and what reports need to know of the measures."""

    aspects: Mapping[str, Column]
    tasks: Mapping[str, Column]
    measures: Mapping[str, Column]
    measure_of: Ints
    completed: Ints
    is_dated: Flags


def draw_plan(setting: Setting, chance: np.random.Generator, year: int) -> Plan:
    """A plan for each government, adopted early in the year."""
    import numpy as np

    held_by, mix = governments(setting, "plan"), setting.mixes["plan"]
    announced = mix["announced"].get(str(year), {})
    sizes = np.array(
        [announced.get(code) or _structure(mix, chance) for code in held_by.codes], dtype=np.int64
    )
    adopted = np.array([draw.day_number(date(year, 1, 4))] * len(sizes)) + draw.between(
        chance, 0, 55, len(sizes)
    )
    aspect_of = np.repeat(np.arange(len(sizes)), sizes[:, 0])
    task_of = _spread(sizes[:, 0], sizes[:, 1])
    measure_of = _spread(sizes[:, 1], sizes[:, 2])
    aspects = {
        **_level(held_by, "PA", year, aspect_of, adopted, "样本方面"),
        "plan": draw.texts(f"SAMPLE-PLAN{year}-", draw.labels(held_by.codes, aspect_of)),
        "plan_title": draw.constant(_title(setting, year), len(aspect_of)),
        "source": draw.constant("样本", len(aspect_of)),
    }
    whose_task = aspect_of[task_of]
    tasks = {
        **_level(held_by, "PT", year, whose_task, adopted, "样本任务"),
        "aspect": aspects["id"].take(task_of),
    }
    whose = whose_task[measure_of]
    size = len(whose)
    is_dated = draw.happens(chance, mix["dated"], size)
    last = draw.day_number(date(year, 12, 31))
    due = draw.between(chance, adopted[whose] + 60, last - 1, size)
    is_late = ~draw.happens(chance, held_by.chance_of(0.88)[whose], size)
    completed = np.where(
        is_late, due + draw.between(chance, 3, 120, size), due - draw.between(chance, 0, 50, size)
    )
    measures = {
        **_level(held_by, "PM", year, whose, adopted, "样本措施"),
        "task": tasks["id"].take(measure_of),
        "lead_body": draw.labels(BODIES, draw.picked(chance, [1] * len(BODIES), size)),
        "responsibility": draw.labels(
            ("single", "joint", "by_duty"), draw.picked(chance, (5, 2, 3), size)
        ),
        "term": draw.labels(("continuous", "dated"), is_dated.astype(np.int64)),
        "due_on": draw.days(due, is_dated),
        "completed_on": draw.days(completed, is_dated & (completed <= setting.last_day)),
    }
    return Plan(aspects, tasks, measures, whose, completed, is_dated)


def _structure(mix: Mapping[str, Any], chance: np.random.Generator) -> list[int]:
    """How many aspects, tasks and measures a plan has whose structure was not announced."""
    return [int(draw.between(chance, low, high, 1)[0]) for low, high in mix["structure"].values()]


def _title(setting: Setting, year: int) -> str:
    """The plan of an earlier year says which."""
    title = "样本：强化知识产权保护实施方案"
    return title if year == setting.years[-1] else f"{title}（{year}年）"


def _spread(parents: Ints, children: Ints) -> Ints:
    """For each child the row of its parent: a plan's children are shared out among its parents evenly."""
    import numpy as np

    each = np.concatenate(
        [
            whole_parts(int(many), np.ones(int(few)))
            for few, many in zip(parents, children, strict=True)
        ]
    )
    return np.repeat(np.arange(len(each)), each)


def _level(
    held_by: Governments, mark: str, year: int, whose: Ints, adopted: Ints, title: str
) -> dict[str, Column]:
    number = draw.serial_within(whose)
    codes = draw.labels(held_by.codes, whose)
    return {
        "id": draw.texts(f"SAMPLE-{mark}{year}-", codes, "-", draw.digits(number, 2)),
        "number": draw.whole(number),
        "title": draw.texts(title, draw.digits(number)),
        "place": codes,
        "adopted_on": draw.days(adopted[whose]),
    }


def draw_reports(
    setting: Setting, chance: np.random.Generator, plan: Plan, year: int
) -> Mapping[str, Column]:
    """Monthly reports on the measures, from March to November, each due on the tenth of the next month."""
    import numpy as np

    months = np.arange(3, 12)
    measure = np.repeat(np.arange(len(plan.measure_of)), len(months))
    due = np.tile(
        [draw.day_number(date(year, int(month) + 1, 10)) for month in months], len(plan.measure_of)
    )
    is_wanted = ~plan.is_dated[measure] | (plan.completed[measure] > due - 40)
    is_wanted &= draw.happens(chance, setting.mixes["plan"]["reported"], len(measure))
    measure, due = measure[is_wanted], due[is_wanted]
    held_by, whose, size = governments(setting, "reports"), plan.measure_of[measure], len(measure)
    in_time = draw.happens(chance, held_by.chance_of(0.9)[whose], size)
    reported = np.where(
        in_time, due - draw.between(chance, 0, 8, size), due + draw.between(chance, 1, 20, size)
    )
    is_done = plan.is_dated[measure] & (plan.completed[measure] <= reported)
    share = np.where(is_done, 100, draw.between(chance, 5, 95, size))
    return {
        "id": draw.texts(f"SAMPLE-MR{year}-", draw.digits(np.arange(1, size + 1), 6)),
        "measure": plan.measures["id"].take(measure),
        "body": plan.measures["lead_body"].take(measure),
        "place": draw.labels(held_by.codes, whose),
        "due_on": draw.days(due),
        "reported_on": draw.days(reported),
        "state": draw.labels(("under_way", "done"), is_done.astype(np.int64)),
        "share_done": draw.exact(share * 100, 2),
        "reported_by": draw.texts("样本报告人", draw.digits(draw.between(chance, 1, 99, size), 2)),
    }
