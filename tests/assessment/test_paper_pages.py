"""The pages of papers and templates, as each person sees them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from steelyard.assessment.models import PaperTemplate
from steelyard.assessment.queries.papers.seen import WHOLE
from steelyard.assessment.rules.papers.defaults import default_template
from steelyard.assessment.rules.papers.kinds import Design, Format, PaperKind
from steelyard.assessment.rules.states import Stage
from steelyard.people.rules.roles import Role
from tests.assessment.papers import ALL, Papered, address, client, template, word, words_of
from tests.once import World, world_of
from tests.supply.office import account

pytestmark = pytest.mark.django_db

NOTICE = Design(PaperKind.NOTICE, "zh", Format.WORD)
VISIT = Design(PaperKind.VISIT, "en", Format.EXCEL)
OFFICE_ONLY = (
    f"{ALL}templates/", template(NOTICE), f"{template(NOTICE)}preview/", f"{template(NOTICE)}0/",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)


def with_papers() -> Papered:
    found = Papered()
    found.with_papers()
    return found


def at_collection() -> Papered:
    found = Papered()
    found.at(Stage.COLLECTING)
    return found


standing = world_of(with_papers)
collecting = world_of(at_collection)


@pytest.fixture
def year(standing: World[Papered]) -> Papered:
    return standing.copy()


@pytest.fixture
def early(collecting: World[Papered]) -> Papered:
    return collecting.copy()


def file(text: str, name: str = "mine.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, word(text))


def test_each_person_takes_away_what_the_page_offers_and_others_find_nothing(year: Papered) -> None:
    forged, visit = year.forged().pk, year.visit().pk
    papers = {
        address("notice", WHOLE): {"chen", "zhao", "tan", "li", "sun", "gu", "liang"},
        address("unit_items", "440700", "en", "excel"): {"chen", "zhao", "tan"},
        address("item_units", "B2"): {"chen", "zhao", "sun"},
        address("item_units", "A2"): {"chen", "zhao", "gu"},
        address("differences", "440700"): {"chen", "zhao", "tan"},
        address("supplied", "market"): {"chen", "zhao"},
        address("visit", visit, "zh", "excel"): {"chen", "zhao"},
        address("forgery", forged): {"chen", "zhao", "tan", "sun"},
    }
    for name in ("chen", "zhao", "tan", "li", "sun", "gu", "liang"):
        asked = client(getattr(year, name))
        page = asked.get(ALL).content.decode()
        for paper, theirs in papers.items():
            assert (paper in page) == (name in theirs), (name, paper)
            assert asked.get(paper).status_code == (200 if name in theirs else 404), (name, paper)


def test_what_there_is_not_is_not_found(early: Papered) -> None:
    asked = client(early.chen)
    for paper in (
        address("notice", "other"), address("notice", WHOLE, "fr"), address("nothing", WHOLE),
        address("notice", WHOLE, "zh", "excel"), address("visit", "1"), address("forgery", "x"),
        f"{template(NOTICE)}7/", f"{ALL}templates/notice/zh/excel/",
    ):  # fmt: skip
        assert asked.get(paper).status_code == 404


def test_the_templates_are_for_who_runs_the_assessment(early: Papered) -> None:
    auditor = account("审计", held=(Role.AUDITOR, early.province))
    for page in OFFICE_ONLY:
        assert client(early.chen).get(page).status_code == 200
        for who in (early.zhao, early.tan, early.sun, early.li, auditor):
            assert client(who).get(page).status_code == 403
            assert client(who).get(ALL).status_code == 200
    assert (
        client(early.tan).post(template(NOTICE), {"template": file("x"), "seen": 0}).status_code
        == 403
    )
    assert client(early.tan).post(f"{template(NOTICE)}default/", {"seen": 0}).status_code == 403


def test_another_template_is_put_there_and_the_page_names_its_version(early: Papered) -> None:
    asked, told = client(early.chen), {"note": "我办用语", "seen": 0}
    answer = asked.post(template(NOTICE), {**told, "template": file("新的{{ assessment }}")})
    assert answer.status_code == 302
    page = asked.get(template(NOTICE)).content.decode()
    assert "version 1 in use" in page
    assert "我办用语" in page
    assert "mine.docx" in page
    assert "Version 1" in client(early.tan).get(ALL).content.decode()
    assert "新的2021年度考核（样本）" in words_of(
        client(early.tan).get(address("notice", WHOLE)).content
    )
    assert "新的{{ assessment }}" in words_of(asked.get(f"{template(NOTICE)}1/").content)
    assert asked.post(f"{template(NOTICE)}default/", {"seen": 1}).status_code == 302
    assert "default in use" in asked.get(template(NOTICE)).content.decode()


def test_every_fault_of_a_file_stands_on_the_page_and_nothing_changes(early: Papered) -> None:
    asked = client(early.chen)
    sent = {"note": "", "seen": 0, "template": file("{{ asessment }}，{{ offices }}")}
    answer = asked.post(template(NOTICE), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "2 faults in the file" in page
    assert "there is no field “asessment”" in page
    assert "did you mean “office”?" in page
    far = asked.post(template(NOTICE), {"note": "", "seen": 0, "template": file("{{ nope }}")})
    assert "did you mean" not in far.content.decode()
    assert not PaperTemplate.objects.exists()
    other = asked.post(template(VISIT), {"seen": 0, "template": file("{{ unit }}")})
    assert other.status_code == 422
    assert "Excel (.xlsx)" in other.content.decode()
    assert asked.post(template(NOTICE), {"seen": 0}).status_code == 422


def test_a_template_without_a_row_for_a_list_is_taken_and_said_to_say_nothing_of_it(
    early: Papered,
) -> None:
    asked = client(early.chen)
    sent = {"note": "", "seen": 0, "template": file("{{ assessment }}")}
    page = asked.post(template(NOTICE), sent, follow=True).content.decode()
    assert "version 1 in use" in page
    assert "It has no row for {{ bodies }} (a row for each body)" in page
    whole = {"note": "", "seen": 1, "template": SimpleUploadedFile(
        "ours.docx", default_template(NOTICE))}  # fmt: skip
    assert (
        "It has no row for" not in asked.post(template(NOTICE), whole, follow=True).content.decode()
    )


def test_the_second_of_two_sees_what_the_first_put_there(early: Papered) -> None:
    first, second = client(early.chen), client(early.qian)
    assert (
        first.post(template(NOTICE), {"seen": 0, "template": file("{{ office }}")}).status_code
        == 302
    )
    answer = second.post(template(NOTICE), {"seen": 0, "template": file("{{ period }}")})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "version 1 was put there since you looked" in page
    assert str(early.chen) in page
    assert 'name="seen" value="1"' in page
    again = second.post(template(NOTICE), {"seen": 1, "template": file("{{ period }}")})
    assert again.status_code == 302
    assert second.post(f"{template(NOTICE)}default/", {"seen": 1}).status_code == 409


def test_a_preview_is_filled_with_the_year_or_with_a_sample(early: Papered) -> None:
    asked = client(early.chen)
    assert "2021年度考核（样本）" in words_of(asked.get(f"{template(NOTICE)}preview/").content)
    forgery = Design(PaperKind.FORGERY, "zh", Format.WORD)
    assert "某省知识产权局" in words_of(asked.get(f"{template(forgery)}preview/").content)


def test_the_pages_lead_to_their_papers(year: Papered) -> None:
    forged, visit = year.forged().pk, year.visit().pk
    submission = year.assessment.submissions.get(unit=year.jiangmen).pk
    difference = year.assessment.differences.first()
    base = "/assessments/2021/"
    for who, page, paper in (
        (year.chen, "", ALL),
        (year.chen, f"visits/{visit}/", address("visit", visit, "zh", "excel")),
        (year.huang, f"submissions/{submission}/", address("unit_items", "440700", "en", "excel")),
        (year.huang, f"differences/{difference.pk}/", address("differences", "440700")),
        (year.sun, "scoring/B2/", address("item_units", "B2", "zh", "excel")),
        (year.huang, f"suspicions/{forged}/", address("forgery", forged, "en")),
    ):
        assert f'"{paper}"' in client(who).get(base + page).content.decode(), page


def test_the_page_asks_the_same_however_many_papers_there_are(
    year: Papered, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asked = client(year.chen)
    year.visit()
    asked.get(ALL)
    with CaptureQueriesContext(connection) as before:
        asked.get(ALL)
    for at in range(3):
        year.visit(f"第{at}组")
    with django_assert_num_queries(len(before)):
        assert asked.get(ALL).content.decode().count("/papers/visit/") == 4 * 4


def test_the_language_of_a_paper_is_its_own_not_that_of_the_page(early: Papered) -> None:
    for language in ("en", "zh-hans"):
        asked = client(early.chen, language)
        said = words_of(asked.get(address("notice", WHOLE, "en")).content)
        assert "Assessment of 2021 (sample)" in said
