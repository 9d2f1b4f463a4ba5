"""Which column is what: the headings that offices write, in their usual variants.

The words are matched without spaces, in half width, and without a bracket at the end: 分 值（分） is
分值. What a column of titles is (a level of the tree, or a requirement) shows only in its cells.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from steelyard.scheme.office.sheets import Cell, Sheet

Role = Literal[
    "code", "serial", "level", "title", "content", "requirement", "points", "rule",
    "supplying_body", "scoring_body", "material", "source", "note", "blank",
]  # fmt: skip
_SCORE = "(?:评分|计分|打分|赋分|扣分|加分|加减分|加扣分|评价|评定|得分|考核评分|考评)"
_HOW = "(?:标准|细则|办法|方法|规则|说明|方式|依据)"
_WORDS: tuple[tuple[Role, str], ...] = (
    ("level", "[一二三四五]级(?:指标|项目|内容|目录|标题)?|level ?[1-5]"),
    ("code", "(?:指标|考核)?(?:编号|代码|编码)|条款号|code|no\\.?"),
    ("serial", "序号|#"),
    ("blank", "(?:自评|自查|考核|考评|实|评定|核定|检查|最终|审核|复核)得?分(?:数|值)?|得分|评分|打分|扣分"
              "|扣分(?:原因|情况|记录)|(?:考核|检查|完成)(?:记录|情况|结果)|self-?score|assessed score|score"),
    ("rule", f".*{_SCORE}(?:及|和|与|\\w{{0,2}}){_HOW}.*"
             "|(?:考核|考评)(?:标准|细则|办法)(?:及.*|和.*)?|计算(?:方法|公式|办法)"
             "|scoring(?: rule| standard| method| criteria)?|rule|criteria"),
    ("points", "(?:标准|指标|项目|总)?分[值数]|标准分|满分|(?:基础|基本|应得|标准)分值?|权重分?|权数|配分|赋分|分"
               "|(?:full |max(?:imum)? )?(?:points|marks)|full score|weight"),
    ("supplying_body", "(?:数据|资料|信息|取数)来源(?:单位|部门)?|(?:数据|资料|信息)?(?:提供|报送|采集)(?:单位|部门)"
                       "|supplying body|data source|source of data"),
    ("scoring_body", "(?:考核)?(?:责任|牵头|评分|考核|打分|考评|负责|主管|评价)(?:单位|部门|科室|主体|机构)"
                     "|scoring body|responsible(?: body| department)?"),
    ("material", "(?:佐证|证明|备查|印证|支撑|所需|需要?|应?提交|查验|考核|检查|提供|报送|申报)?(?:的)?"
                 "(?:材料|资料|台账)(?:要求|清单|目录|名称|内容)?|查[看阅]资料"
                 "|(?:检查|考核|评估|查验|考评)方式|检查方法|(?:supporting )?material(?: required)?|evidence"),
    ("note", "备注|说明|notes?|remarks?"),
    ("source", "(?:政策|文件|指标|法律|考核)?依据|出处|source|legal basis"),
    ("requirement", "(?:考核|工作|目标|具体|标准|指标)?要求|(?:目标|工作|年度|考核)?(?:目标|任务)值?|目标任务|工作标准"
                    "|指标(?:说明|解释|释义|内涵)|requirement|target"),
    ("content", "(?:考核|工作|指标|评价|检查|考评|评分|主要)?(?:内容|要点)|content"),
    ("title", "(?:考核|检查|评价|考评|工作|评分)?(?:指标|项目|事项|任务)(?:名称)?"
              "|重点工作|(?:考核|指标)?(?:类别|分类|大类|小类|模块|板块)"
              "|indicator|item|title|name"),
)  # fmt: skip
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(words)) for role, words in _WORDS
)
_TAIL = re.compile(r"\([^()]*\)$|[::]$")
_TITLES: tuple[Role, ...] = ("level", "title", "content")
_LAST_ROW_FOR_HEADINGS = 60


@dataclass(frozen=True, slots=True)
class Column:
    """A column, from its left edge on: two columns under one merged heading are two columns."""

    place: int
    role: Role
    heading: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The rows of headings, from ``first`` to ``last``, and the columns whose role is known."""

    first: int
    last: int
    columns: tuple[Column, ...]

    def of(self, *roles: Role) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.role in roles)

    @property
    def roles(self) -> tuple[tuple[int, Role], ...]:
        """What makes two headings the same, as those of a table that goes on over the page."""
        return tuple((column.place, column.role) for column in self.columns)


