"""Every address as every role and as nobody; what one may not see cannot be had by any way round.

That what is of others looks like what there is not is walked in test_hidden.py, with every object.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from steelyard.assessment.actions.assessments import Wanted, open_assessment
from steelyard.assessment.models import Assessment
from steelyard.files.rules.marks import Mark
from steelyard.kernel.bilingual import same
from steelyard.people import actions
from steelyard.people.models import Account, Holding, Organisation
from steelyard.people.rules.roles import Role
from steelyard.supply.actions.deliveries import upload as uploaded
from steelyard.supply.actions.requests import Thing
from steelyard.supply.actions.requests import ask as ask_for
from steelyard.supply.models import DeliveryRequest
from tests.files.builders import sent
from tests.people.builders import NOW, Region, day, person, region, signed_in
from tests.people.walking import FOR_EVERYONE, NONE, Numbers, addresses, ask, mark
from tests.supply.office import details, trainings

pytestmark = pytest.mark.django_db

WHO = ("nobody", *Role)
FOR_MACHINES = {"/health/", "/metrics"}
"""Asked by watchers, without an account; tested where they are made."""

TABLE = {
    address: (got, posted)
    for got, posted, address in (
        line.split(maxsplit=2)
        for line in (Path(__file__).parent / "addresses.txt").read_text("utf-8").splitlines()
        if not line.startswith("#")
    )
}


@pytest.fixture
def guangdong(settings: Any, tmp_path: Path) -> Region:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    return region()


def objects_of(organisation: Organisation, office: Organisation) -> Numbers:
    """A clerk there, what a supplier there has made: a delivery in draft and a file; and a request.
    And an assessment of the office above."""
    clerk = person("he", Role.CLERK, organisation)
    supplier = person("wu", Role.SUPPLYING_BODY, organisation)
    delivery = uploaded(
        body=organisation, details=details(), file=trainings(62), by=supplier.pk, now=NOW
    )
    return Numbers(
        organisation.pk,
        clerk.pk,
        Holding.objects.get(account=clerk).pk,
        delivery.pk,
        sent(by=supplier, of=organisation, mark=Mark.CONFIDENTIAL).pk,
        asked_of(organisation).pk,
        assessed_by(office).code,
    )


def assessed_by(office: Organisation) -> Assessment:
    asks = person("shen", Role.ASSESSING_OFFICE, office)
    wanted = Wanted(
        code=f"a{office.code}", title=same("样本"), starts=date(2021, 1, 1), ends=date(2022, 1, 1)
    )
    return open_assessment(office=office.pk, wanted=wanted, by=asks.pk, now=NOW)


def asked_of(organisation: Organisation) -> DeliveryRequest:
    asks = person("lu", Role.ASSESSING_OFFICE, organisation)
    thing = Thing(
        table="inspections", starts=date(2021, 1, 1), ends=date(2022, 1, 1),
        cut_off=date(2021, 12, 31), working_days=10,
    )  # fmt: skip
    return ask_for(bodies=[organisation.pk], thing=thing, by=asks.pk, now=NOW)[0]


def client_of(who: str, guangdong: Region) -> Client:
    if who == "nobody":
        return Client()
    return signed_in(person(f"a.{who}", Role(who), guangdong.guangzhou))


def test_the_table_names_every_address() -> None:
    found = {f"/{one}" for one in addresses() if not one.startswith(FOR_EVERYONE)}
    assert found - FOR_MACHINES == set(TABLE)


@pytest.mark.parametrize("who", WHO)
def test_each_address_answers_as_the_table_says(who: str, guangdong: Region) -> None:
    numbers = objects_of(guangdong.yuexiu, guangdong.guangzhou)
    client, at = client_of(who, guangdong), WHO.index(who)
    found = {}
    for address in TABLE:
        filled = numbers.fill(address.removeprefix("/"))
        found[address] = tuple(mark(ask(client, method, filled)) for method in ("get", "post"))
    assert found == {address: (got[at], posted[at]) for address, (got, posted) in TABLE.items()}


LEAKS = ("深圳秘", "shenzhen-secret", "secret@example.org", "440300", "440305", "南山秘", "Nanshan")


@pytest.fixture
def with_secrets(guangdong: Region) -> Region:
    """In Shenzhen there is what Guangzhou must not see, by every way that might show it."""
    nanshan = actions.open_organisation(
        code="440305", name_zh="南山秘", name_en="Nanshan", kind="bank", starts=day(-90),
        parent=guangdong.shenzhen.pk, by=None, now=NOW,
    )  # fmt: skip
    secret = person(
        "shenzhen-secret", Role.EXPERT, guangdong.shenzhen, "深圳秘", email="secret@example.org"
    )
    both = person("he", Role.CLERK, guangdong.yuexiu, "何静")
    actions.give_role(
        account=both.pk, organisation=nanshan.pk, role=Role.EXPERT, starts=day(0), by=None, now=NOW
    )
    actions.close_account(account=secret.pk, by=None, now=NOW)
    return guangdong


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_nothing_of_others_is_in_lists_searches_sorts_filters_pages_or_exports(
    with_secrets: Region, language: str
) -> None:
    client = signed_in(person("a", Role.ADMINISTRATOR, with_secrets.guangzhou), language)
    he = Account.objects.get(username="he")
    asked = [
        "/", "/organisations/", "/accounts/", "/organisations/new/", "/accounts/new/",
        f"/accounts/{he.pk}/", f"/accounts/{he.pk}/roles/",
        f"/organisations/{with_secrets.guangzhou.pk}/",
        f"/organisations/{with_secrets.guangzhou.pk}/place/",
        "/organisations/?sort=name", "/organisations/?sort=-kind", "/organisations/?sort=ends",
        "/organisations/?state=closed", "/organisations/?page=99", "/organisations/?kind=bank",
        "/organisations/export/", "/organisations/export/?as=csv",
        "/accounts/?sort=email", "/accounts/?state=closed", "/accounts/?role=expert",
        "/accounts/export/", "/accounts/export/?as=csv",
        "/accounts/new/?in=" + str(with_secrets.shenzhen.pk),
    ]  # fmt: skip
    for address in asked:
        answer = client.get(address)
        assert answer.status_code == 200
        content = _shown(answer)
        assert [leak for leak in LEAKS if leak in content] == [], address


@pytest.mark.parametrize(
    "words", ["深圳", "440305", "Nanshan", "南山", "shenzhen-secret", "secret"]
)
def test_searching_for_what_is_of_others_finds_nothing(with_secrets: Region, words: str) -> None:
    client = signed_in(person("a", Role.ADMINISTRATOR, with_secrets.guangzhou))
    for area in ("organisations", "accounts"):
        page = client.get(f"/{area}/", {"q": words}).context["page"]
        assert (page.paginator.count, list(page)) == (0, [])


def test_a_role_held_elsewhere_neither_shows_nor_filters(with_secrets: Region) -> None:
    client = signed_in(person("a", Role.ADMINISTRATOR, with_secrets.guangzhou))
    assert client.get("/accounts/?role=expert").context["page"].paginator.count == 0
    he = Account.objects.get(username="he")
    (held,) = client.get(f"/accounts/{he.pk}/").context["now"]
    assert held.role == "clerk"
    assert not client.get(f"/accounts/{he.pk}/").context["manages"]


def test_a_form_with_numbers_of_others_answers_as_with_numbers_of_nothing(
    with_secrets: Region,
) -> None:
    client = signed_in(person("a", Role.ADMINISTRATOR, with_secrets.guangzhou))
    forms = [
        ("/organisations/new/", {"code": "x", "name_zh": "x", "kind": "city", "starts": day(0)}, "parent"),
        ("/accounts/new/", {"username": "x", "name": "x", "role": "clerk", "starts": day(0)}, "organisation"),
    ]  # fmt: skip
    for address, told, field in forms:
        errors = [
            client.post(address, {**told, field: number}).context["form"].errors
            for number in (with_secrets.shenzhen.pk, NONE)
        ]
        assert errors[0] == errors[1]
        assert list(errors[0]) == [field]


def _shown(answer) -> str:
    if "spreadsheet" in answer.headers["Content-Type"]:
        import io

        import openpyxl

        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        return "\n".join(str(cell.value) for row in book.active for cell in row)
    return answer.content.decode()
