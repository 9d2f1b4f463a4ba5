"""The office asks a bureau for a table; the bureau finds it waiting with its day, and delivers it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from steelyard.supply.models import DeliveryRequest
from tests.journeys.walking import let_in, looked_at, window
from tests.supply.office import Office, trainings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 390])
def test_what_the_office_asks_for_waits_with_its_day_and_is_met_by_signing(
    live_server: object, width: int
) -> None:
    office = Office()
    office.places()
    li, chen = office.li, office.chen
    assert office.zhou
    office.asked(office.court, now=timezone.now() - timedelta(40))
    with window(str(live_server), width=width) as page:
        let_in(page, chen)
        page.goto("/requests/ask/")
        looked_at(page, f"ask_{width}")
        page.get_by_label("江门市市场监督管理局").check()
        page.get_by_label("表", exact=True).select_option("trainings")
        page.get_by_label("期间").fill("2021")
        page.get_by_label("数据截止日").fill("2022-01-10")
        page.get_by_label("给各单位的说明").fill("请按新口径统计。")
        page.get_by_role("button", name="发出要求").press("Enter")
        expect(page.get_by_text("已发出要求")).to_be_visible()
        looked_at(page, f"request_office_{width}")
        page.goto("/requests/")
        looked_at(page, f"requests_office_{width}")
        let_in(page, li)
        page.goto("/")
        looked_at(page, f"waiting_{width}")
        page.get_by_role("link", name="报送“培训与宣传”2021").press("Enter")
        looked_at(page, f"request_body_{width}")
        page.get_by_role("link", name="去报送").press("Enter")
        looked_at(page, f"deliver_it_{width}")
        sheet = trainings(62, 140)
        page.get_by_label("文件").set_input_files(
            {"name": sheet.name, "mimeType": "text/csv", "buffer": sheet.content}
        )
        page.get_by_role("button", name="校验并存为草稿").press("Enter")
        looked_at(page, f"answers_{width}")
        page.get_by_role("button", name="签发", exact=True).press("Enter")
        expect(page.get_by_text("已签发，送达考核办。")).to_be_visible()
        let_in(page, chen)
        met = DeliveryRequest.objects.get(body=office.market)
        assert met.state == "met"
        page.goto(f"/deliveries/{met.delivery_id}/return/")
        looked_at(page, f"return_{width}")
        page.goto(f"/requests/{met.pk - 1}/withdraw/")
        looked_at(page, f"withdraw_{width}")
    with window(str(live_server), language="en-GB", width=width) as page:
        let_in(page, chen)
        for name, address in (
            ("requests", "/requests/"), ("ask", "/requests/ask/"), ("request", f"/requests/{met.pk}/")
        ):  # fmt: skip
            page.goto(address)
            looked_at(page, f"{name}_en_{width}")
