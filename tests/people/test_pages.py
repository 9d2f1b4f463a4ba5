"""The pages of people as a person uses them: lists, forms, refusals at the field, two savers."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from steelyard.people import actions
from steelyard.people.models import Account, Holding, Organisation
from steelyard.people.rules.roles import Role
from tests.people.builders import NOW, Region, day, opened, person, region, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def guangdong() -> Region:
    return region()


@pytest.fixture
def chief(guangdong: Region) -> Client:
    return signed_in(person("zhou", Role.ADMINISTRATOR, guangdong.guangdong, "周敏"))


def text(answer) -> str:
    return answer.content.decode()


def test_who_has_nothing_waiting_is_told_what_to_do(guangdong: Region) -> None:
    clerk = person("he", Role.CLERK, guangdong.yuexiu)
    assert "What others hand to you appears here by itself." in text(signed_in(clerk).get("/"))
    actions.close_organisation(organisation=guangdong.yuexiu.pk, ends=day(0), by=None, now=NOW)
    assert "You hold no role yet" in text(signed_in(clerk).get("/"))


def test_a_person_is_called_in_the_language_of_the_page(guangdong: Region) -> None:
    tan = person("tan", Role.CLERK, guangdong.yuexiu, "谭伟 / Tan Wei")
    for lang, shown, hidden in (("zh-hans", "谭伟", "Tan Wei"), ("en", "Tan Wei", "谭伟")):
        page = text(signed_in(tan, lang).get("/"))
        assert shown in page
        assert hidden not in page
    assert tan.signs_as == "谭伟"
    assert str(person("he", Role.CLERK, guangdong.yuexiu, "何静")) == "何静"


def test_an_administrator_without_a_second_factor_finds_it_waiting(
    guangdong: Region, settings
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    chief = signed_in(person("zhou", Role.ADMINISTRATOR, guangdong.guangdong))
    (one,) = chief.get("/").context["waiting"]
    assert one.url == reverse("mfa_index")
    assert chief.get("/organisations/").status_code == 404


def test_an_account_whose_only_role_was_withdrawn_is_found_and_opened(
    guangdong: Region, chief: Client
) -> None:
    clerk = person("he", Role.CLERK, guangdong.yuexiu, "何静", starts=day(30))
    held = Holding.objects.get(account=clerk)
    typed = {"ends": day(0).isoformat(), "version": held.version}
    answer = chief.post(reverse("people:role_end", args=(held.pk,)), typed, follow=True)
    assert "The role is withdrawn." in text(answer)
    assert "何静" in text(chief.get("/accounts/?q=he"))
    page = text(chief.get(reverse("people:account", args=(clerk.pk,))))
    assert "withdrawn" in page
    assert reverse("people:role_end", args=(held.pk,)) not in page
    assert reverse("people:role_give", args=(clerk.pk,)) in page


def test_a_page_is_in_the_language_that_was_chosen(guangdong: Region) -> None:
    account = person("he", Role.CLERK, guangdong.yuexiu)
    client = signed_in(account)
    client.post("/language/", {"language": "zh-hans", "next": "/"})
    page = text(client.get("/"))
    assert '<html lang="zh-Hans">' in page
    assert "目前没有待办事项" in page
    client.post("/language/", {"language": "en", "next": "/"})
    account.refresh_from_db()
    assert account.language == "en"
    assert client.post("/language/", {"language": "tlh", "next": "//evil.example"}).url == "/"


def test_the_menu_holds_what_one_may_see(guangdong: Region, chief: Client) -> None:
    clerk = signed_in(person("he", Role.CLERK, guangdong.yuexiu))
    menus = [
        {place.address for place in client.get("/").context["office"]["places"]}
        >= {"people:accounts"}
        for client in (chief, clerk)
    ]
    assert menus == [True, False]


def seen(client: Client, page: str, organisation: Organisation) -> int:
    """The version that the form of a page says it was seen in."""
    form = client.get(f"/organisations/{organisation.pk}/{page}/").context["form"]
    return form["version"].value()


def test_an_organisation_is_opened_placed_and_closed(guangdong: Region, chief: Client) -> None:
    told = {
        "code": "440106", "name_zh": "天河区", "kind": "district", "place": "440106",
        "parent": guangdong.guangzhou.pk, "starts": "2020-01-01",
    }  # fmt: skip
    page = chief.post("/organisations/new/", told, follow=True)
    assert "The organisation is opened." in text(page)
    tianhe = Organisation.objects.get(code="440106")
    chief.post(
        f"/organisations/{tianhe.pk}/place/",
        {
            "parent": guangdong.shenzhen.pk,
            "starts": day(1),
            "version": seen(chief, "place", tianhe),
        },
    )
    assert tianhe.placements.order_by("-starts").first().parent == guangdong.shenzhen
    chief.post(
        f"/organisations/{tianhe.pk}/close/",
        {"ends": day(5), "version": seen(chief, "close", tianhe)},
    )
    tianhe.refresh_from_db()
    assert tianhe.ends == day(5)


def test_what_the_rules_say_stands_at_the_field_and_on_top(
    guangdong: Region, chief: Client
) -> None:
    seen_last = seen(chief, "place", guangdong.guangzhou)
    told = {"parent": guangdong.yuexiu.pk, "starts": day(0), "version": seen_last}
    page = text(chief.post(f"/organisations/{guangdong.guangzhou.pk}/place/", told))
    said = "the organisation above would itself stand below this one: a circle"
    assert page.count(said) == 2
    assert 'href="#id_parent"' in page
    assert 'aria-invalid="true"' in page


def test_an_account_is_opened_and_its_link_sets_a_password(
    guangdong: Region, chief: Client
) -> None:
    told = {
        "username": "wu", "name": "吴桐", "role": "clerk",
        "organisation": guangdong.yuexiu.pk, "starts": day(0),
    }  # fmt: skip
    chief.post("/accounts/new/", told)
    wu = Account.objects.get(username="wu")
    link = chief.post(f"/accounts/{wu.pk}/link/", {"version": wu.version}).context["link"]
    visitor = Client()
    form = visitor.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    passwords = {"password1": "a long enough one", "password2": "a long enough one"}
    visitor.post(address, passwords)
    signed = visitor.post("/account/login/", {"login": "wu", "password": "a long enough one"})
    assert signed.url == "/"
    assert 'name="password1"' not in text(Client().get(link, follow=True))  # it works once


def test_an_account_that_was_closed_is_out_at_once(guangdong: Region, chief: Client) -> None:
    he = person("he", Role.CLERK, guangdong.yuexiu)
    client = signed_in(he)
    chief.post(f"/accounts/{he.pk}/close/", {"version": he.version})
    assert client.get("/").status_code == 302


def test_a_role_is_given_and_ended_on_the_pages(guangdong: Region, chief: Client) -> None:
    he = person("he", Role.CLERK, guangdong.yuexiu)
    told = {"role": "expert", "organisation": guangdong.guangzhou.pk, "starts": day(0)}
    chief.post(f"/accounts/{he.pk}/roles/", told)
    holding = Holding.objects.get(role="expert")
    chief.post(f"/roles/{holding.pk}/end/", {"ends": day(4), "version": 1})
    holding.refresh_from_db()
    assert holding.ends == day(4)
    page = text(chief.post(f"/roles/{holding.pk}/end/", {"ends": day(9), "version": 2}))
    assert page.count(f"it ends on {day(4)} already") == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_asks_as_much_of_the_database_for_three_rows_as_for_one(
    rows: int, guangdong: Region, django_assert_num_queries
) -> None:
    for number in range(rows - 1):
        opened(f"4401{number:02}0", "某区", "district", guangdong.yuexiu, "")
        person(f"p{number}", Role.CLERK, guangdong.yuexiu)
    client = signed_in(person("zhou", Role.ADMINISTRATOR, guangdong.yuexiu))
    client.get("/")
    with django_assert_num_queries(5):  # session, account, what it holds, how many, which
        assert client.get("/organisations/").context["page"].paginator.count == rows
    with django_assert_num_queries(6):  # and their roles
        assert client.get("/accounts/").context["page"].paginator.count == rows


def test_who_sees_the_trail_finds_it_from_an_account_and_from_an_organisation(
    guangdong: Region, chief: Client
) -> None:
    clerk = person("he", Role.CLERK, guangdong.yuexiu)
    office = signed_in(person("li", Role.ASSESSING_OFFICE, guangdong.guangdong))
    pages = {
        reverse("people:account", args=[clerk.pk]): f"/history/people_account/{clerk.pk}/",
        reverse("people:organisation", args=[guangdong.yuexiu.pk]): (
            f"/history/people_organisation/{guangdong.yuexiu.pk}/"
        ),
    }
    for page, trail in pages.items():
        assert f'href="{trail}"' in text(chief.get(page))
        assert chief.get(trail).status_code == 200
        assert "/history/" not in text(office.get(page))
        assert office.get(trail).status_code == 404
