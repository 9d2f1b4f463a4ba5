"""Are the papers there that a suit of this kind needs?"""

from __future__ import annotations

from datetime import date

from steelyard.courts.rules.filing.filing import Filing
from steelyard.courts.rules.filing.filing_facts import applies, fact, holds, value
from steelyard.courts.rules.filing.finding import Finding, Found, ask
from steelyard.courts.rules.filing.material_rows import (
    NEEDS,
    SURE,
    Group,
    Material,
    Materials,
    articles_on,
)
from steelyard.kernel.bilingual import Text

_BRING = Text("建议一并提交", "better brought along")
_NO_PRESERVATION = Text(
    "请补交；不补交的驳回保全申请，不影响起诉立案",
    "hand it in; else the application for preservation fails, not the suit",
)


def what_papers_turn_on_is_known(filing: Filing, table: Materials, on: date) -> Found:
    """A fact on which a required paper turns is asked when nobody stated it."""
    codes = (
        code
        for row in table.rows
        if row.need == "required" and row.starts <= on
        for code in _unsaid(row, filing)
    )
    return tuple(ask(code, _turning(code, table, on)) for code in dict.fromkeys(codes))


def _unsaid(row: Material, filing: Filing) -> tuple[str, ...]:
    """The one condition that nobody spoke of, where all others hold."""
    when = row.fact.when
    return tuple(
        code
        for code, _ in when
        if value(filing, code) is None
        and applies(fact(code), filing)
        and holds(tuple(other for other in when if other[0] != code), filing)
    )


def _turning(code: str, table: Materials, on: date) -> tuple[Text, ...]:
    rows = (row for row in table.rows if row.need == "required" and code in dict(row.fact.when))
    return articles_on(next(rows).articles, on)


def required_papers_are_there(filing: Filing, table: Materials, on: date) -> Found:
    """Every paper that a text demands, and one of each group of which any one is enough."""
    return tuple(
        finding
        for row in table.rows
        if row.matters(filing, on)
        for finding in _required(row, filing, table, on)
    )


def other_papers_are_there(filing: Filing, table: Materials, on: date) -> Found:
    """What is usual, what the court may ask for, what is to be proven: advice, no condition."""
    return tuple(
        _advice(row, on)
        for row in table.rows
        if row.matters(filing, on)
        and row.need not in ("required", "one_of_group")
        and not filing.materials.get(row.code)
        and not any(filing.materials.get(other) for other in row.unless)
    )


def _required(row: Material, filing: Filing, table: Materials, on: date) -> Found:
    if row.need == "one_of_group":
        group = table.groups[row.group]
        members = [one for one in table.rows if one.group == row.group and one.matters(filing, on)]
        return _of_group(group, members, filing, on) if row is members[0] else ()
    if row.need != "required":
        return ()
    ticked = filing.materials.get(row.code)
    if ticked is None:
        return (ask(row.fact.code, articles_on(row.articles, on), row.fact.label),)
    return () if ticked else (_missing(row, on),)


def _of_group(group: Group, members: list[Material], filing: Filing, on: date) -> Found:
    ticks = [filing.materials.get(one.code) for one in members]
    articles = articles_on(group.articles, on)
    if any(ticks):
        return ()
    if None in ticks:
        open_one = members[ticks.index(None)]
        label = Text(f"提交{group.title.zh}", f"handed in: {group.title.en}")
        return (ask(open_one.fact.code, articles, label),)
    return (
        Finding(
            f"material-{group.code.replace('_', '-')}",
            "missing",
            articles,
            Text(f"缺少{group.title.zh}", f"not there: {group.title.en}"),
            Text(
                "起诉应当提供符合起诉条件的证据，任交其一即可",
                "the right must be shown; any one is enough",
            ),
            Text("请补交其中之一", "hand in one of them"),
            members[0].fact.code,
        ),
    )


def _missing(row: Material, on: date) -> Finding:
    mend = Text("请补交", "hand it in")
    return Finding(
        f"material-{row.code.replace('_', '-')}",
        "missing",
        articles_on(row.articles, on),
        Text(f"缺少{row.title.zh}", f"not there: {row.title.en}"),
        row.note or Text("此类案件应当提交", "a case of this kind needs it"),
        _NO_PRESERVATION if row.serves_preservation else mend,
        row.fact.code,
    )


def _advice(row: Material, on: date) -> Finding:
    need, sure = NEEDS[row.need], SURE[row.sure]
    why = Text(f"{need.zh}（{sure.zh}）", f"{need.en} ({sure.en})")
    if row.note:
        why = Text(f"{why.zh}：{row.note.zh}", f"{why.en}: {row.note.en}")
    return Finding(
        f"material-{row.code.replace('_', '-')}",
        "advised",
        articles_on(row.articles, on),
        Text(f"未见{row.title.zh}", f"not seen: {row.title.en}"),
        why,
        _BRING,
        row.fact.code,
    )
