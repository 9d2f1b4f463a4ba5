"""What stands in the row of a leaf, as keys of its item; points, sums and names that follow from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import exact, plain
from steelyard.scheme.given import UNITS
from steelyard.scheme.office.codes import give_codes
from steelyard.scheme.office.headings import Role
from steelyard.scheme.office.points import number
from steelyard.scheme.office.reader import BODY_ROLES, NOTHING, REPORTED_BY_UNITS, Document, Reader
from steelyard.scheme.office.tree import Entry, Node, Tree

_TEXT_ROLES: tuple[Role, ...] = ("material", "source", "note")


def new_item(node: Node, parent: str, kind: str, reader: Reader) -> Document:
    """The keys that every item has."""
    item: Document = {"code": node.code}
    item |= {"parent": parent} if parent else {}
    item |= {"kind": kind} if kind != "item" else {}
    item["title"] = reader.text(node.title)
    return item | ({"points": number(node.points)} if node.points is not None else {})


def leaf_keys(node: Node, kind: str, points: object, base: str, reader: Reader) -> Document:
    """The rule of a leaf and what stands beside it."""
    keys = beside_keys(node, reader)
    words = words_of(node)
    if not words:
        shared = any(entry.shares_rule for entry in node.entries)
        why = Text("评分标准与上一项合并在一格", "its rule stands in one cell with the item above")
        empty = Text("评分标准是空的", "the scoring rule is empty")
        reader.not_read(node, node.title, why if shared else empty)
        return keys | _noted(node, keys, {}, reader)
    read = reader.rule_keys(node, kind, words, points, base, bodies=keys)
    noted = _noted(node, keys, read, reader)
    return keys | read | noted | _derived_points(node, kind, points, read, reader)


def _noted(node: Node, keys: Document, read: Document, reader: Reader) -> Document:
    """The note of a leaf: its own, what its row says beside the title, and the remarks of its rule."""
    own = dict.fromkeys(entry.texts.get("content", "") for entry in node.entries)
    beside = [one for one in own if not one.endswith(f"：{node.title}")]
    told = [*beside, *(_said(one.get("note")) for one in (keys, read))]
    said = [one for one in told if one]
    return {"note": reader.text("；".join(said))} if said else {}


def _said(text: object) -> str:
    return "".join(str(one) for one in text.values()) if isinstance(text, dict) else ""


def _derived_points(
    node: Node, kind: str, points: object, read: Document, reader: Reader
) -> Document:
    """Points where the table has none: none are needed outside of the sum, else the rule may say."""
    if points is not None or kind != "item" or "rule" not in read:
        return {}
    most = most_of(read["rule"])
    if most is not None:
        reader.confirm(
            node.sheet.where(node.row), node.title,
            Text(f"没有写分值，按评分标准的最高分{plain(most)}分", f"no points are written: {plain(most)} by the rule"),
            node.code,
        )  # fmt: skip
        return {"points": number(most)}
    if node.is_unlimited or is_open_ended(read["rule"]):
        reader.confirm(
            node.sheet.where(node.row), node.title,
            Text("没有写分值，按不设上限累计", "no points are written: counted without a limit"),
            node.code,
        )  # fmt: skip
        return {"points": 0, "cap": "none"}
    reader.not_read(node, node.title, Text("没有写分值", "no points are written"))
    return {}


def most_of(rule: object) -> Fraction | None:
    """The most that a rule can give, where it says so in numbers; None if it does not."""
    if not isinstance(rule, dict):
        return None
    given = [step[1] for step in rule.get("steps", [])] or list(rule.get("rows", {}).values())
    given += [rule[key] for key in ("points", "at_most") if key in rule and "deduct" not in rule]
    try:
        return max((exact(one) for one in given), default=None)
    except (ValueError, TypeError):
        return None


def is_open_ended(rule: object) -> bool:
    """Whether all that a rule says is so much a case."""
    parts = rule if isinstance(rule, list) else [rule]
    return all(isinstance(part, dict) and ("add" in part or "for_each" in part) for part in parts)


def beside_keys(node: Node, reader: Reader) -> Document:
    """Bodies, material, source and note of a leaf."""
    keys: Document = {}
    for entry in node.entries:
        for role in BODY_ROLES:
            text = entry.texts.get(role, "")
            if text and text not in NOTHING and role not in keys:
                keys[role] = named = reader.body_keys(text)
                if named == UNITS or (isinstance(named, list) and UNITS in named):
                    where = entry.sheet.where(entry.row)
                    reader.confirm(where, node.title, REPORTED_BY_UNITS, node.code)
        for role in _TEXT_ROLES:
            text = entry.texts.get(role, "")
            if text and text not in NOTHING and role not in keys:
                keys[role] = reader.text(text)
    return keys


def words_of(node: Node) -> str:
    """The words of the rule: of several lines, one after the other."""
    said = [entry.texts["rule"] for entry in node.entries if entry.texts.get("rule")]
    return "\n".join(dict.fromkeys(said))


def told_apart(node: Node) -> list[Entry]:
    """The lines of one indicator that have points of their own: they are indicators below it."""
    return [entry for entry in node.entries if entry.points is not None and not node.children]


def split(node: Node) -> None:
    """Make the lines of an indicator its children, titled by what each asks for."""
    for place, entry in enumerate(node.entries, 1):
        asked = " ".join(entry.texts.get("requirement", "").split())
        child = Node(
            asked or f"{node.title}（{place}）",
            entry.sheet,
            entry.row,
            node.section,
            entries=[entry],
        )
        child.points = entry.points.number if entry.points is not None else None
        node.children.append(child)
    node.entries = []
    give_codes([node])


def sum_of(nodes: Sequence[Node]) -> Fraction | None:
    """What the points of nodes make; a group without points counts by what is below it."""
    sizes = [node.points if node.points is not None else sum_of(node.children) for node in nodes]
    known = [size for size in sizes if size is not None]
    return sum(known, Fraction(0)) if known else None


WITH_BONUS = Text("合计含加分项的分值", "the sum holds the points of the bonus, too")


def is_with_bonus(stated: Fraction, summed: Sequence[Node], tops: Sequence[Node]) -> bool:
    """Whether the stated sum of all items is that of the bonus, too: 合计105 is 100 and 5."""
    here = {id(node) for node in summed}
    of_all = all(id(node) in here for node in tops if node.kind == "item")
    made, bonus = sum_of(summed), sum_of([node for node in tops if node.kind == "bonus"])
    is_besides = not any(node.kind == "bonus" for node in summed)
    return bool(of_all and is_besides and made and bonus and stated == made + bonus)


def wrong_sum(stated: Fraction, made: Fraction) -> Text:
    return Text(
        f"写的是{plain(stated)}分，下级合计{plain(made)}分",
        f"{plain(stated)} points are written, but its items make {plain(made)}",
    )


def input_bases(tree: Tree) -> dict[int, str]:
    """By which words each leaf names its inputs: its title, told apart from the same title elsewhere."""
    leaves = [(leaf, top) for top in tree.tops for leaf in top.leaves]
    times = Counter(leaf.title for leaf, _ in leaves)
    bases: dict[int, str] = {}
    for node in tree.nodes:
        for child in node.children:
            bases[id(child)] = (
                child.title if times[child.title] < 2 else f"{node.title}：{child.title}"
            )
    again = Counter(bases.values())
    for leaf, _ in leaves:
        base = bases.get(id(leaf), leaf.title)
        is_shared = again[base] > 1 or (id(leaf) not in bases and times[leaf.title] > 1)
        bases[id(leaf)] = f"{base}（{leaf.code}）" if is_shared else base
    return bases
