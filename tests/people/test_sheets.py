"""Sheets of organisations and people: all faults at once at their cells, or all of it done."""

import io
from datetime import date, timedelta
from unittest import mock

import openpyxl
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from steelyard.kernel.faults import Faulty
from steelyard.kernel.periods import Days
from steelyard.kernel.refusals import Refused
from steelyard.people import sheets
from steelyard.people.models import Account, Holding, Organisation
from steelyard.people.queries import found_accounts, found_organisations
from steelyard.people.rules.organisation_sheets import COLUMNS, KINDS
from steelyard.people.rules.roles import Role
from steelyard.people.sheet_imports import (
    import_organisations,
    import_people,
    sweep_sheets,
)
from steelyard.tables.write import csv_bytes
from steelyard.trail.models import Entry
from tests.people.builders import NOW, TODAY, Region, day, person, region, signed_in

pytestmark = pytest.mark.django_db

HEADINGS = ["代码", "中文名称", "类别", "上级机构代码", "起日"]
PEOPLE = ["用户名", "姓名", "电子邮箱", "角色", "机构代码", "起日", "止日", "代理"]


@pytest.fixture
def guangdong() -> Region:
    return region()


@pytest.fixture
def zhou(guangdong: Region) -> Account:
    return person("zhou", Role.ADMINISTRATOR, guangdong.guangzhou, "周敏")


def brought(headings: list[str], *rows: list[object]) -> sheets.Brought:
    return sheets.Brought("机构.csv", csv_bytes(headings, rows))


def faults(plan, sheet: sheets.Brought, by: Account) -> list[tuple[int | None, str, str]]:
    changes, found = plan(sheet, by.pk, NOW)
    assert not changes
    return [(fault.where.row, fault.where.column, fault.code) for fault in found]


def test_organisations_are_opened_with_those_above_them_first(
    guangdong: Region, zhou: Account
) -> None:
    sheet = brought(
        HEADINGS,
        ["440106-2", "天河二科", "部门", "440106-1", day(0)],
        ["440106-1", "天河一科", "department", "440106", day(0)],
        ["440106", "天河区", "县（市、区）", "440100", "2020-01-01"],
    )
    assert import_organisations(brought=sheet, by=zhou.pk, now=NOW) == 3
    above = {
        one.code: one.placements.get().parent.code
        for one in Organisation.objects.filter(code__startswith="440106")
    }
    assert above == {"440106": "440100", "440106-1": "440106", "440106-2": "440106-1"}


def test_a_known_organisation_is_corrected_and_columns_left_out_stay(
    guangdong: Region, zhou: Account
) -> None:
    sheet = brought(HEADINGS, ["440104", "越秀", "district", "440100", "2000-01-01"])
    (change,), _ = sheets.plan_organisations(sheet, zhou.pk, NOW)
    assert (change.verb, change.changed) == ("correct", (("name_zh", "越秀区"),))
    import_organisations(brought=sheet, by=zhou.pk, now=NOW)
    yuexiu = Organisation.objects.get(code="440104")
    assert (yuexiu.name_zh, yuexiu.name_en) == ("越秀", "Yuexiu")
    assert import_organisations(brought=sheet, by=zhou.pk, now=NOW) == 0


def test_every_fault_of_organisations_is_told_at_its_cell(guangdong: Region, zhou: Account) -> None:
    sheet = brought(
        HEADINGS,
        ["440300", "深圳", "city", "440100", "2020-01-01"],  # of another city
        ["a b", "", "街道", "440100", "soon"],
        ["x1", "甲", "city", "x2", "2020-01-01"],
        ["x2", "乙", "city", "x1", "2020-01-01"],
        ["x3", "丙", "city", "440300", "2020-01-01"],
        ["x4", "丁", "city", "", "2020-01-01"],
        ["x5", "戊", "city", "440100", "1990-01-01"],
        ["x5", "己", "city", "440100", "2020-01-01"],
        ["440104", "越秀区", "district", "440000", "2001-01-01"],
    )
    assert faults(sheets.plan_organisations, sheet, zhou) == [
        (2, "A 代码", "code_taken"),
        (3, "A 代码", "not-a-code"),
        (3, "B 中文名称", "missing"),
        (3, "C 类别", "unknown"),
        (3, "E 起日", "not-a-date"),
        (4, "D 上级机构代码", "circle"),
        (5, "D 上级机构代码", "circle"),
        (6, "D 上级机构代码", "unknown-parent"),
        (7, "D 上级机构代码", "no-parent"),
        (8, "E 起日", "outside_days_of_parent"),
        (9, "A 代码", "twice"),
        (10, "D 上级机构代码", "parent-differs"),
        (10, "E 起日", "starts-differs"),
    ]


