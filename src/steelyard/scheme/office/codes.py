"""Codes for what a table leaves without: A, A1, A1.1; those in the table are kept."""

from __future__ import annotations

from collections.abc import Iterable

from steelyard.scheme.office.tree import Node


def give_codes(tops: Iterable[Node], taken: Iterable[str] = ()) -> None:
    """Give every node a code that no other has; ``taken`` are codes that exist elsewhere."""
    nodes = list(tops)
    used = set(taken) | {node.code for top in nodes for node in _all(top) if node.code}
    for place, node in enumerate(nodes):
        _give(node, _letters(place), used)


def _all(node: Node) -> Iterable[Node]:
    yield node
    for child in node.children:
        yield from _all(child)


def _give(node: Node, usual: str, used: set[str]) -> None:
    if not node.code:
        node.code = free(usual, used)
        used.add(node.code)
    for place, child in enumerate(node.children, 1):
        _give(child, below(node.code, place), used)


def below(code: str, place: int) -> str:
    """The usual code of a child: A1 under A, A1.2 under A1, 3.2 under 3."""
    return f"{code}{place}" if code.isalpha() else f"{code}.{place}"


def free(usual: str, used: set[str]) -> str:
    """The code, or the next that is free."""
    code, place = usual, 1
    while code in used:
        place += 1
        code = f"{usual}-{place}"
    return code


def _letters(place: int) -> str:
    """
    >>> _letters(0), _letters(25), _letters(26)
    ('A', 'Z', 'AA')
    """
    head, tail = divmod(place, 26)
    return (_letters(head - 1) if head else "") + chr(ord("A") + tail)
