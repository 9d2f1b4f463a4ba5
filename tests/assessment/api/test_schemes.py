"""The scheme for programs: its versions and documents, its approval, amendments of it."""

from __future__ import annotations

import pytest

from steelyard.assessment.rules.states import Stage
from tests.assessment.api.asking import done, get, post, refused, told
from tests.assessment.year import Year, scheme, year_at
from tests.once import copy_for, world_of
from tests.supply.office import account

pytestmark = pytest.mark.django_db


checked = world_of(lambda: year_at(Stage.CHECKED))
issued_ = world_of(lambda: year_at(Stage.ISSUED))
CHECKED = pytest.mark.usefixtures("checked")
ISSUED = pytest.mark.usefixtures("issued_")


@pytest.fixture
def year(request: pytest.FixtureRequest) -> Year:
    return copy_for(request, Year)


@ISSUED
def test_the_issued_scheme_is_read_as_its_document(year: Year) -> None:
    for who in (year.chen, year.tan, year.li, year.sun):
        found = told(who, "/scheme")
        assert (found["state"], found["number"]) == ("issued", 1)
        assert found["document"] == year.version.document
        assert found["content_hash"] == year.version.content_hash
    assert found["issued_by"] == "陈主任"


def test_before_it_is_issued_there_is_none_in_force(year: Year) -> None:
    year.drafted()
    assert get(year.chen, "/scheme").status_code == 404
    assert get(account("外人"), "/scheme").status_code == 404


def test_a_draft_exists_for_the_office_alone(year: Year) -> None:
    year.drafted()
    (draft,) = told(year.chen, "/scheme/versions")
    assert (draft["number"], draft["state"], draft["made_by"]) == (1, "draft", "陈主任")
    assert told(year.tan, "/scheme/versions") == []
    assert get(year.tan, "/scheme/versions/1").status_code == 404
    assert told(year.chen, "/scheme/versions/1")["document"]["items"]
    assert get(year.chen, "/scheme/versions/2").status_code == 404


@CHECKED
def test_a_scheme_is_approved_step_by_step(year: Year) -> None:
    found = told(year.chen, "/scheme/approval")
    assert [one["role"] for one in found["steps"]] == ["assessing_office", "office_head"]
    assert not found["is_approved"]
    seen = found["content_hash"]
    assert refused(post(year.zhao, "/scheme/approval", seen_hash=seen)) == (403, ["not_allowed"])
    done(year.qian, "/scheme/approval", seen_hash=seen)
    found = done(year.zhao, "/scheme/approval", seen_hash=seen)
    assert found["is_approved"]
    assert [(one["by"], one["counts"]) for one in found["steps"]] == [
        ("钱科长", True), ("赵局长", True),
    ]  # fmt: skip


@CHECKED
def test_whoever_read_another_document_does_not_approve_this_one(year: Year) -> None:
    answer = post(year.qian, "/scheme/approval", seen_hash="sha256:other")
    assert refused(answer) == (409, ["changed_meanwhile"])


@CHECKED
def test_a_scheme_that_is_returned_needs_a_reason(year: Year) -> None:
    seen = told(year.qian, "/scheme/approval")["content_hash"]
    answer = post(year.qian, "/scheme/approval", seen_hash=seen, decision="returned")
    assert refused(answer) == (422, ["no_reason"])
    done(year.qian, "/scheme/approval", seen_hash=seen, decision="returned", reason="分值有误")
    assert told(year.chen)["stage"] == "drafting"


@CHECKED
def test_the_approval_exists_for_the_office_alone(year: Year) -> None:
    assert get(year.tan, "/scheme/approval").status_code == 404
    assert post(year.tan, "/scheme/approval", seen_hash="x").status_code == 404


@ISSUED
def test_an_amendment_is_proposed_and_dropped(year: Year) -> None:
    made = done(year.chen, "/scheme/amendment", why="笔误")
    assert (made["number"], made["state"], made["based_on"], made["why"]) == (2, "draft", 1, "笔误")
    assert refused(post(year.chen, "/scheme/amendment", why="再改")) == (409, ["amended_already"])
    beside = told(year.chen, "/scheme/versions/2/differences")
    assert beside == {"is_sound": True, "items": [], "rest": []}
    assert get(year.chen, "/scheme/versions/1/differences").status_code == 404
    stale = post(year.chen, "/scheme/amendment/drop", seen=99)
    assert refused(stale) == (409, ["changed_meanwhile"])
    seen = told(year.chen, "/scheme/versions/2")["version"]
    unchanged = post(year.chen, "/scheme/amendment/check", seen=seen)
    assert refused(unchanged) == (409, ["nothing_changed"])
    dropped = done(year.chen, "/scheme/amendment/drop", seen=seen)
    assert dropped["state"] == "dropped"
    assert told(year.chen, "/scheme")["number"] == 1


@ISSUED
def test_what_an_amendment_changes_is_read_item_by_item(year: Year) -> None:
    done(year.chen, "/scheme/amendment", why="更正名称")
    items = [dict(one) for one in scheme().document["items"]]
    items[-1]["title"] = {"zh": "改了名称", "en": "another name"}
    year.drafted({**scheme().document, "items": items})
    (changed,) = told(year.chen, "/scheme/versions/2/differences")["items"]
    assert (changed["kind"], changed["code"]) == ("changed", items[-1]["code"])
    assert "改了名称" in {one["after"]["zh"] for one in changed["changes"]}


@ISSUED
def test_who_may_not_amend_is_refused_and_a_reason_is_asked_for(year: Year) -> None:
    assert refused(post(year.tan, "/scheme/amendment", why="x")) == (403, ["not_allowed"])
    assert refused(post(year.tan, "/scheme/amendment/drop", seen=1)) == (403, ["not_allowed"])
    assert refused(post(year.chen, "/scheme/amendment", why=" ")) == (422, ["required"])
    assert refused(post(year.chen, "/scheme/amendment/drop", seen=1)) == (409, ["no_amendment"])
    assert post(year.chen, "/scheme/amendment/other", seen=1).status_code == 422