def test_a_sheet_with_one_fault_changes_nothing(guangdong: Region, zhou: Account) -> None:
    before = Entry.objects.count()
    sheet = brought(
        HEADINGS,
        ["440106", "天河区", "district", "440100", "2020-01-01"],
        ["440107", "某区", "district", "no", "2020-01-01"],
    )
    with pytest.raises(Faulty):
        import_organisations(brought=sheet, by=zhou.pk, now=NOW)
    assert Entry.objects.count() == before


def test_people_get_an_account_and_their_roles(guangdong: Region, zhou: Account) -> None:
    person("he", Role.CLERK, guangdong.yuexiu, "何静")
    sheet = brought(
        PEOPLE,
        ["wu", "吴桐", "wu@example.org", "单位经办人", "440100", TODAY, "", ""],
        ["WU", "", "", "expert", "440104", day(1), day(9), "是"],
        ["he", "何静", "", "评审专家", "440100", TODAY, "", "否"],
        ["he", "", "", "clerk", "440104", "2000-01-01", "", ""],
    )
    changes, _ = sheets.plan_people(sheet, zhou.pk, NOW)
    assert [change.verb for change in changes] == ["open", "give", "give", "same"]
    assert import_people(brought=sheet, by=zhou.pk, now=NOW) == 3
    wu = Account.objects.get(username="wu")
    assert (wu.name, wu.email, wu.has_usable_password()) == ("吴桐", "wu@example.org", False)
    held = Holding.objects.filter(account=wu).order_by("pk").values_list("role", "stands_in")
    assert list(held) == [("city_officer", False), ("expert", True)]


def test_every_fault_of_people_is_told_at_its_cell(guangdong: Region, zhou: Account) -> None:
    person("he", Role.CLERK, guangdong.yuexiu, "何静")
    person("secret", Role.CLERK, guangdong.shenzhen, "深圳某")
    sheet = brought(
        PEOPLE,
        ["wu", "", "wu", "市长", "440100", TODAY, "", "或许"],
        ["ma", "", "", "clerk", "440300", TODAY, "", ""],
        ["secret", "深圳某", "", "clerk", "440100", TODAY, "", ""],
        ["he", "何敬", "", "expert", "440100", TODAY, "", ""],
        ["he", "", "", "clerk", "440104", TODAY, "", ""],
        ["li", "李明", "", "clerk", "440104", TODAY, TODAY, "是"],
        ["zhou", "", "", "auditor", "440100", day(-1), "", ""],
    )
    assert faults(sheets.plan_people, sheet, zhou) == [
        (2, "C 电子邮箱", "not-of-the-form"),
        (2, "D 角色", "unknown"),
        (2, "H 代理", "not-yes-or-no"),
        (2, "B 姓名", "no-name"),
        (3, "B 姓名", "no-name"),
        (3, "E 机构代码", "unknown-organisation"),
        (4, "A 用户名", "username_taken"),
        (5, "B 姓名", "name-differs"),
        (6, "F 起日", "held_already"),
        (7, "G 止日", "no_days"),
        (8, "A 用户名", "given_to_oneself"),
        (8, "F 起日", "begins_in_the_past"),
    ]


def test_what_is_exported_and_brought_again_changes_nothing(
    guangdong: Region, zhou: Account
) -> None:
    person("he", Role.CLERK, guangdong.yuexiu, "=何静")
    within = [guangdong.guangzhou.pk, guangdong.yuexiu.pk]
    top = person("top", Role.ADMINISTRATOR, guangdong.guangdong)
    for ending in ("xlsx", "csv"):
        for lang in ("zh", "en"):
            for plan, content in (
                (
                    sheets.plan_organisations,
                    sheets.export_organisations(
                        found_organisations(within, on=TODAY), ending, lang
                    ),
                ),
                (
                    sheets.plan_people,
                    sheets.export_people(found_accounts(within, on=TODAY), ending, lang),
                ),
            ):
                changes, found = plan(sheets.Brought(f"a.{ending}", content), top.pk, NOW)
                assert (found, {change.verb for change in changes}) == ([], {"same"})


