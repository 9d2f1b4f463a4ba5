"""What many papers say alike: titles, days, the marks that an office fills in by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from steelyard.assessment.models import Assessment
from steelyard.assessment.queries.papers.letterheads import named
from steelyard.assessment.queries.papers.seen import Asker
from steelyard.assessment.queries.samples import is_sample
from steelyard.assessment.rules.figures import said_figure
from steelyard.assessment.rules.papers.letterheads import Named
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.exact import shown
from steelyard.look.moments import to_the_minute
from steelyard.papers.periods import day_text
from steelyard.papers.templates.fields import Values
from steelyard.scheme.model import Input

SAMPLE_WORDS = ("样本：", "（样本）", "Sample: ", "(sample)", "Sample:")
MARK = Text("（样本）", " (sample)")
JOINT = Text("、", ", ")
BLANK_DAY = Text("　　年　月　日", "____________________")
COLON = Text("：", ": ")
NONE = Text("—", "–")
FULL_STOP = Text("。", ".")
ENDS = frozenset("。！？….!?；;")


@dataclass(frozen=True, slots=True)
class Paper:
    """What is asked of a paper: for whom, of which assessment, of what, in which language."""

    who: Asker
    found: Assessment
    of: str
    lang: Lang

    def say(self, text: Text) -> str:
        return text.say(self.lang)

    def day(self, on: date | None) -> str:
        return day_text(on, self.lang) if on else self.say(BLANK_DAY)

    def moment(self, at: datetime | None) -> str:
        return to_the_minute(at)

    def joined(self, texts: Iterable[str]) -> str:
        return self.say(JOINT).join(one for one in texts if one)


def common(paper: Paper) -> Values:
    """What every paper may name."""
    return _common(paper, named(paper.found.office))


def letter(paper: Paper) -> Values:
    """What a letter names besides: its serial, the month and day are filled in when it is issued."""
    organ, year = named(paper.found.office), paper.who.on.year
    return {
        **_common(paper, organ),
        "number": Text(f"{organ.code}〔{year}〕　　号", f"[{year}] No. ____").say(paper.lang),
        "date": Text(f"{year}年　　月　　日", f"____ ____________ {year}").say(paper.lang),
    }


def _common(paper: Paper, organ: Named) -> Values:
    found = paper.found
    until = Text("至", " to ").say(paper.lang)
    return {
        "assessment": marked(found.title, paper.lang, is_sample=is_sample(found)),
        "period": f"{paper.day(found.starts)}{until}{paper.day(found.last_day)}",
        "office": paper.say(organ.name),
    }


def marked(named: Text, lang: Lang, *, is_sample: bool) -> str:
    """A title with the mark of a sample, once, however it was written."""
    title = named.say(lang)
    if not is_sample:
        return title
    for word in SAMPLE_WORDS:
        title = title.replace(word, "")
    title = title.strip()
    return (
        title[:1].upper() + title[1:] + MARK.say(lang) if lang == "en" else title + MARK.say(lang)
    )


def sentence(paper: Paper, typed: str) -> str:
    """What somebody typed, as a sentence that another follows: with its full stop."""
    text = typed.rstrip()
    if not text or text[-1] in ENDS:
        return text
    return text + paper.say(FULL_STOP)


def points(value: Fraction | None) -> str:
    return "" if value is None else shown(value)


def figures_named(paper: Paper, figures: Mapping[str, str], inputs: Mapping[str, Input]) -> str:
    """Figures in a line each, by their titles: 按期办结率：92.3%."""
    colon = paper.say(COLON)
    return "\n".join(
        f"{paper.say(inputs[code].title) or code}{colon}{paper.say(said_figure(value, inputs[code]))}"
        f"{_measure(paper, inputs[code])}"
        for code, value in figures.items()
        if value and code in inputs
    )


def _measure(paper: Paper, of: Input) -> str:
    measure = paper.say(of.unit_of_measure)
    if not measure:
        return ""
    return measure if paper.lang == "zh" else f" {measure}"
