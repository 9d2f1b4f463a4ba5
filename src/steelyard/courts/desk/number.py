"""What does a case number say, and what is the next one? The questions, and the answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from steelyard.courts.court_rules import CourtRules
from steelyard.courts.desk.answers import Answer, both, joined, refused
from steelyard.courts.desk.facts import Facts
from steelyard.courts.desk.jobs import Job
from steelyard.courts.desk.questions import Choice, Question
from steelyard.courts.rules.case_number_codes import Code
from steelyard.courts.rules.case_numbers import CaseNumber, OldNumber, Part, doubts, summary
from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.faults import Fault, Faulty, raise_if_any

NONE_ISSUED = Text(
    "没有给出已编案号，按尚未编号处理",
    "no numbers issued so far were given: taken as if there were none",
)


def questions(rules: CourtRules) -> tuple[Question, ...]:
    codes = rules.codes
    return (
        Question(
            "number",
            Text("案号", "case number"),
            "text",
            Text("案号是什么？", "What is the case number?"),
            asked=lambda facts: not _is_next(facts),
        ),
        Question(
            "next",
            Text("编下一个案号", "issue the next one"),
            "yes_no",
            Text("是否编下一个案号？", "Issue the next number?"),
            asked=lambda _: False,
            in_sheets=False,
        ),
        Question(
            "court",
            Text("法院", "court"),
            "choice",
            Text("哪个法院？", "Of which court?"),
            choices=_choices(codes.courts.values()),
            asked=_is_next,
            in_sheets=False,
        ),
        Question(
            "year",
            Text("收案年度", "year of acceptance"),
            "count",
            Text("收案年度是哪一年？", "Accepted in which year?"),
            asked=_is_next,
            in_sheets=False,
        ),
        Question(
            "type",
            Text("类型代字", "type of case"),
            "choice",
            Text("哪一类案件？", "Which type of case?"),
            choices=_choices(codes.types.values()),
            asked=_is_next,
            in_sheets=False,
        ),
        Question(
            "special",
            Text("专门审判代字", "special trial"),
            "choice",
            Text("有无专门审判代字？", "Is there a special-trial code?"),
            choices=_choices(codes.specials.values()),
            needed=False,
            blank=Text("没有", "none"),
            asked=_is_next,
            in_sheets=False,
        ),
        Question(
            "issued",
            Text("已编案号", "numbers issued so far"),
            "numbers",
            Text("已编案号在哪个文件里？", "Which file has those issued so far?"),
            needed=False,
            asked=lambda _: False,
            in_sheets=False,
        ),
    )


def _is_next(facts: Facts) -> bool:
    return facts.yes("next")


def _choices(codes: Iterable[Code]) -> tuple[Choice, ...]:
    return tuple(Choice(one.code, one.title) for one in codes)


def answer(facts: Facts, rules: CourtRules) -> Answer:
    """What a number says part by part, and whether it is well formed; or the next of a series.

    Raises:
        Faulty: the next number cannot be issued. One that was written and is wrong is an answer.
    """
    if _is_next(facts):
        return _next(facts, rules)
    written = facts.text("number")
    try:
        numbers = rules.numbers(written)
    except Faulty as error:
        return _wrong(written, error.faults)
    if len(numbers) > 1:
        return _several(numbers, rules)
    return _one(numbers[0], rules)


def _one(number: CaseNumber | OldNumber, rules: CourtRules) -> Answer:
    doubted = tuple(_doubt(one) for one in doubts(number, rules.codes))
    headline = Text(f"{number}：格式正确", f"{number}: well formed")
    if doubted:
        headline = Text(f"{number}：格式正确，须核对", f"{number}: well formed, to be checked")
    return _answer(headline, str(number), rules.explain(number), doubted)


def _several(numbers: tuple[CaseNumber | OldNumber, ...], rules: CourtRules) -> Answer:
    """Several cases named at once: each number written out, with what it says in a sentence."""
    found = {_doubt(one): None for number in numbers for one in doubts(number, rules.codes)}
    verdict = Text("须核对", "to be checked") if found else Text("格式正确", "well formed")
    said = [(str(one), summary(one, rules.codes)) for one in numbers]
    lines = tuple(Text(f"{one}：{means.zh}", f"{one}: {means.en}") for one, means in said)
    return Answer(
        settled=True,
        headline=Text(
            f"{len(numbers)}个案号，{verdict.zh}", f"{len(numbers)} numbers, {verdict.en}"
        ),
        lines=lines,
        warnings=tuple(found),
        cells=(
            joined([same(one) for one, _ in said]),
            verdict,
            joined(tuple(found)),
            joined(lines),
        ),
        result={"numbers": [one for one, _ in said], "valid": True},
    )


def _answer(
    headline: Text, number: str, parts: tuple[Part, ...], doubted: tuple[Text, ...] = ()
) -> Answer:
    working = tuple(_said(part) for part in parts)
    verdict = Text("须核对", "to be checked") if doubted else Text("格式正确", "well formed")
    return Answer(
        settled=True,
        headline=headline,
        lines=working,
        warnings=doubted,
        cells=(same(number), verdict, joined(doubted), joined(working)),
        result={
            "number": number,
            "valid": True,
            "parts": [
                {
                    "name": both(part.name),
                    "written": part.written,
                    "means": both(part.means),
                    "known": both(part.known),
                }
                for part in parts
            ],
        },
    )


def _said(part: Part) -> Text:
    return Text(
        f"{part.name.zh} {part.written}：{part.means.zh}（{part.known.zh}）",
        f"{part.name.en} {part.written}: {part.means.en} ({part.known.en})",
    )


def _doubt(fault: Fault) -> Text:
    return Text(f"{fault.what.zh}；{fault.mend.zh}", f"{fault.what.en}; {fault.mend.en}")


def _wrong(written: str, faults: tuple[Fault, ...]) -> Answer:
    wrong = refused(Text(f"{written}：不合规则", f"{written}: against the rules"), faults)
    return Answer(
        settled=False,
        headline=wrong.headline,
        lines=wrong.lines,
        cells=(same(written), Text("不合规则", "against the rules"), joined(wrong.lines), None),
        result={
            "number": written,
            "valid": False,
            "faults": [{"code": one.code, "what": both(one.what)} for one in faults],
        },
    )


def _next(facts: Facts, rules: CourtRules) -> Answer:
    number = rules.next_number(
        year=facts.count("year"),
        court=facts.text("court"),
        type=facts.text("type"),
        special=facts.text("special"),
        issued=_issued(facts.several("issued"), rules),
    )
    headline = Text(f"下一个案号：{number}", f"the next number: {number}")
    found = _answer(headline, str(number), rules.explain(number))
    return found if "issued" in facts else replace(found, warnings=(NONE_ISSUED,))


def _issued(written: Iterable[str], rules: CourtRules) -> list[CaseNumber]:
    """The numbers given so far; those of the old form are of no series here."""
    numbers: list[CaseNumber] = []
    faults: list[Fault] = []
    for one in written:
        try:
            number = rules.number(one)
        except Faulty as error:
            faults.extend(error.faults)
            continue
        if isinstance(number, CaseNumber):
            numbers.append(number)
    raise_if_any(faults)
    return numbers


JOB = Job(
    "number",
    Text("案号是否正确", "which number"),
    "number",
    (
        Text("规范写法", "As printed"),
        Text("结论", "Result"),
        Text("问题", "What is wrong"),
        Text("各部分", "Parts"),
    ),
    questions,
    answer,
)
