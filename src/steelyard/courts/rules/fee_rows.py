"""What does the table of court fees say?

A standard is what one kind of case costs: so much each, or so much and bands of the amount at
stake. Read from a region's ``court_fees.toml``; a province's own file fixes amounts where the law
leaves it a range.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any, Literal, get_args

from steelyard.courts.rules.articles import article, articles
from steelyard.courts.rules.laws import LAWS
from steelyard.courts.rules.unreadable import BY_THE_HEAD_OF_THE_FILE
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import exact
from steelyard.kernel.faults import Fault, Unreadable, Where, raise_if_any

UNREADABLE = Unreadable(
    "unreadable-fee", Text("这一条费用标准", "this entry of the fees"), BY_THE_HEAD_OF_THE_FILE
)

Kind = Literal["acceptance", "objection", "application", "free"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""案件受理费, the fee of a failed objection, 申请费, and what is free.

The fee of an objection stands among the acceptance fees of Art. 13; that Arts. 15 to 18 do not
touch it is our reading.
"""


@dataclass(frozen=True, slots=True)
class Charge:
    """An amount in yuan: from ``low`` to ``high``, which are equal unless the law leaves a range."""

    low: Fraction
    high: Fraction

    @property
    def is_fixed(self) -> bool:
        return self.low == self.high

    def __add__(self, other: Charge) -> Charge:
        return Charge(self.low + other.low, self.high + other.high)

    def times(self, share: Fraction) -> Charge:
        return Charge(self.low * share, self.high * share)

    def at_most(self, cap: Fraction) -> Charge:
        return Charge(min(self.low, cap), min(self.high, cap))


def charge(amount: Fraction) -> Charge:
    return Charge(amount, amount)


@dataclass(frozen=True, slots=True)
class Each:
    """So much a case. ``up_to``: the amount at stake that it covers, where bands follow."""

    charge: Charge
    article: Text
    up_to: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """The part of the amount at stake above one amount and up to another, and its rate."""

    above: Fraction
    up_to: Fraction | None
    rate: Fraction
    article: Text

    def part_of(self, amount: Fraction) -> Fraction:
        """How much of an amount lies in the band."""
        top = amount if self.up_to is None else min(amount, self.up_to)
        return max(top - self.above, Fraction(0))


@dataclass(frozen=True, slots=True)
class Standard:
    """What one kind of case costs.

    ``per_case``: so much whatever is at stake. Else ``without_amount`` where nothing is, None
    where an amount is needed; ``base`` and ``bands`` where something is, None where an amount
    has no bearing. ``like``: base and bands are those of another standard. ``share`` of the
    sum is due, at most ``cap``.

    ``with_amount`` says why an amount is counted so, where that is not of course. ``payment``
    replaces what holds of every fee of the kind; ``reminders`` are what else to say at the
    counter. ``left_open`` says why a person must find the fee; empty where the table has it.
    ``words``: what people also call it, with ``;`` between.
    """

    code: str
    title: Text
    kind: Kind
    article: Text
    per_case: Each | None
    without_amount: Each | None
    base: Each | None
    bands: tuple[Band, ...]
    like: str
    share: Fraction
    cap: Fraction | None
    halves: bool
    merges: bool
    regional: bool
    with_amount: Text
    payment: Text
    reminders: tuple[Text, ...]
    left_open: Text
    words: str

    @property
    def takes_an_amount(self) -> bool:
        """An amount at stake bears on the fee."""
        return self.base is not None or bool(self.like)


@dataclass(frozen=True, slots=True)
class LocalAmount:
    """What a province fixed within the range of a standard, from a day on.

    ``doubt``: how sure the source is; empty where the document itself was read.
    """

    standard: str
    each: Fraction
    starts: date
    source: str
    sample: bool
    doubt: Text


@dataclass(frozen=True, slots=True)
class RefundRule:
    """The share of a paid fee that goes back.

    ``halves``: it is the half of Art. 15. ``left_open``: why a person decides the share.
    """

    code: str
    title: Text
    article: Text
    share: Fraction
    halves: bool
    left_open: Text
    words: str


@dataclass(frozen=True, slots=True)
class FeeTable:
    """The law's standards, refunds and words on payment, and what a province fixed."""

    law: Text
    starts: date
    standards: Mapping[str, Standard]
    refunds: Mapping[str, RefundRule]
    payments: Mapping[str, Text]
    local: tuple[LocalAmount, ...] = ()

    def standard(self, code: str) -> Standard | None:
        return self.standards.get(code)

    def local_on(self, code: str, day: date) -> LocalAmount | None:
        """What the province fixed for a standard, as it holds on a day."""
        rows = [row for row in self.local if row.standard == code and row.starts <= day]
        return max(rows, key=lambda row: row.starts, default=None)


def read_fee_table(law: str, local: str = "", *, file: str, local_file: str = "") -> FeeTable:
    """The table from the text of a country's ``court_fees.toml``, and that of a province.

    Raises:
        Faulty: an entry cannot be read, or an amount lies outside the range of the law.
    """
    faults: list[Fault] = []
    document = tomllib.loads(law)
    name = Text(document["law"]["zh"], document["law"]["en"])
    standards: dict[str, Standard] = {}
    refunds: dict[str, RefundRule] = {}
    for entry in document["standards"]:
        try:
            standards[entry["code"]] = _standard(entry, name)
        except (KeyError, TypeError, ValueError) as error:
            faults.append(UNREADABLE.at(_place(entry, file), error))
    for entry in document["refunds"]:
        try:
            refunds[entry["code"]] = _refund(entry, name)
        except (KeyError, TypeError, ValueError) as error:
            faults.append(UNREADABLE.at(_place(entry, file), error))
    faults += _unlike(standards, file)
    amounts = _locals(local, standards, faults, local_file)
    raise_if_any(faults)
    payments = {entry["code"]: _cited(entry, name) for entry in document["payments"]}
    return FeeTable(name, document["law"]["starts"], standards, refunds, payments, amounts)


