"""How far a role reaches, held against a slow second hand that asks one organisation at a time."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from steelyard.people.rules.reach import Held, may_towards, reach, without_second_factor
from steelyard.people.rules.roles import BELOW, MAY, Action, Role

DAY = date(2026, 6, 1)
days = st.integers(-3, 3).map(lambda n: DAY + timedelta(n))
organisations = st.integers(1, 6)
helds = st.lists(
    st.builds(
        Held,
        role=st.sampled_from(Role),
        organisation=organisations,
        starts=days,
        ends=st.none() | days,
        below=st.frozensets(organisations),
        stands_in=st.booleans(),
    ),
    max_size=5,
)


def oracle(held: list[Held], action: Action, organisation: int, on: date) -> bool:
    for one in held:
        begun = not on < one.starts
        over = one.ends is not None and not on < one.ends
        its_own = organisation == one.organisation
        under_it = one.role in BELOW and organisation in one.below
        if action in MAY[one.role] and begun and not over and (its_own or under_it):
            return True
    return False


@given(helds, st.sampled_from(Action), days)
def test_reach_is_what_a_second_hand_finds(held: list[Held], action: Action, on: date) -> None:
    expected = {number for number in range(1, 7) if oracle(held, action, number, on)}
    assert reach(held, action, on) == expected
    assert {n for n in range(1, 7) if may_towards(held, action, n, on)} == expected


@given(helds, helds, st.sampled_from(Action), days)
def test_two_roles_reach_what_each_reaches_and_no_more(
    one: list[Held], other: list[Held], action: Action, on: date
) -> None:
    assert reach([*one, *other], action, on) == reach(one, action, on) | reach(other, action, on)


def test_a_role_reaches_nothing_on_the_day_it_ends() -> None:
    held = [Held(Role.SUPPLYING_BODY, 1, DAY, DAY + timedelta(1))]
    assert may_towards(held, Action.DELIVER, 1, DAY)
    assert not may_towards(held, Action.DELIVER, 1, DAY + timedelta(1))


def test_without_a_second_factor_an_administrator_is_left_with_the_other_roles() -> None:
    clerk = Held(Role.CLERK, 1, DAY)
    assert without_second_factor([clerk, Held(Role.ADMINISTRATOR, 1, DAY)]) == (clerk,)
