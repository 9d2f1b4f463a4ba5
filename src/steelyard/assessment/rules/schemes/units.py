"""Whom does an assessment assess, and are the units of its scheme among those?"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from steelyard.kernel.bilingual import Text, first_few
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal
from steelyard.scheme.model import Scheme

_UNITS = {
    "province": Text("{}各市", "cities of {}"),
    "city": Text("{}各县（市、区）", "districts of {}"),
}
_OTHERS = Text("{}下属各单位", "units of {}")


def units_of_region(kind: str, name: Text) -> Text:
    """Whom an assessment within a province or a city assesses.

    >>> units_of_region("city", Text("江门市", "Jiangmen"))
    Text(zh='江门市各县（市、区）', en='districts of Jiangmen')
    """
    said = _UNITS.get(kind, _OTHERS)
    return Text(said.zh.format(name.zh), said.en.format(name.say("en")))


def strangers(scheme: Scheme, below: Collection[str]) -> tuple[str, ...]:
    """The units of a scheme that are not among those below the office, or below what it assesses within."""
    return tuple(unit.code for unit in scheme.assessed if unit.code not in below)


def against_strangers(found: Sequence[str]) -> tuple[Refusal, ...]:
    """An office asks and assesses those below it: nothing is opened at a neighbour's.

    >>> [one.code for one in against_strangers(["440100"])], against_strangers([])
    (['strange_units'], ())
    >>> "codes 440100, 440200;" in against_strangers(["440100", "440200"])[0].text.en
    True
    """
    if not found:
        return ()
    named = first_few(found)
    return (
        refusal(
            "strange_units",
            Text(f"被考核单位{named.zh}不在本考核的范围内（没有这样的机构，或者不是下级）",
                 f"no organisations below the office, or within what it assesses, have the codes {named.en}"),
            Text("请改正细则中的单位代码，或者先登记机构", "mend the units in the scheme, or register them first"),
        ),
    )  # fmt: skip
