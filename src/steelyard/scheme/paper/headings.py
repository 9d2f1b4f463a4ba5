"""Which column is what: the headings that offices write, in their usual variants."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from steelyard.scheme.paper.boxes import Box, Boxes

LEVELS = ("level1", "level2", "level3", "level4", "level5")
_WORDS: Mapping[str, tuple[str, ...]] = {
    "code": ("编号", "指标编码", "编码", "指标编号", "code"),
    "level1": ("一级指标", "一级", "考核内容", "考核项目", "项目", "内容", "考核类别", "类别", "level 1"),
    "level2": ("二级指标", "二级", "考核要点", "level 2"),
    "level3": ("三级指标", "三级", "考核指标", "指标名称", "指标", "level 3"),
    "level4": ("四级指标", "四级", "level 4"),
    "level5": ("五级指标", "五级", "level 5"),
    "requirement": ("考核要求", "工作要求", "目标要求", "要求", "目标值", "requirement"),
    "points": ("分值", "分数", "标准分", "满分", "权重", "分值（分）", "标准分值", "points"),
    "rule": ("评分标准", "评分细则", "计分办法", "考核标准", "计分方法", "评分办法", "评分方法", "评分依据",
             "考核办法", "计分标准", "scoring rule", "rule"),
    "supplying_body": ("数据来源", "资料来源", "数据来源单位", "数据提供单位", "supplying body"),
    "scoring_body": ("责任单位", "牵头单位", "评分单位", "考核部门", "考核单位", "责任部门", "scoring body"),
    "material": ("佐证材料", "证明材料", "备查资料", "考核资料", "material required"),
    "note": ("备注", "说明", "note"),
}  # fmt: skip
_ROLE = {word: role for role, words in _WORDS.items() for word in words}
_TAIL = re.compile(r"[（(].*[)）]$")


@dataclass(frozen=True, slots=True)
class Heading:
    """The row of headings, and the column of each role. ``levels`` are columns, the top one first."""

    row: int
    columns: Mapping[str, int]
    levels: tuple[int, ...]


def role_of(text: str) -> str:
    """What a heading means; empty if nothing known.

    >>> role_of("评分标准"), role_of(" 分 值 "), role_of("分值（满分100）"), role_of("江门")
    ('rule', 'points', 'points', '')
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = plain if re.search("[a-z]", plain) else re.sub(r"\s", "", plain)
    bare = _TAIL.sub("", plain).strip()
    return _ROLE.get(plain.strip()) or _ROLE.get(bare, "")


def find_heading(boxes: Boxes) -> Heading | None:
    """The first row that names a rule or points, and an indicator."""
    for row in boxes.rows[:60]:
        found = heading_in(row)
        if found is not None:
            return found
    return None


def heading_in(row: tuple[Box, ...]) -> Heading | None:
    columns: dict[str, int] = {}
    for box in row:
        role = role_of(box.text)
        if role and box.begins:
            columns.setdefault(role, box.column)
    levels = tuple(sorted(columns[level] for level in LEVELS if level in columns))
    if levels and "rule" in columns and ("points" in columns or len(columns) > 2):
        return Heading(row[0].row, columns, levels)
    return None
