"""A brief as one page of HTML: the text, and at its foot where every figure comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from steelyard.kernel.bilingual import Text
from steelyard.papers.brief.figure import Figure
from steelyard.papers.brief.fill import Brief, Filled, Mention
from steelyard.papers.brief.notes import bodies_text, rows_text
from steelyard.papers.brief.show import SAMPLE, exact_text, figure_text
from steelyard.papers.pictures import look
from steelyard.records.catalogue.model import Catalogue

WORDS = {
    "skip": Text("跳到正文", "Skip to the text"),
    "news": Text("新闻稿", "News"),
    "white_paper": Text("白皮书", "White paper"),
    "sample": Text("样本", "Sample"),
    "sample_says": Text(
        "标注“样本”的数字来自样本记录，不代表任何地方的真实情况。其余数字照注明的来源引用。",
        "Figures marked (sample) rest on sample records and say nothing of any real place. "
        "The others are quoted from the sources named.",
    ),
    "origins": Text("数字的来历", "Where the figures come from"),
    "origins_say": Text(
        "正文的每个数字都由记录算出或取自考核结果，没有一个是写进去的。数字后的小号对应下列各条。",
        "Every figure of the text is computed from records or taken from the result; none was typed in. "
        "The small numbers lead to the entries below.",
    ),
    "figure": Text("数字", "Figure"),
    "exact": Text("准确值", "Exact value"),
    "rows": Text("依据", "Rests on"),
    "records": Text("记录", "Records"),
    "supplied": Text("提供单位", "Supplied by"),
    "source": Text("来源", "Source"),
    "query": Text("查询", "Query"),
    "field": Text("结果字段", "Field of the result"),
    "more": Text("等，共{rows}行", "… {rows} in all"),
    "no_data": Text("暂无数据：{why}", "No data: {why}"),
    "suppressed": Text("记录数少，按披露规则不公布", "Too few records: hidden by the disclosure rule"),
    "back": Text("回到正文", "Back to the text"),
    "snapshot": Text("数据快照", "Snapshot"),
    "result": Text("考核结果", "Result"),
    "period": Text("期间", "Period"),
}  # fmt: skip
_SHOWN_RECORDS = 3
_SHOWN_RECORD_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Origin:
    """One entry at the foot of the page."""

    number: int
    name: str
    title: str
    shown: str
    is_sample: bool
    is_mentioned: bool
    remark: str
    facts: tuple[tuple[str, str], ...]
    query: str


def brief_html(brief: Brief, catalogue: Catalogue) -> str:
    """The page: nothing in it is loaded from elsewhere, and no script runs."""
    page: str = _template().render(
        brief=brief,
        words={key: text.say(brief.lang) for key, text in WORDS.items()},
        style=Markup(_style()),
        unit=brief.unit.say(brief.lang),
        paragraphs=_placed(brief),
        origins=[_origin(brief, catalogue, n, one) for n, one in enumerate(brief.figures, 1)],
        sample_mark=SAMPLE.say(brief.lang),
        Mention=Mention,
    )
    return page


def _style() -> str:
    own = files("steelyard.papers.brief").joinpath("brief.css").read_text(encoding="utf-8")
    return "\n".join([look.tokens(), look.elements(), own])


def _placed(brief: Brief) -> list[tuple[Filled, list[tuple[str | Mention, str]]]]:
    """Each paragraph with its pieces; the first mention of a figure bears the anchor to come back to."""
    seen: set[int] = set()
    placed = []
    for paragraph in brief.paragraphs:
        pieces: list[tuple[str | Mention, str]] = []
        for piece in paragraph.pieces:
            is_first = isinstance(piece, Mention) and piece.number not in seen
            if isinstance(piece, Mention):
                seen.add(piece.number)
            anchor = f"mention-{piece.number}" if isinstance(piece, Mention) and is_first else ""
            pieces.append((piece, anchor))
        placed.append((paragraph, pieces))
    return placed


def _origin(brief: Brief, catalogue: Catalogue, number: int, one: Figure) -> Origin:
    lang = brief.lang
    mentioned = {
        piece.number
        for paragraph in brief.paragraphs
        for piece in paragraph.pieces
        if isinstance(piece, Mention)
    }
    return Origin(
        number=number,
        name=one.name,
        title=one.spec.title.say(lang),
        shown=figure_text(one, lang),
        is_sample=one.is_sample and one.state != "no_data",
        is_mentioned=number in mentioned,
        remark=_remark(brief, one),
        facts=tuple(_facts(brief, catalogue, one)),
        query=one.spec.records.strip(),
    )


def _remark(brief: Brief, one: Figure) -> str:
    if one.state == "no_data":
        return WORDS["no_data"].say(brief.lang).format(why=one.why.say(brief.lang))
    return WORDS["suppressed"].say(brief.lang) if one.state == "suppressed" else ""


def _facts(brief: Brief, catalogue: Catalogue, one: Figure) -> Iterator[tuple[str, str]]:
    lang = brief.lang
    exact = exact_text(one.value)
    if exact and exact != figure_text(one, "zh"):
        yield WORDS["exact"].say(lang), exact
    if one.behind.tables:
        yield WORDS["rows"].say(lang), rows_text(one, catalogue, lang)
    if one.behind.records:
        yield WORDS["records"].say(lang), _records(brief, one)
    if one.result_field:
        yield WORDS["field"].say(lang), one.result_field
    if one.behind.bodies:
        yield WORDS["supplied"].say(lang), bodies_text(one, lang)
    if one.source.say(lang):
        yield WORDS["source"].say(lang), one.source.say(lang)


def _records(brief: Brief, one: Figure) -> str:
    """The first few keys."""
    keys = [key[:_SHOWN_RECORD_CHARACTERS] for key in one.behind.records[:_SHOWN_RECORDS]]
    listed = ("、" if brief.lang == "zh" else ", ").join(keys)
    if one.behind.rows <= _SHOWN_RECORDS:
        return listed
    more = WORDS["more"].say(brief.lang).format(rows=f"{one.behind.rows:,}")
    return listed + ("" if brief.lang == "zh" else " ") + more


@cache
def _template() -> Any:
    environment = Environment(
        loader=PackageLoader("steelyard.papers.brief"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("brief.html.j2")
