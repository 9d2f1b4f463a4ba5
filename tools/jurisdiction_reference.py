"""Prints the whole decision space of jurisdiction as a page, each cell with its one row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby

from steelyard.courts.court_rules import CourtRules
from steelyard.courts.rules.jurisdiction import space
from steelyard.courts.rules.jurisdiction.causes import MATTERS, RELATIONS
from steelyard.courts.rules.jurisdiction.levels import Threshold
from steelyard.courts.rules.jurisdiction.rows import PERSON, AppealRow, FirstRow, Table
from steelyard.courts.rules.jurisdiction.setting import BODIES, LEVELS, PLACE_KINDS, Setting
from steelyard.kernel.bilingual import Lang, Text

ROLES: Mapping[str, Text] = {
    "basic": Text("基层法院", "basic"),
    "intermediate": Text("中级法院", "intermediate"),
    "ip_court": Text("广州知产法院", "Guangzhou IP Court"),
    "high": Text("高级法院", "high"),
    "beijing_ip_court": Text("北京知产法院", "Beijing IP Court"),
    "tribunal": Text("最高法院知产法庭", "IP Tribunal"),
    "supreme": Text("最高法院", "Supreme"),
    "next": Text("上一级法院", "the court above"),
    "basic_of_seat": Text("广州的基层法院", "basic, Guangzhou"),
    "by_amount": Text("一般案件按数额", "as an ordinary case by amount"),
    "by_body": Text("一般案件按机关", "as an ordinary case by agency"),
    PERSON: Text("由人决定", "a person"),
}
PLACES: Mapping[str, Text] = {
    "seat": Text("广州市", "Guangzhou"),
    "carve_out": Text("深圳市", "Shenzhen"),
    "rest": Text("广东其他市", "rest of Guangdong"),
    "elsewhere": Text("广东以外", "beyond Guangdong"),
}
AXIS: Mapping[str, Text] = {
    "basic": Text("低额", "small"),
    "intermediate": Text("中额", "middling"),
    "high": Text("高额", "great"),
    "open": Text("低额中额之间不定", "unsettled, small or middling"),
    "open_high": Text("中额高额之间不定", "unsettled, middling or great"),
    "department": Text("工作部门", "department"),
    "government": Text("人民政府", "government"),
    "state_council": Text("国务院部门", "State Council"),
    "customs": Text("海关", "customs"),
}
HEAD = Text(
    """# 管辖：全部情形

由 `regions/china/jurisdiction.toml` 生成。每一格恰好有一行规则作答：一个法院，或者由人决定。括号中的数是行的序号，
行在后面列出，附条文和理由。测试对全部{cells}格逐一核对。数额分三档：低额不到中级法院的标准，中额达到，高额达到高级法院的标准；
标准本身见文末。《法律怎样变成一张表》说明读法和存疑之处。
""",
    """# Jurisdiction: every case there can be

