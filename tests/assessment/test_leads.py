"""Leads: every pair of state and move, who may, and that who told is nowhere but under its seal."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from steelyard.assessment.actions import leads as actions
from steelyard.assessment.actions import visits
from steelyard.assessment.informant_seal import NAME as KEY
from steelyard.assessment.informant_seal import SealBroken, seal, unseal
from steelyard.assessment.models import Informant, InformantRead, Lead
from steelyard.assessment.queries.leads import leads_by_unit
from steelyard.assessment.rules.leads import Told
from steelyard.assessment.rules.states import LEAD, LeadMove, LeadState
from steelyard.kernel.refusals import Refused
from steelyard.letterbox.leads import NUMBER
from steelyard.notices.models import Notice
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from steelyard.trail.versions import ChangedMeanwhile
from tests.assessment.visits import (
    NAME,
    PHONE,
    TEXT,
    announced,
    collecting,
    lead,
    planned,
    reported,
)
from tests.assessment.year import Year
from tests.once import World, world_of
from tests.supply.office import account

pytestmark = pytest.mark.django_db

PLANTED = (NAME, PHONE, "鸓鷅", "鵱鷜")
"""Of who told, of what was told, of what was concluded."""


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    return tmp_path


standing = world_of(collecting)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    return standing.copy()


def client(who: Account) -> Client:
    found = Client(headers={"accept-language": "en"})
    found.force_login(who)
    return found


def make(year: Year, state: LeadState) -> Lead:
    one = lead(year)
    who = {"lead": one.pk, "by": year.chen.pk, "now": year.now}
    if state is not LeadState.NEW:
        one = actions.check_lead(**who)
    if state in (LeadState.CONFIRMED, LeadState.UNFOUNDED):
        move = LeadMove.CONFIRM if state is LeadState.CONFIRMED else LeadMove.CLOSE
        one = actions.conclude_lead(move=move, conclusion="查实", **who)
    return one


def do(year: Year, one: Lead, move: LeadMove, by: Account | None = None) -> Lead:
    who = {"lead": one.pk, "by": (by or year.chen).pk, "now": year.now}
    if move is LeadMove.CHECK:
        return actions.check_lead(**who)
    return actions.conclude_lead(move=move, conclusion="查实", **who)


@pytest.mark.parametrize("state", list(LeadState))
@pytest.mark.parametrize("move", list(LeadMove))
def test_every_move_from_every_state_is_as_the_table_says(
    year: Year, state: LeadState, move: LeadMove
) -> None:
    one = make(year, state)
    after = LEAD.after(state, move)
    if after is None:
        with pytest.raises(Refused) as refused:
            do(year, one, move)
        assert [each.code for each in refused.value.refusals] == ["wrong_state"]
    else:
        assert do(year, one, move).state == after


def test_the_database_holds_to_the_table_and_to_what_was_told(year: Year) -> None:
    done = make(year, LeadState.CONFIRMED)
    for change in ({"state": "new"}, {"text": "anders"}, {"unit": year.guangzhou}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Lead.objects.filter(pk=done.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Informant.objects.update(sealed=b"x")


def test_a_conclusion_needs_its_words_and_a_visit_is_to_the_same_unit(year: Year) -> None:
    one = lead(year, unit=year.guangzhou.pk)
    visit = announced(year)
    who = {"lead": one.pk, "by": year.chen.pk, "now": year.now}
    with pytest.raises(Refused) as refused:
        actions.check_lead(visit=visit.pk, **who)
    assert refused.value.refusals[0].code == "visit_elsewhere"
    with pytest.raises(Refused) as refused:
        actions.conclude_lead(move=LeadMove.CLOSE, conclusion=" ", **who)
    assert refused.value.refusals[0].field == "conclusion"
    other = lead(year)
    client = Client(headers={"accept-language": "en"})
    client.force_login(year.chen)
    page = client.get(f"/assessments/2021/leads/{other.pk}/").text
    assert f"440700 · {visit.planned_on}" in page, "the city's English name in these tests"
    checked = actions.check_lead(lead=other.pk, visit=visit.pk, by=year.chen.pk, now=year.now)
    assert checked.visit_id == visit.pk
    with pytest.raises(ChangedMeanwhile):
        actions.conclude_lead(move=LeadMove.CLOSE, conclusion="x", seen=other.version,
                              lead=other.pk, by=year.qian.pk, now=year.now)  # fmt: skip


@pytest.mark.parametrize("who", ["zhao", "li", "sun", "gu", "tan", "huang", "liang", "mo"])
def test_nobody_but_the_office_takes_leads_in_or_handles_them(year: Year, who: str) -> None:
    one, other = lead(year), getattr(year, who)
    for act in (lambda: lead(year, by=other.pk), lambda: do(year, one, LeadMove.CHECK, other),
                lambda: do(year, one, LeadMove.CLOSE, other)):  # fmt: skip
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.lacks_a_right


@pytest.mark.parametrize("who", ["chen", "qian", "li", "sun", "gu", "tan", "huang", "liang", "mo"])
def test_nobody_but_the_head_of_the_office_opens_a_seal(year: Year, who: str) -> None:
    one, other = lead(year), getattr(year, who)
    with pytest.raises(Refused) as refused:
        actions.open_informant(lead=one.pk, reason="核实", by=other.pk, now=year.now)
    assert refused.value.lacks_a_right
    assert not InformantRead.objects.exists()


def test_the_head_opens_it_with_a_reason_and_each_opening_is_on_record(year: Year) -> None:
    one = lead(year)
    with pytest.raises(Refused):
        actions.open_informant(lead=one.pk, reason=" ", by=year.zhao.pk, now=year.now)
    asked, page = client(year.zhao), f"/assessments/2021/leads/{one.pk}/"
    assert NAME not in asked.get(page).content.decode()
    assert asked.post(f"{page}informant/", {"reason": ""}).status_code == 422
    answer = asked.post(f"{page}informant/", {"reason": "需要回访"})
    assert NAME in answer.content.decode()
    assert PHONE in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert [(read.by_id, read.reason) for read in InformantRead.objects.all()] == [
        (year.zhao.pk, "需要回访")
    ]
    seen_later = client(year.chen).get(page).content.decode()
    assert "需要回访" in seen_later
    assert NAME not in seen_later
    assert client(year.chen).post(f"{page}informant/", {"reason": "x"}).status_code == 403


def test_a_seal_opens_only_on_its_own_lead_with_its_own_key_and_tells_no_length(home: Path) -> None:
    told = Told(name=NAME, contact=PHONE, note="同事")
    sealed = seal(told, 7)
    assert unseal(sealed, 7) == told
    assert len(seal(Told(name="李"), 7)) == len(sealed)
    assert NAME.encode() not in sealed
    assert (home / "keys" / KEY).stat().st_mode & 0o077 == 0
    for other, lead_of in ((sealed, 8), (sealed[:-1] + bytes([sealed[-1] ^ 1]), 7)):
        with pytest.raises(SealBroken):
            unseal(other, lead_of)
    (home / "keys" / KEY).unlink()
    with pytest.raises(SealBroken):
        unseal(sealed, 7)


def test_the_same_lead_sent_twice_is_one_and_its_informant_is_not_lost(year: Year) -> None:
    one = lead(year, told=Told())
    assert lead(year).pk == one.pk
    assert Informant.objects.get().lead_id == one.pk
    assert lead(year).pk == one.pk
    assert Informant.objects.count() == 1


def test_leads_are_counted_by_unit(year: Year) -> None:
    make(year, LeadState.CONFIRMED)
    lead(year, text="另一件")
    lead(year, unit=year.guangzhou.pk)
    counted = [
        (one.unit.zh, one.new, one.confirmed, one.all) for one in leads_by_unit(year.assessment)
    ]
    assert counted == [("广州市", 1, 0, 1), ("江门市", 1, 1, 2)]


# --- who told, and what was told, is nowhere else ---------------------------------------------------


def planted(year: Year) -> Lead:
    one = lead(year)
    who = {"lead": one.pk, "by": year.chen.pk, "now": year.now}
    actions.check_lead(**who)
    found = actions.conclude_lead(move=LeadMove.CONFIRM, conclusion="经查鵱鷜属实", **who)
    actions.open_informant(lead=one.pk, reason="需要回访", by=year.zhao.pk, now=year.now)
    return found


def everyone_else(year: Year) -> Iterator[Account]:
    yield from (year.li, year.sun, year.gu, year.tan, year.huang, year.liang, year.feng, year.mo)
    yield from year.experts
    yield account("省审计员", held=(Role.AUDITOR, year.province))
    yield account("省管理员", held=(Role.ADMINISTRATOR, year.province))
    yield account("市审计员", held=(Role.AUDITOR, year.jiangmen))
    yield account("编辑", held=(Role.EDITOR, year.province))
    yield account("审核", held=(Role.MODERATOR, year.province))


def addresses(one: Lead) -> tuple[str, ...]:
    informant = Informant.objects.get().pk
    read = InformantRead.objects.get().pk
    page = "/assessments/2021/leads/"
    histories = (
        ("assessment_lead", one.pk), ("assessment_informant", informant),
        ("assessment_informantread", read), ("assessment_assessment", one.assessment_id),
    )  # fmt: skip
    return (
        "/", "/assessments/", "/assessments/2021/", "/assessments/2021/visits/", page, f"{page}receive/",
        f"{page}{one.pk}/", "/notices/", "/files/", "/organisations/", "/deadlines/",
        "/organisations/?q=鸩鹮", "/api/notices", "/api/deadlines",
        *(f"/history/{table}/{number}/" for table, number in histories),
        *(f"/history/{table}/{number}/history.csv" for table, number in histories),
    )  # fmt: skip


def test_nobody_else_finds_who_told_or_what_or_that_there_is_a_lead(year: Year) -> None:
    one = planted(year)
    page = f"/assessments/2021/leads/{one.pk}/"
    for who in everyone_else(year):
        asked = client(who)
        assert asked.get(page).status_code == 404
        assert asked.get("/assessments/2021/leads/").status_code == 404
        assert asked.get("/assessments/2021/leads/receive/").status_code == 404
        for post in ("check", "conclude", "informant"):
            assert asked.post(f"{page}{post}/", {"reason": "x", "version": 1}).status_code == 404
        for address in addresses(one):
            shown = _whole(asked.get(address))
            assert [word for word in PLANTED if word in shown] == [], (who, address)
            if not address.startswith("/history/"):
                assert "Leads from the public" not in shown


def test_the_city_s_auditor_finds_no_history_of_a_lead_and_the_province_s_finds_no_words_in_it(
    year: Year,
) -> None:
    one = planted(year)
    city = client(account("市审计员", held=(Role.AUDITOR, year.jiangmen)))
    province = client(account("省审计员", held=(Role.AUDITOR, year.province)))
    address = f"/history/assessment_lead/{one.pk}/"
    assert city.get(address).status_code == 404
    assert province.get(address).status_code == 200


def test_the_office_sees_the_lead_and_never_who_told_it(year: Year) -> None:
    one = planted(year)
    for who in (year.chen, year.qian, year.zhao):
        asked = client(who)
        assert TEXT in asked.get(f"/assessments/2021/leads/{one.pk}/").content.decode()
        for address in addresses(one):
            shown = _whole(asked.get(address))
            assert NAME not in shown, address
            assert PHONE not in shown, address


def test_no_table_no_log_no_notice_and_no_file_holds_who_told(
    year: Year, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    notices = Notice.objects.count()
    with caplog.at_level(logging.DEBUG):
        asked = client(year.chen)
        asked.post("/assessments/2021/leads/receive/", {
            "unit": year.jiangmen.pk, "channel": "hotline", "item": "", "text": TEXT, "name": NAME,
            "contact": PHONE, "note": "",
        })  # fmt: skip
        assert Informant.objects.count() == 1
        refused = asked.post("/assessments/2021/leads/receive/", {"unit": "", "name": NAME})
        assert refused.status_code == 422
    assert NAME not in "".join(
        str(one.getMessage()) for one in caplog.records if one.name != "django.db.backends"
    )
    assert Notice.objects.count() == notices
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text LIKE ANY(%s)',
                           [[f"%{NAME}%", f"%{PHONE}%"]])  # fmt: skip
            assert cursor.fetchone() == (0,), table
        cursor.execute("SELECT count(*) FROM trail_entry AS t WHERE t::text LIKE %s", ["%鸓鷅%"])
        assert cursor.fetchone() == (0,)
    files = [path for path in home.rglob("*") if path.is_file()]
    assert [path for path in files if NAME.encode() in path.read_bytes()] == []
    assert repr(Told(name=NAME)) == "Told(***)"


def test_who_checks_a_lead_second_is_told(year: Year) -> None:
    one = lead(year)
    actions.check_lead(lead=one.pk, seen=one.version, by=year.chen.pk, now=year.now)
    with pytest.raises(ChangedMeanwhile):
        actions.check_lead(lead=one.pk, seen=one.version, by=year.qian.pk, now=year.now)


def test_the_office_walks_from_receipt_to_conclusion_on_its_pages(year: Year) -> None:
    asked = client(year.chen)
    told = {"unit": year.jiangmen.pk, "channel": "letter", "item": "A1", "text": TEXT, "name": "",
            "contact": "", "note": ""}  # fmt: skip
    assert asked.post("/assessments/2021/leads/receive/", told | {"text": ""}).status_code == 422
    made = asked.post("/assessments/2021/leads/receive/", told)
    one = Lead.objects.get()
    page = f"/assessments/2021/leads/{one.pk}/"
    assert made.headers["Location"] == page
    assert "left no name" in asked.get(page).content.decode()
    assert f"lead no. {one.pk}" in asked.get("/").content.decode().lower()
    assert asked.post(f"{page}check/", {"version": one.version, "visit": ""}).status_code == 302
    one.refresh_from_db()
    stale = {"version": one.version - 1, "move": "close", "conclusion": "x"}
    assert asked.post(f"{page}conclude/", stale).status_code == 409
    empty = {"version": one.version, "move": "close", "conclusion": ""}
    assert asked.post(f"{page}conclude/", empty).status_code == 422
    assert asked.post(f"{page}conclude/", empty | {"conclusion": "查无此事"}).status_code == 302
    assert "查无此事" in asked.get(page).content.decode()
    again = {"version": one.version + 1, "move": "close", "conclusion": "x"}
    assert asked.post(f"{page}conclude/", again).status_code == 409
    assert client(year.zhao).post(f"{page}informant/", {"reason": "x"}).status_code == 409


def _whole(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8", "replace")


def test_a_lead_is_not_confirmed_by_a_visit_that_is_still_to_come(year: Year) -> None:
    visit, found = planned(year), lead(year)
    actions.check_lead(lead=found.pk, visit=visit.pk, by=year.chen.pk, now=year.now)
    told = {"lead": found.pk, "conclusion": "属实", "by": year.chen.pk, "now": year.now}
    with pytest.raises(Refused) as refused:
        actions.conclude_lead(move=LeadMove.CONFIRM, **told)
    assert [one.code for one in refused.value.refusals] == ["visit_not_reported"]
    shown = client(year.chen).get(f"/assessments/2021/leads/{found.pk}/").content.decode()
    assert "no report yet" in shown
    assert 'value="confirm"' not in shown
    visits.announce_visit(visit=visit.pk, by=year.chen.pk, now=year.now)
    reported(year, visit)
    assert actions.conclude_lead(move=LeadMove.CONFIRM, **told).state == LeadState.CONFIRMED


def test_visits_to_choose_from_are_said_in_the_language_of_the_page(year: Year) -> None:
    planned(year)
    shown = client(year.chen).get(f"/assessments/2021/leads/{lead(year).pk}/").content.decode()
    select = shown.split('name="visit"')[1].split("</select>")[0]
    assert "江门" not in select
    assert "planned" in select


def test_a_lead_by_the_hotline_has_a_receipt_that_can_be_told_to_the_caller(year: Year) -> None:
    first, again = lead(year), lead(year)
    assert first.pk == again.pk
    assert NUMBER.fullmatch(first.receipt)
    assert lead(year, text="另一条").receipt != first.receipt
    told = {"unit": year.jiangmen.pk, "channel": "hotline", "item": "", "text": "第三条", "name": "",
            "contact": "", "note": ""}  # fmt: skip
    shown = client(year.chen).post("/assessments/2021/leads/receive/", told, follow=True)
    number = Lead.objects.get(text="第三条").receipt
    assert shown.content.decode().count(number) == 2
