"""Deliveries for programs: the same rights, the same refusals, by stable codes."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from steelyard.people.models import Account
from steelyard.supply.models import Delivery
from tests.supply.office import Office, trainings

pytestmark = pytest.mark.django_db
URL = "/api/deliveries"


@pytest.fixture
def office() -> Office:
    return Office()


def as_(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def upload(client: Client, *persons: object, **changes: Any) -> Any:
    file = trainings(*persons)
    said = {
        "body": "440700-market", "table": "trainings", "period": "2021", "cut_off": "2022-01-10",
        "file": SimpleUploadedFile(file.name, file.content),
    }  # fmt: skip
    return client.post(changes.pop("url", URL), said | changes)


def post(client: Client, path: str, **said: object) -> Any:
    return client.post(f"{URL}/{path}", said, content_type="application/json")


def codes(answer: Any) -> list[str]:
    return [one["code"] for one in answer.json()["refusals"]]


def test_from_upload_to_correction(office: Office) -> None:
    li, chen = as_(office.li), as_(office.chen)
    first = upload(li, 62, 140).json()
    assert (first["status"], first["rows"], first["faults"]) == ("draft", 2, 0)
    signed = post(li, f"{first['number']}/sign", seen=first["version"]).json()
    back = post(chen, f"{first['number']}/return", seen=signed["version"], reason="缺蓬江区").json()
    mended = upload(li, 62, url=f"{URL}/{first['number']}/mend", seen=back["version"]).json()
    signed = post(li, f"{first['number']}/sign", seen=mended["version"]).json()
    accepted = post(chen, f"{first['number']}/accept", seen=signed["version"]).json()
    assert (accepted["status"], accepted["rows"]) == ("accepted", 1)
    mended = upload(li, 63, url=f"{URL}/{first['number']}/correct", why="误计").json()
    assert (mended["replaces"], mended["why"]) == (first["name"], "误计")


def test_faults_are_read_cell_by_cell(office: Office) -> None:
    found = upload(as_(office.li), 62, "38人").json()
    (fault,) = as_(office.li).get(f"{URL}/{found['number']}/faults").json()
    assert (fault["code"], fault["row"], fault["column"]) == ("not-a-number", 3, "H 参加人数")


def test_what_is_refused_says_so_by_code(office: Office) -> None:
    li = as_(office.li)
    found = upload(li, "x").json()
    path = f"{found['number']}/sign"
    assert codes(post(li, path, seen=found["version"])) == ["faults_open"]
    assert codes(post(li, path, seen=99)) == ["changed_meanwhile", "faults_open"]
    assert codes(upload(li, 1)) == ["under_way"]
    assert codes(upload(li, 1, period="20212")) == ["wrong_period"]
    assert codes(upload(li, 1, body="440700-court")) == ["unknown_body"]
    assert codes(upload(li, 1, table="nothing")) == ["unknown_table"]


def test_a_stranger_gets_404_and_nobody_401(office: Office) -> None:
    found = upload(as_(office.li), 1).json()
    for path in (f"{URL}/{found['number']}", f"{URL}/{found['number']}/faults"):
        assert as_(office.zhou).get(path).status_code == 404
        assert Client().get(path).status_code == 401
    assert as_(office.zhou).get(URL).json() == {"count": 0, "pages": 1, "deliveries": []}


def test_a_post_without_the_token_of_the_session_is_refused(office: Office) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.li)
    assert upload(client, 1).status_code == 403
    assert not Delivery.objects.exists()


def test_the_openapi_document_names_every_deed(office: Office) -> None:
    paths = as_(office.li).get("/api/openapi.json").json()["paths"]
    assert sorted(path for path in paths if "deliver" in path or "request" in path) == [
        "/api/deliveries",
        "/api/deliveries/{number}",
        "/api/deliveries/{number}/accept",
        "/api/deliveries/{number}/correct",
        "/api/deliveries/{number}/discard",
        "/api/deliveries/{number}/faults",
        "/api/deliveries/{number}/mend",
        "/api/deliveries/{number}/return",
        "/api/deliveries/{number}/sign",
        "/api/deliveries/{number}/withdraw",
        "/api/requests",
        "/api/requests/{number}",
        "/api/requests/{number}/urge",
        "/api/requests/{number}/withdraw",
    ]


def ask(client: Client, *bodies: str, **changes: object) -> Any:
    said = {
        "bodies": list(bodies) or ["440700-market"], "table": "inspections", "period": "2021",
        "cut_off": "2021-12-31", "working_days": 10, "note": "请按新口径统计",
    }  # fmt: skip
    return client.post("/api/requests", said | changes, content_type="application/json")


def test_from_asking_to_withdrawing(office: Office) -> None:
    li, chen = as_(office.li), as_(office.chen)
    (asked,) = ask(chen).json()
    assert (asked["state"], asked["standing"], asked["days_late"]) == ("open", "not_signed", 0)
    (listed,) = li.get("/api/requests?show=missing&body=440700-market").json()["requests"]
    assert (listed["number"], listed["standing"]) == (asked["number"], "not_begun")
    url = f"/api/requests/{asked['number']}"
    urged = chen.post(f"{url}/urge").json()
    assert codes(chen.post(f"{url}/urge")) == ["urged_today"]
    said = {"seen": urged["version"], "reason": "改用平台数据"}
    done = chen.post(f"{url}/withdraw", said, content_type="application/json").json()
    assert (done["state"], done["reason"]) == ("withdrawn", "改用平台数据")
    assert li.get(f"{url}").json()["standing"] == "withdrawn"


def test_what_may_not_be_asked_for_says_so_by_code(office: Office) -> None:
    assert office.li
    chen = as_(office.chen)
    assert codes(ask(chen, "elsewhere")) == ["unknown_body"]
    assert codes(ask(chen, period="20212")) == ["wrong_period"]
    assert codes(ask(chen, table="nothing", working_days=0)) == [
        "unknown_table", "days_out_of_bounds",
    ]  # fmt: skip
    assert ask(chen).status_code == 200
    assert codes(ask(chen, note="换一句话")) == ["asked_already"]
    assert codes(ask(as_(office.li))) == ["unknown_body"]


def test_a_body_reads_its_own_requests_and_not_those_of_others(office: Office) -> None:
    (asked,) = ask(as_(office.chen), "440700-market" if office.li else "").json()
    assert as_(office.zhou).get(f"/api/requests/{asked['number']}").status_code == 404
    assert as_(office.zhou).get("/api/requests").json()["requests"] == []


def test_a_missing_right_is_403_and_a_state_that_forbids_409(office: Office) -> None:
    found = office.signed(62)
    path = f"{found.pk}/withdraw"
    answer = post(as_(office.chen), path, seen=found.version)
    assert (answer.status_code, codes(answer)) == (403, ["not_allowed"])
    answer = post(as_(office.li), f"{found.pk}/sign", seen=found.version)
    assert (answer.status_code, codes(answer)) == (409, ["already_signed"])