def role_of(text: str) -> Role | None:
    """What a heading means; None if it is no known heading.

    >>> role_of(" 分 值（分）"), role_of("评分标准及办法"), role_of("Level 2"), role_of("江门")
    ('points', 'rule', 'level', None)
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    plain = " ".join(plain.split()) if re.match("[a-z#]", plain) else re.sub(r"\s", "", plain)
    if len(plain) > 20:
        return None
    bare = _TAIL.sub("", plain).strip()
    return next((role for role, words in _ROLES if words.fullmatch(bare)), None)


def find_heading(sheet: Sheet) -> Heading | None:
    """The first row that names an indicator, and a rule or its points."""
    for row in range(min(sheet.height, _LAST_ROW_FOR_HEADINGS)):
        heading = heading_at(sheet, row)
        if heading is not None:
            return heading
    return None


def heading_at(sheet: Sheet, row: int) -> Heading | None:
    """The heading that begins in this row, perhaps over two rows: 考核指标 over 一级指标, 二级指标."""
    known = [cell for cell in sheet.rows[row] if cell.top == row and role_of(cell.text) is not None]
    if len(known) < 2:
        return None
    last = max((cell.bottom for cell in sheet.rows[row] if cell.top == row), default=row)
    for bottom in dict.fromkeys((last, row, row + 1)):
        columns = tuple(_columns(sheet, row, min(bottom, row + 2)))
        if _is_heading(columns):
            return Heading(row, min(bottom, row + 2), columns)
    return None


def _is_heading(columns: tuple[Column, ...]) -> bool:
    roles = {column.role for column in columns}
    has_title = not roles.isdisjoint({*_TITLES, "requirement"})
    is_scored = "rule" in roles or ("points" in roles and len(roles) > 2)
    return has_title and is_scored and len(columns) > 1


def _columns(sheet: Sheet, top: int, bottom: int) -> Iterator[Column]:
    """Each column by the lowest heading over it that is known."""
    for place in range(sheet.width):
        stacked = [sheet.at(row, place) for row in range(bottom, top - 1, -1)]
        cells = list(dict.fromkeys(one for one in stacked if one is not None))
        shared = _shared_by_bodies(cells)
        if shared is not None:
            own = cells[0]
            body = role_of(f"{own.text}{shared}")
            if body in _BODIES:
                yield Column(place, body, own.line)
            continue
        for cell in cells:
            role = role_of(cell.text)
            if role is not None and (cell.left == place or role in _TITLES):
                yield Column(place, role, cell.line)
                break
            if cell.left != place:
                break


_BODIES: tuple[Role, ...] = ("supplying_body", "scoring_body")
_OF_BODIES = re.compile("(单位|部门)$")


def _shared_by_bodies(cells: Sequence[Cell]) -> str | None:
    """单位 or 部门, where 责任单位 stands over several columns and the lower heading says of each which it is:
    数据提供, 评分. What it does not say is nobody: the first column is not all of them."""
    if len(cells) < 2:
        return None
    own, over = cells[0], cells[-1]
    word = _OF_BODIES.search(re.sub(r"\s", "", over.text))
    is_shared = over.right > over.left and own.right - own.left < over.right - over.left
    return word[1] if word and is_shared and role_of(own.text) not in _BODIES else None


_ONE_A_ROW: tuple[Role, ...] = ("supplying_body", "scoring_body", "material", "source", "note")


def unread_columns(heading: Heading, sheet: Sheet) -> Iterator[tuple[int, str]]:
    """Columns of which nothing is read, by place and heading: of no known role, room for scores that is
    filled in all the same, and a second one of a role that has one cell in a row."""
    read: set[Role] = set()
    for column in heading.columns:
        if column.role == "blank" or (column.role in _ONE_A_ROW and column.role in read):
            yield column.place, column.heading
        read.add(column.role)
    known = {column.place for column in heading.columns}
    for place in range(sheet.width):
        stacked = [sheet.at(row, place) for row in range(heading.last, heading.first - 1, -1)]
        own = next((one for one in stacked if one is not None and one.left == place), None)
        if own is not None and place not in known:
            yield place, own.line


def is_repeated(heading: Heading, sheet: Sheet, row: int) -> bool:
    """Whether the row is the heading again, as at the top of a page."""
    cells: list[Cell] = list(sheet.rows[row])
    known = {column.heading for column in heading.columns}
    roles = dict(heading.roles)
    again = (
        cell.line in known or roles.get(cell.left, "") == (role_of(cell.text) or "none")
        for cell in cells
    )
    return len(cells) > 1 and sum(again) > len(cells) / 2
