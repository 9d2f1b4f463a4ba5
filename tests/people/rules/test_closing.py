"""When may an organisation be closed?"""

from datetime import date

from steelyard.kernel.periods import Days
from steelyard.people.rules.closing import Closing, against
from steelyard.people.rules.posts import Post
from steelyard.people.rules.roles import Role
from steelyard.people.rules.tree import Placed

START, TODAY, LATER = date(2020, 1, 1), date(2026, 6, 1), date(2026, 9, 1)
BUREAU, SECTION = 1, 2


def codes(
    ends: date, *placed: Placed, posts: tuple[Post, ...] = (), days: Days | None = None
) -> list[str]:
    wanted = Closing(BUREAU, days or Days(START), ends, TODAY)
    return [refusal.code for refusal in against(wanted, placed, posts)]


def test_it_closes_with_its_own_place_and_roles() -> None:
    held = Post(7, BUREAU, Role.CLERK, Days(START))
    assert codes(TODAY, Placed(BUREAU, 9, Days(START)), posts=(held,)) == []


def test_it_does_not_close_over_others_below_it() -> None:
    assert codes(TODAY, Placed(SECTION, BUREAU, Days(START))) == ["others_below"]
    assert codes(TODAY, Placed(SECTION, BUREAU, Days(START, TODAY))) == []


def test_it_does_not_close_before_something_begins() -> None:
    held = Post(7, BUREAU, Role.CLERK, Days(LATER))
    assert codes(TODAY, posts=(held,)) == ["begins_later"]
    withdrawn = Post(7, BUREAU, Role.CLERK, Days(LATER, LATER))
    assert codes(TODAY, posts=(withdrawn,)) == []


def test_it_closes_once_and_not_in_the_past() -> None:
    assert codes(TODAY, days=Days(START, LATER)) == ["closed_already"]
    assert codes(date(2026, 5, 1)) == ["in_the_past"]
    assert codes(START) == ["ends_before_it_starts", "in_the_past"]
