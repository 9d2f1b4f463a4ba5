"""A bureau delivers a table, from a sheet with faults to a snapshot that anyone can make again."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from steelyard.cli import main
from steelyard.people.models import Account
from steelyard.records.snapshot.snapshot import Snapshot as Frozen
from steelyard.supply.actions import deliveries as actions
from steelyard.supply.actions.deliveries import File
from steelyard.supply.models import Delivery, Snapshot
from tests.journeys.walking import let_in, looked_at, window
from tests.supply.office import NOW, Office, details, trainings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def payload(file: File) -> FilePayload:
    return {"name": file.name, "mimeType": "text/csv", "buffer": file.content}


@pytest.mark.parametrize("width", [1280, 390])
def test_a_bureau_delivers_a_table_and_the_office_freezes_it(
    live_server: object, tmp_path: Path, width: int
) -> None:
    office = Office()
    office.places()
    li, chen = office.li, office.chen
    with window(str(live_server), width=width) as page:
        let_in(page, li)
        uploads_a_sheet_with_a_fault(page, width)
        takes_the_coloured_sheet_away(page)
        uploads_it_mended_and_signs(page, width)
        accepts_and_freezes(page, chen, width)
        package = takes_the_cover_list_away(page)
    assert (
        Delivery.objects.filter(table_code="trainings").values_list("status", flat=True)[0]
        == "accepted"
    )
    folder = tmp_path / "cover"
    zipfile.ZipFile(io.BytesIO(package)).extractall(folder)
    assert main(["freeze", str(folder), "--period", "2021", "--out", str(tmp_path / "out")]) == 0
    assert Frozen.open(tmp_path / "out").identifier == Snapshot.objects.get().identifier


def uploads_a_sheet_with_a_fault(page: Page, width: int) -> None:
    page.goto("/deliveries/")
    looked_at(page, f"list_empty_{width}")
    page.get_by_role("link", name="报送一张表").first.click()
    looked_at(page, f"new_{width}")
    page.get_by_label("表", exact=True).select_option("trainings")
    page.get_by_label("期间").fill("2021")
    page.get_by_label("数据截止日").fill("2022-01-10")
    page.get_by_label("文件").set_input_files(payload(trainings(62, "38人")))
    page.get_by_role("button", name="校验并存为草稿").click()
    expect(page.locator("td.wrong").first).to_contain_text("38人")
    looked_at(page, f"faults_{width}")
    expect(page.get_by_role("button", name="签发", exact=True)).to_have_count(0)


def takes_the_coloured_sheet_away(page: Page) -> None:
    with page.expect_download() as download:
        page.get_by_role("link", name="下载标出错误的表格").click()
    assert download.value.suggested_filename.endswith(".xlsx")


def uploads_it_mended_and_signs(page: Page, width: int) -> None:
    page.get_by_role("link", name="重新上传").click()
    looked_at(page, f"mend_{width}")
    page.get_by_label("文件").set_input_files(payload(trainings(62, 38)))
    page.get_by_role("button", name="校验并保存").click()
    page.get_by_role("link", name="填写表格").click()
    looked_at(page, f"grid_{width}")
    page.go_back()
    page.get_by_role("link", name="与上年对比").click()
    looked_at(page, f"compare_{width}")
    page.go_back()
    sign = page.get_by_role("button", name="签发", exact=True)
    sign.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("已签发，送达考核办。")).to_be_visible()
    looked_at(page, f"signed_{width}")


def accepts_and_freezes(page: Page, chen: Account, width: int) -> None:
    let_in(page, chen)
    page.goto("/")
    page.get_by_role("link", name="待接收").click()
    page.get_by_role("link", name="退回").click()
    looked_at(page, f"return_{width}")
    page.go_back()
    page.get_by_role("button", name="接收", exact=True).click()
    expect(page.get_by_text("已接收，冻结数据快照时计入。")).to_be_visible()
    looked_at(page, f"accepted_{width}")
    page.goto("/deliveries/?sort=-rows")
    looked_at(page, f"list_{width}")
    page.goto("/snapshots/")
    looked_at(page, f"snapshots_{width}")
    page.get_by_label("期间").fill("2021")
    page.get_by_role("button", name="冻结", exact=True).click()
    expect(page.locator("#identifier")).to_contain_text("sha256:")
    looked_at(page, f"snapshot_{width}")


def takes_the_cover_list_away(page: Page) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name="下载报送清单和文件").click()
    return Path(download.value.path()).read_bytes()


def test_in_english_too_every_page_can_be_read_by_everyone(live_server: object) -> None:
    """On pages that have something on them: faults in the grid, a correction, a comparison."""
    office = Office()
    first = office.accepted(62, 140)
    mended = corrected(office, first)
    faulty = office.uploaded("38人", table="trainings", covers=("440703",))
    li = office.li
    with window(str(live_server), language="en-GB") as page:
        let_in(page, li)
        page.goto("/deliveries/")
        expect(page.get_by_role("heading", name="Deliveries")).to_be_visible()
        for path, name in (
            ("/deliveries/", "en_list"),
            (f"/deliveries/{faulty.pk}/grid/", "en_grid_faults"),
            (f"/deliveries/{faulty.pk}/", "en_faults"),
            (f"/deliveries/{mended.pk}/", "en_correction"),
            (f"/deliveries/{mended.pk}/compare/", "en_compare"),
            (f"/deliveries/{first.pk}/", "en_accepted"),
            (f"/deliveries/{first.pk}/correct/", "en_correct"),
        ):
            page.goto(path)
            looked_at(page, name)


def corrected(office: Office, first: Delivery) -> Delivery:
    return actions.correct(
        delivery=first.pk, details=details(), file=trainings(62, 104, 7), why="误计展位数",
        by=office.li.pk, now=NOW,
    )  # fmt: skip
