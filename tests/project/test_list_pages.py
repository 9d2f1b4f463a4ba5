"""Every page of the office that lists rows asks the database as often for one row as for three.

Every address is in one of the two lists below; who makes a new page puts it into ``LISTS`` with the
number of its questions, or into ``LISTS_NOTHING`` with what it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from steelyard.assessment.models import Lead
from steelyard.kernel.bilingual import Text
from steelyard.notices import actions as notices
from steelyard.notices.models import Deadline, Mail, Notice
from steelyard.people.models import Account, Holding, Organisation
from steelyard.people.rules.roles import Role
from steelyard.supply.actions import requests as asking
from steelyard.supply.models import Delivery, DeliveryRequest, Listed, Snapshot
from steelyard.website.messages.models import PublicMessage
from tests.assessment.listed import LISTED
from tests.assessment.year import Year
from tests.people.test_addresses import TABLE
from tests.supply.office import NOW, Office, account, organisation

pytestmark = pytest.mark.django_db

LISTS_NOTHING: Mapping[str, tuple[str, ...]] = {
    "forms": (
        "/organisations/new/", "/organisations/<int:pk>/correct/", "/organisations/<int:pk>/place/",
        "/organisations/<int:pk>/close/", "/accounts/new/", "/accounts/<int:pk>/correct/",
        "/accounts/<int:pk>/close/", "/accounts/<int:pk>/roles/", "/roles/<int:pk>/end/",
        "/organisations/sheet/", "/accounts/sheet/", "/deliveries/new/",
        "/deliveries/<int:number>/mend/", "/deliveries/<int:number>/return/",
        "/deliveries/<int:number>/correct/", "/files/send/", "/requests/ask/",
        "/requests/<int:number>/withdraw/",
    ),
    "rows of one sheet, which is no table of the database": (
        "/organisations/sheet/look/", "/accounts/sheet/look/", "/deliveries/<int:number>/compare/",
        "/deliveries/<int:number>/grid/",
    ),
    "files to take away": (
        "/organisations/sheet/blank/", "/organisations/sheet/faults/", "/accounts/sheet/blank/",
        "/accounts/sheet/faults/", "/deliveries/<int:number>/file/",
        "/deliveries/<int:number>/faults/", "/snapshots/<int:number>/cover/",
        "/requests/export/", "/files/<int:number>/download/",
    ),
    "one thing": ("/files/<int:number>/", "/notices/<int:number>/", "/messages/<int:number>/", "/leads/<int:number>/"),
    "a report kept in a file": ("/site-check/",),
}  # fmt: skip


@dataclass
class World:
    office: Office
    rows: int

    def numbers(self) -> range:
        return range(self.rows)

    def cities(self) -> list[Organisation]:
        above = self.office.province
        return [organisation(f"c{at}", f"市{at}", "city", above) for at in self.numbers()]

    def chief(self) -> Account:
        return account("周", held=(Role.ADMINISTRATOR, self.office.province))

    def deliveries(self) -> list[Any]:
        first = self.office.signed()
        return [first, *(self.another(first, at) for at in self.numbers()[1:])]

    def another(self, one: Delivery, at: int) -> Delivery:
        """The same again, of other places."""
        made = Delivery.objects.get(pk=one.pk)
        made.pk, made.name, made.covers = None, f"d{at}", f"44070{at}"
        made.save(force_insert=True)
        return made

    def deadline(self, number: int) -> Deadline:
        return notices.start_deadline(
            area="supply", object_id=number, task="deliver", what=Text("报送", "Deliver"),
            path="/", organisation=self.office.market.pk, working_days=10, by=None,
            now=timezone.now(), role=Role.SUPPLYING_BODY,
        )  # fmt: skip


Asked = tuple[Account, str]


def waiting(world: World) -> Asked:
    world.deliveries()
    return world.office.chen, "/"


def me(world: World) -> Asked:
    for city in world.cities():
        give(world.office.li, city)
    return world.office.li, "/account/"


def give(who: Account, where: Organisation, role: Role = Role.CLERK) -> Holding:
    return Holding.objects.create(
        account=who, organisation=where, role=role, starts=date(2020, 1, 1)
    )


def organisations(world: World) -> Asked:
    world.cities()
    return world.chief(), "/organisations/"


def one_organisation(world: World) -> Asked:
    for at, city in enumerate(world.cities()):
        give(account(f"n{at}"), world.office.province)
        give(account(f"m{at}"), city)
    return world.chief(), f"/organisations/{world.office.province.pk}/"


def export_organisations(world: World) -> Asked:
    world.cities()
    return world.chief(), "/organisations/export/"


def accounts(world: World) -> Asked:
    for at in world.numbers():
        give(account(f"n{at}"), world.office.province)
    return world.chief(), "/accounts/"


def export_accounts(world: World) -> Asked:
    return accounts(world)[0], "/accounts/export/"


def one_account(world: World) -> Asked:
    me(world)
    return world.chief(), f"/accounts/{world.office.li.pk}/"


def deliveries(world: World) -> Asked:
    world.deliveries()
    return world.office.chen, "/deliveries/"


def one_delivery(world: World) -> Asked:
    one = world.office.uploaded(*["x"] * world.rows)
    return world.office.li, f"/deliveries/{one.pk}/"


def requests(world: World) -> Asked:
    for city in world.cities():
        give(account(f"n{city.pk}"), city, Role.SUPPLYING_BODY)
        ask(world, city)
    return world.office.chen, "/requests/"


def ask(world: World, body: Organisation) -> DeliveryRequest:
    thing = asking.Thing(
        table="trainings", starts=date(2021, 1, 1), ends=date(2022, 1, 1),
        cut_off=date(2022, 1, 10), working_days=5,
    )  # fmt: skip
    (one,) = asking.ask(bodies=[body.pk], thing=thing, by=world.office.chen.pk, now=NOW)
    return one


def one_request(world: World) -> Asked:
    world.deliveries()
    thing = world.cities()[0]
    give(account("n"), thing, Role.SUPPLYING_BODY)
    return world.office.chen, f"/requests/{ask(world, thing).pk}/"


def mails(world: World) -> Asked:
    told(world)
    for notice in Notice.objects.all():
        notice.mail = Mail.objects.create(
            key=notice.key, account=world.office.li, created_at=NOW, next_at=NOW, trouble="x",
            state="unsure",
        )  # fmt: skip
        notice.packed_at = NOW
        notice.save(update_fields=["mail", "packed_at"])
    return world.chief(), "/mails/"


def messages(world: World) -> Asked:
    for at in world.numbers():
        PublicMessage.objects.create(
            number=f"n{at}", lookup=f"sha256:{at}", digest=f"sha256:{at}", subject="问", text="问",
            lang="zh-hans", sent_at=NOW, taken_at=NOW, due=date(2030, 1, 1),
        )  # fmt: skip
    editor = account("编", held=(Role.EDITOR, world.office.province))
    return editor, "/messages/"


def snapshots(world: World) -> Asked:
    for at in world.numbers():
        frozen(world, at)
    return world.office.chen, "/snapshots/"


def frozen(world: World, at: int) -> Snapshot:
    return Snapshot.objects.create(
        office=world.office.province, starts=date(2021 - at, 1, 1), ends=date(2022 - at, 1, 1),
        status="frozen", identifier=f"s{at}", folder=f"s{at}", asked_by=world.office.chen, asked_at=NOW,
    )  # fmt: skip


def one_snapshot(world: World) -> Asked:
    one = frozen(world, 0)
    for delivery in world.deliveries():
        Listed.objects.create(snapshot=one, delivery=delivery)
    return world.office.chen, f"/snapshots/{one.pk}/"


def inbox(world: World) -> Asked:
    for at in world.numbers():
        Lead.objects.create(
            office=world.office.province, unit=world.office.market, channel="form", text="甲",
            receipt=f"r{at}", received_at=NOW,
        )  # fmt: skip
    return world.office.chen, "/leads/"


def files(world: World) -> Asked:
    for at in world.numbers():
        world.office.uploaded(at, starts=date(2021 - at, 1, 1), ends=date(2022 - at, 1, 1))
    return world.office.li, "/files/"


def told(world: World) -> Asked:
    for at in world.numbers():
        Notice.objects.create(
            account=world.office.li, kind="delivery_returned", area="supply", object_id=at,
            words={"what": {"zh": "甲", "en": "a"}, "reason": {"zh": "乙", "en": "b"}}, path="/",
            key=f"k{at}", created_at=NOW,
        )  # fmt: skip
    return world.office.li, "/notices/"


def deadlines(world: World) -> Asked:
    for at in world.numbers():
        world.deadline(at)
    return world.office.chen, "/deadlines/"


def vacant(world: World) -> Asked:
    """Officers whom the city does not have."""
    for at in world.numbers():
        Deadline.objects.filter(pk=world.deadline(at).pk).update(role="city_officer")
    return world.office.chen, "/deadlines/vacant/"


def one_deadline(world: World) -> Asked:
    one = world.deadline(1)
    for _ in world.numbers():
        notices.extend_deadline(
            deadline=one.pk, working_days=1, reason="x", by=world.office.chen.pk, now=timezone.now()
        )
    return world.office.chen, f"/deadlines/{one.pk}/"


def history(world: World, ending: str = "") -> Asked:
    one = world.office.market
    for at in world.numbers():
        Organisation.objects.filter(pk=one.pk).update(name_en=f"n{at}")
    return world.chief(), f"/history/people_organisation/{one.pk}/{ending}"


def export_history(world: World) -> Asked:
    return history(world, "history.csv")


LISTS: Mapping[str, tuple[int, Callable[[World], Asked]]] = {
    "/": (16, waiting),
    "/account/": (5, me),
    "/organisations/": (5, organisations),
    "/organisations/<int:pk>/": (8, one_organisation),
    "/organisations/export/": (5, export_organisations),
    "/accounts/": (6, accounts),
    "/accounts/<int:pk>/": (9, one_account),
    "/accounts/export/": (5, export_accounts),
    "/deliveries/": (5, deliveries),
    "/deliveries/<int:number>/": (8, one_delivery),
    "/requests/": (7, requests),
    "/requests/<int:number>/": (6, one_request),
    "/messages/": (5, messages),
    "/leads/": (5, inbox),
    "/mails/": (5, mails),
    "/snapshots/": (5, snapshots),
    "/snapshots/<int:number>/": (7, one_snapshot),
    "/files/": (7, files),
    "/notices/": (6, told),
    "/deadlines/": (7, deadlines),
    "/deadlines/vacant/": (5, vacant),
    "/deadlines/<int:number>/": (5, one_deadline),
    "/history/<slug:table>/<int:number>/": (7, history),
    "/history/^(?P<table>[-\\w]+)/(?P<number>\\d{1,18})/history\\.(?P<ending>csv|xlsx)$": (
        6,
        export_history,
    ),
}
"""Address → questions to the database, however many rows; and whose page it is, with that many."""

HERE = "/assessments/<slug:code>/"
INSIDE_AN_ASSESSMENT: Mapping[str, tuple[str, ...]] = {
    "forms": (
        "reviews/draw/", "reviews/draws/<int:number>/reviewers/", "reviews/mine/<int:number>/",
        "scheme/amendment/", "scheme/bodies/", "scheme/comments/<int:number>/",
        "scheme/comments/new/", "scheme/import/", "scheme/inputs/<str:key>/",
        "scheme/inputs/<str:key>/delete/", "scheme/inputs/new/", "scheme/items/<str:key>/",
        "scheme/grades/", "scheme/items/<str:key>/delete/", "scheme/items/new/", "scheme/rest/",
        "scheme/steps/<slug:subject>/", "scheme/units/", "scheme/versions/<int:number>/trial/",
        "sheets/<int:number>/bring/", "sheets/<int:number>/correct/",
        "sheets/<int:number>/take-back/",
        "objections/<int:number>/answer/<slug:move>/", "differences/<int:number>/",
        "reviews/files/<int:number>/<slug:move>/",
        "scoring/<str:item>/<str:unit>/again/", "submissions/<int:number>/bring/",
        "submissions/<int:number>/departments/",
        "submissions/<int:number>/figures/<str:input_code>/contest/",
        "submissions/<int:number>/items/<str:item>/",
        "submissions/<int:number>/items/<str:item>/material/", "submissions/<int:number>/late/",
        "submissions/<int:number>/return/", "suspicions/<int:number>/decide/<slug:move>/",
        "suspicions/<int:number>/hear/", "suspicions/raise/<str:item>/<str:unit>/",
        "visits/<int:number>/cancel/", "visits/<int:number>/change/",
        "visits/<int:number>/findings/", "visits/<int:number>/findings/<int:finding>/",
        "visits/<int:number>/report/", "visits/<int:number>/correct/", "visits/plan/", "leads/receive/",
        "suspicions/<int:number>/state/",
        "papers/letterhead/", "papers/templates/<slug:kind>/<slug:lang>/<slug:form>/",
    ),
    "one thing, with as many rows as the scheme has items, inputs or units": (
        "", "missing/", "reviews/", "reviews/files/<int:number>/", "scheme/", "scheme/approval/",
        "scheme/versions/<int:number>/", "scheme/versions/<int:number>/differences/", "scoring/",
        "scoring/<str:item>/", "scoring/<str:item>/<str:unit>/", "sheets/<int:number>/", "sheets/sign/",
        "standing/<slug:unit>/", "submissions/", "submissions/<int:number>/",
        "submissions/<int:number>/material/", "objections/<int:number>/",
        "suspicions/<int:number>/", "leads/<int:number>/", "weighings/<int:number>/",
        "side-by-side/<str:unit>/", "papers/", "papers/templates/",
    ),
    "rows of one snapshot, which is no table of the database": (
        "submissions/<int:number>/figures/<str:input_code>/",
    ),
    "files to take away": (
        "reviews/draws/<int:number>/export/", "reviews/records/",
        "scheme/versions/<int:number>/export/", "sheets/<int:number>/bring/faults/",
        "sheets/<int:number>/file/", "submissions/<int:number>/bring/faults/",
        "submissions/<int:number>/sheet/",
        "visits/<int:number>/sheet/", "weighings/<int:number>/<str:name>",
        "papers/<slug:kind>/<str:of>/<slug:lang>/<slug:form>/",
        "papers/templates/<slug:kind>/<slug:lang>/<slug:form>/preview/",
        "papers/templates/<slug:kind>/<slug:lang>/<slug:form>/<int:number>/",
    ),
}  # fmt: skip
"""Pages of an assessment that list nothing of which there are ever more."""

NOT_OURS = ("/account/", "/api/", "/language/", "/editors/")
"""Of the library that signs in; for programs; what only writes."""


def test_every_page_is_in_one_of_the_lists() -> None:
    nothing = {one for several in LISTS_NOTHING.values() for one in several}
    nothing |= {f"{HERE}{one}" for several in INSIDE_AN_ASSESSMENT.values() for one in several}
    nothing |= {"/assessments/open/"}
    pages = {
        address
        for address, (got, _posted) in TABLE.items()
        if set(got) - set("xS") and (address == "/account/" or not address.startswith(NOT_OURS))
        if "account/(email" not in address
    }
    assert pages == set(LISTS) | set(LISTED) | nothing
    assert not (set(LISTS) | set(LISTED)) & nothing


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("address", LISTS)
def test_a_list_asks_as_often_for_one_row_as_for_three(
    address: str, rows: int, settings: Any, tmp_path: Path,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    questions, made = LISTS[address]
    who, page = made(World(Office(), rows))
    client = Client()
    client.force_login(who)
    with django_assert_num_queries(questions):
        answer = client.get(page)
    assert answer.status_code == 200


@pytest.mark.parametrize("address", LISTED)
def test_a_list_of_an_assessment_asks_as_often_for_one_row_as_for_three(
    address: str, settings: Any, tmp_path: Path
) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    assert _questions(LISTED[address], 3) == _questions(LISTED[address], 1)


def _questions(made: Callable[[Year, int], Asked], rows: int) -> list[str]:
    """How the questions begin, so that a difference says what is asked again and again."""
    with transaction.atomic():
        who, page = made(Year(), rows)
        client = Client()
        client.force_login(who)
        client.get(page)  # what is remembered of a scheme is remembered now
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(page)
        transaction.set_rollback(True)
    assert answer.status_code == 200
    return [re.sub(r"\d+", "#", one["sql"])[:90] for one in asked.captured_queries]
