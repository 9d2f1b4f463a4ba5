"""Sheets of supplied figures, for programs: fill in, sign, correct, urge; the list of the office."""

from __future__ import annotations

import pytest

from steelyard.assessment.models import Figure
from steelyard.assessment.rules.states import Stage
from tests.assessment.api.asking import HERE, as_, at_fields, done, get, post, refused, told
from tests.assessment.reported import the_sheet
from tests.assessment.year import Year
from tests.once import World, world_of
from tests.supply.office import account

pytestmark = pytest.mark.django_db


def a_year() -> Year:
    found = Year()
    _ = found.li  # he is there when the sheets are asked for
    found.at(Stage.COLLECTING)
    return found


standing = world_of(a_year)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    return standing.copy()


def path() -> str:
    return f"/sheets/{the_sheet().pk}"


def fill(year: Year, guangzhou: str = "95%", jiangmen: str = "85%") -> dict:
    figures = {"440100": {"value": guangzhou}, "440700": {"value": jiangmen, "note": "口径同上年"}}
    return done(
        year.li, f"{path()}/figures", seen=told(year.li, path())["version"], figures=figures
    )


def signed(year: Year) -> dict:
    return done(year.li, f"{path()}/sign", seen=fill(year)["version"])


def test_a_draft_is_kept_as_typed_for_the_eyes_of_its_body(year: Year) -> None:
    found = fill(year)
    assert [(one["unit"], one["draft"], one["draft_note"], one["value"]) for one in found["figures"]] == [
        ("440100", "95%", "", ""), ("440700", "85%", "口径同上年", ""),
    ]  # fmt: skip
    page = as_(year.li).get(f"/assessments/2021{path()}/").content.decode()
    assert 'value="95%"' in page
    assert {one["draft"] for one in told(year.chen, path())["figures"]} == {None}


def test_a_signed_sheet_counts_exactly(year: Year) -> None:
    found = signed(year)
    assert (found["state"], found["standing"], found["shown"], found["filled"]) == (
        "signed", "signed", 1, 2,
    )  # fmt: skip
    assert [(one["unit"], one["value"], one["note"]) for one in found["figures"]] == [
        ("440100", "0.95", ""), ("440700", "0.85", "口径同上年"),
    ]  # fmt: skip
    assert [(one["number"], one["signed_by"]) for one in found["versions"]] == [(1, "李科长")]
    assert set(Figure.objects.values_list("value", flat=True)) == {"0.95", "0.85"}
    assert told(year.chen, path())["figures"] == found["figures"]


def test_a_correction_is_another_version_with_its_reason(year: Year) -> None:
    first = signed(year)
    bare = post(year.li, f"{path()}/correct", seen=first["version"], reason="")
    assert at_fields(bare) == (422, ["reason"])
    stale = post(year.li, f"{path()}/correct", seen=99, reason="口径有误")
    assert refused(stale) == (409, ["changed_meanwhile"])
    done(year.li, f"{path()}/correct", seen=first["version"], reason="口径有误")
    same = post(year.li, f"{path()}/sign", seen=told(year.li, path())["version"])
    assert refused(same) == (409, ["nothing_changed"])
    second = done(year.li, f"{path()}/sign", seen=fill(year, jiangmen="86%")["version"])
    assert (second["standing"], second["shown"]) == ("corrected", 2)
    assert [(one["number"], one["why"]) for one in second["versions"]] == [(2, "口径有误"), (1, "")]
    before = told(year.chen, path(), version=1)
    assert [one["value"] for one in before["figures"]] == ["0.95", "0.85"]
    assert get(year.chen, path(), version=3).status_code == 404


def test_a_correction_is_taken_back(year: Year) -> None:
    first = signed(year)
    assert refused(post(year.li, f"{path()}/take-back", seen=first["version"])) == (
        409,
        ["wrong_state"],
    )
    begun = done(year.li, f"{path()}/correct", seen=first["version"], reason="误点")
    assert refused(post(year.li, f"{path()}/take-back", seen=99)) == (409, ["changed_meanwhile"])
    back = done(year.li, f"{path()}/take-back", seen=begun["version"])
    assert (back["state"], back["standing"], back["why"], back["signed"]) == (
        "signed",
        "signed",
        "",
        1,
    )


def test_every_fault_of_every_unit_is_said_at_once(year: Year) -> None:
    answer = post(
        year.li, f"{path()}/figures", seen=1,
        figures={"440100": {"value": "many"}, "440700": {"value": "190%"}, "449999": {"value": "1"}},
    )  # fmt: skip
    assert at_fields(answer) == (422, ["440100", "440700", "449999"])
    assert the_sheet().draft == {}


def test_an_empty_or_stale_sheet_is_not_signed(year: Year) -> None:
    empty = post(year.li, f"{path()}/sign", seen=told(year.li, path())["version"])
    assert refused(empty) == (409, ["nothing_filled_in"])
    seen = told(year.li, path())["version"]
    fill(year)
    assert refused(post(year.li, f"{path()}/sign", seen=seen)) == (409, ["changed_meanwhile"])
    signed(year)
    assert refused(post(year.li, f"{path()}/figures", seen=9, figures={})) == (
        409, ["wrong_state"],
    )  # fmt: skip


def test_the_office_sees_it_and_may_not_fill_it_in(year: Year) -> None:
    for deed, said in (
        ("figures", {"seen": 1, "figures": {}}), ("sign", {"seen": 1}),
        ("correct", {"seen": 1, "reason": "x"}), ("take-back", {"seen": 1}),
    ):  # fmt: skip
        assert refused(post(year.chen, f"{path()}/{deed}", **said)) == (403, ["not_allowed"])


def test_for_cities_and_other_bodies_it_is_not_there(year: Year) -> None:
    for who in (year.tan, year.sun, account("外人")):
        assert get(who, path()).status_code == 404
        assert post(who, f"{path()}/sign", seen=1).status_code == 404
        assert post(who, f"{path()}/urge").status_code == 404
    assert get(year.tan, "/sheets").status_code == 404


def test_the_office_urges_once_a_day(year: Year) -> None:
    assert refused(post(year.li, f"{path()}/urge")) == (403, ["not_allowed"])
    assert done(year.chen, f"{path()}/urge")["urged_on"]
    assert refused(post(year.chen, f"{path()}/urge")) == (409, ["urged_today"])


def test_the_list_is_narrowed_and_as_many_questions_are_put_whatever_it_holds(
    year: Year, django_assert_num_queries
) -> None:
    signed(year)
    (listed,) = told(year.chen, "/sheets", show="signed", body="market")["sheets"]
    assert (listed["figure"], listed["title"]["zh"]) == ("closed_in_time", "按期办结率")
    assert told(year.chen, "/sheets", show="missing")["count"] == 0
    client = as_(year.chen)
    for show, count in (("signed", 1), ("missing", 0)):
        with django_assert_num_queries(LISTING - (not count)):
            assert client.get(f"{HERE}/sheets", {"show": show}).json()["count"] == count


LISTING = 8


def test_a_sheet_tells_what_its_figures_may_be_and_the_rules_that_use_them(year: Year) -> None:
    found = told(year.li, path())
    assert (found["least"], found["most"], found["asked"]) == (
        "0", "1", {"zh": "比例，写成85.5%或0.855；0%—100%", "en": "a share, as 85.5% or 0.855; 0%–100%"},
    )  # fmt: skip
    (rule,) = found["rules"]
    assert (rule["item"], rule["title"]["en"]) == ("A1", "Closed in time")
    assert "40 points" in rule["words"]["en"]
