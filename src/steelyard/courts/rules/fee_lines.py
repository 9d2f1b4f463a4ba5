"""How is a fee worked out, line by line?

Each line has its article; the charges of all lines sum to the exact fee.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

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
from steelyard.courts.rules.fee_words import spoken, yuan
from steelyard.courts.rules.laws import LAWS
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import percent, plain

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

ONLY_ONCE = article(LAWS["cpl_interpretation"], "206")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the working.

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


def lines_of(
    table: FeeTable, standard: Standard, stake: Fraction | None, local: LocalAmount | None
) -> tuple[Line, ...]:
    """The working of a standard, before any half."""
    lines = _before_share(table, standard, stake, local)
    if standard.share != 1:
        lines += (_share(standard, total_of(lines)),)
    total = total_of(lines)
    if standard.cap is not None and total.high > standard.cap:
        lines += (_cap(standard, standard.cap, total),)
    return lines


def halving(table: FeeTable, total: Charge, halved: Collection[Half]) -> tuple[Line, ...]:
    """The line that takes off a half, once whatever the reasons; none without a reason."""
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


def total_of(lines: Iterable[Line]) -> Charge:
    total = charge(Fraction(0))
    for line in lines:
        total += line.charge
    return total


def start_of(table: FeeTable, standard: Standard, stake: Fraction | None) -> Each | None:
    """What a case costs before any band; None where an amount is needed and there is none."""
    if standard.per_case is not None:
        return standard.per_case
    return standard.without_amount if stake is None else _like(table, standard).base


def _like(table: FeeTable, standard: Standard) -> Standard:
    return table.standards[standard.like] if standard.like else standard


def _before_share(
    table: FeeTable, standard: Standard, stake: Fraction | None, local: LocalAmount | None
) -> tuple[Line, ...]:
    start = start_of(table, standard, stake)
    if start is None:
        return ()
    if standard.per_case is not None:
        free = standard.kind == "free"
        words = Text("不交纳案件受理费", "no acceptance fee") if free else EACH_CASE
        return (_each(start, local, words),)
    if stake is None:
        return (
            _each(start, local, Text("没有金额或者价额的，每件", "no amount at stake, each case")),
        )
    bands = _like(table, standard).bands
    return (
        _each(start, local, _base_words(start)),
        *(_band(band, stake) for band in bands if band.part_of(stake) > 0),
    )


EACH_CASE = Text("每件", "each case")


def _base_words(base: Each) -> Text:
    if base.up_to is None:
        return EACH_CASE
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
    due = plain(standard.share)
    if standard.share == Fraction(1, 2):
        what = Text("按上列合计减半", "half of the above")
    else:
        what = Text(f"只按上列合计的{due}交纳", f"{due} of the above is due")
    return Line(what, total.times(standard.share - 1), standard.article)


def _cap(standard: Standard, cap: Fraction, total: Charge) -> Line:
    most = yuan(cap)
    what = Text(f"最多不超过{most.zh}", f"at most {most.en}")
    return Line(what, total.at_most(cap) + total.times(Fraction(-1)), standard.article)
