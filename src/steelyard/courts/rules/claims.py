"""What does one action cost that makes several claims, or in which several appeal?

Claims about property add up, and with any of them the action costs what property costs; without,
however many, it is one case (Interpretation of the Civil Procedure Law, Art. 201).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from steelyard.courts.rules import fee_faults
from steelyard.courts.rules.articles import article
from steelyard.courts.rules.fee_lines import Half
from steelyard.courts.rules.fee_rows import FeeTable
from steelyard.courts.rules.fee_words import read_yuan, yuan
from steelyard.courts.rules.fees import Fee, Stage, fee
from steelyard.courts.rules.laws import LAWS
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import exact, plain, rounded
from steelyard.kernel.faults import Fault, Faulty, raise_if_any

Money = Fraction | Decimal | int | str
YUAN = "CNY"
MERGED = article(LAWS["cpl_interpretation"], "201")
APART = article(LAWS["cpl_interpretation"], "202")
MERGED_FROM = date(2015, 2, 4)
"""The Interpretation is in force; that claims were counted so before is our reading."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of an action. ``amount`` is None for one that is not about property.

    ``currency``: of the amount; with another than the yuan, ``rate`` is the yuan of one unit on
    the day of acceptance. ``is_expense``: reasonable expenses of stopping an infringement.
    """

    what: Text
    amount: Money | None = None
    currency: str = YUAN
    rate: Money | None = None
    is_expense: bool = False


def fee_of_claims(
    table: FeeTable,
    code: str,
    claims: Sequence[Claim],
    *,
    on: date,
    stage: Stage = "first",
    halved: Collection[Half] = (),
) -> Fee:
    """The fee of one action with all its claims, on the day of acceptance.

    ``claims``: those of the action; on appeal, what the appeal disputes of them.

    Raises:
        Faulty: no claim; an amount or rate is missing or none; whatever :func:`fee` refuses.
    """
    if not claims:
        raise Faulty([fee_faults.no_claims()])
    amounts, faults = _in_yuan(claims, code)
    raise_if_any(faults)
    stake = combined(amounts)
    counted = fee(table, code, on=on, amount=stake, stage=stage, halved=halved)
    standard = table.standards[code]
    if standard.per_case is not None:
        return counted
    notes = _notes(table, claims, amounts, on)
    return replace(counted, notes=(*notes, *(one for one in counted.notes if one not in notes)))


def combined(amounts: Iterable[Fraction | None]) -> Fraction | None:
    """The amount at stake in one action with several claims; None is a claim without an amount.

    >>> combined([None, Fraction(30000), Fraction(20000)]), combined([None, None])
    (Fraction(50000, 1), None)
    """
    given = [amount for amount in amounts if amount is not None]
    return sum(given, Fraction(0)) if given else None


def fees_of_appeals(
    table: FeeTable, code: str, appeals: Mapping[str, Money | None], *, on: date
) -> Mapping[str, Fee]:
    """The fee of each appeal in one case, by who appeals; None disputes no amount.

    Several of one side who appeal together are one entry and pay once; who appeals alone pays
    alone, by what that appeal disputes (Interpretation, Art. 202).

    Raises:
        Faulty: whatever :func:`fee` refuses, of any of them.
    """
    apart = Text(
        f"分别上诉的，按各自的上诉请求分别预交；同一方共同上诉的只交一份（{APART.zh}）",
        f"each appeal pays for what it disputes; those of one side together pay once ({APART.en})",
    )
    fees: dict[str, Fee] = {}
    for who, disputed in appeals.items():
        one = fee(table, code, on=on, amount=disputed, stage="appeal")
        fees[who] = replace(one, notes=(*one.notes, apart))
    return fees


def _in_yuan(claims: Sequence[Claim], code: str) -> tuple[list[Fraction | None], list[Fault]]:
    amounts: list[Fraction | None] = []
    faults: list[Fault] = []
    for claim in claims:
        amount, found = _amount(claim, code)
        amounts.append(amount)
        faults += found
    return amounts, faults


def _amount(claim: Claim, code: str) -> tuple[Fraction | None, list[Fault]]:
    if claim.amount is None:
        return None, []
    try:
        amount = read_yuan(claim.amount)
    except ValueError:
        return None, [fee_faults.no_amount(str(claim.amount), code)]
    if claim.currency == YUAN:
        return amount, []
    if claim.rate is None:
        return None, [fee_faults.rate_missing(claim.what, claim.currency)]
    return _converted(claim.what, amount, claim.rate)


def _converted(what: Text, amount: Fraction, written: Money) -> tuple[Fraction | None, list[Fault]]:
    try:
        rate = exact(written)
    except ValueError:
        rate = Fraction(0)
    if rate <= 0:
        return None, [fee_faults.rate_wrong(what, str(written))]
    return rounded(amount * rate, 2), []


def _notes(
    table: FeeTable, claims: Sequence[Claim], amounts: Sequence[Fraction | None], on: date
) -> tuple[Text, ...]:
    given = [amount for amount in amounts if amount is not None]
    notes = [_converted_by(table, claim) for claim in claims if _is_foreign(claim)]
    if len(given) > 1:
        notes.append(_added(given))
    if any(claim.is_expense for claim in claims):
        notes.append(EXPENSES)
    if given and len(given) < len(claims):
        notes.append(BOTH_KINDS)
    if not given and len(claims) > 1:
        notes.append(ONE_CASE)
    if len(claims) > 1 and on < MERGED_FROM:
        notes.append(BEFORE_THE_INTERPRETATION)
    return tuple(notes)


def _is_foreign(claim: Claim) -> bool:
    return claim.amount is not None and claim.currency != YUAN


def _converted_by(table: FeeTable, claim: Claim) -> Text:
    by = article(table.law, "55")
    rate = plain(exact(claim.rate or 1))
    return Text(
        f"“{claim.what.zh}”按1{claim.currency}＝{rate}元折算到分；应为受理之日国家公布的汇率，"
        f"上诉、再审按第一审受理之日（{by.zh}）",
        f"{claim.what.en!r} at {claim.currency} 1 = CNY {rate}, to the fen; to be the state's rate of the "
        f"day of acceptance, on appeal and retrial that of the first instance ({by.en})",
    )


def _added(given: Sequence[Fraction]) -> Text:
    said, total = [yuan(one) for one in given], yuan(sum(given, Fraction(0)))
    return Text(
        f"财产性请求合并计算：{' + '.join(one.zh for one in said)} = {total.zh}（{MERGED.zh}）",
        f"claims about property add up: {' + '.join(one.en for one in said)} = {total.en} ({MERGED.en})",
    )


BOTH_KINDS = Text(
    f"既有财产性请求又有非财产性请求，按财产性请求的标准（{MERGED.zh}）",
    f"claims about property and others together cost what property costs ({MERGED.en})",
)
ONE_CASE = Text(
    f"多个非财产性请求，按一件交纳（{MERGED.zh}）",
    f"several claims that are not about property are one case ({MERGED.en})",
)
EXPENSES = Text(
    "合理开支作为财产性请求计入金额：没有条文专门写明，由合并计算的规定推出，较有把握",
    "reasonable expenses count as a claim about property: no text says so of them; it follows from "
    "the rule that claims add up, and is likely",
)
BEFORE_THE_INTERPRETATION = Text(
    f"{MERGED_FROM}以前没有合并计算的明文，按同样办法计算",
    f"before {MERGED_FROM} no text said how claims are put together; counted in the same way",
)
