"""A year that is scored: what the office's step freezes and weighs."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from steelyard.assessment.actions.weighings import carry_out
from steelyard.assessment.models import Figure, SheetVersion, Weighing
from steelyard.assessment.rules.states import ScoreState, SheetState, Stage, StageMove
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from steelyard.supply.actions import deliveries as supply
from steelyard.supply.actions.deliveries import Details, File
from tests.assessment.year import Year
from tests.supply.office import account

PLACES = (
    "code,title_zh,title_en,parent,level\n440000,广东,Guangdong,,province\n"
    "440100,广州,Guangzhou,440000,city\n440700,江门,Jiangmen,440000,city\n"
)
HEADINGS = "编号,名称,举办单位,对象,地点,举办日期,学时,参加人数"
TRAININGS = f"{HEADINGS}\nT1,样本：培训,样本单位,officers,440100,2021-04-26,8,200\nT2,样本：培训,样本单位,officers,440700,2021-05-26,8,150\n"
JUDGED = {"A1": {}, "A2": {"file_points": "90"}, "B1": {}, "B2": {"plan_points": "8.5"}}


def he(year: Year) -> Account:
    return account("何处长", body=(Role.SUPPLYING_BODY, year.province))


def accepted(year: Year, table: str, text: str, cut_off: date | None = None) -> None:
    by = he(year) if not Account.objects.filter(username="何处长").exists() else None
    number = (by or Account.objects.get(username="何处长")).pk
    details = Details(
        table=table, starts=date(2021, 1, 1), ends=year.ends,
        cut_off=cut_off or year.ends + timedelta(9), sample=True,
    )  # fmt: skip
    one = supply.upload(
        body=year.province, details=details, file=File(f"{table}.csv", text.encode()), by=number,
        now=year.now,
    )  # fmt: skip
    one = supply.sign(delivery=one.pk, seen=one.version, by=number, now=year.now)
    supply.accept(delivery=one.pk, seen=one.version, by=year.chen.pk, now=year.now)


def scored(
    year: Year, *, with_places: bool = True, with_trainings: bool = True, **figures: str
) -> None:
    """All is delivered, signed and scored; ``figures``: of cities on the sheet, as c440100='96%'. Without
    the trainings a figure from records is missing."""
    year.at(Stage.COLLECTING)
    sheet = year.assessment.sheets.get(input_code="closed_in_time")
    sheet.state = SheetState.SIGNED
    sheet.save()
    signed = SheetVersion.objects.create(
        sheet=sheet, number=1, signed_by=year.li, signed_at=year.now
    )
    told = {"440100": "96%", "440700": "85%"} | {key[1:]: one for key, one in figures.items()}
    for unit, value in told.items():
        Figure.objects.create(sheet_version=signed, unit=unit, value=value)
    if with_places:
        accepted(year, "places", PLACES)
    if with_trainings:
        accepted(year, "trainings", TRAININGS)
    for move in (StageMove.COMPARE, StageMove.SCORE):
        _over(year) if move is StageMove.COMPARE else None
        year.move(move)
    for score in year.assessment.scores.all():
        score.judged, score.state = JUDGED[score.item], ScoreState.SCORED
        score.scored_by, score.scored_at = year.sun, year.now
        score.save()


def _over(year: Year) -> None:
    year.now += timedelta(60)


def frozen(year: Year, **figures: str) -> Weighing:
    """With the figure c440700='不详', which is none, the weighing is refused."""
    scored(year, **figures)
    year.move(StageMove.FREEZE)
    return year.assessment.weighings.get()


def a_scored_year() -> Year:
    found = Year()
    scored(found)
    return found


def a_frozen_year() -> Year:
    found = Year()
    frozen(found)
    return found


def a_weighed_year() -> Year:
    found = a_frozen_year()
    carry_out(weighing=weighing_of(found).pk, now=timezone.now)
    return found


def weighing_of(year: Year) -> Weighing:
    return year.assessment.weighings.get()
