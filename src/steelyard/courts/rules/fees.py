"""What does it cost to bring this case, by which articles, line by line?

Exact to the last fraction; only what is payable is rounded, once, at the end. Neither the Measures
nor the Interpretation names a rounding: to the fen, halves up, is ours, and the answer says so
where it moved anything. A range of the law stays a range unless the province fixed an amount.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from steelyard.courts.rules import fee_faults
from steelyard.courts.rules.articles import article
from steelyard.courts.rules.fee_lines import (
    HALVES,
    Half,
    Line,
    halving,
    lines_of,
    start_of,
    total_of,
)
from steelyard.courts.rules.fee_rows import Charge, FeeTable, LocalAmount, Standard
from steelyard.courts.rules.fee_words import read_yuan, spoken, yuan
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain, rounded
from steelyard.kernel.faults import Fault, Faulty, raise_if_any

__all__ = ["HALVES", "Fee", "Half", "Stage", "fee", "spoken", "yuan"]

Stage = Literal["first", "appeal", "retrial"]

ONLY_ONCE_FROM = date(2015, 2, 4)
"""From this day Art. 206 of the Interpretation says that a fee is halved once only."""

ON_THE_PART: Mapping[Stage, tuple[Text, str]] = {
    "appeal": (
        Text(
            "金额为不服一审判决部分的上诉请求数额",
            "the amount is the part that the appeal disputes",
        ),
        "17",
    ),
    "retrial": (
        Text(
            "金额为不服原判决部分的再审请求数额", "the amount is the part that the retrial disputes"
        ),
        "19",
    ),
}
NO_BEARING = Text("本类案件按件交纳，金额不影响费用", "so much a case: the amount has no bearing")
RANGE_OF_A_PROVINCE = Text(
    "法律只定幅度；具体数额由省级制定，本省标准未收录，请向受理法院核对",
    "the law gives a range and each province its amount, which is not in the table: ask the court",
)
RANGE_OF_NOBODY = Text(
    "办法只定幅度，没有写明幅度内由谁确定，请向受理法院核对",
    "the Measures give a range and name nobody who fixes the amount: ask the court",
)
TO_THE_FEN = Text(
    "四舍五入到分；办法未规定尾数，有的法院收到元",
    "to the fen, halves up: no text rounds, and some courts go to the yuan",
)


@dataclass(frozen=True, slots=True)
class Fee:
    """What one case costs: exactly, and to the fen, with its working.

    ``exact`` and ``payable`` are ranges where the law leaves one that no province narrowed.
    ``notes`` tell how it was counted; ``reminders`` who pays it and when, who bears it, and
    what may lessen it. ``halved``: a half was taken off, so none is again.
    """

    code: str
    title: Text
    article: Text
    exact: Charge
    payable: Charge
    lines: tuple[Line, ...]
    notes: tuple[Text, ...]
    reminders: tuple[Text, ...]
    halved: bool

    @property
    def total(self) -> Text:
        """What is payable, in words."""
        if not self.payable.high:
            return Text("不交费", "nothing to pay")
        due = spoken(self.payable)
        return Text(f"应交{due.zh}", f"payable: {due.en}")

    @property
    def working(self) -> tuple[Text, ...]:
        """The lines as a clerk reads them out, the total last."""
        return (*(line.said for line in self.lines), self.total)


def fee(
    table: FeeTable,
    code: str,
    *,
    on: date,
    amount: Fraction | Decimal | int | str | None = None,
    stage: Stage = "first",
    halved: Collection[Half] = (),
) -> Fee:
    """The fee of a case accepted on a day.

    ``amount``: what is claimed, disputed, enforced or preserved, in yuan; None where nothing is.
    ``halved``: the reasons to halve it; however many, it is halved once.

    Raises:
        Faulty: no such standard; the table does not reach the day; the amount is missing or none;
            it cannot be halved, or not at this stage; no text gives an amount, so a person asks.
    """
    standard = table.standard(code)
    if standard is None:
        raise Faulty([fee_faults.no_such_standard(code)])
    if standard.left_open:
        raise Faulty([fee_faults.left_open(standard)])
    stake, faults = _stake(amount, code)
    raise_if_any(
        [*faults, *_misused(table, standard, stake, faults, on=on, stage=stage, halved=halved)]
    )
    local = _local(table, standard, stake, on)
    lines = lines_of(table, standard, stake, local)
    lines += halving(table, total_of(lines), halved)
    total = total_of(lines)
    payable = Charge(rounded(total.low, 2), rounded(total.high, 2))
    return Fee(
        code,
        standard.title,
        standard.article,
        total,
        payable,
        lines,
        (*_notes(table, standard, stake, stage, local), *_notes_on_the_sum(standard, total, local)),
        _reminders(table, standard, stage, halved),
        bool(halved),
    )


def _notes(
    table: FeeTable,
    standard: Standard,
    stake: Fraction | None,
    stage: Stage,
    local: LocalAmount | None,
) -> tuple[Text, ...]:
    notes: tuple[Text, ...] = ()
    if stake is not None and not standard.takes_an_amount:
        notes += (NO_BEARING,)
    if stake is not None and standard.with_amount:
        notes += (standard.with_amount,)
    if stage != "first" and stake is not None and standard.takes_an_amount:
        said, number = ON_THE_PART[stage]
        by = article(table.law, number)
        notes += (Text(f"{said.zh}（{by.zh}）", f"{said.en} ({by.en})"),)
    if local is not None and local.sample:
        notes += (Text("含样本数额", "holds a sample figure"),)
    return notes


def _notes_on_the_sum(
    standard: Standard, total: Charge, local: LocalAmount | None
) -> tuple[Text, ...]:
    notes: tuple[Text, ...] = ()
    if not total.is_fixed:
        notes += (RANGE_OF_A_PROVINCE if standard.regional else RANGE_OF_NOBODY,)
    if rounded(total.low, 0) != total.low or rounded(total.high, 0) != total.high:
        notes += (TO_THE_FEN,)
    if local is not None and local.doubt:
        notes += (local.doubt,)
    return notes


def _local(
    table: FeeTable, standard: Standard, stake: Fraction | None, on: date
) -> LocalAmount | None:
    """What the province fixed, where the law leaves a range at all."""
    start = start_of(table, standard, stake)
    if start is None or start.charge.is_fixed:
        return None
    return table.local_on(standard.code, on)


def _reminders(
    table: FeeTable, standard: Standard, stage: Stage, halved: Collection[Half]
) -> tuple[Text, ...]:
    """Who pays and when, then what is particular to the standard, then relief."""
    if standard.kind == "free":
        return standard.reminders
    paid = [standard.payment] if standard.payment else _payments(table, standard, stage, halved)
    return (*paid, *standard.reminders, table.payments["relief"])


def _payments(
    table: FeeTable, standard: Standard, stage: Stage, halved: Collection[Half]
) -> list[Text]:
    if standard.kind == "application":
        return [table.payments["application"]]
    merged = [ground for ground in ("counterclaim", "third_party") if ground in halved]
    paid = [table.payments[ground] for ground in merged] or [table.payments[stage]]
    if stage == "appeal":
        paid.append(table.payments["changed_on_appeal"])
    return paid if stage == "retrial" else [*paid, _borne(table, halved)]


def _borne(table: FeeTable, halved: Collection[Half]) -> Text:
    endings = [ending for ending in ("mediated", "withdrawn") if ending in halved]
    return table.payments[f"borne.{endings[0]}" if endings else "borne"]


def _stake(
    amount: Fraction | Decimal | int | str | None, code: str
) -> tuple[Fraction | None, list[Fault]]:
    if amount is None:
        return None, []
    try:
        return read_yuan(amount), []
    except ValueError:
        written = plain(amount) if isinstance(amount, Fraction) else str(amount)
        return None, [fee_faults.no_amount(written, code)]


def _misused(
    table: FeeTable,
    standard: Standard,
    stake: Fraction | None,
    already: list[Fault],
    *,
    on: date,
    stage: Stage,
    halved: Collection[Half],
) -> list[Fault]:
    faults = []
    if on < table.starts:
        faults.append(fee_faults.before_the_table(table, on))
    needs = standard.takes_an_amount and standard.without_amount is None
    if needs and stake is None and not already:
        faults.append(fee_faults.amount_missing(standard))
    if halved and not standard.halves:
        faults.append(fee_faults.not_halved(standard))
    elif not standard.merges and set(halved) & {"counterclaim", "third_party"}:
        faults.append(fee_faults.not_merged(standard))
    if stage != "first" and standard.kind != "acceptance":
        faults.append(fee_faults.no_such_stage(standard))
    if stage != "first" and set(halved) & {"summary", "counterclaim", "third_party"}:
        faults.append(fee_faults.first_instance_only())
    if len(set(halved)) > 1 and on < ONLY_ONCE_FROM:
        faults.append(fee_faults.halves_open(ONLY_ONCE_FROM))
    return faults
