"""Which connection of the place founds jurisdiction in which case."""

import pytest

from steelyard.courts.rules.jurisdiction.case import CONNECTIONS
from steelyard.courts.rules.jurisdiction.territory import (
    CONNECTED,
    connected,
    doubtful,
    territory_of,
)
from tests.courts.china_jurisdiction import CAUSES, RULES
from tests.courts.rules.jurisdiction.told import PENALTY, TRADEMARK, told

ROWS = RULES.table.territory
PATENT = "侵害发明专利权纠纷"


def founding(cause, **facts):
    """The connections that found jurisdiction, those in doubt left out."""
    found = set()
    for connection in CONNECTIONS:
        case = told(cause, connection=connection, **facts)
        if not connected(ROWS, RULES.table.citations, case) and not doubtful(ROWS, case):
            found.add(connection)
    return found


@pytest.mark.parametrize(
    ("cause", "connections"),
    [
        (PATENT, {"act", "result", "defendant"}),
        ("侵害技术秘密纠纷", {"act", "result", "defendant"}),
        (TRADEMARK, {"act", "storage", "defendant"}),
        ("侵害作品复制权纠纷", {"act", "storage", "defendant"}),
        ("侵害计算机软件著作权纠纷", {"act", "storage", "defendant"}),
        ("技术服务合同纠纷", {"defendant", "performance", "agreed"}),
        ("专利权权属纠纷（发明）", {"defendant"}),
    ],
)
def test_a_civil_case_goes_where_the_law_says(cause, connections):
    assert founding(cause) == connections


def test_the_seat_of_the_reviewing_agency_counts_only_after_a_reconsideration():
    assert founding(PENALTY, body="department") == {"agency"}
    reviewed = founding(PENALTY, body="department", reconsidered="upheld", reviewer="government")
    assert reviewed == {"agency", "reviewer"}


def test_where_the_plaintiff_lives_never_founds_jurisdiction():
    for cause in CAUSES.rows:
        row = territory_of(ROWS, cause)
        assert "plaintiff" not in (*row.founds, *row.doubtful)


def test_a_fault_says_what_would_found_it_and_by_which_article():
    (fault,) = connected(ROWS, RULES.table.citations, told(TRADEMARK, connection="result"))
    assert "《商标民事纠纷解释》第6条" in fault.what.zh
    assert "侵权商品储藏地、查封扣押地" in fault.mend.zh


def test_every_cause_has_a_row_and_every_connection_a_name():
    assert all(territory_of(ROWS, cause).founds for cause in CAUSES.rows)
    assert set(CONNECTED) == set(CONNECTIONS)


def test_nothing_is_found_where_the_connection_was_not_said():
    assert connected(ROWS, RULES.table.citations, told(TRADEMARK)) == []
