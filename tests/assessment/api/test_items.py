"""An item of a submission, for programs: what is said of it, its material, as its page shows it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from steelyard.assessment.actions import collection as actions
from steelyard.assessment.models import Answer, Material, MaterialUse, Submission
from steelyard.assessment.rules.collection.answers import Typed
from steelyard.assessment.rules.states import Stage, StageMove
from tests.assessment.api.asking import HERE, as_, at_fields, done, get, post, refused, told
from tests.assessment.year import Year
from tests.once import World, world_of
from tests.supply.office import account

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def a_year() -> Year:
    found = Year()
    found.at(Stage.COLLECTING)
    return found


standing = world_of(a_year)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    return standing.copy()


def jiangmen(year: Year) -> int:
    return Submission.objects.get(unit=year.jiangmen).pk


def of(year: Year, item: str = "B2") -> str:
    return f"/submissions/{jiangmen(year)}/items/{item}"


def given_to_mo(year: Year, item: str = "B2") -> None:
    actions.give_items(
        submission=jiangmen(year),
        given={item: (None, year.bureau.pk)},
        by=year.tan.pk,
        now=year.now,
    )


def test_what_is_saved_by_program_is_on_the_page_exactly(year: Year) -> None:
    saved = done(
        year.tan, of(year, "A1"), seen=0, self_score="38.50", statement="按期办结",
        figures={"closed_in_time": "96%"},
    )  # fmt: skip
    assert (saved["self_score"], saved["version"], saved["saved_by"]) == ("38.5", 1, "谭科长")
    (figure,) = saved["figures"]
    assert (figure["code"], figure["way"], figure["own"], figure["computed"]) == (
        "closed_in_time", "sheet", "0.96", None,
    )  # fmt: skip
    page = as_(year.tan).get(f"/assessments/2021{of(year, 'A1')}/").content.decode()
    assert 'value="38.5"' in page
    assert "按期办结" in page


def test_what_is_saved_on_the_page_is_read_by_program(year: Year) -> None:
    actions.save_answer(
        submission=jiangmen(year), item="B2", by=year.tan.pk, now=year.now,
        typed=Typed(self_score="7", claim="bonus", grounds="条款一"),
    )  # fmt: skip
    found = told(year.tan, of(year))
    assert (found["self_score"], found["claim"], found["grounds"]) == ("7", "bonus", "条款一")
    assert (found["most"], found["may_fill"], found["not_just_now"]) == ("10", True, [])
    assert found["rule"]["zh"] != found["rule"]["en"]


def test_the_second_of_two_savers_is_told(year: Year) -> None:
    done(year.tan, of(year), seen=0, self_score="7")
    assert refused(post(year.tan, of(year), seen=0, self_score="8")) == (409, ["changed_meanwhile"])
    assert told(year.tan, of(year))["self_score"] == "7"


def test_saved_again_as_it_is_nothing_is_written(year: Year) -> None:
    first = done(year.tan, of(year), seen=0, self_score="7")
    assert done(year.tan, of(year), seen=first["version"], self_score="7.0")["version"] == 1


def test_all_that_is_wrong_is_said_at_once_at_its_field(year: Year) -> None:
    answer = post(
        year.tan, of(year, "A1"), seen=0, self_score="41", claim="bonus",
        figures={"closed_in_time": "many"},
    )  # fmt: skip
    assert at_fields(answer) == (422, ["self_score", "figure-closed_in_time", "grounds"])
    unknown = post(year.tan, of(year), seen=0, figures={"closed_in_time": "1", "x": "2"})
    assert at_fields(unknown) == (422, ["figure-closed_in_time", "figure-x"])
    assert at_fields(post(year.tan, of(year), seen=-1, claim=[])) == (422, ["seen", "claim"])
    assert not Answer.objects.exists()


def test_who_sees_it_and_does_not_fill_it_in_is_refused(year: Year) -> None:
    assert told(year.huang, of(year))["may_fill"] is False
    assert refused(post(year.huang, of(year), seen=0, self_score="7")) == (403, ["not_allowed"])


def test_for_others_it_is_not_there(year: Year) -> None:
    for who in (year.liang, year.chen, year.li, year.mo, account("外人")):
        assert get(who, of(year)).status_code == 404
        assert post(who, of(year), seen=0, self_score="7").status_code == 404
    assert get(year.tan, of(year, "Z9")).status_code == 404
    assert get(year.tan, of(year, "A")).status_code == 404


def test_a_department_has_its_items_and_no_others(year: Year) -> None:
    given_to_mo(year)
    assert done(year.mo, of(year), seen=1, self_score="6")["department"] == "440700-market"
    assert get(year.mo, of(year, "A1")).status_code == 404
    found = told(year.mo, f"/submissions/{jiangmen(year)}")
    assert [one["code"] for one in found["items"]] == ["B2"]
    assert (found["steps"], found["content_hash"], found["all"]) == ([], "", 1)
    answer = post(year.mo, f"/submissions/{jiangmen(year)}/decisions", seen_hash="x")
    assert answer.status_code == 404


def test_after_the_collection_nothing_is_saved(year: Year) -> None:
    year.now += timedelta(60)
    year.move(StageMove.COMPARE)
    answer = post(year.tan, of(year), seen=0, self_score="7")
    assert answer.status_code == 409
    assert told(year.tan, of(year))["may_fill"] is False


# --- material ---------------------------------------------------------------------------------


def send(year: Year, by: Any = None, item: str = "B2", content: bytes = PDF, **told: Any) -> Any:
    file = SimpleUploadedFile("方案.pdf", content)
    return as_(by or year.tan).post(
        f"{HERE}{of(year, item)}/material", {"file": file, "title": "工作方案", **told}
    )


def test_material_is_filed_once_and_used_for_another_item(year: Year) -> None:
    filed = send(year, pages="3–5").json()
    assert (filed["title"], filed["pages"]) == ("工作方案", "3–5")
    assert send(year).json()["use"] == filed["use"]
    used = done(year.tan, f"{of(year, 'A1')}/material/use", material=filed["material"])
    assert used["material"] == filed["material"]
    assert Material.objects.count() == 1
    (listed,) = told(year.tan, f"/submissions/{jiangmen(year)}/material", q="方案")["materials"]
    assert (listed["number"], listed["times"]) == (filed["material"], 2)
    assert told(year.tan, f"/submissions/{jiangmen(year)}/material", q="无")["count"] == 0
    (shown,) = told(year.tan, of(year))["material"]
    assert shown["use"] == filed["use"]
    assert "工作方案" in as_(year.tan).get(f"/assessments/2021{of(year)}/").content.decode()


def test_material_says_of_what_kind_it_is(year: Year) -> None:
    (kind, *_others) = [one["zh"] for one in told(year.tan, of(year))["kinds"]]
    filed = send(year, kind=kind).json()
    assert filed["kind"]["zh"] == kind
    for wrong, field in (({"kind": "没有列出的"}, "kind"), ({"kind": "other"}, "named")):
        assert at_fields(send(year, **wrong)) == (422, [field])
    (listed,) = told(year.tan, f"/submissions/{jiangmen(year)}/material")["materials"]
    assert (listed["kinds"], listed["format"]) == ([kind], "pdf")
    named = send(year, kind="other", named="签到表").json()
    assert named["kind"] == {"zh": "签到表", "en": "签到表"}
    (shown,) = told(year.tan, of(year))["material"]
    assert shown["kind"]["zh"] == "签到表"


def test_an_item_uses_it_no_longer_and_the_material_stays(year: Year) -> None:
    filed = send(year).json()
    path = f"{of(year)}/material/{filed['use']}/off"
    assert done(year.tan, path) == {"material": []}
    assert done(year.tan, path) == {"material": []}
    assert (Material.objects.count(), MaterialUse.objects.count()) == (1, 0)


def test_material_of_another_unit_is_not_used_nor_taken_off(year: Year) -> None:
    filed = send(year).json()
    theirs = f"/submissions/{Submission.objects.get(unit=year.guangzhou).pk}/items/B2/material"
    answer = post(year.liang, f"{theirs}/use", material=filed["material"])
    assert at_fields(answer) == (422, ["material"])
    assert done(year.liang, f"{theirs}/{filed['use']}/off") == {"material": []}
    assert MaterialUse.objects.count() == 1
    assert get(year.liang, f"/submissions/{jiangmen(year)}/material").status_code == 404
    assert send(year, by=year.liang).status_code == 404


def test_a_file_of_no_known_kind_is_refused(year: Year) -> None:
    answer = send(year, content=b"MZ\x90\x00")
    assert answer.status_code in (409, 422)
    assert not Material.objects.exists()
    assert send(year, by=year.huang).status_code == 403
    assert send(year, title="长" * 141).status_code == 422
