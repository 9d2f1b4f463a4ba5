"""May this suit be registered, and what is missing? The questions of a filing, and the answer.

The questions are the facts of the rules. A person is asked for what bears on the suit; what
nobody said is answered as still to be asked, never as absent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from steelyard.courts.court_rules import CourtRules
from steelyard.courts.desk.answers import Answer, both, joined
from steelyard.courts.desk.facts import Facts
from steelyard.courts.desk.jobs import Job
from steelyard.courts.desk.questions import Choice, Kind, Question
from steelyard.courts.rules.filing.answers import read_filing
from steelyard.courts.rules.filing.check import FilingCheck
from steelyard.courts.rules.filing.fact import Answer as Told
from steelyard.courts.rules.filing.fact import Fact
from steelyard.courts.rules.filing.filing import Filing
from steelyard.courts.rules.filing.filing_facts import FACTS, applies
from steelyard.courts.rules.filing.finding import CONSEQUENCES, Finding
from steelyard.courts.rules.filing.material_rows import Material
from steelyard.kernel.bilingual import Text

KINDS: dict[str, Kind] = {"yes_no": "yes_no", "choice": "choice", "count": "count", "text": "text"}
NOT_SAID = Text("不清楚", "not known")

DAY = Question(
    "on",
    Text("收到起诉材料之日", "day of filing"),
    "day",
    Text("哪一天收到起诉材料？", "On which day did it come in?"),
    blank=Text("今天", "today"),
    blank_is_today=True,
)


def questions(rules: CourtRules) -> tuple[Question, ...]:
    track, *rest = (_question(one, _bears(one, rules)) for one in FACTS)
    papers = (_question(row.fact, _is_due(row, rules)) for row in rules.materials.rows)
    return (track, DAY, *rest, *papers)


def _question(one: Fact, asked: Callable[[Facts], bool]) -> Question:
    help_zh, help_en = (f"（{one.help.zh}）", f" ({one.help.en})") if one.help else ("", "")
    return Question(
        one.code,
        one.label,
        KINDS[one.kind],
        Text(f"{one.label.zh}{help_zh}？", f"{one.label.en}{help_en}?"),
        choices=tuple(Choice(code, title) for code, title in one.choices),
        needed=one.code == "track",
        blank=NOT_SAID,
        asked=asked,
    )


def _bears(one: Fact, rules: CourtRules) -> Callable[[Facts], bool]:
    return lambda facts: applies(one, filing_of(facts, rules))


def _is_due(row: Material, rules: CourtRules) -> Callable[[Facts], bool]:
    """Papers that the law demands; of a group of which any will do, until one is there."""

    def asked(facts: Facts) -> bool:
        if row.need not in ("required", "one_of_group"):
            return False
        filing = filing_of(facts, rules)
        day = facts.day_or_none("on")
        if not applies(row.fact, filing) or (day is not None and day < row.starts):
            return False
        return row.need == "required" or not _group_is_met(row, filing, rules)

    return asked


def _group_is_met(row: Material, filing: Filing, rules: CourtRules) -> bool:
    members = (one.code for one in rules.materials.rows if one.group == row.group)
    return any(filing.materials.get(code) for code in members)


def filing_of(facts: Facts, rules: CourtRules) -> Filing:
    """The filing that the facts tell; their codes are those of the rules."""
    told: dict[str, Told] = {}
    for code, value in facts.values.items():
        if isinstance(value, bool | int | str):
            told[code] = value
    return read_filing(told, rules.materials)


def answer(facts: Facts, rules: CourtRules) -> Answer:
    """
    Raises:
        Faulty: the day lies before the rules that the check knows.
    """
    found = rules.filing(filing_of(facts, rules), on=facts.day("on"))
    verdict = _verdict(found)
    stands = [one for one in found.findings if one.consequence != "ask"]
    open_facts = [one.what for one in found.of("ask")]
    return Answer(
        settled=found.complete,
        headline=verdict,
        lines=(*map(_said, stands), *open_facts),
        articles=found.articles if found.complete else (),
        notes=(
            *(_note(one.text, one.articles) for one in found.notes),
            *(_advice(one) for one in found.advised),
        ),
        cells=(verdict, joined(map(_said, stands)), joined(open_facts), joined(found.articles)),
        result={
            "complete": found.complete,
            "findings": [_data(one) for one in found.findings],
            "advised": [_data(one) for one in found.advised],
            "to_ask": list(found.to_ask),
            "notes": [
                {"code": one.code, "text": both(one.text), "limit": one.limit}
                for one in found.notes
            ],
        },
    )


def _verdict(found: FilingCheck) -> Text:
    if found.complete:
        return Text("材料齐备，可以登记立案", "complete: it can be registered")
    counts = {code: len(found.of(code)) for code in CONSEQUENCES if code != "advised"}
    named = [(CONSEQUENCES[code], number) for code, number in counts.items() if number]
    zh = "，".join(f"{name.zh}{number}项" for name, number in named)
    en = ", ".join(f"{number} {name.en}" for name, number in named)
    return Text(f"还不能登记立案：{zh}", f"not to be registered yet: {en}")


def _said(one: Finding) -> Text:
    name = CONSEQUENCES[one.consequence]
    return Text(
        f"【{name.zh}】{one.what.zh}：{one.why.zh}；{one.mend.zh}（{one.article.zh}）",
        f"[{name.en}] {one.what.en}: {one.why.en}; {one.mend.en} ({one.article.en})",
    )


def _advice(one: Finding) -> Text:
    name = CONSEQUENCES[one.consequence]
    return Text(
        f"{name.zh}，{one.what.zh}：{one.why.zh}", f"{name.en}, {one.what.en}: {one.why.en}"
    )


def _note(text: Text, articles: Iterable[Text]) -> Text:
    by = list(articles)
    if not by:
        return text
    zh, en = "、".join(one.zh for one in by), "; ".join(one.en for one in by)
    return Text(f"{text.zh}（{zh}）", f"{text.en} ({en})")


def _data(one: Finding) -> dict[str, object]:
    return {
        "code": one.code,
        "consequence": one.consequence,
        "fact": one.fact,
        "what": both(one.what),
        "why": both(one.why),
        "mend": both(one.mend),
        "articles": [both(article) for article in one.articles],
    }


JOB = Job(
    "filing",
    Text("能否立案、还缺什么", "what is missing of a filing"),
    "track",
    (
        Text("结论", "Result"),
        Text("缺项与障碍", "Missing or in the way"),
        Text("待询问", "To be asked"),
        Text("依据", "By"),
    ),
    questions,
    answer,
    thorough=True,
)
