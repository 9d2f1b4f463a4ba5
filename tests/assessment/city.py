"""A city that assesses its own districts, below a province that assesses the city over the same year."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from typing import Any

from steelyard.assessment.actions.assessments import Wanted, open_assessment
from steelyard.assessment.actions.schemes import approve, draft
from steelyard.assessment.actions.stages import Terms, move_on
from steelyard.assessment.models import Assessment, Sheet, Submission
from steelyard.assessment.queries.assessments import issued, under_way
from steelyard.assessment.rules.states import StageMove
from steelyard.assessment.rules.supplied.cells import Typed
from steelyard.kernel.bilingual import Text
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from tests.assessment.year import SCHEME, Year
from tests.supply.office import account, organisation

CODE = "jiangmen-2021"
HOME = f"/assessments/{CODE}/"
OTHERS = {
    "440100": "440703", "440700": "440704", "广州市": "蓬江区", "江门市": "江海区",
    "Guangzhou": "Pengjiang", "Jiangmen": "Jianghai", '"market"': '"jiangmen-market"',
    '"team"': '"jiangmen-team"', '"panel"': '"jiangmen-panel"', "market =": "jiangmen-market =",
    "team =": "jiangmen-team =", "panel =": "jiangmen-panel =", "test-year": "test-city",
}  # fmt: skip


@cache
def scheme_of_the_city() -> dict[str, Any]:
    """The scheme of the tests, of districts and with the city's own bodies."""
    text = SCHEME.read_text(encoding="utf-8")
    for there, here in OTHERS.items():
        text = text.replace(there, here)
    told = tomllib.loads(text, parse_float=str)
    told["units"].append({"code": "440705", "title": {"zh": "新会区", "en": "Xinhui"}})
    return told


@dataclass
class City:
    """Jiangmen's own assessment of 2021, with people by name; ``above``: the province's."""

    above: Year = field(default_factory=Year)
    within: str = ""
    """The code of the city whose districts are assessed, if the province's office leads it."""

    def __post_init__(self) -> None:
        self.office = self.above.jiangmen
        self.pengjiang = organisation("440703", "蓬江区", "district", self.office)
        self.jianghai = organisation("440704", "江海区", "district", self.office)
        self.xinhui = organisation("440705", "新会区", "district", self.office)
        self.market = organisation("jiangmen-market", "市市场监管局", "department", self.office)
        self.team = organisation("jiangmen-team", "市考核工作组", "department", self.office)
        self.panel = organisation("jiangmen-panel", "市案卷评查组", "experts", self.office)
        self.bureau = organisation("440703-market", "蓬江区市监局", "department", self.pengjiang)
        self.now: datetime = self.above.now

    @property
    def leads(self) -> Account:
        """Whoever runs this assessment."""
        return self.above.chen if self.within else self.ma

    @property
    def heads(self) -> Account:
        return self.above.zhao if self.within else self.lu

    @cached_property
    def ma(self) -> Account:
        """She runs the city's assessment."""
        return account("马科长", office=(Role.ASSESSING_OFFICE, self.office))

    @cached_property
    def lu(self) -> Account:
        """He heads the city's office."""
        return account("陆局长", office=(Role.OFFICE_HEAD, self.office))

    @cached_property
    def shi(self) -> Account:
        """She supplies, for the city's market regulator."""
        return account("石科长", body=(Role.SUPPLYING_BODY, self.market))

    @cached_property
    def ke(self) -> Account:
        """He scores, for the city's team."""
        return account("柯组长", body=(Role.SCORING_BODY, self.team))

    @cached_property
    def bao(self) -> Account:
        """She scores, for the city's panel."""
        return account("包组长", body=(Role.SCORING_BODY, self.panel))

    @cached_property
    def ou(self) -> Account:
        """He fills in, for Pengjiang District."""
        return account("区科长", district=(Role.CITY_OFFICER, self.pengjiang))

    @cached_property
    def xu(self) -> Account:
        """She signs for Pengjiang District."""
        return account("许区长", district=(Role.CITY_HEAD, self.pengjiang))

    @cached_property
    def yu(self) -> Account:
        """He fills in, for Jianghai District."""
        return account("余科长", district=(Role.CITY_OFFICER, self.jianghai))

    @cached_property
    def ni(self) -> Account:
        """She answers for items at a department of Pengjiang District."""
        return account("倪科员", department=(Role.DEPARTMENT_OFFICER, self.bureau))

    def opened(self) -> Assessment:
        return self.open(CODE, self.within or self.office.code)

    def open(self, code: str, within: str) -> Assessment:
        wanted = Wanted(
            code=code, title=Text("样本：江门市2021年度考核", "Sample: Jiangmen, 2021"),
            starts=date(2021, 1, 1), ends=date(2022, 1, 1), within=within, sample=True,
        )  # fmt: skip
        office = self.above.province if self.within else self.office
        return open_assessment(office=office.pk, wanted=wanted, by=self.leads.pk, now=self.now)

    @property
    def assessment(self) -> Assessment:
        return Assessment.objects.select_related("office").get(code=CODE)

    def drafted(self, document: dict[str, Any] | None = None) -> None:
        draft(
            assessment=self.assessment.pk, document=document or scheme_of_the_city(), by=self.leads.pk,
            now=self.now,
        )  # fmt: skip

    def move(self, *moves: StageMove) -> None:
        terms = Terms(cut_off=date(2022, 1, 10), days_to_supply=10, days_to_fill=15)
        for move in moves:
            move_on(
                assessment=self.assessment.pk,
                move=move,
                by=self.leads.pk,
                now=self.now,
                terms=terms,
            )

    def collecting(self) -> None:
        """The scheme is issued, by the city's own people, and the collection is open."""
        self.opened()
        self.drafted()
        self.move(StageMove.SEND_OUT, StageMove.CLOSE_COMMENTS)
        for who in (self.leads, self.heads):
            version = under_way(self.assessment)
            assert version is not None
            approve(
                assessment=self.assessment.pk, seen_hash=version.content_hash, by=who.pk,
                now=self.now,
            )  # fmt: skip
            self.now += timedelta(minutes=1)
        self.move(StageMove.ISSUE, StageMove.COLLECT)

    @property
    def version(self) -> Any:
        return issued(self.assessment)

    def submission(self, district: str = "440703") -> Submission:
        return Submission.objects.get(assessment__code=CODE, unit__code=district)

    def supplied(self, pengjiang: str, jianghai: str, xinhui: str = "97%") -> None:
        from steelyard.assessment.actions.supplied import fill, sign

        sheet = Sheet.objects.get(assessment__code=CODE, input_code="closed_in_time")
        told = {"sheet": sheet.pk, "by": self.shi.pk, "now": self.now}
        typed = {"440703": pengjiang, "440704": jianghai, "440705": xinhui}
        fill(typed={code: Typed(figure, "") for code, figure in typed.items()}, **told)
        sign(**told)
