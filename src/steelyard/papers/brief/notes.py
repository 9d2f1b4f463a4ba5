"""What a footnote says of a figure: where it comes from, in a sentence or two."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.kernel.bilingual import Lang, Text
from steelyard.papers.brief.figure import Figure
from steelyard.papers.numbers import counted
from steelyard.records.catalogue.model import Catalogue


def note_text(figure: Figure, catalogue: Catalogue, lang: Lang) -> str:
    """The footnote of a figure.

    For instance: 扶持资金公布数：公布的数字1行；提供：江门市人民政府（公开新闻）；来源：……。
    """
    said = list(_clauses(figure, catalogue, lang))
    title = figure.spec.title.say(lang)
    if lang == "zh":
        return f"{title}：{'；'.join(said)}。"
    return f"{title}: {'; '.join(said)}."


def _clauses(figure: Figure, catalogue: Catalogue, lang: Lang) -> Iterator[str]:
    if figure.state == "no_data":
        yield Text(f"暂无数据（{figure.why.zh}）", f"no data ({figure.why.en})").say(lang)
    if figure.state == "suppressed":
        yield Text(
            "记录数少，按披露规则不公布", "too few records: hidden by the disclosure rule"
        ).say(lang)
    if figure.behind.tables:
        yield rows_text(figure, catalogue, lang)
    if figure.result_field:
        field = figure.result_field
        yield Text(f"考核结果字段{field}", f"field {field} of the result").say(lang)
    yield from _origin(figure, lang)


def rows_text(figure: Figure, catalogue: Catalogue, lang: Lang) -> str:
    """How many rows of which tables.

    Of a suppressed figure the tables alone: the number of rows is what is hidden.
    """
    tables = [catalogue.tables[one].title.say(lang) for one in figure.behind.tables]
    rows = figure.behind.rows
    if lang == "zh":
        listed = "、".join(tables)
        return f"“{listed}”表" if figure.state == "suppressed" else f"“{listed}”表{counted(rows)}行"
    listed = ", ".join(tables)
    if figure.state == "suppressed":
        return f"table {listed}"
    return f"{counted(rows)} {'row' if rows == 1 else 'rows'} of {listed}"


def _origin(figure: Figure, lang: Lang) -> Iterator[str]:
    if figure.behind.bodies:
        yield (Text("提供：", "supplied by ").say(lang)) + bodies_text(figure, lang)
    source = figure.source.say(lang)
    if source:
        yield Text("来源：", "source: ").say(lang) + source
    if figure.is_sample:
        yield Text(
            "样本数据，不代表真实情况", "sample data, which say nothing of the real place"
        ).say(lang)


def bodies_text(figure: Figure, lang: Lang) -> str:
    return ("、" if lang == "zh" else ", ").join(one.say(lang) for one in figure.behind.bodies)
