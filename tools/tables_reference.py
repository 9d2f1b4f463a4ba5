"""Makes docs/reference/tables.md: what each table of records holds, from the schemas that ship.

Everything on the page but its head is said in ``src/steelyard/records/tables/*.toml``.
"""

# ruff: noqa: E501 (a row of a table stays on its line)

from __future__ import annotations

from collections.abc import Iterator, Mapping

from steelyard.kernel.bilingual import Text
from steelyard.records.catalogue.model import (
    AREAS,
    Catalogue,
    Disclosure,
    Field,
    FieldType,
    Table,
)
from steelyard.records.catalogue.read import shipped
from tools.rules_reference import table as grid

AREA_TITLES: Mapping[str, Text] = {
    "assessment": Text("考核", "Assessment"),
    "plan": Text("联席会议与实施方案", "Joint meeting and plan"),
    "courts": Text("审判", "Courts"),
    "enforcement": Text("执法", "Enforcement"),
    "funds": Text("扶持资金", "Funds"),
    "contest": Text("大赛", "Contest"),
    "pledges": Text("地理标志与质押", "Geographical indications and pledges"),
    "top_events": Text("十大事件", "Top ten events"),
    "statistics": Text("地方、统计与公布的结果", "Places, statistics, announced results"),
}
TYPE_TITLES: Mapping[FieldType, Text] = {
    "text": Text("文字", "text"),
    "code": Text("代码", "code"),
    "whole": Text("整数", "whole number"),
    "number": Text("小数", "number"),
    "money": Text("金额", "money"),
    "day": Text("日期", "day"),
    "yes_no": Text("是否", "yes or no"),
}
DISCLOSURE_TITLES: Mapping[Disclosure, Text] = {
    "open": Text("可公开", "open"),
    "protected": Text("受保护", "protected"),
}
CODE_LISTS = Text("代码表", "Code lists")

HEAD = """\
# 记录表 · Tables of records

What each table of a [snapshot](../../GLOSSARY.md) holds: one kind of record, a row a record. A body delivers a table as CSV, Excel
or Parquet, headed by the codes of its fields or by their titles in either language. This page is made from the schemas in
[`src/steelyard/records/tables`](../../src/steelyard/records/tables); a region pack may add tables of its own in the same format.

每张表记一类事项，一行一条记录。报送时以列代码或中英文名称作表头，CSV、Excel、Parquet均可。本页由表结构文件生成；地区包可按同样格式另加表。

- **key · 主键**: what a record is found again by; no two rows share it.
- **place · 归属地**: the field that says where a row belongs. Any place of the table [`places`](#places), the lowest that is known.
- **dated · 所属期间**: a row belongs to a period if one of these days is in it; none may be after the delivery's cut-off. A table
  without them is a register: it is delivered whole, and a column of its own says which period a row is of, if any.
- **disclosure · 公开**: *protected* where small counts could point to a person or a firm.
- **required · 必填**: a row without it is refused. Everything else may be missing, and missing is not zero.
- **personal · 个人信息**: never leaves in a listing unless it is asked for by name.
- **condition · 校验**: a row for which it is false is refused; where a value in it is missing, it is not asked.

| type | holds |
|---|---|
| text 文字 | up to 10 000 characters |
| code 代码 | a short identifier without spaces; one of a code list, where one is named |
| whole number 整数 | |
| number 小数 | an exact decimal of up to six places, never a binary float |
| money 金额 | an exact decimal of two places |
| day 日期 | |
| yes or no 是否 | |
"""


def page() -> str:
    """The text of docs/reference/tables.md."""
    catalogue = shipped()
    return "\n".join([HEAD, _contents(catalogue), *_areas(catalogue), *_code_lists(catalogue)])


def tables_of(catalogue: Catalogue, area: str) -> list[Table]:
    return [table for table in catalogue.tables.values() if table.area == area]


def _contents(catalogue: Catalogue) -> str:
    rows = [
        (_both(AREA_TITLES[area]), "、".join(_link(table.code) for table in tables_of(catalogue, area)))
        for area in AREAS
    ]  # fmt: skip
    return grid(("领域 · area", "表 · tables"), rows)


def _areas(catalogue: Catalogue) -> Iterator[str]:
    for area in AREAS:
        yield f"## {_both(AREA_TITLES[area])}\n"
        for table in tables_of(catalogue, area):
            yield _table(table)


def _table(table: Table) -> str:
    facts = [
        ("key · 主键", _codes(table.key)),
        ("place · 归属地", _codes((table.place,)) if table.place else "—"),
        ("dated · 所属期间", _codes(table.dated) or "—"),
        ("disclosure · 公开", _both(DISCLOSURE_TITLES[table.disclosure])),
    ]
    parts = [
        f'<a id="{table.code}"></a>\n\n### `{table.code}` {_both(table.title)}\n',
        f"{table.note.zh}\n\n{table.note.en}\n",
        "\n".join(f"- {name}: {said}" for name, said in facts) + "\n",
        grid(("field", "名称 · title", "type", "holds", "note"), map(_field, table.fields)),
    ]
    return "\n".join([*parts, *_conditions(table)])


def _field(field: Field) -> tuple[str, str, str, str, str]:
    required = " **required**" if field.required else ""
    return (
        f"`{field.code}`",
        _both(field.title),
        f"{TYPE_TITLES[field.type].en}{required}",
        "; ".join(_holds(field)),
        _both(field.note),
    )


def _holds(field: Field) -> Iterator[str]:
    if field.unit_of_measure:
        yield _both(field.unit_of_measure)
    yield from _bounds(field)
    if field.codes:
        yield f"one of [{field.codes}](#{_anchor(field.codes)})"
    if field.reference:
        yield f"→ {_link(field.reference[0])}"
    if field.pattern:
        yield f"form `{field.pattern}`"
    if field.personal:
        yield "**personal 个人信息**"


def _bounds(field: Field) -> Iterator[str]:
    if field.least is not None and field.most is not None:
        yield f"{field.least} to {field.most}"
    elif field.least is not None:
        yield f"{field.least} or more"
    elif field.most is not None:
        yield f"{field.most} or less"


def _conditions(table: Table) -> Iterator[str]:
    if table.constraints:
        rows = [(f"`{one.rule}`", one.say.zh, one.say.en) for one in table.constraints]
        yield grid(("condition · 校验", "否则", "otherwise"), rows)


def _code_lists(catalogue: Catalogue) -> Iterator[str]:
    yield f"## {_both(CODE_LISTS)}\n"
    for name in sorted(catalogue.codes):
        rows = [(f"`{code}`", title.zh, title.en) for code, title in catalogue.codes[name].items()]
        yield f'<a id="{_anchor(name)}"></a>\n\n### `{name}`\n\n' + grid(
            ("code", "中文", "English"), rows
        )


def _both(text: Text) -> str:
    return " · ".join(side for side in dict.fromkeys((text.zh, text.en)) if side)


def _codes(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _link(table: str) -> str:
    return f"[`{table}`](#{table})"


def _anchor(code_list: str) -> str:
    """Apart from the anchors of tables, which are their codes."""
    return f"codes-{code_list}"
