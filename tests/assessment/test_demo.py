"""The assessments of a demonstration: every screen is full on first start, and loading again changes nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client, override_settings
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoDbBlocker

from steelyard.assessment.actions.weighings import carry_out
from steelyard.assessment.demo import load_demo_assessments
from steelyard.assessment.demo.publishing import publish_sample_year
from steelyard.assessment.models import (
    Answer,
    Assessment,
    DrawnFile,
    Lead,
    Material,
    Objection,
    SheetVersion,
    Submission,
    Weighing,
)
from steelyard.assessment.queries.assessments import (
    division_of,
    issued,
    scheme_of,
    snapshot_that_counts,
)
from steelyard.assessment.queries.figures.computed import rows_behind
from steelyard.assessment.queries.figures.counting import figures_from_records
from steelyard.assessment.queries.reviews import REVIEWING, figure_of, results_of_input
from steelyard.assessment.queries.stages import lacks_places
from steelyard.assessment.queries.standing import load_standing
from steelyard.assessment.rules.reviews.results import judged
from steelyard.assessment.rules.schemes.division import Way
from steelyard.assessment.rules.stages import LONGEST_AFTER
from steelyard.config.demo import POSTS, load_demo
from steelyard.config.serving.prepare import _load_deliveries
from steelyard.notices.models import Deadline
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from steelyard.publication.signing import make_key
from steelyard.trail.acting import acting
from steelyard.trail.models import Entry
from tests.once import made_once

DISTRICTS = "jiangmen-2025"
"""The city's own assessment of its districts."""

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Once for all tests of this file; what each of them writes goes with it."""
    quickly = f"{MD5PasswordHasher.__module__}.MD5PasswordHasher"
    with made_once(django_db_blocker, tmp_path_factory):
        with override_settings(PASSWORD_HASHERS=[quickly]):
            load_demo(now=timezone.now())
            _load_deliveries()
            load_demo_assessments(timezone.now())
        yield


def counted(code: str, part: str) -> Counter[str]:
    rows = getattr(Assessment.objects.get(code=code), part)
    return Counter(rows.values_list("state", flat=True))


def test_a_year_is_complete_and_a_year_is_at_mid_collection() -> None:
    assert dict(Assessment.objects.values_list("code", "stage")) == {
        "2024": "frozen",
        "2025": "collecting",
        DISTRICTS: "collecting",
    }
    assert counted("2024", "submissions") == {"locked": 21}
    assert counted("2024", "sheets") == {"signed": 9}
    assert counted("2024", "scores") == {"scored": 21 * 18}
    assert set(counted("2024", "differences")) == {"settled"}
    assert counted("2025", "submissions") == {"filling": 21}
    assert counted("2025", "sheets") == {"signed": 4, "open": 5}
    assert SheetVersion.objects.filter(sheet__assessment__code="2025", number=2).count() == 1
    city = POSTS[Role.CITY_OFFICER]
    answers = Answer.objects.filter(submission__assessment__code="2025")
    for one in Submission.objects.filter(assessment__code="2025").select_related("unit"):
        wanted = 13 if one.unit.code == city else 10
        assert answers.filter(submission=one, self_score__isnull=False).count() >= wanted - 1
    given = answers.filter(department__code=POSTS[Role.DEPARTMENT_OFFICER])
    assert {one.submission.unit.code for one in given} == {city}
    assert Material.objects.filter(unit__code=city).count() >= 3


def test_a_city_s_own_office_assesses_its_districts_at_mid_collection() -> None:
    found = Assessment.objects.get(code=DISTRICTS)
    assert (found.office.code, found.within, found.sample) == ("440700", None, True)
    assert "（样本）" in found.title.zh
    assert "(sample)" in found.title.en
    units = {one.unit.code: one.unit.name for one in found.submissions.select_related("unit")}
    assert units.keys() == {"440703", "440704", "440705", "440781", "440783", "440784", "440785"}
    assert (units["440703"].zh, units["440703"].en) == ("蓬江区", "Pengjiang")
    assert counted(DISTRICTS, "submissions") == {"filling": 7}
    assert counted(DISTRICTS, "sheets") == {"signed": 1, "open": 2}
    assert not lacks_places(found, timezone.localdate())


@pytest.mark.parametrize(
    ("who", "parts"),
    [
        ("assessing_office_440700", {"scheme/", "sheets/", "submissions/", "visits/", "leads/"}),
        ("city_officer_440703", {"scheme/", "standing/440703/"}),
        ("city_officer", set()),
        ("assessing_office", {"scheme/", "sheets/", "submissions/"}),
    ],
)
def test_the_city_s_people_find_their_assessment_on_first_start(who: str, parts: set[str]) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(Account.objects.get(username=who))
    assert DISTRICTS_HOME in client.get("/assessments/").text
    page = client.get(DISTRICTS_HOME).text
    assert "Districts of Jiangmen" in page
    links = set(HREF.findall(page))
    assert {f"{DISTRICTS_HOME}{one}" for one in parts} <= links, links


@pytest.mark.parametrize("who", ["supplying_body", "scoring_body", "expert", "city_officer_440100"])
def test_it_is_nothing_for_the_province_s_bodies_and_other_cities(who: str) -> None:
    client = Client()
    client.force_login(Account.objects.get(username=who))
    assert DISTRICTS_HOME not in client.get("/assessments/").text
    assert client.get(DISTRICTS_HOME).status_code == 404


@pytest.mark.parametrize("code", ["2025", DISTRICTS])
def test_records_of_what_is_running_are_cut_off_after_its_collection(code: str) -> None:
    found = Assessment.objects.get(code=code)
    closes = Submission.objects.filter(assessment=found).latest("deadline__due").due
    assert closes > timezone.localdate()
    assert found.cut_off > closes or found.cut_off == found.ends + LONGEST_AFTER


def test_nobody_can_sign_in_with_the_accounts_that_are_opened_besides() -> None:
    others = Account.objects.exclude(username__in=[role.value for role in Role])
    assert others.exists()
    assert all(one.is_demo and not one.has_usable_password() for one in others)


def test_every_account_of_the_demonstration_has_a_name_in_either_language() -> None:
    for one in Account.objects.filter(is_demo=True):
        zh, en = one.called_in("zh"), one.called_in("en")
        assert zh.endswith("（演示）"), zh
        assert en.endswith(" (demo)"), en
        assert en.isascii(), en


def test_loading_again_changes_nothing() -> None:
    written = Entry.objects.count()
    load_demo_assessments(timezone.now())
    assert Entry.objects.count() == written


def test_every_row_of_the_assessments_was_written_by_a_named_person() -> None:
    written = Entry.objects.filter(verb="insert").exclude(actor=None).exclude(action="")
    for model in apps.get_app_config("assessment").get_models():
        table = model._meta.db_table
        named = set(written.filter(table_name=table).values_list("row_id", flat=True))
        rows = model.objects.exclude(channel="form") if model is Lead else model.objects
        assert set(rows.values_list("pk", flat=True)) <= named, table
    nobody = Entry.objects.filter(table_name__startswith="assessment_", actor=None)
    assert set(nobody.values_list("table_name", "action")) == {("assessment_lead", "take_lead")}


def test_the_files_of_the_year_that_is_complete_are_reviewed_and_feed_the_item() -> None:
    found = Assessment.objects.get(code="2024")
    files = DrawnFile.objects.filter(draw__assessment=found, is_reserve=False)
    states = Counter(files.values_list("state", flat=True))
    assert states == {"reviewed": 2 * 21 - 1, "missing": 1, "excused": 1}
    measure = figure_of(found, "file_points")
    told = results_of_input(found, "file_points", None)
    scored = found.scores.filter(judged__has_key="file_points")
    proposed = {unit: judged(one, measure) for unit, one in told.items()}
    assert dict(scored.values_list("unit", "judged__file_points")) == proposed
    assert len(proposed) == 21
    assert not Deadline.objects.filter(
        task__startswith=REVIEWING, object_id__in=found.draws.values("pk"), ended_on=None
    ).exists()


def test_every_figure_of_the_running_year_is_computed_with_its_rows_behind_it() -> None:
    found = Assessment.objects.get(code="2025")
    version, snapshot = issued(found), snapshot_that_counts(found)
    assert version is not None
    assert snapshot is not None
    computed = division_of(version).inputs(Way.RECORDS)
    assert computed == ("premises_checked", "joint_actions")
    figures = figures_from_records(found, version)
    for unit in scheme_of(version).assessed:
        for code in computed:
            assert figures[unit.code, code]
            assert rows_behind(snapshot, version, unit.code, code).rows
    city = Client(headers={"accept-language": "en"})
    city.force_login(Account.objects.get(username=Role.CITY_OFFICER.value))
    own = Submission.objects.get(assessment=found, unit__code=POSTS[Role.CITY_OFFICER])
    for code, row in (("premises_checked", "JC2025-007"), ("joint_actions", "JC2025-028")):
        page = city.get(f"/assessments/2025/submissions/{own.pk}/figures/{code}/")
        assert page.status_code == 200
        assert row in page.text
        shown = page.text.partition("<main")[2]
        assert not [
            raw for raw in (">numerator<", ">denominator<", ">True<", ">False<") if raw in shown
        ]
    made_up = snapshot.listed.exclude(delivery__table_code="places")
    assert not made_up.filter(delivery__sample=False).exists()


def test_an_upheld_objection_of_the_running_year_is_corrected_and_waits_to_be_accepted() -> None:
    upheld = Objection.objects.get(assessment__code="2025", state="upheld")
    assert upheld.delivery.table_code == "inspections"
    assert (upheld.asked.state, upheld.asked.delivery.status) == ("met", "signed")
    assert upheld.asked.delivery.sample


TAKE_PART = (
    Role.ASSESSING_OFFICE, Role.OFFICE_HEAD, Role.SUPPLYING_BODY, Role.SCORING_BODY, Role.CITY_OFFICER,
    Role.CITY_HEAD, Role.DEPARTMENT_OFFICER, Role.EXPERT, Role.AUDITOR,
)  # fmt: skip
MAY_BE_EMPTY = {
    "There is no material yet",  # of another city: the sample files material for one
}
NO_FILES = "No files have been drawn"  # the small scheme of the districts reviews none
DISTRICTS_HOME = f"/assessments/{DISTRICTS}/"
OF_A_DEPARTMENT = {"No record is contested"}  # its city's officer contests
SAME = re.compile(r"/[0-9]+|/44[0-9]{4}|/[A-F][0-9]\b")
HREF = re.compile(r'href="(/assessments/[^"?#]*)')


def walked(role: Role) -> dict[str, str]:
    """Address → page of everything below the assessments that links lead this account to, one of a kind."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(Account.objects.get(username=role.value))
    waiting, pages = ["/assessments/"], {}
    kinds: set[str] = set()
    while waiting:
        address = waiting.pop(0)
        year = address[:18]
        kind = year + SAME.sub("/*", address[18:])
        if address in pages or kind in kinds:
            continue
        answer = client.get(address)
        assert answer.status_code in (200, 302), (role, address)
        kinds.add(kind)
        is_page = answer.headers["Content-Type"].startswith("text/html")
        pages[address] = answer.text if is_page and answer.status_code == 200 else ""
        waiting += HREF.findall(pages[address])
    return pages


