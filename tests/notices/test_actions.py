"""Telling, starting, extending and ending: what is written, and that it is written once."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.refusals import Refused
from steelyard.notices import actions
from steelyard.notices.models import Deadline, Extension, Mail, Notice
from steelyard.notices.queries import who_may
from steelyard.notices.rules.texts import Kind
from steelyard.people.models import Account, Organisation, Placement
from steelyard.people.rules.roles import Action, Role
from steelyard.trail.acting import acting
from steelyard.trail.models import Entry
from tests.notices.builders import account, holding, organisation

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: str, time: str = "09:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=SHANGHAI)


MONDAY = at("2026-03-02")


def told(to: Account, once: str = "delivery:5:returned:1") -> None:
    with acting("return_delivery"):
        actions.tell(
            Kind.DELIVERY_RETURNED,
            [to.pk],
            area="supply",
            object_id=5,
            path="/deliveries/5/",
            words={"what": Text("海关备案", "customs"), "reason": same("缺页")},
            once=once,
            now=MONDAY,
        )


def started(
    where: Organisation, object_id: int = 5, days: int = 10, now: datetime = MONDAY, **whose: object
) -> Deadline:
    return actions.start_deadline(
        area="supply",
        object_id=object_id,
        task="deliver",
        what=Text("报送海关备案数据", "deliver customs records"),
        path="/deliveries/5/",
        organisation=where.pk,
        working_days=days,
        by=None,
        now=now,
        **(whose or {"role": Role.SUPPLYING_BODY}),
    )


def province_above(city: Organisation) -> tuple[Organisation, Account]:
    """The province's assessing office, which has that city below it."""
    province = organisation("440000", "province")
    Placement.objects.create(organisation=city, parent=province, starts=date(2000, 1, 1))
    office = account("王芳")
    holding(office, province, "assessing_office")
    return province, office


def keys() -> list[str]:
    return list(Notice.objects.order_by("id").values_list("key", flat=True))


def test_who_is_told_twice_of_the_same_is_told_once() -> None:
    li = account()
    told(li)
    told(li)
    assert keys() == [f"delivery:5:returned:1:{li.pk}"]


def test_telling_is_undone_with_what_it_tells_of() -> None:
    li = account()
    with transaction.atomic():
        told(li)
        transaction.set_rollback(True)
    assert keys() == []


