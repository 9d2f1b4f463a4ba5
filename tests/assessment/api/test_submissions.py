"""What a unit files, for programs: progress, steps of approval, signing, filing late."""

from __future__ import annotations

import pytest

from steelyard.assessment.models import Submission
from steelyard.assessment.rules.states import Stage, SubmissionState
from tests.assessment.api.asking import HERE, as_, at_fields, done, get, post, refused, told
from tests.assessment.database_clock import midnight_after, set_clock
from tests.assessment.year import Year
from tests.once import World, world_of
from tests.supply.office import account

pytestmark = pytest.mark.django_db


def a_year() -> Year:
    found = Year()
    found.at(Stage.COLLECTING)
    return found


standing = world_of(a_year)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    return standing.copy()


def of(year: Year, unit: str = "jiangmen") -> str:
    return f"/submissions/{Submission.objects.get(unit=getattr(year, unit)).pk}"


def fill(year: Year, item: str, **said: object) -> dict:
    path = f"{of(year)}/items/{item}"
    return done(year.tan, path, seen=told(year.tan, path)["version"], **said)


WHY = "其余各项本年没有内容"


def put_up(year: Year) -> dict:
    fill(year, "B2", self_score="7.5")
    seen = told(year.tan, of(year))["version"]
    return done(year.tan, f"{of(year)}/put-up", seen=seen, why_unanswered=WHY)


def test_a_city_reads_how_far_it_is_item_by_item(year: Year) -> None:
    fill(year, "B2", self_score="7.50", statement="有方案")
    fill(year, "A2", claim="not_applicable", grounds="没有案件")
    found = told(year.tan, of(year))
    assert (found["unit"], found["state"], found["answered"], found["all"]) == (
        "440700", "filling", 2, 4,
    )  # fmt: skip
    assert [
        (one["code"], one["answered"], one["all"], one["self_score"], one["most"])
        for one in found["dimensions"]
    ] == [("A", 1, 2, "0", "60"), ("B", 1, 2, "7.5", "40")]
    assert [(one["code"], one["self_score"], one["claim"]) for one in found["items"]] == [
        ("A1", "", ""), ("A2", "", "not_applicable"), ("B1", "", ""), ("B2", "7.5", ""),
    ]  # fmt: skip


def test_the_office_reads_the_progress_and_not_what_is_said(year: Year) -> None:
    fill(year, "B2", self_score="7.5")
    found = told(year.chen, of(year))
    assert (found["answered"], found["items"], found["steps"], found["content_hash"]) == (
        1, [], [], "",
    )  # fmt: skip
    assert {one["self_score"] for one in found["dimensions"]} == {None}
    assert found["moves"] == []


def test_another_city_and_a_stranger_have_none_of_it(year: Year) -> None:
    for who in (year.liang, year.li, account("外人")):
        assert get(who, of(year)).status_code == 404
        for deed in ("put-up", "take-back", "decisions", "late"):
            said = {"seen": 1, "seen_hash": "x", "why": "x"}
            assert post(who, f"{of(year)}/{deed}", **said).status_code == 404
    listed = told(year.liang, "/submissions")["submissions"]
    assert [one["unit"] for one in listed] == ["440100"]
    assert get(year.li, "/submissions").status_code == 404


def test_from_putting_up_to_the_signature(year: Year) -> None:
    up = put_up(year)
    assert (up["state"], [one["move"] for one in up["moves"]]) == ("approving", ["take_back"])
    found = told(year.huang, of(year))
    assert [(one["role"], one["decision"]) for one in found["steps"]] == [("city_head", "")]
    seen = found["content_hash"]
    assert refused(post(year.tan, f"{of(year)}/decisions", seen_hash=seen)) == (
        403, ["not_allowed"],
    )  # fmt: skip
    signed = done(year.huang, f"{of(year)}/decisions", seen_hash=seen)
    assert (signed["state"], signed["steps"][0]["by"]) == ("locked", "黄市长")
    assert Submission.objects.get(unit=year.jiangmen).state == SubmissionState.LOCKED
    assert told(year.chen, of(year))["items"][3]["self_score"] == "7.5"
    page = as_(year.huang).get(f"/assessments/2021{of(year)}/").content.decode()
    assert "黄市长" in page
    again = post(year.huang, f"{of(year)}/decisions", seen_hash=seen)
    assert again.status_code == 200, "sent twice, the first answer stands"
    assert len(told(year.chen, of(year))["steps"]) == len(signed["steps"])


def test_what_is_left_open_is_named_and_put_up_only_with_a_statement(year: Year) -> None:
    path = f"{of(year)}/put-up"
    empty = post(year.tan, path, seen=told(year.tan, of(year))["version"])
    assert at_fields(empty) == (422, ["why_unanswered"])
    fill(year, "B2", self_score="7.5")
    (move,) = told(year.tan, of(year))["moves"]
    assert [one["code"] for one in move["refusals"]] == ["unanswered_items"]
    up = put_up(year)
    assert up["why_unanswered"] == WHY
    assert told(year.chen, of(year))["why_unanswered"] == ""  # until it is signed


def test_whoever_read_something_else_does_not_sign_this(year: Year) -> None:
    put_up(year)
    answer = post(year.huang, f"{of(year)}/decisions", seen_hash="sha256:other")
    assert refused(answer) == (409, ["changed_meanwhile"])


def test_it_is_returned_with_a_reason_and_filled_in_again(year: Year) -> None:
    put_up(year)
    seen = told(year.huang, of(year))["content_hash"]
    bare = post(year.huang, f"{of(year)}/decisions", seen_hash=seen, decision="returned")
    assert refused(bare) == (422, ["no_reason"])
    back = done(
        year.huang, f"{of(year)}/decisions", seen_hash=seen, decision="returned", reason="补方案"
    )
    assert (back["state"], back["steps"][0]["reason"]) == ("filling", "补方案")


def test_what_is_put_up_is_not_put_up_again_and_may_be_taken_back(year: Year) -> None:
    up = put_up(year)
    assert refused(post(year.tan, f"{of(year)}/put-up", seen=up["version"])) == (
        409, ["wrong_state"],
    )  # fmt: skip
    stale = post(year.tan, f"{of(year)}/take-back", seen=up["version"] + 5)
    assert refused(stale) == (409, ["changed_meanwhile"])
    assert refused(post(year.huang, f"{of(year)}/take-back", seen=up["version"]))[0] == 403
    back = done(year.tan, f"{of(year)}/take-back", seen=up["version"])
    assert back["state"] == "filling"


def test_what_is_late_is_declared_with_a_reason(year: Year) -> None:
    early = post(year.tan, f"{of(year)}/late", why="停电")
    assert refused(early)[0] == 409
    set_clock(midnight_after(Submission.objects.get(unit=year.jiangmen).deadline.due))
    assert refused(post(year.tan, f"{of(year)}/late", why=" ")) == (422, ["required"])
    found = done(year.tan, f"{of(year)}/late", why="停电")
    assert (found["is_closed"], found["why_late"]) == (True, "停电")


def test_as_many_questions_are_put_however_much_is_filled_in(
    year: Year, django_assert_num_queries
) -> None:
    told(year.chen, "/submissions")
    client = as_(year.chen)
    with django_assert_num_queries(LISTING):
        assert client.get(f"{HERE}/submissions").json()["count"] == 2
    for item in ("A1", "B1", "B2"):
        fill(year, item, self_score="7")
    with django_assert_num_queries(LISTING):
        assert client.get(f"{HERE}/submissions").json()["count"] == 2


LISTING = 9
