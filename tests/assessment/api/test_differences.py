"""Differences for programs: list, settle, open again, compare again."""

from __future__ import annotations

import pytest

from steelyard.assessment.models import Difference
from steelyard.assessment.rules.states import StageMove
from tests.assessment.api.asking import HERE, as_, at_fields, done, get, post, refused, told
from tests.assessment.reported import comparing
from tests.assessment.year import Year
from tests.once import World, world_of
from tests.supply.office import account

pytestmark = pytest.mark.django_db


def a_year() -> Year:
    """Jiangmen reported 90 %, its body supplied 85 %: one gap."""
    return comparing(Year())


standing = world_of(a_year)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    return standing.copy()


def path() -> str:
    return f"/differences/{Difference.objects.get().pk}"


def settle(year: Year, **changes: object) -> dict:
    said = {
        "taken": "supplied",
        "reason": "台账只支持85%",
        "seen": told(year.chen, path())["version"],
    }
    return done(year.chen, f"{path()}/settle", **said | changes)


def test_a_gap_is_read_with_both_figures_exactly(year: Year) -> None:
    (found,) = told(year.chen, "/differences")["differences"]
    assert (found["unit"], found["figure"], found["state"]) == ("440700", "closed_in_time", "open")
    assert (found["reported"], found["supplied"], found["gap"], found["value"]) == (
        "0.9", "0.85", "0.05", "",
    )  # fmt: skip
    assert told(year.tan, path()) == found


def test_it_is_settled_with_a_reason_and_the_page_shows_it(year: Year) -> None:
    found = settle(year)
    assert (found["state"], found["value"], found["settled_by"]) == ("settled", "0.85", "陈主任")
    page = as_(year.tan).get(f"/assessments/2021{path()}/").content.decode()
    assert "台账只支持85%" in page
    again = post(year.chen, f"{path()}/settle", taken="reported", reason="x", seen=found["version"])
    assert refused(again) == (409, ["wrong_state"])


def test_another_figure_is_read_as_the_scheme_declares_it(year: Year) -> None:
    said = {"taken": "other", "reason": "核查", "seen": told(year.chen, path())["version"]}
    assert at_fields(post(year.chen, f"{path()}/settle", **said)) == (422, ["value"])
    wrong = post(year.chen, f"{path()}/settle", **said, value="190%")
    assert at_fields(wrong) == (422, ["value"])
    assert settle(year, taken="other", value="88%")["value"] == "0.88"


def test_a_reason_is_asked_for_and_a_choice(year: Year) -> None:
    said = {"taken": "supplied", "reason": "", "seen": 1}
    assert at_fields(post(year.chen, f"{path()}/settle", **said)) == (422, ["reason"])
    agreed = post(year.chen, f"{path()}/settle", **said | {"taken": "agreed"})
    assert at_fields(agreed) == (422, ["taken"])


def test_whoever_saw_another_version_is_told(year: Year) -> None:
    stale = post(year.chen, f"{path()}/settle", taken="supplied", reason="x", seen=99)
    assert refused(stale) == (409, ["changed_meanwhile"])
    seen = told(year.chen, path())["version"]
    done(year.chen, f"{path()}/settle", taken="supplied", reason="x", seen=seen)
    stale = post(year.chen, f"{path()}/reopen", reason="x", seen=seen)
    assert refused(stale) == (409, ["changed_meanwhile"])


def test_a_settled_one_is_opened_again_while_the_figures_are_compared(year: Year) -> None:
    found = settle(year)
    assert at_fields(post(year.chen, f"{path()}/reopen", seen=1, reason="")) == (422, ["reason"])
    opened = done(year.chen, f"{path()}/reopen", seen=found["version"], reason="又有新材料")
    assert (opened["state"], opened["reason"]) == ("open", "又有新材料")
    found = settle(year)
    year.move(StageMove.SCORE)
    late = post(year.chen, f"{path()}/reopen", seen=found["version"], reason="x")
    assert refused(late) == (409, ["wrong_stage"])


def test_the_city_sees_it_and_may_not_settle_it(year: Year) -> None:
    said = {"taken": "reported", "reason": "x", "seen": 1}
    assert refused(post(year.tan, f"{path()}/settle", **said)) == (403, ["not_allowed"])
    assert refused(post(year.tan, f"{path()}/reopen", seen=1, reason="x")) == (403, ["not_allowed"])
    assert refused(post(year.tan, "/compare-again")) == (403, ["not_allowed"])


def test_for_another_city_it_is_not_there(year: Year) -> None:
    for who in (year.liang, year.sun):
        assert get(who, path()).status_code == 404
        assert post(who, f"{path()}/settle", taken="other", reason="x", seen=1).status_code == 404
        assert get(who, "/differences").status_code == 404
    assert get(account("外人"), "/differences").status_code == 404


def test_a_settled_one_is_settled_otherwise_and_how_it_was_stays(year: Year) -> None:
    one = told(year.chen, "/differences")["differences"][0]
    path = f"/differences/{one['number']}"
    said = {"taken": "supplied", "reason": "台账只支持85%"}
    assert refused(post(year.chen, f"{path}/anew", seen=one["version"], **said)) == (
        409, ["wrong_state"],
    )  # fmt: skip
    settled = done(year.chen, f"{path}/settle", seen=one["version"], **said)
    assert settled["earlier"] == []
    now = done(
        year.qian, f"{path}/anew", seen=settled["version"], taken="reported", reason="补充台账支持90%"
    )  # fmt: skip
    assert (now["value"], now["settled_by"]) == ("0.9", "钱科长")
    (before,) = now["earlier"]
    assert (before["value"], before["settled_by"], before["why_no_more"]) == (
        "0.85", "陈主任", "补充台账支持90%",
    )  # fmt: skip
    late = post(year.chen, f"{path}/anew", seen=settled["version"], **said)
    assert refused(late) == (409, ["changed_meanwhile"])
    assert refused(post(year.tan, f"{path}/anew", seen=now["version"], **said))[0] == 403


def test_compared_again_nothing_turns_that_has_not_changed(year: Year) -> None:
    assert done(year.chen, "/compare-again") == {"turned": 0}


def test_the_list_is_narrowed_under_as_many_questions(
    year: Year, django_assert_num_queries
) -> None:
    told(year.chen, "/differences")
    client = as_(year.chen)
    for asked, count in (
        ({"state": "open", "unit": "440700", "figure": "closed_in_time"}, 1),
        ({"state": "settled"}, 0), ({"unit": "440100"}, 0),
    ):  # fmt: skip
        with django_assert_num_queries(LISTING - 2 * (not count)):
            assert client.get(f"{HERE}/differences", asked).json()["count"] == count


LISTING = 9
