"""On which line of a TOML file a key stands. Asked only once there is a fault to show.

``tomllib`` reads quickly but forgets lines; the tree that tree-sitter builds remembers them
(docs/decisions/0002).
"""

from __future__ import annotations

import re
from typing import Any

Path = tuple[str | int, ...]
_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


def path_of(key: str) -> Path:
    """
    >>> path_of("items[3].rule.steps[0]")
    ('items', 3, 'rule', 'steps', 0)
    """
    return tuple(int(index) if index else name for index, name in _STEP.findall(key))


class Lines:
    """The lines of every key of one TOML text."""

    def __init__(self, text: str) -> None:
        self._line: dict[Path, int] = {}
        self._index(text)

    def line(self, key: str) -> int | None:
        """The line of the key, or of the nearest key around it, counted from 1."""
        path = path_of(key)
        while path:
            if path in self._line:
                return self._line[path]
            path = path[:-1]
        return None

    def _index(self, text: str) -> None:
        import tree_sitter_toml
        from tree_sitter import Language, Parser

        parser = Parser(Language(tree_sitter_toml.language()))
        counts: dict[Path, int] = {}
        for node in parser.parse(text.encode()).root_node.children:
            if node.type == "pair":
                self._pair(node, ())
            elif node.type in ("table", "table_array_element"):
                self._table(node, counts)

    def _table(self, node: Any, counts: dict[Path, int]) -> None:
        heading = next(child for child in node.named_children if child.type.endswith("key"))
        path: Path = ()
        for name in _names(heading):
            path = (*path, name)
            if path in counts and path != tuple(_names(heading)):
                path = (*path, counts[path])
        if node.type == "table_array_element":
            counts[path] = counts.get(path, -1) + 1
            path = (*path, counts[path])
        self._note(path, node)
        for child in node.named_children:
            if child.type == "pair":
                self._pair(child, path)

    def _pair(self, node: Any, above: Path) -> None:
        key, value = node.named_children[0], node.named_children[-1]
        path = (*above, *_names(key))
        self._note(path, node)
        self._value(value, path)

    def _value(self, node: Any, path: Path) -> None:
        if node.type == "inline_table":
            for child in node.named_children:
                if child.type == "pair":
                    self._pair(child, path)
        elif node.type == "array":
            members = [child for child in node.named_children if child.type != "comment"]
            for index, child in enumerate(members):
                self._note((*path, index), child)
                self._value(child, (*path, index))

    def _note(self, path: Path, node: Any) -> None:
        for length in range(1, len(path) + 1):
            self._line.setdefault(path[:length], node.start_point[0] + 1)


def _names(key: Any) -> list[str]:
    if key.type == "dotted_key":
        return [name for child in key.named_children for name in _names(child)]
    text = key.text.decode()
    return [text[1:-1] if key.type == "quoted_key" else text]
