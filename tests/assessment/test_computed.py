"""Figures from records, shown to a city beforehand with their rows; a row is contested at its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from steelyard.assessment.actions import collection as actions
from steelyard.assessment.actions.collection import objections
from steelyard.assessment.models import Objection, Submission
from steelyard.assessment.queries import standing as standing_of
from steelyard.assessment.queries.assessments import division_of, issued, snapshot_that_counts
from steelyard.assessment.queries.differences import all_supplied
from steelyard.assessment.queries.figures import computed, corrected, counting
from steelyard.assessment.queries.figures.computed import records_behind
from steelyard.assessment.queries.figures.counting import cells_from_records
from steelyard.assessment.queries.standing import load_standing
from steelyard.assessment.rules.figures.counting import Because
from steelyard.assessment.rules.states import ObjectionMove, ObjectionState, Stage
from steelyard.kernel.refusals import Refused
from steelyard.notices.models import Deadline, Notice
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from steelyard.supply.actions import deliveries
from steelyard.supply.actions.deliveries import File
from steelyard.supply.actions.snapshots import freeze
from steelyard.supply.frozen import place_of
from tests.assessment.year import Year
from tests.once import World, world_of
from tests.supply.office import account, details, trainings

pytestmark = pytest.mark.django_db

PLACES = (
    "code,title_zh,title_en,parent,level\n440000,广东,Guangdong,,province\n"
    "440100,广州,Guangzhou,440000,city\n440700,江门,Jiangmen,440000,city\n"
    "440703,蓬江,Pengjiang,440700,district\n"
)


def delivered() -> Year:
    found = Year()
    found.at(Stage.COLLECTING)
    supplier = account("何处长", body=(Role.SUPPLYING_BODY, found.province))
    _accepted(found, supplier, found.province, File("places.csv", PLACES.encode()), table="places")
    _accepted(found, found.li, found.market, trainings(62, 140))
    freeze(
        office=found.province, starts=date(2021, 1, 1), ends=date(2022, 1, 1), by=found.chen.pk,
        now=found.now,
    )  # fmt: skip
    return found


standing = world_of(delivered)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    return standing.copy()


def _accepted(year: Year, by: Account, body: Any, file: File, **changes: Any) -> None:
    sent = deliveries.upload(
        body=body, details=details(**changes), file=file, by=by.pk, now=year.now
    )
    signed = deliveries.sign(delivery=sent.pk, seen=sent.version, by=by.pk, now=year.now)
    deliveries.accept(delivery=signed.pk, seen=signed.version, by=year.chen.pk, now=year.now)


def contest(year: Year, record: str = "PX-002", text: str = "应为104人", **told: Any) -> Objection:
    told = {"by": year.tan.pk, "unit": year.jiangmen, "input_code": "trained", **told}
    return actions.contest(
        assessment=year.assessment.pk, record=record, text=text, now=year.now, **told
    )


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.refusals]


def test_the_figure_is_counted_over_the_newest_snapshot_with_its_rows(year: Year) -> None:
    found = cells_from_records(
        snapshot_that_counts(year.assessment), issued(year.assessment), "440700"
    )
    assert (found["trained"].value, found["trained"].records) == (202, 2)
    assert set(records_behind(year.assessment, "440700", "trained")) == {"PX-001", "PX-002"}
    assert records_behind(year.assessment, "440100", "trained") == {}


def test_the_records_are_counted_once_whoever_asks(
    year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting._counted.cache_clear()
    count, tallies = counting.tally.supplied, []
    monkeypatch.setattr(
        counting.tally, "supplied", lambda *told: tallies.append(told) or count(*told)
    )
    version, snapshot = issued(year.assessment), snapshot_that_counts(year.assessment)
    assert cells_from_records(snapshot, version, "440700")["trained"].value == 202
    assert all_supplied(year.assessment)["440700", "trained"] == "202"
    counted = counting.figures_that_count(year.assessment, version)["440700", "trained"]
    assert (counted.value, counted.because) == ("202", Because.COMPUTED)
    assert load_standing(year.assessment, "440700", year.now).snapshot == snapshot
    assert len(tallies) == 1


def test_a_mistaken_row_is_contested_and_its_source_answers_with_a_reason(year: Year) -> None:
    raised = contest(year)
    assert (raised.body, raised.state) == (year.market, ObjectionState.OPEN)
    clock = Deadline.objects.get(task="answer", object_id=raised.pk)
    assert (clock.organisation, clock.working_days) == (year.market, 5)
    assert contest(year).pk == raised.pk
    with pytest.raises(Refused) as refused:
        contest(year, text="又一个说法")
    assert codes(refused) == ["contested_already"]
    told = {"objection": raised.pk, "by": year.li.pk, "now": year.now}
    with pytest.raises(Refused) as refused:
        actions.answer_objection(move=ObjectionMove.UPHOLD, reason=" ", **told)
    assert codes(refused) == ["no_reason"]
    answered = actions.answer_objection(move=ObjectionMove.UPHOLD, reason="已核实", **told)
    assert (answered.state, answered.answer) == (ObjectionState.UPHELD, "已核实")
    clock.refresh_from_db()
    assert clock.end == "met"
    assert Notice.objects.filter(kind="objection_answered", account=year.tan).count() == 1
    with pytest.raises(Refused) as refused:
        actions.answer_objection(move=ObjectionMove.REJECT, reason="不再变", **told)
    assert codes(refused) == ["wrong_state"]


def test_only_rows_behind_ones_own_figure_are_contested_by_ones_own_officers(year: Year) -> None:
    for told, code in (
        ({"record": "PX-999"}, "no_such_record"),
        ({"input_code": "closed_in_time"}, "not_computed"),
        ({"by": year.liang.pk}, "not_allowed"),
        ({"unit": year.guangzhou}, "not_allowed"),
        ({"text": ""}, "no_reason"),
    ):
        with pytest.raises(Refused) as refused:
            contest(year, **told)
        assert codes(refused) == [code]


def test_only_the_source_answers(year: Year) -> None:
    raised = contest(year)
    for stranger in (year.tan, year.chen, year.sun):
        with pytest.raises(Refused) as refused:
            actions.answer_objection(
                objection=raised.pk, move=ObjectionMove.UPHOLD, reason="是", by=stranger.pk,
                now=year.now,
            )  # fmt: skip
        assert codes(refused) == ["not_allowed"]


def test_an_objection_to_a_figure_that_nobody_supplies_waits_for_the_office(
    year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    divided = replace(division_of(year.version), body={"trained": ""})
    monkeypatch.setattr(objections, "division_of", lambda _: divided)
    monkeypatch.setattr(objections, "records_behind", lambda *_: {"PX-002": ""})
    raised = contest(year)
    clock = Deadline.objects.get(task="answer", object_id=raised.pk)
    assert (clock.organisation, clock.role) == (year.province, Role.ASSESSING_OFFICE)
    at = f"/assessments/2021/objections/{raised.pk}/"
    assert at in client_of(year.chen).get("/").content.decode()
    assert "Uphold" in client_of(year.chen).get(at).content.decode()
    told = {"objection": raised.pk, "move": ObjectionMove.UPHOLD, "reason": "已核实"}
    with pytest.raises(Refused, match="not_allowed"):
        actions.answer_objection(**told, by=year.li.pk, now=year.now)
    sent = {"reason": "已核实", "version": raised.version}
    answer = client_of(year.chen).post(f"{at}answer/uphold/", sent)
    assert answer.status_code == 302
    clock.refresh_from_db()
    assert clock.end == "met"


def client_of(who: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(who)
    return client


def test_the_pages_from_the_figure_to_the_answer(year: Year) -> None:
    as_ = client_of
    tan, li = as_(year.tan), as_(year.li)
    home = f"/assessments/2021/submissions/{Submission.objects.get(unit=year.jiangmen).pk}/"
    assert "202 (2 rows)" in " ".join(tan.get(f"{home}items/B1/").content.decode().split())
    page = tan.get(f"{home}figures/trained/").content.decode()
    assert "Contest PX-002" in page
    for lang in ("en", "zh-hans"):
        read = tan.get(f"{home}figures/trained/", headers={"accept-language": lang})
        assert '<th scope="row" class="nowrap">PX-002</th>' in read.content.decode()
        assert re.search(r"<td[^>]*>2021-04-26</td><td[^>]*>8</td>", read.content.decode())
    where = f"{home}figures/trained/contest/"
    sent = {"record": "PX-002", "text": "应为104人"}
    page = tan.post(where, sent, follow=True).content.decode()
    assert "应为104人" in page
    number = Objection.objects.get().pk
    at = f"/assessments/2021/objections/{number}/"
    assert at in li.get("/").content.decode()
    for who in (tan, li):
        assert "1 of 1 not answered yet" in who.get("/assessments/2021/").content.decode()
    assert as_(year.liang).get(at).status_code == 404
    assert as_(year.sun).get(at).status_code == 404
    assert tan.post(f"{at}answer/uphold/", {"reason": "是", "version": 1}).status_code == 403
    assert li.post(f"{at}answer/reject/", {"reason": "", "version": 1}).status_code == 422
    page = li.post(f"{at}answer/reject/", {"reason": "记录无误", "version": 1}, follow=True)
    assert "记录无误" in page.content.decode()
    assert "rejected" in tan.get("/assessments/2021/objections/").content.decode()


@pytest.fixture(params=["snapshot_missing", "snapshot_changed"])
def harmed(year: Year, request: pytest.FixtureRequest) -> Iterator[str]:
    """The frozen snapshot is lost, or a table of it altered; afterwards it is as it was."""
    folder = place_of(snapshot_that_counts(year.assessment).folder)
    for one in (counting._counted, computed._listed, corrected._counted, standing_of._estimate):
        one.cache_clear()
    if request.param == "snapshot_missing":
        folder.rename(folder.with_name("away"))
        yield "已冻结的数据快照丢失"
        folder.with_name("away").rename(folder)
    else:
        table = folder / "tables" / "trainings.parquet"
        whole = table.read_bytes()
        table.write_bytes(whole.replace(b"PX-002", b"PX-003"))
        yield "数据快照已不是冻结时的内容"
        table.write_bytes(whole)
    for one in (counting._counted, computed._listed, corrected._counted, standing_of._estimate):
        one.cache_clear()


def test_a_snapshot_that_is_lost_or_altered_never_passes_for_no_data(
    year: Year, harmed: str
) -> None:
    snapshot = snapshot_that_counts(year.assessment)
    home = f"/assessments/2021/submissions/{Submission.objects.get(unit=year.jiangmen).pk}/"
    api = client_of(year.tan).get(f"/api{home}items/B1")
    assert (api.status_code, api.json()["refusals"][0]["zh"]) == (
        409, f"{harmed}（{snapshot.identifier}）"
    )  # fmt: skip
    for address in (
        f"{home}figures/trained/",
        f"{home}items/B1/",
        "/assessments/2021/standing/440700/",
    ):
        answer = client_of(year.tan).get(address)
        assert (answer.status_code, harmed in answer.text) == (409, True), address
        assert snapshot.identifier in answer.text
    page = client_of(year.chen).get(
        f"/snapshots/{snapshot.pk}/", headers={"accept-language": "zh-hans"}
    )
    assert page.status_code == 200
    assert harmed in page.text
    assert client_of(year.chen).get("/assessments/2021/").status_code == 200
    assert client_of(year.chen).get("/snapshots/").status_code == 200