@pytest.mark.parametrize("people", [1, 3])
def test_telling_costs_the_same_for_one_and_for_three(people: int) -> None:
    several = [account().pk for _ in range(people)]
    with (
        transaction.atomic(),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        actions.tell(
            Kind.ROLE_GIVEN,
            several,
            area="a",
            object_id=1,
            path="/",
            words={},
            once="x",
            now=MONDAY,
        )
    inserts = [query for query in asked if "INSERT" in query["sql"]]
    assert len(inserts) == 1


def test_a_notice_leads_to_a_page_of_ours_only() -> None:
    with pytest.raises(IntegrityError, match="notice_path_is_ours"):
        Notice.objects.create(
            account=account(), kind="role_given", area="a", object_id=1, key="k",
            path="https://elsewhere", created_at=MONDAY,
        )  # fmt: skip


def test_a_deadline_is_counted_when_it_starts_and_its_people_are_told() -> None:
    city = organisation()
    li, chen = account(), account("陈静")
    holding(li, city, "supplying_body")
    holding(chen, city, "scoring_body")
    deadline = started(city)
    assert (deadline.starts, deadline.due, deadline.first_due) == (
        date(2026, 3, 2),
        date(2026, 3, 16),
        date(2026, 3, 16),
    )
    assert deadline.counted_zh == "自2026-03-02次日起10个工作日，至2026-03-16届满"
    assert keys() == [f"deadline:{deadline.pk}:started:{li.pk}"]


def test_the_day_a_deadline_starts_is_the_region_s() -> None:
    just_after_midnight = datetime.fromisoformat("2026-03-01T16:30:00+00:00")
    deadline = started(organisation(), now=just_after_midnight)
    assert deadline.starts == date(2026, 3, 2)


@pytest.mark.parametrize(
    "change", [{"starts": date(2026, 3, 3)}, {"working_days": 9}, {"counted_zh": "别的"}]
)
def test_what_was_counted_cannot_be_changed(change: dict) -> None:
    deadline = started(organisation())
    with pytest.raises(DatabaseError, match=r"(?i)cannot update"):
        Deadline.objects.filter(pk=deadline.pk).update(**change)


def test_one_task_of_an_object_has_one_open_deadline() -> None:
    city = organisation()
    started(city)
    with pytest.raises(IntegrityError, match="deadline_open_once"), transaction.atomic():
        started(city)
    actions.end_deadline(area="supply", object_id=5, task="deliver", by=None, now=MONDAY)
    started(city)
    assert Deadline.objects.count() == 2


@pytest.mark.parametrize("many", [1, 3])
def test_deadlines_that_start_and_end_together_cost_the_same_for_one_and_for_three(
    many: int,
) -> None:
    city, li = organisation(), account()
    holding(li, city, "supplying_body")
    dues = [
        actions.Due(number, Text("报送", "supply"), "/", city.pk, Role.SUPPLYING_BODY)
        for number in range(many)
    ]
    told = {"area": "supply", "task": "deliver", "by": None, "now": MONDAY}
    with CaptureQueriesContext(connection) as asked:
        begun = actions.start_deadlines(dues=dues, working_days=10, **told)
    assert sum("INSERT" in query["sql"] for query in asked) == 2
    assert keys() == [f"deadline:{one.pk}:started:{li.pk}" for one in begun]
    other = actions.start_deadline(
        object_id=99, what=Text("报送", "supply"), path="/", organisation=city.pk, working_days=10,
        role=Role.SUPPLYING_BODY, **told,
    )  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        assert actions.end_deadlines(object_ids=range(many), met=False, **told) == many
    assert sum("UPDATE" in query["sql"] for query in asked) == 1
    assert actions.end_deadlines(object_ids=range(many), **told) == 0
    assert list(Deadline.objects.filter(ended_on=None)) == [other]
    assert set(Deadline.objects.exclude(pk=other.pk).values_list("ended_on", "end")) == {
        (MONDAY.date(), "dropped")
    }


def test_an_extension_says_who_why_and_to_which_day_and_tells_those_concerned() -> None:
    city = organisation()
    _, office = province_above(city)
    li = account()
    holding(li, city, "supplying_body")
    deadline = started(city)
    actions.extend_deadline(
        deadline=deadline.pk, working_days=5, reason=" 系统停机 ", by=office.pk, now=MONDAY
    )
    deadline.refresh_from_db()
    extension = Extension.objects.get()
    assert (deadline.first_due, deadline.due) == (date(2026, 3, 16), date(2026, 3, 23))
    assert (extension.was_due, extension.due, extension.reason, extension.by) == (
        date(2026, 3, 16),
        date(2026, 3, 23),
        "系统停机",
        office,
    )
    assert keys()[-1] == f"extension:{extension.pk}:{li.pk}"
    acts = {entry.action for entry in Entry.objects.filter(actor=office.pk)}
    assert acts == {"extend_deadline"}


def test_who_must_meet_a_deadline_does_not_extend_it() -> None:
    city = organisation()
    li = account()
    holding(li, city, "supplying_body")
    deadline = started(city)
    with pytest.raises(Refused, match="not_allowed"):
        actions.extend_deadline(
            deadline=deadline.pk, working_days=5, reason="忙", by=li.pk, now=MONDAY
        )


def test_an_office_does_not_extend_its_own_deadline() -> None:
    province, office = province_above(organisation())
    deadline = started(province, role=Role.ASSESSING_OFFICE)
    with pytest.raises(Refused, match="is_ones_own"):
        actions.extend_deadline(
            deadline=deadline.pk, working_days=5, reason="忙", by=office.pk, now=MONDAY
        )


def test_a_deadline_that_ended_is_not_extended() -> None:
    city = organisation()
    _, office = province_above(city)
    deadline = started(city)
    actions.end_deadline(area="supply", object_id=5, task="deliver", by=None, now=MONDAY)
    with pytest.raises(Refused, match="is_over"):
        actions.extend_deadline(
            deadline=deadline.pk, working_days=5, reason="忙", by=office.pk, now=MONDAY
        )


def test_an_extension_cannot_be_changed_afterwards() -> None:
    city = organisation()
    _, office = province_above(city)
    actions.extend_deadline(
        deadline=started(city).pk, working_days=5, reason="停机", by=office.pk, now=MONDAY
    )
    with pytest.raises(DatabaseError, match=r"(?i)cannot update"):
        Extension.objects.update(reason="别的")


def reminders() -> list[str]:
    return [key for key in keys() if key.startswith("remind:")]


def test_reminders_come_once_however_often_the_task_runs() -> None:
    city = organisation()
    holding(account(), city, "supplying_body")
    started(city)  # due on 16 March
    for number in range(40):
        day = MONDAY + timedelta(days=number)
        for hours in (0, 1, 8):
            actions.remind(now=day + timedelta(hours=hours))
    assert [key.split(":")[3] for key in reminders()] == [
        "5_before", "1_before", "on_the_day", "1_after", "5_after",
    ]  # fmt: skip


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(0, 60 * 24 * 45), max_size=12))
def test_whenever_the_task_runs_nobody_is_reminded_twice(minutes: list[int]) -> None:
    with transaction.atomic():
        city = organisation()
        holding(account(), city, "supplying_body")
        started(city)
        for each in sorted(minutes) * 2:
            actions.remind(now=MONDAY + timedelta(minutes=each))
        codes = [key.split(":")[3] for key in reminders()]
        assert len(set(codes)) == len(codes)
        transaction.set_rollback(True)


