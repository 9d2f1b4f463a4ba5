"""Pages of notices and deadlines: each sees their own, and the form shows to who may."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from steelyard.kernel.bilingual import Text, same
from steelyard.notices import actions
from steelyard.notices.models import Deadline, Extension, Notice, Preference
from steelyard.notices.queries import load_calendar
from steelyard.notices.rules.texts import Kind
from steelyard.notices.waiting import waiting
from steelyard.people.models import Account, Organisation, Placement
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Role
from steelyard.people.waiting import Waiting
from steelyard.trail.acting import acting, request_of
from tests.notices.builders import account, holding, organisation

pytestmark = pytest.mark.django_db


def told(to: Account, number: int = 1) -> Notice:
    with acting("return_delivery"):
        actions.tell(
            Kind.DELIVERY_RETURNED,
            [to.pk],
            area="supply",
            object_id=number,
            path=f"/deliveries/{number}/",
            words={"what": Text("海关备案", "customs records"), "reason": same("缺页")},
            once=f"delivery:{number}:returned:1",
            now=timezone.now(),
        )
    return Notice.objects.latest("id")


def started(where: Organisation, number: int = 1, **whose: object) -> Deadline:
    return actions.start_deadline(
        area="supply",
        object_id=number,
        task="deliver",
        what=Text("报送海关备案", "Deliver customs records"),
        path=f"/deliveries/{number}/",
        organisation=where.pk,
        working_days=10,
        by=None,
        now=timezone.now(),
        **(whose or {"role": Role.SUPPLYING_BODY}),
    )


@pytest.fixture
def city() -> Organisation:
    return organisation()


@pytest.fixture
def officer(city: Organisation) -> Account:
    who = account("李明")
    holding(who, city, "supplying_body")
    return who


@pytest.fixture
def office(city: Organisation) -> Account:
    province = organisation("440000", "province")
    Placement.objects.create(organisation=city, parent=province, starts=date(2000, 1, 1))
    who = account("王芳")
    holding(who, province, "assessing_office")
    return who


def signed_in(who: Account) -> Client:
    client = Client()
    with request_of(None):  # signing in names the actor of what follows, and this is no request
        client.force_login(who)
    return client


def page(who: Account, address: str) -> str:
    answer = signed_in(who).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_my_notices_are_mine(officer: Account, office: Account) -> None:
    told(officer)
    assert "“海关备案”被退回：缺页" in page(officer, "/notices/")
    assert "海关备案" not in page(office, "/notices/")


def test_a_notice_of_another_does_not_exist(officer: Account, office: Account) -> None:
    notice = told(officer)
    assert signed_in(office).get(f"/notices/{notice.pk}/").status_code == 404
    signed_in(office).post("/notices/read/", {"notice": notice.pk})
    signed_in(office).post("/notices/read/", {"all": 1})
    notice.refresh_from_db()
    assert notice.read_at is None


def test_without_notices_the_page_says_what_will_be_here(officer: Account) -> None:
    assert "没有通知" in page(officer, "/notices/")


def test_ticked_notices_are_read_and_the_others_stay_new(officer: Account) -> None:
    first, second = told(officer), told(officer, 2)
    signed_in(officer).post("/notices/read/", {"notice": [first.pk, "x"]})
    unread = Notice.objects.filter(read_at=None)
    assert list(unread) == [second]
    assert page(officer, "/notices/?new").count("未读</span>") == 1


def test_the_page_of_one_notice_says_what_became_of_its_mail(officer: Account) -> None:
    assert "尚未发送" in page(officer, f"/notices/{told(officer).pk}/")


def test_i_choose_when_i_want_mail(officer: Account) -> None:
    signed_in(officer).post("/notices/mail/", {"mode": "digest", "version": 0})
    assert Preference.objects.get().mode == "digest"
    answer = signed_in(officer).post("/notices/mail/", {"mode": "never", "version": 1})
    assert answer.status_code == 422
    assert Preference.objects.get().mode == "digest"


@pytest.mark.parametrize("address", ["/notices/read/", "/notices/mail/"])
def test_what_writes_is_not_had_by_a_link(officer: Account, address: str) -> None:
    assert signed_in(officer).get(address).status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_notices_asks_as_often_for_one_as_for_three(
    officer: Account, number: int, django_assert_num_queries: object
) -> None:
    for each in range(number):
        told(officer, each)
    client = signed_in(officer)
    with django_assert_num_queries(6):  # session, account, count, notices, preference, roles
        client.get("/notices/")


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_deadlines_asks_as_often_for_one_as_for_three(
    city: Organisation, office: Account, number: int, django_assert_num_queries: object
) -> None:
    for each in range(number):
        started(city, each)
    client = signed_in(office)
    # session, account, roles, two counts, deadlines, extensions
    with django_assert_num_queries(7):
        client.get("/deadlines/")


@pytest.mark.parametrize("number", [1, 3])
def test_what_waits_is_one_question_for_one_and_for_three(
    city: Organisation, officer: Account, number: int, django_assert_num_queries: object
) -> None:
    for each in range(number):
        started(city, each)
    held = load_held(officer.pk, timezone.localdate())
    with django_assert_num_queries(1):
        found = waiting(officer.pk, held, timezone.localdate())
    due = Deadline.objects.first().due
    assert found == [
        Waiting("报送海关备案", f"/deliveries/{each}/", due, found[0].area)
        for each in range(number)
    ]


def test_who_works_for_two_reads_for_which_of_them_it_is_due(
    city: Organisation, officer: Account
) -> None:
    other = organisation("440200")
    holding(officer, other, Role.SUPPLYING_BODY)
    for each, where in enumerate((city, other)):
        started(where, each)
    found = waiting(officer.pk, load_held(officer.pk, timezone.localdate()), timezone.localdate())
    assert [one.title for one in found] == [
        "报送海关备案 · 机构440100",
        "报送海关备案 · 机构440200",
    ]


def test_what_waits_is_of_my_role_or_my_account_and_not_of_others(
    city: Organisation, officer: Account, office: Account
) -> None:
    started(city, 1)
    started(city, 2, role=Role.SCORING_BODY)
    started(city, 3, account=officer.pk)
    started(city, 4, account=office.pk)
    started(organisation("440300"), 5)
    today = timezone.localdate()
    found = waiting(officer.pk, load_held(officer.pk, today), today)
    assert [one.url for one in found] == ["/deliveries/1/", "/deliveries/3/"]


def test_a_role_that_was_given_back_makes_nothing_wait(
    city: Organisation, officer: Account
) -> None:
    started(city)
    today = timezone.localdate()
    held = load_held(officer.pk, today)
    officer.holdings.update(ends=today)
    assert waiting(officer.pk, load_held(officer.pk, today), today) == []
    assert waiting(officer.pk, held, today + timedelta(days=1)) != []


def test_my_first_page_shows_my_deadline(city: Organisation, officer: Account) -> None:
    started(city)
    assert "报送海关备案" in page(officer, "/")


def test_a_deadline_says_how_it_was_counted(city: Organisation, officer: Account) -> None:
    deadline = started(city)
    shown = page(officer, f"/deadlines/{deadline.pk}/")
    assert deadline.counted_zh in shown
    assert "<textarea" not in shown


def test_a_deadline_that_i_may_not_see_does_not_exist(city: Organisation) -> None:
    stranger = account("孙悦")
    holding(stranger, organisation("440300"), "supplying_body")
    deadline = started(city)
    client = signed_in(stranger)
    assert client.get(f"/deadlines/{deadline.pk}/").status_code == 404
    assert client.post(f"/deadlines/{deadline.pk}/", {"working_days": 3}).status_code == 404
    assert client.get("/deadlines/").status_code == 404


def test_who_may_extends_by_the_form(city: Organisation, office: Account) -> None:
    deadline = started(city)
    answer = signed_in(office).post(
        f"/deadlines/{deadline.pk}/",
        {"working_days": 5, "reason": "系统停机", "version": 1},
        follow=True,
    )
    extension = Extension.objects.get()
    assert (extension.by, extension.was_due, extension.reason) == (office, deadline.due, "系统停机")
    assert f"已延期至{extension.due}" in answer.content.decode()


def test_who_may_names_the_day_instead(city: Organisation, office: Account) -> None:
    deadline = started(city)
    until = load_calendar().add_working_days(deadline.due, 4)
    answer = signed_in(office).post(
        f"/deadlines/{deadline.pk}/",
        {"until": str(until), "reason": "系统停机", "version": 1},
        follow=True,
    )
    extension = Extension.objects.get()
    assert (extension.due, extension.working_days) == (until, 4)
    assert f"已延期至{until}" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"reason": "x", "version": 1}, "二者填一项"),
        ({"working_days": 5, "until": "2031-01-02", "reason": "x", "version": 1}, "二者填一项"),
        ({"until": "2001-01-02", "reason": "x", "version": 1}, "应晚于"),
        ({"working_days": 5, "reason": " "}, "必填"),
        ({"working_days": 0, "reason": "x"}, "大于或等于"),
    ],
)
def test_an_extension_that_keeps_not_to_the_limits_is_refused_at_its_field(
    city: Organisation, office: Account, typed: dict, said: str
) -> None:
    deadline = started(city)
    answer = signed_in(office).post(f"/deadlines/{deadline.pk}/", typed)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert Extension.objects.count() == 0


def test_who_must_meet_it_cannot_post_the_form(city: Organisation, officer: Account) -> None:
    deadline = started(city)
    answer = signed_in(officer).post(
        f"/deadlines/{deadline.pk}/", {"working_days": 5, "reason": "忙"}
    )
    assert (answer.status_code, Extension.objects.count()) == (403, 0)
    assert "您无权延长该期限" in answer.content.decode()


def test_pages_read_in_english_too(city: Organisation, officer: Account, office: Account) -> None:
    told(officer)
    deadline = started(city)
    client = signed_in(officer)
    client.cookies["django_language"] = "en"
    assert "“customs records” was returned: 缺页" in client.get("/notices/").content.decode()
    shown = client.get(f"/deadlines/{deadline.pk}/").content.decode()
    assert "Deliver customs records" in shown
    assert deadline.counted_en in shown
