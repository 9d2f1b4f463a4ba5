"""The pages of differences: found, settled one after the other, exported; a unit sees its own."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from steelyard.assessment.models import Difference
from steelyard.assessment.rules.states import Stage
from steelyard.people.models import Account
from tests.assessment.reported import comparing
from tests.assessment.year import Year
from tests.once import World, world_of

pytestmark = pytest.mark.django_db

ALL = "/assessments/2021/differences/"


def a_comparison() -> Year:
    found = comparing(Year())
    Difference.objects.create(
        assessment=found.assessment, unit=found.guangzhou, input_code="trained", reported="210",
        supplied="198",
    )  # fmt: skip
    return found


standing = world_of(a_comparison)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    return standing.copy()


def as_(account: Account, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    return client


def text(page) -> str:
    return page.content.decode()


def at(year: Year, unit) -> str:
    return f"{ALL}{Difference.objects.get(unit=unit).pk}/"


def settling(year: Year, unit, **more: str) -> dict[str, str]:
    seen = Difference.objects.get(unit=unit).version
    return {"taken": "supplied", "value": "", "reason": "台账只支持85%", "seen": str(seen)} | more


def test_the_office_settles_one_and_is_led_to_the_next(year: Year) -> None:
    client = as_(year.chen)
    page = text(client.get(ALL))
    assert "2 differences are open" in page
    assert "-12" not in page
    first = at(year, year.jiangmen)
    page = text(client.get(first))
    assert "autofocus" in page
    assert "见台账" in page
    answer = client.post(first, settling(year, year.jiangmen))
    assert answer.url == at(year, year.guangzhou)
    assert "台账只支持85%" in text(client.get(answer.url))
    answer = client.post(
        answer.url, settling(year, year.guangzhou, taken="other", value="200", reason="核实名单")
    )
    assert answer.url == ALL
    found = Difference.objects.get(unit=year.guangzhou)
    assert (found.value, found.reason) == ("200", "核实名单")


def test_what_is_missing_is_said_at_its_field(year: Year) -> None:
    client = as_(year.chen)
    answer = client.post(at(year, year.jiangmen), settling(year, year.jiangmen, reason=""))
    assert answer.status_code == 422
    answer = client.post(
        at(year, year.jiangmen), settling(year, year.jiangmen, taken="other", value="190%")
    )
    assert answer.status_code == 422
    assert "100%" in text(answer)


def test_a_settled_one_is_opened_again_with_reason(year: Year) -> None:
    client, path = as_(year.chen), at(year, year.jiangmen)
    client.post(path, settling(year, year.jiangmen))
    seen = {"seen": str(Difference.objects.get(unit=year.jiangmen).version)}
    assert client.post(f"{path}reopen/", seen).status_code == 422
    client.post(f"{path}reopen/", seen | {"reason": "又有新材料"})
    assert "又有新材料" in text(client.get(path))
    assert client.post(f"{path}reopen/", seen | {"reason": "再"}).status_code == 409


def test_the_second_of_two_is_shown_both(year: Year) -> None:
    client, path = as_(year.chen), at(year, year.jiangmen)
    stale = settling(year, year.jiangmen, taken="reported")
    as_(year.qian).post(path, settling(year, year.jiangmen))
    assert client.post(path, stale).status_code == 409


def test_a_unit_sees_its_own_outcome_and_nothing_of_others(year: Year) -> None:
    as_(year.chen).post(at(year, year.jiangmen), settling(year, year.jiangmen))
    for who in (year.tan, year.huang):
        page = text(as_(who).get(ALL))
        assert "台账只支持85%" in page
        assert "广州" not in page
        assert as_(who).get(at(year, year.guangzhou)).status_code == 404
        own = as_(who).get(at(year, year.jiangmen))
        assert "85%" in text(own)
        assert 'name="taken"' not in text(own)
        assert as_(who).post(at(year, year.jiangmen), {}).status_code == 403
        book = load_workbook(io.BytesIO(as_(who).get(f"{ALL}export/").content))
        assert [row[2].value for row in book.active.iter_rows(min_row=2)] == ["440700"]


def test_for_bodies_and_departments_there_are_no_differences(year: Year) -> None:
    for who in (year.li, year.sun, year.mo):
        assert as_(who).get(ALL).status_code == 404
        assert "differences/" not in text(as_(who).get("/assessments/2021/"))


def test_the_list_is_narrowed_and_taken_away(year: Year) -> None:
    client = as_(year.chen)
    assert text(client.get(f"{ALL}?input=trained")).count('<th scope="row">') == 1
    assert text(client.get(f"{ALL}?unit=440700")).count('<th scope="row">') == 1
    assert text(client.get(f"{ALL}?state=settled")).count('<th scope="row">') == 0
    book = load_workbook(io.BytesIO(client.get(f"{ALL}export/?input=trained").content))
    (row,) = book.active.iter_rows(min_row=2, values_only=True)
    assert row[:8] == (
        "trained", "Persons trained", "440100", "440100", "210", "198", "+12", "open",
    )  # fmt: skip


def test_while_it_is_collected_there_is_no_list() -> None:
    year = Year()
    year.at(Stage.COLLECTING)
    assert as_(year.chen).get(ALL).status_code == 404


@pytest.mark.parametrize("rows", [1, 2])
def test_the_list_asks_as_often_for_one_as_for_two(
    year: Year, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_(year.chen)
    path = f"{ALL}?input=trained" if rows == 1 else ALL
    client.get(path)
    with django_assert_num_queries(17):
        assert text(client.get(path)).count('<th scope="row">') == rows


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_is_in_one_language(year: Year, language: str) -> None:
    for path in (ALL, at(year, year.jiangmen)):
        page = text(as_(year.chen, language).get(path))
        assert ("Differences" in page) == (language == "en")
        assert ("差异核对" in page) == (language != "en")
