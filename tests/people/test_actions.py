"""What people do with organisations, accounts and roles, down to the database."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings

from steelyard.kernel.refusals import Refused
from steelyard.people import actions
from steelyard.people.models import Account, Holding, Organisation, Placement
from steelyard.people.queries import accounts_within, lacks_second_factor, load_held, load_tree
from steelyard.people.rules.roles import Role
from steelyard.trail.models import Entry
from tests.people.builders import FOUNDED, NOW, TODAY, Region, day, person, region

pytestmark = pytest.mark.django_db


@pytest.fixture
def guangdong() -> Region:
    return region()


def refused(act, **told) -> list[str]:
    with pytest.raises(Refused) as caught:
        act(now=NOW, **told)
    return [refusal.code for refusal in caught.value.refusals]


def administrator(organisation: Organisation, username: str = "zhou") -> Account:
    return person(username, Role.ADMINISTRATOR, organisation, "周敏")


def test_the_tree_on_a_day_shows_who_stood_where(guangdong: Region) -> None:
    chief = administrator(guangdong.guangdong)
    actions.place_organisation(
        organisation=guangdong.yuexiu.pk,
        parent=guangdong.shenzhen.pk,
        starts=day(10),
        by=chief.pk,
        now=NOW,
    )
    parents = {
        at: load_tree(at).parents.get(guangdong.yuexiu.pk)
        for at in (date(1999, 1, 1), day(9), day(10))
    }
    assert parents == {
        date(1999, 1, 1): None,
        day(9): guangdong.guangzhou.pk,
        day(10): guangdong.shenzhen.pk,
    }


def test_a_role_reaches_all_below_it_and_nothing_beside_it(guangdong: Region) -> None:
    chief = administrator(guangdong.guangzhou)
    (held,) = load_held(chief.pk, TODAY)
    assert (held.organisation, held.below) == (
        guangdong.guangzhou.pk,
        frozenset({guangdong.yuexiu.pk}),
    )


def test_an_organisation_that_begins_later_or_was_closed_is_not_lost_sight_of(
    guangdong: Region,
) -> None:
    chief = administrator(guangdong.guangzhou)
    later = actions.open_organisation(
        code="440106", name_zh="天河区", kind="district", starts=day(30),
        parent=guangdong.guangzhou.pk, by=chief.pk, now=NOW,
    )  # fmt: skip
    actions.close_organisation(organisation=guangdong.yuexiu.pk, ends=day(1), by=chief.pk, now=NOW)
    for at in (TODAY, day(1), day(400)):
        (held,) = load_held(chief.pk, at)
        assert held.below == {guangdong.yuexiu.pk, later.pk}


def test_closing_ends_the_roles_and_the_place(guangdong: Region) -> None:
    clerk = person("he", Role.CLERK, guangdong.yuexiu)
    actions.close_organisation(organisation=guangdong.yuexiu.pk, ends=day(1), by=None, now=NOW)
    assert Holding.objects.get(account=clerk).ends == day(1)
    assert Placement.objects.get(organisation=guangdong.yuexiu).ends == day(1)
    assert load_held(clerk.pk, day(1)) == ()


def test_an_organisation_with_others_below_stays_open(guangdong: Region) -> None:
    assert refused(
        actions.close_organisation, organisation=guangdong.guangzhou.pk, ends=day(1), by=None
    ) == ["others_below"]


def test_what_is_beyond_ones_reach_is_refused_as_unknown(guangdong: Region) -> None:
    chief = administrator(guangdong.guangzhou).pk
    clerk = person("he", Role.CLERK, guangdong.shenzhen)
    holding = Holding.objects.get(account=clerk)
    shenzhen, yuexiu = guangdong.shenzhen.pk, guangdong.yuexiu.pk
    named = {"name_zh": "某", "name_en": "", "kind": "city", "place": ""}
    new = {"code": "1", "name_zh": "某", "kind": "city", "starts": TODAY}
    asked = [
        (actions.open_organisation, {**new, "parent": shenzhen}),
        (actions.open_organisation, {**new, "parent": None}),
        (actions.correct_organisation, {**named, "organisation": shenzhen}),
        (actions.place_organisation, {"organisation": yuexiu, "parent": shenzhen, "starts": TODAY}),
        (actions.place_organisation, {"organisation": shenzhen, "parent": yuexiu, "starts": TODAY}),
        (actions.close_organisation, {"organisation": shenzhen, "ends": day(1)}),
        (actions.correct_account, {"account": clerk.pk, "name": "x", "email": ""}),
        (actions.close_account, {"account": clerk.pk}),
        (actions.reopen_account, {"account": clerk.pk}),
        (actions.give_link, {"account": clerk.pk}),
        (actions.end_role, {"holding": holding.pk, "ends": day(1)}),
        (actions.give_role, {"account": clerk.pk, "organisation": yuexiu, "role": Role.CLERK, "starts": TODAY}),
        (actions.open_account, {"username": "x", "name": "x", "organisation": shenzhen, "role": Role.CLERK, "starts": TODAY}),
    ]  # fmt: skip
    before = Entry.objects.count()
    assert [refused(act, by=chief, **told) for act, told in asked] == [["not_yours"]] * len(asked)
    assert Entry.objects.count() == before


def test_who_holds_a_role_elsewhere_too_is_managed_by_neither_alone(guangdong: Region) -> None:
    chief, top = administrator(guangdong.guangzhou), administrator(guangdong.guangdong, "top")
    clerk = person("he", Role.CLERK, guangdong.yuexiu)
    told = {"account": clerk.pk, "name": "何静", "email": "he@example.org"}
    actions.correct_account(by=chief.pk, now=NOW, **told)
    actions.give_role(
        account=clerk.pk, organisation=guangdong.shenzhen.pk, role=Role.CLERK, starts=TODAY,
        by=top.pk, now=NOW,
    )  # fmt: skip
    assert refused(actions.correct_account, by=chief.pk, **told) == ["not_yours"]
    actions.correct_account(by=top.pk, now=NOW, **told)


def test_a_role_is_given_ended_and_withdrawn(guangdong: Region) -> None:
    chief = administrator(guangdong.guangzhou).pk
    clerk = person("he", Role.CLERK, guangdong.yuexiu)
    told = {"account": clerk.pk, "organisation": guangdong.yuexiu.pk, "role": Role.EXPERT}
    held = actions.give_role(starts=day(3), by=chief, now=NOW, **told)
    assert actions.end_role(holding=held.pk, ends=day(9), by=chief, now=NOW).ends == day(9)
    withdrawn = actions.end_role(holding=held.pk, ends=day(2), by=chief, now=NOW)
    assert (withdrawn.starts, withdrawn.ends, withdrawn.is_withdrawn) == (day(3), day(3), True)
    again = actions.end_role(holding=held.pk, ends=day(2), by=chief, now=NOW)
    assert again.is_withdrawn
    assert [
        e.action for e in Entry.objects.filter(table_name="people_holding", row_id=held.pk)
    ] == [
        "end_role",
        "end_role",
        "give_role",
    ]


@pytest.mark.parametrize("starts", [TODAY, day(30)])
def test_an_account_whose_only_role_was_withdrawn_stays_with_its_administrators(
    guangdong: Region, starts: date
) -> None:
    chief = administrator(guangdong.guangzhou).pk
    clerk = person("he", Role.CLERK, guangdong.yuexiu, starts=starts)
    held = Holding.objects.get(account=clerk)
    actions.end_role(holding=held.pk, ends=TODAY, by=chief, now=NOW)
    assert [load_held(clerk.pk, at) for at in (TODAY, starts, day(31))] == [(), (), ()]
    assert list(accounts_within([guangdong.yuexiu.pk])) == [clerk]
    told = {"account": clerk.pk, "name": "何静", "email": ""}
    stranger = administrator(guangdong.shenzhen, "deng").pk
    assert refused(actions.correct_account, by=stranger, **told) == ["not_yours"]
    assert actions.correct_account(by=chief, now=NOW, **told).name == "何静"
    post = {"organisation": guangdong.yuexiu.pk, "role": Role.CLERK}
    actions.give_role(account=clerk.pk, starts=starts, by=chief, now=NOW, **post)
    assert len(load_held(clerk.pk, starts)) == 1


def test_a_withdrawn_role_leaves_its_account_to_those_where_it_has_another(
    guangdong: Region,
) -> None:
    top, chief = administrator(guangdong.guangdong, "top").pk, administrator(guangdong.guangzhou).pk
    clerk = person("he", Role.CLERK, guangdong.yuexiu)
    held = actions.give_role(
        account=clerk.pk, organisation=guangdong.shenzhen.pk, role=Role.CLERK, starts=day(30),
        by=top, now=NOW,
    )  # fmt: skip
    told = {"account": clerk.pk, "name": "何静", "email": ""}
    assert refused(actions.correct_account, by=chief, **told) == ["not_yours"]
    actions.end_role(holding=held.pk, ends=TODAY, by=top, now=NOW)
    actions.correct_account(by=chief, now=NOW, **told)


def test_an_organisation_closes_although_a_later_role_was_withdrawn(guangdong: Region) -> None:
    clerk = person("he", Role.CLERK, guangdong.yuexiu, starts=day(30))
    held = Holding.objects.get(account=clerk)
    actions.end_role(holding=held.pk, ends=TODAY, by=None, now=NOW)
    actions.close_organisation(organisation=guangdong.yuexiu.pk, ends=day(1), by=None, now=NOW)
    held.refresh_from_db()
    assert (held.starts, held.ends) == (day(30), day(30))


def test_a_taken_user_name_is_refused_in_any_case(guangdong: Region) -> None:
    person("he", Role.CLERK, guangdong.yuexiu)
    assert refused(
        actions.open_account, username="HE", name="x", role=Role.CLERK,
        organisation=guangdong.yuexiu.pk, starts=TODAY, by=None,
    ) == ["username_taken"]  # fmt: skip


def test_nobody_closes_their_own_account_and_a_closed_one_has_no_roles(guangdong: Region) -> None:
    chief = administrator(guangdong.guangzhou).pk
    clerk = person("he", Role.CLERK, guangdong.yuexiu)
    assert refused(actions.close_account, account=chief, by=chief) == ["own_account"]
    actions.close_account(account=clerk.pk, by=chief, now=NOW)
    assert load_held(clerk.pk, TODAY) == ()
    actions.reopen_account(account=clerk.pk, by=chief, now=NOW)
    assert len(load_held(clerk.pk, TODAY)) == 1


@override_settings(SECOND_FACTOR_REQUIRED=True)
def test_where_required_an_administrator_without_a_second_factor_reaches_nothing(
    guangdong: Region,
) -> None:
    from allauth.mfa.models import Authenticator

    chief = administrator(guangdong.guangzhou)
    assert (load_held(chief.pk, TODAY), lacks_second_factor(chief.pk, TODAY)) == ((), True)
    Authenticator.objects.create(user=chief, type="totp", data={"secret": "x"})
    assert len(load_held(chief.pk, TODAY)) == 1
    assert not lacks_second_factor(chief.pk, TODAY)


def hold(account: Account, organisation: Organisation, **told: object) -> Holding:
    return Holding.objects.create(
        account=account, organisation=organisation, role="clerk", starts=TODAY, **told
    )


def test_the_database_itself_keeps_a_stand_in_alone(guangdong: Region) -> None:
    he, wu = (person(name, Role.EXPERT, guangdong.yuexiu) for name in ("he", "wu"))
    hold(he, guangdong.yuexiu, ends=day(5))
    for account in (wu, he):
        with pytest.raises(IntegrityError), transaction.atomic():
            hold(account, guangdong.yuexiu, stands_in=True)
    hold(wu, guangdong.yuexiu)
    Holding.objects.filter(role="clerk").delete()
    hold(wu, guangdong.yuexiu, stands_in=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        hold(he, guangdong.yuexiu)
    hold(he, guangdong.shenzhen)


def test_the_database_itself_lets_nothing_stand_below_itself(guangdong: Region) -> None:
    for child, parent in (
        (guangdong.guangdong, guangdong.yuexiu),
        (guangdong.hunan, guangdong.hunan),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Placement.objects.create(organisation=child, parent=parent, starts=FOUNDED)
