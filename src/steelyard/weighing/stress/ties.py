"""How many different totals can there be, and how many units will share one?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import rounded
from steelyard.scheme.formula import Call, Formula, Literal
from steelyard.weighing.stress.findings import Finding, Level, Told
from steelyard.weighing.stress.trial import Score, Trial
from steelyard.weighing.stress.wording import number, percent, things

_MANY_TIED = Fraction(1, 5)
_LIKELY = 0.5
_MOST_PLACES = 6
_FEWEST = 2


def ties_to_expect(trial: Trial) -> Told:
    """Equal totals last year, and which tie-break parts them; without data, those to expect."""
    if trial.is_index:
        return _of_an_index(trial)
    expected = _expected(trial)
    if not trial.has_data:
        return expected
    if len(trial.totals) < _FEWEST:
        return Told(expected.findings, expected.sound, (*expected.waits, _too_few(trial)))
    actual = _actual(trial)
    if _tied(trial):
        return actual
    kept = tuple(one for one in expected.findings if one.code != "ties-to-expect")
    return Told((*actual.findings, *kept), (*actual.sound, *expected.sound), expected.waits)


def _of_an_index(trial: Trial) -> Told:
    if not trial.has_data:
        return Told(waits=(Text("指数并列：要有上年数据才看得出。",
                                "Equal scores of an index: only last year's data tell."),))  # fmt: skip
    if len(trial.totals) < _FEWEST:
        return Told(waits=(_too_few(trial),))
    tied = _tied(trial)
    if not tied:
        return Told(sound=(Text("没有并列：各单位得分都不相同。", "No ties: all scores differ."),))
    return Told((_tied_finding(trial, tied, _parted_by(trial, tied)),))


def _too_few(trial: Trial) -> Text:
    count = len(trial.totals)
    return Text(
        f"并列：用上年数据能算出总分的单位有{count}个，看不出有没有并列。",
        f"Ties: last year's data give {count} of the units a total, so whether any tie is not known.",
    )


# --- with data ------------------------------------------------------------------------------------


def _actual(trial: Trial) -> Told:
    tied, sound = _tied(trial), []
    distinct = len(set(trial.totals.values()))
    if not tied:
        sound.append(Text(
            f"去年没有并列：{len(trial.totals)}个单位有{distinct}种总分。",
            f"No ties last year: {len(trial.totals)} units had {distinct} different totals.",
        ))  # fmt: skip
    findings = [_tied_finding(trial, tied, _parted_by(trial, tied))] if tied else []
    findings += _hidden(trial)
    return Told(tuple(findings), tuple(sound))


def _tied(trial: Trial) -> list[tuple[str, ...]]:
    """Groups of units with the same total."""
    of: dict[Score, list[str]] = defaultdict(list)
    for unit, total in trial.totals.items():
        of[round(total, 9) if isinstance(total, float) else total].append(unit)
    return [tuple(units) for units in of.values() if len(units) > 1]


def _parted_by(trial: Trial, tied: Sequence[tuple[str, ...]]) -> int:
    """How many of the tied pairs have different ranks all the same, through tie-breaks or vetoes."""
    rank = {one.unit.code: one.rank for one in trial.got.standings}
    return sum(rank[a] != rank[b] for group in tied for a, b in combinations(group, 2))


def _tied_finding(trial: Trial, tied: Sequence[tuple[str, ...]], parted: int) -> Finding:
    pairs = sum(len(group) * (len(group) - 1) // 2 for group in tied)
    count, units = sum(map(len, tied)), len(trial.totals)
    open_ = pairs - parted
    many = count >= _MANY_TIED * units
    level: Level = "mend" if open_ and many else "know"
    mend = _tie_break(trial, tied) if open_ else _PARTED
    left = Text("并列处理顺序都能分开", "tie-breaks part them all")
    if open_:
        left = Text(f"分不开的有{open_}对", f"{things(open_, 'pair stays', 'pairs stay')} tied")
    return Finding(
        "ties", level, (),
        Text(f"去年{units}个单位中有{count}个与别人总分相同（{len(tied)}组，{pairs}对）；{left.zh}",
             f"{count} of {units} units share a total with another ({things(len(tied), 'group', 'groups')}, "
             f"{things(pairs, 'pair', 'pairs')}); {left.en}"),
        _WHY_TIES if trial.scheme.grades else _WHY_TIES_UNGRADED,
        mend,
        tuple(_tied_case(trial, group) for group in sorted(tied, key=lambda g: -len(g))[:4]),
        {"groups": [list(group) for group in tied], "pairs": pairs, "parted": parted},
    )  # fmt: skip


_WHY_TIES = Text(
    "并列的单位若正好在等次线或名额线上，就只能都给或都不给",
    "equals who meet at a cut-off or a quota can only all have the grade, or none of them",
)
_WHY_TIES_UNGRADED = Text(
    "并列的单位同一名次：谁是第几，要在印发前说清",
    "equals share a rank: what that means for them should be said before the scheme goes out",
)
_PARTED = Text("不必修改", "nothing needs to change")


def _tied_case(trial: Trial, group: Sequence[str]) -> Text:
    total, who = number(trial.totals[group[0]], 4), trial.units_named(group)
    return Text(f"{total}分：{who.zh}", f"{total}: {who.en}")


def _tie_break(trial: Trial, tied: Sequence[tuple[str, ...]]) -> Text:
    """The item whose points would part most of the pairs that are left."""
    rank = {one.unit.code: one.rank for one in trial.got.standings}
    left = [(a, b) for group in tied for a, b in combinations(group, 2) if rank[a] == rank[b]]
    used = {_item_asked(formula) for formula in trial.scheme.ranking.tie_break}
    parts = Counter({
        leaf.code: sum(of.get(a) != of.get(b) for a, b in left)
        for leaf in trial.leaves
        if leaf.code not in used and (of := trial.scores.get(leaf.code, {}))
    })  # fmt: skip
    if not parts:
        return Text("写明并列处理顺序", "state a tie-break")
    ((best, count),) = parts.most_common(1)
    if not count:
        return Text(
            "并列的单位各项得分都相同，没有哪一项分得开：细则中写明并列如何处理",
            "they are alike on every item, so that none parts them: state what becomes of equals",
        )
    name = trial.called(best)
    return Text(
        f"在并列处理顺序中加上{name.zh}：tie_break 加 'score(\"{best}\")'，可分开{len(left)}对中的{count}对",
        f"add {name.en} to the tie-breaks, tie_break = ['score(\"{best}\")']: it parts {count} of the "
        f"{len(left)} pairs",
    )


def _item_asked(formula: Formula) -> str:
    first = formula.arguments[0] if isinstance(formula, Call) and formula.arguments else None
    return first.value if isinstance(first, Literal) else ""


def _hidden(trial: Trial) -> list[Finding]:
    """Totals that look alike as shown and rank differently."""
    shown_to = trial.scheme.total.places
    alike = _alike_to(trial, shown_to)
    if not alike or shown_to > _MOST_PLACES:
        return []
    enough = next(
        (n for n in range(shown_to + 1, _MOST_PLACES + 1) if not _alike_to(trial, n)), None
    )
    mend = Text(
        f"公布时写到{enough}位：places = {enough}", f"show {enough} places: places = {enough}"
    )
    if enough is None:
        mend = Text(
            "公布时注明名次按未取整的得分排定",
            "say beside the ranking that ranks go by unrounded totals",
        )
    return [Finding(
        "alike-as-shown", "know", (),
        Text(f"有{len(alike)}个总分按{shown_to}位小数看相同，名次却有先后",
             f"{things(len(alike), 'total looks', 'totals look')} the same to {shown_to} places, and ranks differ"),
        Text("名次按未取整的得分排定，读者会以为排错了", "ranks go by unrounded totals: readers will suspect an error"),
        mend,
        tuple(Text(f"{number(one, shown_to)}分", number(one, shown_to)) for one in alike[:4]),
        {"totals": [float(one) for one in alike]},
    )]  # fmt: skip


def _alike_to(trial: Trial, places: int) -> list[Fraction]:
    """Totals as shown to so many places behind which there is more than one."""
    of: dict[Fraction, set[Score]] = defaultdict(set)
    for total in trial.totals.values():
        of[rounded(Fraction(total), places)].add(total)
    return [shown for shown, totals in of.items() if len(totals) > 1]


# --- from the steps of the rules --------------------------------------------------------------------


def _expected(trial: Trial) -> Told:
    from steelyard.weighing.stress.chance import leaf_steps, spread_of_totals

    steps = leaf_steps(trial)
    smooth = [code for code, given in steps.items() if given is None and trial.share[code]]
    if smooth or not steps or bool(trial.open_items):
        return Told(sound=(_smooth(smooth),) if smooth else ())
    spread = spread_of_totals(trial, {code: given for code, given in steps.items() if given})
    units = len(trial.units)
    if spread is None or units < 2:
        return Told()
    chance, distinct = spread.chance_of_a_tie(units), spread.expected_distinct(units)
    said = Text(
        f"按各项规则的台阶，总分只有{spread.possible}种可能；若各档机会均等、各项互不相关，{units}个单位预计有"
        f"{distinct:.1f}种总分，出现并列的可能为{percent(chance)}",
        f"the steps of the rules allow {spread.possible} different totals; were every step equally likely and "
        f"items unrelated, {units} units would have {distinct:.1f} different ones and a tie in {percent(chance)} "
        "of years",
    )
    if chance < _LIKELY:
        return Told(sound=(Text(f"并列不多：{said.zh}。", f"Few ties to expect: {said.en}."),))
    has_break = bool(trial.scheme.ranking.tie_break)
    return Told((Finding(
        "ties-to-expect", "know" if has_break else "mend", (),
        Text(f"预计会有并列：{said.zh}", f"Ties are to be expected: {said.en}"),
        Text("真实的单位彼此更相像，并列只会更多；正好在等次线或名额线上的，只能都给或都不给",
             "real units resemble each other more, so that there will be more; equals at a cut-off or a quota can "
             "only all have the grade, or none"),
        Text("已有并列处理顺序，核对它分得开的是不是最要紧的工作" if has_break
             else "写明并列处理顺序（tie_break），先比分值最大、数值连续的指标",
             "there is a tie-break: see that it asks for what matters most" if has_break else
             "state a tie_break, first by the item with most points and the finest values"),
        (), {"possible": spread.possible, "expected_distinct": round(distinct, 2),
             "chance_of_a_tie": round(chance, 4)},
    ),))  # fmt: skip


def _smooth(smooth: Sequence[str]) -> Text:
    return Text(
        f"并列应当少见：{len(smooth)}项指标的得分可以是任何数，总分有无数种可能。",
        f"Ties should be rare: {things(len(smooth), 'item', 'items')} can give any number of points, so "
        "that totals can take any value.",
    )
