"""How do parts of a step count? 每超过10天扣1分，不足10天的不计; and where nothing is said of them."""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.scheme.wording.arranging.work import Part, Undecided, Work
from steelyard.scheme.wording.clauses import Clause, Counting, Each
from steelyard.scheme.wording.kinds import is_of_things
from steelyard.scheme.wording.units import SHARE_UNITS, are_one_unit


def with_counting(part: Part, one: Each, own: Sequence[Clause], work: Work) -> Part:
    """How parts of a step count."""
    counting = next(
        (clause for clause in own if isinstance(clause, Counting) and not work.is_used(clause)),
        None,
    )
    work.use(counting)
    if counting is not None and not rounds(counting, one):
        raise Undecided(
            f"“不足{counting.size}{counting.unit}”与“每{one.size}{one.unit}”怎样合用，没有写清",
            "how parts of a step count and the step itself belong together is not clear",
        )
    if one.is_whole and counting is None:
        return part | {"count": "full"}
    if counting is not None and counting.count != "exact":
        return part | {"count": counting.count}
    return part if counting is not None else _with_gap(part, one, work)


def _with_gap(part: Part, one: Each, work: Work) -> Part:
    """Parts of a step of which nothing is said: of what is measured they count in proportion, of things,
    which come whole, they do not count."""
    step = f"{one.size}{'个百分点' if one.unit in SHARE_UNITS else one.unit}"
    things = one.unit not in SHARE_UNITS and is_of_things(work.namer.base + one.subject, one.unit)
    if things is not False and one.size == "1":
        return part
    if things and "." not in one.size:
        work.read_into(
            f"不足{step}的部分没有写，不计；如按比例计，请写明“不足{step}的按比例计”",
            f"parts of {step!r} are not counted; to count them in proportion, "
            f"write “不足{step}的按比例计”",
        )
        return part | {"count": "full"}
    work.read_into(
        f"不足{step}的部分没有写，按比例计；如不计，请写明“不足{step}的不计”",
        f"parts of {_step_in_english(one)} count in proportion; if they are not to count, "
        f"write “不足{step}的不计”",
    )
    return part


def _step_in_english(one: Each) -> str:
    if one.unit not in SHARE_UNITS:
        return repr(f"{one.size}{one.unit}")
    return f"{one.size} percentage point{'' if one.size == '1' else 's'}"


def rounds(counting: Counting, one: Each) -> bool:
    """Whether a clause says how parts of just this step count: 每10天…不足10天的不计."""
    sizes = {size.rstrip("%") for size in (counting.size, counting.as_size) if size}
    units = [unit for unit in (counting.unit, counting.as_unit) if unit]
    units += ["%"] if "%" in counting.size + counting.as_size else []
    fits = sizes <= {one.size} and all(are_one_unit(unit, one.unit) for unit in units)
    return fits and not (one.award.taken and counting.gives_nothing)
