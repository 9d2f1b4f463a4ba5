"""Every page of the office that links lead to can be read by everyone, in both languages and modes."""

from __future__ import annotations

import pytest
from django.test import Client

from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from tests.journeys.walking import window
from tests.look.seeing import HOST, looked_over, reader, walked
from tests.people.builders import signed_in
from tests.supply.office import Office, account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def people(office: Office) -> list[Account]:
    """Who assesses, who supplies, and who administers and audits; with something to see for each."""
    office.accepted(62, 140)
    office.uploaded("38人", table="trainings", covers=("440703",))
    zheng = account(
        "郑管理员",
        rule=(Role.ADMINISTRATOR, office.province),
        audit=(Role.AUDITOR, office.province),
    )
    return [office.chen, office.li, zheng]


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_axe_finds_nothing_on_any_page_of_the_office(lang: str) -> None:
    wrong, known = [], set()
    clients = [signed_in(one, lang) for one in people(Office())]
    pages = [(client, walked(client, ["/"])) for client in clients]
    with window(HOST) as page:
        for client, addresses in pages:
            with reader(page, client) as seen:
                wrong += [
                    line for at in addresses if at not in known for line in looked_over(seen, at)
                ]
            known |= set(addresses)
    assert len(known) > 10
    assert not wrong, "\n".join(wrong)


def test_door_can_be_read_by_everyone() -> None:
    client = Client()
    with window(HOST) as page, reader(page, client) as seen:
        assert not looked_over(seen, "/account/login/")
        assert not looked_over(seen, "/no/such/page/")
