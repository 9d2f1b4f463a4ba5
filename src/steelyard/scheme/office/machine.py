"""The scheme itself, carried beside the words of an export so that an import loses nothing.

It is lines of text, in Excel on a second sheet, in Word in a table on the last page: a mark, the scheme's
TOML, and after a second mark every cell as the export wrote it, as one JSON list a line. A cell that
still says what was written stands for what the TOML says; any other has been changed by a person.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from steelyard.kernel.bilingual import LANGS, Lang
from steelyard.scheme.office.layout import Layout
from steelyard.scheme.office.sheets import Sheet
from steelyard.scheme.write import inline, scheme_toml

SHEET = "机器可读 Machine-readable"
_MARK = "steelyard-table/2"
_WRITTEN = "steelyard-table/2 written"
_EXPLAINED = "本表由程序读取，请勿修改 / read by the program, please leave it as it is"
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_OPENS = ' = """'
Document = dict[str, object]
Place = tuple[str, str]
"""The code of a row (or the name of what stands outside of the rows), and what is in the cell."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The document that an export carries, the language of its words, and the cells as written."""

    document: Document
    lang: Lang
    written: Mapping[Place, str] = field(default_factory=dict)

    @property
    def codes(self) -> frozenset[str]:
        """What stands in the column of codes."""
        rows = (name.partition(" ") for name, what in self.written if what in ("section", "rule"))
        return frozenset(code for _, _, code in rows)


def machine_lines(document: Mapping[str, object], layout: Layout, lang: Lang) -> list[str]:
    """The lines to write: the mark first. A blank line carries nothing and is left out."""
    toml = (line for line in _whole_values(scheme_toml(document).split("\n")) if line)
    written = (
        _escaped(json.dumps([code, what, text], ensure_ascii=False))
        for (code, what), text in layout.written.items()
    )
    return [f"{_MARK} {lang} {_EXPLAINED}", *toml, _WRITTEN, *written]


def _whole_values(lines: Sequence[str]) -> Iterator[str]:
    """A text of several lines on one: a cell keeps neither its indents nor its blank lines."""
    block: list[str] = []
    for line in lines:
        if block:
            block.append(line)
            if line.endswith('"""'):
                (text,) = tomllib.loads("\n".join(block)).values()
                key = block[0].removesuffix(_OPENS)
                yield f"{key}{_OPENS[:3]}{inline(text)}"
                block = []
        elif line.endswith(_OPENS):
            block = [line]
        else:
            yield line


def _escaped(line: str) -> str:
    """Without what XML cannot hold, or what a program might take for the end of a line."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def carried_by(sheets: Sequence[Sheet]) -> Carried | None:
    """The document that one of the sheets carries, if it is whole."""
    for sheet in sheets:
        first = sheet.at(0, 0)
        if first is not None and first.text.startswith(f"{_MARK} "):
            return _read(list(_lines(sheet)))
    return None


def _lines(sheet: Sheet) -> Iterator[str]:
    """A line may go on in the cells to the right, where one cell could not hold it; a cell may hold several."""
    for row in sheet.rows:
        yield from "".join(cell.text for cell in row).split("\n")


def _read(lines: list[str]) -> Carried | None:
    lang = lines[0].removeprefix(_MARK).split()[0]
    end = lines.index(_WRITTEN) if _WRITTEN in lines else len(lines)
    try:
        document = tomllib.loads("\n".join(lines[1:end]), parse_float=str)
        written = dict(_written(line) for line in lines[end + 1 :] if line)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError):
        return None
    return Carried(document, lang, written) if lang in LANGS else None


def _written(line: str) -> tuple[Place, str]:
    code, what, text = json.loads(line)
    return (str(code), str(what)), str(text)
