"""How much of a fee goes back, or is still to be paid, when the case goes another way?

Refunds by how a case ends (Arts. 15, 24 to 28 of the Measures; Interpretation, Art. 207), and the
balance when the amount claimed changes (Art. 21) or summary procedure gives way to ordinary
(Interpretation, Art. 199). Who bears the fee in the end is the judgment's to say, and not answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from steelyard.courts.rules.articles import article
from steelyard.courts.rules.fee_lines import ONLY_ONCE
from steelyard.courts.rules.fee_rows import FeeTable, RefundRule
from steelyard.courts.rules.fee_words import yuan
from steelyard.courts.rules.fees import Fee
from steelyard.courts.rules.laws import LAWS
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import rounded
from steelyard.kernel.faults import Fault, Faulty, Where

CONVERTED = article(LAWS["cpl_interpretation"], "199")
BACK_BY = Text(
    "自法律文书生效之日起15日内退还（《诉讼费用交纳办法》第53条）",
    "to be paid back within 15 days from the day the paper takes effect (Measures on Court Fees, Art. 53)",
)


@dataclass(frozen=True, slots=True)
class Balance:
    """What is paid back (``refund``) or still due (``due``), in yuan; one of them is 0."""

    refund: Fraction
    due: Fraction
    why: Text
    article: Text

    @property
    def said(self) -> Text:
        """The balance as a clerk says it, with the day by which a refund is made (Art. 53)."""
        zh, en = f"{self.why.zh}（{self.article.zh}）", f"{self.why.en} ({self.article.en})"
        if self.refund:
            back = yuan(self.refund)
            return Text(f"退还{back.zh}：{zh}；{BACK_BY.zh}", f"{back.en} back: {en}; {BACK_BY.en}")
        if self.due:
            more = yuan(self.due)
            return Text(f"补交{more.zh}：{zh}", f"{more.en} more is due: {en}")
        return Text(f"不退不补：{zh}", f"nothing back, nothing due: {en}")


@dataclass(frozen=True, slots=True)
class Course:
    """A fee from filing to the end: what was paid, what goes back, and what the case then cost."""

    paid: Fee
    back: Balance
    stays: Fraction


def refund(table: FeeTable, code: str, *, paid: Fraction, already_halved: bool = False) -> Balance:
    """What goes back of a fee that was paid, for one of the reasons of the table.

    ``already_halved``: the fee was paid as a half, in summary procedure or for a merged claim;
    it is not halved again.

    Raises:
        Faulty: no such reason; what was paid is below 0; no text gives the share, so a person
            decides.
    """
    rule = table.refunds.get(code)
    faults = [] if rule else [_no_such_refund(code)]
    if rule and rule.left_open:
        faults.append(_left_open(rule))
    if paid < 0:
        faults.append(_paid_below_nothing())
    if rule is None or faults:
        raise Faulty(faults)
    if rule.halves and already_halved:
        why = Text(
            f"{rule.title.zh}；已经减半，只能减半一次",
            f"{rule.title.en}; already halved, and only once",
        )
        return Balance(Fraction(0), Fraction(0), why, ONLY_ONCE)
    return Balance(rounded(paid * rule.share, 2), Fraction(0), rule.title, rule.article)


def as_it_ended(table: FeeTable, paid: Fee, ended: str) -> Course:
    """A fee that was paid when the case came in, and how it stands as the case ends.

    ``ended``: a reason of the table of refunds. The case of a fee paid as a half is not halved
    again.

    Raises:
        Faulty: the fee is a range; whatever :func:`refund` refuses.
    """
    if not paid.payable.is_fixed:
        raise Faulty([_of_a_range()])
    due = paid.payable.low
    back = refund(table, ended, paid=due, already_halved=paid.halved)
    return Course(paid, back, due - back.refund)


def claim_changed(
    table: FeeTable, before: Fee, after: Fee, *, investigation_closed: bool
) -> Balance:
    """The balance when the amount claimed grew or shrank (Arts. 21 and 35).

    ``investigation_closed``: the change was asked for after the court's investigation (法庭调查)
    closed; what is then given up is not refunded, and its fee stays with who gave it up.

    Raises:
        Faulty: a fee is a range, so its change is too.
    """
    if not (before.payable.is_fixed and after.payable.is_fixed):
        raise Faulty([_of_a_range()])
    change = after.payable.low - before.payable.low
    if change >= 0:
        why = Text("增加诉讼请求数额，计算补交", "the claim grew: the rest is due")
        return Balance(Fraction(0), change, why, article(table.law, "21(1)"))
    if investigation_closed:
        why = Text(
            "法庭调查终结后减少诉讼请求数额，不退还，由变更的当事人负担",
            "the claim shrank after the investigation closed: no refund, borne by who changed it",
        )
        return Balance(Fraction(0), Fraction(0), why, article(table.law, "35"))
    why = Text("法庭调查终结前减少诉讼请求数额，计算退还", "the claim shrank in time: refunded")
    return Balance(-change, Fraction(0), why, article(table.law, "21(2)"))


def made_ordinary(whole: Fee, *, paid: Fraction) -> Balance:
    """What is still due when a case leaves summary procedure: the whole fee, less what was paid.

    Raises:
        Faulty: the whole fee is a range.
    """
    if not whole.payable.is_fixed:
        raise Faulty([_of_a_range()])
    why = Text("简易程序转为普通程序，补交案件受理费", "ordinary procedure: the rest is due")
    return Balance(Fraction(0), max(whole.payable.low - paid, Fraction(0)), why, CONVERTED)


def deemed_withdrawn_after_conversion(paid: Fraction) -> Balance:
    """What goes back when that half is not paid in time: the case is deemed withdrawn."""
    why = Text(
        "未按期足额补交，按撤诉处理，退还一半", "not paid in time: deemed withdrawn, half goes back"
    )
    return Balance(rounded(paid / 2, 2), Fraction(0), why, CONVERTED)


def _no_such_refund(code: str) -> Fault:
    return Fault(
        "no-such-refund",
        Text(f"没有代码为“{code}”的退费事由", f"no refund has the code {code!r}"),
        Text("请查看费用标准表的refunds", "see the refunds of the table of fees"),
        Where(key=code),
    )


def _left_open(rule: RefundRule) -> Fault:
    return Fault(
        "refund-left-open",
        Text(f"{rule.title.zh}：{rule.left_open.zh}", f"{rule.title.en}: {rule.left_open.en}"),
        Text("请由人向受理法院问明", "a person asks the court"),
        Where(key=rule.code),
    )


def _paid_below_nothing() -> Fault:
    return Fault(
        "paid-below-nothing",
        Text("已交数额小于0", "what was paid is below 0"),
        Text("请填已交数额", "give what was paid"),
    )


def _of_a_range() -> Fault:
    return Fault(
        "refund-of-a-range",
        Text("费用是幅度，差额无法确定", "the fee is a range, so the balance is not one amount"),
        Text("请先按本省标准确定费用", "fix the fee by the province's standard first"),
    )
