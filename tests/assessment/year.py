"""A year of assessment, as far as a test wants it: the province, two cities, who works there, a small scheme."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from pathlib import Path

from django.utils import timezone

from steelyard.assessment.actions.assessments import Wanted, open_assessment
from steelyard.assessment.actions.schemes import approve, draft
from steelyard.assessment.actions.stages import Terms, move_on
from steelyard.assessment.models import Assessment, Figure, SchemeVersion, SheetVersion
from steelyard.assessment.queries.assessments import issued, scheme_of, under_way
from steelyard.assessment.rules.states import SheetState, Stage, StageMove
from steelyard.kernel.bilingual import Text
from steelyard.people.models import Account, Organisation
from steelyard.people.rules.roles import Role
from steelyard.scheme.model import Scheme
from steelyard.scheme.read import read_scheme
from tests.supply.office import account, organisation

SCHEME = Path(__file__).parent / "scheme.toml"


@cache
def scheme() -> Scheme:
    return read_scheme(SCHEME)


@dataclass
class Year:
    """The assessment of 2021, with people by name. ``at`` leads it to a stage."""

    province: Organisation = field(
        default_factory=lambda: organisation("440000", "广东省知识产权局", "province")
    )
    now: datetime = field(default_factory=timezone.now)
    """The real hour: what is filed in time, the database says by its own clock."""
    document: Mapping[str, object] | None = None
    """The scheme to be drafted, if it is another than :func:`scheme`."""
    ends: date = date(2022, 1, 1)
    """The day after the period."""

    def __post_init__(self) -> None:
        self.guangzhou = organisation("440100", "广州市", "city", self.province)
        self.jiangmen = organisation("440700", "江门市", "city", self.province)
        self.market = organisation("market", "省市场监督管理局", "department", self.province)
        self.team = organisation("team", "考核工作组", "department", self.province)
        self.panel = organisation("panel", "案卷评查组", "experts", self.province)
        self.bureau = organisation(
            "440700-market", "江门市市场监督管理局", "department", self.jiangmen
        )

    @property
    def today(self) -> date:
        """The day it is in the region: from 16:00 UTC on, the one after that of ``now``."""
        return timezone.localdate(self.now)

    @cached_property
    def chen(self) -> Account:
        """She runs the assessment."""
        return account("陈主任", office=(Role.ASSESSING_OFFICE, self.province))

    @cached_property
    def qian(self) -> Account:
        """He works in the same office."""
        return account("钱科长", office=(Role.ASSESSING_OFFICE, self.province))

    @cached_property
    def zhao(self) -> Account:
        """He heads the office."""
        return account("赵局长", office=(Role.OFFICE_HEAD, self.province))

    @cached_property
    def li(self) -> Account:
        """He supplies, for the market regulator."""
        return account("李科长", body=(Role.SUPPLYING_BODY, self.market))

    @cached_property
    def sun(self) -> Account:
        """She scores, for the team."""
        return account("孙组长", body=(Role.SCORING_BODY, self.team))

    @cached_property
    def gu(self) -> Account:
        """She scores, for the panel."""
        return account("顾组长", body=(Role.SCORING_BODY, self.panel))

    @cached_property
    def tan(self) -> Account:
        """He fills in, for Jiangmen."""
        return account("谭科长", city=(Role.CITY_OFFICER, self.jiangmen))

    @cached_property
    def huang(self) -> Account:
        """She signs for Jiangmen."""
        return account("黄市长", city=(Role.CITY_HEAD, self.jiangmen))

    @cached_property
    def liang(self) -> Account:
        """He fills in, for Guangzhou."""
        return account("梁科长", city=(Role.CITY_OFFICER, self.guangzhou))

    @cached_property
    def feng(self) -> Account:
        """She signs for Guangzhou."""
        return account("冯市长", city=(Role.CITY_HEAD, self.guangzhou))

    @cached_property
    def mo(self) -> Account:
        """She answers for items at a department of Jiangmen."""
        return account("莫科员", department=(Role.DEPARTMENT_OFFICER, self.bureau))

    @cached_property
    def experts(self) -> tuple[Account, Account, Account]:
        """Three of the panel."""
        names = ("吴律师", "郑教授", "何法官")
        return tuple(account(name, panel=(Role.EXPERT, self.panel)) for name in names)

    @cached_property
    def assessment(self) -> Assessment:
        wanted = Wanted(
            code="2021", title=Text("样本：2021年度考核", "Sample: assessment of 2021"),
            starts=date(2021, 1, 1), ends=self.ends, sample=True,
        )  # fmt: skip
        return open_assessment(
            office=self.province.pk, wanted=wanted, by=self.chen.pk, now=self.now
        )

    @property
    def version(self) -> SchemeVersion:
        """Of the scheme: the one in force, else the one under way."""
        return issued(self.assessment) or under_way(self.assessment)

    def at(self, stage: Stage) -> Assessment:
        """Lead it there, as its people would."""
        for move, before in WAY[: list(Stage).index(stage)]:
            before(self)
            self.move(move)
        self.assessment.refresh_from_db()
        return self.assessment

    def move(self, move: StageMove, by: Account | None = None, reason: str = "") -> Assessment:
        terms = Terms(
            cut_off=self.assessment.ends + timedelta(9), days_to_supply=10, days_to_fill=15, days_to_settle=6,
            days_to_score=7, reason=reason,
        )  # fmt: skip
        number = self.assessment.pk
        moved = move_on(
            assessment=number, move=move, by=(by or self.chen).pk, now=self.now, terms=terms
        )
        self.assessment.refresh_from_db()
        return moved

    def drafted(self, document: Mapping[str, object] | None = None) -> SchemeVersion:
        told = document or self.document or scheme().document
        return draft(assessment=self.assessment.pk, document=told, by=self.chen.pk, now=self.now)

    def approved(self) -> None:
        """By the office, then by its head."""
        for who in (self.qian, self.zhao):
            approve(
                assessment=self.assessment.pk, seen_hash=self.version.content_hash, by=who.pk,
                now=self.now,
            )  # fmt: skip
            self.now += timedelta(minutes=1)


def year_at(stage: Stage) -> Year:
    found = Year()
    found.at(stage)
    return found


def _nothing(_: Year) -> None: ...


def _drafted(year: Year) -> None:
    year.drafted()  # a year of its own kind has a scheme of its own


def _until_everything_is_over(year: Year) -> None:
    year.now += timedelta(60)


def _with_every_figure(year: Year) -> None:
    """Sheets that nobody signed so far, with the same figure for all: none is missing when it is scored."""
    for sheet in year.assessment.sheets.filter(state=SheetState.OPEN):
        sheet.state = SheetState.SIGNED
        sheet.save()
        signed = SheetVersion.objects.create(
            sheet=sheet, number=1, signed_by=year.li, signed_at=year.now
        )
        for unit in scheme_of(year.version).assessed:
            Figure.objects.create(sheet_version=signed, unit=unit.code, value="0.9")


WAY: tuple[tuple[StageMove, Callable[[Year], object]], ...] = (
    (StageMove.SEND_OUT, _drafted),
    (StageMove.CLOSE_COMMENTS, _nothing),
    (StageMove.ISSUE, Year.approved),
    (StageMove.COLLECT, _nothing),
    (StageMove.COMPARE, _until_everything_is_over),
    (StageMove.SCORE, _with_every_figure),
)
"""The moves that lead from the first stage to scoring, each with what must be done before it."""
