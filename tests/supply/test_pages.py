"""The pages of deliveries: what they show to whom, in how many questions to the database."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from steelyard.supply.actions import deliveries as actions
from steelyard.supply.models import Delivery, Snapshot
from steelyard.supply.views.deliveries import sheets
from tests.supply.office import HEADINGS, Office, details, trainings

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


def as_(account: Account, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    return client


def sent(office: Office, **changes: Any) -> dict[str, Any]:
    file = changes.pop("file", trainings(62, 140))
    said = {
        "body": office.market.pk,
        "table": "trainings",
        "period": "2021",
        "cut_off": "2022-01-10",
        "file": SimpleUploadedFile(file.name, file.content) if file else "",
    }
    return said | changes


def only() -> Delivery:
    return Delivery.objects.get()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_five_queries_for_one_row_and_for_three(
    office: Office, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for year in range(2021, 2021 - rows, -1):
        office.uploaded(starts=date(year, 1, 1), ends=date(year + 1, 1, 1))
    client = as_(office.li)
    with django_assert_num_queries(5):
        page = client.get("/deliveries/")
    assert page.content.decode().count("<tr>") == rows + 1


def test_a_sheet_with_faults_is_shown_with_the_faults_at_their_cells(office: Office) -> None:
    client = as_(office.li)
    answer = client.post("/deliveries/new/", sent(office, file=trainings(62, "38人")), follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(f"/deliveries/{only().pk}/", 302)]
    assert '<td class="wrong">38人</td>' in page
    assert "“38人” is not a number; enter one number without unit or words" in page


def test_a_figure_beyond_its_bounds_is_quoted_without_places_that_nobody_wrote(
    office: Office,
) -> None:
    file = trainings(62)
    found = office.uploaded(file=replace(file, content=file.content.replace(b",8,", b",-5,")))
    page = as_(office.li).get(f"/deliveries/{found.pk}/").content.decode()
    assert "> -5 is below the allowed 0" in page


def test_a_very_long_cell_leaves_the_others_in_sight(office: Office) -> None:
    found = office.uploaded(62, "长" * 5000)
    page = as_(office.li).get(f"/deliveries/{found.pk}/").content.decode()
    assert f'<td class="wrong">{"长" * 79}…</td>' in page


def test_of_a_sheet_too_large_to_read_again_each_fault_still_says_its_row(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("steelyard.supply.showing.MOST_READ", 10)
    found = office.uploaded(*["38人"] * 51)
    page = as_(office.li).get(f"/deliveries/{found.pk}/").content.decode()
    first = page[page.index("<li><span") :].split("</li>")[0]
    assert first.startswith('<li><span class="strong">row 2, column ')
    assert "“38人” is not a number" in first
    assert page.count("<li><span") == 50
    assert "There are more; the coloured sheet has all of them." in page


def test_the_sheet_to_take_away_has_the_bad_cell_coloured(office: Office) -> None:
    from openpyxl import load_workbook

    found = office.uploaded(62, "38人")
    answer = as_(office.li).get(f"/deliveries/{found.pk}/faults/")
    assert answer["Content-Disposition"].startswith("attachment")
    book = load_workbook(io.BytesIO(answer.content))
    cell = next(
        cell for sheet in book for row in sheet.iter_rows() for cell in row
        if cell.value == "38人" and cell.comment
    )  # fmt: skip
    assert cell.fill.fgColor.rgb == "FFFFC7CE"


def test_signing_accepting_and_returning_are_each_one_button(office: Office) -> None:
    found = office.uploaded()
    li, chen = as_(office.li), as_(office.chen)
    li.post(f"/deliveries/{found.pk}/sign/", {"seen": only().version})
    assert only().status == "signed"
    chen.post(f"/deliveries/{found.pk}/return/", {"seen": only().version, "reason": "缺蓬江区"})
    assert (only().status, only().reason) == ("returned", "缺蓬江区")
    page = li.get(f"/deliveries/{found.pk}/").content.decode()
    assert "缺蓬江区" in page


def test_who_returns_reads_the_name_of_the_body_in_the_language_of_the_page(office: Office) -> None:
    office.market.name_en = "Market regulator"
    office.market.save()
    found = office.signed()
    page = as_(office.chen).get(f"/deliveries/{found.pk}/return/").content.decode()
    assert f"Market regulator · {found.name}" in page


def test_a_button_is_shown_to_those_who_may_press_it_and_to_nobody_else(office: Office) -> None:
    found = office.signed()
    url = f"/deliveries/{found.pk}/"
    accept, withdraw = f'action="{url}accept/"', f'action="{url}withdraw/"'
    seen_by_chen = as_(office.chen).get(url).content.decode()
    seen_by_li = as_(office.li).get(url).content.decode()
    assert (accept in seen_by_chen, withdraw in seen_by_chen) == (True, False)
    assert (accept in seen_by_li, withdraw in seen_by_li) == (False, True)


def test_whoever_pressed_sign_on_an_old_page_is_told(office: Office) -> None:
    found = office.uploaded()
    actions.mend(
        delivery=found.pk, details=details(), file=trainings(1), seen=found.version,
        by=office.wang.pk, now=found.uploaded_at,
    )  # fmt: skip
    answer = as_(office.li).post(f"/deliveries/{found.pk}/sign/", {"seen": found.version})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "saved this at" in page
    assert "PX-001 · Persons" in page
    assert only().status == "draft"


def test_a_page_says_why_it_cannot_be_signed_yet(office: Office) -> None:
    found = office.uploaded("x")
    page = as_(office.li).get(f"/deliveries/{found.pk}/").content.decode()
    assert "1 fault is still open; mend them and upload it again" in page
    assert f'action="/deliveries/{found.pk}/sign/"' not in page


@pytest.mark.parametrize("page", ["", "file/", "faults/", "compare/", "mend/", "grid/", "return/", "correct/"])  # fmt: skip
def test_to_a_stranger_a_delivery_does_not_exist(office: Office, page: str) -> None:
    found = office.uploaded(62, "38人")
    for stranger in (office.zhou, office.chen):
        assert as_(stranger).get(f"/deliveries/{found.pk}/{page}").status_code == 404
        answer = as_(stranger).post(f"/deliveries/{found.pk}/sign/", {"seen": 1})
        assert answer.status_code == 404
    assert found.name not in as_(office.zhou).get("/deliveries/?q=trainings").content.decode()


def test_rows_are_typed_in_and_checked_cell_by_cell(office: Office) -> None:
    client = as_(office.li)
    answer = client.post("/deliveries/new/", sent(office, file=None))
    grid = f"/deliveries/{only().pk}/grid/"
    assert answer["Location"] == grid
    row = dict(zip(("id", "title", "body", "audience", "place", "held_on", "hours", "persons"),
                   ("PX-1", "=样本", "样本市", "officers", "440703", "2021-04-26", "8", "38人"),
                   strict=True))  # fmt: skip
    cells = {f"r4-{code}": value for code, value in row.items()}
    answer = client.post(grid, cells | {"seen": only().version}, follow=True)
    page = answer.content.decode()
    assert (
        'name="r0-persons" value="38人" size="7" aria-label="Persons 2" aria-invalid="true"' in page
    )
    cells["r4-persons"] = "38"
    client.post(grid, cells | {"seen": only().version})
    assert (only().rows, only().fault_count) == (1, 0)


def test_a_fault_is_shown_at_its_field_whatever_order_the_sheet_has(office: Office) -> None:
    from steelyard.supply.actions.deliveries import File

    sheet = "参加人数,编号,名称,举办单位,对象,地点,举办日期\n38人,PX-1,样本,样本市,officers,440703,2021-04-26\n"
    found = office.uploaded(file=File("a.csv", sheet.encode()))
    page = as_(office.li).get(f"/deliveries/{found.pk}/grid/").content.decode()
    assert 'aria-label="Persons 2" aria-invalid="true" aria-describedby="f-r0-persons"' in page
    assert page.count('aria-invalid="true"') == 1


def test_a_row_of_the_grid_has_the_number_that_its_faults_have(office: Office) -> None:
    """An empty line counts too, as it does in Excel."""
    from steelyard.supply.actions.deliveries import File

    rows = "编号,名称,举办单位,对象,地点,举办日期,参加人数\nPX-1,样本,样本市,officers,440703,2021-04-26,38\n,,,,,,\nPX-2,样本,样本市,officers,440703,2021-04-26,38人\n"
    found = office.uploaded(file=File("a.csv", rows.encode()))
    assert [one["row"] for one in found.faults] == [4]
    page = as_(office.li).get(f"/deliveries/{found.pk}/grid/").content.decode()
    assert 'aria-label="Persons 2" autocomplete' in page
    assert 'aria-label="Persons 4" aria-invalid="true" aria-describedby="f-r1-persons"' in page
    assert 'aria-label="Persons 5" autocomplete' in page


def test_enter_in_a_cell_sends_nothing(office: Office) -> None:
    """By Enter a browser presses the first button of a form, unless that is disabled."""
    client = as_(office.li)
    client.post("/deliveries/new/", sent(office, file=None))
    page = client.get(f"/deliveries/{only().pk}/grid/").content.decode()
    form = page[page.index('<input type="hidden" name="seen"') - 200 :]
    assert re.findall(r"<button[^>]*>", form)[:2] == [
        "<button disabled hidden>",
        '<button class="primary" name="save">',
    ]


def test_more_rows_and_pasted_rows_are_shown_without_saving(office: Office) -> None:
    client = as_(office.li)
    client.post("/deliveries/new/", sent(office, file=None))
    before = only().version
    grid = f"/deliveries/{only().pk}/grid/"
    text = "编号\t名称\r\nPX-1\t样本\r\nPX-2\t样本二\r\n"
    page = client.post(grid, {"pasted": text, "paste": "1", "seen": before}).content.decode()
    assert 'name="r1-title" value="样本二"' in page
    odd = client.post(grid, {"pasted": "编号\t名称\t姓名\nPX-1\t样本\t张三\n", "seen": before})
    assert (odd.status_code, "has no column 姓名" in odd.content.decode()) == (422, True)
    wide = "编号\t名称\nPX-2\t样本\nPX-3\t样本\t多余\nPX-4\t样本\t\t多余\nPX-5\t样本\t\n"
    answer = client.post(grid, {"pasted": wide, "seen": before, "r0-id": "PX-1"})
    assert answer.status_code == 422
    assert "numbered here: 4, 5." in answer.content.decode()
    assert only().version == before


def test_a_correction_is_compared_with_what_it_corrects(office: Office) -> None:
    first = office.accepted(62, 140)
    client = as_(office.li)
    mended = trainings(62, 104)
    said = sent(office, file=mended, why="误计展位数")
    answer = client.post(f"/deliveries/{first.pk}/correct/", said)
    opened = Delivery.objects.get(replaces=first)
    assert answer["Location"] == f"/deliveries/{opened.pk}/"
    page = client.get(f"/deliveries/{opened.pk}/compare/").content.decode()
    row = re.sub(r' data-label="[^"]*"', "", page)
    assert (
        '<th scope="row">PX-002</th><td>Persons</td><td>140</td><td class="changed">104</td>' in row
    )
    assert page.index("PX-002") < page.index("all rows")
    assert "PX-001" not in page
    assert "the first 200 are shown" not in page


def test_of_a_correction_new_and_missing_rows_come_before_the_counts_too(office: Office) -> None:
    first = office.accepted(62, 140)
    said = sent(office, file=trainings(62, 140, 9), why="漏报一期")
    as_(office.li).post(f"/deliveries/{first.pk}/correct/", said)
    opened = Delivery.objects.get(replaces=first)
    page = as_(office.li).get(f"/deliveries/{opened.pk}/compare/").content.decode()
    assert page.index("<li>PX-003</li>") < page.index("all rows")


def test_a_list_that_is_cut_says_so(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_LISTED_CHANGES", 1)
    first = office.accepted(62, 140)
    said = sent(office, file=trainings(1, 2), why="全部重报")
    as_(office.li).post(f"/deliveries/{first.pk}/correct/", said)
    opened = Delivery.objects.get(replaces=first)
    page = as_(office.li).get(f"/deliveries/{opened.pk}/compare/").content.decode()
    assert "the first 1 are shown" in page
    assert "PX-002" not in page


def test_last_year_is_laid_beside_this_one(office: Office) -> None:
    last = HEADINGS + "\nPX-9,样本,样本市,officers,440703,2020-04-26,8,1\n"
    from steelyard.supply.actions.deliveries import File

    year = {"starts": date(2020, 1, 1), "ends": date(2021, 1, 1), "cut_off": date(2021, 1, 1)}
    office.accepted(file=File("2020.csv", last.encode()), **year)
    found = office.uploaded()
    page = as_(office.li).get(f"/deliveries/{found.pk}/compare/").content.decode()
    assert "<li>PX-001</li>" in page
    assert "<li>PX-9</li>" in page


def test_what_waits_is_on_the_first_page(office: Office) -> None:
    office.signed()
    assert "accept or return" in as_(office.chen).get("/").content.decode()
    assert "accept or return" not in as_(office.li).get("/").content.decode()


def test_a_snapshot_is_frozen_from_its_page_and_its_cover_list_taken_away(office: Office) -> None:
    office.places()
    client = as_(office.chen)
    answer = client.post(
        "/snapshots/", {"office": office.province.pk, "period": "2021"}, follow=True
    )
    found = Snapshot.objects.get()
    assert found.identifier in answer.content.decode()
    package = client.get(f"/snapshots/{found.pk}/cover/")
    assert package.content[:2] == b"PK"
    assert as_(office.li).get(f"/snapshots/{found.pk}/").status_code == 404
    assert as_(office.li).post("/snapshots/", {"period": "2021"}).status_code == 403


def test_the_list_is_searched_filtered_and_sorted(office: Office) -> None:
    office.uploaded()
    client = as_(office.li)
    for query in ("q=PX&sort=nonsense", "status=accepted", "table=cases", "q=%00", "page=99"):
        assert client.get(f"/deliveries/?{query}").status_code == 200
    assert only().name in client.get("/deliveries/?q=市场监督&sort=-status").content.decode()
    assert only().name not in client.get("/deliveries/?status=accepted").content.decode()


def test_of_a_snapshot_nobody_gets_files_of_bodies_that_they_do_not_see(office: Office) -> None:
    """The bureau moves to another province: what it delivered stays frozen here, and is theirs."""
    from steelyard.people.models import Placement
    from steelyard.supply.actions.snapshots import freeze
    from tests.supply.office import NOW

    office.places()
    delivered = office.accepted(62)
    days = {"starts": date(2021, 1, 1), "ends": date(2022, 1, 1)}
    found = freeze(office=office.province, by=office.chen.pk, now=NOW, **days)
    Placement.objects.filter(organisation=office.market).update(ends=date(2022, 6, 1))
    client = as_(office.chen)
    page = client.get(f"/snapshots/{found.pk}/").content.decode()
    assert ("places-2021-440000" in page, delivered.name in page) == (True, False)
    assert client.get(f"/snapshots/{found.pk}/cover/").status_code == 403


def test_who_has_to_do_with_deliveries_sees_a_list_and_who_may_deliver_a_form(
    office: Office,
) -> None:
    from tests.supply.office import account

    office.signed()
    seen = {}
    for role in Role:
        client = as_(account(role.value, held=(role, office.province)))
        page = client.get("/deliveries/")
        found = "trainings-2021-440700-market" in page.content.decode()
        seen[role.value] = (page.status_code, found, client.get("/deliveries/new/").status_code)
    assert seen == {
        "assessing_office": (200, True, 404),
        "office_head": (200, True, 404),
        "city_head": (404, False, 404),
        "supplying_body": (200, False, 200),
        "scoring_body": (200, False, 404),
        "city_officer": (404, False, 404),
        "department_officer": (404, False, 404),
        "expert": (404, False, 404),
        "clerk": (404, False, 404),
        "auditor": (200, True, 404),
        "administrator": (404, False, 404),
        "editor": (404, False, 404),
        "moderator": (404, False, 404),
    }


def test_of_two_grids_each_cell_and_each_row_is_chosen(office: Office) -> None:
    """Li takes Wang's new row and her first cell, and keeps his own second one."""
    from tests.project.test_two_savers import Forms

    found, client = office.uploaded(62, 140), as_(office.li)
    page = f"/deliveries/{found.pk}/grid/"
    sent = Forms(client.get(page).content.decode()).forms[""]
    actions.mend(
        delivery=found.pk, details=details(), file=trainings(61, 139, 7), seen=found.version,
        by=office.wang.pk, now=found.uploaded_at,
    )  # fmt: skip
    told = client.post(page, sent | {"r1-persons": "141"})
    both = Forms(told.content.decode())
    assert both.choices["r0-persons"] == ["61", "62"]
    assert both.choices["row-2"] == ["keep", "leave"]
    assert both.forms[""]["r0-persons"] == "61"  # only she changed it
    assert "r1-persons" not in both.forms[""]  # both did
    client.post(page, both.forms[""] | {"r1-persons": "141"})
    saved = as_(office.li).get(page).content.decode()
    assert [f'name="r{at}-persons" value="{said}"' in saved for at, said in enumerate((61, 141, 7))] == [True] * 3  # fmt: skip


def test_of_what_one_sees_and_may_not_do_one_is_told_why(office: Office) -> None:
    found = office.signed()
    client = as_(office.chen)
    for method, move in (("get", "mend"), ("get", "grid"), ("post", "mend"), ("post", "withdraw")):
        answer = getattr(client, method)(f"/deliveries/{found.pk}/{move}/", {"seen": 1})
        assert answer.status_code == 403
        assert "You may not" in answer.content.decode()
    assert "您今天没有对该单位" in answer.content.decode()
    assert as_(office.li).post(f"/deliveries/{found.pk}/sign/", {"seen": 2}).status_code == 409
