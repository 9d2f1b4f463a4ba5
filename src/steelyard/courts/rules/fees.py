"""What does it cost to bring this case, by which articles, line by line?

Exact to the last fraction; only what is payable is rounded, once, at the end. Neither the Measures
nor the Interpretation names a rounding: to the fen, halves up, is ours, and the answer says so
where it moved anything. A range of the law stays a range unless the province fixed an amount.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from steelyard.courts.rules import fee_faults
from steelyard.courts.rules.articles import article
from steelyard.courts.rules.fee_rows import (
    Band,
    Charge,
    Each,
    FeeTable,
    LocalAmount,
    Standard,
    charge,
)
from steelyard.courts.rules.laws import LAWS
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import exact, percent, plain, rounded
from steelyard.kernel.faults import Fault, Faulty, raise_if_any

Stage = Literal["first", "appeal", "retrial"]
Half = Literal["mediated", "withdrawn", "summary", "counterclaim", "third_party"]

HALVES: Mapping[Half, tuple[Text, str]] = {
    "mediated": (Text("以调解方式结案", "settled by mediation"), "15"),
    "withdrawn": (Text("当事人申请撤诉", "withdrawn"), "15"),
    "summary": (
        Text("适用简易程序（含小额诉讼）", "summary procedure, small claims included"),
        "16",
    ),
    "counterclaim": (Text("反诉合并审理", "counterclaim heard together"), "18"),
    "third_party": (
        Text("有独立请求权的第三人，合并审理", "third party's own claim heard together"),
        "18",
    ),
}
"""Why an acceptance fee is halved, and by which article of the Measures."""

ONLY_ONCE_FROM = date(2015, 2, 4)
"""From this day Art. 206 of the Interpretation says that a fee is halved once only."""

ONLY_ONCE = article(LAWS["cpl_interpretation"], "206")
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
FEN = Fraction(1, 100)
NO_BEARING = Text("本类案件按件交纳，金额不影响费用", "so much a case: the amount has no bearing")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the working. The charges of all lines sum to the exact fee.

    ``part`` × ``rate`` is its charge where both are given. What is taken off (a half, a cap)
    is negative.
    """

    what: Text
    charge: Charge
    article: Text
    part: Fraction | None = None
    rate: Fraction | None = None

    @property
    def said(self) -> Text:
        what, by, due = self.what, self.article, spoken(self.charge)
        if self.part is not None and self.rate is not None:
            part, rate = yuan(self.part), percent(self.rate)
            due = Text(f"{part.zh} × {rate} = {due.zh}", f"{part.en} × {rate} = {due.en}")
        return Text(f"{what.zh}：{due.zh}（{by.zh}）", f"{what.en}: {due.en} ({by.en})")


