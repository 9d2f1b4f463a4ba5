"""The tree that the merged cells of a table draw: groups, indicators, and what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from steelyard.scheme.office import asides
from steelyard.scheme.office.headings import Column, Heading, Role
from steelyard.scheme.office.lines import Line, SectionKind, Table
from steelyard.scheme.office.points import Points, read_points, without_points
from steelyard.scheme.office.sheets import Cell, Sheet

_SUBTOTAL = re.compile("小计|subtotal", re.IGNORECASE)
_PART = "(?:项目?|事项|指标|部分|情形|内容|类|清单)?"
_KINDS: tuple[tuple[Literal["bonus", "deduction"], re.Pattern[str]], ...] = (
    (
        "bonus",
        re.compile(
            "加分项|附加分|奖励分|加分指标|^bonus"
            f"|^(?:奖励性?|激励|创新|特色|附加|额外|工作)?加分{_PART}(?:[(（]|$)",
            re.IGNORECASE,
        ),
    ),
    (
        "deduction",
        re.compile(
            f"扣分项|减分项|扣分指标|^deductions?|^(?:惩罚|惩戒|额外|工作)?(?:扣分|减分|倒扣分){_PART}(?:[(（]|$)",
            re.IGNORECASE,
        ),
    ),
)
_NUMBERING = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十]+[)）]?[、.．]?|[IVX]+[.、])\s*(?=[^\s、.．])"
)
_STATED: tuple[Role, ...] = ("rule", "supplying_body", "scoring_body", "material", "source", "note")


@dataclass(slots=True)
class Entry:
    """One line of a leaf: the texts beside it by role, and the row that it stands in."""

    sheet: Sheet
    row: int
    texts: dict[Role, str]
    points: Points | None = None
    shares_rule: bool = False
    """Its rule stands in a cell merged with the row above."""


@dataclass(slots=True)
class Node:
    """A group or an indicator. ``rows`` are the lines that its cell spans, by their number."""

    title: str
    sheet: Sheet
    row: int
    section: SectionKind
    cell: Cell | None = None
    printed: str = ""
    """The title as it stands in the cell, with its points."""
    code: str = ""
    points: Fraction | None = None
    is_unlimited: bool = False
    first: int = 0
    last: int = 0
    is_section: bool = False
    children: list[Node] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    @property
    def place(self) -> int:
        """The column of its cell."""
        return -1 if self.cell is None else self.cell.left

    @property
    def kind(self) -> Literal["item", "bonus", "deduction"]:
        """By its section, or by a title such as 加分项."""
        if self.section in ("bonus", "deduction"):
            return "bonus" if self.section == "bonus" else "deduction"
        title = _NUMBERING.sub("", asides.plain(self.title))
        found = (kind for kind, words in _KINDS if words.search(title))
        return next(found, "item")

    @property
    def leaves(self) -> Iterator[Node]:
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves


@dataclass(slots=True)
class Misread:
    """A cell beside the rules that could not be read: where, what it says, why."""

    sheet: Sheet
    row: int
    text: str
    why: str
    why_en: str


@dataclass(slots=True)
class Tree:
    """What the table holds: the tops of its tree, its totals, vetoes, notes, and misread cells."""

    tops: list[Node] = field(default_factory=list)
    totals: list[tuple[Line, Fraction, list[Node]]] = field(default_factory=list)
    """A stated sum, and the nodes that it sums."""
    vetoes: list[Line] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    """Notes, and what says who gets which grade."""
    paper: list[Line] = field(default_factory=list)
    misread: list[Misread] = field(default_factory=list)

    @property
    def nodes(self) -> Iterator[Node]:
        """Every node, each before those below it."""
        waiting = list(reversed(self.tops))
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(node.children)


def read_tree(table: Table) -> Tree:
    """The tree of a table."""
    builder = _Builder(table, _level_columns(table))
    for number, line in enumerate(table.lines):
        builder.take(number, line)
    builder.settle()
    return builder.tree


# --- which columns are levels


def _level_columns(table: Table) -> list[int]:
    """The columns of titles. The last of them is a requirement if the one before has a title a row."""
    heading = table.heading
    places = [column.place for column in heading.of("level", "title", "content")]
    asked = [column.place for column in heading.of("requirement")]
    if not places:
        return asked[:1]
    contents = {column.place for column in heading.of("content")}
    while len(places) > 1 and places[-1] in contents and _is_one_a_row(table, places[-2]):
        if _are_parts_with_names(table, places[-2], places[-1]):
            break
        places.pop()
    if asked and asked[0] > places[-1] and not _is_one_a_row(table, places[-1]):
        places.append(asked[0])
    return places


_NAME = re.compile(r"[^。；;，,：:\d%％]{1,20}")


def _are_parts_with_names(table: Table, parts: int, names: int) -> bool:
    """Whether each row has a part of the table (一、保护) and beside it the name of the one thing in it."""
    lines = [line for line in table.lines if line.kind == "item"]
    said = [(line.sheet.at(line.row, parts), line.sheet.at(line.row, names)) for line in lines]
    return bool(said) and all(
        part is not None and name is not None
        and asides.is_part(part.text) and _NAME.fullmatch(asides.plain(name.text))
        for part, name in said
    )  # fmt: skip


def _is_one_a_row(table: Table, place: int) -> bool:
    """Whether every item line has a title of its own in this column."""
    cells = [line.sheet.at(line.row, place) for line in table.lines if line.kind == "item"]
    distinct = {id(cell) for cell in cells if cell is not None}
    return None not in cells and len(distinct) == len(cells)


def requirement_columns(table: Table, levels: Sequence[int]) -> tuple[Column, ...]:
    """Columns that say what is asked for, without being titles."""
    asked = table.heading.of("requirement", "content", "title")
    return tuple(column for column in asked if column.place not in levels)


# --- building


@dataclass
class _Builder:
    table: Table
    levels: list[int]
    tree: Tree = field(default_factory=Tree)
    path: list[Node | None] = field(default_factory=list)
    """The open node of each level."""
    section: Node | None = None
    points_seen: list[tuple[Cell, int, int, list[Node]]] = field(default_factory=list)
    codes_seen: list[tuple[Cell, int, list[Node]]] = field(default_factory=list)
    numbers: dict[tuple[int, int], int] = field(default_factory=dict)
    """The number of the line in a row of a sheet."""
    since_total: list[Node] = field(default_factory=list)

    @property
    def heading(self) -> Heading:
        return self.table.heading

    def take(self, number: int, line: Line) -> None:
        self.numbers[id(line.sheet), line.row] = number
        match line.kind:
            case "section":
                self._open_section(number, line)
            case "veto":
                self.tree.vetoes.append(line)
            case "note" | "grades":
                self.tree.notes.append(line)
            case "paper":
                self.tree.paper.append(line)
            case "loose" | "alone":
                self._loose(line)
            case "total":
                self._total(line)
            case "item":
                self._item(number, line)

    def _loose(self, line: Line) -> None:
        why = "这一行只有一格文字，不像指标，也没有读成说明、等次或合计；如是指标，请在细则中添加"
        why_en = (
            "a row of one cell, which reads neither as an item nor as a note, grades or a sum; "
            "add it if it is an item"
        )
        self.tree.misread.append(Misread(line.sheet, line.row, line.text, why, why_en))

    def _open_section(self, number: int, line: Line) -> None:
        self.path = []
        title, points = without_points(line.text)
        self.section = None
        if line.section == "veto":
            self.tree.vetoes.append(line)
        if line.section in ("item", "veto"):
            return
        node = Node(
            _NUMBERING.sub("", " ".join(title.split())), line.sheet, line.row, line.section,
            printed=line.text, points=points, first=number, last=number, is_section=True,
        )  # fmt: skip
        self.section = node
        self.tree.tops.append(node)

    def _total(self, line: Line) -> None:
        """A stated sum: of the group beside it, of what came since the last one, or of all."""
        stated = [
            points.number
            for column in self.heading.of("points")
            if (cell := line.sheet.at(line.row, column.place))
            and (points := read_points(cell.text))
        ]
        in_words = asides.stated_sum(line.text)
        if not stated and in_words:
            stated = [Fraction(in_words)]
        group = self._open_group(line)
        if group is not None:
            nodes = list(group.children)
        else:
            nodes = (
                self.since_total if _SUBTOTAL.match(asides.plain(line.text)) else self._all_items()
            )
            self.since_total, self.path = [], []
        if stated and stated[0] is not None and nodes:
            self.tree.totals.append((line, stated[0], nodes))

    def _open_group(self, line: Line) -> Node | None:
        """The group whose merged cell still stands beside this row."""
        beside = {id(cell) for cell in line.sheet.rows[line.row]}
        open_ = [node for node in self.path if node is not None and id(node.cell) in beside]
        return open_[-1] if open_ else None

    def _all_items(self) -> list[Node]:
        return [node for node in self.tree.tops if node.kind == "item"]

    # --- items

    def _item(self, number: int, line: Line) -> None:
        path = self._descend(number, line)
        if not path:
            self._without_title(line)
            return
        for node in path:
            node.last = number
        if self.section is not None:
            self.section.last = number
        self._beside(number, line, path)

    def _descend(self, number: int, line: Line) -> list[Node]:
        """The nodes of one row, from the top level down; what is new is made."""
        path: list[Node] = []
        opened: list[Node | None] = []
        is_new = False
        for level, place in enumerate(self.levels):
            cell = line.sheet.at(line.row, place)
            before = self.path[level] if level < len(self.path) and not is_new else None
            node = self._node_at(cell, place, before, line, is_last=level == len(self.levels) - 1)
            if node is None and cell is not None and cell.left == self._left_of(level, cell):
                node = self._new(number, line, cell, path)
                is_new = True
            opened.append(node)
            if node is not None:
                path.append(node)
        self.path = opened
        return path

    def _left_of(self, level: int, cell: Cell) -> int:
        """The column where a cell counts: the first level that it covers."""
        place = self.levels[level]
        covers_an_earlier = any(
            cell.left <= earlier <= cell.right for earlier in self.levels[:level]
        )
        return -1 if covers_an_earlier else (cell.left if cell.left <= place else -1)

    def _node_at(
        self, cell: Cell | None, place: int, before: Node | None, line: Line, *, is_last: bool
    ) -> Node | None:
        """The open node, if this row goes on with it: merged, left blank, or said again."""
        if before is None:
            return None
        if cell is None:
            is_blank_on_purpose = before.sheet is not line.sheet
            return None if is_blank_on_purpose else before
        had = before.sheet.at(before.row, place)
        is_same_block = had is cell
        is_said_again = (
            not is_last and had is not None and had.line == cell.line and cell.height == 1
        )
        return before if is_same_block or is_said_again else None

    def _new(self, number: int, line: Line, cell: Cell, path: list[Node]) -> Node:
        title, points = without_points(cell.text)
        node = Node(
            " ".join(title.split()), line.sheet, line.row, line.section, cell=cell,
            printed=cell.text, points=points, first=number, last=number,
        )  # fmt: skip
        above = path[-1] if path else self.section
        (self.tree.tops if above is None else above.children).append(node)
        if not path:
            self.since_total.append(node)
        return node

    def _without_title(self, line: Line) -> None:
        text = " | ".join(cell.line for cell in line.sheet.rows[line.row])
        self.tree.misread.append(
            Misread(line.sheet, line.row, text, "这一行没有指标名称", "the row has no title")
        )

    def _beside(self, number: int, line: Line, path: list[Node]) -> None:
        rules = [line.sheet.at(line.row, column.place) for column in self.heading.of("rule")]
        shares = bool(rules) and rules[0] is not None and rules[0].top < line.row
        entry = Entry(line.sheet, line.row, self._texts(line), shares_rule=shares)
        path[-1].entries.append(entry)
        for column in self.heading.of("points"):
            cell = line.sheet.at(line.row, column.place)
            if cell is not None and cell.top == line.row:
                self.points_seen.append((cell, number, column.place, list(path)))
        for column in self.heading.of("code", "serial")[:1]:
            cell = line.sheet.at(line.row, column.place)
            if cell is not None and cell.top == line.row:
                self.codes_seen.append((cell, number, list(path)))

    def _texts(self, line: Line) -> dict[Role, str]:
        """What stands beside a leaf. A merged cell is said in its first row, bodies in all of them."""
        texts: dict[Role, str] = {}
        for column in self.heading.of(*_STATED):
            cell = line.sheet.at(line.row, column.place)
            is_first = cell is not None and (cell.top == line.row or column.role != "rule")
            if cell is not None and is_first and column.role not in texts:
                texts[column.role] = cell.text
        asked = [
            cell.text
            for column in requirement_columns(self.table, self.levels)
            if (cell := line.sheet.at(line.row, column.place)) is not None
        ]
        if asked:
            texts["requirement"] = "；".join(asked)
        if kept := "；".join(self._beside_the_title(line)):
            texts["content"] = kept
        return texts

    def _beside_the_title(self, line: Line) -> Iterator[str]:
        """考核内容：结案率: what a column says that is no level of the tree."""
        for column in requirement_columns(self.table, self.levels):
            cell = line.sheet.at(line.row, column.place)
            if cell is not None and column.role in ("content", "title"):
                yield f"{column.heading}：{cell.line}"

    # --- when all rows are known

    def settle(self) -> None:
        """Points and codes find the node whose rows they span."""
        self.tree.tops = [node for node in self.tree.tops if node.children or not node.is_section]
        for cell, number, place, path in self.points_seen:
            self._give_points(cell, number, place, path)
        self._give_codes()

    def _give_points(self, cell: Cell, number: int, place: int, path: list[Node]) -> None:
        points = read_points(cell.text)
        sheet = path[-1].sheet
        node = self._spanned(cell, number, place, path)
        if points is None or node is None:
            why = ("分值没有读懂", "the points are not understood")
            if node is None:
                why = ("合并的分值不与任何一级对应", "the merged points span no one group")
            self.tree.misread.append(Misread(sheet, cell.top, cell.line, *why))
        elif node is path[-1] and len(node.entries) > 1 and cell.height < len(node.entries):
            next(entry for entry in node.entries if entry.row == cell.top).points = points
        else:
            self._set_points(node, points, cell)

    def _set_points(self, node: Node, points: Points, cell: Cell) -> None:
        if points.number is None:
            node.is_unlimited = "不" in cell.text or "no" in cell.text.lower()
            return
        if node.points is not None and node.points != points.number:
            why = ("与标题中的分值不一致", "not the points that the title says")
            self.tree.misread.append(Misread(node.sheet, cell.top, cell.line, *why))
            return
        node.points = points.number

    def _spanned(self, cell: Cell, number: int, place: int, path: list[Node]) -> Node | None:
        """The node whose points these are: that of the level on their left, or of the same rows."""
        if place < self.levels[-1]:
            return max((n for n in path if n.place < place), key=lambda n: n.place, default=path[0])
        if cell.height == 1:
            return path[-1]
        last = self._last_line(cell, path[-1].sheet)
        exact = [node for node in path if _spans(node, cell, number, last)]
        return exact[-1] if exact else None

    def _last_line(self, cell: Cell, sheet: Sheet) -> int:
        rows = range(cell.bottom, cell.top - 1, -1)
        return next(
            self.numbers[id(sheet), row] for row in rows if (id(sheet), row) in self.numbers
        )

    def _give_codes(self) -> None:
        given: list[tuple[Node, str]] = []
        for cell, number, path in self.codes_seen:
            last = self._last_line(cell, path[-1].sheet)
            exact = [node for node in path if _spans(node, cell, number, last)]
            given.append((exact[-1] if exact else path[-1], cell.line))
        if not _are_codes([code for _, code in given]):
            return
        for node, code in given:
            node.code = node.code or code


def _spans(node: Node, cell: Cell, first: int, last: int) -> bool:
    """Whether a cell stands beside all rows of a node; a row of sums below may belong to the block."""
    own = node.cell
    is_block = (
        own is not None and own.height > 1 and (own.top, own.bottom) == (cell.top, cell.bottom)
    )
    return is_block or (node.first, node.last) == (first, last)


def _are_codes(codes: Sequence[str]) -> bool:
    """Whether they tell the rows apart: no blanks inside, none twice."""
    return len(set(codes)) == len(codes) and not any(re.search(r"\s", code) for code in codes)
