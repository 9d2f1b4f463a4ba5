"""Does every name in a formula mean something, and does nothing wait for itself?"""

from __future__ import annotations

import difflib
import keyword

from steelyard.kernel.bilingual import Text
from steelyard.scheme.formula import FUNCTIONS
from steelyard.scheme.model import ROOT, Item, Scheme
from steelyard.scheme.names import RESERVED, Mention, Scope, Use, in_condition
from steelyard.scheme.reading.fields import Faults
from steelyard.scheme.uses import found_in, found_in_rules, in_item, in_quantity

Node = tuple[str, str]


def check_names(scheme: Scheme, faults: Faults) -> None:
    _defined_once(scheme, faults)
    _mentioned_items(scheme, faults)
    _reserved_in_place(scheme, faults)
    _known_besides_items(scheme, faults)
    _no_circles(scheme, faults)


def _defined_once(scheme: Scheme, faults: Faults) -> None:
    seen: dict[str, str] = {}
    sections = {"figures": scheme.figures, "quantities": scheme.quantities}
    for section, codes in sections.items():
        for index, code in enumerate(codes):
            key = f"{section}[{index}].code"
            if code in seen or code in _declared_inputs(scheme):
                _bad_name(key, code, "已另作他用", "already means something else", faults)
            elif not code.isidentifier() or keyword.iskeyword(code) or code in RESERVED:
                _bad_name(key, code, "不能在公式中使用", "cannot be used in a formula", faults)
            elif code in FUNCTIONS:
                _bad_name(key, code, "是函数名", "is the name of a function", faults)
            seen[code] = section


def _declared_inputs(scheme: Scheme) -> set[str]:
    listed = scheme.document.get("inputs")
    return {str(one.get("code")) for one in listed} if isinstance(listed, list) else set()


def _bad_name(key: str, code: str, zh: str, en: str, faults: Faults) -> None:
    mend = Text("请换一个名称", "choose another name")
    faults.add("bad-name", key, Text(f"“{code}”{zh}", f"{code!r} {en}"), mend)


def _mentioned_items(scheme: Scheme, faults: Faults) -> None:
    known = {item.code for item in scheme.items}
    for found in found_in(scheme):
        if isinstance(found, Mention) and found.item not in known:
            near = difflib.get_close_matches(found.item, known, n=1)
            mend = (
                Text(f"是否应为“{near[0]}”？", f"did you mean {near[0]!r}?")
                if near
                else Text("请写已有的指标编码", "write the code of an item")
            )
            what = Text(f"没有编码为“{found.item}”的指标", f"no item has the code {found.item!r}")
            faults.add("unknown-code", found.scope.key, what, mend)


def _reserved_in_place(scheme: Scheme, faults: Faults) -> None:
    for found in found_in(scheme):
        if not isinstance(found, Use) or found.name not in RESERVED:
            continue
        if found.name not in found.scope.names():
            faults.add(
                "name-out-of-place", found.scope.key,
                Text(f"此处没有“{found.name}”", f"{found.name!r} means nothing here"),
                Text("full用于指标的规则，x用于阶梯的分值，total用于否决、等次和并列规则",
                     "full is for rules, x for the points of a ladder, total for vetoes and grades"),
            )  # fmt: skip


def _known_besides_items(scheme: Scheme, faults: Faults) -> None:
    """In a scheme that declares its inputs, vetoes, grades and tie-breaks ask for nothing new: a name that
    nothing else knows is a slip of the pen, and would be a figure that nobody supplies."""
    declared = _declared_inputs(scheme)
    uses = [one for one in found_in_rules(scheme) if isinstance(one, Use)]
    elsewhere = {one.name for one in uses if not one.scope.key.startswith(_BESIDES_ITEMS)}
    known = declared | elsewhere | set(scheme.figures) | set(scheme.quantities) | RESERVED
    for one in uses:
        if not declared or one.scope.list or one.name in known or not one.name:
            continue
        near = difflib.get_close_matches(one.name, known - RESERVED, n=1)
        mend = (
            Text(f"是否应为“{near[0]}”？否则请先声明这个数据项",
                 f"did you mean {near[0]!r}? Else declare it as an input")
            if near
            else Text("请改正名称，或者先声明这个数据项", "mend the name, or declare it as an input")
        )  # fmt: skip
        what = Text(f"没有“{one.name}”这个数据项", f"there is no input {one.name!r}")
        faults.add("unknown-name", one.scope.key, what, mend)


_BESIDES_ITEMS = ("ranking", "grades", "vetoes")


def _no_circles(scheme: Scheme, faults: Faults) -> None:
    waits = _waits_for(scheme)
    keys = _keys(scheme)
    done: set[Node] = set()
    for start in waits:
        circle = _circle_from(start, waits, done, ())
        if circle:
            path = " → ".join(code or "total" for _, code in circle)
            faults.add(
                "circle", keys[circle[0]],
                Text(f"循环引用：{path}", f"these wait for each other: {path}"),
                Text("请去掉其中一处引用", "remove one of the references"),
            )  # fmt: skip


def _keys(scheme: Scheme) -> dict[Node, str]:
    keys = {("quantity", code): f"quantities[{i}]" for i, code in enumerate(scheme.quantities)}
    keys |= {("item", item.code): f"items[{i}]" for i, item in enumerate(scheme.items)}
    return keys | {("item", ROOT): "total"}


def _waits_for(scheme: Scheme) -> dict[Node, list[Node]]:
    """Which items and quantities must be known before each item and quantity."""
    waits: dict[Node, list[Node]] = {}
    for code, quantity in scheme.quantities.items():
        found = list(in_quantity(quantity, ""))
        waits[("quantity", code)] = _nodes(scheme, found)
    for item in scheme.in_order:
        below: list[Node] = [("item", child.code) for child in scheme.children[item.code]]
        waits[("item", item.code)] = below + _nodes(scheme, list(in_item(item, "")))
        waits[("item", item.code)] += _nodes(scheme, _asked_above(scheme, item))
    return waits


def _asked_above(scheme: Scheme, item: Item) -> list[Use | Mention]:
    """What the groups above ask before anything below them applies."""
    found: list[Use | Mention] = []
    while item.code != ROOT:
        item = scheme.item[item.parent]
        if item.not_applicable_if is not None:
            found += in_condition(item.not_applicable_if, Scope(""))
    return found


def _nodes(scheme: Scheme, found: list[Use | Mention]) -> list[Node]:
    nodes: list[Node] = []
    for one in found:
        if isinstance(one, Mention) and one.function != "full" and one.item in scheme.item:
            nodes.append(("item", one.item))
        elif isinstance(one, Use) and one.name in scheme.quantities:
            nodes.append(("quantity", one.name))
    return nodes


def _circle_from(
    node: Node, waits: dict[Node, list[Node]], done: set[Node], path: tuple[Node, ...]
) -> tuple[Node, ...]:
    if node in path:
        return (*path[path.index(node) :], node)
    if node in done:
        return ()
    for other in waits.get(node, []):
        circle = _circle_from(other, waits, done, (*path, node))
        if circle:
            done.update(circle)
            return circle
    done.add(node)
    return ()
