"""What do the cells of a sheet ask? ``{{ field }}``, or in a row that is repeated ``{{ list.field }}``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from steelyard.kernel.bilingual import Text
from steelyard.papers.templates.fields import Field, Row, nearest, shown
from steelyard.papers.templates.language import Problem
from steelyard.papers.templates.spots import FULL_WIDTH, SIGNS

ASK = re.compile(r"\{\{\s*([^\W\d]\w*(?:\.[^\W\d]\w*)*)\s*\}\}")

Path = tuple[str, ...]
"""The names of a field from the outside: the lists that hold it, then its own."""


def asks(text: str) -> list[Path]:
    return [tuple(found[1].split(".")) for found in ASK.finditer(text)]


def against(text: str, fields: Sequence[Field]) -> Iterator[Problem]:
    """What is wrong with the text of one cell."""
    rest = ASK.sub("", text)
    full = FULL_WIDTH.search(rest)
    if full:
        yield Problem(
            "full-width-braces",
            Text(
                f"“{full[0]}”是全角括号，不会被识别",
                f"“{full[0]}” are full-width braces, which are not seen",
            ),
            Text("请改为半角 {{ }}", "type {{ }} in half width"),
        )
    elif any(sign in rest for sign in SIGNS):
        yield Problem(
            "forbidden-tag",
            Text(
                f"“{rest.strip()[:60]}”：单元格中只能写字段名",
                f"“{rest.strip()[:60]}”: a cell asks fields by name, and no more",
            ),
            Text(
                "写法如 {{ 字段名 }} 或者 {{ 列表.字段名 }}",
                "write {{ field }} or {{ list.field }}",
            ),
        )
    for path in asks(text):
        yield from _against_path(path, fields)


def _against_path(path: Path, fields: Sequence[Field]) -> Iterator[Problem]:
    known, said = fields, ""
    for place, name in enumerate(path):
        field = next((one for one in known if one.name == name), None)
        if field is None:
            yield _unknown(name, said, known, fields)
            return
        said += f"{name}."
        is_last = place == len(path) - 1
        if is_last and field.is_list:
            yield _whole_list(said, field)
        if not is_last and not field.is_list:
            yield _no_parts(said)
            return
        known = field.of


def _unknown(name: str, before: str, known: Sequence[Field], fields: Sequence[Field]) -> Problem:
    what = Text(f"没有名为“{before}{name}”的字段", f"there is no field “{before}{name}”")
    owner = next((one for one in fields if any(name == within.name for within in one.of)), None)
    if owner is not None and not before:
        return Problem(
            "outside-of-list",
            what,
            Text(
                f"是否想写 {{{{ {owner.name}.{name} }}}}",
                f"did you mean {{{{ {owner.name}.{name} }}}}?",
            ),
        )
    return Problem("unknown-field", what, nearest(name, [one.name for one in known]))


def _whole_list(said: str, field: Field) -> Problem:
    return Problem(
        "whole-list",
        Text(
            f"“{field.name}”是列表，不能直接输出",
            f"“{field.name}” is a list, which cannot be printed",
        ),
        Text(
            f"请写其中一项，如 {{{{ {said}{field.of[0].name} }}}}",
            f"ask one of its fields: {{{{ {said}{field.of[0].name} }}}}",
        ),
    )


def _no_parts(said: str) -> Problem:
    name = said[:-1]
    return Problem(
        "no-parts",
        Text(f"“{name}”是一个值，没有下级字段", f"“{name}” is one value and has no fields"),
        Text(f"请写 {{{{ {name} }}}}", f"write {{{{ {name} }}}}"),
    )


def list_of(paths: Sequence[Path]) -> Path | Problem:
    """The list for whose rows a row of the sheet is repeated: the innermost; () if it asks none.

    A row may ask the lists around it too: the rows of ``groups.rows`` have their group's title.
    """
    lists = sorted({path[:-1] for path in paths}, key=len)
    deepest = lists[-1] if lists else ()
    odd = next((one for one in lists if one != deepest[: len(one)]), None)
    if odd is None:
        return deepest
    return Problem(
        "two-lists",
        Text(
            f"同一行用了两个列表：{'.'.join(odd)} 和 {'.'.join(deepest)}",
            f"one row asks two lists: {'.'.join(odd)} and {'.'.join(deepest)}",
        ),
        Text("请分成两行", "put them into two rows"),
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """The rows from the whole paper down to one row of a list, by the list's path."""

    rows: tuple[tuple[Path, Row], ...]

    def fill(self, text: str) -> str:
        return ASK.sub(lambda found: self._say(tuple(found[1].split("."))), text)

    def _say(self, path: Path) -> str:
        row = next(row for of, row in self.rows if of == path[:-1])
        value = row[path[-1]]
        if isinstance(value, tuple):
            raise TypeError(f"{path} is a list")
        return shown(value)


def readings(values: Row, of: Path) -> Iterator[Reading]:
    """One reading for every row of a list, through the lists around it; one alone for the path ()."""
    yield from _readings(Reading((((), values),)), of, 0)


def _readings(outer: Reading, of: Path, depth: int) -> Iterator[Reading]:
    if depth == len(of):
        yield outer
        return
    inner = outer.rows[-1][1][of[depth]]
    if not isinstance(inner, tuple):
        raise TypeError(f"{of} is no list")
    for row in inner:
        yield from _readings(Reading((*outer.rows, (of[: depth + 1], row))), of, depth + 1)
