"""The draft of a scheme for programs: put a document there, change an item or a figure, read the faults."""

from __future__ import annotations

from typing import Any

import pytest

from steelyard.assessment.models import SchemeVersion
from steelyard.assessment.rules.states import Stage
from tests.assessment.api.asking import as_, at_fields, done, get, post, refused, told
from tests.assessment.year import Year, scheme
from tests.supply.office import account, organisation

pytestmark = pytest.mark.django_db

DRAFT = "/scheme/draft"


@pytest.fixture
def year() -> Year:
    return Year()


@pytest.fixture
def drafted(year: Year) -> Year:
    year.drafted()
    return year


def members(draft: dict[str, Any], section: str = "items") -> list[str]:
    return [one["code"] for one in draft["document"][section]]


def item(draft: dict[str, Any], code: str) -> dict[str, Any]:
    return next(one for one in draft["document"]["items"] if one["code"] == code)


def test_a_document_begins_the_draft_and_sent_again_is_the_same(year: Year) -> None:
    assert year.assessment
    assert get(year.chen, DRAFT).status_code == 404
    document = scheme().document
    for _ in range(2):
        made = done(year.chen, DRAFT, document=document, seen=0)
        assert (made["number"], made["state"]) == (1, "draft")
        assert made["document"] == document
    assert [one for one in made["faults"] if one["level"] == "error"] == []
    assert SchemeVersion.objects.count() == 1


def test_numbers_with_a_point_are_kept_as_they_are_written(year: Year) -> None:
    assert year.assessment
    made = done(year.chen, DRAFT, document={"total": 99.5}, seen=0)
    assert made["document"] == {"total": "99.5"}
    assert [one for one in made["faults"] if one["level"] == "error"]


def test_an_item_is_added_told_anew_moved_and_taken_out(drafted: Year) -> None:
    draft = told(drafted.chen, DRAFT)
    new = {"code": "B3", "parent": "B", "title": {"zh": "新项", "en": "New"}, "points": 5}
    for _ in range(2):
        more = done(drafted.chen, f"{DRAFT}/items", member=new, seen=draft["version"])
        assert members(more) == [*members(draft), "B3"]
    assert any(one["level"] == "error" for one in more["faults"])
    moved = done(drafted.chen, f"{DRAFT}/items/B3/move", way="up", seen=more["version"])
    assert members(moved)[-2:] == ["B3", "B2"]
    other = {**new, "code": "B9", "points": 2.5}
    changed = done(drafted.chen, f"{DRAFT}/items/B3", member=other, seen=moved["version"])
    assert item(changed, "B9")["points"] == "2.5"
    again = done(drafted.chen, f"{DRAFT}/items/B3", member=other, seen=moved["version"])
    assert again["version"] == changed["version"]
    page = as_(drafted.chen).get("/assessments/2021/scheme/items/B9/").content.decode()
    assert "新项" in page
    gone = done(drafted.chen, f"{DRAFT}/items/B9/delete", seen=changed["version"])
    assert gone["document"] == draft["document"]
    assert post(drafted.chen, f"{DRAFT}/items/B9/delete", seen=1).status_code == 404


def test_a_grade_is_added_in_its_place_told_anew_and_taken_out(drafted: Year) -> None:
    draft = told(drafted.chen, DRAFT)
    new = {"code": "good", "title": {"zh": "良好", "en": "Good"}, "at_least": 75}
    more = done(drafted.chen, f"{DRAFT}/grades", member=new, seen=draft["version"])
    assert members(more, "grades") == ["excellent", "good", "pass", "fail"]
    higher = {**new, "at_least": 80}
    changed = done(drafted.chen, f"{DRAFT}/grades/good", member=higher, seen=more["version"])
    assert changed["document"]["grades"][1] == higher
    gone = done(drafted.chen, f"{DRAFT}/grades/good/delete", seen=changed["version"])
    assert gone["document"] == draft["document"]


