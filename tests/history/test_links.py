"""From the page of a thing one comes to its history: every kind of thing, for those who may see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from steelyard.assessment.actions.assessments import Wanted, open_assessment
from steelyard.history.queries import traced_models
from steelyard.kernel.bilingual import Text
from steelyard.notices import actions as notices
from steelyard.notices.models import Notice
from steelyard.people.models import Holding, Placement
from steelyard.people.rules.roles import Role
from steelyard.supply.actions import requests
from steelyard.supply.actions.snapshots import freeze
from tests.assessment.listed import scored
from tests.assessment.year import Year
from tests.supply.office import NOW, Office, account

pytestmark = pytest.mark.django_db

WITHOUT_A_PAGE: Mapping[str, str] = {
    "auth_group": "not used",
    "auth_group_permissions": "not used",
    "people_account_groups": "not used",
    "people_account_user_permissions": "not used",
    "notices_extension": "stands on the page of its deadline",
    "notices_preference": "of one's own, on the list of notices",
    "notices_mail": "stands on the page of its notice",
    "files_content": "the bytes of files",
    "files_attachment": "stands on the page of its file",
    "supply_listed": "stands on the page of its snapshot",
    "assessment_approvalstep": "stands on the page of the approval",
    "assessment_approval": "stands on the page of the approval",
    "assessment_answer": "stands on the page of its submission, by item",
    "assessment_deduction": "stands beside its score",
    "assessment_settlement": "stands beside its difference",
    "assessment_draw": "is written once, and its page says by whom and when",
    "assessment_earlierreview": "the page of the file tells it, to those who may know",
    "assessment_figure": "stands on its sheet",
    "assessment_filereview": "the page of the file tells it, to those who may know",
    "assessment_finding": "stands on the page of its visit",
    "assessment_informant": "nobody reads it there",
    "assessment_informantread": "stands on the page of its lead",
    "assessment_mark": "stands in its review",
    "assessment_materialuse": "stands on the page of its item",
    "assessment_missingfigure": "is written once, and its page says by whom and when",
    "assessment_letterhead": "is written once, and its page says by whom and when",
    "assessment_papertemplate": "is written once, and its page says by whom and when",
    "assessment_reportcorrection": "stands on the page of its visit",
    "assessment_sheetversion": "stands on the page of its sheet",
    **dict.fromkeys(
        (
            "prose_contactpage",
            "prose_home",
            "prose_newsarticle",
            "prose_newslist",
            "prose_picture",
            "prose_plainpage",
            "prose_publication",
            "wagtailcore_groupcollectionpermission",
            "wagtailcore_grouppagepermission",
            "wagtailcore_page",
            "wagtailcore_revision",
            "wagtailcore_taskstate",
            "wagtailcore_workflowstate",
            "wagtaildocs_document",
        ),
        "of the editors' pages, which have a history of their own",
    ),
    "public_messages_publicmessage": "its page tells what became of it, and when",
    "account_emailaddress": "of the library that signs in",
    "mfa_authenticator": "of the library that signs in",
    "socialaccount_socialapp": "of the library that signs in",
    "socialaccount_socialaccount": "of the library that signs in",
}


def organisation(office: Office) -> tuple[Any, str]:
    return office.court, f"/organisations/{office.court.pk}/"


def placement(office: Office) -> tuple[Any, str]:
    return Placement.objects.get(organisation=office.court), organisation(office)[1]


def person(office: Office) -> tuple[Any, str]:
    return office.zhou, f"/accounts/{office.zhou.pk}/"


def holding(office: Office) -> tuple[Any, str]:
    return Holding.objects.get(account=office.zhou), person(office)[1]


def delivery(office: Office) -> tuple[Any, str]:
    one = office.signed()
    return one, f"/deliveries/{one.pk}/"


def asked(office: Office) -> tuple[Any, str]:
    thing = requests.Thing(
        table="trainings", starts=date(2021, 1, 1), ends=date(2022, 1, 1),
        cut_off=date(2022, 1, 10), working_days=5,
    )  # fmt: skip
    assert office.li
    (one,) = requests.ask(bodies=[office.market.pk], thing=thing, by=office.chen.pk, now=NOW)
    return one, f"/requests/{one.pk}/"


def snapshot(office: Office) -> tuple[Any, str]:
    office.places()
    days = {"starts": date(2021, 1, 1), "ends": date(2022, 1, 1)}
    one = freeze(office=office.province, by=office.chen.pk, now=NOW, **days)
    return one, f"/snapshots/{one.pk}/"


def file(office: Office) -> tuple[Any, str]:
    from steelyard.files.models import File

    office.signed()
    one = File.objects.get()
    return one, f"/files/{one.pk}/"


def deadline(office: Office) -> tuple[Any, str]:
    one = notices.start_deadline(
        area="supply", object_id=1, task="deliver", what=Text("报送", "Deliver"), path="/",
        organisation=office.market.pk, working_days=10, by=None, now=timezone.now(),
        role=Role.SUPPLYING_BODY,
    )  # fmt: skip
    return one, f"/deadlines/{one.pk}/"


def assessment(office: Office) -> tuple[Any, str]:
    wanted = Wanted(
        code="2021", title=Text("样本", "sample"), starts=date(2021, 1, 1), ends=date(2022, 1, 1)
    )
    one = open_assessment(
        office=office.province.pk, wanted=wanted, by=office.chen.pk, now=timezone.now()
    )
    return one, f"/assessments/{one.code}/"


PAGES: Mapping[str, Callable[[Office], tuple[Any, str]]] = {
    "assessment_assessment": assessment,
    "people_organisation": organisation,
    "people_placement": placement,
    "people_account": person,
    "people_holding": holding,
    "supply_delivery": delivery,
    "supply_deliveryrequest": asked,
    "supply_snapshot": snapshot,
    "files_file": file,
    "notices_deadline": deadline,
}
IN_A_YEAR: Mapping[str, tuple[str, str]] = {
    "assessment_comment": ("comment", "scheme/comments/{comment}/"),
    "assessment_difference": ("difference", "differences/{difference}/"),
    "assessment_drawnfile": ("file", "reviews/files/{file}/"),
    "assessment_lead": ("lead", "leads/{lead}/"),
    "assessment_material": ("material", "submissions/{submission}/material/"),
    "assessment_objection": ("objection", "objections/{objection}/"),
    "assessment_schemeversion": ("version", "scheme/versions/1/"),
    "assessment_score": ("score", "scoring/B2/440700/"),
    "assessment_sheet": ("sheet", "sheets/{sheet}/"),
    "assessment_submission": ("submission", "submissions/{submission}/"),
    "assessment_suspicion": ("suspicion", "suspicions/{suspicion}/"),
    "assessment_visit": ("visit", "visits/{visit}/"),
    "assessment_weighing": ("weighing", "weighings/{weighing}/"),
}
"""What hangs on an assessment, and where its page is: one year holds all of it."""

OF_ONES_OWN = {"notices_notice"}
"""Seen by their owner alone; tested below."""


def as_(who: Any) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(who)
    return client


def link_to(thing: Any) -> str:
    return f'href="/history/{thing._meta.db_table}/{thing.pk}/"'


@pytest.fixture
def office(settings: Any, tmp_path: Path) -> Office:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    return Office()


def test_every_table_that_leaves_a_trace_has_a_page_or_a_reason_why_not() -> None:
    tables = {model._meta.db_table for model in traced_models()}
    assert tables == set(PAGES) | OF_ONES_OWN | set(IN_A_YEAR) | set(WITHOUT_A_PAGE)


@pytest.mark.parametrize("table", PAGES)
def test_a_page_leads_to_the_history_and_the_history_opens(office: Office, table: str) -> None:
    thing, page = PAGES[table](office)
    auditor = as_(account("沈", held=(Role.AUDITOR, office.province)))
    assert link_to(thing) in auditor.get(page).content.decode()
    assert auditor.get(f"/history/{table}/{thing.pk}/").status_code == 200
    seen = as_(office.chen).get(page)
    assert link_to(thing) not in seen.content.decode()


def test_whatever_hangs_on_an_assessment_leads_to_its_history_and_that_opens(
    settings: Any, tmp_path: Path
) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    year = Year()
    made = scored(year).made
    numbers = {name: one.pk for name, one in made.items()}
    roles = {role.value: (role, year.province) for role in (Role.AUDITOR, Role.OFFICE_HEAD)}
    auditor, runs = as_(account("沈", **roles)), as_(year.chen)
    for table, (name, page) in IN_A_YEAR.items():
        thing, address = made[name], f"/assessments/2021/{page.format(**numbers)}"
        assert link_to(thing) in auditor.get(address).content.decode(), address
        assert auditor.get(f"/history/{table}/{thing.pk}/").status_code == 200, table
        assert link_to(thing) not in runs.get(address).content.decode(), address


def test_a_notice_leads_to_its_history_if_its_owner_sees_the_trail(office: Office) -> None:
    auditor = account("沈", held=(Role.AUDITOR, office.province))
    one = Notice.objects.create(
        account=auditor, kind="delivery_returned", area="supply", object_id=1, path="/",
        words={"what": {"zh": "甲", "en": "a"}, "reason": {"zh": "乙", "en": "b"}}, key="k",
        created_at=NOW,
    )  # fmt: skip
    assert link_to(one) in as_(auditor).get(f"/notices/{one.pk}/").content.decode()
