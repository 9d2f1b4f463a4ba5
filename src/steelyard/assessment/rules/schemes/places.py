"""Does the register of places have what is weighed?"""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.kernel.bilingual import Text, first_few
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal

PLACES_ARE_LACKING = refusal(
    "no_places",
    Text("“行政区划”数据表还没有报送接收，或者晚于数据截止日",
         "the table of places is not delivered and accepted yet, or knows of days after the cut-off"),
    Text("没有它无法计分：请数据来源单位报送“行政区划”（places），并接收",
         "nothing can be weighed without it: have the body that supplies records deliver it, and accept it"),
)  # fmt: skip
"""Said from the issue of the scheme on, and in the way of the freeze."""


def units_without_place(units: Sequence[str]) -> Refusal:
    """What is frozen of a unit is refused where the register of places does not know it."""
    named = first_few(units)
    return refusal(
        "units_without_place",
        Text(f"“行政区划”数据表中没有被考核单位{named.zh}",
             f"the table of places does not have these units: {named.en}"),
        Text("没有它们无法计分：请报送“行政区划”（places）的单位补上这些代码，重新报送，并接收",
             "nothing of them can be weighed: have the body that delivers the table of places add these codes, "
             "deliver it again, and accept it"),
    )  # fmt: skip


def against_places(*, lacks: bool, units: Sequence[str]) -> Refusal | None:
    """Without them no record finds its unit: the weighing would be refused, when nothing can be mended."""
    if lacks:
        return PLACES_ARE_LACKING
    return units_without_place(units) if units else None
