"""The history of a thing can be read by those who see the trail of its organisation, and by no other."""

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client

from steelyard.people.models import Account, Holding, Organisation, Placement
from steelyard.trail.acting import acting, request_of

pytestmark = pytest.mark.django_db

DAY = date(2000, 1, 1)


def organisation(code: str, name: str, under: Organisation | None = None) -> Organisation:
    made = Organisation.objects.create(code=code, name_zh=name, kind="city", starts=DAY)
    if under:
        Placement.objects.create(organisation=made, parent=under, starts=DAY)
    return made


def account(username: str, name: str, role: str = "", of: Organisation | None = None) -> Account:
    made = Account.objects.create(username=username, name=name)
    if of:
        Holding.objects.create(account=made, organisation=of, role=role, starts=DAY)
    return made


class Office:
    """A province with two cities; an auditor of the province and one of the first city."""

    def __init__(self) -> None:
        self.province = organisation("440000", "广东省")
        self.guangzhou = organisation("440100", "广州市", self.province)
        self.shenzhen = organisation("440300", "深圳市", self.province)
        self.auditor = account("shen", "沈审计", "auditor", self.province)
        self.city_auditor = account("guang", "广审计", "auditor", self.guangzhou)
        self.officer = account("li", "李明", "city_officer", self.guangzhou)


@pytest.fixture
def office() -> Office:
    return Office()


def signed_in(who: Account, language: str = "zh-hans") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(who)
    return client


def page_of(thing: Any, who: Account, language: str = "zh-hans", query: str = "") -> Any:
    url = f"/history/{thing._meta.db_table}/{thing.pk}/{query}"
    return signed_in(who, language).get(url)


def rename(thing: Organisation, by: Account, name: str) -> None:
    with acting("correct_organisation", by=by.pk):
        Organisation.objects.filter(pk=thing.pk).update(name_en=name)


def test_it_says_who_when_what_and_each_field_before_and_after(office: Office) -> None:
    rename(office.guangzhou, office.officer, "Canton")
    rename(office.guangzhou, office.officer, "Guangzhou")
    page = page_of(office.guangzhou, office.auditor)
    last = page.context["acts"][0]
    assert (last.who, last.account, last.writes[0].title) == ("李明", "li", "更正机构信息")
    assert [(one.label, one.before, one.after) for one in last.writes[0].changes] == [
        ("英文名称", "Canton", "Guangzhou")
    ]
    text = page.content.decode()
    assert text.index("Guangzhou") < text.index("设立") if "设立" in text else "新增" in text
    english = page_of(office.guangzhou, office.auditor, "en").context["acts"][0]
    assert english.writes[0].title == "corrected an organisation"


def test_what_one_request_wrote_is_one_act(office: Office) -> None:
    with request_of(office.officer.pk):
        for name in ("a", "b"):
            rename(office.guangzhou, office.officer, name)
    Organisation.objects.filter(pk=office.guangzhou.pk).update(name_en="c")
    acts = page_of(office.guangzhou, office.auditor).context["acts"]
    told = [(act.who.partition(" ")[0], len(act.writes)) for act in acts]
    assert told == [("未指明人员", 1), ("李明", 2), ("未指明人员", 1)]


def test_rows_that_are_pointed_to_days_choices_and_truths_are_said_in_words(office: Office) -> None:
    holding = Holding.objects.get(account=office.officer)
    changes = page_of(holding, office.auditor).context["acts"][0].writes[0].changes
    assert {one.label: one.after for one in changes} == {
        "账号": "李明",
        "机构": "广州市",
        "角色": "单位经办人",
        "起始日": "2000-01-01",
    }


def test_a_thing_is_called_in_the_language_of_the_page(office: Office) -> None:
    rename(office.guangzhou, office.officer, "Guangzhou")
    holding = Holding.objects.get(account=office.officer)
    for thing, zh, en in (
        (office.guangzhou, "广州市 的操作记录", "History of Guangzhou"),
        (
            holding,
            "李明: 单位经办人 · 广州市 的操作记录",
            "History of 李明: unit officer · Guangzhou",
        ),
    ):
        for lang, said in (("zh-hans", zh), ("en", en)):
            assert f"<title>{said} · " in page_of(thing, office.auditor, lang).content.decode()


def test_a_secret_is_not_shown_but_that_it_changed_is(office: Office) -> None:
    office.officer.set_password("a-long-secret-word")
    office.officer.save()
    page = page_of(office.officer, office.auditor)
    changes = page.context["acts"][0].writes[0].changes
    assert ("密码", "（不显示）", "（已更改，不显示）") in [
        (one.label, one.before, one.after) for one in changes
    ]
    assert office.officer.password not in page.content.decode()


def test_it_is_seen_by_those_who_see_the_trail_of_its_organisation(office: Office) -> None:
    things = [
        office.province, office.guangzhou, office.shenzhen, office.officer,
        Placement.objects.get(organisation=office.shenzhen),
    ]  # fmt: skip
    seen = {
        who.username: [page_of(thing, who).status_code for thing in things]
        for who in (office.auditor, office.city_auditor, office.officer)
    }
    assert seen == {
        "shen": [200, 200, 200, 200, 200],
        "guang": [404, 200, 404, 200, 404],
        "li": [404, 404, 404, 404, 404],
    }


def test_what_belongs_to_no_organisation_is_seen_by_who_sees_all(office: Office) -> None:
    stray = account("stray", "无职")
    assert page_of(stray, office.auditor).status_code == 200
    assert page_of(stray, office.city_auditor).status_code == 404


