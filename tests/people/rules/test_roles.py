"""What each role may do, written out a second time: a change of the table is seen here."""

import pytest

from steelyard.people.rules.roles import (
    ACTIONS,
    BELOW,
    MAY,
    ROLES,
    SECOND_FACTOR,
    Action,
    Role,
    may,
)

COLUMNS = (
    "assessing_office", "supplying_body", "scoring_body", "city_officer", "department_officer",
    "expert", "clerk", "editor", "moderator", "auditor", "administrator",
)  # fmt: skip

TABLE = """
deliver          -  x  -  -  -  -  -  -  -  -  -
sign_delivery    -  x  -  -  -  -  -  -  -  -  -
see_delivery     x  x  x  -  -  -  -  -  -  x  -
accept_delivery  x  -  -  -  -  -  -  -  -  -  -
freeze           x  -  -  -  -  -  -  -  -  -  -
see_trail        -  -  -  -  -  -  -  -  -  x  x
manage_people    -  -  -  -  -  -  -  -  -  -  x
see_people       x  -  -  -  -  -  -  -  -  x  x
see_deadline     x  -  -  -  -  -  -  -  -  x  -
extend_deadline  x  -  -  -  -  -  -  -  -  -  -
edit_prose       -  -  -  -  -  -  -  x  x  -  -
publish_prose    -  -  -  -  -  -  -  -  x  -  -
"""

CELLS = [
    (role, action, mark == "x")
    for action, *marks in (line.split() for line in TABLE.strip().splitlines())
    for role, mark in zip(COLUMNS, marks, strict=True)
]


@pytest.mark.parametrize(("role", "action", "allowed"), CELLS)
def test_each_role_may_do_what_the_table_says(role: str, action: str, allowed: bool) -> None:
    assert may(Role(role), Action(action)) is allowed


def test_the_table_names_every_role_and_every_action() -> None:
    assert {(role, action) for role, action, _ in CELLS} == {
        (role.value, action.value) for role in Role for action in Action
    }
    assert set(MAY) == set(ROLES) == set(Role)
    assert set(ACTIONS) == set(Action)


def test_what_a_body_does_itself_reaches_no_body_below() -> None:
    assert set(Action) - BELOW == {
        Action.DELIVER,
        Action.SIGN_DELIVERY,
        Action.EDIT_PROSE,
        Action.PUBLISH_PROSE,
    }


def test_who_sees_or_changes_everything_needs_a_second_factor() -> None:
    assert {Role.AUDITOR, Role.ADMINISTRATOR} == SECOND_FACTOR
