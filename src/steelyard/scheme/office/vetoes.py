"""The rows of a section of vetoes: which words of a row say the veto, and what the section says of all."""

from __future__ import annotations

import re

from steelyard.scheme.office.headings import Heading, Role
from steelyard.scheme.office.lines import Line
from steelyard.scheme.office.reader import BODY_ROLES, NOTHING, Document, Reader

_SAID_OF_A_VETO: tuple[Role, ...] = ("level", "title", "content", "requirement")
VETO = "一票否决"
_ENDING = re.compile(
    "(?:评|定|确定)为[^，,。；;)）]{1,8}|(?:等次|等级|档次)?降低?[1-3一二两三]个?(?:等次|等级|档次|级|档)"
    "|(?:考核)?总分[^，,。；;)）]{0,3}0分|取消评[^，,。；;)）]{1,6}"
)


def veto_words(line: Line, heading: Heading) -> str:
    """The words of a veto: over the width of the table, in the column of rules, or in its last title."""
    if line.text:
        return line.text
    for columns in (heading.of("rule"), heading.of(*_SAID_OF_A_VETO)):
        cells = (line.sheet.at(line.row, column.place) for column in reversed(columns))
        said = [one.line for one in cells if one is not None and one.text not in NOTHING]
        if said:
            return said[0]
    return "，".join(one.line for one in line.sheet.rows[line.row] if not one.text.isdigit())


def ending_in(title: str) -> str:
    """What the title of a section says that its vetoes lead to."""
    found = _ENDING.search(title)
    return found[0] if found else VETO


def veto_list(words: str) -> list[str]:
    """有下列情形之一的，一票否决：1.…；2.… is several, each with that ending."""
    found = re.fullmatch(
        r"(?P<lead>[^:：]*(?:下列|以下)[^:：]*)[:：](?P<rest>.+)", words, re.DOTALL
    )
    if not found:
        return [words]
    pieces = re.split(r"[；;\n]\s*|(?<=[。；;])\s*(?=\d+[.、)）])", found["rest"])
    ending = ending_in(found["lead"])
    clean = (
        re.sub(r"^\s*(?:\d+[.、)）]|[（(]\d+[)）])\s*", "", one).strip("。； \n") for one in pieces
    )
    return [f"{one}的，{ending}" for one in clean if one]


def bodies_beside(line: Line, reader: Reader) -> Document:
    """The bodies that the row of a veto names."""
    if line.text:
        return {}
    cells = {
        column.role: cell.text
        for column in reader.table.heading.of(*BODY_ROLES)
        if (cell := line.sheet.at(line.row, column.place)) is not None
    }
    return {role: reader.body_keys(text) for role, text in cells.items() if text not in NOTHING}