def test_a_deadline_that_is_met_is_not_reminded_of() -> None:
    city = organisation()
    holding(account(), city, "supplying_body")
    started(city)
    actions.end_deadline(area="supply", object_id=5, task="deliver", by=None, now=MONDAY)
    actions.remind(now=at("2026-03-16"))
    assert reminders() == []


def test_a_deadline_that_is_put_off_is_reminded_of_anew() -> None:
    city = organisation()
    _, office = province_above(city)
    holding(account(), city, "supplying_body")
    deadline = started(city)
    actions.remind(now=at("2026-03-16"))
    actions.extend_deadline(
        deadline=deadline.pk, working_days=5, reason="停机", by=office.pk, now=at("2026-03-16")
    )
    actions.remind(now=at("2026-03-23"))
    assert [key.split(":")[2:4] for key in reminders()] == [
        ["2026-03-16", "on_the_day"],
        ["2026-03-23", "on_the_day"],
    ]


def test_who_takes_a_post_late_is_told_too() -> None:
    city = organisation()
    holding(account(), city, "supplying_body")
    started(city)
    actions.remind(now=at("2026-03-16"))
    late = account("赵强")
    holding(late, city, "supplying_body")
    actions.remind(now=at("2026-03-16", "10:00"))
    assert reminders()[-1].endswith(f":{late.pk}")
    assert len(reminders()) == 2


def test_nobody_is_reminded_before_half_past_seven_or_on_a_day_off() -> None:
    city = organisation()
    holding(account(), city, "supplying_body")
    started(city)
    actions.remind(now=at("2026-03-16", "07:29"))
    actions.remind(now=at("2026-03-15"))
    assert reminders() == []


@pytest.mark.parametrize("deadlines", [1, 3])
def test_reminding_asks_the_database_as_often_for_one_as_for_three(
    deadlines: int, django_assert_num_queries: object
) -> None:
    city = organisation()
    holding(account(), city, "supplying_body")
    for number in range(deadlines):
        started(city, object_id=number)
    actions.remind(now=at("2026-03-16"))
    with django_assert_num_queries(9):
        actions.remind(now=at("2026-03-16", "10:00"))


def test_reading_marks_one_s_own_notices_only() -> None:
    li, chen = account(), account("陈静")
    told(li)
    told(chen)
    actions.read_notices(by=li.pk, now=MONDAY)
    actions.read_notices(
        by=chen.pk,
        now=MONDAY,
        notices=Notice.objects.filter(account=li).values_list("pk", flat=True),
    )
    read = Notice.objects.exclude(read_at=None).values_list("account", flat=True)
    assert list(read) == [li.pk]


def test_a_mail_that_was_sent_does_not_wait_again() -> None:
    mail = Mail.objects.create(key="k", account=account(), created_at=MONDAY, next_at=MONDAY)
    Mail.objects.filter(pk=mail.pk).update(state="trying")
    Mail.objects.filter(pk=mail.pk).update(state="sent")
    with pytest.raises(DatabaseError, match=r"(?i)transition"):
        Mail.objects.filter(pk=mail.pk).update(state="waiting")


def test_who_may_do_a_thing_holds_the_role_there_or_above_today() -> None:
    city = organisation()
    _, office = province_above(city)
    left, gone = account("赵强"), account("周静", is_active=False)
    for who in (left, gone):
        holding(who, city, "assessing_office")
    left.holdings.update(ends=date(2026, 1, 1))
    holding(account(), city, "supplying_body")
    assert who_may(Action.ACCEPT_DELIVERY, city.pk, date(2026, 3, 2)) == (office.pk,)


def test_what_is_allowed_in_one_s_own_organisation_alone_is_not_allowed_below_it() -> None:
    city = organisation()
    province, _ = province_above(city)
    holding(account(), province, "supplying_body")
    assert who_may(Action.SIGN_DELIVERY, city.pk, date(2026, 3, 2)) == ()
