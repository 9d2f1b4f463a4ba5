"""The mark of a file decides who may fetch it."""

from datetime import date

import pytest

from steelyard.files.rules.marks import MARKS, WHO, Kept, Mark, may_fetch
from steelyard.people.rules.reach import Held
from steelyard.people.rules.roles import Role

TODAY = date(2026, 3, 1)
COURT, BUREAU = 1, 2


def held(organisation: int, ends: date | None = None) -> tuple[Held, ...]:
    return (Held(Role.SUPPLYING_BODY, organisation, date(2026, 1, 1), ends),)


OF_THE_COURT, ELSEWHERE, LEFT, NOBODY = held(COURT), held(BUREAU), held(COURT, TODAY), ()


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        (Mark.PUBLIC, [True, True, True, True]),
        (Mark.INTERNAL, [True, True, False, False]),
        (Mark.CONFIDENTIAL, [True, False, False, False]),
    ],
)
def test_who_may_fetch(mark: Mark, expected: list[bool]) -> None:
    people = (OF_THE_COURT, ELSEWHERE, LEFT, NOBODY)
    assert [may_fetch(Kept(mark, COURT), one, TODAY) for one in people] == expected


def test_what_is_attached_is_fetched_by_those_who_see_that_and_by_no_colleague_of_theirs() -> None:
    kept = Kept(Mark.CONFIDENTIAL, COURT, is_attached=True)
    assert may_fetch(kept, ELSEWHERE, TODAY, sees_what_it_is_attached_to=True)
    assert not may_fetch(kept, OF_THE_COURT, TODAY)


def test_every_mark_has_its_words() -> None:
    assert set(MARKS) == set(WHO) == set(Mark)
