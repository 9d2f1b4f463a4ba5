"""Is every figure of the reviewed case files asked for once? Two inputs of one figure would each take a part."""

from __future__ import annotations

from itertools import combinations
from typing import cast

from steelyard.kernel.bilingual import Text
from steelyard.scheme.case_files import TITLES
from steelyard.scheme.model import Scheme
from steelyard.scheme.reading.fields import Faults


def check_case_files(scheme: Scheme, faults: Faults) -> None:
    declared = [one for one in scheme.inputs.values() if one.case_files is not None]
    for one, other in combinations(declared, 2):
        if one.case_files is None or other.case_files is None:
            continue
        if one.case_files.overlaps(other.case_files):
            title = TITLES[other.case_files.give]
            faults.add(
                "case-figure-twice", f"inputs[{_place(scheme, other.code)}].case_files",
                Text(f"“{one.code}”和“{other.code}”都是{title.zh}，抽取的案卷只归其中一项",
                     f"{one.code!r} and {other.code!r} are both the {title.en}: drawn files feed one of them"),
                Text("请只保留一项，或者用types分别写明案卷类型（不重复）",
                     "keep one, or name different types of file in `types` of each"),
            )  # fmt: skip


def _place(scheme: Scheme, code: str) -> int:
    rows = cast("list[dict[str, object]]", scheme.document.get("inputs"))
    return next(at for at, row in enumerate(rows) if str(row.get("code")) == code)
