"""Which parts of a table add or take points beside its sum: 加分, 扣分事项, 奖励加分, 负面清单.

Most headings say it. Others (负面清单, 约束项, 奖励) may stand over points of the sum, too: there the words of
their rules decide, which a person confirms, or the person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from steelyard.kernel.bilingual import Text
from steelyard.scheme.office.leaves import sum_of, words_of
from steelyard.scheme.office.reader import Reader
from steelyard.scheme.office.tree import Node, Tree
from steelyard.scheme.wording.plain_text import plain_chinese

_MAY_TAKE = re.compile("负面|约束|惩戒|惩罚|扣分|减分|倒扣|反向")
_MAY_ADD = re.compile("奖励|激励|附加|加分|奖分")
_MIXED = re.compile("加[减扣]分|加分[、和与及]?[扣减]分|奖惩|奖励(?:和|与|及|、)?(?:惩|扣)")
_TAKES = re.compile(r"[扣减]除?\d|[扣减]分")
_ADDS = re.compile(r"(?:加计?|奖励?)\d|[加奖]分")
_GIVES = re.compile(r"[得计记]\d|(?<!不)得分|满分|按比例")
_LIMIT = re.compile("[（(][^（）()]*(?:不超过|最高|最多|至多|上限|封顶|限)[^（）()]*[）)]")
_HUNDRED = Fraction(100)

_TAKEN = Text(
    "按扣分部分读：不计入总分，只扣分",
    "read as deductions: outside the sum, points are taken alone",
)
_ADDED = Text(
    "按加分部分读：不计入总分，另加分", "read as a bonus: outside the sum, points are added to it"
)
_ASK = Text(
    "是计入总分的指标，还是另外加分或扣分，没有写清；请在细则中写明",
    "whether it counts in the sum, or adds to it or takes from it besides, is not clear: say so in the scheme",
)
_BOTH = Text(
    "加分和扣分写在一个部分里；请分成加分项和扣分项",
    "one part both adds and takes points: make a bonus and a deduction of it",
)
_LIMIT_LOST = Text(
    "标题中的限额没有读懂；请写成本部分的分值",
    "the limit in its title is not understood: write it as the points of the part",
)


def tell_kinds(tree: Tree, reader: Reader) -> None:
    """Settle which parts are a bonus or a deduction; what is not clear is for a person."""
    for node in tree.nodes:
        if _MIXED.search(node.title):
            node.section = "group"
            reader.not_read(node, node.printed or node.title, _BOTH, item=node.code)
        elif node.kind == "item":
            _by_its_rules(node, tree, reader)
        if node.kind != "item" and _LIMIT.search(node.title):
            reader.not_read(node, node.title, _LIMIT_LOST, item=node.code)


def _by_its_rules(node: Node, tree: Tree, reader: Reader) -> None:
    said = [_does(words_of(leaf)) for leaf in node.leaves]
    for title, kind, does, reading in (
        (_MAY_TAKE, "deduction", "takes", _TAKEN),
        (_MAY_ADD, "bonus", "adds", _ADDED),
    ):
        if not title.search(node.title) or does not in said:
            continue
        if set(said) == {does} and not _makes_the_sum(node, tree):
            node.section = "bonus" if kind == "bonus" else "deduction"
            reader.confirm(node.sheet.where(node.row), node.title, reading, node.code)
        else:
            reader.not_read(node, node.printed or node.title, _ASK, item=node.code)
        return


def _does(words: str) -> Literal["takes", "adds", "gives"]:
    plain = plain_chinese(words)
    if _GIVES.search(plain):
        return "gives"
    takes, adds = bool(_TAKES.search(plain)), bool(_ADDS.search(plain))
    return "gives" if takes == adds else "takes" if takes else "adds"


def _makes_the_sum(node: Node, tree: Tree) -> bool:
    """Whether the points of the parts are the stated sum, or 100, only with those of this one."""
    own = sum_of([node])
    if not own:
        return False
    made = sum_of([top for top in tree.tops if top.kind == "item"])
    return made in {_HUNDRED, *_stated(tree)}


def _stated(tree: Tree) -> Iterator[Fraction]:
    yield from (stated for _, stated, _ in tree.totals)
