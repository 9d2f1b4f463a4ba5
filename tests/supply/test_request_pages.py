"""The pages of requests: what they show to whom, in how many questions to the database."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from steelyard.people.models import Account
from steelyard.supply.actions import deliveries
from steelyard.supply.models import Delivery, DeliveryRequest
from tests.supply.office import Office, trainings

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    found = Office()
    assert [found.chen, found.li, found.wang, found.zhou]
    return found


def ago(days: int) -> datetime:
    return timezone.now() - timedelta(days)


def as_(account: Account, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    return client


def year(number: int) -> dict[str, date]:
    return {"starts": date(number, 1, 1), "ends": date(number + 1, 1, 1)}


def shown(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def said(office: Office, **changes: Any) -> dict[str, Any]:
    given = {
        "bodies": [office.market.pk], "table": "trainings", "period": "2021",
        "cut_off": "2022-01-10", "working_days": "15", "covers": "", "note": "请按新口径统计",
    }  # fmt: skip
    return given | changes


@pytest.mark.parametrize("rows", [1, 3])
def test_the_office_s_list_takes_the_same_queries_for_one_row_and_for_three(
    office: Office, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(2021, 2021 - rows, -1):
        office.asked(**year(number), now=ago(30 - number % 5))
    client = as_(office.chen)
    with django_assert_num_queries(7):
        page = shown(client, "/requests/")
    assert page.count("<tr>") == rows + 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_body_s_list_takes_the_same_queries_for_one_row_and_for_three(
    office: Office, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(2021, 2021 - rows, -1):
        office.asked(**year(number), now=ago(30))
    client = as_(office.li)
    with django_assert_num_queries(7):
        assert shown(client, "/requests/").count("<tr>") == rows + 1


def test_the_office_counts_what_is_missing_and_what_is_late(office: Office) -> None:
    office.asked(now=ago(60))
    office.asked(office.court, now=ago(0))
    office.asked(**year(2020), now=ago(60))
    sheet = trainings(1)
    old = deliveries.File(sheet.name, sheet.content.replace(b"2021-", b"2020-"))
    found = office.uploaded(file=old, **year(2020))
    deliveries.sign(delivery=found.pk, seen=found.version, by=office.li.pk, now=ago(0))
    page = shown(as_(office.chen), "/requests/")
    assert "Requests: 3. Missing: <strong>2</strong>, of these late: <strong>1</strong>." in page
    assert "Delivered: 1, of these late: 1." in page
    for asked, count in (("missing", 2), ("late", 2), ("signed", 1), ("accepted", 0)):
        answer = as_(office.chen).get(f"/requests/?show={asked}")
        assert answer.context["page"].paginator.count == count, asked
    answer = as_(office.chen).get("/requests/?period=2020-01-01/2021-01-01&q=江门")
    assert answer.context["page"].paginator.count == 1


def test_the_office_is_not_told_of_a_draft_and_the_body_is(office: Office) -> None:
    office.asked(now=ago(0))
    before = shown(as_(office.chen), "/requests/")
    found = office.uploaded()
    after = shown(as_(office.chen), "/requests/")
    assert "not signed yet" in before
    assert "not signed yet" in after
    asked = DeliveryRequest.objects.get()
    assert found.name not in shown(as_(office.chen), f"/requests/{asked.pk}/")
    assert found.name in shown(as_(office.li), f"/requests/{asked.pk}/")


def test_asking_is_one_form_for_several_bodies(office: Office) -> None:
    client = as_(office.chen)
    answer = client.post("/requests/ask/", said(office, bodies=[office.market.pk, office.court.pk]))
    assert answer["Location"] == "/requests/"
    assert DeliveryRequest.objects.count() == 2
    answer = client.post("/requests/ask/", said(office, note="另一句话"))
    assert answer.status_code == 422
    assert "was asked for the same table and period already" in answer.content.decode()


def test_only_bodies_below_where_someone_supplies_can_be_chosen(office: Office) -> None:
    page = shown(as_(office.chen), "/requests/ask/")
    assert page.count('name="bodies"') == 2
    strange = as_(office.chen).post("/requests/ask/", said(office, bodies=[office.province.pk]))
    assert (strange.status_code, DeliveryRequest.objects.count()) == (422, 0)


def test_what_was_asked_for_is_delivered_from_its_page_filled_in_and_bound(office: Office) -> None:
    asked = office.asked(now=ago(0), note="请按新口径统计")
    li = as_(office.li)
    assert f'href="/deliveries/new/?request={asked.pk}"' in shown(li, f"/requests/{asked.pk}/")
    url = f"/deliveries/new/?request={asked.pk}"
    page = shown(li, url)
    assert "请按新口径统计" in page
    assert 'name="cut_off" value="2022-01-10"' in page
    sheet = trainings(62, 140)
    sent = {
        "table": "places", "period": "1999", "covers": "440703", "body": office.court.pk,
        "cut_off": "2022-01-10", "file": SimpleUploadedFile(sheet.name, sheet.content),
    }  # fmt: skip
    li.post(url, sent)
    found = Delivery.objects.get()
    assert (found.body, found.table_code, found.starts.year, found.covers) == (
        office.market, "trainings", 2021, "",
    )  # fmt: skip
    assert li.get(url)["Location"] == f"/deliveries/{found.pk}/"
    li.post(f"/deliveries/{found.pk}/sign/", {"seen": found.version})
    asked.refresh_from_db()
    assert (asked.state, asked.delivery) == ("met", found)


@pytest.mark.parametrize("written", ["0", "999999", "x", "-1", "9" * 30])
def test_a_request_that_is_not_there_opens_no_form(office: Office, written: str) -> None:
    assert as_(office.li).get(f"/deliveries/new/?request={written}").status_code == 404


def test_to_a_stranger_a_request_does_not_exist(office: Office) -> None:
    asked = office.asked(now=ago(0))
    stranger = as_(office.zhou)
    for page in ("", "withdraw/"):
        assert stranger.get(f"/requests/{asked.pk}/{page}").status_code == 404
    assert stranger.post(f"/requests/{asked.pk}/urge/").status_code == 404
    assert stranger.get(f"/deliveries/new/?request={asked.pk}").status_code == 404
    assert stranger.get("/requests/").context["page"].paginator.count == 0
    assert as_(office.li).post(f"/requests/{asked.pk}/urge/").status_code == 403
    assert as_(office.li).get("/requests/ask/").status_code == 404


def test_urging_is_one_button_that_is_gone_for_the_day(office: Office) -> None:
    asked = office.asked(now=ago(0))
    chen, button = as_(office.chen), f'action="/requests/{asked.pk}/urge/"'
    assert button in shown(chen, "/requests/")
    chen.post(f"/requests/{asked.pk}/urge/")
    assert button not in shown(chen, "/requests/")
    assert chen.post(f"/requests/{asked.pk}/urge/").status_code == 409
    assert button not in shown(as_(office.li), "/requests/")


def test_a_request_is_withdrawn_on_a_page_that_asks_for_the_reason(office: Office) -> None:
    asked = office.asked(now=ago(0))
    url = f"/requests/{asked.pk}/withdraw/"
    chen = as_(office.chen)
    assert chen.post(url, {"seen": asked.version, "reason": ""}).status_code == 422
    chen.post(url, {"seen": asked.version, "reason": "改用平台数据"})
    assert "改用平台数据" in shown(as_(office.li), f"/requests/{asked.pk}/")
    assert as_(office.li).get(f"/deliveries/new/?request={asked.pk}").status_code == 404


def test_the_returner_is_asked_for_days_only_if_it_was_asked_for(office: Office) -> None:
    other = office.signed(covers=("440703",))
    office.asked(now=ago(0))
    found = office.signed()
    chen = as_(office.chen)
    assert 'name="working_days"' not in shown(chen, f"/deliveries/{other.pk}/return/")
    url = f"/deliveries/{found.pk}/return/"
    assert 'name="working_days" value="5"' in shown(chen, url)
    sent = {"seen": found.version, "reason": "缺蓬江区", "working_days": "0"}
    assert chen.post(url, sent).status_code == 422
    assert chen.post(url, sent | {"working_days": "2"}).status_code == 302
    assert DeliveryRequest.objects.get().state == "open"


def test_the_list_is_taken_away_as_it_is_filtered(office: Office) -> None:
    from openpyxl import load_workbook

    office.asked(now=ago(60))
    office.asked(office.court, now=ago(0))
    book = load_workbook(
        io.BytesIO(as_(office.chen, "zh-hans").get("/requests/export/?show=late").content)
    )
    rows = list(book.active.iter_rows(values_only=True))
    assert [len(rows), rows[1][2]] == [2, "江门市市场监督管理局"]
    answer = as_(office.zhou).get("/requests/export/?as=csv")
    assert "440700-court" in answer.content.decode()
    assert "440700-market" not in answer.content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_word_of_the_pages_is_in_the_language_of_the_reader(
    office: Office, language: str
) -> None:
    import re

    asked = office.asked(now=ago(60))
    for url in ("/requests/", "/requests/ask/", f"/requests/{asked.pk}/", f"/requests/{asked.pk}/withdraw/"):  # fmt: skip
        page = shown(as_(office.chen, language), url)
        main = re.sub(r"<[^>]*>", " ", page[page.index("<main") : page.index("</main")])
        if language == "zh-hans":
            words = set(re.findall(r"[A-Za-z]{3,}", main)) - {"CSV", "Excel"}
            assert {word for word in words if not word.islower()} == set(), url
