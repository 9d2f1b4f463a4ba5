"""An upheld objection is corrected at its source; what the correction touches moves, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import copy
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from steelyard.assessment.actions import collection as actions
from steelyard.assessment.actions.differences import compare_again, settle
from steelyard.assessment.models import Answer, Difference, Objection, Score, Submission
from steelyard.assessment.queries.assessments import issued
from steelyard.assessment.queries.collection.corrections import Correction, load_corrections
from steelyard.assessment.queries.figures.computed import objections_seen_by
from steelyard.assessment.queries.figures.counting import figures_that_count
from steelyard.assessment.queries.stages import load_state
from steelyard.assessment.rules.collection.corrections import Outcome
from steelyard.assessment.rules.differences.settling import Taken
from steelyard.assessment.rules.judging import Typed
from steelyard.assessment.rules.states import (
    DifferenceState,
    ObjectionMove,
    ScoreState,
    Stage,
    StageMove,
)
from steelyard.kernel.refusals import Refused
from steelyard.notices.models import Deadline
from steelyard.people.models import Account
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Role
from steelyard.supply import checking
from steelyard.supply.actions import deliveries
from steelyard.supply.actions.deliveries import File
from steelyard.supply.actions.requests import withdraw
from steelyard.supply.actions.snapshots import freeze
from steelyard.supply.models import Delivery, DeliveryRequest
from steelyard.supply.rules.requests import DAYS_TO_MEND
from tests.assessment.reported import reports
from tests.assessment.scored import Scored
from tests.once import World, world_of
from tests.supply.office import HEADINGS, account, details

pytestmark = pytest.mark.django_db

PLACES = (
    "code,title_zh,title_en,parent,level\n440000,广东,Guangdong,,province\n"
    "440100,广州,Guangzhou,440000,city\n440700,江门,Jiangmen,440000,city\n"
)
ROW = "{record},样本：培训,样本市市场监督管理局,officers,{place},2021-04-26,8,{persons}"
BEFORE = {"PX-001": ("440100", 150), "PX-002": ("440700", 62), "PX-003": ("440700", 140)}


def trainings(rows: Mapping[str, tuple[str, int]]) -> File:
    told = [ROW.format(record=code, place=at, persons=n) for code, (at, n) in rows.items()]
    return File("培训2021.csv", "\n".join([HEADINGS, *told, ""]).encode())


def delivered() -> Scored:
    """Trainings of both cities are delivered and frozen: 150 persons in Guangzhou, 202 in Jiangmen."""
    found = Scored()
    found.at(Stage.COLLECTING)
    he = account("何处长", body=(Role.SUPPLYING_BODY, found.province))
    sent = deliveries.upload(
        body=found.province, details=details(table="places"), by=he.pk, now=found.now,
        file=File("places.csv", PLACES.encode()),
    )  # fmt: skip
    _accept(found, _sign(found, sent, he))
    sent = deliveries.upload(
        body=found.market, details=details(), file=trainings(BEFORE), by=found.li.pk, now=found.now
    )
    _accept(found, _sign(found, sent, found.li))
    _freeze(found)
    return found


standing = world_of(delivered)
all_scored = world_of(lambda: _scored(delivered()))


@pytest.fixture
def year(standing: World[Scored]) -> Scored:
    return standing.copy()


def _sign(year: Scored, sent: Delivery, by: Account) -> Delivery:
    return deliveries.sign(delivery=sent.pk, seen=sent.version, by=by.pk, now=year.now)


def _accept(year: Scored, signed: Delivery) -> Delivery:
    return deliveries.accept(delivery=signed.pk, seen=signed.version, by=year.chen.pk, now=year.now)


def _freeze(year: Scored) -> None:
    year.now += timedelta(minutes=2)
    freeze(
        office=year.province, starts=date(2021, 1, 1), ends=date(2022, 1, 1), by=year.chen.pk,
        now=year.now,
    )  # fmt: skip


def signed_correction(year: Scored, rows: Mapping[str, tuple[str, int]]) -> Delivery:
    standing = Delivery.objects.get(table_code="trainings", status="accepted")
    sent = deliveries.correct(
        delivery=standing.pk, details=details(), file=trainings(rows), why="人数有误",
        by=year.li.pk, now=year.now,
    )  # fmt: skip
    return _sign(year, sent, year.li)


def contested(year: Scored, record: str = "PX-003") -> Objection:
    return actions.contest(
        assessment=year.assessment.pk, unit=year.jiangmen, input_code="trained", record=record,
        text="应为104人", by=year.tan.pk, now=year.now,
    )  # fmt: skip


def upheld(year: Scored, raised: Objection) -> Objection:
    return actions.answer_objection(
        objection=raised.pk, move=ObjectionMove.UPHOLD, reason="已核实", by=year.li.pk, now=year.now
    )


def became(year: Scored, raised: Objection, today: date | None = None) -> Correction:
    today = today or year.today
    seen = objections_seen_by(load_held(year.chen.pk, today) or (), today)
    return load_corrections(year.assessment, [seen.get(pk=raised.pk)], today)[raised.pk]


def figures(year: Scored) -> dict[tuple[str, str], str]:
    return {
        key: one.value
        for key, one in figures_that_count(year.assessment, issued(year.assessment)).items()
    }


def stands(year: Scored, today: date | None = None) -> tuple[int, int]:
    """What stands against the freeze: records contested and unanswered, records wrong and not corrected."""
    found = load_state(year.assessment, today or year.today)
    return found.contested, found.uncorrected


def test_a_record_that_was_found_wrong_stands_against_the_freeze_until_it_is_corrected(
    year: Scored,
) -> None:
    assert stands(year) == (0, 0)
    raised = contested(year)
    assert stands(year) == (1, 0)
    clock = Deadline.objects.get(area="assessment", task="answer", object_id=raised.pk)
    assert stands(year, clock.due) == (1, 0)
    assert stands(year, clock.due + timedelta(1)) == (0, 0)  # nobody holds it up by silence
    upheld(year, raised)
    assert stands(year, clock.due + timedelta(60)) == (0, 1)
    sent = signed_correction(year, BEFORE | {"PX-003": ("440700", 104)})
    assert stands(year) == (0, 1)
    _accept(year, sent)
    assert stands(year) == (0, 0)


def test_what_the_office_withdraws_with_a_reason_stays_as_it_is(year: Scored) -> None:
    upheld(year, contested(year))
    (asked,) = DeliveryRequest.objects.all()
    withdraw(
        request=asked.pk, seen=asked.version, reason="不影响得分", by=year.chen.pk, now=year.now
    )
    assert stands(year) == (0, 0)


def test_upheld_its_body_is_asked_to_correct_the_delivery_and_the_figure_follows(
    year: Scored,
) -> None:
    raised = contested(year)
    delivery = Delivery.objects.get(table_code="trainings")
    assert (raised.body, raised.delivery) == (year.market, delivery)
    assert upheld(year, raised).figure == "202"
    asked = DeliveryRequest.objects.get()
    assert (asked.corrects, asked.body, asked.asked_by) == (delivery, year.market, year.li)
    clock = Deadline.objects.get(area="supply", object_id=asked.pk)
    assert (clock.working_days, clock.organisation) == (DAYS_TO_MEND, year.market)
    found = became(year, raised)
    assert (found.outcome, found.due, found.after) == (Outcome.ASKED, clock.due, None)
    sent = signed_correction(year, BEFORE | {"PX-003": ("440700", 104)})
    assert became(year, raised).outcome is Outcome.SIGNED
    _accept(year, sent)
    assert became(year, raised).outcome is Outcome.ACCEPTED
    assert figures(year)["440700", "trained"] == "202"
    _freeze(year)
    found = became(year, raised)
    assert (found.outcome, found.delivery) == (Outcome.COUNTED, sent)
    assert (found.before, found.after) == ("202", "166")
    assert figures(year)["440700", "trained"] == "166"


def test_not_corrected_it_is_open_and_late_before_the_office(year: Scored) -> None:
    raised = contested(year)
    upheld(year, raised)
    due = became(year, raised).due
    assert due is not None
    assert became(year, raised, due).outcome is Outcome.ASKED
    assert became(year, raised, due + timedelta(1)).outcome is Outcome.LATE
    chen = _as(year.chen)
    for page in ("", f"{raised.pk}/"):
        said = chen.get(f"/assessments/2021/objections/{page}").content.decode()
        assert "to be corrected" in said
        assert due.isoformat() in said
    assert "Correct “" in _as(year.li).get("/").content.decode()
    assert "1 to be corrected" in chen.get("/assessments/2021/").content.decode()


def test_several_records_of_a_delivery_are_asked_for_once(year: Scored) -> None:
    for record in ("PX-002", "PX-003"):
        upheld(year, contested(year, record))
    assert DeliveryRequest.objects.count() == 1
    assert {one.asked_id for one in Objection.objects.all()} == {DeliveryRequest.objects.get().pk}


def test_corrected_before_it_is_upheld_what_is_asked_is_met_already(year: Scored) -> None:
    raised = contested(year)
    sent = signed_correction(year, BEFORE | {"PX-003": ("440700", 104)})
    assert upheld(year, raised).correction == sent
    asked = DeliveryRequest.objects.get()
    assert (asked.state, asked.delivery) == ("met", sent)
    assert not Deadline.objects.filter(area="supply").exists()
    assert became(year, raised).outcome is Outcome.SIGNED


def test_a_correction_of_another_record_does_not_answer_for_this_one(year: Scored) -> None:
    first, second = contested(year, "PX-002"), contested(year, "PX-003")
    upheld(year, first)
    sent = signed_correction(year, BEFORE | {"PX-002": ("440700", 60)})
    assert upheld(year, second).correction is None
    asked = DeliveryRequest.objects.get(state="open")
    second.refresh_from_db()
    assert second.asked == asked
    assert became(year, first).outcome is Outcome.SIGNED
    assert became(year, second).outcome is Outcome.ASKED
    _accept(year, sent)
    assert became(year, second).outcome is Outcome.ASKED
    assert stands(year) == (0, 1)
    assert "Correct “" in _as(year.li).get("/").content.decode()
    again = BEFORE | {"PX-002": ("440700", 60), "PX-003": ("440700", 104)}
    _accept(year, signed_correction(year, again))
    assert became(year, second).outcome is Outcome.ACCEPTED
    _freeze(year)
    assert figures(year)["440700", "trained"] == "164"


def test_a_correction_that_leaves_a_record_found_wrong_as_it_was_is_not_signed(
    year: Scored,
) -> None:
    for record in ("PX-002", "PX-003"):
        upheld(year, contested(year, record))
    with pytest.raises(Refused) as refused:
        signed_correction(year, BEFORE | {"PX-002": ("440700", 60)})
    (said,) = refused.value.refusals
    assert said.code == "left_as_they_were"
    assert "PX-003" in said.text.zh
    assert "PX-002" not in said.text.zh
    standing = Delivery.objects.get(table_code="trainings", status="accepted")
    assert DeliveryRequest.objects.get().state == "open"
    draft = Delivery.objects.get(replaces=standing)
    assert draft.status == "draft"


def test_a_record_is_found_among_however_many_there_are(
    year: Scored, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "MOST_COMPARED", 1)
    upheld(year, contested(year))
    with pytest.raises(Refused, match="left_as_they_were"):
        signed_correction(year, BEFORE | {"PX-002": ("440700", 60)})
    assert upheld(year, contested(year, "PX-002")).correction is None


def test_what_the_office_withdrew_need_not_be_corrected(year: Scored) -> None:
    upheld(year, contested(year))
    (asked,) = DeliveryRequest.objects.all()
    withdraw(
        request=asked.pk, seen=asked.version, reason="不影响得分", by=year.chen.pk, now=year.now
    )
    assert signed_correction(year, BEFORE | {"PX-002": ("440700", 60)}).status == "signed"


def returned(year: Scored, sent: Delivery) -> Delivery:
    return deliveries.return_to_body(
        delivery=sent.pk, seen=sent.version, reason="仍有误", working_days=3, by=year.chen.pk,
        now=year.now,
    )  # fmt: skip


def taken_back(year: Scored, sent: Delivery) -> Delivery:
    return deliveries.withdraw(delivery=sent.pk, seen=sent.version, by=year.li.pk, now=year.now)


@pytest.mark.parametrize(("undo", "days"), [(returned, 3), (taken_back, DAYS_TO_MEND)])
def test_a_correction_that_is_signed_no_longer_is_owed_by_a_day(
    year: Scored, undo: Callable[[Scored, Delivery], Delivery], days: int
) -> None:
    raised = contested(year)
    sent = signed_correction(year, BEFORE | {"PX-003": ("440700", 104)})
    upheld(year, raised)
    sent.refresh_from_db()
    sent = undo(year, sent)
    clock = Deadline.objects.get(area="supply", ended_on=None)
    assert (clock.working_days, clock.organisation) == (days, year.market)
    found = became(year, raised)
    assert (found.outcome, found.due, found.delivery) == (Outcome.ASKED, clock.due, None)
    assert "Correct “" in _as(year.li).get("/").content.decode()


def test_accepted_before_it_is_upheld_nothing_is_asked(year: Scored) -> None:
    raised = contested(year)
    sent = signed_correction(year, BEFORE | {"PX-003": ("440700", 104)})
    _accept(year, sent)
    upheld(year, raised)
    assert not DeliveryRequest.objects.exists()
    assert became(year, raised).outcome is Outcome.ACCEPTED


def test_the_office_urges_a_correction_from_the_page_of_the_objection(year: Scored) -> None:
    raised = contested(year)
    upheld(year, raised)
    here, button = f"/assessments/2021/objections/{raised.pk}/", "/urge/"
    assert button in _as(year.chen).get(here).content.decode()
    for other in (year.li, year.tan, year.zhao):
        assert button not in _as(other).get(here).content.decode()
    number = DeliveryRequest.objects.get().pk
    assert _as(year.chen).post(f"/requests/{number}/urge/").status_code == 302
    assert button not in _as(year.chen).get(here).content.decode()


def test_an_accepted_correction_waits_for_the_office_until_it_is_frozen(year: Scored) -> None:
    says = "with accepted corrections (1)"
    raised = contested(year)
    upheld(year, raised)
    sent = signed_correction(year, BEFORE | {"PX-003": ("440700", 104)})
    assert says not in _as(year.chen).get("/").content.decode()
    _accept(year, sent)
    assert says in _as(year.chen).get("/").content.decode()
    assert says not in _as(year.li).get("/").content.decode()
    _freeze(year)
    assert says not in _as(year.chen).get("/").content.decode()


def test_a_record_that_came_with_no_delivery_waits_for_the_office(year: Scored) -> None:
    raised = Objection.objects.create(
        assessment=year.assessment, unit=year.jiangmen, body=year.market, record="PX-003",
        input_code="trained", text="应为104人", raised_by=year.tan, raised_at=year.now,
    )  # fmt: skip
    upheld(year, raised)
    assert "came with no delivery (1)" in _as(year.chen).get("/").content.decode()


def test_rejected_nothing_is_asked(year: Scored) -> None:
    raised = contested(year)
    actions.answer_objection(
        objection=raised.pk, move=ObjectionMove.REJECT, reason="记录无误", by=year.li.pk,
        now=year.now,
    )  # fmt: skip
    assert not DeliveryRequest.objects.exists()
    assert became(year, raised).outcome is Outcome.NOTHING


def test_the_pages_say_what_became_of_it(year: Scored) -> None:
    raised = contested(year)
    upheld(year, raised)
    request = DeliveryRequest.objects.get()
    page = _as(year.li).get(f"/requests/{request.pk}/").content.decode()
    assert f"/deliveries/{request.corrects_id}/correct/" in page
    _accept(year, signed_correction(year, BEFORE | {"PX-003": ("440700", 104)}))
    _freeze(year)
    page = _as(year.tan).get(f"/assessments/2021/objections/{raised.pk}/").content.decode()
    assert "The figure moved from 202 to 166." in page
    assert f"/requests/{request.pk}/" not in page


ROWS, ITEM, STANDING = "figures/trained/", "items/B1/", "/assessments/2021/standing/440700/"


def _pages(year: Scored, lang: str = "en") -> tuple[str, str, str]:
    """Rows behind the figure, the item and the standing, as an officer of the city reads them."""
    own = Submission.objects.get(unit=year.jiangmen, assessment=year.assessment)
    client = Client(headers={"accept-language": lang})
    client.force_login(year.tan)
    at = f"/assessments/2021/submissions/{own.pk}/"
    rows, item, standing = (
        " ".join(re.sub(r"<[^>]*>", " ", client.get(page).content.decode()).split())
        for page in (f"{at}{ROWS}", f"{at}{ITEM}", STANDING)
    )
    return rows, item, standing


def test_the_city_reads_what_an_accepted_correction_changes_before_it_is_frozen(
    year: Scored,
) -> None:
    upheld(year, contested(year))
    sent = signed_correction(year, BEFORE | {"PX-003": ("440700", 104)})
    rows, item, standing = _pages(year)
    assert "upheld correction signed, not accepted yet" in rows
    for page in (rows, item, standing):  # signed alone, it is between the body and the office
        assert "accepted corrections" not in page
        assert "140 →" not in page
        assert "202 →" not in page
    _accept(year, sent)
    rows, item, standing = _pages(year)
    assert "upheld correction accepted, not frozen yet Persons 140 → 104" in rows
    assert "From the records 202" in rows
    assert "With accepted corrections 166" in rows
    assert "202 (2 rows) with accepted corrections 166, from the next frozen records on" in item
    assert "Persons trained 202 → 166" in standing
    zh = _pages(year, "zh-hans")
    assert "人数 140 → 104" in zh[0]
    _freeze(year)
    rows, item, standing = _pages(year)
    assert "upheld corrected Persons 140 → 104" in rows
    assert "From the records 166" in rows
    for page in (rows, item, standing):
        assert "accepted corrections" not in page
        assert "Corrected since" not in page


def test_a_correction_of_other_rows_is_not_told_as_moving_the_figure(year: Scored) -> None:
    _accept(year, signed_correction(year, BEFORE | {"PX-001": ("440100", 1)}))
    rows, item, standing = _pages(year)
    assert "With accepted corrections 202" in rows
    assert "accepted corrections" not in item
    assert "Corrected since" not in standing


def test_a_row_that_its_correction_leaves_out_is_told_so(year: Scored) -> None:
    raised = contested(year)
    upheld(year, raised)
    left = {code: row for code, row in BEFORE.items() if code != "PX-003"}
    _accept(year, signed_correction(year, left))
    rows, item, _standing = _pages(year)
    assert "upheld correction accepted, not frozen yet left out of the correction" in rows
    assert "with accepted corrections 62" in item
    page = _as(year.chen).get(f"/assessments/2021/objections/{raised.pk}/").content.decode()
    assert "The figure will move from 202 to 62 with the next frozen records." in page


def test_corrected_twice_before_it_is_frozen_the_last_one_is_told(year: Scored) -> None:
    raised = contested(year)
    upheld(year, raised)
    _accept(year, signed_correction(year, BEFORE | {"PX-003": ("440700", 104)}))
    _accept(year, signed_correction(year, BEFORE | {"PX-003": ("440700", 100)}))
    rows, item, standing = _pages(year)
    assert "Persons 140 → 100" in rows
    assert "with accepted corrections 162" in item
    assert "202 → 162" in standing


def test_the_objection_leads_to_the_rows_that_its_correction_changes(year: Scored) -> None:
    raised = contested(year)
    upheld(year, raised)
    sent = signed_correction(year, BEFORE | {"PX-003": ("440700", 104)})
    here, link = f"/assessments/2021/objections/{raised.pk}/", f"/deliveries/{sent.pk}/compare/"
    for who in (year.chen, year.li):
        assert link in _as(who).get(here).content.decode()
        page = _as(who).get(link).content.decode()
        assert page.index("PX-003") < page.index("all rows")
    assert link not in _as(year.tan).get(here).content.decode()
    assert _as(year.tan).get(link).status_code == 404


REPORTED = 300
"""By both cities; a correction that comes to just that settles the difference by itself."""


@pytest.mark.parametrize(
    "changes",
    [
        {"PX-003": ("440700", 104)},
        {"PX-001": ("440100", 140)},
        {"PX-001": ("440100", REPORTED)},
        {"PX-002": ("440700", 60), "PX-003": ("440700", 142)},
        {"PX-002": ("440100", 62)},
    ],
    ids=["one city", "the other", "agreed", "none: the sum stays", "a row of the other city"],
)
def test_an_accepted_correction_moves_what_it_touches(
    all_scored: World[Scored], changes: dict[str, tuple[str, int]]
) -> None:
    _moves_exactly_what_it_touches(all_scored.copy(), BEFORE | changes)


places, persons = st.sampled_from(["440100", "440700"]), st.integers(1, REPORTED)


class TestCorrections(TestCase):
    """Whatever a delivery says after its correction, just what it touches moves."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.year = _scored(delivered())

    @settings(max_examples=6, deadline=None)
    @given(st.fixed_dictionaries(dict.fromkeys([*BEFORE, "PX-004"], st.tuples(places, persons))))
    def test_an_accepted_correction_moves_exactly_what_it_touches(
        self, after: dict[str, tuple[str, int]]
    ) -> None:
        _moves_exactly_what_it_touches(copy(self.year), after)


