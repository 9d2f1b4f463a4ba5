"""An office with its people, by name, and deliveries with defaults."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from steelyard.people.models import Account, Holding, Organisation, Placement
from steelyard.people.rules.roles import Role
from steelyard.supply.actions import deliveries as actions
from steelyard.supply.actions import requests
from steelyard.supply.actions.deliveries import Details, File
from steelyard.supply.actions.requests import Thing
from steelyard.supply.models import Delivery, DeliveryRequest

NOW = datetime(2022, 1, 12, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
LONG_AGO = date(2000, 1, 1)
HEADINGS = "编号,名称,举办单位,对象,地点,举办日期,学时,参加人数"
TRAINING = "PX-{number:03},样本：商标执法办案培训,样本市市场监督管理局,officers,440703,2021-04-26,8,{persons}"
PLACES = "code,title_zh,title_en,parent,level\n440000,广东,Guangdong,,province\n440700,江门,Jiangmen,440000,city\n440703,蓬江,Pengjiang,440700,district\n"


def trainings(*persons: object, name: str = "培训2021.csv") -> File:
    """A sheet of trainings, one for each number of persons."""
    rows = [TRAINING.format(number=at, persons=one) for at, one in enumerate(persons, 1)]
    return File(name, "\n".join([HEADINGS, *rows, ""]).encode())


def details(**changes: Any) -> Details:
    given: dict[str, Any] = {
        "table": "trainings",
        "starts": date(2021, 1, 1),
        "ends": date(2022, 1, 1),
        "cut_off": date(2022, 1, 10),
    }
    return Details(**given | changes)


def account(name: str, **held: tuple[Role, Organisation]) -> Account:
    found = Account.objects.create(username=name, name=name)
    for role, organisation in held.values():
        Holding.objects.create(account=found, organisation=organisation, role=role, starts=LONG_AGO)
    return found


def organisation(code: str, zh: str, kind: str, parent: Organisation | None = None) -> Organisation:
    found = Organisation.objects.create(
        code=code, name_zh=zh, name_en=code, kind=kind, starts=LONG_AGO
    )
    if parent is not None:
        Placement.objects.create(organisation=found, parent=parent, starts=LONG_AGO)
    return found


@dataclass
class Office:
    """Guangdong's assessing office 省考核办, two bodies below it, and who works there."""

    province: Organisation = field(
        default_factory=lambda: organisation("440000", "广东省知识产权局", "province")
    )

    @cached_property
    def market(self) -> Organisation:
        return organisation("440700-market", "江门市市场监督管理局", "department", self.province)

    @cached_property
    def court(self) -> Organisation:
        return organisation("440700-court", "江门市中级人民法院", "court", self.province)

    @cached_property
    def chen(self) -> Account:
        """She assesses."""
        return account("陈主任", office=(Role.ASSESSING_OFFICE, self.province))

    @cached_property
    def li(self) -> Account:
        """He supplies, for the market supervision bureau."""
        return account("李科长", body=(Role.SUPPLYING_BODY, self.market))

    @cached_property
    def wang(self) -> Account:
        """She supplies too, at the same bureau."""
        return account("王科员", body=(Role.SUPPLYING_BODY, self.market))

    @cached_property
    def zhou(self) -> Account:
        """He supplies, for the court."""
        return account("周法官", body=(Role.SUPPLYING_BODY, self.court))

    @cached_property
    def he(self) -> Account:
        """She supplies the region's own tables, such as its places."""
        return account("何处长", body=(Role.SUPPLYING_BODY, self.province))

    def uploaded(self, *persons: object, **changes: Any) -> Delivery:
        """A draft of Li's, in order unless ``persons`` are not."""
        file = changes.pop("file", None) or trainings(*(persons or (62, 140)))
        by, body = changes.pop("by", self.li.pk), changes.pop("body", self.market)
        return actions.upload(body=body, details=details(**changes), file=file, by=by, now=NOW)

    def signed(self, *persons: object, **changes: Any) -> Delivery:
        found = self.uploaded(*persons, **changes)
        by = changes.get("by", self.li.pk)
        return actions.sign(delivery=found.pk, seen=found.version, by=by, now=NOW)

    def accepted(self, *persons: object, **changes: Any) -> Delivery:
        found = self.signed(*persons, **changes)
        return actions.accept(delivery=found.pk, seen=found.version, by=self.chen.pk, now=NOW)

    def asked(self, *bodies: Organisation, now: datetime = NOW, **changes: Any) -> DeliveryRequest:
        """Chen asks for trainings within three working days: by Monday, 17 January 2022."""
        given: dict[str, Any] = {
            "table": "trainings",
            "starts": date(2021, 1, 1),
            "ends": date(2022, 1, 1),
            "cut_off": date(2022, 1, 10),
            "working_days": 3,
        }
        by = changes.pop("by", self.chen.pk)
        assert self.li  # someone supplies there
        wanted = [one.pk for one in bodies or (self.market,)]
        return requests.ask(bodies=wanted, thing=Thing(**given | changes), by=by, now=now)[0]

    def places(self) -> Delivery:
        """The table of places, accepted: others refer to it."""
        file = File("places.csv", PLACES.encode())
        return self.accepted(by=self.he.pk, body=self.province, table="places", file=file)
