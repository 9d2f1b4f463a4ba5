"""A year in which the figures of a sheet are missing, by a scheme that says what that leads to."""

from __future__ import annotations

from datetime import timedelta

from steelyard.assessment.actions import supplied as sheets
from steelyard.assessment.models import Sheet
from steelyard.assessment.rules.states import Stage, StageMove
from steelyard.assessment.rules.supplied.cells import Typed
from tests.assessment.reported import the_sheet
from tests.assessment.year import Year, scheme

LACKS = "440700/closed_in_time"
KEY = ("440700", "closed_in_time")
WHY = "来源单位没有这项记录"


def admitting(outcome: str = "zero") -> dict[str, object]:
    """The scheme, and what a missing figure leads to."""
    return {**scheme().document, "on": {"missing": outcome}}


def lacking_year(outcome: str = "zero") -> Year:
    return Year(document=admitting(outcome))


def comparing_without_figures(year: Year) -> Year:
    """The collection is over, and nobody signed the sheet."""
    year.document = year.document or admitting()
    year.at(Stage.COLLECTING)
    year.now += timedelta(60)
    year.move(StageMove.COMPARE)
    return year


def signed_with(year: Year, jiangmen: Typed) -> Sheet:
    """The sheet as its body signs it, Guangzhou with 95 %."""
    told = {"sheet": the_sheet().pk, "by": year.li.pk, "now": year.now}
    sheets.fill(typed={"440100": Typed("95%"), "440700": jiangmen}, **told)
    sheets.sign(**told)
    return the_sheet()
