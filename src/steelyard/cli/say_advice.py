"""An advice as a mayor's office wants to read it: what to do, what comes of it, what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from steelyard.cli.say import headline, show_rank, table
from steelyard.kernel.bilingual import Lang, Text, same
from steelyard.kernel.exact import shown
from steelyard.weighing.advice.findings import Advice, Change
from steelyard.weighing.advice.targets import called
from steelyard.weighing.advice.wording import named, said
from steelyard.weighing.document import show_score
from steelyard.weighing.result import Score, Standing

_MOST_ROWS = 40
_AROUND = 8
_MOST_NAMED = 8


def paragraphs(advice: Advice, lang: Lang) -> Iterator[str]:
    yield f"{headline(advice.before, lang)}\n{_question(advice).say(lang)}"
    match advice.outcome:
        case "nothing_to_do":
            yield Text(
                "目标已经达到，不必改动，成本为0。", "It is reached already: nothing to do, cost 0."
            ).say(lang)
        case "reached":
            yield _plan(advice, lang)
            yield _cost(advice).say(lang)
            yield _overtaken(advice).say(lang)
            yield _ranking(advice, lang)
        case "cannot":
            yield _cannot(advice, lang)
        case "unknown":
            yield _unknown(advice, lang)
        case "stopped":
            yield _stopped(advice).say(lang)
    if advice.outcome != "nothing_to_do":
        yield _basis(advice, lang)


def _question(advice: Advice) -> Text:
    scheme, now = advice.before.scheme, advice.standing_before
    title, wanted = now.unit.title, called(advice.target, scheme)
    score = show_score(now.score, scheme.total.places) or "—"
    grade = next((g.title for g in scheme.grades if g.code == now.grade), Text())
    zh, en = (f"，{grade.say('zh')}", f", {grade.say('en')}") if grade else ("", "")
    return Text(
        f"{title.say('zh')}怎样达到{wanted.zh}？现在{score}分，第{show_rank(now)}名{zh}。",
        f"How can {title.say('en')} reach {wanted.en}? Now: {score}, rank {show_rank(now)}{en}.",
    )


# --- the plan -----------------------------------------------------------------------------------


def _plan(advice: Advice, lang: Lang) -> str:
    money = Text("成本", "Cost") if advice.has_costs else Text("工作量", "Effort")
    headings = [
        Text("改进什么", "What").say(lang), Text("从", "From").say(lang), Text("到", "To").say(lang),
        money.say(lang), Text("值多少分", "Worth").say(lang),
    ]  # fmt: skip
    rows = [_change(advice, change, lang) for change in advice.changes]
    return table(headings, rows, right=(1, 2, 3, 4))


def _change(advice: Advice, change: Change, lang: Lang) -> list[str]:
    scheme = advice.before.scheme
    return [
        named(scheme, change.input).say(lang),
        said(scheme, change.input, change.before).say(lang),
        said(scheme, change.input, change.after).say(lang),
        _amount(change.cost),
        _worth(change).say(lang),
    ]


def _worth(change: Change) -> Text:
    """Points; or what the step is there for, where the total alone does not show it."""
    worth = change.worth or 0
    points = "—" if change.worth is None else _signed(change.worth)
    if change.lifts_veto:
        lifts = Text("解除一票否决", "lifts the veto")
        return lifts if worth <= 0 else Text(f"{points}，{lifts.zh}", f"{points}, {lifts.en}")
    if change.is_needed and change.worth is not None and worth <= 0:
        return Text("缺它不可", "needed")
    return same(points)


def _amount(cost: Fraction | float) -> str:
    """Costs to two places at most."""
    text = shown(Fraction(cost), 2)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _signed(worth: Score) -> str:
    text = show_score(worth, 2)
    return f"+{text}" if worth > 0 else text


def _cost(advice: Advice) -> Text:
    unit = Text() if advice.has_costs else Text("个工作量点", " effort points")
    cost = f"{_amount(advice.cost)}"
    confirmed = Text(
        "按改进后的数据重新计分，确认达到目标。", "Weighing the new values confirms it."
    )
    if advice.is_proven:
        return Text(f"合计{cost}{unit.zh}，在允许的步长中没有更省的办法（已证明最优）。{confirmed.zh}",
                    f"{cost}{unit.en} in all; among the steps allowed nothing cheaper will do (a proven "
                    f"optimum). {confirmed.en}")  # fmt: skip
    bound = _amount(advice.bound)
    return Text(f"合计{cost}{unit.zh}。提前停止：更省的办法也许有，但已证明不会低于{bound}{unit.zh}"
                f"（相差{_gap(advice)}）。{confirmed.zh}",
                f"{cost}{unit.en} in all. Stopped early: something cheaper may do, but nothing below "
                f"{bound}{unit.en} (a gap of {_gap(advice)}). {confirmed.en}")  # fmt: skip


def _gap(advice: Advice) -> str:
    if not advice.cost:
        return "0%"
    return f"{float((advice.cost - advice.bound) / advice.cost):.1%}"


def _overtaken(advice: Advice) -> Text:
    scheme = advice.before.scheme
    after = advice.standing_after
    score = show_score(after.score, scheme.total.places) or "—"
    grade = next((g.title for g in scheme.grades if g.code == after.grade), Text())
    zh, en = (f"，{grade.say('zh')}", f", {grade.say('en')}") if grade else ("", "")
    passed = Text("没有超过别的单位", "nobody is overtaken")
    if advice.overtaken:
        passed = _passed(advice)
    return Text(f"结果：{score}分，第{show_rank(after)}名{zh}；{passed.zh}。",
                f"The result: {score}, rank {show_rank(after)}{en}; {passed.en}.")  # fmt: skip


def _passed(advice: Advice) -> Text:
    """Who is overtaken, and with whom it draws level."""
    own = advice.standing_after.rank
    level = [c for c in advice.overtaken if advice.after.standing[c].rank == own]
    behind = [code for code in advice.overtaken if code not in level]
    said_ = []
    if behind:
        one = _listed(advice, behind)
        said_.append(Text(f"超过{one.zh}", f"it overtakes {one.en}"))
    if level:
        one = _listed(advice, level)
        said_.append(Text(f"追平{one.zh}", f"it draws level with {one.en}"))
    return Text("，".join(one.zh for one in said_), ", ".join(one.en for one in said_))


def _listed(advice: Advice, codes: list[str]) -> Text:
    titles = [advice.before.scheme.unit[code].title for code in codes[:_MOST_NAMED]]
    zh, en = "、".join(t.say("zh") for t in titles), ", ".join(t.say("en") for t in titles)
    more = len(codes) - len(titles)
    return Text(
        f"{zh}等{len(codes)}个单位" if more else zh, f"{en} and {more} more" if more else en
    )


def _ranking(advice: Advice, lang: Lang) -> str:
    """The ranking afterwards, with what it was before wherever that differs."""
    headings = [
        Text("名次", "Rank").say(lang), Text("单位", "Unit").say(lang),
        Text("得分", "Score").say(lang), Text("等次", "Grade").say(lang),
    ]  # fmt: skip
    rows = [_row(advice, standing, lang) for standing in _shown(advice)]
    if not advice.before.scheme.grades:
        headings, rows = headings[:3], [row[:3] for row in rows]
    return table(headings, rows, right=(0, 2))


def _shown(advice: Advice) -> list[Standing]:
    standings = list(advice.after.standings)
    if len(standings) <= _MOST_ROWS:
        return standings
    own = standings.index(advice.standing_after)
    return standings[max(own - _AROUND, 0) : own + _AROUND + 1]


def _row(advice: Advice, after: Standing, lang: Lang) -> list[str]:
    scheme, before = advice.before.scheme, advice.before.standing[after.unit.code]
    grades = {grade.code: grade.title.say(lang) for grade in scheme.grades}
    mark = " *" if after.unit.code == advice.unit else ""
    scores = [show_score(one.score, scheme.total.places) or "—" for one in (before, after)]
    return [
        _moved(show_rank(before), show_rank(after)),
        (after.unit.title.say(lang) or after.unit.code) + mark,
        _moved(*scores),
        _moved(grades.get(before.grade, "—"), grades.get(after.grade, "—")),
    ]


def _moved(before: str, after: str) -> str:
    return after if before == after else f"{before} → {after}"


# --- no plan ------------------------------------------------------------------------------------


def _cannot(advice: Advice, lang: Lang) -> str:
    wanted = called(advice.target, advice.before.scheme)
    head = Text(
        f"达不到{wanted.zh}，因为：",
        f"{wanted.en[:1].upper()}{wanted.en[1:]} cannot be reached, because:",
    )
    return "\n".join([head.say(lang), *(f"  · {reason.say(lang)}" for reason in advice.reasons)])


def _unknown(advice: Advice, lang: Lang) -> str:
    wanted = called(advice.target, advice.before.scheme)
    names = [named(advice.before.scheme, code) for code in advice.no_best]
    zh, en = "、".join(one.zh for one in names), ", ".join(one.en for one in names)
    head = Text(
        f"能否达到{wanted.zh}，尚不清楚：{zh}再多一些就能达到，但没有已知的最好值（没有其他单位更高，细则也没有上限）。"
        "取已知最好值时：",
        f"Whether {wanted.en} can be reached is not known: more of {en} would do, but no best value is known"
        " (no other unit has more, and the scheme sets no bound). With the best that is known:",
    )
    return "\n".join([head.say(lang), *(f"  · {reason.say(lang)}" for reason in advice.reasons)])


def _stopped(advice: Advice) -> Text:
    bound = _amount(Fraction(advice.bound))
    return Text(f"提前停止，还没有找到确认可行的方案，也没有证明达不到；已证明任何方案都不会低于{bound}。"
                "加长--time-limit可能有结果，也可能没有；在成本表中把步长写大些、少列几个数据项，更容易有结果。",
                f"Stopped early, before any plan was confirmed or all were excluded; no plan costs less than "
                f"{bound}. A longer --time-limit may settle it, or may not; larger steps or fewer inputs in the "
                "cost table make it easier.")  # fmt: skip


# --- what it rests on ---------------------------------------------------------------------------

_TABLE = Text("成本和范围取自成本表；表中没有的数据项不动。",
              "Costs and ranges are those of the cost table; inputs that it does not name stay.")  # fmt: skip
_EFFORT = Text(
    "没有给成本表：每个数据项可以从现值改进到各单位中的最好值（用来算比率的，到比率的最好值；"
    "已是最好的，到数据项的上下限），走完全程计100个工作量点，不是钱；作分母的数据项不动。要按真实成本算，请用--costs给出成本表。",
    "No cost table is given: each input may go from its value to the best of any unit (where a ratio is made "
    "of it, to the best ratio; where it is the best, to its bound), and the whole way counts 100 effort points, "
    "which is not money; what others are divided by stays. For real costs give a table with --costs.",
)


_UNJUDGED = Text(
    "没有给成本表时，不判断一项改动到底做不做得到：已经发生的事、专家评定分、其他机构的认定也列在可改进项中。"
    "真正能做的，请写在--costs里。",
    "Without a cost table it is not judged whether a change can be made at all: what has happened, experts' "
    "marks and verdicts of others stand among the levers too. Name what can really be done in --costs.",
)


def _basis(advice: Advice, lang: Lang) -> str:
    count = sum(len(lever.choices) - 1 for lever in advice.levers)
    looked = Text(f"看了{len(advice.levers)}个可改进项的{count}个取值。",
                  f"{len(advice.levers)} levers with {count} values were looked at.")  # fmt: skip
    costs = [_TABLE] if advice.has_costs else [_EFFORT, _UNJUDGED]
    lines = [_sentence(advice.rivals, lang), *(one.say(lang) for one in costs), looked.say(lang)]
    lines += [_sentence(note, lang) for note in advice.notes]
    return "\n".join(
        [Text("依据：", "This rests on:").say(lang), *(f"  · {line}" for line in lines)]
    )


def _sentence(text: Text, lang: Lang) -> str:
    said_ = text.say(lang)
    return f"{said_}。" if lang == "zh" else f"{said_[:1].upper()}{said_[1:]}."
