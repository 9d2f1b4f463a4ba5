"""Who may stand below whom, and on which days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from steelyard.kernel.bilingual import Text
from steelyard.kernel.periods import Days
from steelyard.people.rules.tree import Known, Node, Placed, Tree, above, against, ended

PROVINCE, CITY, DISTRICT = 1, 2, 3
Y2020, Y2025, Y2026, Y2027 = (date(year, 1, 1) for year in (2020, 2025, 2026, 2027))


def known(*placed: Placed, exist: dict[int, Days] | None = None) -> Known:
    always = dict.fromkeys(range(1, 9), Days(Y2020))
    return Known(placed, always | (exist or {}))


def codes(wanted: Placed, *placed: Placed, exist: dict[int, Days] | None = None) -> list[str]:
    return [refusal.code for refusal in against(wanted, known(*placed, exist=exist))]


def test_a_city_may_stand_below_its_province() -> None:
    assert codes(Placed(CITY, PROVINCE, Days(Y2025))) == []


def test_nothing_stands_below_itself() -> None:
    assert codes(Placed(CITY, CITY, Days(Y2025))) == ["circle"]


def test_nothing_stands_below_itself_by_way_of_others() -> None:
    below = (Placed(CITY, PROVINCE, Days(Y2020)), Placed(DISTRICT, CITY, Days(Y2020)))
    assert codes(Placed(PROVINCE, DISTRICT, Days(Y2025)), *below) == ["circle"]


def test_two_may_stand_above_each_other_on_days_that_do_not_meet() -> None:
    earlier = Placed(CITY, DISTRICT, Days(Y2020, Y2025))
    assert codes(Placed(DISTRICT, CITY, Days(Y2025)), earlier) == []


def test_a_way_round_that_holds_on_no_single_day_is_no_circle() -> None:
    way = (Placed(2, 3, Days(Y2020, Y2025)), Placed(3, 4, Days(Y2026)))
    assert codes(Placed(4, 2, Days(Y2020)), *way) == []


def test_it_stands_below_one_at_a_time() -> None:
    now = Placed(DISTRICT, CITY, Days(Y2025, Y2027))
    assert codes(Placed(DISTRICT, PROVINCE, Days(Y2026)), now) == ["placed_already"]
    assert codes(Placed(DISTRICT, PROVINCE, Days(Y2027)), now) == []


def test_it_stands_nowhere_on_days_on_which_it_or_the_other_does_not_exist() -> None:
    exist = {CITY: Days(Y2025, Y2027), PROVINCE: Days(Y2026)}
    assert codes(Placed(CITY, PROVINCE, Days(Y2020)), exist=exist) == [
        "outside_own_days",
        "outside_days_of_parent",
    ]


def test_a_placement_holds_at_least_a_day() -> None:
    assert codes(Placed(CITY, PROVINCE, Days(Y2025, Y2025))) == ["no_days"]


def test_moving_ends_where_it_stands_on_the_day() -> None:
    now = Placed(DISTRICT, CITY, Days(Y2025))
    assert ended(now, Y2026, DISTRICT) == Placed(DISTRICT, CITY, Days(Y2025, Y2026))
    assert ended(now, Y2025, DISTRICT) == now  # nothing would be left of it
    assert ended(now, Y2026, CITY) == now


placements = st.lists(
    st.builds(
        lambda child, parent, start, length: Placed(
            child, parent, Days(Y2020 + timedelta(start), Y2020 + timedelta(start + length))
        ),
        st.integers(1, 5),
        st.integers(1, 5),
        st.integers(0, 4),
        st.integers(1, 3),
    ),
    max_size=7,
)


@given(placements)
def test_taking_only_what_is_not_refused_leaves_no_circle_on_any_day(asked: list[Placed]) -> None:
    taken: list[Placed] = []
    for wanted in asked:
        if not against(wanted, known(*taken)):
            taken.append(wanted)
    for day in (Y2020 + timedelta(n) for n in range(8)):
        parents = {one.organisation: one.parent for one in taken if day in one.days}
        for start in parents:
            at, steps = start, 0
            while at in parents and steps < 9:
                at, steps = parents[at], steps + 1
            assert steps < 9


@given(placements)
def test_above_on_one_day_is_walking_up_on_that_day(placed: list[Placed]) -> None:
    for day in (Y2020 + timedelta(n) for n in range(8)):
        on_it = [one for one in placed if day in one.days]
        found, ahead = set(), [1]
        while ahead:
            at = ahead.pop()
            if at not in found:
                found.add(at)
                ahead += [one.parent for one in on_it if one.organisation == at]
        assert above(1, Days(day, day + timedelta(1)), placed) == found


def test_the_tree_is_walked_from_top_to_bottom_by_code() -> None:
    nodes = {n: Node(n, f"44{n}", Text(str(n)), "city") for n in (1, 2, 3, 4)}
    tree = Tree(nodes, {2: 1, 3: 1, 4: 2})
    assert [(node.number, depth) for node, depth in tree.walk()] == [(1, 0), (2, 1), (4, 2), (3, 1)]
    assert tree.below(1) == {2, 3, 4}
    assert [node.number for node in tree.path(4)] == [1, 2]
