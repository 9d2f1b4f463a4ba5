"""Until which day? The questions of a time limit, and its answer with every step of the count."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from steelyard.courts.court_rules import CourtRules
from steelyard.courts.desk import limitations
from steelyard.courts.desk.answers import Answer, both, joined
from steelyard.courts.desk.facts import Facts
from steelyard.courts.desk.jobs import Job
from steelyard.courts.desk.questions import Choice, Question
from steelyard.courts.rules.counting import Suspended
from steelyard.courts.rules.extensions import Granted
from steelyard.courts.rules.limit_rows import Rule
from steelyard.courts.rules.limitation import Limitation
from steelyard.courts.rules.time_limits import MEANS, ForAPerson, Limit
from steelyard.kernel.bilingual import Text
from steelyard.kernel.working_days import WorkingDays

GROUPS: Mapping[str, Text] = {
    "civil": Text("民事", "civil"),
    "service": Text("送达", "service"),
    "fee": Text("交费", "fees"),
    "online": Text("在线诉讼", "online litigation"),
    "preservation": Text("保全", "preservation"),
    "seizure": Text("查封、扣押、冻结", "seizure"),
    "enforcement": Text("执行", "enforcement"),
    "conduct": Text("行为保全", "conduct preservation"),
    "limitation": Text("诉讼时效", "limitation"),
    "patent": Text("专利", "patents"),
    "trademark": Text("商标", "trademarks"),
    "copyright": Text("著作权", "copyright"),
    "plant": Text("植物新品种", "plant varieties"),
    "layout": Text("集成电路布图设计", "layout designs"),
    "customs": Text("海关保护", "customs"),
    "admin": Text("行政", "administrative"),
}
"""The first part of a limit's code, in words."""

TIME_TO_APPEAL = "上诉期;上诉期限;上诉期间;time to appeal"
TIME_TO_DEFEND = "答辩期;答辩期限;答辩期间;time for defence"
CALLED = {
    "civil.appeal.judgment": TIME_TO_APPEAL,
    "civil.appeal.ruling": TIME_TO_APPEAL,
    "civil.appeal.no_domicile": TIME_TO_APPEAL,
    "admin.appeal.judgment": TIME_TO_APPEAL,
    "admin.appeal.ruling": TIME_TO_APPEAL,
    "civil.defence": TIME_TO_DEFEND,
    "civil.defence.no_domicile": TIME_TO_DEFEND,
    "civil.defence.small_claims": TIME_TO_DEFEND,
    "admin.defence": TIME_TO_DEFEND,
}
"""What else people call a limit; who says no more is asked which of them is meant."""

STANDS_STILL = Text("中止", "suspended")
NO_LAST_DAY = Text("停止计算，现在没有期满日", "it stands still and has no last day yet")


def questions(rules: CourtRules) -> tuple[Question, ...]:
    latest = {rule.code: rule for rule in rules.limits.rules}

    def rule(facts: Facts) -> Rule | None:
        return latest.get(facts.text("limit"))

    return (
        Question(
            "limit",
            Text("期限", "limit"),
            "choice",
            Text("哪一项期限？", "Which time limit?"),
            choices=tuple(_choice(one) for one in latest.values()),
        ),
        Question(
            "start",
            Text("起算事件之日", "day of the event"),
            "day",
            Text("引起期限的事件发生在哪一天？", "On which day was the event that starts it?"),
            put=lambda facts: _on_which_day(rule(facts)),
        ),
        Question(
            "at",
            Text("时刻", "time of day"),
            "time",
            Text("几时几分？", "At what time?"),
            asked=lambda facts: _is(rule(facts), "hours"),
        ),
        Question(
            "extended",
            Text("已获准延长", "extended"),
            "yes_no",
            Text("是否已获准延长？", "Was it extended?"),
            needed=False,
            blank=Text("否", "no"),
            asked=lambda facts: _may_be_longer(rule(facts)),
            put=lambda facts: _was_it_extended(rule(facts)),
        ),
        Question(
            "excluded",
            Text("扣除的期间", "days left out"),
            "spans",
            Text(
                "有无应当扣除的期间（如“2021-03-01至2021-03-20 鉴定”）？",
                "Which days do not count (as 2021-03-01 to 2021-03-20 appraisal)?",
            ),
            needed=False,
            blank=Text("没有", "none"),
            asked=lambda facts: _may_exclude(rule(facts)),
        ),
        Question(
            "suspended",
            Text("尚未恢复的中止", "stands still since"),
            "day",
            Text(
                "自哪一天起停止计算、尚未恢复？",
                "Since which day has it stood still, and has not gone on?",
            ),
            needed=False,
            blank=Text("没有", "none"),
            asked=lambda facts: _may_exclude(rule(facts)),
        ),
        *limitations.questions(),
    )


def _choice(rule: Rule) -> Choice:
    name = rule.code.partition(".")[0]
    said = GROUPS[name]
    return Choice(
        rule.code,
        rule.title,
        f"{said.zh} {said.en};{CALLED.get(rule.code, '')}",
        said if name in ("civil", "admin") else None,
    )


def _is(rule: Rule | None, way: str) -> bool:
    return rule is not None and rule.way == way


def _may_be_longer(rule: Rule | None) -> bool:
    return rule is not None and bool(rule.longer)