@dataclass(frozen=True, slots=True)
class Fee:
    """What one case costs: exactly, and to the fen, with its working.

    ``exact`` and ``payable`` are ranges where the law leaves one that no province narrowed.
    """

    code: str
    title: Text
    article: Text
    exact: Charge
    payable: Charge
    lines: tuple[Line, ...]
    notes: tuple[Text, ...]


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
            it cannot be halved, or not at this stage.
    """
    standard = table.standard(code)
    if standard is None:
        raise Faulty([fee_faults.no_such_standard(code)])
    stake, faults = _stake(amount, code)
    raise_if_any(
        [*faults, *_misused(table, standard, stake, faults, on=on, stage=stage, halved=halved)]
    )
    local = table.local_on(code, on)
    lines = _lines(table, standard, stake, local)
    lines += _halving(table, _sum(lines), halved)
    total = _sum(lines)
    payable = Charge(rounded(total.low, 2), rounded(total.high, 2))
    notes = _notes(table, standard, stake, stage, local)
    if payable != total:
        notes += (Text("四舍五入到分；办法未规定尾数", "to the fen, halves up: no text rounds"),)
    return Fee(code, standard.title, standard.article, total, payable, lines, notes)


def combined(amounts: Iterable[Fraction | None]) -> Fraction | None:
    """The amount at stake in one action with several claims; None is a claim without an amount.

    Claims about property add up, and with any of them the action costs what property costs;
    without, however many, it is one case (Interpretation of the Civil Procedure Law, Art. 201).

    >>> combined([None, Fraction(30000), Fraction(20000)]), combined([None, None])
    (Fraction(50000, 1), None)
    """
    given = [amount for amount in amounts if amount is not None]
    return sum(given, Fraction(0)) if given else None


def yuan(amount: Fraction) -> Text:
    """An amount of yuan in words: in 万元 where it is a whole number of them.

    >>> yuan(Fraction(100000)), yuan(Fraction(2501, 2)).en
    (Text(zh='10万元', en='CNY 100,000'), 'CNY 1,250.5')
    """
    whole, _, rest = plain(amount).partition(".")
    if "/" in whole:
        return Text(f"{whole}元", f"CNY {whole}")
    grouped = f"{int(whole):,}" if int(whole) else whole
    english = f"CNY {grouped}{'.' if rest else ''}{rest}"
    if not rest and amount and amount % 10000 == 0:
        return Text(f"{amount // 10000}万元", english)
    return Text(f"{plain(amount)}元", english)


def spoken(amount: Charge) -> Text:
    """A charge in words, as a range where it is one."""
    low = yuan(amount.low)
    if amount.is_fixed:
        return low
    high = yuan(amount.high)
    return Text(f"{low.zh}至{high.zh}", f"{low.en} to {high.en}")


def _lines(
    table: FeeTable, standard: Standard, stake: Fraction | None, local: LocalAmount | None
) -> tuple[Line, ...]:
    lines = _before_share(table, standard, stake, local)
    if standard.share != 1:
        lines += (_share(standard, _sum(lines)),)
    total = _sum(lines)
    if standard.cap is not None and total.high > standard.cap:
        lines += (_cap(standard, standard.cap, total),)
    return lines


def _before_share(
    table: FeeTable, standard: Standard, stake: Fraction | None, local: LocalAmount | None
) -> tuple[Line, ...]:
    if standard.per_case is not None:
        return (_each(standard.per_case, local, Text("每件", "each case")),)
    if stake is None and standard.without_amount is not None:
        words = Text("没有金额或者价额的，每件", "no amount at stake, each case")
        return (_each(standard.without_amount, local, words),)
    like = table.standards[standard.like] if standard.like else standard
    if like.base is None or stake is None:
        words = Text("每件", "each case")
        return tuple(_each(one, local, words) for one in (like.without_amount,) if one)
    return (
        _each(like.base, local, _base_words(like.base)),
        *(_band(band, stake) for band in like.bands if band.part_of(stake) > 0),
    )


def _base_words(base: Each) -> Text:
    if base.up_to is None:
        return Text("每件", "each case")
    top = yuan(base.up_to)
    return Text(f"不超过{top.zh}的，每件", f"up to {top.en}, each case")


def _each(each: Each, local: LocalAmount | None, words: Text) -> Line:
    if local is None or each.charge.is_fixed:
        return Line(words, each.charge, each.article)
    span, label = spoken(each.charge), _source(local)
    fixed = Text(
        f"{words.zh}（法定{span.zh}，本省标准：{label.zh}）",
        f"{words.en} (by law {span.en}; the province's: {label.en})",
    )
    return Line(fixed, charge(local.each), each.article)


def _source(local: LocalAmount) -> Text:
    if local.sample:
        return Text("样本数额，非官方", "a sample figure, not official")
    return Text(local.source, local.source)


def _band(band: Band, stake: Fraction) -> Line:
    part, low = band.part_of(stake), yuan(band.above)
    if band.up_to is None:
        what = Text(f"超过{low.zh}的部分", f"above {low.en}")
    else:
        top = yuan(band.up_to)
        what = Text(f"超过{low.zh}至{top.zh}的部分", f"above {low.en}, to {top.en}")
    return Line(what, charge(part * band.rate), band.article, part, band.rate)


def _share(standard: Standard, total: Charge) -> Line:
    share = plain(standard.share) if standard.share.denominator == 3 else percent(standard.share)
    what = Text(f"按上列数额的{share}交纳，减去", f"{share} of the above is due: taken off")
    return Line(what, total.times(standard.share - 1), standard.article)


def _cap(standard: Standard, cap: Fraction, total: Charge) -> Line:
    most = yuan(cap)
    what = Text(f"最多不超过{most.zh}，减去", f"at most {most.en}: taken off")
    return Line(what, total.at_most(cap) + total.times(Fraction(-1)), standard.article)


def _halving(table: FeeTable, total: Charge, halved: Collection[Half]) -> tuple[Line, ...]:
    grounds = [ground for ground in HALVES if ground in halved]
    if not grounds:
        return ()
    words = [HALVES[ground][0] for ground in grounds]
    cited = [
        article(table.law, number)
        for number in dict.fromkeys(HALVES[ground][1] for ground in grounds)
    ]
    if len(grounds) > 1:
        cited.append(ONLY_ONCE)
    what = Text(
        f"{'、'.join(one.zh for one in words)}，减半{'一次' if len(grounds) > 1 else ''}",
        f"{', '.join(one.en for one in words)}: half{', once' if len(grounds) > 1 else ''}",
    )
    by = Text("、".join(one.zh for one in cited), "; ".join(one.en for one in cited))
    return (Line(what, total.times(Fraction(-1, 2)), by),)


def _sum(lines: Iterable[Line]) -> Charge:
    total = charge(Fraction(0))
    for line in lines:
        total += line.charge
    return total


def _notes(
    table: FeeTable,
    standard: Standard,
    stake: Fraction | None,
    stage: Stage,
    local: LocalAmount | None,
) -> tuple[Text, ...]:
    notes: tuple[Text, ...] = ()
    if stake is not None and not _takes_an_amount(standard):
        notes += (NO_BEARING,)
    if stage != "first" and stake is not None and _takes_an_amount(standard):
        said, number = ON_THE_PART[stage]
        by = article(table.law, number)
        notes += (Text(f"{said.zh}（{by.zh}）", f"{said.en} ({by.en})"),)
    if local is not None and local.sample:
        notes += (Text("含样本数额", "holds a sample figure"),)
    return notes


def _takes_an_amount(standard: Standard) -> bool:
    return standard.base is not None or bool(standard.like)


def _stake(
    amount: Fraction | Decimal | int | str | None, code: str
) -> tuple[Fraction | None, list[Fault]]:
    if amount is None:
        return None, []
    try:
        stake = exact(amount)
    except ValueError:
        return None, [fee_faults.no_amount(str(amount), code)]
    if stake < 0 or stake % FEN:
        return stake, [fee_faults.no_amount(plain(stake), code)]
    return stake, []


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
    needs = _takes_an_amount(standard) and standard.without_amount is None
    if needs and stake is None and not already:
        faults.append(fee_faults.amount_missing(standard))
    if halved and not standard.halves:
        faults.append(fee_faults.not_halved(standard))
    if stage != "first" and standard.kind != "acceptance":
        faults.append(fee_faults.no_such_stage(standard))
    if stage != "first" and set(halved) & {"summary", "counterclaim", "third_party"}:
        faults.append(fee_faults.first_instance_only())
    if len(set(halved)) > 1 and on < ONLY_ONCE_FROM:
        faults.append(fee_faults.halves_open(ONLY_ONCE_FROM))
    return faults
