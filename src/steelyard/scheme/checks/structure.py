"""Do the codes, parents, groups and bodies hold together?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from steelyard.kernel.bilingual import Text
from steelyard.scheme.given import UNITS
from steelyard.scheme.model import Item, Scheme, Unit
from steelyard.scheme.reading.fields import Faults


def check_structure(scheme: Scheme, faults: Faults) -> None:
    _no_duplicates((unit.code for unit in scheme.units), "units", faults)
    _no_duplicates((item.code for item in scheme.items), "items", faults)
    _no_duplicates((grade.code for grade in scheme.grades), "grades", faults)
    _no_duplicates((veto.code for veto in scheme.vetoes), "vetoes", faults)
    _parents(scheme.units, "units", faults)
    _parents(scheme.items, "items", faults)
    _something_is_weighed(scheme, faults)
    _groups(scheme, faults)
    _bodies(scheme, faults)
    _divisors(scheme, faults)
    _one_tile_each(scheme, faults)


def _no_duplicates(codes: Iterable[str], section: str, faults: Faults) -> None:
    seen: set[str] = set()
    for index, code in enumerate(codes):
        if code and code in seen:
            faults.add(
                "duplicate-code", f"{section}[{index}].code",
                Text(f"编码“{code}”重复", f"the code {code!r} is used twice"),
                Text("请改其中一个", "change one of them"),
            )  # fmt: skip
        seen.add(code)


def _parents(nodes: Sequence[Item | Unit], section: str, faults: Faults) -> None:
    parent = {node.code: node.parent for node in nodes}
    for index, node in enumerate(nodes):
        key = f"{section}[{index}].parent"
        if node.parent and node.parent not in parent:
            faults.add(
                "unknown-code", key,
                Text(f"没有编码为“{node.parent}”的上级", f"no parent has the code {node.parent!r}"),
                Text("请改正编码，或补上这一行", "mend the code, or add that row"),
            )  # fmt: skip
        elif _is_in_a_circle(node.code, parent):
            faults.add(
                "circle", key,
                Text(f"“{node.code}”是它自己的上级", f"{node.code!r} is above itself"),
                Text("请改正上级，使其成为一棵树", "mend the parents so that they form a tree"),
            )  # fmt: skip


def _is_in_a_circle(code: str, parent: dict[str, str]) -> bool:
    seen = {code}
    while code := parent.get(code, ""):
        if code in seen:
            return True
        seen.add(code)
    return False


def _something_is_weighed(scheme: Scheme, faults: Faults) -> None:
    if not scheme.items:
        faults.add(
            "no-items", "",
            Text("细则没有指标", "the scheme has no items"),
            Text("请补写 [[items]]", "add [[items]]"),
        )  # fmt: skip
    if not scheme.assessed:
        inside = f"“{scheme.within}”之下" if scheme.within else "细则中"
        below = f"below {scheme.within!r}" if scheme.within else "in the scheme"
        faults.add(
            "no-units", "within" if scheme.within else "",
            Text(f"{inside}没有被考核单位", f"there is no unit {below}"),
            Text("请补写 [[units]]，或改正within", "add [[units]], or mend 'within'"),
        )  # fmt: skip


def _groups(scheme: Scheme, faults: Faults) -> None:
    for index, unit in enumerate(scheme.units):
        if unit.group and scheme.groups and unit.group not in scheme.groups:
            _unknown(f"units[{index}].group", unit.group, "groups", faults)
    known = set(scheme.groups) | {unit.group for unit in scheme.units}
    for index, item in enumerate(scheme.items):
        for group in item.applies_to:
            if group not in known:
                _unknown(f"items[{index}].applies_to", group, "groups", faults)


def _bodies(scheme: Scheme, faults: Faults) -> None:
    for index, item in enumerate(scheme.items):
        for name in ("supplying_body", "scoring_body"):
            for body in getattr(item, name):
                if body not in scheme.bodies:
                    _unknown(f"items[{index}].{name}", body, "bodies", faults)
        if UNITS in item.scoring_body:
            faults.add(
                "scores-itself", f"items[{index}].scoring_body",
                Text(f"“{UNITS}”是各单位自报，被考核单位不给自己评分",
                     f"{UNITS!r} are the assessed units themselves, and they do not score themselves"),
                Text("请写明评分单位", "name a scoring body"),
            )  # fmt: skip
    for index, found in enumerate(scheme.inputs.values()):
        for body in found.supplying_body:
            if body not in scheme.bodies:
                _unknown(f"inputs[{index}].supplying_body", body, "bodies", faults)


def _divisors(scheme: Scheme, faults: Faults) -> None:
    """What a tally is divided by is an input of its own, and is not divided again."""
    for index, found in enumerate(scheme.inputs.values()):
        per = "" if found.tally is None else found.tally.per
        if not per:
            continue
        key = f"inputs[{index}].tally.per"
        divisor = scheme.inputs.get(per)
        if divisor is None:
            _unknown(key, per, "inputs", faults)
        elif divisor.tally is not None and divisor.tally.per:
            faults.add(
                "divided-twice", key,
                Text(f"“{per}”本身也是按另一数据项平均的", f"{per!r} is itself per another input"),
                Text("请改用未平均的数据项", "name an input that is not"),
            )  # fmt: skip


def _unknown(key: str, code: str, section: str, faults: Faults) -> None:
    faults.add(
        "unknown-code", key,
        Text(f"[{section}]中没有“{code}”", f"[{section}] has no {code!r}"),
        Text(f"请补入[{section}]，或改正编码", f"add it to [{section}], or mend the code"),
    )  # fmt: skip


def _one_tile_each(scheme: Scheme, faults: Faults) -> None:
    seen: dict[tuple[int, int], str] = {}
    for index, unit in enumerate(scheme.units):
        if unit.tile is None or unit.parent != scheme.within:
            continue
        other = seen.setdefault(unit.tile, unit.code)
        if other != unit.code:
            faults.add(
                "duplicate-tile", f"units[{index}].tile",
                Text(f"与“{other}”占同一格", f"it has the same tile as {other!r}"),
                Text("请换一格", "give it another tile"),
            )  # fmt: skip
