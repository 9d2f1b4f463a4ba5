"""Why a unit has its grade and no better one."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import percent, shown
from steelyard.scheme.model import Floor, Grade
from steelyard.weighing.grades import seats
from steelyard.weighing.result import Result, Standing
from steelyard.weighing.standings import is_enough, items_of, meets


def why_no_better(result: Result, unit: str) -> tuple[tuple[Grade, Text], ...]:
    """The grades above the unit's own, best first, each with what stood in the way."""
    standing = result.standing[unit]
    grades = result.scheme.grades
    own = next((i for i, grade in enumerate(grades) if grade.code == standing.grade), 0)
    return tuple((grade, _reason(result, standing, grade)) for grade in grades[:own])


def _reason(result: Result, standing: Standing, grade: Grade) -> Text:
    return (
        _cut_off(standing, grade)
        or _vetoes(result, standing)
        or _floors(result, standing, grade)
        or _requirement(result, standing, grade)
        or _room(result, standing, grade)
    )


def _cut_off(standing: Standing, grade: Grade) -> Text:
    score = standing.score
    if score is None:
        return Text("没有得分", "there is no score")
    if grade.at_least is not None and score < grade.at_least:
        edge = shown(grade.at_least)
        return Text(f"须不低于{edge}分", f"it takes at least {edge}")
    if grade.above is not None and score <= grade.above:
        edge = shown(grade.above)
        return Text(f"须高于{edge}分", f"it takes more than {edge}")
    return Text()


def _vetoes(result: Result, standing: Standing) -> Text:
    held = [
        v
        for v in result.scheme.vetoes
        if v.code in standing.vetoes and (v.grade or v.best_grade or v.lower_by)
    ]
    if not held:
        return Text()
    return Text(
        "否决：" + "、".join(veto.title.say("zh") or veto.code for veto in held),
        "vetoed by " + ", ".join(veto.title.say("en") or veto.code for veto in held),
    )


def _floors(result: Result, standing: Standing, grade: Grade) -> Text:
    of = result.score_of
    for floor in grade.floors:
        for code in items_of(result.scheme, grade, floor):
            if not is_enough(floor, of(code, standing.unit.code)):
                title, least = result.scheme.item[code].title, _least(floor)
                return Text(
                    f"{title.say('zh')}须不低于{least}",
                    f"it takes at least {least} on {title.say('en')}",
                )
    return Text()


def _least(floor: Floor) -> str:
    return percent(floor.share) if floor.share is not None else shown(floor.points or Fraction(0))


_REQUIREMENT = Text("不符合该等次的条件", "its requirement is not met")


def _requirement(result: Result, standing: Standing, grade: Grade) -> Text:
    if grade.requires is None or result.board is None or meets(result, standing, grade.requires):
        return Text()
    return _REQUIREMENT


def _room(result: Result, standing: Standing, grade: Grade) -> Text:
    """What is left: a quota without a seat, or with too few for those who are level, or full."""
    if grade.quota is None:
        return _REQUIREMENT
    peers = [
        one
        for one in result.standings
        if one.rank is not None
        and (grade.quota.within == "all" or one.unit.group == standing.unit.group)
    ]
    places = seats(grade.quota, len(peers))
    if not places:
        return Text(
            f"{len(peers)}个单位中没有它的名额", f"its quota comes to no seat among {len(peers)}"
        )
    if standing.rank is None:
        return Text("不参加排名，不占名额", "a unit that is not ranked has no seat")
    taken = sum(one.grade == grade.code for one in peers)
    if taken < places and _is_tie_ahead(result, standing, peers, grade):
        return Text(f"{places}个名额在末位遇到并列，放不下，并列的都不评",
                    f"a tie at the edge of its quota of {places}: those level are all left out")  # fmt: skip
    if not taken and result.board is None:
        return _REQUIREMENT
    return Text(f"{places}个名额已满", f"its quota of {places} is full")


def _is_tie_ahead(
    result: Result, standing: Standing, peers: Sequence[Standing], grade: Grade
) -> bool:
    """Whether some of those without a seat share a rank, the unit's or a better one."""
    order = [one.code for one in result.scheme.grades]
    better = order[: order.index(grade.code) + 1]
    ranks = [one.rank for one in peers if one.grade not in better and one.rank is not None]
    return any(ranks.count(rank) > 1 for rank in ranks if rank <= (standing.rank or 0))
