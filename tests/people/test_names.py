"""A letter that nobody sees stands in no name: one rule for forms, sheets, uploads and the API."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from steelyard.files.models import File
from steelyard.kernel.names import unseen_letters
from steelyard.people import sheets
from steelyard.people.models import Account, Organisation
from steelyard.people.rules.roles import Role
from steelyard.supply.models import Delivery
from tests.people.builders import NOW, TODAY, Region, person, region, signed_in

pytestmark = pytest.mark.django_db

UNSEEN = ("\u202e", "\u2066", "\u200b", "\u200f", "\u2028", "\u00ad", "\u3164", "\U000e0041")


@pytest.fixture
def guangdong(settings: Any, tmp_path: Path) -> Region:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    return region()


@pytest.mark.parametrize(
    "name", ["李明", "欧阳·阿依古丽", "𬭎𫖯", "O’Neill-Żółć", "二〇二五年（样本）.xlsx"]
)
def test_names_of_people_and_files_may_be_written_as_they_are(name: str) -> None:
    assert unseen_letters(name) == ()


@pytest.mark.parametrize("letter", UNSEEN)
def test_no_form_takes_one_and_each_says_which(letter: str, guangdong: Region) -> None:
    client = signed_in(person("boss", Role.ADMINISTRATOR, guangdong.guangdong))
    clerk = person("he", Role.CLERK, guangdong.yuexiu, "何静")
    yuexiu, bad = guangdong.yuexiu, f"名{letter}称"
    named = {"name_zh": bad, "name_en": f"a{letter}b", "kind": "district", "place": ""}
    days = {"starts": TODAY.isoformat()}
    forms = [
        ("/organisations/new/", named | days | {"code": "x", "parent": yuexiu.pk}, {"name_zh", "name_en"}),
        (f"/organisations/{yuexiu.pk}/correct/", named | {"version": 1}, {"name_zh", "name_en"}),
        ("/accounts/new/", days | {"username": "wu", "name": bad, "role": "clerk", "organisation": yuexiu.pk}, {"name"}),
        (f"/accounts/{clerk.pk}/correct/", {"name": bad, "email": "", "version": 1}, {"name"}),
    ]  # fmt: skip
    for address, told, fields in forms:
        errors = client.post(address, told).context["form"].errors
        assert set(errors) == fields, address
        assert f"U+{ord(letter):04X}" in str(errors)
    assert not Organisation.objects.filter(name_zh=bad).exists()
    assert not Account.objects.filter(name=bad).exists()


def test_a_sheet_is_told_at_the_cell_with_all_else_that_is_wrong_with_its_row(
    guangdong: Region,
) -> None:
    boss = person("boss", Role.ADMINISTRATOR, guangdong.guangdong)
    lines = [
        "用户名,姓名,电子邮箱,角色,机构代码,起日",
        f"wu,吴\u202e敏,wu,评审专家,430000,{TODAY}",
        "ma,马力,ma@example.org,评审专家,440104,2020-01-01",
    ]
    brought = sheets.Brought("people.csv", "\n".join(lines).encode())
    _changes, faults = sheets.plan_people(brought, boss.pk, NOW)
    assert [(one.where.row or one.where.line, one.code) for one in faults] == [
        (2, "unseen_letters"), (2, "not-of-the-form"), (2, "unknown-organisation"),
        (3, "begins_in_the_past"),
    ]  # fmt: skip


@pytest.mark.parametrize("letter", UNSEEN)
def test_no_file_comes_in_under_such_a_name(letter: str, guangdong: Region) -> None:
    client = signed_in(person("wu", Role.SUPPLYING_BODY, guangdong.yuexiu))

    def upload() -> SimpleUploadedFile:
        found = SimpleUploadedFile("x", b"a,b\n1,2\n")
        found._name = f"报表{letter}vsc.csv"  # as it travels; Django would take the letter out
        return found

    told = {"organisation": guangdong.yuexiu.pk, "mark": "internal", "content": upload()}
    assert "content" in client.post("/files/send/", told).context["form"].errors
    answer = client.post("/api/files", {"organisation": "440104", "file": upload()})
    assert [one["code"] for one in answer.json()["refusals"]] == ["unseen_letters"]
    told = {"body": "440104", "table": "trainings", "period": "2021", "cut_off": "2022-01-10"}
    answer = client.post("/api/deliveries", told | {"file": upload()})
    assert [one["code"] for one in answer.json()["refusals"]] == ["unseen_letters"]
    assert (File.objects.count(), Delivery.objects.count()) == (0, 0)


def test_a_sheet_that_is_far_too_wide_says_so_in_a_few_lines(guangdong: Region) -> None:
    boss = person("boss", Role.ADMINISTRATOR, guangdong.guangdong)
    for heading in ("", "x"):
        wide = f"用户名{f',{heading}' * 3000}\nwu{',1' * 3000}\n"
        _changes, faults = sheets.plan_people(sheets.Brought("a.csv", wide.encode()), boss.pk, NOW)
        assert len(faults) <= 14  # with the three columns that are missing
        assert any(many in one.what.zh for one in faults for many in ("2989", "2990"))


def test_many_faults_of_one_kind_do_not_hide_the_others_on_the_page(guangdong: Region) -> None:
    client = signed_in(person("boss", Role.ADMINISTRATOR, guangdong.guangdong))
    rows = [f"u{at},吴敏,wu,评审专家,440104,{TODAY}" for at in range(400)]
    sheet = "\n".join(
        ["用户名,姓名,电子邮箱,角色,机构代码,起日", *rows, f"ma,马力,,市长,440104,{TODAY}"]
    )
    client.post("/accounts/sheet/", {"sheet": SimpleUploadedFile("a.csv", sheet.encode())})
    shown = client.get("/accounts/sheet/look/").context["faults"]
    assert [one.code for one in shown[:30]] == ["not-of-the-form"] * 30
    assert [one.code for one in shown[30:]] == ["unknown", "not-of-the-form"]
    assert "370" in shown[-1].what.zh