@pytest.mark.parametrize("role", TAKE_PART)
def test_no_page_that_links_lead_to_is_empty(role: Role) -> None:
    allowed = MAY_BE_EMPTY | (OF_A_DEPARTMENT if role is Role.DEPARTMENT_OFFICER else set())
    pages = walked(role)
    empty = {
        (address, said)
        for address, page in pages.items()
        for said in re.findall(r'class="empty-head">([^<]*)', page)
        if said not in allowed and not (address.startswith(DISTRICTS_HOME) and said == NO_FILES)
    }
    assert empty == set()
    assert len(pages) > 3


def test_the_year_that_is_complete_is_weighed_and_published_and_the_running_year_has_rivals(
    settings: Any, tmp_path: Path
) -> None:
    settings.PUBLICATIONS, settings.PUBLISHING_KEY = tmp_path / "shelf", tmp_path / "a.key"
    settings.PUBLICATION_KEYS = (make_key(settings.PUBLISHING_KEY).public,)
    asked = Weighing.objects.get()
    waits = ProcrastinateJob.objects.filter(task_name="publish_sample_year", status="todo")
    assert [one.args for one in waits] == [{"weighing": asked.pk}]
    assert publish_sample_year(weighing=asked.pk, now=timezone.now()) is None
    done = carry_out(weighing=asked.pk, now=timezone.now)
    assert (done.faults, done.state, bool(done.result_hash)) == ([], "done", True)
    package = publish_sample_year(weighing=asked.pk, now=timezone.now())
    assert package.head.sample
    assert package.head.title.zh.startswith("样本：")
    assert publish_sample_year(weighing=asked.pk, now=timezone.now()) == package
    found = load_standing(Assessment.objects.get(code="2025"), "440700", timezone.now())
    assert found.rivals.assessment.code == "2024"
    assert (found.told.among, found.told.units) == (21, 21)
    assert 1 <= found.told.best.rank <= found.told.worst.rank <= 21


def test_nothing_is_published_where_it_is_no_demonstration(settings: Any, tmp_path: Path) -> None:
    settings.PUBLICATIONS = tmp_path
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, production=True)
    with acting("end_weighing"):
        Weighing.objects.update(state="running")
        Weighing.objects.update(state="done", result_hash="sha256:x")
    assert publish_sample_year(weighing=Weighing.objects.get().pk, now=timezone.now()) is None
    assert list(tmp_path.iterdir()) == []
