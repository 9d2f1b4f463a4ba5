"""How does one write a field into a template of a format? As the office's people are told it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from steelyard.assessment.rules.papers.fields import FIELDS
from steelyard.assessment.rules.papers.kinds import Format, PaperKind
from steelyard.kernel.bilingual import Text
from steelyard.papers.templates import Field

HOW: Mapping[Format, Text] = {
    Format.WORD: Text(
        "在文中写 {{ 字段名 }}。表格中每项一行的，上一行只写 {%tr for row in 列表 %}，"
        "下一行写 {{ row.字段名 }}，再下一行只写 {%tr endfor %}；"
        "段落用 {%p for row in 列表 %} 和 {%p endfor %}。",
        "Write {{ field }} into the text. For a row of a table each, put {%tr for row in list %} alone"
        " into the row above, {{ row.field }} into the row itself, {%tr endfor %} alone into the row"
        " below; for paragraphs {%p for row in list %} and {%p endfor %}.",
    ),
    Format.EXCEL: Text(
        "在单元格中写 {{ 字段名 }}。每项一行的，在同一行的单元格中写 {{ 列表.字段名 }}，该行会按项数重复。",
        "Write {{ field }} into a cell. Where cells of a row say {{ list.field }}, the row is repeated.",
    ),
}


@dataclass(frozen=True, slots=True)
class Written:
    """A field as it is written, and what stands there. ``of``: the list whose row it is, or ""."""

    text: str
    meaning: Text
    of: str = ""


def written(kind: PaperKind, file: Format) -> Iterator[Written]:
    """Every field of a paper: the single ones, then each list with those of its rows."""
    fields = FIELDS[kind]
    yield from (_alone(one) for one in fields if not one.of)
    for one in fields:
        if one.of:
            yield Written(_loop(one, file), one.meaning)
            yield from (
                Written(_in_row(one, part, file), part.meaning, one.name) for part in one.of
            )


def _alone(field: Field) -> Written:
    return Written(f"{{{{ {field.name} }}}}", field.meaning)


def _loop(field: Field, file: Format) -> str:
    return f"{{%tr for row in {field.name} %}}" if file is Format.WORD else field.name


def _in_row(field: Field, part: Field, file: Format) -> str:
    return f"{{{{ {'row' if file is Format.WORD else field.name}.{part.name} }}}}"
