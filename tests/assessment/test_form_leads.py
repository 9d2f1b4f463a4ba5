"""Leads from the public form: where they go, that they are one, who sees them, that who told is nowhere."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from steelyard.assessment.actions import leads
from steelyard.assessment.actions.assessments import Wanted, open_assessment
from steelyard.assessment.actions.leads import form_leads as actions
from steelyard.assessment.informant_seal import NAME as KEY
from steelyard.assessment.models import Assessment, Informant, InformantRead, Lead
from steelyard.assessment.queries.leads.form_leads import office_of
from steelyard.assessment.rules.states import LeadMove, Stage
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refused
from steelyard.letterbox.leads import LeadLetter, Reported, received, written
from steelyard.letterbox.outbox import put
from steelyard.letterbox.sealing import office_key, public_half, sealed
from steelyard.notices.models import Notice
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from steelyard.website.messages.actions import take_folder
from tests.assessment.visits import announced, collecting, found_on
from tests.assessment.year import Year
from tests.once import World, world_of
from tests.supply.office import account, organisation

pytestmark = pytest.mark.django_db

NAME, PHONE = "鸩鹮举报人", "13999990000"
TYPED = Reported(
    unit="440700", item="A1", matter="A1 按期办结；鴗鸀补做", text="台账鸓鷅是补做的", place="鵱鷜市场",
    happened="鶣鶨之后", name=NAME, contact=PHONE,
)  # fmt: skip
WORDS = ("鸓鷅", "鴗鸀", "鵱鷜", "鶣鶨")


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    settings.SEALING_KEY = tmp_path / "keys" / "messages.key"
    settings.COUNTS_SENDERS = str(tmp_path / "senders")
    return tmp_path


standing = world_of(collecting)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    return standing.copy()


def letter(once: str = "once", **changes: str) -> LeadLetter:
    return received(replace(TYPED, **changes), once)


def taken(year: Year, once: str = "once", **changes: str) -> Lead:
    assert actions.take_lead(letter(once, **changes), now=year.now)
    return Lead.objects.latest("pk")


def client(who: Account) -> Client:
    found = Client(headers={"accept-language": "en"})
    found.force_login(who)
    return found


def office(year: Year) -> Account:
    """She handles leads: notices and pages are hers."""
    return year.chen


def another(year: Year) -> Assessment:
    """Of the same office and the same units, of the year after, running too."""
    wanted = Wanted(
        code="2021b", title=Text("样本：专项考核", "Sample: special assessment"),
        starts=year.assessment.ends, ends=date(2023, 1, 1), sample=True,
    )  # fmt: skip
    other = Year.__new__(Year)
    other.__dict__.update(year.__dict__)
    other.__dict__["assessment"] = open_assessment(
        office=year.province.pk, wanted=wanted, by=year.chen.pk, now=year.now
    )
    other.at(Stage.COLLECTING)
    year.now = other.now
    return other.assessment


# --- where it goes ------------------------------------------------------------------------------


def test_it_goes_to_the_only_running_assessment_of_its_unit_and_its_office_is_told(
    year: Year,
) -> None:
    chen, qian = office(year), year.qian
    one = taken(year)
    assert (one.assessment, one.unit, one.office, one.item, one.channel, one.state) == (
        year.assessment, year.jiangmen, year.province, "A1", "form", "new",
    )  # fmt: skip
    assert (one.matter, one.place, one.happened) == (
        "A1 按期办结；鴗鸀补做",
        "鵱鷜市场",
        "鶣鶨之后",
    )
    told = Notice.objects.filter(kind="lead_received")
    assert {notice.account_id for notice in told} == {chen.pk, qian.pk}
    page = f"/assessments/2021/leads/{one.pk}/"
    assert client(chen).get(f"/leads/{one.pk}/").headers["Location"] == page
    shown = client(chen).get(page).content.decode()
    assert [word for word in (*WORDS, one.receipt, "web form") if word not in shown] == []
    assert "· Sample: assessment of 2021" in shown
    assert f"lead no. {one.pk}" in client(chen).get("/").content.decode().lower()
    assert "new: 1" in client(chen).get("/assessments/2021/").content.decode()


def test_an_item_that_the_scheme_has_not_is_left_out_and_nothing_else_is(year: Year) -> None:
    """Neither under its code, nor another under the same code."""
    assert taken(year, item="A1", matter="A1 结案率").item == ""
    assert taken(year, item="Z9").item == ""


@pytest.mark.parametrize(
    ("stage", "code"),
    [(Stage.COLLECTING, "990000"), (Stage.COLLECTING, "440700-market"), (Stage.COMMENTS, "440700"),
     (Stage.COLLECTING, "")],
)  # fmt: skip
def test_without_a_running_assessment_of_its_unit_it_waits_in_the_inbox(
    stage: Stage, code: str
) -> None:
    year = Year()
    year.at(stage)
    one = taken(year, unit=code)
    assert (one.assessment, one.office, one.state) == (None, year.province, "new")
    if code in ("990000", ""):
        assert (one.unit, one.place) == (None, f"{code} 鵱鷜市场".strip())


def test_with_two_running_assessments_an_officer_says_which(year: Year) -> None:
    other, chen = another(year), office(year)
    one = taken(year)
    assert (one.assessment, one.unit) == (None, year.jiangmen)
    page, asked = f"/leads/{one.pk}/", client(chen)
    assert f'href="{page}"' in asked.get("/leads/").content.decode()
    assert f'href="{page}"' in asked.get("/").content.decode()
    shown = asked.get(page).content.decode()
    assert "Sample: special assessment" in shown
    assert "台账鸓鷅" in shown
    form = {"version": one.version, "assessment": other.pk, "unit": year.jiangmen.pk, "item": "A1"}
    assert asked.post(f"{page}place/", form | {"item": "Z9"}).status_code == 422
    assert asked.post(f"{page}place/", form | {"unit": year.guangzhou.pk}).status_code == 422
    assert asked.post(f"{page}place/", form | {"version": one.version + 1}).status_code in (
        409,
        422,
    )
    placed = asked.post(f"{page}place/", form)
    assert placed.headers["Location"] == f"/assessments/2021b/leads/{one.pk}/"
    one.refresh_from_db()
    assert one.received_by is None, "the form took it in, whoever said of which assessment it is"
    assert asked.post(f"{page}place/", form).status_code == 404
    with pytest.raises(Refused) as refused:
        actions.place_lead(lead=one.pk, assessment=other.pk, unit=year.jiangmen.pk, by=chen.pk,
                           now=year.now)  # fmt: skip
    assert [each.code for each in refused.value.refusals] == ["placed_already"]


def test_in_the_inbox_it_can_be_closed_but_not_checked_or_confirmed(year: Year) -> None:
    one, chen = taken(year, unit=""), office(year)
    who = {"lead": one.pk, "by": chen.pk, "now": year.now}
    for act in (lambda: leads.check_lead(**who),
                lambda: leads.conclude_lead(move=LeadMove.CONFIRM, conclusion="x", **who)):  # fmt: skip
        with pytest.raises(Refused):
            act()
    for change in ({"state": "checking"}, {"assessment": year.assessment}, {"receipt": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Lead.objects.filter(pk=one.pk).update(**change)
    asked = client(chen)
    form = {"version": one.version, "move": "close", "conclusion": "与考核无关"}
    assert asked.post(f"/leads/{one.pk}/conclude/", form).status_code == 302
    assert "与考核无关" in asked.get(f"/leads/{one.pk}/").content.decode()


def test_a_unit_never_gets_the_lead_about_itself(year: Year) -> None:
    district = organisation("440703", "蓬江区", "district", year.jiangmen)
    account("市考核办", held=(Role.ASSESSING_OFFICE, year.jiangmen))
    account("省考核办", held=(Role.ASSESSING_OFFICE, year.province))
    today = year.today
    assert office_of(year.jiangmen, [], today) == year.province.pk
    assert office_of(year.bureau, [], today) == year.province.pk
    assert office_of(district, [], today) == year.province.pk
    assert office_of(None, [], today) == year.province.pk


def test_without_anybody_who_handles_leads_it_goes_to_the_first_organisation() -> None:
    year = Year()
    assert office_of(None, [], year.today) == year.province.pk


# --- one lead, once -----------------------------------------------------------------------------


def test_carried_in_twice_it_is_one_lead_and_a_replay_changes_nothing(
    year: Year, home: Path, settings: Any
) -> None:
    office(year)
    key, box = public_half(office_key(settings.SEALING_KEY)), home / "box"
    put(box, "a", sealed(written(letter()), key))
    put(box, "b", sealed(written(letter()), key))
    put(box, "open", written(letter("another")))
    taken_in = take_folder(box, now=year.now)
    assert (taken_in.new, taken_in.known) == (1, 1)
    assert taken_in.refused == ("open.json: it is not sealed",)
    again = take_folder(box, now=year.now)
    assert (again.new, again.known) == (0, 2)
    forged = replace(letter(), text="另一段话")
    assert not actions.take_lead(forged, now=year.now)
    assert Lead.objects.get().text == TYPED.text
    assert Informant.objects.count() == 1
    assert Notice.objects.filter(kind="lead_received", account=year.chen).count() == 1


def test_where_both_sites_are_one_the_form_writes_the_lead_itself(year: Year) -> None:
    form = {
        "text": TYPED.text,
        "place": "鵱鷜市场",
        "name": NAME,
        "contact": PHONE,
        "once": "o" * 24,
    }
    public = Client(enforce_csrf_checks=True)
    answer = public.post("/en/report/", form)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert public.post("/en/report/", form).context["receipt"] == answer.context["receipt"]
    one = Lead.objects.get()
    assert (one.receipt, one.office) == (answer.context["receipt"], year.province)
    assert Informant.objects.count() == 1


# --- who sees it, and who told ------------------------------------------------------------------


def test_nobody_but_the_office_sees_the_inbox(year: Year) -> None:
    one = taken(year, unit="")
    others = (year.li, year.sun, year.gu, year.tan, year.huang, year.liang, year.mo,
              account("省审计员", held=(Role.AUDITOR, year.province)),
              account("市考核办", held=(Role.ASSESSING_OFFICE, year.jiangmen)))  # fmt: skip
    for who in others:
        asked = client(who)
        assert asked.get(f"/leads/{one.pk}/").status_code == 404, who
        for step in ("place", "conclude", "informant"):
            assert asked.post(f"/leads/{one.pk}/{step}/", {"reason": "x"}).status_code == 404
        assert f"/leads/{one.pk}/" not in asked.get("/leads/").content.decode()
        assert f"/leads/{one.pk}/" not in asked.get("/").content.decode()
        assert "鸓鷅" not in asked.get(f"/history/assessment_lead/{one.pk}/").content.decode()
    assert client(year.tan).get("/leads/").status_code == 404


def test_the_seal_of_one_in_the_inbox_is_opened_by_the_head_alone_on_record(year: Year) -> None:
    one = taken(year, unit="")
    page = f"/leads/{one.pk}/informant/"
    assert client(office(year)).post(page, {"reason": "x"}).status_code == 403
    asked = client(year.zhao)
    assert asked.post(page, {"reason": " "}).status_code == 422
    answer = asked.post(page, {"reason": "需要回访"})
    assert NAME in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert InformantRead.objects.get().by_id == year.zhao.pk
    assert NAME not in asked.get(f"/leads/{one.pk}/").content.decode()
    placed = {"version": one.version, "assessment": year.assessment.pk, "unit": year.jiangmen.pk}
    assert client(office(year)).post(f"/leads/{one.pk}/place/", placed).status_code == 302
    again = asked.post(f"/assessments/2021/leads/{one.pk}/informant/", {"reason": "再次回访"})
    assert NAME in again.content.decode(), "the seal holds wherever the lead goes"


@pytest.mark.parametrize("harm", ["another key", "a key cut short"])
def test_a_broken_seal_says_so_and_the_lead_stays_readable(
    year: Year, home: Path, harm: str
) -> None:
    one = taken(year)
    key = home / "keys" / KEY
    key.unlink() if harm == "another key" else key.write_text("AAAA")
    asked = client(year.zhao)
    answer = asked.post(f"/assessments/2021/leads/{one.pk}/informant/", {"reason": "需要回访"})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "The seal could not be opened." in shown
    assert "台账鸓鷅" in shown
    assert NAME not in shown
    assert not InformantRead.objects.exists()


def test_no_table_trail_log_notice_file_or_page_holds_who_told(
    year: Year, home: Path, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    people = (office(year), year.zhao, year.qian, year.tan)
    box, key = home / "box", public_half(office_key(settings.SEALING_KEY))
    with caplog.at_level(logging.DEBUG):
        put(box, "a", sealed(written(letter()), key))
        put(box, "b", sealed(written(letter("o", unit="")), key))
        assert take_folder(box, now=year.now).new == 2
    logged = "".join(one.getMessage() for one in caplog.records if one.name != "django.db.backends")
    assert [word for word in (NAME, PHONE, *WORDS) if word in logged] == []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text LIKE ANY(%s)',
                           [[f"%{NAME}%", f"%{PHONE}%"]])  # fmt: skip
            assert cursor.fetchone() == (0,), table
        cursor.execute("SELECT count(*) FROM trail_entry AS t WHERE t::text LIKE ANY(%s)",
                       [[f"%{word}%" for word in WORDS]])  # fmt: skip
        assert cursor.fetchone() == (0,)
    told = "".join(f"{one.words}{one.path}" for one in Notice.objects.filter(kind="lead_received"))
    assert [word for word in (*WORDS, "江门") if word in told] == []
    files = [path for path in home.rglob("*") if path.is_file()]
    assert [path for path in files if NAME.encode() in path.read_bytes()] == []
    numbers = Lead.objects.values_list("pk", flat=True)
    for who in people:
        for address in ("/", "/leads/", "/notices/", "/assessments/2021/", "/assessments/2021/leads/",
                        "/api/notices", *(f"/leads/{one}/" for one in numbers),
                        *(f"/assessments/2021/leads/{one}/" for one in numbers),
                        *(f"/history/assessment_lead/{one}/history.csv" for one in numbers)):  # fmt: skip
            shown = client(who).get(address)
            content = b"".join(shown.streaming_content) if shown.streaming else shown.content
            assert NAME.encode() not in content, (who, address)
            assert PHONE.encode() not in content, (who, address)


# --- besides ------------------------------------------------------------------------------------


def test_pages_of_visits_and_leads_name_their_assessment(year: Year) -> None:
    visit, one, asked = announced(year), taken(year), client(office(year))
    for address in ("visits/", "visits/plan/", f"visits/{visit.pk}/", f"visits/{visit.pk}/sheet/",
                    f"visits/{visit.pk}/cancel/", "leads/", "leads/receive/", f"leads/{one.pk}/"):  # fmt: skip
        page = asked.get(f"/assessments/2021/{address}").content.decode()
        title = page.partition("<title>")[2].partition("</title>")[0]
        assert "Sample: assessment of 2021" in title, address


def test_a_photograph_is_taken_off_while_the_visit_is_not_over_and_the_history_keeps_it(
    year: Year,
) -> None:
    visit = announced(year)
    found_on(year, visit)
    (row,) = visit.findings.all()
    asked, page = client(office(year)), f"/assessments/2021/visits/{visit.pk}/findings/{row.pk}/"
    shown = asked.get(page)
    ((file, name),) = shown.context["form"].fields["off"].choices
    assert name == "照片1.png"
    form = {"version": row.version, "item": "A1", "is_defect": "True", "text": row.text,
            "place": row.place, "off": [file]}  # fmt: skip
    assert asked.post(page, form | {"off": [file + 1]}).status_code == 422
    assert asked.post(page, form).status_code == 302
    assert "off" not in asked.get(page).context["form"].fields
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM trail_entry WHERE action = 'detach_file'")
        assert cursor.fetchone() == (1,)
