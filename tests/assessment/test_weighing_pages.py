"""The pages of a weighing: for the office, not for those who are assessed."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from steelyard.assessment import results
from steelyard.assessment.actions.weighings import asking, carry_out
from steelyard.assessment.models import Assessment, Submission, Weighing
from steelyard.assessment.rules.states import StageMove
from steelyard.assessment.views.weighings import ranking_of
from steelyard.config.kept import missing, not_kept, promised
from steelyard.kernel.bilingual import Text
from steelyard.people.models import Account
from steelyard.trail.acting import acting
from tests.assessment.frozen_year import a_frozen_year, a_weighed_year, frozen, scored, weighing_of
from tests.assessment.test_weighings import VARIED
from tests.assessment.year import Year, scheme
from tests.once import copy_for, world_of

pytestmark = pytest.mark.django_db


all_weighed = world_of(a_weighed_year)
all_frozen = world_of(a_frozen_year)
WEIGHED = pytest.mark.usefixtures("all_weighed")
FROZEN = pytest.mark.usefixtures("all_frozen")


@pytest.fixture
def year(request: pytest.FixtureRequest) -> Year:
    return copy_for(request, Year)


def get(who: Account, name: str, *told: object):
    client = Client()
    client.force_login(who)
    return client.get(reverse(f"assessment:{name}", args=["2021", *told]))


@FROZEN
def test_while_it_runs_the_page_says_how_far_it_is_and_asks_again_by_itself(year: Year) -> None:
    weighing = weighing_of(year)
    text = get(year.chen, "weighing", weighing.pk).content.decode()
    assert 'hx-trigger="every 3s"' in text
    assert "<progress" in text


@FROZEN
def test_taken_up_again_after_the_worker_died_the_page_says_so(year: Year) -> None:
    weighing = weighing_of(year)
    with acting("run_weighing", by=year.chen.pk):
        Weighing.objects.filter(pk=weighing.pk).update(state="running", attempts=1)
    assert "计算曾中断" not in get(year.chen, "weighing", weighing.pk).content.decode()
    with acting("run_weighing", by=year.chen.pk):
        Weighing.objects.filter(pk=weighing.pk).update(attempts=2)
    text = get(year.chen, "weighing", weighing.pk).content.decode()
    assert "计算曾中断" in text
    assert "现为第2次，最多3次" in text


@WEIGHED
def test_the_page_of_a_finished_weighing_has_the_ranking_and_what_to_take_away(year: Year) -> None:
    weighing = weighing_of(year)
    text = get(year.zhao, "weighing", weighing.pk).content.decode()
    assert "96.5" in text
    assert weighing.result_hash in text
    assert "hx-trigger" not in text
    taken = get(year.chen, "weighing_paper", weighing.pk, "result.json")
    assert taken.content == results.content_of(weighing.result_hash)
    for name in weighing.papers:
        assert get(year.chen, "weighing_paper", weighing.pk, name).status_code == 200


def test_what_the_page_hands_out_gives_the_same_bytes_by_the_commands_that_it_shows(
    year: Year, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "REPLICATIONS", 800)
    year.document = {**scheme().document, "uncertainty": VARIED}
    weighing = carry_out(weighing=frozen(year).pk, now=timezone.now)
    page = get(year.chen, "weighing", weighing.pk).content.decode()
    client = Client()
    client.force_login(year.chen)
    cover = client.get(f"/snapshots/{weighing.snapshot_id}/cover/")
    zipfile.ZipFile(io.BytesIO(cover.content)).extractall(tmp_path)
    taken = get(year.chen, "weighing_paper", weighing.pk, "scheme.toml")
    (tmp_path / "scheme.toml").write_bytes(taken.content)
    shown = re.findall(r"steelyard ((?:freeze|weigh) [^<\n]*)", page)
    assert (weighing.state, weighing.faults) == ("done", [])
    assert [one.split()[0] for one in shown] == ["freeze", "weigh"]
    for command in shown:
        told = [sys.executable, "-m", "steelyard", *command.split()]
        subprocess.run(told, cwd=tmp_path, check=True, capture_output=True, timeout=240)
    given = (tmp_path / "RESULT" / "result.json").read_bytes()
    assert given == results.content_of(weighing.result_hash)


def test_the_pages_say_that_it_is_a_sample_and_why_as_the_papers_do(year: Year) -> None:
    year.document = {**scheme().document, "label": "official"}
    Assessment.objects.filter(pk=year.assessment.pk).update(sample=False)
    weighing = carry_out(weighing=frozen(year).pk, now=timezone.now)
    assert not weighing.assessment.sample
    assert json.loads(results.content_of(weighing.result_hash))["label"] == "sample"
    page = get(year.chen, "weighing", weighing.pk).content.decode()
    assert "这是样本，不是公布的结果" in page
    assert "细则本身标明为样本" not in page
    trainings, collected = (
        weighing.snapshot.deliveries.get(table_code=one)
        for one in ("trainings", "supplied_figures")
    )
    assert f'href="/deliveries/{trainings.pk}/"' in page
    assert f'href="/deliveries/{collected.pk}/"' not in page
    assert ">样本<" in get(year.chen, "assessment").content.decode()


def test_a_refused_weighing_shows_its_faults_and_a_way_to_ask_again(year: Year) -> None:
    weighing = carry_out(weighing=frozen(year, c440700="不详").pk, now=timezone.now)
    text = get(year.chen, "weighing", weighing.pk).content.decode()
    assert reverse("assessment:weigh_again", args=["2021"]) in text
    assert 'role="alert"' in text
    assert (
        reverse("assessment:weigh_again", args=["2021"])
        not in get(year.zhao, "weighing", weighing.pk).content.decode()
    )


@pytest.mark.parametrize("name", ["tan", "huang", "li", "sun", "mo"])
@WEIGHED
def test_it_does_not_exist_for_those_outside_the_office(year: Year, name: str) -> None:
    weighing = weighing_of(year)
    who = getattr(year, name)
    assert get(who, "weighings").status_code == 404
    assert get(who, "weighing", weighing.pk).status_code == 404
    assert get(who, "weighing_paper", weighing.pk, "result.json").status_code == 404


@WEIGHED
@pytest.mark.parametrize("code", ["content_missing", "content_changed"])
def test_a_result_that_is_lost_or_altered_is_not_shown_and_the_page_says_so(
    year: Year, code: str
) -> None:
    weighing = weighing_of(year)
    path = results._store().path_of(weighing.result_hash)
    whole = path.read_bytes()
    ranking_of.cache_clear()
    try:
        if code == "content_missing":
            path.unlink()
        else:
            path.write_bytes(whole.replace(b"rank", b"RANK", 1))
        page = get(year.chen, "weighing", weighing.pk)
        assert page.status_code == 200
        assert 'role="alert"' in page.text
        assert '<table class="ranked">' not in page.text
        assert weighing.result_hash in page.text
        taken = get(year.chen, "weighing_paper", weighing.pk, "result.json")
        assert taken.status_code == 409
        assert weighing.result_hash in taken.text
    finally:
        path.write_bytes(whole)
    assert '<table class="ranked">' in get(year.chen, "weighing", weighing.pk).text


@WEIGHED
def test_all_that_is_on_record_of_a_weighing_is_looked_for_and_lies_there(year: Year) -> None:
    def ask(query: str) -> list[tuple[object, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()

    weighing, home = weighing_of(year), settings.ENVIRONMENT.home
    found = promised(ask)
    sealed = {one.sealed for one in found}
    assert {weighing.result_hash, *weighing.papers.values(), weighing.snapshot.identifier} <= sealed

    def hash_of(name: str) -> str | None:
        path = home / name
        return f"sha256:{sha256(path.read_bytes()).hexdigest()}" if path.is_file() else None

    assert not_kept(home, found, hash_of) == missing(home, found) == ()


def figure_of_jiangmen(year: Year) -> str:
    submission = Submission.objects.get(unit=year.jiangmen)
    return get(year.tan, "rows_behind", submission.pk, "trained").text


@WEIGHED
def test_a_figure_that_is_weighed_is_final_and_its_rows_are_contested_no_more(year: Year) -> None:
    text = figure_of_jiangmen(year)
    assert ("此后接收的更正不再影响它" in text, "可能变动" in text) == (True, False)
    assert "T2" in text
    assert "/contest/" not in text


@FROZEN
def test_a_figure_is_not_final_before_it_is_weighed(year: Year) -> None:
    assert "此后接收的更正不再影响它" not in figure_of_jiangmen(year)


@FROZEN
def test_no_other_file_is_handed_out(year: Year) -> None:
    weighing = weighing_of(year)
    for name in ("result.json", "..", "secret"):
        assert get(year.chen, "weighing_paper", weighing.pk, name).status_code in (404, 301)


def test_once_all_is_frozen_the_page_of_the_assessment_leads_a_unit_to_its_points(
    year: Year,
) -> None:
    card = reverse("assessment:unit_items", args=["2021", "440700"])
    scored(year)
    assert card not in get(year.tan, "assessment").text
    year.move(StageMove.FREEZE)
    assert card in get(year.tan, "assessment").text
    assert get(year.tan, "unit_items", "440700").status_code == 200
    other = reverse("assessment:unit_items", args=["2021", "440100"])
    assert other not in get(year.tan, "assessment").text
    assert other in get(year.feng, "assessment").text
    for who in (year.chen, year.sun):
        assert "/side-by-side/" not in get(who, "assessment").text


def test_a_veto_is_said_in_words_and_one_that_changed_nothing_is_no_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = {
        "scheme": {
            "grades": [{"code": one, "title": {"zh": f"{one}等", "en": f"grade {one}"}} for one in "abc"],
            "vetoes": [{"code": "rate", "title": {"zh": "结案率", "en": "Rate"}, "when": "rate < 0.5",
                        "then": {"best_grade": "b"}}],
        },
        "ranking": [
            {"rank": rank, "unit": str(rank), "title": {"zh": "市", "en": "City"}, "shown": "70",
             "grade": grade, "vetoes": ["rate"]}
            for rank, grade in ((1, "b"), (2, "c"))
        ],
    }  # fmt: skip
    monkeypatch.setattr(results, "content_of", lambda _hash: json.dumps(held))
    capped, below = (one.vetoes[0] for one in ranking_of("sha256:of-a-veto"))
    assert capped.zh.endswith("的，最高评为“b等”）")
    assert capped.en.endswith("at best “grade b”)")
    assert below == Text(f"{capped.zh}，未改变等次", f"{capped.en}, which changed nothing")