def _scored(year: Scored) -> Scored:
    """Both cities report others than the records; that is settled by the records, and scored."""
    year.signed("closed_in_time", year.in_time)
    for unit in (year.guangzhou, year.jiangmen):
        reports(year, unit, {"trained": str(REPORTED)}, item="B1")
    year.now += timedelta(60)
    year.move(StageMove.COMPARE)
    for one in Difference.objects.all():
        settle(
            difference=one.pk, taken=Taken.SUPPLIED, reason="以记录为准", by=year.chen.pk,
            now=year.now,
        )  # fmt: skip
    year.move(StageMove.SCORE)
    year.score("B1", guangzhou=Typed({}), jiangmen=Typed({}))
    return year


def _moves_exactly_what_it_touches(year: Scored, after_rows: Mapping[str, tuple[str, int]]) -> None:
    before, rows = figures(year), _rows()
    _accept(year, signed_correction(year, after_rows))
    assert _rows() == rows
    _freeze(year)
    touched = {
        unit for unit in ("440100", "440700") if _sum(after_rows, unit) != _sum(BEFORE, unit)
    }
    assert figures(year) == before, "what was settled stays until it is settled anew"
    said = _as(year.chen).get("/assessments/2021/differences/").content.decode()
    assert said.count("Changed since it was settled") == len(touched)
    compare_again(assessment=year.assessment.pk, by=year.chen.pk, now=year.now)
    moved = {one for one in rows if _rows()[one] != rows[one]}
    assert moved == {("difference", unit) for unit in touched} | {
        ("score", unit) for unit in touched
    }
    for unit in touched:
        agrees = _sum(after_rows, unit) == REPORTED
        state = DifferenceState.SETTLED if agrees else DifferenceState.OPEN
        assert Difference.objects.get(unit__code=unit).state == state
        assert Score.objects.get(unit__code=unit, item="B1").state == ScoreState.OPEN
    now = figures(year)
    changed = {key for key, value in before.items() if now.get(key) != value}
    assert changed == {(unit, "trained") for unit in touched}


def _sum(rows: Mapping[str, tuple[str, int]], unit: str) -> int:
    return sum(persons for place, persons in rows.values() if place == unit)


def _rows() -> dict[tuple[str, str], Any]:
    """All that stands, by what and unit: differences, scores, answers."""
    return {
        **{("difference", one.unit.code): (one.version, one.state, one.value)
           for one in Difference.objects.select_related("unit")},
        **{("score", one.unit.code): (one.version, one.state)
           for one in Score.objects.filter(item="B1").select_related("unit")},
        **{("answer", f"{one.submission_id} {one.item}"): (one.version, one.figures)
           for one in Answer.objects.all()},
    }  # fmt: skip


def _as(who: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(who)
    return client
