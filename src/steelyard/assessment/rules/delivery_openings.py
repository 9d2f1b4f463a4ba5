"""May this body open a delivery of this table and period? Limits as in :mod:`.delivery_limits`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date

from steelyard.assessment.rules.refusing import refusal
from steelyard.kernel.bilingual import Text
from steelyard.kernel.periods import Period
from steelyard.kernel.refusals import Refusal
from steelyard.records.intake.delivery import written_period


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a body wants to deliver, and what there is already.

    ``known``: the tables there are. ``open`` and ``standing``: names of the delivery of the same
    body, table, period and coverage that is under way, and of the accepted one; "" if none.
    """

    table: str
    period: Period
    cut_off: date
    replaces: str = ""
    why: str = ""
    known: Collection[str] = field(default_factory=frozenset)
    open: str = ""
    standing: str = ""


Limit = Callable[[Opening], Refusal | None]


def table_is_known(opening: Opening) -> Refusal | None:
    if opening.table in opening.known:
        return None
    return refusal(
        "unknown_table",
        Text(f"没有表“{opening.table}”", f"there is no table {opening.table!r}"),
        Text("请从列表中选择", "choose one of the list"),
        "table",
    )


def cut_off_is_not_before_its_period(opening: Opening) -> Refusal | None:
    if opening.cut_off >= opening.period.starts:
        return None
    return refusal(
        "cut_off_before_period",
        Text(
            f"截止日{opening.cut_off}早于期间{opening.period}",
            f"the cut-off {opening.cut_off} lies before the period {opening.period}",
        ),
        Text("请核对截止日和期间", "check the cut-off and the period"),
        "cut_off",
    )


def nothing_is_under_way(opening: Opening) -> Refusal | None:
    if not opening.open:
        return None
    return refusal(
        "under_way",
        Text(
            f"同一张表、同一期间的报送{opening.open}正在办理",
            f"{opening.open}, of the same table and period, is under way",
        ),
        Text("请在那一次里继续", "go on with that one"),
        "table",
    )


def nothing_stands(opening: Opening) -> Refusal | None:
    if not opening.standing or opening.standing == opening.replaces:
        return None
    return refusal(
        "stands_already",
        Text(f"{opening.standing}已经接收", f"{opening.standing} is accepted already"),
        Text("请打开它，选择“更正”", "open that one and correct it"),
        "table",
    )


def correction_says_what_and_why(opening: Opening) -> Refusal | None:
    if bool(opening.replaces) == bool(opening.why.strip()):
        return None
    return refusal(
        "correction_without_reason",
        Text("更正须同时写明替换哪一次报送和原因", "a correction names what it replaces, and why"),
        Text("请补写更正原因", "say why it is corrected"),
        "why",
    )


LIMITS: tuple[Limit, ...] = (
    table_is_known,
    cut_off_is_not_before_its_period,
    nothing_is_under_way,
    nothing_stands,
    correction_says_what_and_why,
)


def against(opening: Opening) -> tuple[Refusal, ...]:
    found = (limit(opening) for limit in LIMITS)
    return tuple(refusal for refusal in found if refusal is not None)


_ODD = re.compile(r"[^\w.-]")


def name_of(table: str, period: Period, body: str, earlier: Collection[str]) -> str:
    """The name of a delivery: its table, period and body, and its number from the second on.

    >>> from datetime import date
    >>> year = Period(date(2021, 1, 1), date(2022, 1, 1))
    >>> name_of("cases", year, "440000.court", ())
    'cases-2021-440000.court'
    >>> name_of("cases", year, "440000.court", {"cases-2021-440000.court"})
    'cases-2021-440000.court-2'
    >>> name_of("cases", year, "../court 1", ())
    'cases-2021-.._court_1'
    """
    safe = _ODD.sub("_", body)  # it names a file beside the cover list too
    first = f"{table}-{written_period(period).replace('/', '-')}-{safe}"
    number, name = 1, first
    while name in earlier:
        number, name = number + 1, f"{first}-{number + 1}"
    return name
