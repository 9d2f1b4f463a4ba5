"""What a person has changed in a table that we exported, laid over the scheme that it carries."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from steelyard.kernel.bilingual import Lang
from steelyard.kernel.exact import exact
from steelyard.scheme.office.boxes import Boxes
from steelyard.scheme.office.builder import Builder, Document, number, titles
from steelyard.scheme.office.layout import cells_of, items_of, layout_of, titled
from steelyard.scheme.office.machine import Carried
from steelyard.scheme.office.rows import Node, Tree

_IN_THE_RULE_CELL = (
    "rule",
    "zero_if",
    "full_if",
    "not_applicable_if",
    "applies_to",
    "cap",
    "floor",
    "on",
)


def merged(carried: Carried, boxes: Boxes, tree: Tree) -> tuple[Document, Builder]:
    """The carried document with every visible change in it. Unchanged, it is returned as it was."""
    builder = Builder(boxes)
    if _shown(tree, carried.lang) == _printed(carried):
        return carried.document, builder
    document = copy.deepcopy(carried.document)
    _prepare(builder, document)
    known = {str(item["code"]): cast("Document", item) for item in items_of(document)}
    merge = _Merge(builder, document, carried.lang, known)
    for index, node in enumerate(tree.tops):
        merge.node(node, "", f"N{index + 1}", "item")
    document["items"] = builder.items
    if builder.inputs:
        document["inputs"] = list(builder.inputs.values())
    if builder.bodies:
        document["bodies"] = builder.bodies
    return document, builder


def _prepare(builder: Builder, document: Document) -> None:
    """Let the builder know what exists, so that words that name it mean it."""
    inputs = cast("list[Document]", document.get("inputs") or [])
    builder.inputs = {str(one["code"]): one for one in inputs}
    bodies = cast("dict[str, object]", document.get("bodies") or {})
    builder.bodies = {
        key: {"zh": body, "en": body} if isinstance(body, str) else cast("Document", body)
        for key, body in bodies.items()
    }
    for section in ("inputs", "quantities", "figures"):
        builder.names |= titles(document, section)
    builder.codes = {str(item["code"]) for item in items_of(document)}


Shown = list[tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]]


def _printed(carried: Carried) -> Shown:
    """The rows as the export printed them."""
    layout = layout_of(carried.document, carried.lang)
    return [
        (row.code, tuple(_tidy(title) for _, title in row.path), _cells(row.cells))
        for row in layout.rows
    ]


def _shown(tree: Tree, lang: Lang) -> Shown:
    """The rows as the table shows them now."""
    return [
        (
            leaf.cells.get("code", ""),
            tuple(_title(node, lang) for node in path),
            _cells(leaf.cells | _points(leaf)),
        )
        for path, leaf in _leaves(tree.tops, ())
    ]


def _leaves(
    nodes: tuple[Node, ...] | list[Node], above: tuple[Node, ...]
) -> Iterator[tuple[tuple[Node, ...], Node]]:
    for node in nodes:
        if node.children:
            yield from _leaves(node.children, (*above, node))
        else:
            yield (*above, node), node


def _title(node: Node, lang: Lang) -> str:
    """The title as printed: a group's points stand in it."""
    if not node.children or node.points is None:
        return _tidy(node.title)
    points = number(node.points)
    return _tidy(node.title + (f"（{points}分）" if lang == "zh" else f" ({points} points)"))


def _points(node: Node) -> dict[str, str]:
    return {"points": "" if node.points is None else str(number(node.points))}


def _cells(cells: object) -> tuple[tuple[str, str], ...]:
    roles = ("points", "rule", "supplying_body", "scoring_body", "material", "note")
    mapping = cast("dict[str, str]", cells)
    return tuple((role, _tidy(_as_number(role, mapping.get(role, "")))) for role in roles)


def _as_number(role: str, text: str) -> str:
    try:
        return str(number(exact(text))) if role == "points" and text else text
    except ValueError:
        return text


def _tidy(text: str) -> str:
    return " ".join(text.split())


@dataclass
class _Merge:
    """Takes each item from what is carried, and what was changed from the words."""

    builder: Builder
    document: Document
    lang: Lang
    known: dict[str, Document]

    def node(self, node: Node, parent: str, usual: str, kind: str) -> None:
        code = self._code_of(node)
        if code not in self.known:
            self.builder.add(node, parent, usual, kind)
            return
        item = copy.deepcopy(self.known[code])
        (self._change_group if node.children else self._change_leaf)(item, node)
        self._move(item, parent)
        self.builder.items.append(item)
        for index, child in enumerate(node.children, start=1):
            self.node(child, code, f"{code}-{index}", str(item.get("kind", "item")))

    def _move(self, item: Document, parent: str) -> None:
        if str(item.get("parent", "")) != parent:
            item.pop("parent", None)
            item |= {"parent": parent} if parent else {}

    def _code_of(self, node: Node) -> str:
        """A leaf's own code; a group's by climbing from the first known leaf below it."""
        depth, here = 0, node
        while here.children:
            here, depth = here.children[0], depth + 1
        code = here.cells.get("code", "")
        for _ in range(depth):
            code = str(self.known.get(code, {}).get("parent", ""))
        return code

    def _change_group(self, item: Document, node: Node) -> None:
        printed = titled(item, self.lang, is_group=True)
        if _title(node, self.lang) == _tidy(printed):
            return
        if node.points is not None:
            item["points"] = number(node.points)
        self._retitle(item, node.title, is_group=True)

    def _change_leaf(self, item: Document, node: Node) -> None:
        was = dict(_cells(cells_of(item, self.document, self.lang)))
        now = dict(_cells(node.cells | _points(node)))
        if _tidy(node.title) != _tidy(titled(item, self.lang, is_group=False)):
            self._retitle(item, node.title, is_group=False)
        if now["points"] != was["points"]:
            item.pop("points", None)
            item |= {} if node.points is None else {"points": number(node.points)}
        if now["rule"] != was["rule"]:
            self._rewrite(item, node)
        self._beside(item, now, was, node)

    def _retitle(self, item: Document, title: str, *, is_group: bool) -> None:
        """The new title on the side of the table's language; the marks of a kind are not its part."""
        blank = {key: value for key, value in item.items() if key != "points"} | {"title": "\0"}
        mark = titled(blank, self.lang, is_group=is_group).partition("\0")[2]
        clean = title.removesuffix(mark) if mark else title
        old = item.get("title")
        sides = (
            {"zh": old, "en": old} if isinstance(old, str) else dict(cast("Document", old or {}))
        )
        item["title"] = sides | {self.lang: clean}

    def _rewrite(self, item: Document, node: Node) -> None:
        """The rule from the new words. Not understood, it is listed, and the old one is not kept."""
        for key in _IN_THE_RULE_CELL:
            item.pop(key, None)
        item |= self.builder.rule(node, str(item.get("kind", "item")))

    def _beside(self, item: Document, now: dict[str, str], was: dict[str, str], node: Node) -> None:
        for role in ("supplying_body", "scoring_body"):
            if now[role] != was[role]:
                bodies = self.builder.bodies_in(node.cells.get(role, ""))
                item.pop(role, None)
                item |= {role: bodies[0] if len(bodies) == 1 else bodies} if bodies else {}
        for role in ("material", "note"):
            if now[role] != was[role]:
                text = node.cells.get(role, "")
                item.pop(role, None)
                item |= {role: {self.lang: text}} if text else {}
