"""How would the grades fall: who reaches each line, who is turned away, what happens at the edge?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.scheme.formula import Number
from steelyard.scheme.model import ROOT, Grade, Item
from steelyard.weighing.grades import seats
from steelyard.weighing.result import Standing
from steelyard.weighing.stress.findings import Finding, Level, Told
from steelyard.weighing.stress.trial import FEWEST_UNITS, Trial
from steelyard.weighing.stress.wording import number, percent, things

MOST_WITH_THE_BEST = Fraction(6, 10)
_CLOSE = Fraction(1, 2)  # points of the total that one corrected figure may move


def grades_as_they_would_fall(trial: Trial) -> Told:
    """Each grade: how many reach its line, how many its quota turns away, and what ties do at its edge."""
    if not trial.scheme.grades:
        return Told(
            sound=(
                Text(
                    "细则没有等次，没有等次线和名额问题。",
                    "The scheme has no grades, so no lines or quotas.",
                ),
            )
        )
    impossible = _beyond_all_points(trial)
    if impossible:
        return Told(tuple(impossible))
    if not trial.has_data:
        return _simulated(trial)
    if len(trial.totals) < FEWEST_UNITS:
        return Told(waits=(Text(
            f"等次分布：只有{len(trial.totals)}个单位有总分，看不出。",
            f"How grades fall: only {things(len(trial.totals), 'unit has a total', 'units have totals')}.",
        ),))  # fmt: skip
    return _actual(trial)


def _cut_off(grade: Grade) -> Fraction | None:
    return grade.at_least if grade.at_least is not None else grade.above


def _reaches(grade: Grade, score: Fraction | float) -> bool:
    if grade.at_least is not None:
        return score >= grade.at_least
    return grade.above is None or score > grade.above


def _beyond_all_points(trial: Trial) -> list[Finding]:
    """Lines above everything that the items and bonuses can give together."""
    if trial.is_index or any(_may_give_more(trial, item) for item in trial.scheme.in_order):
        return []
    bonus = sum(
        (item.points or Fraction(0) for item in trial.scheme.items if item.kind == "bonus"),
        Fraction(0),
    )
    most = trial.full + (bonus if trial.scheme.total.as_ == "points" else 0)
    far = [g for g in trial.scheme.grades if (line := _cut_off(g)) is not None and line > most]
    if not far or trial.scheme.total.as_ == "percent":
        return []
    return [Finding(
        "grade-beyond-all-points", "stop", (),
        Text(f"{_named(far).zh}的分数线高于全部分值之和{number(most)}",
             f"the line of {_named(far).en} is above all points together, {number(most)}"),
        Text("谁也得不到这个等次", "nobody can ever have it"),
        Text(f"把分数线降到{number(most)}以下", f"set it below {number(most)}"),
        (), {"most": float(most)},
    )]  # fmt: skip


def _may_give_more(trial: Trial, item: Item) -> bool:
    """Whether an item may give more than its full points: nothing bounds it, or its own rule, adjustment
    or cap says so."""
    if trial.scheme.children[item.code]:
        return bool(item.adjust) or item.rule is not None
    cap = item.cap
    is_raised = cap is not None and not (
        isinstance(cap, Number) and cap.value <= trial.scheme.full[item.code]
    )
    return trial.is_open(item) or (item.kind != "deduction" and is_raised)


def _called(grade: Grade) -> Text:
    """A grade by its title, or its code where it has none."""
    return Text(grade.title.say("zh") or grade.code, grade.title.say("en") or grade.code)


def _named(grades: Sequence[Grade]) -> Text:
    return Text(
        "、".join(f"“{_called(g).zh}”" for g in grades),
        ", ".join(_called(g).en for g in grades),
    )


# --- with data ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Fall:
    """One grade last year: who reaches its line and is not barred, its places, who got it."""

    grade: Grade
    reach: tuple[Standing, ...]
    places: int | None
    got: tuple[Standing, ...]
    turned_away: tuple[Standing, ...]


def _falls(trial: Trial) -> list[_Fall]:
    grades = trial.scheme.grades
    position = {grade.code: index for index, grade in enumerate(grades)}
    ranked = [one for one in trial.got.standings if one.rank is not None and one.score is not None]
    found = []
    for index, grade in enumerate(grades):
        reach = tuple(one for one in ranked if _reaches(grade, one.score or 0))
        got = tuple(one for one in trial.got.standings if one.grade == grade.code)
        below = [one for one in reach if position.get(one.grade, len(grades)) > index]
        barred = {one.unit.code for one in below if one.vetoes or grade.requires or grade.floors}
        turned = tuple(one for one in below if one.unit.code not in barred) if grade.quota else ()
        places = None
        if grade.quota is not None and grade.quota.within == "all":
            places = seats(grade.quota, len(ranked))
        found.append(_Fall(grade, reach, places, got, turned))
    return found


def _actual(trial: Trial) -> Told:
    if not trial.totals:
        return Told(waits=(_NO_TOTALS,))
    falls = _falls(trial)
    findings = [
        *_best_grade(trial, falls), *_empty(trial, falls), *_tied_edges(trial, falls),
        *_turned_away(trial, falls), *_close(trial, falls),
    ]  # fmt: skip
    counts = Text(
        "、".join(f"{_called(f.grade).zh}{len(f.got)}个" for f in falls),
        ", ".join(f"{_called(f.grade).en} {len(f.got)}" for f in falls),
    )
    sound = Text(
        f"按去年数据，等次分布为：{counts.zh}。",
        f"By last year's data the grades fall thus: {counts.en}.",
    )
    return Told(tuple(findings), (sound,))


_NO_TOTALS = Text(
    "等次分布：用上年数据算不出任何单位的总分，未能测试。",
    "How grades fall: last year's data give no unit a total.",
)


def _best_grade(trial: Trial, falls: Sequence[_Fall]) -> list[Finding]:
    best, units = falls[0], len(trial.totals)
    if len(best.got) < MOST_WITH_THE_BEST * units or len(falls) < 2:
        return []
    everybody = len(best.got) == units
    level: Level = "stop" if everybody else "mend"
    title, line = _called(best.grade), _line_for(trial, Fraction(1, 4))
    return [Finding(
        "best-grade-for-most", level, (),
        Text(f"{units}个单位中{len(best.got)}个为“{title.say('zh')}”",
             f"{len(best.got)} of {units} units would be {title.say('en')}"),
        Text("人人都好的等次分不出好坏，也没有人会为它多做一分",
             "a grade that most have says nothing, and nobody works harder for it"),
        Text(f"把分数线提高到{line}（去年约四分之一达到），或规定名额（quota）",
             f"raise the line to {line} (reached by about a quarter last year), or set a quota"),
        (), {"got": len(best.got), "units": units},
    )]  # fmt: skip


def _line_for(trial: Trial, share: Fraction) -> str:
    """A total that about this share of the units reached, to half a point, downwards."""
    totals = sorted((Fraction(total) for total in trial.totals.values()), reverse=True)
    reached = totals[max(0, int(share * len(totals)) - 1)]
    return number(Fraction(int(2 * reached), 2))


def _empty(trial: Trial, falls: Sequence[_Fall]) -> list[Finding]:
    """Grades that nobody reaches."""
    found = [
        (fall, _line_for(trial, _REACHED[min(index, 2)][0]), _REACHED[min(index, 2)][1])
        for index, fall in enumerate(falls[:-1])
        if not fall.reach and _cut_off(fall.grade) is not None
    ]
    return [Finding(
        "grade-for-nobody", "mend", (),
        Text(f"去年没有单位达到“{_called(fall.grade).zh}”的{number(_cut_off(fall.grade) or 0)}分，最高"
             f"{number(max(trial.totals.values()))}分",
             f"nobody reached {_called(fall.grade).en} at {number(_cut_off(fall.grade) or 0)}; the best total "
             f"was {number(max(trial.totals.values()))}"),
        Text("这个等次形同虚设", "the grade exists on paper alone"),
        Text(f"把分数线降到{line}（去年约{so_many.zh}达到），或放宽得分普遍偏低的指标",
             f"lower the line to {line} (reached by about {so_many.en} last year), or ease "
             "the items on which all score low"),
        (), {"grade": fall.grade.code, "best": float(max(trial.totals.values()))},
    ) for fall, line, so_many in found]  # fmt: skip


_REACHED = (
    (Fraction(1, 4), Text("四分之一", "a quarter")),
    (Fraction(1, 2), Text("一半", "half")),
    (Fraction(3, 4), Text("四分之三", "three quarters")),
)


def _tied_edges(trial: Trial, falls: Sequence[_Fall]) -> list[Finding]:
    """Quotas whose last places go to equals: left empty, or overfilled."""
    found = []
    for fall in falls:
        got, places = len(fall.got), fall.places
        if places is None or got == places or (got < places and not fall.turned_away):
            continue
        title = _called(fall.grade)
        equals = [one for one in fall.turned_away if one.rank == fall.turned_away[0].rank]
        who = trial.units_named([one.unit.code for one in equals])
        empty = got < places
        found.append(Finding(
            "tie-at-the-quota", "stop" if not got else "mend", (),
            Text(f"“{title.say('zh')}”有{places}个名额，因线上并列只给了{got}个"
                 if empty else f"“{title.say('zh')}”有{places}个名额，因线上并列给了{got}个",
                 f"{title.say('en')} has {places} places; equals at the edge make it {got}"),
            Text("名额空着或突破，都要向上级和落选单位解释",
                 "a place left empty or one too many: either must be explained above and below"),
            Text("加并列处理顺序（tie_break）使线上分出先后",
                 "add a tie_break that parts those at the edge"),
            (Text(f"线上并列：{who.zh}", f"equal at the edge: {who.en}"),) if empty else (),
            {"grade": fall.grade.code, "places": places, "got": got},
        ))  # fmt: skip
    return found


def _turned_away(trial: Trial, falls: Sequence[_Fall]) -> list[Finding]:
    """Where the quota, not the line, decides."""
    found = []
    for fall in falls:
        if not fall.turned_away or not fall.got or fall.grade.quota is None:
            continue
        scores = [one.score for one in fall.got if one.score is not None]
        lowest, line = number(min(scores)), _cut_off(fall.grade)
        title, away = _called(fall.grade), len(fall.turned_away)
        written = number(line) if line is not None else Text("无", "none").zh
        who = trial.units_named([one.unit.code for one in fall.turned_away])
        found.append(Finding(
            "quota-decides", "know", (),
            Text(f"“{title.say('zh')}”：{len(fall.reach)}个单位过线，名额挡下{away}个；实际分数线是{lowest}，"
                 f"不是写明的{written}",
                 f"{title.say('en')}: {len(fall.reach)} units reach the line and the quota turns {away} away; the "
                 f"line that counted was {lowest}, not {written if line is not None else 'one that is written'}"),
            Text("过了线而没有得到等次的单位会来问：得分够了，为什么不是？",
                 "those above the line without the grade will ask why: they had the points"),
            Text("在细则中写明名额优先于分数线，或把分数线提到与名额相当",
                 "say in the scheme that the quota goes before the line, or raise the line to match it"),
            (Text(f"被名额挡下：{who.zh}", f"turned away: {who.en}"),),
            {"grade": fall.grade.code, "reach": len(fall.reach), "turned_away": away,
             "effective_line": float(min(scores))},
        ))  # fmt: skip
    return found


def _close(trial: Trial, falls: Sequence[_Fall]) -> list[Finding]:
    """Units within half a point of a line."""
    if trial.is_index:
        return []
    cases, many = [], 0
    for fall in falls:
        line = _cut_off(fall.grade)
        near = [
            u
            for u, t in trial.totals.items()
            if line is not None and abs(Fraction(t) - line) <= _CLOSE
        ]
        if near and line is not None:
            many += len(near)
            who = trial.units_named(near)
            cases.append(Text(f"{number(line)}分线（{_called(fall.grade).zh}）：{who.zh}",
                              f"line {number(line)} ({_called(fall.grade).en}): {who.en}"))  # fmt: skip
    if not many:
        return []
    return [Finding(
        "close-to-the-line", "know", (),
        Text(f"{many}个单位离等次线不到半分",
             f"{things(many, 'unit lies', 'units lie')} within half a point of a line"),
        Text("一个数据的更正就会改变等次，终评前应先核对这些单位的材料",
             "one corrected figure changes the grade: check their material before the final assessment"),
        Text("不必改细则；把复核的人手放在这些单位上",
             "the scheme need not change; put the reviewers on these units"),
        tuple(cases), {"units": many},
    )]  # fmt: skip


# --- simulated ------------------------------------------------------------------------------------


_AS_SIMULATED = Text(
    "模拟（各档机会均等，各单位有总体强弱之分，一半指标随强弱、一半随机，不含加减分）",
    "simulated (every step equally likely; units differ in level, and half of their items follow it; no "
    "bonus or deduction)",
)


def _simulated(trial: Trial) -> Told:
    """What the rules alone let one expect; a scheme whose totals have no bound has none."""
    units = len(trial.units)
    cannot = trial.is_index or bool(trial.open_items)
    if cannot or units < 2 or not trial.scheme.full[ROOT]:
        return Told(waits=(_NO_SIMULATION,))
    from steelyard.weighing.stress.chance import simulated_totals

    totals = simulated_totals(trial, units)
    lines = [(grade, _cut_off(grade)) for grade in trial.scheme.grades]
    shares = [
        (grade, line, float((totals >= float(line)).mean()))
        for grade, line in lines
        if line is not None
    ]
    if not shares:
        return Told(waits=(_NO_SIMULATION,))
    said = Text(
        "、".join(
            f"{percent(share)}达到{_called(g).zh}（{number(line)}分）" for g, line, share in shares
        ),
        ", ".join(
            f"{percent(share)} reach {_called(g).en} ({number(line)})" for g, line, share in shares
        ),
    )
    note = Text(f"等次分布，{_AS_SIMULATED.zh}：{said.zh}。真实分布要有上年数据。",
                f"How grades fall, {_AS_SIMULATED.en}: {said.en}. The true ones only last year's data "
                "tell.")  # fmt: skip
    hard = [(g, line) for g, line, share in shares[:1] if share == 0]
    findings = tuple(_too_hard(trial, grade, line) for grade, line in hard)
    return Told(findings, waits=(note,))


_NO_SIMULATION = Text(
    "等次分布：规则本身说明不了，要有上年数据。",
    "How grades fall: the rules alone do not tell; it takes last year's data.",
)


def _too_hard(trial: Trial, grade: Grade, line: Fraction) -> Finding:
    lost = number(trial.full - line)
    title = _called(grade)
    return Finding(
        "grade-hard-to-reach", "know", (),
        Text(f"“{title.say('zh')}”要{number(line)}分，全部{number(trial.full)}分中只容丢{lost}分，{_AS_SIMULATED.zh}无人达到",
             f"{title.say('en')} at {number(line)} lets a unit lose {lost} of {number(trial.full)} points; "
             f"{_AS_SIMULATED.en} nobody does"),
        Text("若台阶较陡、丢分较快，最好的单位也未必达到", "where steps are steep even the best may miss it"),
        Text("发文前用上年数据核对", "check with last year's data before issue"),
        (), {"line": float(line)},
    )  # fmt: skip
