"""The scheme itself, carried beside the words of an export so that an import loses nothing.

It is the scheme's TOML, one line a cell, under a heading that says what it is and in which language
the words beside it were written.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from steelyard.kernel.bilingual import LANGS, Lang
from steelyard.scheme.paper.boxes import Boxes
from steelyard.scheme.read import as_plain
from steelyard.scheme.write import scheme_toml

SHEET = "机器可读 Machine-readable"
_MARK = "steelyard-table/1"
Document = dict[str, object]


@dataclass(frozen=True, slots=True)
class Carried:
    """The document that an export carries, and the language of its words."""

    document: Document
    lang: Lang


def machine_lines(document: Mapping[str, object], lang: Lang) -> list[str]:
    """The lines to write: the mark first."""
    explained = "本表由程序读取，请勿修改 / read by the program, please leave it as it is"
    return [f"{_MARK} {lang} {explained}", *scheme_toml(document).splitlines()]


def carried_by(tables: Sequence[Boxes]) -> Carried | None:
    """The document that one of the tables carries, if it is whole."""
    for table in tables:
        lines = [row[0].text for row in table.rows if row]
        if lines and lines[0].startswith(_MARK):
            return _read(lines)
    return None


def _read(lines: list[str]) -> Carried | None:
    lang = lines[0].removeprefix(_MARK).split()[0]
    try:
        document = tomllib.loads("\n".join(lines[1:]), parse_float=str)
    except tomllib.TOMLDecodeError:
        return None
    plain = cast("Document", as_plain(document))
    return next((Carried(plain, one) for one in LANGS if one == lang), None)
