"""How does a table say, where it stands as cards, what each of its cells is?

A table of the class ``stacked`` is a table where there is room and one card a row on a telephone, where its
headings are out of sight (``look.css``). Each of its cells then says its column's heading, taken from the
table itself: a template writes a heading once, and no cell can bear another column's.
"""

from __future__ import annotations

import re
from html import unescape

from django.utils.html import escape

_TABLE = re.compile(r'<table\b[^>]*class="[^"]*\bstacked\b[^"]*"[^>]*>.*?</table>', re.DOTALL)
_HEAD = re.compile(r"<thead\b.*?</thead>", re.DOTALL)
_HEADING = re.compile(r"<(?P<kind>t[hd])\b(?P<told>[^>]*)>(?P<words>.*?)</(?P=kind)>", re.DOTALL)
_BEGINS = re.compile(r"<(?P<kind>tr|th|td)\b(?P<told>[^>]*)>")
_UNSEEN = re.compile(r'<span class="hidden">.*?</span>', re.DOTALL)
_MARK = re.compile(r"<[^>]*>")
_BLANK = re.compile(r"(<td\b[^>]*>)\s+(?=</td>)")
_ACROSS = re.compile(r'\bcolspan="(\d+)"')


def labelled(content: str) -> str:
    """Every cell of the stacked tables in here with its heading in ``data-label``.

    Without one stay row headings, cells over several columns, those whose heading is unseen or missing,
    and those that have another label already. A blank cell is left empty, so that no card shows it.
    """
    if "stacked" not in content:
        return content
    return _TABLE.sub(lambda table: _labelled(table.group()), content)


def _labelled(table: str) -> str:
    head = _HEAD.search(table)
    if head is None:
        return table
    headings = _headings(head.group())
    return table[: head.end()] + _BLANK.sub(r"\1", _cells(table[head.end() :], headings))


def _headings(head: str) -> list[str]:
    """Of each column, its words as an attribute may hold them; empty where nobody sees any."""
    found: list[str] = []
    for one in _HEADING.finditer(head):
        said = " ".join(_MARK.sub(" ", _UNSEEN.sub("", one["words"])).split())
        found += [escape(unescape(said))] * _columns(one["told"])
    return found


def _cells(rows: str, headings: list[str]) -> str:
    at = 0

    def begun(cell: re.Match[str]) -> str:
        nonlocal at
        if cell["kind"] == "tr":
            at = 0
            return cell.group()
        first, across = at, _columns(cell["told"])
        at += across
        if cell["kind"] == "th" or across > 1 or "data-label=" in cell["told"]:
            return cell.group()
        heading = headings[first] if first < len(headings) else ""
        return f'<td{cell["told"]} data-label="{heading}">' if heading else cell.group()

    return _BEGINS.sub(begun, rows)


def _columns(told: str) -> int:
    across = _ACROSS.search(told)
    return int(across.group(1)) if across else 1
