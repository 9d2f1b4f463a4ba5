"""The pages of supplied figures: the body fills in and signs, the office sees who is late and urges."""

from __future__ import annotations

import io
import tomllib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from steelyard.assessment.models import Sheet
from steelyard.assessment.rules.states import SheetState, Stage
from steelyard.notices.models import Deadline, Notice
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from steelyard.trail.models import Entry
from tests.assessment.reported import supplied, the_sheet
from tests.assessment.year import SCHEME, Year
from tests.once import World, world_of
from tests.supply.office import account

pytestmark = pytest.mark.django_db

ALL = "/assessments/2021/sheets/"


def a_year() -> Year:
    found = Year()
    _ = found.li
    found.at(Stage.COLLECTING)
    return found


standing = world_of(a_year)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    return standing.copy()


def as_(account: Account, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    return client


def one(extra: str = "") -> str:
    return f"{ALL}{the_sheet().pk}/{extra}"


def filled(**more: str) -> dict[str, str]:
    return {"v-440100": "92.3%", "n-440100": "全年", "v-440700": "", "s-440700": "missing",
            "n-440700": "未统计", "seen": str(the_sheet().version)} | more  # fmt: skip


def text(page) -> str:
    return page.content.decode()


def test_the_body_fills_its_sheet_in_and_signs_it(year: Year) -> None:
    client = as_(year.li)
    page = client.get(one())
    assert 'name="v-440700"' in text(page)
    client.post(one(), filled())
    assert the_sheet().draft["440100"] == {"value": "92.3%", "note": "全年"}
    answer = client.post(one(), filled(sign="1"), follow=True)
    assert "Signed. It counts from now on." in text(answer)
    assert "92.3%" in text(answer)
    assert the_sheet().state == SheetState.SIGNED


@pytest.mark.parametrize(
    ("language", "asked", "rule"),
    [
        ("zh-hans", "比例，写成85.5%或0.855；0%—100%", "A1 按期办结："),
        ("en", "a share, as 85.5% or 0.855; 0%–100%", "A1 Closed in time: "),
    ],
)
def test_the_sheet_says_what_is_asked_and_by_which_rule_it_counts(
    year: Year, language: str, asked: str, rule: str
) -> None:
    client = as_(year.li, language)
    page = text(client.get(one()))
    assert (
        page.count(asked) == 4
    )  # among the facts, at the head of the column, on a telephone at each cell
    assert rule in page
    assert "40" in page[page.index(rule) : page.index("</div>", page.index(rule))]
    assert asked in text(client.get(one("bring/")))
    book = load_workbook(io.BytesIO(client.get(one("file/")).content))
    written = [[str(cell or "") for cell in row] for row in book.active.values]
    assert all(asked in row for row in written[1:])
    assert written[1][-1].startswith(rule)


def test_a_wrong_cell_is_marked_and_what_was_typed_stays(year: Year) -> None:
    answer = as_(year.li).post(one(), filled(**{"v-440700": "many", "sign": "1"}))
    assert answer.status_code == 422
    assert 'value="many"' in text(answer)
    assert 'aria-describedby="asked f-440700"' in text(answer)
    assert the_sheet().state == SheetState.OPEN


def test_blank_cells_are_signed_only_with_how_and_why_all_named_at_their_cells(year: Year) -> None:
    bare = {"v-440100": "", "n-440100": "全年", "s-440700": "missing", "n-440700": ""}
    answer = as_(year.li).post(one(), filled(**bare, sign="1"))
    assert answer.status_code == 422
    for unit in ("440100", "440700"):
        assert f'aria-describedby="asked f-{unit}"' in text(answer)
    assert text(answer).count("has no figure, and no reason for that") == 2
    assert the_sheet().state == SheetState.OPEN
    assert as_(year.li).post(one(), filled(**bare)).status_code == 302  # a draft may be unfinished
    signed = as_(year.li).post(one(), filled(sign="1"), follow=True)
    assert the_sheet().state == SheetState.SIGNED
    assert "未统计" in text(signed)


def test_a_signed_sheet_with_a_missing_figure_can_be_urged(year: Year) -> None:
    as_(year.li).post(one(), filled(sign="1"))
    assert "urge/" in text(as_(year.chen).get(one()))
    assert as_(year.chen).post(one("urge/")).status_code == 302
    assert Notice.objects.filter(account=year.li, kind="request_urged").count() == 1


def test_nobody_else_sees_the_draft(year: Year) -> None:
    as_(year.li).post(one(), filled(**{"n-440100": "内部口径"}))
    page = as_(year.chen).get(one())
    assert page.status_code == 200
    assert "内部口径" not in text(page)
    assert "92.3" not in text(page)
    book = load_workbook(io.BytesIO(as_(year.chen).get(one("file/")).content))
    assert [cell.value for cell in book.active["D"]][1:] == [None, None]


def test_who_it_does_not_concern_finds_no_sheet_and_who_sees_may_not_fill(year: Year) -> None:
    for who in (year.tan, year.sun, year.gu):
        assert as_(who).get(one()).status_code == 404
    for post in ("", "bring/", "correct/"):
        assert as_(year.chen).post(one(post), filled()).status_code == 403
    assert as_(year.li).post(one("urge/")).status_code == 403


def test_the_second_of_two_sees_both_drafts(year: Year) -> None:
    seen = the_sheet().version
    as_(year.li).post(one(), filled())
    answer = as_(year.li).post(one(), filled(**{"v-440100": "91%", "seen": str(seen)}))
    assert answer.status_code == 409
    assert "92.3%" in text(answer)
    assert "91%" in text(answer)
    mine = {"v-440100": "91%", "v-440700": "", "n-440100": "全年", "n-440700": ""}
    as_(year.li).post(one(), mine | {"seen": str(the_sheet().version)})
    assert the_sheet().draft["440100"]["value"] == "91%"


def test_a_sheet_goes_out_and_comes_back_and_faults_stand_at_their_cells(year: Year) -> None:
    client = as_(year.li)
    client.post(one(), filled())
    book = load_workbook(io.BytesIO(client.get(one("file/")).content))
    page = book.active
    assert [page[2][at].value for at in (3, 5, 6, 7)] == ["92.3%", None, "全年", "2021"]
    assert [page[3][at].value for at in (3, 5, 6, 7)] == [None, "missing", "未统计", "2021"]
    blank = load_workbook(io.BytesIO(client.get(one("file/?blank=1")).content)).active
    assert [blank[2][at].value for at in (3, 5, 6, 7)] == [None, None, None, "2021"]
    assert client.get(one("file/?as=csv")).headers["Content-Type"].startswith("text/csv")

    page["D3"], page["F3"] = 1.7, None
    answer = client.post(one("bring/"), bringing(book))
    assert answer.status_code == 422
    assert "D figure" in text(answer)
    assert the_sheet().draft["440100"]["value"] == "92.3%"
    coloured = load_workbook(io.BytesIO(client.get(one("bring/faults/")).content))
    assert len(coloured.sheetnames) >= 1

    page["D3"], page["F3"] = 0.5, None
    client.post(one("bring/"), bringing(book))
    assert the_sheet().draft["440700"]["value"] == "0.5"
    assert client.get(one("bring/faults/")).status_code == 404


def bringing(book) -> dict[str, object]:
    target = io.BytesIO()
    book.save(target)
    return {
        "sheet": SimpleUploadedFile("a.xlsx", target.getvalue()),
        "seen": str(the_sheet().version),
    }


def test_a_correction_says_why_and_both_versions_stand_side_by_side(year: Year) -> None:
    supplied(year, "0.9", "0.8")
    client = as_(year.li)
    answer = client.post(one("correct/"), {"reason": " ", "seen": str(the_sheet().version)})
    assert answer.status_code == 422
    client.post(one("correct/"), {"reason": "漏计3件", "seen": str(the_sheet().version)})
    assert "漏计3件" in text(as_(year.chen).get(one()))
    client.post(
        one(), filled(**{"v-440100": "91%", "v-440700": "80%", "s-440700": "", "sign": "1"})
    )
    page = text(as_(year.chen).get(one()))
    assert "91%" in page
    assert "90%" in page
    assert page.count("tag-warn") == 1
    assert "91%" not in text(as_(year.chen).get(one("?version=1")))


def test_a_correction_is_taken_back_on_a_page_that_says_what_is_dropped(year: Year) -> None:
    supplied(year, "0.9", "0.8")
    client = as_(year.li)
    assert "take-back/" not in text(client.get(one()))
    client.post(one("correct/"), {"reason": "误点", "seen": str(the_sheet().version)})
    assert "take-back/" in text(client.get(one()))
    assert "take-back/" not in text(as_(year.chen).get(one()))
    assert "is dropped" not in text(client.get(one("take-back/")))
    client.post(one(), filled(**{"v-440700": "85%", "s-440700": ""}))
    assert "is dropped" in text(client.get(one("take-back/")))
    answer = client.post(one("take-back/"), {"seen": str(the_sheet().version)}, follow=True)
    assert "Taken back. The last signed version counts." in text(answer)
    assert the_sheet().state == SheetState.SIGNED
    assert client.post(one("take-back/"), {"seen": str(the_sheet().version)}).status_code == 409
    assert as_(year.chen).post(one("take-back/"), {"seen": "1"}).status_code == 403


def test_the_office_sees_what_is_late_and_urges_once_a_day(year: Year) -> None:
    Deadline.objects.filter(area="assessment", task="supply").update(due=year.today + timedelta(30))
    client = as_(year.chen)
    assert "Missing, overdue: <strong>0</strong>" in text(client.get(ALL))
    answer = client.post(one("urge/"), follow=True)
    assert "Urged." in text(answer)
    assert 'aria-label="Urge' not in text(answer)
    assert client.post(one("urge/")).status_code == 409
    assert text(client.get(f"{ALL}?show=missing")).count('<th scope="row">') == 0
    assert text(client.get(f"{ALL}?show=open")).count('<th scope="row">') == 1


@pytest.mark.parametrize("rows", [1, 4])
def test_the_list_asks_as_often_for_one_sheet_as_for_four(
    year: Year, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for code in ("trained", "plan_points", "file_points")[: rows - 1]:
        Sheet.objects.create(assessment=year.assessment, body=year.market, input_code=code)
    client = as_(year.chen)
    client.get(ALL)
    with django_assert_num_queries(11):
        assert text(client.get(ALL)).count('<th scope="row">') == rows


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_is_in_one_language(year: Year, language: str) -> None:
    supplied(year, "0.9", "0.8")
    for who in (year.li, year.chen):
        for path in (ALL, one(), "/assessments/2021/"):
            page = as_(who, language).get(path)
            assert page.status_code == 200
            assert ("Supplied figures" in text(page)) == (language == "en")
            assert ("数据报送" in text(page)) == (language != "en")


def test_the_list_of_sheets_is_there_for_the_office_and_bodies_that_supply_alone(
    year: Year,
) -> None:
    """A department or a city reads no page that says nothing to it."""
    answers = {
        who: as_(getattr(year, who)).get(ALL).status_code
        for who in ("chen", "zhao", "li", "mo", "tan", "huang", "gu")
    }
    assert answers == {"chen": 200, "zhao": 200, "li": 200, "mo": 404, "tan": 404, "huang": 404, "gu": 404}  # fmt: skip


# --- all that are awaited are urged by one button -------------------------------------------------

URGE_ALL = "/assessments/2021/urge-sheets/"


MORE = """
[[inputs]]
code = "{code}"
title = {{ zh = "{code}", en = "{code}" }}
type = "share"
supplying_body = "{body}"

[[items]]
code = "{code}"
kind = "bonus"
title = {{ zh = "{code}", en = "{code}" }}
points = 1
scoring_body = "team"
rule = {{ points = "1 * {code}" }}
"""


def owing_several() -> Year:
    """Two sheets more of the same body, and one of another."""
    more = (("second", "market"), ("third", "market"), ("fourth", "team"))
    added = [MORE.format(code=code, body=body) for code, body in more]
    year = Year(document=tomllib.loads("\n".join([SCHEME.read_text("utf-8"), *added])))
    _ = year.li
    year.at(Stage.COLLECTING)
    return year


def urged() -> list[Notice]:
    return list(Notice.objects.filter(kind="request_urged").order_by("account"))


def test_one_button_urges_all_sheets_that_are_awaited_and_tells_each_body_once() -> None:
    year = owing_several()
    wu = account("吴科长", body=(Role.SUPPLYING_BODY, year.team))
    assert URGE_ALL in as_(year.chen).get(ALL).text
    said = as_(year.chen).post(URGE_ALL, follow=True).text
    assert "4 sheets were urged." in said
    assert "urged today" in said
    assert URGE_ALL not in said
    assert 'aria-label="Urge' not in said
    of_several, of_one = sorted(urged(), key=lambda one: one.path)
    assert (of_several.account, of_several.path) == (year.li, ALL)
    assert "3张数据表" in of_several.words["what"]["zh"]
    assert of_several.words["due"]["zh"] == str(Deadline.objects.filter(task="supply").first().due)
    assert of_one.account == wu
    assert of_one.path.startswith(f"{ALL}{Sheet.objects.get(body=year.team).pk}")


def test_what_was_urged_today_or_is_signed_is_not_urged_with_the_others() -> None:
    year = owing_several()
    client = as_(year.chen)
    client.post(one("urge/"))
    Sheet.objects.filter(input_code="second").update(state=SheetState.SIGNED)
    assert "2 sheets were urged." in client.post(URGE_ALL, follow=True).text
    assert [one.urged_on for one in Sheet.objects.exclude(input_code="second")] == [year.today] * 3
    assert Sheet.objects.get(input_code="second").urged_on is None
    again = as_(year.chen, "zh-hans").post(URGE_ALL)
    assert again.status_code == 409
    assert "今天已经催办过" in again.text
    assert Entry.objects.filter(action="urge_sheets", actor=year.chen.pk).exists()


def test_a_sheet_that_the_scheme_no_longer_wants_is_not_urged(year: Year) -> None:
    Sheet.objects.create(assessment=year.assessment, body=year.market, input_code="trained")
    assert "1 sheet was urged." in as_(year.chen).post(URGE_ALL, follow=True).text
    assert Sheet.objects.get(input_code="trained").urged_on is None


def test_no_sheet_is_urged_where_none_is_awaited(year: Year) -> None:
    supplied(year, "0.9", "0.8")
    assert URGE_ALL not in as_(year.chen).get(ALL).text
    answer = as_(year.chen).post(URGE_ALL)
    assert answer.status_code == 409
    assert "no sheet of figures is awaited" in answer.text


@pytest.mark.parametrize("who", ["zhao", "li", "tan"])
def test_only_the_office_urges_all(year: Year, who: str) -> None:
    assert URGE_ALL not in as_(getattr(year, who)).get(ALL).text
    assert as_(getattr(year, who)).post(URGE_ALL).status_code == 403
    assert urged() == []


def test_no_sheet_is_urged_before_the_collection() -> None:
    year = Year()
    year.at(Stage.ISSUED)
    answer = as_(year.chen).post(URGE_ALL)
    assert answer.status_code == 409
    assert "takes no sheets now" in answer.text


def test_a_program_urges_all(year: Year) -> None:
    address = "/api/assessments/2021/urge-sheets"
    assert as_(year.li).post(address).status_code == 403
    assert as_(year.chen).post(address).json() == {"sheets": 1}
    answer = as_(year.chen).post(address)
    assert answer.status_code == 409
    assert [one["code"] for one in answer.json()["refusals"]] == ["urged_today"]
