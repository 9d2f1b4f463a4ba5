"""What does it cost, or what goes back? The questions of a court fee, and its answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import cast

from steelyard.courts.court_rules import CourtRules
from steelyard.courts.desk.answers import Answer, both, joined
from steelyard.courts.desk.facts import Facts
from steelyard.courts.desk.jobs import Job
from steelyard.courts.desk.questions import Choice, Question
from steelyard.courts.rules.claims import Claim, fee_of_claims
from steelyard.courts.rules.fee_rows import Charge, Standard
from steelyard.courts.rules.fees import HALVES, Fee, Half, Stage, spoken, yuan
from steelyard.courts.rules.refunds import BACK_BY, Balance, Course, as_it_ended
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain

STAGES = (
    Choice("first", Text("一审", "first instance")),
    Choice("appeal", Text("二审（上诉）", "appeal"), "second instance"),
    Choice("retrial", Text("再审", "retrial")),
)
AMOUNT = Text("争议金额（元）", "amount")
EXPENSES = Text("合理开支（元）", "reasonable expenses")


def questions(rules: CourtRules) -> tuple[Question, ...]:
    standards = rules.fees.standards

    def standard(facts: Facts) -> Standard | None:
        """The kind of case whose fee is to be counted; None where none is."""
        return None if _is_refund_alone(facts) else standards.get(facts.text("standard"))

    return (
        Question(
            "standard",
            Text("案件类别", "kind of case"),
            "choice",
            Text("哪一类案件或者申请？", "Which kind of case or application?"),
            choices=tuple(Choice(one.code, one.title, one.words) for one in standards.values()),
            asked=_is_no_refund,
        ),
        Question(
            "amount",
            AMOUNT,
            "amount",
            Text("争议金额是多少？（没有的写“无”）", "Amount in dispute? (none if there is none)"),
            asked=lambda facts: _takes_an_amount(standard(facts)),
        ),
        Question(
            "expenses",
            EXPENSES,
            "amount",
            Text("另请求合理开支多少？", "Reasonable expenses claimed besides?"),
            needed=False,
            blank=Text("没有", "none"),
            asked=lambda _: False,
        ),
        Question(
            "stage",
            Text("审级", "stage"),
            "choice",
            Text("哪一审级？", "At which stage?"),
            choices=STAGES,
            needed=False,
            blank=Text("一审", "first instance"),
            asked=lambda facts: _is_of_kind(standard(facts), "acceptance"),
        ),
        Question(
            "halved",
            Text("减半事由", "reasons to halve"),
            "choices",
            Text("有无减半事由？", "Is there a reason to halve it?"),
            choices=tuple(Choice(code, title) for code, (title, _) in HALVES.items()),
            needed=False,
            blank=Text("没有", "none"),
            asked=lambda facts: _halves(standard(facts)),
        ),
        Question(
            "accepted",
            Text("受理日", "day of acceptance"),
            "day",
            Text("受理是哪一天？", "Accepted on which day?"),
            asked=lambda facts: not _is_refund_alone(facts),
            blank=Text("今天", "today"),
            blank_is_today=True,
        ),
        Question(
            "refund",
            Text("退费事由", "reason of the refund"),
            "choice",
            Text("因何退费？", "Why is it refunded?"),
            choices=tuple(
                Choice(one.code, one.title, one.words) for one in rules.fees.refunds.values()
            ),
            asked=lambda _: False,
        ),
        Question(
            "paid",
            Text("已交数额（元）", "amount paid"),
            "amount",
            Text("已经交了多少？", "How much was paid?"),
            asked=_is_refund_alone,
        ),
        Question(
            "already_halved",
            Text("已经减半", "already halved"),
            "yes_no",
            Text("交费时是否已经减半？", "Was it halved when it was paid?"),
            needed=False,
            blank=Text("否", "no"),
            asked=lambda facts: _is_refund_alone(facts) and _refund_halves(rules, facts),
        ),
    )


def _is_no_refund(facts: Facts) -> bool:
    return "refund" not in facts


def _is_refund_alone(facts: Facts) -> bool:
    """What was paid is known, or nothing tells what it was: the fee is not counted."""
    return "refund" in facts and ("paid" in facts or "standard" not in facts)


def _takes_an_amount(standard: Standard | None) -> bool:
    return standard is not None and standard.takes_an_amount


def _is_of_kind(standard: Standard | None, kind: str) -> bool:
    return standard is not None and standard.kind == kind


def _halves(standard: Standard | None) -> bool:
    return standard is not None and standard.halves


def _refund_halves(rules: CourtRules, facts: Facts) -> bool:
    rule = rules.fees.refunds.get(facts.text("refund"))
    return rule is not None and rule.halves


def answer(facts: Facts, rules: CourtRules) -> Answer:
    """The fee; what goes back of a fee; or, with both a kind of case and an ending, the two.

    Raises:
        Faulty: the amount is missing, the fee cannot be halved, or not at this stage.
    """
    if _is_refund_alone(facts):
        return _refund(facts, rules)
    found = fee_of_claims(
        rules.fees,
        facts.text("standard"),
        _claims(facts),
        on=facts.day("accepted"),
        stage=cast("Stage", facts.text("stage") or "first"),
        halved=cast("tuple[Half, ...]", facts.several("halved")),
    )
    if _is_no_refund(facts):
        return _fee(found, facts.day("accepted"))
    ended = as_it_ended(rules.fees, found, facts.text("refund"))
    return _course(ended, facts.day("accepted"))


def _claims(facts: Facts) -> tuple[Claim, ...]:
    amount = Claim(AMOUNT, facts.amount("amount"))
    if "expenses" not in facts:
        return (amount,)
    return (amount, Claim(EXPENSES, facts.amount("expenses"), is_expense=True))


def _fee(found: Fee, on: date) -> Answer:
    due = spoken(found.payable)
    fixed = found.payable.is_fixed
    result = Text(f"应交{due.zh}", f"{due.en} to pay")
    if not fixed:
        result = Text(
            f"幅度为{due.zh}，具体数额请向受理法院核对", f"{due.en}; ask the court how much"
        )
    working = tuple(line.said for line in found.lines)
    return Answer(
        settled=fixed,
        headline=Text(f"{found.title.zh}：{result.zh}", f"{found.title.en}: {result.en}"),
        lines=working,
        articles=(found.article,),
        notes=(_as_accepted(on), *found.notes, *found.reminders),
        cells=(found.payable.low if fixed else None, result, found.article, joined(working)),
        result={
            "standard": found.code,
            "title": both(found.title),
            "payable": _range(found.payable),
            "exact": _range(found.exact),
            "lines": [
                {
                    "what": both(line.what),
                    "charge": _range(line.charge),
                    "part": None if line.part is None else plain(line.part),
                    "rate": None if line.rate is None else plain(line.rate),
                    "article": both(line.article),
                }
                for line in found.lines
            ],
        },
    )


def _as_accepted(on: date) -> Text:
    return Text(f"按{on}受理计算", f"as accepted on {on}")


def _course(course: Course, on: date) -> Answer:
    """A fee from filing to the end, told as the fee is, with what goes back and what stays."""
    whole, stays = _fee(course.paid, on), yuan(course.stays)
    end = Text(f"结案后实交{stays.zh}", f"{stays.en} in the end")
    return replace(
        whole,
        headline=Text(f"{whole.headline.zh}，{end.zh}", f"{whole.headline.en}, {end.en}"),
        lines=(*whole.lines, course.back.said),
        articles=(*whole.articles, course.back.article),
        cells=(course.stays, end, course.back.article, joined((*whole.lines, course.back.said))),
        result={**whole.result, "back": plain(course.back.refund), "stays": plain(course.stays)},
    )


def _range(charge: Charge) -> dict[str, str]:
    return {"low": plain(charge.low), "high": plain(charge.high)}


def _refund(facts: Facts, rules: CourtRules) -> Answer:
    found: Balance = rules.refund(
        facts.text("refund"),
        paid=facts.amount("paid") or Fraction(0),
        already_halved=facts.yes("already_halved"),
    )
    back = yuan(found.refund)
    result = Text(f"退还{back.zh}", f"{back.en} goes back")
    if not found.refund:
        result = Text("不退还", "nothing goes back")
    return Answer(
        settled=True,
        headline=Text(f"{result.zh}：{found.why.zh}", f"{result.en}: {found.why.en}"),
        articles=(found.article,),
        notes=(BACK_BY,) if found.refund else (),
        cells=(found.refund, result, found.article, found.why),
        result={"refund": plain(found.refund), "due": plain(found.due), "why": both(found.why)},
    )


JOB = Job(
    "fee",
    Text("诉讼费用多少", "which fee"),
    "standard",
    (
        Text("数额（元）", "Yuan"),
        Text("结果", "Result"),
        Text("依据", "By"),
        Text("计算过程", "Working"),
    ),
    questions,
    answer,
)