Made from `regions/china/jurisdiction.toml`. Exactly one row answers each cell: a court, or a person. The
number in brackets is that of the row; the rows follow, with articles and reasons. A test goes through all
{cells} cells. Amounts are small (below what an intermediate court hears), middling, or great (what a high
court hears); the amounts themselves stand at the end. *How the law became a table* tells how it was read,
and what is open.
""",
)


def page(lang: Lang) -> str:
    """The page in one language."""
    rules = CourtRules.of("guangdong").jurisdiction
    table = rules.table
    numbers = {row.code: n for n, row in enumerate(_all(table), start=1)}
    parts = [HEAD.say(lang).format(cells=f"{_cells(table):,}")]
    for era in space.eras(table.filing_days):
        parts += _era(table, era, numbers, lang)
    parts += _appeals(table, numbers, lang)
    parts += _rows(table, numbers, lang)
    parts += _thresholds(rules.thresholds, table, lang)
    return "\n".join(parts) + "\n"


def _cells(table: Table) -> int:
    first = len(list(space.settings(space.eras(table.filing_days)[0].a_day)))
    appeals = len(list(space.appeal_cells(space.eras(table.judgment_days)[0].a_day)))
    return first * len(space.eras(table.filing_days)) + appeals * len(
        space.eras(table.judgment_days)
    )


def _era(table: Table, era: space.Era, numbers: Mapping[str, int], lang: Lang) -> list[str]:
    title = Text("立案日", "Filed ").say(lang) + _span(era, lang)
    civil = _table(
        table, space.civil_settings(era.a_day), numbers, lang, LEVELS, lambda one: str(one.level)
    )
    administrative = _table(
        table,
        space.administrative_settings(era.a_day),
        numbers,
        lang,
        BODIES,
        lambda one: str(one.body),
    )
    return [
        f"## {title}\n",
        f"### {Text('民事', 'Civil').say(lang)}\n",
        *civil,
        f"\n### {Text('行政', 'Administrative').say(lang)}\n",
        *administrative,
        "",
    ]


def _span(era: space.Era, lang: Lang) -> str:
    if era.starts is None:
        return Text(f"在{era.ends}以前", f"before {era.ends}").say(lang)
    if era.ends is None:
        return Text(f"自{era.starts}起", f"from {era.starts}").say(lang)
    return Text(f"自{era.starts}起、在{era.ends}以前", f"from {era.starts}, before {era.ends}").say(
        lang
    )


def _table(
    table: Table,
    settings: Iterable[Setting],
    numbers: Mapping[str, int],
    lang: Lang,
    axis: tuple[str, ...],
    along: Callable[[Setting], str],
) -> list[str]:
    """Claims that every place and axis answers alike share a line."""
    by_claim: dict[tuple[str, str, bool], dict[tuple[str, str], FirstRow]] = defaultdict(dict)
    for setting in settings:
        claim = (setting.matter, setting.relation, setting.well_known)
        by_claim[claim][setting.place, along(setting)] = table.first_row(setting)
    alike: dict[tuple[str, ...], list[tuple[str, str, bool]]] = defaultdict(list)
    for claim, answers in by_claim.items():
        signature = tuple(answers[place, at].code for place in PLACE_KINDS for at in axis)
        alike[signature].append(claim)
    head = [Text("案件", "case").say(lang), *(PLACES[place].say(lang) for place in PLACE_KINDS)]
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    for claims in alike.values():
        answers = by_claim[claims[0]]
        cells = [
            _cell([(at, answers[place, at]) for at in axis], numbers, lang) for place in PLACE_KINDS
        ]
        lines.append(f"| {_named(claims, lang)} | {' | '.join(cells)} |")
    return lines


def _cell(answers: list[tuple[str, FirstRow]], numbers: Mapping[str, int], lang: Lang) -> str:
    by_row: dict[str, list[str]] = defaultdict(list)
    rows = {row.code: row for _, row in answers}
    for at, row in answers:
        by_row[row.code].append(at)
    runs = [(ats, rows[code]) for code, ats in by_row.items()]
    if len(runs) == 1:
        return _answer(runs[0][1], numbers, lang)
    colon, comma = Text("：", ": ").say(lang), Text("、", ", ").say(lang)
    return "<br>".join(
        f"{comma.join(AXIS[at].say(lang) for at in ats)}{colon}{_answer(row, numbers, lang)}"
        for ats, row in runs
    )


def _answer(row: FirstRow | AppealRow, numbers: Mapping[str, int], lang: Lang) -> str:
    return f"{ROLES[row.court].say(lang)} ({numbers[row.code]})"


def _named(claims: list[tuple[str, str, bool]], lang: Lang) -> str:
    """The claims in words: matters that differ in nothing else stand together."""
    by_rest: dict[tuple[tuple[str, bool], ...], list[str]] = defaultdict(list)
    for matter, group in groupby(sorted(claims, key=_in_order), key=lambda claim: claim[0]):
        by_rest[tuple((relation, known) for _, relation, known in group)].append(matter)
    comma = Text("、", ", ").say(lang)
    return (
        Text("；", "; ")
        .say(lang)
        .join(
            comma.join(MATTERS[matter].say(lang) for matter in matters) + _qualified(rest, lang)
            for rest, matters in by_rest.items()
        )
    )


def _in_order(claim: tuple[str, str, bool]) -> tuple[int, int, bool]:
    return list(MATTERS).index(claim[0]), list(RELATIONS).index(claim[1]), claim[2]


def _qualified(rest: tuple[tuple[str, bool], ...], lang: Lang) -> str:
    relations = [name for name in RELATIONS if any(name == relation for relation, _ in rest)]
    said = []
    if len(relations) < len(RELATIONS):
        said.append(
            Text("、", ", ").say(lang).join(RELATIONS[name].say(lang) for name in relations)
        )
    known = {one for _, one in rest}
    if known == {True}:
        said.append(Text("认定驰名商标", "well-known mark").say(lang))
    if known == {False}:
        said.append(Text("不涉驰名商标", "no well-known mark").say(lang))
    if not said:
        return ""
    inner = Text("，", "; ").say(lang).join(said)
    return Text(f"（{inner}）", f" ({inner})").say(lang)


def _appeals(table: Table, numbers: Mapping[str, int], lang: Lang) -> list[str]:
    parts = []
    for era in space.eras(table.judgment_days):
        title = Text("上诉：裁判日", "Appeal: judged ").say(lang) + _span(era, lang)
        parts += [f"## {title}\n", *_appeal_table(table, era, numbers, lang), ""]
    return parts


def _appeal_table(
    table: Table, era: space.Era, numbers: Mapping[str, int], lang: Lang
) -> list[str]:
    courts = ("basic", "basic_of_seat", "intermediate", "ip_court", "high", "beijing_ip_court")
    by_claim: dict[tuple[str, str, str], dict[str, AppealRow]] = defaultdict(dict)
    for setting, tried_by in space.appeal_cells(era.a_day):
        claim = (setting.track, setting.matter, setting.relation)
        by_claim[claim][tried_by] = table.appeal_row(setting, tried_by, era.a_day)
    alike: dict[tuple[str, ...], list[tuple[str, str, str]]] = defaultdict(list)
    for claim, answers in by_claim.items():
        signature = tuple(answers[one].code if one in answers else "" for one in courts)
        alike[(claim[0], *signature)].append(claim)
    first = Text("案件＼一审法院", "case \\ tried by").say(lang)
    head = [first, *(ROLES[one].say(lang) for one in courts)]
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    for claims in alike.values():
        answers = by_claim[claims[0]]
        cells = [_answer(answers[one], numbers, lang) if one in answers else "—" for one in courts]
        track = Text("民事" if claims[0][0] == "civil" else "行政", claims[0][0]).say(lang)
        named = _named([(m, r, k) for _, m, r in claims for k in (False, True)], lang)
        lines.append(f"| {track}{Text('：', ': ').say(lang)}{named} | {' | '.join(cells)} |")
    return lines


def _rows(table: Table, numbers: Mapping[str, int], lang: Lang) -> list[str]:
    head = Text(
        "## 规则各行\n\n| 行 | 代码 | 施行 | 回答 | 理由 | 条文 |",
        "## The rows\n\n| row | code | in force | answer | reason | articles |",
    ).say(lang)
    return [
        head,
        "|---|---|---|---|---|---|",
        *(_row(table, row, numbers, lang) for row in _all(table)),
        "",
    ]


def _all(table: Table) -> list[FirstRow | AppealRow]:
    return [*table.first, *table.appeal]


def _row(table: Table, row: FirstRow | AppealRow, numbers: Mapping[str, int], lang: Lang) -> str:
    era = space.Era(row.starts, row.ends)
    span = Text("始终", "always").say(lang) if era == space.Era(None, None) else _span(era, lang)
    articles = table.citations.cite_all(row.articles, era.a_day)
    cited = Text("；", "; ").say(lang).join(one.say(lang) for one in articles)
    answer = ROLES[row.court].say(lang)
    if isinstance(row, FirstRow) and row.readings:
        read = " / ".join(ROLES[one].say(lang) for one in row.readings)
        answer += Text(f"（{read}）", f" ({read})").say(lang)
    return f"| {numbers[row.code]} | `{row.code}` | {span} | {answer} | {row.why.say(lang)} | {cited} |"


def _thresholds(thresholds: Iterable[Threshold], table: Table, lang: Lang) -> list[str]:
    head = Text(
        "## 数额标准\n\n单位：元；达到即在其内。没有列出的日期（2025年10月1日起）没有可用的数额标准："
        "凡取决于数额的，由人决定。\n\n"
        "| 级别 | 施行 | 地点 | 当事人都在辖区或省内 | 有一方不在 | 出处 |",
        "## Amounts\n\nIn yuan; an amount equal to one is within it. For days that are not listed (from 2025-10-01) no"
        " amount was read: what hangs on one is left to a person.\n\n"
        "| level | in force | place | all parties within | one outside | source |",
    ).say(lang)
    return [head, "|---|---|---|---|---|---|", *(_amount(one, table, lang) for one in thresholds)]


def _amount(one: Threshold, table: Table, lang: Lang) -> str:
    comma = Text("、", ", ").say(lang)
    where = comma.join(
        PLACES[place].say(lang) for place in PLACE_KINDS if place in (one.places or ())
    )
    articles = comma.join(
        cited.say(lang) for cited in table.citations.cite_all(one.articles, one.starts)
    )
    sample = Text("（**样本**）", " (**sample**)").say(lang) if one.sample else ""
    span = _span(space.Era(one.starts, one.ends), lang)
    return (
        f"| {ROLES[one.level].say(lang)} | {span} | {where or '—'} | {int(one.inside):,}{sample} | "
        f"{int(one.outside):,}{sample} | {articles} |"
    )
