"""What share of the points can nobody verify?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.scheme.formula import Name
from steelyard.scheme.model import ROOT, Item
from steelyard.scheme.parts import ForEach, Points, walk_parts
from steelyard.weighing.stress.findings import Finding, Level, Told
from steelyard.weighing.stress.trial import Trial
from steelyard.weighing.stress.wording import percent, things

STOP_AT = Fraction(1, 2)
MEND_AT = Fraction(1, 10)
_SELF = re.compile(
    r"自评|自报|自证|自查|本单位|被考核|被评|self|assessed unit|the unit itself", re.IGNORECASE
)
_FILE_AND_ROW = re.compile(r"\.\w+, \d+$")
_MARK = re.compile(r"评定分|评分|打分|酌情|mark|judg|discretion|score given", re.IGNORECASE)


def points_nobody_can_verify(trial: Trial) -> Told:
    """Leaves without material, source or supplying body; self-reported; or judged without material."""
    kinds: Mapping[str, list[str]] = {
        "judged": [], "no-proof": [], "self-reported": [], "bonus": []
    }  # fmt: skip
    inside = {leaf.code for leaf in trial.leaves}
    for leaf in trial.scheme.leaves:
        kind = _kind(trial, leaf)
        if kind and leaf.code in inside:
            kinds[kind].append(leaf.code)
        elif kind and leaf.kind == "bonus":
            kinds["bonus"].append(leaf.code)
    found = [code for codes in kinds.values() for code in codes]
    whole = trial.share_of([leaf.code for leaf in trial.leaves])
    if not whole:
        return Told(waits=(_NO_POINTS,))
    share = trial.share_of(found) / whole
    if not found:
        return Told(sound=(_SOUND,))
    level: Level = "mend" if share >= MEND_AT else "know"
    if trial.is_index and not trial.has_data:
        level = "know"  # the data may bring their sources, cell by cell
    elif share >= STOP_AT and not trial.is_index:
        level = "stop"
    return Told((_finding(trial, level, kinds, share),))


_NO_POINTS = Text(
    "可核实的分值：各项没有满分，算不出占比。",
    "Points that can be verified: no item has full points, so there is no share to tell.",
)


_SOUND = Text(
    "每一分都能核实：各项都写明了佐证材料、数据来源或数据来源单位。",
    "Every point can be verified: each item names its material, source or supplying body.",
)


def _kind(trial: Trial, leaf: Item) -> str:
    if _material(trial, leaf):
        return ""
    bodies = _bodies(trial, leaf)
    if is_judged(trial, leaf) and not bodies:
        return "judged"
    if bodies and all(_SELF.search(body) for body in bodies):
        return "self-reported"
    return "" if bodies or _has_source(trial, leaf) else "no-proof"


def _material(trial: Trial, leaf: Item) -> bool:
    """The item's own supporting material, or that of a group above it."""
    here = leaf
    while here.code != ROOT:
        if here.material:
            return True
        here = trial.scheme.item[here.parent]
    return False


def is_judged(trial: Trial, leaf: Item) -> bool:
    """Its points are typed by a scorer: a number that is itself the points, or a list of marks."""
    if leaf.rule is None or trial.is_index:
        return False
    for part in walk_parts(leaf.rule):
        if isinstance(part, ForEach) and _MARK.search(part.list):
            return True
        if isinstance(part, Points) and isinstance(part.points, Name):
            one = trial.scheme.inputs.get(part.points.code)
            if one is not None and one.type in ("number", "count"):
                return True
    return False


def _bodies(trial: Trial, leaf: Item) -> list[str]:
    """The supplying bodies of the item, of the groups above it and of its inputs: key and titles."""
    keys = list(leaf.supplying_body)
    here = leaf
    while not keys and here.code != ROOT:
        keys, here = list(here.supplying_body), trial.scheme.item[here.parent]
    for code in trial.sees[leaf.code].inputs:
        if code in trial.scheme.inputs:
            keys += trial.scheme.inputs[code].supplying_body
    named = [(key, trial.scheme.bodies.get(key, Text(key, key))) for key in dict.fromkeys(keys)]
    return [f"{key} {title.zh} {title.en}" for key, title in named]


def _has_source(trial: Trial, leaf: Item) -> bool:
    """Where the figures come from is said: by all inputs, or by the item of an index, whose source is
    that of its column."""
    inputs = [
        trial.scheme.inputs[c] for c in trial.sees[leaf.code].inputs if c in trial.scheme.inputs
    ]
    if inputs and all(one.source or one.supplying_body for one in inputs):
        return True
    return bool(leaf.source) or _cells_have_sources(trial, leaf)


def _cells_have_sources(trial: Trial, leaf: Item) -> bool:
    """Last year every figure came with its source, cell by cell."""
    if trial.result is None:
        return False
    cells = trial.result.values.cells
    seen = [of for (code, _), of in cells.items() if code in trial.sees[leaf.code].inputs]
    return bool(seen) and all(_is_stated(cell.source.zh) for of in seen for cell in of.values())


def _is_stated(source: str) -> bool:
    """A source that somebody wrote; where none was, a cell names its file and row."""
    return bool(source) and _FILE_AND_ROW.search(source) is None


def _finding(
    trial: Trial, level: Level, kinds: Mapping[str, Sequence[str]], share: Fraction
) -> Finding:
    items = tuple(code for codes in kinds.values() for code in codes)
    return Finding(
        "unverifiable", level, items,
        _what(trial, items, share),
        _WHY_INDEX if trial.is_index else _WHY,
        Text("逐项写明佐证材料（material）或数据来源单位（supplying_body）；评定分写明评分依据；自报的改由另一单位供数，"
             "或抽查",
             "name material or supplying_body item by item; for judged marks say on what; let another body supply "
             "what units report themselves, or check a sample"),
        tuple(_case(trial, kind, codes) for kind, codes in kinds.items() if codes),
        {"share": float(share), **{kind: list(codes) for kind, codes in kinds.items()}},
    )  # fmt: skip


def _what(trial: Trial, items: Sequence[str], share: Fraction) -> Text:
    count = things(len(items), "item", "items")
    if trial.is_index:
        return Text(
            f"{percent(share)}的权重无人能核实，共{len(items)}项",
            f"{percent(share)} of the weight nobody can verify: {count}",
        )
    holding = trial.holding(items)
    return Text(
        f"{percent(share)}的分值无人能核实：{len(items)}项，{holding.zh}",
        f"{percent(share)} of the points nobody can verify: {count}, {holding.en}",
    )


_WHY = Text(
    "没有材料、没有来源的得分，申诉时说不清，审计时查不到",
    "points without material or source cannot be defended on appeal nor found by an auditor",
)
_WHY_INDEX = Text(
    "没有来源的数据，别人无法核对，也无法照样再算",
    "figures without a source can be neither checked nor gathered again by others",
)
_KINDS = {
    "judged": Text(
        "得分由人直接填入，没有要求材料", "points typed in as they are, with no material asked"
    ),
    "no-proof": Text(
        "既无佐证材料，也无来源和数据来源单位", "neither material, nor source, nor supplying body"
    ),
    "bonus": Text("加分项，没有材料或来源", "bonuses without material or source"),
    "self-reported": Text(
        "由被考核单位自报，没有要求材料", "reported by the unit itself, with no material asked"
    ),
}


def _case(trial: Trial, kind: str, codes: Sequence[str]) -> Text:
    holding, names, said = trial.holding(codes), trial.names(codes), _KINDS[kind]
    return Text(f"{said.zh}（{holding.zh}）：{names.zh}", f"{said.en} ({holding.en}): {names.en}")