def test_a_sheet_without_our_headings_says_which_are_missing(
    guangdong: Region, zhou: Account
) -> None:
    assert faults(sheets.plan_people, brought(["姓名"], ["李"]), zhou) == [
        (1, "", "no-column") for _ in range(4)
    ]


def test_kinds_are_those_of_the_table() -> None:
    assert set(KINDS) == set(Organisation.Kind.values)


def test_on_the_pages_a_sheet_is_looked_at_before_it_is_carried_out(
    guangdong: Region, zhou: Account
) -> None:
    client = signed_in(zhou)

    def bring(*rows: list[object]):
        upload = io.BytesIO(csv_bytes(HEADINGS, rows))
        upload.name = "../../机构=.csv"
        return client.post(reverse("people:organisations_bring"), {"sheet": upload}, follow=True)

    page = bring(["440106", "天河区", "district", "440300", "2020-01-01"]).content.decode()
    assert "1 fault: nothing was taken." in page
    taken = client.get(reverse("people:organisations_faults"))
    book = openpyxl.load_workbook(io.BytesIO(taken.content))
    assert book.worksheets[1]["D2"].comment is not None

    page = bring(["440106", "天河区", "district", "440100", "2020-01-01"])
    assert "1 row changes something." in page.content.decode()
    assert not Organisation.objects.filter(code="440106").exists()
    address = reverse("people:organisations_carry_out")
    client.post(address, {"seen": "something else"})
    assert not Organisation.objects.filter(code="440106").exists()
    client.post(address, {"seen": page.context["seen"]})
    assert Organisation.objects.filter(code="440106").exists()
    again = client.post(address, {"seen": page.context["seen"]})  # the same form once more
    assert (again.status_code, again.headers["Location"]) == (302, "/organisations/")


def test_a_sheet_that_is_looked_at_is_ones_own_and_kept_out_of_every_other_request(
    guangdong: Region, zhou: Account
) -> None:
    client = signed_in(zhou)
    for code in ("440106", "440107"):
        upload = io.BytesIO(csv_bytes(HEADINGS, [[code, "天河区", "district", "440100", day(0)]]))
        upload.name = f"{code}.csv"
        client.post(reverse("people:organisations_bring"), {"sheet": upload})
    look = reverse("people:organisations_look")
    page = client.get(look)
    assert "440107" in page.content.decode()
    assert "440106" not in page.content.decode(), "one at a time"
    assert len(str(dict(client.session))) < 500, "a session is read by every request"
    chief = person("chief", Role.ADMINISTRATOR, guangdong.guangdong)
    assert signed_in(chief).get(look).status_code == 404

    assert sweep_sheets(NOW + timedelta(hours=23)) == 0
    assert sweep_sheets(NOW + timedelta(hours=25)) == 1
    assert client.get(look).status_code == 404


def test_the_blank_sheet_holds_our_headings(guangdong: Region, zhou: Account) -> None:
    answer = signed_in(zhou, "zh-hans").get(reverse("people:organisations_blank"))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[1]] == [column.label.zh for column in COLUMNS]


def test_a_file_that_is_no_sheet_is_a_fault_and_no_crash(guangdong: Region, zhou: Account) -> None:
    for name, content in (
        ("a.xlsx", b"PK nonsense"),
        ("a.pdf", b"%PDF"),
        ("a.csv", b"\xff\x00\xfe"),
    ):
        changes, found = sheets.plan_people(sheets.Brought(name, content), zhou.pk, NOW)
        assert not changes
        assert found
        sheets.Brought(name, content).with_faults(found, "zh")


def test_dates_are_the_days_of_the_sheet(guangdong: Region, zhou: Account) -> None:
    sheet = brought(HEADINGS, ["440106", "天河区", "district", "440100", "2020年1月1日"])
    import_organisations(brought=sheet, by=zhou.pk, now=NOW)
    assert Organisation.objects.get(code="440106").starts == date(2020, 1, 1)


SHEETS = {
    import_organisations: lambda at: [f"x{at}", "某科", "department", "440100", day(0)],
    import_people: lambda at: [f"user{at}", "吴桐", "", "expert", "440100", TODAY, "", ""],
}


