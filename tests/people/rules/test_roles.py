"""What each role may do, written out a second time: a change of the table is seen here."""

from datetime import date

import pytest

from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import (
    ACTIONS,
    BELOW,
    MAY,
    ROLES,
    SECOND_FACTOR,
    Action,
    Role,
    may,
    may_below,
)

DAY = date(2026, 6, 1)

COLUMNS = (
    "assessing_office", "office_head", "supplying_body", "scoring_body", "city_officer", "city_head",
    "department_officer", "expert", "clerk", "editor", "moderator", "auditor", "administrator",
)  # fmt: skip

TABLE = """
deliver             -  -  o  -  -  -  -  -  -  -  -  -  -
sign_delivery       -  -  o  -  -  -  -  -  -  -  -  -  -
see_delivery        b  b  o  o  -  -  -  -  -  -  -  b  -
accept_delivery     b  -  -  -  -  -  -  -  -  -  -  -  -
request_delivery    b  -  -  -  -  -  -  -  -  -  -  -  -
freeze              b  -  -  -  -  -  -  -  -  -  -  -  -
see_trail           -  -  -  -  -  -  -  -  -  -  -  b  b
manage_people       -  -  -  -  -  -  -  -  -  -  -  -  b
see_people          b  b  -  -  -  -  -  -  -  -  -  b  b
see_deadline        b  b  -  -  -  -  -  -  -  -  -  b  -
extend_deadline     b  b  -  -  -  -  -  -  -  -  -  -  -
see_mails           -  -  -  -  -  -  -  -  -  -  -  -  b
edit_prose          -  -  -  -  -  -  -  -  -  o  o  -  -
publish_prose       -  -  -  -  -  -  -  -  -  -  o  -  -
see_assessment      b  b  o  o  o  o  o  o  -  -  -  b  -
run_assessment      b  -  -  -  -  -  -  -  -  -  -  -  -
see_weighing        b  b  -  -  -  -  -  -  -  -  -  b  -
comment_on_scheme   -  -  o  o  o  -  -  -  -  -  -  -  -
supply_figures      -  -  o  -  -  -  -  -  -  -  -  -  -
answer_objections   -  -  o  -  -  -  -  -  -  -  -  -  -
fill_items          -  -  -  -  o  -  o  -  -  -  -  -  -
divide_items        -  -  -  -  o  -  -  -  -  -  -  -  -
sign_submission     -  -  -  -  -  o  -  -  -  -  -  -  -
see_standing        -  -  -  -  o  o  -  -  -  -  -  -  -
settle_differences  b  -  -  -  -  -  -  -  -  -  -  -  -
score_items         -  -  -  o  -  -  -  -  -  -  -  -  -
draw_files          b  -  -  -  -  -  -  -  -  -  -  -  -
review_files        -  -  -  -  -  -  -  o  -  -  -  -  -
plan_visits         b  -  -  -  -  -  -  -  -  -  -  -  -
handle_leads        b  -  -  -  -  -  -  -  -  -  -  -  -
open_informants     -  b  -  -  -  -  -  -  -  -  -  -  -
raise_suspicion     b  -  -  o  -  -  -  -  -  -  -  -  -
decide_suspicion    -  b  -  -  -  -  -  -  -  -  -  -  -
"""
"""``o``: towards one's own organisation; ``b``: towards those below it as well; ``-``: not at all."""

CELLS = [
    (role, action, mark)
    for action, *marks in (line.split() for line in TABLE.strip().splitlines())
    for role, mark in zip(COLUMNS, marks, strict=True)
]


@pytest.mark.parametrize(("role", "action", "mark"), CELLS)
def test_each_role_may_do_what_the_table_says_and_as_far_as_it_says(
    role: str, action: str, mark: str
) -> None:
    asked = Role(role), Action(action)
    assert (may(*asked), may_below(*asked)) == (mark in "ob", mark == "b")
    held = [Held(asked[0], organisation=1, starts=DAY, below=frozenset({2, 3}))]
    reached = {"-": set(), "o": {1}, "b": {1, 2, 3}}[mark]
    assert reach(held, asked[1], DAY) == reached


def test_the_table_names_every_role_and_every_action() -> None:
    assert {(role, action) for role, action, _ in CELLS} == {
        (role.value, action.value) for role in Role for action in Action
    }
    assert set(MAY) == set(ROLES) == set(Role)
    assert set(ACTIONS) == set(Action)


def test_what_a_body_does_itself_reaches_no_body_below() -> None:
    assert {Role.SUPPLYING_BODY, Role.SCORING_BODY}.isdisjoint(BELOW)


def test_who_sees_or_changes_everything_needs_a_second_factor() -> None:
    assert {Role.AUDITOR, Role.ADMINISTRATOR} == SECOND_FACTOR