def test_nobody_tells_a_thing_that_is_not_there_from_one_that_may_not_be_seen(
    office: Office,
) -> None:
    client = signed_in(office.city_auditor)
    urls = [
        f"/history/people_organisation/{office.shenzhen.pk}/",
        "/history/people_organisation/99999/",
        "/history/django_session/1/",
        "/history/nothing/1/",
        f"/history/people_organisation/{office.shenzhen.pk}/history.csv",
        "/history/people_organisation/99999/history.xlsx",
    ]
    answers = [client.get(url) for url in urls]
    assert [answer.status_code for answer in answers] == [404] * 6
    lengths = {
        len(answer.content.decode().replace(url, ""))
        for answer, url in zip(answers, urls, strict=True)
    }
    assert max(lengths) - min(lengths) < 200


def test_who_is_not_signed_in_is_asked_to(office: Office) -> None:
    answer = Client().get(f"/history/people_organisation/{office.province.pk}/")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/account/login/")


def test_what_was_deleted_keeps_its_history(office: Office) -> None:
    gone = organisation("440400", "珠海市", office.province)
    Placement.objects.filter(organisation=gone).delete()
    pk = gone.pk
    gone.delete()
    gone.pk = pk
    assert page_of(gone, office.auditor).status_code == 404, "nobody stands above it any longer"
    admin = account("root", "管理", "auditor", office.province)
    Holding.objects.filter(account=admin).update(organisation=office.province)
    holding = Holding.objects.get(account=office.officer)
    Holding.objects.filter(pk=holding.pk).delete()
    page = page_of(holding, office.auditor)
    assert page.context["thing"].is_gone
    assert [act.writes[0].verb for act in page.context["acts"]] == ["delete", "insert"]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_asks_as_much_of_the_database_for_three_writes_as_for_one(
    office: Office, rows: int, django_assert_num_queries: Any
) -> None:
    thing = organisation("441300", "惠州市", office.province)
    for number in range(rows):
        rename(thing, office.officer, f"name {number}")
    client = signed_in(office.auditor)
    # session, account, roles, newest entry, the thing, count, entries, accounts
    with django_assert_num_queries(8):
        assert client.get(f"/history/people_organisation/{thing.pk}/").status_code == 200


def test_a_long_history_has_pages(office: Office) -> None:
    for number in range(60):
        rename(office.guangzhou, office.officer, f"name {number}")
    first = page_of(office.guangzhou, office.auditor)
    second = page_of(office.guangzhou, office.auditor, query="?page=2")
    assert (len(first.context["acts"]), len(second.context["acts"])) == (50, 11)
    assert second.context["acts"][-1].writes[0].verb == "insert"


def test_it_can_be_taken_away_whole_as_csv_and_as_a_workbook(office: Office) -> None:
    rename(office.guangzhou, office.officer, "=HYPERLINK(1)")
    for number in range(60):
        rename(office.guangzhou, office.officer, f"name {number}")
    url = f"/history/people_organisation/{office.guangzhou.pk}/history"
    csv = signed_in(office.auditor).get(f"{url}.csv")
    text = csv.content.decode("utf-8-sig")
    assert "attachment" in csv["Content-Disposition"]
    assert len(text.splitlines()) == 1 + 61 + 4
    assert ",'=HYPERLINK(1)," in text
    book = openpyxl.load_workbook(
        BytesIO(signed_in(office.auditor).get(f"{url}.xlsx").content), read_only=True
    )
    lines = list(book.active.iter_rows(values_only=True))
    assert len(lines) == 1 + 61 + 4
    assert lines[1][1:8] == (
        "李明", "li", "更正机构信息", "correct_organisation", "英文名称", "name 58", "name 59",
    )  # fmt: skip
    book.close()


COLUMNS = "(code, name_zh, name_en, kind, place, starts)"


def past_the_office(way: str) -> Organisation:
    """A row that comes by COPY or by raw SQL, as from psql: nobody says who it is."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL application_name = 'psql'")
        if way == "copy":
            with cursor.copy(f"COPY people_organisation {COLUMNS} FROM STDIN") as copy:
                copy.write_row(("x", "某市", "", "city", "", "2000-01-01"))
        else:
            cursor.execute(
                f"INSERT INTO people_organisation {COLUMNS}"
                " VALUES ('x', '某市', '', 'city', '', '2000-01-01')"
            )
    return Organisation.objects.get(code="x")


@pytest.mark.parametrize("way", ["copy", "raw sql"])
def test_of_what_came_past_the_office_it_says_that_no_person_was_named(
    office: Office, way: str
) -> None:
    from django.db import connection

    made = past_the_office(way)
    Placement.objects.create(organisation=made, parent=office.province, starts=DAY)
    user = connection.settings_dict["USER"] or "postgres"
    (act,) = page_of(made, office.auditor, "en").context["acts"]
    assert act.who == f"no person named (database user {user}, program psql)"
    assert "未指明人员" in page_of(made, office.auditor).content.decode()
    taken = page_of(made, office.auditor, "en", "history.csv").content.decode()
    assert f"no person named (database user {user}, program psql)" in taken
    assert f"sql:{user}/psql" in taken


def test_what_the_office_does_by_itself_is_of_the_system(office: Office) -> None:
    with acting("remind"):
        Organisation.objects.filter(pk=office.guangzhou.pk).update(name_en="x")
    assert page_of(office.guangzhou, office.auditor, "en").context["acts"][0].who == "the system"