def _may_exclude(rule: Rule | None) -> bool:
    return rule is not None and bool(rule.left_out)


def _on_which_day(rule: Rule | None) -> Text:
    if rule is None:
        return Text("起算事件发生在哪一天？", "On which day was the event that starts it?")
    return Text(f"{rule.event.zh}是哪一天？", f"{rule.event.en}: on which day?")


def _was_it_extended(rule: Rule | None) -> Text:
    by = rule.longer[0].by if rule is not None and rule.longer else Text()
    return Text(f"是否已获准延长（{by.zh}）？", f"Was it extended ({by.en})?")


def answer(facts: Facts, rules: CourtRules) -> Answer:
    """The last day, or the hour, with each step of the count; or why a person must tell it.

    Raises:
        Faulty: it cannot be extended, or days cannot be left out.
    """
    if limitations.is_limitation(facts):
        limited = limitations.found(facts, rules)
        return _for_a_person(limited) if isinstance(limited, ForAPerson) else _limitation(limited)
    stop = facts.day_or_none("suspended")
    found = rules.limit(
        facts.text("limit"),
        facts.day("start"),
        granted=(Granted(),) if facts.yes("extended") else (),
        excluded=facts.spans("excluded"),
        suspended=None if stop is None else Suspended(stop, STANDS_STILL),
    )
    if isinstance(found, ForAPerson):
        return _for_a_person(found)
    if found.way == "hours":
        return _in_hours(found, facts, rules)
    return _limit(found)


def _limitation(found: Limitation) -> Answer:
    """A limitation period is told as the limit within which one must sue or apply."""
    within = MEANS["within"]
    return _limit(
        Limit(
            found.code,
            found.title,
            "within",
            found.start,
            found.last_day,
            found.article,
            found.provisional,
            found.steps,
            (within, *found.notes),
            found.stands_still_from,
        )
    )


def _limit(found: Limit) -> Answer:
    means = NO_LAST_DAY if found.stands_still_from else MEANS[found.way]
    counted = found.steps[:-1] if found.provisional else found.steps
    headline = Text(f"{found.title.zh}：{means.zh}", f"{found.title.en}: {means.en}")
    if found.last_day is not None:
        headline = _on(found.title, found.last_day, provisional=found.provisional)
    return Answer(
        settled=found.stands_still_from is None,
        headline=headline,
        lines=counted,
        articles=(found.article,),
        notes=found.notes if found.last_day else found.notes[1:],
        warnings=found.steps[-1:] if found.provisional else (),
        cells=(found.last_day, means, found.article, joined(found.steps)),
        result={
            "limit": found.code,
            "title": both(found.title),
            "way": found.way,
            "start": str(found.start),
            "last_day": None if found.last_day is None else str(found.last_day),
            "provisional": found.provisional,
        },
    )


def _on(title: Text, day: date, *, provisional: bool) -> Text:
    said = WorkingDays().say(day)
    mark = Text("（暂定）", " (provisional)") if provisional else Text()
    return Text(
        f"{title.zh}：{day}（{said.zh}）{mark.zh}", f"{title.en}: {day} ({said.en}){mark.en}"
    )


def _in_hours(found: Limit, facts: Facts, rules: CourtRules) -> Answer:
    at = facts.time("at")
    assert at is not None, "the question is needed where a limit is counted in hours"
    start = datetime.combine(found.start, at)
    end = rules.ends_at(found.code, start)
    shown = f"{end:%Y-%m-%d %H:%M}"
    step = Text(
        f"自{start:%Y-%m-%d %H:%M}的次一小时起算，至{shown}",
        f"from the hour after {start:%Y-%m-%d %H:%M}, to {shown}",
    )
    return Answer(
        settled=True,
        headline=Text(f"{found.title.zh}：{shown}", f"{found.title.en}: {shown}"),
        lines=(step,),
        articles=(found.article,),
        notes=found.notes,
        cells=(end.date(), Text(f"至{shown}", f"to {shown}"), found.article, step),
        result={
            "limit": found.code,
            "title": both(found.title),
            "way": found.way,
            "start": start.isoformat("T", "minutes"),
            "last_day": end.isoformat("T", "minutes"),
            "provisional": False,
        },
    )


def _for_a_person(found: ForAPerson) -> Answer:
    readings = tuple(
        Text(
            f"一种读法：至{one.last_day}（{one.steps[1].zh}）",
            f"one reading: to {one.last_day} ({one.steps[1].en})",
        )
        for one in found.readings
    )
    why = Text(f"由人决定：{found.why.zh}", f"for a person to decide: {found.why.en}")
    return Answer(
        settled=False,
        headline=Text(f"{found.title.zh}：{why.zh}", f"{found.title.en}: {why.en}"),
        lines=readings,
        articles=(found.article,),
        cells=(None, why, found.article, joined(readings)),
        result={
            "limit": found.code,
            "title": both(found.title),
            "way": "person",
            "start": str(found.start),
            "last_day": None,
            "readings": [str(one.last_day) for one in found.readings],
            "why": both(found.why),
        },
    )


JOB = Job(
    "days",
    Text("期限到哪一天", "until which day"),
    "limit",
    (
        Text("期满日", "Last day"),
        Text("含义", "Meaning"),
        Text("依据", "By"),
        Text("计算过程", "Working"),
    ),
    questions,
    answer,
)
