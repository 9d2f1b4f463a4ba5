"""Every page of the office that links lead to can be read by everyone, in both languages and modes."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from steelyard.kernel.bilingual import Text
from steelyard.notices.actions import start_deadline
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from steelyard.website.messages.models import PublicMessage
from tests.journeys.walking import window
from tests.look.seeing import HOST, looked_over, reader, views_of, walked
from tests.people.builders import signed_in
from tests.supply.office import NOW, Office, account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


ELSEWHERE = re.compile(
    "wagtail|simple_translation|website:|data:|prose_media|"  # the editors' library; the public site
    "api:|health|metrics|set_language|"  # for programs
    "account_|mfa_|openid_connect|socialaccount|"  # tests/journeys/test_signing_in.py
    ".*_(blank|export|faults|look|carry_out|link|reopen)$|history:take_away|files:(?!list|send|one)|"
    "assessment:(?!assessments$)|"  # tests/look/test_assessment_pages.py
    "supply:(cover|deed|faults|file|snapshot|urge)$|messages:(?!list|one)|notices:(choose|one|read)$"
)
"""Views that no walk comes to: files to take away, what is only pressed, and what is looked at elsewhere."""


def people(office: Office) -> list[tuple[Account, list[str]]]:
    """Who assesses, supplies, edits, and administers and audits; where each begins, with something to see."""
    accepted = office.accepted(62, 140)
    office.uploaded("38人", table="trainings", covers=("440703",))
    signed = office.signed(62, by=office.zhou.pk, body=office.court)
    assert office.he
    office.asked(office.province)
    start_deadline(
        area="supply", object_id=0, task="any", what=Text("报送", "Deliver"), path="/",
        organisation=office.court.pk, role=Role.CITY_OFFICER, working_days=10, by=None, now=NOW,
    )  # fmt: skip
    PublicMessage.objects.create(
        number="M-1", lookup="l", digest="d", subject="一处错误", text="表中第三行不对。", lang="zh-hans",
        sent_at=NOW, taken_at=NOW, due=NOW.date(),
    )  # fmt: skip
    sun = account("孙编辑", edit=(Role.EDITOR, office.province))
    zheng = account(
        "郑管理员",
        rule=(Role.ADMINISTRATOR, office.province),
        audit=(Role.AUDITOR, office.province),
    )
    return [
        (office.chen, ["/", f"/deliveries/{signed.pk}/return/"]),
        (office.li, ["/", f"/deliveries/{accepted.pk}/correct/"]),
        (sun, ["/"]),
        (zheng, ["/"]),
    ]


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_nothing_is_wrong_with_any_page_of_the_office(lang: str) -> None:
    wrong, known = [], set()
    clients = [(signed_in(one, lang), begin) for one, begin in people(Office())]
    pages = [(client, walked(client, begin, without="/editors/")) for client, begin in clients]
    seen_by_all = views_of(at for _, addresses in pages for at in addresses)
    assert {one for one in names(get_resolver()) - seen_by_all if not ELSEWHERE.match(one)} == set()
    first = lang == "zh-hans"
    with window(HOST) as page:
        for client, addresses in pages:
            with reader(page, client) as seen:
                new = [at for at in addresses if at not in known]
                wrong += [line for at in new for line in looked_over(seen, at, is_first=first)]
            known |= set(addresses)
    assert not wrong, "\n".join(wrong)


def names(resolver: URLResolver, space: str = "") -> set[str]:
    """Every view that has a name, as ``resolve`` gives it."""
    found: set[str] = set()
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            found |= {space + one.name} if one.name else set()
        else:
            below = f"{space}{one.namespace}:" if one.namespace else space
            found |= names(one, below)
    return found


def test_door_can_be_read_by_everyone() -> None:
    client = Client()
    with window(HOST) as page, reader(page, client) as seen:
        assert not looked_over(seen, "/account/login/")
        assert not looked_over(seen, "/no/such/page/")