def test_a_body_that_is_no_organisation_is_listed(drafted: Year) -> None:
    draft = told(drafted.chen, DRAFT)
    assert draft["unmatched_bodies"] == []
    document = {**draft["document"], "bodies": {**draft["document"]["bodies"], "x": {"zh": "某局"}}}
    made = done(drafted.chen, DRAFT, document=document, seen=draft["version"])
    assert [(one["code"], one["why"]["en"]) for one in made["unmatched_bodies"]] == [
        ("x", "no organisation has this name")
    ]


def test_bodies_without_a_part_are_told_before_the_draft_goes_out(drafted: Year) -> None:
    """One that stands elsewhere is not said to be missing; the draft is not sent out with either."""
    other = organisation("450000", "样本省", "province")
    draft = told(drafted.chen, DRAFT)
    items = [
        one | {"scoring_body": {"B2": other.code, "B1": "nobody"}[one["code"]]}
        if one["code"] in ("B1", "B2") else one
        for one in draft["document"]["items"]
    ]  # fmt: skip
    more = {"450000": {"zh": "样本省"}, "nobody": {"zh": "某局"}}
    bodies = {**draft["document"]["bodies"], **more}
    document = {**draft["document"], "items": items, "bodies": bodies}
    made = done(drafted.chen, DRAFT, document=document, seen=draft["version"])
    assert {one["code"]: one["why"]["en"] for one in made["unmatched_bodies"]} == {
        "450000": "this organisation is not within what is assessed: it has no part in it",
        "nobody": "no organisation has this name",
    }
    here = told(drafted.chen)
    (send_out,) = (one for one in here["moves"] if one["move"] == "send_out")
    codes = [one["code"] for one in send_out["refusals"]]
    assert codes == ["outside_body", "unknown_body"]
    sent = post(drafted.chen, "/moves/send_out", seen=here["version"], days_to_comment=5)
    assert refused(sent) == (422, codes)
    page = as_(drafted.chen).get("/assessments/2021/scheme/").content.decode()
    assert "it has no part in it" in page


def test_a_figure_is_added_and_taken_out(drafted: Year) -> None:
    draft = told(drafted.chen, DRAFT)
    new = {"code": "staff", "title": {"zh": "人数", "en": "Staff"}, "type": "count"}
    more = done(drafted.chen, f"{DRAFT}/inputs", member=new, seen=draft["version"])
    assert members(more, "inputs") == [*members(draft, "inputs"), "staff"]
    gone = done(drafted.chen, f"{DRAFT}/inputs/staff/delete", seen=more["version"])
    assert members(gone, "inputs") == members(draft, "inputs")


def test_the_second_saver_is_told_and_nothing_is_written_over(drafted: Year) -> None:
    draft = told(drafted.chen, DRAFT)
    one = item(draft, "B2") | {"title": {"zh": "甲改", "en": "first"}}
    first = done(drafted.chen, f"{DRAFT}/items/B2", member=one, seen=draft["version"])
    two = one | {"title": {"zh": "乙改", "en": "second"}}
    for path, said in (
        (f"{DRAFT}/items/B2", {"member": two}), (f"{DRAFT}/items/B2/delete", {}),
        (f"{DRAFT}/items/B2/move", {"way": "up"}), (DRAFT, {"document": {}}),
    ):  # fmt: skip
        late = post(drafted.chen, path, **said, seen=draft["version"])
        assert refused(late) == (409, ["changed_meanwhile"])
    assert told(drafted.chen, DRAFT)["document"] == first["document"]


def test_a_code_that_cannot_stand_in_an_address_is_refused(drafted: Year) -> None:
    for code in ("", "..", "a/b", "x" * 41, 7, None):
        wrong = post(drafted.chen, f"{DRAFT}/items", member={"code": code}, seen=1)
        assert at_fields(wrong) == (422, ["member.code"])


def test_others_have_no_draft_and_what_is_issued_is_none(year: Year) -> None:
    year.drafted()
    for who in (year.tan, year.sun):
        assert refused(get(who, DRAFT)) == (403, ["not_allowed"])
        assert post(who, f"{DRAFT}/items/B2/delete", seen=1).status_code == 403
    assert get(account("外人"), DRAFT).status_code == 404
    year.at(Stage.COMMENTS)
    assert get(year.chen, DRAFT).status_code == 409
    assert post(year.chen, f"{DRAFT}/items/B2/delete", seen=1).status_code == 409
