"""Where does each thing stand, and in which type? The measures of GB/T 9704-2012.

Lengths in twips (twentieths of a point) unless the name says otherwise. Source: GB/T 9704-2012, 5.2
(type area, 22 lines of 28 characters), 7 (elements), 10.1 (letter form); as excerpted, the standard
itself was not seen whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from steelyard.kernel.bilingual import Lang
from steelyard.papers.official.paper import Paper

Role = Literal["title", "head", "sub", "body", "page"]


def mm(length: float) -> int:
    """
    >>> mm(210), mm(37)
    (11906, 2098)
    """
    return round(length * 1440 / 25.4)


PAGE_WIDTH, PAGE_HEIGHT = mm(210), mm(297)
TOP, BOTTOM, LEFT, RIGHT = mm(37), mm(35), mm(28), mm(26)
AREA_WIDTH = PAGE_WIDTH - LEFT - RIGHT
AREA_HEIGHT = PAGE_HEIGHT - TOP - BOTTOM
LINES, CHARACTERS = 22, 28
RED = "FF0000"

FOOTER = mm(25.5)
"""From the page's foot to the foot of the page number, whose dashes then stand 7 mm below the type area."""
ISSUER_TOP = mm(35)
"""From the top of the type area to the top of the issuing mark."""
UNDER_RULE_PT = 11
"""4 mm from the text to the red rule below it."""

LETTER_TOP, LETTER_FOOT, LETTER_RULE = mm(30), mm(20), mm(170)

SEAL_CHARACTERS = 4
"""The date stands four characters from the right under a seal."""


@dataclass(frozen=True, slots=True)
class Type:
    """The type of one language: sizes in half points, the pitch of lines in twips.

    ``char_space`` is what a character of the grid is wider (narrower) than its size, in 4096ths of a
    point; None where letters have no grid. The styles do not snap to it: LibreOffice
    gives a character that is wider than its cell two cells. They condense each character by
    ``condensed`` twips instead, which gives the same 28 in every program.
    """

    body: int
    title: int
    small: int
    page: int
    note: int
    pitch: int
    note_pitch: int
    char_space: int | None
    condensed: int
    lines: int
    characters: int
    indent: int


CHINESE = Type(
    body=32, title=44, small=28, page=28, note=21,
    pitch=579,  # 28.95 pt: 22 of them are the 225 mm of the type area
    note_pitch=300, char_space=-849, condensed=-5,  # 28 × (16 − 849/4096) pt are its 156 mm
    lines=LINES, characters=CHARACTERS, indent=632,
)  # fmt: skip
LATIN = Type(
    body=26, title=36, small=24, page=24, note=19,
    pitch=400, note_pitch=250, char_space=None, condensed=0, lines=31, characters=72, indent=520,
)  # fmt: skip
"""Letters of a Latin script at the Chinese sizes would read as a poster: same page, smaller type."""

TYPES: Mapping[Lang, Type] = {"zh": CHINESE, "en": LATIN}

CLOSE: Mapping[Lang, Type] = {
    "zh": replace(CHINESE, body=28, title=40, pitch=430, char_space=None, condensed=0, lines=29,
                  characters=31, indent=560),
    "en": replace(LATIN, body=22, title=32, pitch=320, lines=39, characters=86, indent=440),
}  # fmt: skip
"""For what has to go on one page: type 4号 instead of 3号. That a case may ask for it is recalled, not checked."""


def type_of(paper: Paper) -> Type:
    return (CLOSE if paper.is_close else TYPES)[paper.lang]


@dataclass(frozen=True, slots=True)
class Face:
    """A font by name, for Latin letters and for Chinese, and whether it is bold."""

    latin: str
    chinese: str
    bold: bool = False


FACES: Mapping[Lang, Mapping[Role, Face]] = {
    "zh": {
        "title": Face("方正小标宋简体", "方正小标宋简体"),
        "head": Face("黑体", "黑体"),
        "sub": Face("楷体_GB2312", "楷体_GB2312"),
        "body": Face("Times New Roman", "仿宋_GB2312"),
        "page": Face("宋体", "宋体"),
    },
    "en": {
        "title": Face("Times New Roman", "方正小标宋简体", bold=True),
        "head": Face("Arial", "黑体", bold=True),
        "sub": Face("Times New Roman", "楷体_GB2312", bold=True),
        "body": Face("Times New Roman", "仿宋_GB2312"),
        "page": Face("Times New Roman", "宋体"),
    },
}

FALL_BACKS: Mapping[str, str] = {
    "方正小标宋简体": "方正小标宋_GBK,FZXiaoBiaoSong-B05S,小标宋,华文中宋,STZhongsong,宋体,SimSun,Noto Serif CJK SC",
    "仿宋_GB2312": "仿宋,FangSong,STFangsong,FandolFang,Noto Serif CJK SC",
    "楷体_GB2312": "楷体,KaiTi,STKaiti,FandolKai,Noto Serif CJK SC",
    "黑体": "SimHei,STHeiti,Noto Sans CJK SC",
    "宋体": "SimSun,STSong,Noto Serif CJK SC",
    "Times New Roman": "Liberation Serif,Noto Serif",
    "Arial": "Liberation Sans,Noto Sans",
}
"""What stands in where a font is missing. None is embedded: not one of the prescribed is free."""

ROLE_OF_LEVEL: Mapping[int, Role] = {1: "head", 2: "sub", 3: "body", 4: "body"}