@pytest.mark.parametrize("carry_out", SHEETS, ids=lambda one: one.__name__)
def test_thousands_of_rows_are_written_by_as_many_statements_as_one(
    guangdong: Region, zhou: Account, carry_out
) -> None:
    headings = HEADINGS if carry_out is import_organisations else PEOPLE
    asked = []
    for numbers in (range(1), range(1, 301)):
        sheet = brought(headings, *map(SHEETS[carry_out], numbers))
        with CaptureQueriesContext(connection) as queries:
            assert carry_out(brought=sheet, by=zhou.pk, now=NOW) == len(numbers)
        asked.append(len(queries))
    statements = {import_organisations: 14, import_people: 17}[carry_out]
    assert asked == [statements, statements]


def test_correcting_hundreds_asks_no_more_than_correcting_one(
    guangdong: Region, zhou: Account
) -> None:
    rows = [SHEETS[import_organisations](at) for at in range(300)]
    import_organisations(brought=brought(HEADINGS, *rows), by=zhou.pk, now=NOW)
    asked = []
    for corrected in (rows[:1], rows[1:]):
        sheet = brought(HEADINGS, *([code, "某局", *rest] for code, _name, *rest in corrected))
        with CaptureQueriesContext(connection) as queries:
            assert import_organisations(brought=sheet, by=zhou.pk, now=NOW) == len(corrected)
        asked.append(len(queries))
    assert asked == [14, 14]
    assert set(Organisation.objects.filter(code__startswith="x").values_list("name_zh")) == {
        ("某局",)
    }


def test_a_long_sheet_of_people_is_not_compared_all_with_all(
    guangdong: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    met: list[int] = []
    both = Days.both
    monkeypatch.setattr(Days, "both", lambda self, other: met.append(1) or both(self, other))
    rows = [SHEETS[import_people](at) for at in range(1000)]
    changes, _ = sheets.plan_people(brought(PEOPLE, *rows), None, NOW)
    assert len(changes) == 1000
    assert len(met) < 5000


def test_a_user_name_taken_at_this_moment_is_refused(guangdong: Region, zhou: Account) -> None:
    sheet = brought(PEOPLE, SHEETS[import_people](1))
    known = sheets.known_people(zhou.pk, NOW)
    Account.objects.create(username="user1")
    with (
        mock.patch("steelyard.people.sheet_imports.known_people", return_value=known),
        pytest.raises(Refused, match="changed_meanwhile"),
        transaction.atomic(),
    ):
        import_people(brought=sheet, by=zhou.pk, now=NOW)
    assert not Holding.objects.filter(account__username="user1").exists()


def book_of(*rows: list[object]) -> sheets.Brought:
    book, target = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(target)
    return sheets.Brought("机构.xlsx", target.getvalue())


def test_a_formula_without_its_result_hides_no_other_fault_of_people(
    guangdong: Region, zhou: Account
) -> None:
    sheet = book_of(
        PEOPLE,
        ["wu", "=B9", "wu", "市长", "440100", TODAY, None, None],
        ["=A2", "何静", None, "clerk", "440104", TODAY, "#N/A", None],
        ["li", "李明", None, "clerk", "999999", "soon", None, None],
    )
    assert faults(sheets.plan_people, sheet, zhou) == [
        (2, "B 姓名", "formula-without-value"),
        (2, "C 电子邮箱", "not-of-the-form"),
        (2, "D 角色", "unknown"),
        (3, "A 用户名", "formula-without-value"),
        (3, "G 止日", "error-value"),
        (4, "F 起日", "not-a-date"),
        (4, "E 机构代码", "unknown-organisation"),
    ]


def test_a_formula_without_its_result_hides_no_other_fault_of_organisations(
    guangdong: Region, zhou: Account
) -> None:
    sheet = book_of(
        [*HEADINGS, "自用"],
        ["=A1", "甲", "街道", "440100", "2020-01-01", "=A2"],
        ["x1", "=B1", "city", "999999", "soon", None],
    )
    assert faults(sheets.plan_organisations, sheet, zhou) == [
        (2, "A 代码", "formula-without-value"),
        (2, "C 类别", "unknown"),
        (3, "B 中文名称", "formula-without-value"),
        (3, "E 起日", "not-a-date"),
        (3, "D 上级机构代码", "unknown-parent"),
    ]
