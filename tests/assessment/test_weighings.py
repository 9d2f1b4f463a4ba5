"""The frozen records weigh to what the command gives, whatever dies on the way."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from steelyard.assessment import results
from steelyard.assessment.actions.forgery import decide, hear, raise_suspicion, state_case
from steelyard.assessment.actions.weighings import (
    ask_again,
    asking,
    carry_out,
    running,
    take_up_again,
)
from steelyard.assessment.models import Submission, Weighing
from steelyard.assessment.queries.assessments import scheme_of
from steelyard.assessment.queries.stages import without_place
from steelyard.assessment.rules.forgery import About
from steelyard.assessment.rules.frozen.weighings import MOST_ATTEMPTS, Step, step_of
from steelyard.assessment.rules.states import (
    ScoreState,
    Stage,
    StageMove,
    SuspicionMove,
    SuspicionState,
    WeighingMove,
    WeighingState,
)
from steelyard.assessment.waiting.weighings import waiting_weighings
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault
from steelyard.kernel.refusals import Refused
from steelyard.people.models import Account
from steelyard.people.queries import load_held
from steelyard.people.waiting import Waiting
from steelyard.scheme.write import scheme_toml
from steelyard.supply.checking import as_json
from steelyard.supply.models import Delivery
from tests.assessment.frozen_year import (
    PLACES,
    a_frozen_year,
    a_scored_year,
    a_weighed_year,
    accepted,
    frozen,
    scored,
    weighing_of,
)
from tests.assessment.signed_words import signs
from tests.assessment.year import Year, scheme
from tests.once import copy_for, world_of

pytestmark = pytest.mark.django_db


all_scored = world_of(a_scored_year)
all_frozen = world_of(a_frozen_year)
all_weighed = world_of(a_weighed_year)
SCORED = pytest.mark.usefixtures("all_scored")
FROZEN = pytest.mark.usefixtures("all_frozen")
WEIGHED = pytest.mark.usefixtures("all_weighed")


@pytest.fixture
def year(request: pytest.FixtureRequest) -> Year:
    return copy_for(request, Year)


def result_of(weighing: Weighing) -> dict:
    return json.loads(results.content_of(weighing.result_hash))


@FROZEN
def test_the_step_that_freezes_asks_for_a_weighing_in_the_same_transaction(year: Year) -> None:
    weighing = weighing_of(year)
    assert (year.assessment.stage, weighing.state) == (Stage.FROZEN, WeighingState.ASKED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'weigh_frozen'")
        found = [row[0] for row in cursor.fetchall()]
    asked = [json.loads(one) if isinstance(one, str) else one for one in found]
    assert asked == [{"weighing": weighing.pk}]


@WEIGHED
def test_the_frozen_records_are_weighed_with_what_was_collected(year: Year) -> None:
    weighing = weighing_of(year)
    assert (weighing.state, weighing.progress, weighing.faults) == (WeighingState.DONE, 100, [])
    ranking = result_of(weighing)["ranking"]
    assert [(one["unit"], one["score"]) for one in ranking] == [
        ("440100", "96.5"), ("440700", "79"),
    ]  # fmt: skip
    assert result_of(weighing)["label"] == "sample"


def test_a_period_that_is_no_calendar_year_is_weighed_like_another() -> None:
    period = {"starts": date(2021, 1, 1), "ends": date(2021, 12, 1)}
    year = Year(ends=period["ends"], document={**scheme().document, "period": period})
    weighing = carry_out(weighing=frozen(year).pk, now=timezone.now)
    assert (weighing.state, weighing.faults) == (WeighingState.DONE, [])
    ranking = result_of(weighing)["ranking"]
    assert [(one["unit"], one["score"]) for one in ranking] == [
        ("440100", "96.5"), ("440700", "79"),
    ]  # fmt: skip


def test_units_that_the_register_of_places_does_not_have_are_named_before_the_freeze(
    year: Year,
) -> None:
    scored(year, with_places=False)
    accepted(year, "places", PLACES.replace("440700,江门,Jiangmen,440000,city\n", ""))
    today = timezone.localdate(year.now)
    assert without_place(year.assessment, today) == ("440700",)
    with pytest.raises(Refused) as refused:
        year.move(StageMove.FREEZE)
    assert [one.code for one in refused.value.refusals] == ["units_without_place"]
    assert "440700" in refused.value.refusals[0].text.en


@FROZEN
def test_the_cover_list_holds_what_bodies_delivered_and_what_was_collected(year: Year) -> None:
    weighing = weighing_of(year)
    listed = {one.table_code: one for one in weighing.snapshot.deliveries.all()}
    assert set(listed) == {
        "places", "trainings", "supplied_figures", "judgements", "item_statuses",
    }  # fmt: skip
    assert listed["judgements"].signer == year.chen
    assert all(one.sample for one in listed.values())


@WEIGHED
def test_the_command_gives_the_same_bytes_from_the_same_snapshot(
    year: Year, tmp_path: Path
) -> None:
    weighing = weighing_of(year)
    weighing.snapshot.refresh_from_db()
    scheme = tmp_path / "scheme.toml"
    scheme.write_text(scheme_toml(weighing.scheme.document), encoding="utf-8")
    folder = settings.ENVIRONMENT.home / "snapshots" / weighing.snapshot.folder
    command = [sys.executable, "-m", "steelyard", "weigh", scheme, "--snapshot", folder,
               "--out", tmp_path / "out"]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    given = (tmp_path / "out" / "result.json").read_bytes()
    assert given == results.content_of(weighing.result_hash)


VARIED = {"seed": 7, "points": {"within": "25%"}, "leave_out": "one"}


def test_the_command_gives_the_same_bytes_with_the_same_replications(
    year: Year, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "REPLICATIONS", 800)
    year.document = {**scheme().document, "uncertainty": VARIED}
    weighing = carry_out(weighing=frozen(year).pk, now=timezone.now)
    assert (weighing.state, weighing.faults, weighing.replications) == (WeighingState.DONE, [], 800)
    weighing.snapshot.refresh_from_db()
    scheme_file = tmp_path / "scheme.toml"
    scheme_file.write_text(scheme_toml(weighing.scheme.document), encoding="utf-8")
    folder = settings.ENVIRONMENT.home / "snapshots" / weighing.snapshot.folder
    command = [sys.executable, "-m", "steelyard", "weigh", scheme_file, "--snapshot", folder,
               "--uncertainty", str(weighing.replications), "--seed", str(weighing.seed),
               "--out", tmp_path / "out"]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    given = (tmp_path / "out" / "result.json").read_bytes()
    assert given == results.content_of(weighing.result_hash)


@WEIGHED
def test_done_twice_it_is_done_once(year: Year) -> None:
    first = weighing_of(year)
    again = carry_out(weighing=first.pk, now=timezone.now)
    assert (again.result_hash, again.version) == (first.result_hash, first.version)


@FROZEN
def test_a_worker_that_died_while_it_ran_is_run_again(
    year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    weighing = weighing_of(year)
    with monkeypatch.context() as dying:
        dying.setattr(running, "weighed", _die)
        with pytest.raises(KeyboardInterrupt):
            carry_out(weighing=weighing.pk, now=timezone.now)
    weighing.refresh_from_db()
    assert weighing.state == WeighingState.RUNNING
    assert carry_out(weighing=weighing.pk, now=timezone.now).state == WeighingState.DONE


@FROZEN
def test_a_worker_that_dies_each_time_ends_it_and_says_so(
    year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    weighing = weighing_of(year)
    monkeypatch.setattr(running, "weighed", _die)
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(KeyboardInterrupt):
            carry_out(weighing=weighing.pk, now=timezone.now)
    ended = carry_out(weighing=weighing.pk, now=timezone.now)
    assert (ended.state, ended.faults[0]["code"]) == (WeighingState.REFUSED, "weighing_died")
    monkeypatch.undo()
    again = ask_again(assessment=year.assessment.pk, by=year.chen.pk, now=year.now)
    assert carry_out(weighing=again.pk, now=timezone.now).state == WeighingState.DONE


@FROZEN
def test_an_error_that_nobody_foresaw_ends_it_and_is_told_in_the_log(
    year: Year, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    weighing = weighing_of(year)
    monkeypatch.setattr(results, "keep", _full)
    ended = carry_out(weighing=weighing.pk, now=timezone.now)
    assert (ended.state, ended.faults[0]["code"]) == (WeighingState.REFUSED, "weighing_failed")
    assert "no space left" in caplog.text


def _full(_: bytes) -> str:
    raise OSError("no space left")


@FROZEN
def test_two_workers_at_once_give_one_result(year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    weighing, real = weighing_of(year), running.weighed
    faster: list[Weighing] = []

    def overtaken(*told: Any) -> Any:
        if not faster:
            faster.append(Weighing())  # the second one weighs as it should
            faster[0] = carry_out(weighing=weighing.pk, now=timezone.now)
        return real(*told)

    monkeypatch.setattr(running, "weighed", overtaken)
    slower = carry_out(weighing=weighing.pk, now=timezone.now)
    faster[0].refresh_from_db()
    assert (slower.state, slower.version) == (WeighingState.DONE, faster[0].version)
    assert slower.ended_at == faster[0].ended_at


def jobs(weighing: Weighing) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT status FROM procrastinate_jobs WHERE task_name = 'weigh_frozen'"
            " AND (args->>'weighing')::int = %s ORDER BY id", [weighing.pk],
        )  # fmt: skip
        return [row[0] for row in cursor.fetchall()]


@FROZEN
def test_a_weighing_whose_job_is_lost_is_given_to_the_worker_again(year: Year) -> None:
    weighing = weighing_of(year)
    assert take_up_again(timezone.now()) == 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    assert take_up_again(timezone.now()) == 1
    assert jobs(weighing) == ["failed", "todo"]
    assert take_up_again(timezone.now()) == 0
    carry_out(weighing=weighing.pk, now=timezone.now)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    assert take_up_again(timezone.now()) == 0


@FROZEN
def test_progress_goes_up_alone_and_says_what_is_done(
    year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    weighing, seen = weighing_of(year), []
    real = results.keep

    def looked(content: bytes) -> str:
        seen.append(Weighing.objects.get(pk=weighing.pk).progress)
        return real(content)

    monkeypatch.setattr(results, "keep", looked)
    carry_out(weighing=weighing.pk, now=timezone.now)
    assert set(seen) == {80}
    steps = [step_of(WeighingState.RUNNING, percent) for percent in (0, 10, 30, 79, 80, 99)]
    assert steps == [Step.FREEZES, Step.WEIGHS, Step.VARIES, Step.VARIES, Step.WRITES, Step.WRITES]
    assert step_of(WeighingState.ASKED, 0) is Step.WAITS


def _die(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_refused_weighing_says_where_and_is_asked_again_after_mending(year: Year) -> None:
    weighing = carry_out(weighing=frozen(year, c440700="不详").pk, now=timezone.now)
    assert weighing.state == WeighingState.REFUSED
    assert "closed_in_time" in json.dumps(weighing.faults)
    from steelyard.assessment.models import Figure, SheetVersion

    sheet = SheetVersion.objects.get().sheet
    mended = SheetVersion.objects.create(
        sheet=sheet, number=2, why="样本：漏填", signed_by=year.li, signed_at=year.now
    )
    for unit, value in {"440100": "96%", "440700": "84%"}.items():
        Figure.objects.create(sheet_version=mended, unit=unit, value=value)
    again = ask_again(assessment=year.assessment.pk, by=year.chen.pk, now=year.now)
    assert carry_out(weighing=again.pk, now=timezone.now).state == WeighingState.DONE
    told = Delivery.objects.filter(table_code="supplied_figures").order_by("pk")
    assert [one.status for one in told] == ["replaced", "accepted"]
    assert again.snapshot != weighing.snapshot


@FROZEN
def test_what_is_weighed_is_not_weighed_again(year: Year) -> None:
    weighing = weighing_of(year)
    with pytest.raises(Refused, match="being_weighed"):
        ask_again(assessment=year.assessment.pk, by=year.chen.pk, now=year.now)
    carry_out(weighing=weighing.pk, now=timezone.now)
    with pytest.raises(Refused, match="weighed_already"):
        ask_again(assessment=year.assessment.pk, by=year.chen.pk, now=year.now)


@FROZEN
def test_only_who_runs_the_assessment_asks_again(year: Year) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        ask_again(assessment=year.assessment.pk, by=year.tan.pk, now=year.now)


@SCORED
def test_confirmed_forgery_makes_the_item_zero(year: Year) -> None:
    suspicion = year.assessment.suspicions.create(
        unit=year.guangzhou, item="B2", grounds="样本：章是假的", raised_by=year.sun,
        raised_at=year.now, body=year.team,
    )  # fmt: skip
    for state, told in (
        (SuspicionState.HEARD, {"hearing": "样本", "heard_by": year.chen, "heard_at": year.now,
                                "heard_on": year.today}),
        (SuspicionState.CONFIRMED,
         {"decision": "样本：认定", "decided_by": year.zhao, "decided_at": year.now}),
    ):  # fmt: skip
        suspicion.state = state
        for name, value in told.items():
            setattr(suspicion, name, value)
        suspicion.save()
    from steelyard.assessment.rules.states import StageMove

    year.move(StageMove.FREEZE)
    done = result_of(carry_out(weighing=year.assessment.weighings.get().pk, now=timezone.now))
    assert done["items"]["B2"]["440100"] == {"points": "0", "possible": "10", "why": "forged"}


@SCORED
def test_a_unit_that_did_not_file_is_late_where_it_had_to_file(year: Year) -> None:
    assert Submission.objects.exclude(state="locked").count() == 2
    from steelyard.assessment.rules.states import StageMove

    year.move(StageMove.FREEZE)
    done = result_of(carry_out(weighing=year.assessment.weighings.get().pk, now=timezone.now))
    assert ["440100", "A1", "late"] in done["values"]["item_statuses"]
    assert not [one for one in done["values"]["item_statuses"] if one[1] == "B1"]


def test_places_that_know_of_later_days_are_said_to_be_lacking_before_the_freeze(
    year: Year,
) -> None:
    scored(year, with_places=False)
    accepted(year, "places", PLACES, cut_off=date(2022, 2, 1))
    with pytest.raises(Refused, match="no_places"):
        year.move(StageMove.FREEZE)
    assert (year.assessment.stage, year.assessment.weighings.count()) == (Stage.SCORING, 0)


def refused_weighing(year: Year) -> Weighing:
    begun = running._begun(weighing_of(year).pk)
    return running._ended(begun, WeighingMove.REFUSE, timezone.now(), faults=[as_json(FAULT)])


FAULT = Fault("bad", Text("评分超过满分", "more points than there are"), Text())


@FROZEN
def test_a_refused_weighing_opens_the_scoring_again_and_stays_as_it_was_frozen(year: Year) -> None:
    first = refused_weighing(year)
    with pytest.raises(Refused, match="no_reason"):
        year.move(StageMove.REOPEN, reason="")
    year.move(StageMove.REOPEN, reason="江门A2评分有误")
    first.refresh_from_db()
    assert year.assessment.stage == Stage.SCORING
    assert (first.state, first.reopened_why, first.reopened_by) == (
        WeighingState.REFUSED, "江门A2评分有误", year.chen,
    )  # fmt: skip
    score = year.assessment.scores.filter(item="A2", unit__code="440700")
    score.update(state=ScoreState.OPEN)
    score.update(state=ScoreState.SCORED, judged={"file_points": "80"})
    year.now += timedelta(hours=1)
    year.move(StageMove.FREEZE)
    second = carry_out(weighing=year.assessment.weighings.first().pk, now=timezone.now)
    assert (second.state, second.faults, second.pk != first.pk) == (WeighingState.DONE, [], True)
    assert [one.pk for one in year.assessment.weighings.all()] == [second.pk, first.pk]


def waits(account: Account, on: date) -> list[Waiting]:
    return waiting_weighings(account.pk, tuple(load_held(account.pk, on) or ()), on)


@FROZEN
def test_a_refused_weighing_waits_for_the_office_until_it_is_asked_for_again(year: Year) -> None:
    """Whoever left its page learns of it from what waits."""
    one, today = weighing_of(year), timezone.localdate(year.now)
    assert waits(year.chen, today) == []
    begun = running._begun(one.pk)
    running._ended(begun, WeighingMove.REFUSE, timezone.now(), faults=[as_json(FAULT)])
    (told,) = waits(year.chen, today)
    assert told.url == f"/assessments/2021/weighings/{one.pk}/"
    with override("zh-hans"):
        (told,) = waits(year.chen, today)
        assert told.title.startswith("未能计分，待处理后重新冻结并计分：")
    assert (waits(year.sun, today), waits(year.tan, today)) == ([], [])
    ask_again(assessment=year.assessment.pk, by=year.chen.pk, now=year.now)
    assert waits(year.chen, today) == []


@WEIGHED
def test_what_was_weighed_is_not_opened_again(year: Year) -> None:
    with pytest.raises(Refused, match="not_refused"):
        year.move(StageMove.REOPEN, reason="想改评分")
    assert year.assessment.stage == Stage.FROZEN


@FROZEN
def test_the_scheme_of_the_year_is_what_was_weighed(year: Year) -> None:
    weighing = weighing_of(year)
    assert scheme_of(weighing.scheme).code == "test-year"


@WEIGHED
def test_forgery_found_after_the_freeze_is_weighed_anew_and_the_first_result_stays(
    year: Year,
) -> None:
    year.huang  # noqa: B018  (somebody to be told)
    first = weighing_of(year)
    year.now += timedelta(hours=1)
    signs(year, "440100", "B2")
    one = raise_suspicion(
        assessment=year.assessment.pk, unit="440100", item="B2", grounds="样本：章是假的",
        about=About.STATEMENT, material=None, by=year.chen.pk, now=year.now,
    )  # fmt: skip
    with pytest.raises(Refused, match="weighed_already"):
        ask_again(assessment=year.assessment.pk, by=year.chen.pk, now=year.now)
    one = state_case(
        suspicion=one.pk,
        statement="样本：原件可供核对",
        seen=one.version,
        by=year.feng.pk,
        now=year.now,
    )
    one = hear(
        suspicion=one.pk, hearing="样本：承认", heard_on=timezone.localdate(year.now),
        seen=one.version, by=year.chen.pk, now=year.now,
    )  # fmt: skip
    decide(
        suspicion=one.pk, move=SuspicionMove.CONFIRM, decision="样本：认定", seen=one.version,
        by=year.zhao.pk, now=year.now,
    )  # fmt: skip
    client = Client(headers={"accept-language": "en"})
    client.force_login(year.chen)
    page = client.get(f"/assessments/2021/weighings/{first.pk}/").text
    assert "found only afterwards" in page
    assert "freeze and weigh again" in page
    (told,) = waits(year.chen, timezone.localdate(year.now))
    assert told.url == f"/assessments/2021/weighings/{first.pk}/"
    again = ask_again(assessment=year.assessment.pk, by=year.chen.pk, now=year.now)
    done = result_of(carry_out(weighing=again.pk, now=timezone.now))
    assert done["items"]["B2"]["440100"]["why"] == "forged"
    assert result_of(first)["items"]["B2"]["440100"].get("why") != "forged"
    assert "counts for nothing" in client.get(f"/assessments/2021/weighings/{again.pk}/").text


@FROZEN
def test_many_faults_are_shown_in_part_with_a_count_and_all_in_a_sheet(year: Year) -> None:
    weighing = weighing_of(year)
    told = [as_json(Fault(f"fault-{at}", Text("错", "wrong"), Text())) for at in range(57)]
    for state in (WeighingState.RUNNING, WeighingState.REFUSED):
        weighing.state, weighing.faults = state, told
        weighing.save()
    client = Client(headers={"accept-language": "en"})
    client.force_login(year.chen)
    page = client.get(f"/assessments/2021/weighings/{weighing.pk}/").text
    assert page.count("fault-") == 20
    assert "the first 20 of 57" in page
    sheet = client.get(f"/assessments/2021/weighings/{weighing.pk}/faults.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(sheet.content))
    codes = [cell.value for row in book.active.iter_rows() for cell in row]
    assert [one for one in codes if str(one).startswith("fault-")] == [
        f"fault-{at}" for at in range(57)
    ]