def _standard(entry: Mapping[str, Any], law: Text) -> Standard:
    if entry["kind"] not in KINDS:
        raise ValueError(f"kind {entry['kind']!r}")
    return Standard(
        code=entry["code"],
        title=Text(entry["title"]["zh"], entry["title"]["en"]),
        kind=entry["kind"],
        article=article(law, entry["article"]),
        per_case=_each(entry.get("per_case"), law),
        without_amount=_each(entry.get("without_amount"), law),
        base=_each(entry.get("base"), law),
        bands=_bands(entry.get("bands", ()), law),
        like=entry.get("like", ""),
        share=exact(entry.get("share", "1")),
        cap=_amount_or_none(entry.get("cap")),
        halves=entry.get("halves", False),
        merges=entry.get("merges", True),
        regional=entry.get("regional", False),
        with_amount=_cited(entry.get("with_amount"), law),
        payment=_cited(entry.get("payment"), law),
        reminders=tuple(_cited(one, law) for one in entry.get("reminders", ())),
        left_open=_cited(entry.get("open"), law),
        words=entry.get("words", ""),
    )


def _cited(entry: Mapping[str, Any] | None, law: Text) -> Text:
    """A sentence with its articles behind it; empty where there is none."""
    if entry is None:
        return Text()
    by = articles(LAWS[entry["law"]] if "law" in entry else law, entry["article"])
    return Text(f"{entry['zh']}（{by.zh}）", f"{entry['en']} ({by.en})")


def _each(entry: Mapping[str, Any] | None, law: Text) -> Each | None:
    if entry is None:
        return None
    low, high = (exact(amount) for amount in entry["each"])
    if low > high:
        raise ValueError("a range that ends below its start")
    return Each(
        Charge(low, high), article(law, entry["article"]), _amount_or_none(entry.get("up_to"))
    )


def _bands(entries: list[Mapping[str, Any]], law: Text) -> tuple[Band, ...]:
    bands = tuple(
        Band(
            exact(entry["above"]),
            _amount_or_none(entry.get("up_to")),
            exact(entry["rate"]),
            article(law, entry["article"]),
        )
        for entry in entries
    )
    for lower, upper in pairwise(bands):
        if lower.up_to != upper.above:
            raise ValueError("bands that leave a gap or overlap")
    return bands


def _amount_or_none(written: str | None) -> Fraction | None:
    return None if written is None else exact(written)


def _refund(entry: Mapping[str, Any], law: Text) -> RefundRule:
    return RefundRule(
        entry["code"],
        Text(entry["title"]["zh"], entry["title"]["en"]),
        article(LAWS[entry["law"]] if "law" in entry else law, entry["article"]),
        exact(entry["share"]),
        entry.get("halves", False),
        _cited(entry.get("open"), law),
        entry.get("words", ""),
    )


def _locals(
    written: str, standards: Mapping[str, Standard], faults: list[Fault], file: str
) -> tuple[LocalAmount, ...]:
    amounts = []
    document = tomllib.loads(written)
    doubt = document.get("doubt", {"zh": "", "en": ""})
    for entry in document.get("amounts", ()):
        try:
            row = _local(entry, Text(doubt["zh"], doubt["en"]))
        except (KeyError, TypeError, ValueError) as error:
            faults.append(UNREADABLE.at(_place(entry, file), error))
            continue
        if not _may_be_fixed(standards.get(row.standard), row.each):
            faults.append(_outside(row, file))
        amounts.append(row)
    return tuple(amounts)


def _local(entry: Mapping[str, Any], doubt: Text) -> LocalAmount:
    return LocalAmount(
        entry["standard"],
        exact(entry["each"]),
        entry["starts"],
        entry["source"],
        entry["sample"],
        doubt,
    )


def _may_be_fixed(standard: Standard | None, each: Fraction) -> bool:
    """Art. 13, last paragraph: a province may fix amounts of items (2), (3), (6), in the range."""
    if standard is None or not standard.regional:
        return False
    ranges = [
        one.charge
        for one in (standard.per_case, standard.without_amount, standard.base)
        if one is not None
    ]
    return all(found.low <= each <= found.high for found in ranges)


def _unlike(standards: Mapping[str, Standard], file: str) -> list[Fault]:
    return [
        UNREADABLE.at(Where(file=file, key=one.code), f"like {one.like!r}")
        for one in standards.values()
        if one.like and one.like not in standards
    ]


def _place(entry: Mapping[str, Any], file: str) -> Where:
    return Where(file=file, key=str(entry.get("code", entry.get("standard", ""))))


def _outside(row: LocalAmount, file: str) -> Fault:
    return Fault(
        "fee-not-regional",
        Text(
            f"{row.each}元不在省级可以确定的幅度内",
            f"a province may not fix {row.each} yuan here",
        ),
        Text(
            "只有第13条第（二）、（三）、（六）项可由省级在幅度内确定",
            "only the ranges of Art. 13(2), (3) and (6) are a province's to fix",
        ),
        Where(file=file, key=row.standard),
    )
