"""What does the city letter say? Grade, largest losses, how sure, cheapest mends, dates: on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from steelyard.kernel.bilingual import Lang, Text, same
from steelyard.kernel.exact import percent, plain
from steelyard.papers.letter.losses import Loss, largest_losses
from steelyard.papers.letter.mends import Mend, cheapest_mends
from steelyard.papers.numbers import number, place, places_for
from steelyard.papers.official import Head, Paper, Paragraph
from steelyard.papers.official.fit import fits_one_page
from steelyard.papers.periods import day_text, last_day, period_text
from steelyard.scheme.model import Scheme
from steelyard.weighing.advice.levers import Cost
from steelyard.weighing.advice.wording import named, said
from steelyard.weighing.result import Result, Score, Standing

_ORGAN = Text("考核工作机构", "The assessing body")
_TITLE = Text("关于{period}考核结果的反馈函", "Result of the assessment for {period}")
_GRADE, _LOSSES = Text("考核结果", "Result"), Text("失分最多的项目", "Largest losses")
_SURE, _MENDS = Text("结果的可靠程度", "How sure"), Text("最易见效的改进", "Cheapest mends")
_DATES = Text("有关日期", "Dates")
_NO_LOSS = Text("各项均得满分。", "No item lost points.")
_NO_MEND = Text("没有找到单独一步就能增分的改进。", "No single step was found that gains points.")
_NOT_ASKED = Text(
    "本次没有测算名次的稳定程度。",
    "It was not computed how far the rank could have been otherwise.",
)
_NO_COSTS = Text(
    "没有给成本表，按增分多少排列。", "No costs were given: they stand by the points gained."
)
_WITH_COSTS = Text("按每单位成本增分排列。", "They stand by the points gained for their cost.")
LONGEST_TITLE = 40
_FULL_STOP = Text("。", ".")


def letter_paper(
    result: Result,
    unit: str,
    lang: Lang,
    issued_on: date,
    *,
    cut_off: date | None = None,
    costs: Sequence[Cost] | None = None,
    issuer: Text | None = None,
    document_number: str = "",
) -> Paper:
    """The letter to one unit, by its code, as large as one page allows.

    ``cut_off`` is the last day that the figures know of; without it the period's last day stands.

    Raises:
        KeyError: no such unit was weighed.
    """
    writer = _Writer(result, unit, lang)
    organ = (issuer or result.scheme.issuer or _ORGAN).say(lang)
    losses, mends = largest_losses(result, unit), cheapest_mends(result, unit, costs=costs)
    dated = issued_on, cut_off or last_day(result.scheme.period)
    paper = Paper(
        lang=lang,
        form="letter",
        title=_TITLE.say(lang).format(period=_period(result.scheme, lang)),
        is_sample=result.label == "sample",
        head=Head(issuer=organ, number=document_number),
        addressee=_title(result, unit, lang),
        paragraphs=(),
        signature=organ,
        issued_on=issued_on,
    )
    said_ = [
        tuple(writer.paragraphs(losses, mends, dated, has_costs=costs is not None, short=short))
        for short in (False, True)
    ]
    wanted = [
        replace(paper, paragraphs=paragraphs, is_close=is_close)
        for paragraphs, is_close in ((said_[0], False), (said_[0], True), (said_[1], True))
    ]
    return next((one for one in wanted if fits_one_page(one)), wanted[-1])


class _Writer:
    """Writes the paragraphs of the letter to one unit."""

    def __init__(self, result: Result, unit: str, lang: Lang) -> None:
        self.result, self.unit, self.lang = result, unit, lang
        self.scheme: Scheme = result.scheme
        self.standing: Standing = result.standing[unit]

    def paragraphs(
        self, losses: Sequence[Loss], mends: Sequence[Mend], dated: tuple[date, date],
        *, has_costs: bool, short: bool,
    ) -> Iterator[Paragraph]:  # fmt: skip
        yield self.led(_GRADE, self.grade())
        yield self.led(_LOSSES, "" if losses else _NO_LOSS.say(self.lang))
        yield from (self.listed(at, self.loss(one, short=short)) for at, one in enumerate(losses))
        yield self.led(_SURE, self.how_sure())
        basis = _WITH_COSTS if has_costs else _NO_COSTS
        yield self.led(_MENDS, (basis if mends else _NO_MEND).say(self.lang))
        yield from (self.listed(at, self.mend(one, short=short)) for at, one in enumerate(mends))
        yield self.led(_DATES, self.dates(*dated))

    def led(self, lead: Text, text: str) -> Paragraph:
        colon = "：" if self.lang == "zh" else ": "
        said_ = (lead.say(self.lang) + colon) if text else (lead.say(self.lang) + colon).rstrip()
        return Paragraph((text,) if text else (), lead=said_)

    def listed(self, at: int, text: str) -> Paragraph:
        mark = f"{at + 1}." if self.lang == "zh" else f"{at + 1}. "
        return Paragraph((mark + text,))

    # --- sentences

    def grade(self) -> str:
        grades = {one.code: one.title for one in self.scheme.grades}
        grade, rank = grades.get(self.standing.grade), self.standing.rank
        ranked = sum(one.rank is not None for one in self.result.standings)
        score = number(self.standing.score, self.scheme.total.places)
        zh = [f"得分{score}分"]
        en = [f"{score} points"]
        if grade is not None:
            zh.append(f"等次为{grade.say('zh')}")
            en.append(f"grade {grade.say('en')}")
        if rank is not None:
            zh.append(f"在{ranked}个单位中居{place(rank, 'zh')}")
            en.append(f"{place(rank, 'en')} of {ranked}")
        for title in self.vetoes():
            zh.append(f"发生“{title.say('zh')}”，按细则另行处理")
            en.append(f"overruled because of “{title.say('en')}”")
        return self.sentence(Text("，".join(zh), ", ".join(en)))

    def vetoes(self) -> Iterator[Text]:
        """What overruled the points."""
        for one in self.scheme.vetoes:
            if one.code in self.standing.vetoes:
                yield one.title or same(one.code)

    def loss(self, one: Loss, *, short: bool) -> str:
        """Points lost, then the sentence that says why."""
        lost, title = points(one.lost), one.leaf.title.say(self.lang) or one.leaf.code
        if short:
            title = cut(title)
            return self.sentence(Text(f"{title}，失{lost}分", f"{title}: {lost} points lost"))
        why = one.leaf.sentence.say(self.lang)
        return f"失{lost}分。{why}" if self.lang == "zh" else f"{lost} points lost. {why}"

    def how_sure(self) -> str:
        sure = self.result.how_sure
        found = next((one for one in sure.units if one.unit == self.unit), None) if sure else None
        if sure is None or found is None or found.ranks is None:
            return _NOT_ASKED.say(self.lang)
        low, high = (plain(Fraction(end)) for end in (found.ranks.low, found.ranks.high))
        share, times = percent(sure.confidence), f"{sure.replications:,}"
        span = Text(
            f"第{low}名" if low == high else f"第{low}名至第{high}名之间",
            f"rank {low}" if low == high else f"ranks {low} to {high}",
        )
        return Text(
            f"对细则中可以另有取法之处随机重算{times}次，至少{share}的重算中，名次在{span.zh}。",
            f"Weighed again {times} times with the choices that could have been otherwise, the unit came at "
            f"{span.en} in at least {share} of them.",
        ).say(self.lang)  # fmt: skip

    def mend(self, one: Mend, *, short: bool) -> str:
        title = named(self.scheme, one.input)
        if short:
            title = Text(cut(title.say("zh")), cut(title.say("en")))
        now, to = (said(self.scheme, one.input, value) for value in (one.now, one.to))
        gain = points(one.gain)
        cost = "" if one.cost is None else points(one.cost)
        return Text(
            f"{title.say('zh')}由{now.say('zh')}到{to.say('zh')}，可增{gain}分"
            + (f"，成本{cost}" if cost else "")
            + "。",
            f"{title.say('en')} from {now.say('en')} to {to.say('en')}: {gain} points more"
            + (f", at a cost of {cost}" if cost else "")
            + ".",
        ).say(self.lang)

    def dates(self, issued_on: date, cut_off: date) -> str:
        starts, last = self.scheme.period.starts, last_day(self.scheme.period)
        zh, en = (
            [day_text(one, lang) for one in (starts, last, cut_off, issued_on)]
            for lang in ("zh", "en")
        )
        return Text(
            f"考核期间{zh[0]}至{zh[1]}，数据截至{zh[2]}，{zh[3]}反馈。",
            f"Period {en[0]} to {en[1]}; figures as of {en[2]}; issued {en[3]}.",
        ).say(self.lang)

    def sentence(self, text: Text) -> str:
        said_ = text.say(self.lang)
        return said_[:1].upper() + said_[1:] + _FULL_STOP.say(self.lang)


def cut(title: str) -> str:
    """A long title cut short, for a letter that would not fit its page otherwise."""
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


def points(value: Score) -> str:
    """To two decimals at most, without needless zeros."""
    return number(value, places_for([value]))


def _period(scheme: Scheme, lang: Lang) -> str:
    """A year that is assessed is a 年度."""
    said_ = period_text(scheme.period).say(lang)
    return f"{said_}度" if lang == "zh" and said_.endswith("年") else said_


def _title(result: Result, unit: str, lang: Lang) -> str:
    return result.standing[unit].unit.title.say(lang) or unit
