"""Does every unit get exactly one grade, and can every grade be got?"""

from __future__ import annotations

from collections.abc import Iterable

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.scheme.model import Grade, Scheme
from steelyard.scheme.reading.fields import Faults


def check_grades(scheme: Scheme, faults: Faults) -> None:
    _descend(scheme.grades, faults)
    _end_open(scheme.grades, faults)
    _floors(scheme, faults)
    _vetoes(scheme, faults)


def _cut_off(grade: Grade) -> tuple[object, bool] | None:
    if grade.at_least is not None:
        return grade.at_least, True
    return None if grade.above is None else (grade.above, False)


def _descend(grades: tuple[Grade, ...], faults: Faults) -> None:
    above = None
    for index, grade in enumerate(grades):
        here = grade.at_least if grade.at_least is not None else grade.above
        if above is not None and here is not None and here > above:
            faults.add(
                "grades-out-of-order", f"grades[{index}]",
                Text(f"分数线{plain(here)}高于前一等次的{plain(above)}",
                     f"its cut-off {plain(here)} is above the {plain(above)} of the grade before"),
                Text("请从最好的等次写起", "write the best grade first"),
            )  # fmt: skip
        above = here if here is not None else above


def _is_open(grade: Grade) -> bool:
    return not (_cut_off(grade) or grade.requires or grade.floors or grade.quota)


def _end_open(grades: tuple[Grade, ...], faults: Faults) -> None:
    if not grades:
        return
    last = len(grades) - 1
    if not _is_open(grades[last]):
        faults.add(
            "grades-leave-out", f"grades[{last}]",
            Text("最后一个等次仍有条件，有的单位会没有等次",
                 "the last grade still has conditions, so some units would get none"),
            Text("请补写一个不设条件的等次", "add a last grade without conditions"),
        )  # fmt: skip
    for index in range(last):
        if _is_open(grades[index]):
            faults.add(
                "grade-takes-all", f"grades[{index}]",
                Text("该等次不设条件，其后的等次无人可得",
                     "this grade has no condition, so nobody gets the grades after it"),
                Text("请写分数线，或移到最后", "give it a cut-off, or move it to the end"),
            )  # fmt: skip


def _floors(scheme: Scheme, faults: Faults) -> None:
    known = {item.code for item in scheme.items} | {"*"}
    for index, grade in enumerate(scheme.grades):
        for floor in grade.floors:
            if floor.item not in known:
                _unknown(f"grades[{index}].floors.{floor.item}", floor.item, known, faults)


def _vetoes(scheme: Scheme, faults: Faults) -> None:
    known = {grade.code for grade in scheme.grades}
    for index, veto in enumerate(scheme.vetoes):
        for name in ("grade", "best_grade"):
            code = getattr(veto, name)
            if code and code not in known:
                _unknown(f"vetoes[{index}].then.{name}", code, known, faults)
        if not (veto.grade or veto.best_grade or veto.lower_by or veto.rank) and veto.score is None:
            faults.add(
                "veto-without-effect", f"vetoes[{index}].then",
                Text("该否决没有后果", "this veto leads to nothing"),
                Text('例如 then = { grade = "fail" }', 'write for instance then = { grade = "fail" }'),
            )  # fmt: skip


def _unknown(key: str, code: str, known: Iterable[str], faults: Faults) -> None:
    listed = ", ".join(sorted(known))
    faults.add(
        "unknown-code", key,
        Text(f"没有“{code}”", f"there is no {code!r}"),
        Text(f"可用：{listed}", f"use one of {listed}"),
    )  # fmt: skip
