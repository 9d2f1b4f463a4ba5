"""Whoever writes is named: inside ``acting``, inside a request, or as the system."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from steelyard.people.models import Account, Organisation
from steelyard.trail.acting import acting, request_of
from steelyard.trail.middleware import actor
from steelyard.trail.models import Entry

pytestmark = pytest.mark.django_db


def write(code: str = "440000") -> None:
    Organisation.objects.create(
        code=code, name_zh="广东省", kind="province", starts=date(2000, 1, 1)
    )


def traces() -> list[tuple[int | None, str]]:
    found = Entry.objects.filter(table_name="people_organisation").order_by("id")
    return [
        (entry.actor, "sql:" if entry.action.startswith("sql:") else entry.action)
        for entry in found
    ]


def answered(user: object, view: Callable[[HttpRequest], object]) -> None:
    def get_response(request: HttpRequest) -> HttpResponse:
        view(request)
        return HttpResponse()

    request = RequestFactory().post("/")
    request.user = user
    actor(get_response)(request)


def test_a_write_that_nobody_told_of_names_no_person() -> None:
    write()
    assert traces() == [(None, "sql:")]


def test_a_write_of_a_request_outside_acting_still_carries_the_account() -> None:
    answered(Account(pk=7), lambda _: write())
    assert traces() == [(7, "")]


def test_raw_sql_and_bulk_writes_of_a_request_do_too() -> None:
    def view(request: HttpRequest) -> None:
        write()
        Organisation.objects.update(name_en="x")
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE people_organisation SET name_en = %s WHERE code = %s",
                [("y", "440000"), ("z", "440000")],
            )
            cursor.execute(" WITH x AS (DELETE FROM people_organisation RETURNING 1) SELECT 1")

    answered(Account(pk=7), view)
    assert traces() == [(7, "")] * 5


def test_nobody_signed_in_is_the_system() -> None:
    answered(AnonymousUser(), lambda _: write())
    assert traces() == [(None, "")]


@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_request_is_left_on_the_connection() -> None:
    answered(Account(pk=7), lambda _: write())
    write("440100")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO people_organisation (code, name_zh, name_en, kind, place, starts)"
                       " VALUES ('x', 'x', '', 'city', '', '2000-01-01')")  # fmt: skip
    assert traces() == [(7, ""), (None, "sql:"), (None, "sql:")]


def test_a_write_of_a_transaction_in_a_request_carries_the_account() -> None:
    def view(request: HttpRequest) -> None:
        with transaction.atomic():
            write()

    answered(Account(pk=7), view)
    assert traces() == [(7, "")]


def test_what_is_done_inside_another_act_has_its_own_name_and_the_outer_one_goes_on() -> None:
    with acting("accept_delivery", by=7):
        write("1")
        with acting("freeze"):
            write("2")
        write("3")
        with acting("freeze", by=8):
            write("4")
        write("5")
    write("6")
    assert traces() == [
        (7, "accept_delivery"),
        (7, "freeze"),
        (7, "accept_delivery"),
        (8, "freeze"),
        (7, "accept_delivery"),
        (None, "sql:"),
    ]


def test_after_an_act_a_write_of_the_same_request_has_no_action() -> None:
    with request_of(7):
        with acting("freeze"):
            write("1")
        write("2")
    assert traces() == [(7, "freeze"), (7, "")]


def test_after_an_inner_act_that_failed_the_outer_one_goes_on() -> None:
    with acting("accept_delivery", by=7):
        with pytest.raises(ZeroDivisionError), acting("freeze", by=8):
            raise ZeroDivisionError
        write()
    assert traces() == [(7, "accept_delivery")]


def test_what_one_request_writes_is_tied_together() -> None:
    with request_of(7):
        write("1")
        with acting("freeze"):
            write("2")
    with acting("freeze", by=7):
        write("3")
    first, second, third = Entry.objects.order_by("id").values_list("request", flat=True)
    assert first == second != third != ""


def test_to_name_the_actor_costs_no_statement_that_others_count(
    django_assert_num_queries: Callable[..., object],
) -> None:
    with request_of(7), django_assert_num_queries(1):
        write()
