"""Who may be given a role, who may stand in, and when a role ends."""

from datetime import date

import pytest

from steelyard.kernel.periods import Days
from steelyard.people.rules import ending
from steelyard.people.rules.posts import Asked, Post, against
from steelyard.people.rules.roles import Role

LI, CHEN, WANG = 1, 2, 3
TODAY, LATER, MUCH_LATER = date(2026, 6, 1), date(2026, 9, 1), date(2027, 1, 1)


def post(account: int, starts: date = TODAY, ends: date | None = None, **told: object) -> Post:
    return Post(account, 10, Role.CLERK, Days(starts, ends), **told)  # type: ignore[arg-type]


def codes(
    wanted: Post, *others: Post, by: int | None = WANG, exists: Days | None = None
) -> list[str]:
    asked = Asked(by, TODAY, exists or Days(date(2020, 1, 1)), others)
    return [refusal.code for refusal in against(wanted, asked)]


def test_two_clerks_may_hold_the_role_at_the_same_time() -> None:
    assert codes(post(LI), post(CHEN)) == []


def test_nobody_holds_one_role_twice_on_a_day() -> None:
    assert codes(post(LI), post(LI, LATER)) == ["held_already"]
    assert codes(post(LI, TODAY, LATER), post(LI, LATER)) == []


def test_one_stands_in_while_the_post_is_vacant() -> None:
    assert codes(post(LI, TODAY, LATER, stands_in=True), post(CHEN, LATER)) == []


@pytest.mark.parametrize("other", [post(CHEN), post(CHEN, stands_in=True), post(CHEN, LATER)])
def test_nobody_stands_in_while_somebody_holds_the_post_or_stands_in(other: Post) -> None:
    assert codes(post(LI, stands_in=True), other) == ["not_vacant"]


def test_another_role_or_another_organisation_does_not_fill_the_post() -> None:
    other_role = Post(CHEN, 10, Role.EXPERT, Days(TODAY))
    elsewhere = Post(CHEN, 11, Role.CLERK, Days(TODAY))
    assert codes(post(LI, stands_in=True), other_role, elsewhere) == []


def test_who_stands_in_ends_before_another_begins() -> None:
    standing_in = post(CHEN, TODAY, LATER, stands_in=True)
    assert codes(post(LI), standing_in) == ["stood_in_for"]
    assert codes(post(LI, LATER), standing_in) == []


def test_nobody_gives_a_role_to_themselves() -> None:
    assert codes(post(LI), by=LI) == ["given_to_oneself"]


def test_a_person_gives_no_role_for_the_past_but_the_system_may() -> None:
    assert codes(post(LI, date(2026, 5, 31))) == ["begins_in_the_past"]
    assert codes(post(LI, date(2026, 5, 31)), by=None) == []


def test_a_role_lies_within_the_days_of_the_organisation() -> None:
    assert codes(post(LI), exists=Days(TODAY, LATER)) == ["outside_days_of_organisation"]
    assert codes(post(LI, TODAY, LATER), exists=Days(TODAY, LATER)) == []


@pytest.mark.parametrize(
    ("held", "ends", "found"),
    [
        (Days(TODAY), TODAY, []),
        (Days(TODAY, MUCH_LATER), LATER, []),
        (Days(TODAY, LATER), MUCH_LATER, ["ends_already"]),
        (Days(TODAY), date(2026, 5, 31), ["ends_in_the_past"]),
    ],
)
def test_a_role_ends_from_today_on_and_is_not_prolonged(
    held: Days, ends: date, found: list[str]
) -> None:
    refusals = ending.against(Post(LI, 10, Role.CLERK, held), ends, TODAY)
    assert [refusal.code for refusal in refusals] == found
