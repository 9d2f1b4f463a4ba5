"""What is counted step by step: 每缺1次扣0.5分，最多扣5分."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from steelyard.kernel.exact import exact
from steelyard.scheme.wording.arranging.steps import with_counting
from steelyard.scheme.wording.arranging.work import SILENT, Part, Undecided, Work, negative
from steelyard.scheme.wording.clauses import (
    Clause,
    Counting,
    Each,
    HighestOnce,
    Most,
    Row,
    Step,
    TableOf,
    Target,
    When,
    ZeroBase,
)
from steelyard.scheme.wording.kinds import is_a_place
from steelyard.scheme.wording.plain_text import number
from steelyard.scheme.wording.units import SHARE_UNITS


@dataclass(slots=True)
class _Made:
    """A part made of one clause, and the bound that was said of it, if one was."""

    part: Part
    is_taken: bool
    bound: Most | None = None


def counted(work: Work) -> list[Part]:
    """Every clause with 每, with what bounds it, in order; those that share a bound together."""
    made = [one for segment in work.segments() for one in _in_segment(segment, work)]
    if made:
        _number_itself_must_earn(work)
        _bound_from_afar(made, work)
    return _joined(made)


def _in_segment(segment: Sequence[Clause], work: Work) -> list[_Made]:
    made: list[_Made] = []
    for place, one in enumerate(segment):
        if isinstance(one, Each):
            work.use(one)
            _aim(one, segment[:place], work)
            made.append(_Made(_part(one, _after(one, work), work), one.award.taken))
    for cap in segment:
        if isinstance(cap, Most) and made:
            _bind(cap, made, work)
    return made


def _number_itself_must_earn(work: Work) -> None:
    """会议不少于4次，每多1次加1分: what the four are worth is not said."""
    each = [one for one in work.clauses if isinstance(one, Each)]
    beyond = [
        one
        for one in each
        if one.motion in ("short", "over") and not one.award.taken and one.target is None
    ]
    others = [
        one for one in work.clauses if not isinstance(one, (Each, Target, Most, Counting, *SILENT))
    ]
    earns = [one for one in others if not isinstance(one, When | Step) or one.award.points != 0]
    if work.kind == "item" and work.target and beyond and len(beyond) == len(each) and not earns:
        raise Undecided(
            "达到所写的数得多少分，没有写", "how many points the number itself earns is not said"
        )


# --- bounds


def _bind(cap: Most, made: Sequence[_Made], work: Work) -> None:
    taken = cap.taken if cap.taken is not None else all(one.is_taken for one in made)
    for one in made:
        if one.is_taken == taken and one.bound is None:
            one.bound = cap
            work.use(cap)
    if work.is_full(cap.points):  # the item's points bound it anyway
        work.use(cap)


def _bound_from_afar(made: list[_Made], work: Work) -> None:
    """A bound in a sentence of its own holds all; at the end of the last, only what is alone."""
    for segment in work.segments():
        for cap in segment:
            if isinstance(cap, Most) and not any(isinstance(one, Each) for one in segment):
                _bind(cap, made, work)
    bound = made[-1].bound
    alike = [one for one in made if one.is_taken == made[-1].is_taken]
    if bound is None or len(alike) == 1 or work.is_full(bound.points):
        return
    if all(one.bound is None for one in alike[:-1]):
        raise Undecided(
            "末尾的限额管前面几项，没有写清", "which clauses the last bound holds is not said"
        )


def _joined(made: Sequence[_Made]) -> list[Part]:
    """The parts; those that share a bound as one part."""
    result: list[Part] = []
    for _, group in groupby(made, lambda one: id(one) if one.bound is None else id(one.bound)):
        members = list(group)
        bound, parts = members[0].bound, [one.part for one in members]
        if bound is None:
            result += parts
        elif len(parts) == 1:
            result.append(parts[0] | {"at_most": bound.points})
        elif members[0].is_taken:
            result.append({"sum": parts, "at_least": negative(bound.points)})
        else:
            result.append({"sum": parts, "at_most": bound.points})
    return result


def bound_the_only(parts: list[Part], work: Work) -> None:
    """得分＝完成率×15，最高得15分."""
    for cap in (one for one in work.left() if isinstance(one, Most)):
        if len(parts) == 1 and not cap.taken and "at_most" not in parts[0]:
            parts[0]["at_most"] = cap.points
            work.use(cap)
        elif work.is_full(cap.points):
            work.use(cap)


# --- one clause


def _aim(one: Each, before: Sequence[Clause], work: Work) -> None:
    """From which target a clause counts: from that of its own sentence, else from the only one."""
    if one.motion not in ("short", "over") or one.target is not None:
        return
    all_targets = [target for target in work.clauses if isinstance(target, Target)]
    own = [target for target in before if isinstance(target, Target)]
    found = own or all_targets
    if len(found) > 1:
        found = [target for target in found if one.subject and one.subject in target.of]
    if len(found) > 1 or (all_targets and not found):
        raise Undecided("从哪一个数算起，没有写清", "from which number it counts is not clear")
    for target in found:
        if target.is_bare:
            _read_as_target(target, one, work)
        work.use(target)
        work.target, work.target_of = target.edge, target.of


def _read_as_target(target: Target, one: Each, work: Work) -> None:
    number_, least = f"{target.edge.value}{target.unit}", (one.motion == "short") == one.award.taken
    zh, en = ("达到", "reaching") if least else ("不超过", "at most")
    words = work.namer.tokens.taken_out(target.said)
    work.read_into(
        f"“{words}”按“{zh}{number_}”读：只报实际数，与{number_}相比",
        f"{words!r} is read as {en} {number_!r}: one figure, compared with it",
    )


def _after(one: Each, work: Work) -> list[Clause]:
    """What is said after a clause, in its own sentence or the next ones."""
    place = next(place for place, other in enumerate(work.clauses) if other is one)
    return list(work.clauses[place + 1 :])


def _part(one: Each, after: Sequence[Clause], work: Work) -> Part:
    own = list(_until_next(after))
    base = next((clause for clause in own if isinstance(clause, ZeroBase)), None)
    of = _quantity(one, base, work)
    part: Part = {"deduct" if one.award.taken else "add": of, "each": one.award.points}
    if one.unit in SHARE_UNITS:
        part["per"] = f"{one.size}%"
    elif one.size != "1":
        part["per"] = number(one.size)
    if one.every_is_understood:
        unit = f"1{one.unit}"
        work.read_into(f"“{unit}”按“每{unit}”读", f"{unit!r} is read as each {unit}")
    return with_counting(part, one, own, work)


def _until_next(clauses: Sequence[Clause]) -> Iterator[Clause]:
    for one in clauses:
        if isinstance(one, Each):
            return
        yield one


def _quantity(one: Each, base: ZeroBase | None, work: Work) -> str:
    """What the steps count."""
    if one.motion in ("growth", "decline") or (base is not None and one.motion == "over"):
        work.use(base)
        return _growth(one, base, work)
    if one.motion in ("short", "over"):
        return _from_target(one, work)
    return work.quantity(one.subject + one.what, one.unit)


def _growth(one: Each, base: ZeroBase | None, work: Work) -> str:
    code = work.namer.grown(one.subject)
    if one.unit in SHARE_UNITS:
        option = "" if base is None else f", base_if_zero={base.base}"
        growth = f"growth({code}{option})"
        return f"-{growth}" if one.motion == "decline" else growth
    last = f"last({code})"
    up = (one.motion == "growth") != is_a_place(one.subject or work.namer.base)
    return f"{code} - {last}" if up else f"{last} - {code}"


def _from_target(one: Each, work: Work) -> str:
    """90% − 结案率; without a target, what lacks is itself the input."""
    is_share = one.unit in SHARE_UNITS
    if one.is_of_mean:
        mean_of = work.quantity(one.subject, "%" if is_share else one.unit)
        return f"all_mean({mean_of}) - {mean_of}"
    if one.target is not None:
        work.target, work.target_of = one.target, one.subject
    target = work.target
    if target is None:
        return _lack(one, work)
    if exact(target.value) != 0 and is_share != target.value.endswith("%"):
        raise Undecided(
            "目标与每一档的计量单位不同", "the target and the steps are not in the same unit"
        )
    if one.target is None and not _may_be_one(one.subject, work.target_of):
        raise Undecided("从哪一个数算起，没有写清", "from which number it counts is not clear")
    code = work.quantity(one.subject or work.target_of, "%" if is_share else one.unit)
    return f"{target.value} - {code}" if one.motion == "short" else f"{code} - {target.value}"


def _may_be_one(subject: str, other: str) -> bool:
    return not subject or not other or subject in other or other in subject


def _lack(one: Each, work: Work) -> str:
    is_share = one.unit in SHARE_UNITS
    if is_share and one.motion == "over" and "增" in work.namer.base:
        return work.quantity(one.subject, one.unit)
    if is_a_place(one.subject or work.namer.base):
        raise Undecided("名次与哪一次相比，没有写", "with which place it is compared is not said")
    word = _word_of(one, is_share=is_share)
    if is_share:
        return work.namer.name(one.subject + word, "share", one.unit)
    return work.namer.measured(one.subject + word, one.unit, one.subject or work.namer.base)


def _word_of(one: Each, *, is_share: bool) -> str:
    """What lacks or is over, as the words say it: 每增加50万元 is 增加数."""
    if one.verb in _MOVES:
        return f"{one.verb}{'幅度' if is_share else '数'}"
    return "差距" if is_share else "缺少数" if one.motion == "short" else "超出数"


_MOVES = ("增加", "提高", "提升", "增长", "上升", "减少", "降低", "下降")


# --- of things that are alike, the best only


def once_each(work: Work) -> Part | None:
    """国家级每篇得5分，省级每篇得3分，同一稿件就高: row by row, of one piece the best only."""
    if not work.has(HighestOnce) or work.has(Row, TableOf):
        return None
    given = work.all(Each)
    plain = all(one.motion == "event" and one.size == "1" and not one.award.taken for one in given)
    if not given or not plain:
        raise Undecided("“不重复计分”管哪些项，没有写清", "what must not count twice is not clear")
    work.all(HighestOnce)
    listed = work.namer.list_name()
    part: Part = {"for_each": listed, "score": _row_score(given), "once_per": "项目"}
    work.read_into(
        f"按清单“{listed}”逐条计分，列：级别、项目", f"row by row of the list {listed!r}"
    )
    for cap in work.all(Most):
        part["at_most"] = cap.points
    return part


def _row_score(given: Sequence[Each]) -> Part:
    if len(given) == 1:
        return {"points": given[0].award.points}
    rows = {one.subject + one.what: one.award.points for one in given}
    return {"table": "级别", "rows": rows}
