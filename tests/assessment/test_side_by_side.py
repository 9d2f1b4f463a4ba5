"""Self-score, figures, points and reasons stand side by side for every item of a unit, for ever."""

from __future__ import annotations

import re
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from steelyard.assessment.models import Material, Submission
from steelyard.assessment.queries.scoring import ItemPage, page_of
from steelyard.assessment.rules.judging import Typed
from steelyard.assessment.rules.schemes.division import Duty
from steelyard.assessment.rules.states import Stage
from steelyard.files.models import Attachment, File
from steelyard.files.rules.marks import Mark
from steelyard.people import lists
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from tests.assessment.scored import Scored, plan
from tests.once import World, world_of
from tests.supply.office import account

pytestmark = pytest.mark.django_db
HERE = "/assessments/2021/side-by-side/440700/"


def a_scored_year() -> Scored:
    found = Scored()
    found.scoring()
    found.score("B2", guangzhou=plan("10"), jiangmen=plan("8", "2 没有年度计划"))
    return found


standing = world_of(a_scored_year)


@pytest.fixture
def year(standing: World[Scored]) -> Scored:
    return standing.copy()


def as_(person: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def test_every_item_has_its_self_score_points_reasons_who_and_when(year: Scored) -> None:
    page = as_(year.chen).get(HERE).text
    assert "−2 没有年度计划" in page
    assert "孙组长" in page
    assert all(f"scoring/{code}/440700/" in page for code in ("A1", "A2", "B1", "B2"))


@pytest.mark.parametrize(
    ("who", "before", "after"),
    [("chen", 200, 200), ("zhao", 200, 200), ("sun", 200, 200), ("tan", 404, 200),
     ("huang", 404, 200), ("liang", 404, 404), ("li", 404, 404)],
)  # fmt: skip
def test_the_unit_sees_it_once_all_is_frozen_and_no_other_unit_ever(
    year: Scored, who: str, before: int, after: int
) -> None:
    client = as_(getattr(year, who))
    assert client.get(HERE).status_code == before
    year.assessment.stage = Stage.FROZEN
    year.assessment.save()
    assert client.get(HERE).status_code == after


def test_on_a_telephone_one_item_of_a_unit_is_cards_whose_cells_say_whose_they_are(
    year: Scored,
) -> None:
    table = as_(year.chen).get("/assessments/2021/scoring/B2/440700/").text.split("<tbody>")[1]
    cells = re.findall("<td[^>]*>", table.split("</tbody>")[0])
    whose = ["The unit", "Figures that count", "The scoring body"]
    assert cells == [f'<td data-label="{one}">' for one in whose] * (len(cells) // 3)


def test_no_more_items_are_worked_out_than_a_page_shows(
    year: Scored, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of each its points depend on all units: of a long table, a page that worked out all would be slow."""
    worked_out = []

    def noted(assessment: object, version: object, duty: Duty, *told: object) -> ItemPage:
        worked_out.append(duty.item.code)
        return page_of(assessment, version, duty, *told)

    monkeypatch.setattr("steelyard.assessment.queries.scoring.side_by_side.page_of", noted)
    by_three = partial(lists.page_of, size=3)
    monkeypatch.setattr("steelyard.assessment.views.scoring.side_by_side.page_of", by_three)
    assert "scoring/B1/440700/" in as_(year.chen).get(HERE).text
    assert worked_out == ["A1", "A2", "B1"]
    assert "scoring/B2/440700/" in as_(year.chen).get(f"{HERE}?page=2").text
    assert worked_out == ["A1", "A2", "B1", "B2"]


def test_a_body_sees_the_items_that_it_scores_alone(year: Scored) -> None:
    page = as_(year.gu).get(HERE).text
    assert "scoring/A2/440700/" in page
    assert "scoring/B2/440700/" not in page


def test_it_is_reached_from_the_unit_s_own_pages_and_from_the_item(year: Scored) -> None:
    year.assessment.stage = Stage.FROZEN
    year.assessment.save()
    auditor = account("审计员", office=(Role.AUDITOR, year.province))
    own = Submission.objects.get(assessment=year.assessment, unit=year.jiangmen)
    for who, at in (
        (year.tan, f"/assessments/2021/submissions/{own.pk}/"),
        (year.tan, "/assessments/2021/scoring/B2/440700/"),
        (auditor, "/assessments/2021/scoring/B2/440700/"),
    ):
        assert HERE in as_(who).get(at).text, (who, at)


def test_the_page_asks_as_much_for_one_item_as_for_all(year: Scored) -> None:
    """But for the supplied figures, how they were settled and the material, of which the one item of the panel has none."""
    asked = []
    for person in (year.gu, year.sun):
        client = as_(person)
        client.get(HERE)
        with CaptureQueriesContext(connection) as counted:
            client.get(HERE)
        apart = (
        "assessment_figure", "assessment_sheet", "assessment_difference", "assessment_materialuse",
    )  # fmt: skip
        asked.append([one for one in counted if not any(table in one["sql"] for table in apart)])
    assert len(asked[0]) == len(asked[1])


@pytest.mark.parametrize(
    ("language", "goes", "sum_"),
    [("zh-hans", "不适用：30分归入B2，按其得分率折算", "各项得分直接相加不等于总分"),
     ("en", "not applicable: its 30 points go to B2, in proportion to what they get",
      "added up, are not the total")],
)  # fmt: skip
def test_where_the_points_of_an_item_go_that_does_not_apply(
    year: Scored, language: str, goes: str, sum_: str
) -> None:
    client = as_(year.chen)
    headers = {"accept-language": language}
    assert sum_ not in client.get(HERE, headers=headers).text
    year.score("B1", jiangmen=Typed(status="not_applicable", reason="没有培训任务"))
    page = client.get(HERE, headers=headers).text
    assert (goes in page, sum_ in page) == (True, True)
    assert goes in client.get("/assessments/2021/scoring/B1/440700/", headers=headers).text


def test_a_file_is_linked_for_those_alone_who_may_fetch_it(year: Scored) -> None:
    """The city's own office reads the page of its city, and not what hangs in the city's submission."""
    File.objects.update(mark=Mark.CONFIDENTIAL)
    file = File.objects.get().pk
    Attachment.objects.create(
        file_id=file, table_name=Material._meta.db_table, row_id=Material.objects.get().pk,
        purpose="material",
    )  # fmt: skip
    year.assessment.stage = Stage.FROZEN
    year.assessment.save()
    office = account("市考核办", office=(Role.ASSESSING_OFFICE, year.jiangmen))
    for who in (office, year.tan, year.sun):
        page = as_(who).get("/assessments/2021/scoring/B2/440700/")
        may = as_(who).get(f"/files/{file}/").status_code == 200
        assert (page.status_code, "工作方案" in page.text) == (200, True)
        assert (f"/files/{file}/" in page.text) == may, who
    assert as_(office).get(f"/files/{file}/").status_code == 404
