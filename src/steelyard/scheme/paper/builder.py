"""A scheme document built from the rows of a table, from their words alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.kernel.faults import Where
from steelyard.scheme.paper.boxes import Boxes
from steelyard.scheme.paper.headings import Heading
from steelyard.scheme.paper.rows import Node, Tree
from steelyard.scheme.wording import Recognised, rule_from_words

Document = dict[str, object]
_CHINESE = re.compile("[\u4e00-\u9fff]")
_YEAR = re.compile(r"(20\d\d|19\d\d)\s*年?")
_BODIES = re.compile(r"[、，,；;/\n]+")
_KINDS = {"加分": "bonus", "bonus": "bonus", "扣分": "deduction", "减分": "deduction",
          "deduction": "deduction"}  # fmt: skip
_MARK = re.compile(r"\s*[（(](?:加分项|扣分项|bonus|deduction)[)）]\s*$")
_VETO = ("否决", "veto")


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that a person must write as a rule: where it is, what it says, why it was not read."""

    where: Where
    text: str
    why: Text


def in_language(text: str) -> Document:
    """Text under the language that it is written in."""
    return {"zh" if _CHINESE.search(text) else "en": text}


def number(points: Fraction) -> int | str:
    return int(points) if points.denominator == 1 else plain(points)


@dataclass
class Builder:
    """Gathers items, inputs, bodies, and what was not read."""

    boxes: Boxes
    items: list[Document] = field(default_factory=list)
    inputs: dict[str, Document] = field(default_factory=dict)
    bodies: dict[str, Document] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    readings: list[Text] = field(default_factory=list)
    names: dict[str, Text] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)

    def document(self, tree: Tree, heading: Heading) -> Document:
        """The whole document of a table that carries none."""
        self.codes = {node.cells["code"] for node in _all(tree.tops) if node.cells.get("code")}
        for index, node in enumerate(tree.tops):
            self.add(node, "", _top_code(index), "item")
        self._check_totals(tree)
        self._remarks(tree)
        title = self._title(heading)
        document: Document = {
            "format": "steelyard-scheme/1", "code": "imported", "version": "1",
            "title": in_language(title), "label": "sample", "family": "points",
            "tables": {"units": "units.csv"},
        }  # fmt: skip
        document |= self._period(title)
        if self.bodies:
            document["bodies"] = self.bodies
        if self.inputs:
            document["inputs"] = list(self.inputs.values())
        return document | {"items": self.items}

    # --- head --------------------------------------------------------------------------------

    def _title(self, heading: Heading) -> str:
        """The first line above the headings, or before the table."""
        above = [box.text for row in self.boxes.rows[: heading.row] for box in row if box.text]
        return " ".join((above or list(self.boxes.around) or [self.boxes.file])[0].split())

    def _period(self, title: str) -> Document:
        """The year that the title names; else a person must write the period."""
        found = _YEAR.search(title)
        if found:
            year = int(found[1])
            return {"period": {"starts": f"{year}-01-01", "ends": f"{year + 1}-01-01"}}
        why = Text("标题没有写年度，请在scheme.toml中补写period",
                   "the title names no year: write the period into scheme.toml")  # fmt: skip
        self.unread.append(Unread(Where(file=self.boxes.file), title, why))
        return {}

    # --- the tree ----------------------------------------------------------------------------

    def add(self, node: Node, parent: str, usual: str, kind: str) -> None:
        """A node and all below it."""
        if any(word in node.title.lower() for word in _VETO):
            self._veto_section(node)
            return
        kind = _kind(node, kind)
        code = self._code(node, usual)
        item = self.item(node, code, parent, kind)
        self.items.append(item)
        for index, child in enumerate(node.children, start=1):
            self.add(
                child,
                code,
                f"{code}.{index}" if "." in code or code[-1].isdigit() else f"{code}{index}",
                kind,
            )
        self._check_sum(node, item)

    def _code(self, node: Node, usual: str) -> str:
        written = node.cells.get("code", "")
        if written and not re.search(r"\s", written):
            return written
        code, more = usual, 1
        while code in self.codes:
            code, more = f"{usual}-{more}", more + 1
        self.codes.add(code)
        return code

    def item(self, node: Node, code: str, parent: str, kind: str) -> Document:
        """The item of one node, its rule read from words."""
        item: Document = {"code": code}
        if parent:
            item["parent"] = parent
        if kind != "item":
            item["kind"] = kind
        item["title"] = in_language(_MARK.sub("", node.title) or code)
        if node.points is not None:
            item["points"] = number(node.points)
        if not node.children or node.cells.get("rule"):
            item |= self.rule(node, kind)
        for role in ("supplying_body", "scoring_body"):
            bodies = self.bodies_in(node.cells.get(role, ""))
            if bodies:
                item[role] = bodies[0] if len(bodies) == 1 else bodies
        for role in ("material", "note"):
            if node.cells.get(role):
                item[role] = in_language(node.cells[role])
        return item

    def rule(self, node: Node, kind: str) -> Document:
        """The rule of a cell, and the other keys that its words set; empty if it is not understood."""
        words = node.cells.get("rule", "")
        if not words:
            if not node.children:
                self._not_read(node, "", Text("评分标准是空的", "the scoring rule is empty"))
            return {}
        points = None if node.points is None else number(node.points)
        read = rule_from_words(
            words, points, title=node.title, requirement=node.cells.get("requirement", ""),
            kind=kind, names=self.names,
        )  # fmt: skip
        for leftover in read.leftovers:
            self._not_read(node, leftover.text, leftover.why)
        if not read.is_whole or read.rule is None:
            return {}
        self._keep_inputs(read)
        for veto in read.vetoes:
            self._veto(node.row, f"{veto.title} {veto.when}")
        self._readings(node, read)
        return {"rule": read.rule} | dict(read.beside)

    def _keep_inputs(self, read: Recognised) -> None:
        for needed in read.inputs:
            self.inputs.setdefault(needed.code, dict(needed.as_row()))
            self.names.setdefault(needed.code, Text(needed.title, needed.title))

    def _readings(self, node: Node, read: Recognised) -> None:
        for reading in read.readings:
            where = self.boxes.where(node.row)
            self.readings.append(
                Text(f"{where.say('zh')} {node.title}：{reading.zh}（请确认）",
                     f"{where.say('en')}, {node.title}: {reading.en} (please confirm)")
            )  # fmt: skip

    def bodies_in(self, text: str) -> list[str]:
        """The keys of the bodies that a cell names; new ones are added."""
        found = []
        for title in (part.strip() for part in _BODIES.split(text)):
            if title:
                found.append(self._body(title))
        return found

    def _body(self, title: str) -> str:
        for key, known in self.bodies.items():
            if title in known.values():
                return key
        self.bodies[title] = in_language(title)
        return title

    # --- vetoes, remarks, sums -------------------------------------------------------------------

    def _veto_section(self, node: Node) -> None:
        if not node.children:
            self._veto(node.row, node.cells.get("rule") or node.title)
        for child in node.children:
            self._veto(child.row, f"{child.title} {child.cells.get('rule', '')}".strip())

    def _veto(self, row: int, text: str) -> None:
        why = Text("一票否决须写成[[vetoes]]，等次写成[[grades]]",
                   "write it as [[vetoes]], and the grades as [[grades]]")  # fmt: skip
        self.unread.append(Unread(self.boxes.where(row), text, why))

    def _remarks(self, tree: Tree) -> None:
        for row, text in tree.remarks:
            if any(word in text.lower() for word in _VETO):
                self._veto(row, text)

    def _not_read(self, node: Node, text: str, why: Text) -> None:
        self.unread.append(Unread(self.boxes.where(node.row), text or node.title, why))

    def _check_totals(self, tree: Tree) -> None:
        """The last total that the table states is that of its tops."""
        tops = [node for node in tree.tops if _kind(node, "item") == "item"]
        made = sum((_points_of(node) for node in tops), Fraction(0))
        for row, text, points in tree.totals[-1:]:
            if made != points and made:
                self._wrong_sum(row, text, points, made)

    def _check_sum(self, node: Node, item: Document) -> None:
        counted = [child for child in node.children if _kind(child, "item") == "item"]
        if node.points is None or not counted or item.get("kind"):
            return
        made = sum((_points_of(child) for child in counted), Fraction(0))
        if made != node.points:
            self._wrong_sum(node.row, node.title, node.points, made)

    def _wrong_sum(self, row: int, text: str, points: Fraction, made: Fraction) -> None:
        why = Text(f"写的是{plain(points)}分，下级合计{plain(made)}分",
                   f"{plain(points)} points are written, but its items make {plain(made)}")  # fmt: skip
        self.unread.append(Unread(self.boxes.where(row), text, why))


def _all(nodes: tuple[Node, ...] | list[Node]) -> list[Node]:
    return [one for node in nodes for one in (node, *_all(node.children))]


def _points_of(node: Node) -> Fraction:
    if node.points is not None:
        return node.points
    return sum((_points_of(child) for child in node.children), Fraction(0))


def _kind(node: Node, above: str) -> str:
    for word, kind in _KINDS.items():
        if word in node.title.lower():
            return kind
    return above


def _top_code(index: int) -> str:
    """A, B, … Z, then S27, S28 …"""
    return chr(ord("A") + index) if index < 26 else f"S{index + 1}"


def titles(document: Mapping[str, object], section: str) -> dict[str, Text]:
    """The titles of a section's rows, by code."""
    from steelyard.scheme.wording.speech import bilingual

    listed = document.get(section)
    rows = listed if isinstance(listed, list) else []
    return {str(row.get("code")): bilingual(row.get("title", row.get("code"))) for row in rows}
