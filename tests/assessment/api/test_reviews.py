"""File review for programs: draws, files, what became of them, one's own reviews and marks."""

from __future__ import annotations

import pytest

from steelyard.assessment.models import Draw, FileReview
from steelyard.assessment.queries.reviews import type_of
from steelyard.assessment.rules.states import Stage
from tests.assessment.api.asking import HERE, as_, at_fields, done, get, post, refused, told
from tests.assessment.files import both, drawn, files_of, received
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


@pytest.fixture
def draw(year: Year) -> Draw:
    return drawn(year)


def test_the_office_reads_the_draw_and_its_files(year: Year, draw: Draw) -> None:
    (found,) = told(year.chen, "/reviews/draws")["draws"]
    assert (found["file_type"], found["figure"], found["seed"]) == (
        "trademark", "file_points", draw.seed,
    )  # fmt: skip
    files = told(year.chen, f"/reviews/draws/{draw.pk}/files", unit="440700")["files"]
    assert [(one["place"], one["is_reserve"], one["state"]) for one in files] == [
        (1, False, "asked"), (2, False, "asked"), (3, False, "asked"), (4, True, "asked"),
        (5, True, "asked"),
    ]  # fmt: skip
    assert {one["standing"] for one in files} == {"unassigned"}


def test_a_unit_reads_its_files_and_no_reserves(year: Year, draw: Draw) -> None:
    files = told(year.tan, f"/reviews/draws/{draw.pk}/files")["files"]
    assert {(one["unit"], one["is_reserve"], one["standing"]) for one in files} == {
        ("440700", False, None)
    }
    assert told(year.tan, "/reviews/draws")["draws"][0]["figure"] is None
    theirs = files_of(draw, "440100")[0].pk
    assert get(year.tan, f"/reviews/files/{theirs}").status_code == 404
    reserve = files_of(draw, "440700", reserve=True)[0].pk
    assert get(year.tan, f"/reviews/files/{reserve}").status_code == 404


def test_the_office_notes_what_became_of_a_file(year: Year, draw: Draw) -> None:
    file = files_of(draw, "440700")[0]
    path = f"/reviews/files/{file.pk}"
    said = {"move": "receive", "seen": told(year.chen, path)["version"]}
    assert refused(post(year.tan, f"{path}/note", **said)) == (403, ["not_allowed"])
    stale = post(year.chen, f"{path}/note", **said | {"seen": 99})
    assert refused(stale) == (409, ["changed_meanwhile"])
    noted = done(year.chen, f"{path}/note", **said)
    assert noted["state"] == "received"
    assert post(year.chen, f"{path}/note", move="review", seen=1).status_code == 422
    page = as_(year.chen).get(f"/assessments/2021{path}/").content.decode()
    assert file.record in page
    bare = {"move": "excuse", "seen": told(year.chen, path)["version"]}
    assert post(year.chen, f"{path}/note", **bare).status_code in (409, 422)


def test_for_strangers_there_are_neither_draws_nor_files(year: Year, draw: Draw) -> None:
    file = files_of(draw, "440700")[0]
    for who in (year.sun, year.li):
        assert get(who, "/reviews/draws").status_code == 404
        assert get(who, f"/reviews/draws/{draw.pk}/files").status_code == 404
        assert get(who, f"/reviews/files/{file.pk}").status_code == 404
        answer = post(who, f"/reviews/files/{file.pk}/note", move="receive", seen=1)
        assert answer.status_code == 404
    assert get(account("外人"), "/reviews/draws").status_code == 404


def test_a_reviewer_marks_their_own_and_finishes(year: Year, draw: Draw) -> None:
    received(year, draw)
    review = FileReview.objects.order_by("pk").first()
    path = f"/reviews/mine/{review.pk}"
    found = told(review.reviewer, path)
    defect = next(one["code"] for one in found["defects"] if not one["fatal"])
    said = {"seen": found["version"], "marks": {defect: {"times": 1, "note": "第3页"}}}
    kept = done(review.reviewer, path, **said)
    (marked,) = (one for one in kept["defects"] if one["times"])
    assert (marked["code"], marked["note"], kept["done_at"]) == (defect, "第3页", None)
    assert refused(post(review.reviewer, path, **said | {"marks": {}, "seen": 99})) == (
        409, ["changed_meanwhile"],
    )  # fmt: skip
    page = as_(review.reviewer).get(f"/assessments/2021{path}/").content.decode()
    assert "第3页" in page
    nowhere = {"seen": kept["version"], "finish": True, "marks": {defect: {"times": 1}}}
    assert at_fields(post(review.reviewer, path, **nowhere))[1] == [f"note_{defect}"]
    done(review.reviewer, path, **said | {"seen": kept["version"], "finish": True})
    assert told(review.reviewer, path)["done_at"]


def test_what_is_wrong_with_marks_is_said_at_once(year: Year, draw: Draw) -> None:
    received(year, draw)
    review = FileReview.objects.order_by("pk").first()
    path = f"/reviews/mine/{review.pk}"
    first, second = type_of(draw).codes[:2]
    unknown = {"x9": {"times": 1}}
    assert at_fields(post(review.reviewer, path, seen=1, marks=unknown)) == (422, ["times_x9"])
    wrong = {first: {"times": -1}, second: {"times": 0, "note": "见第2页"}}
    answer = post(review.reviewer, path, seen=1, marks=wrong)
    assert at_fields(answer) == (422, [f"times_{first}", f"times_{second}"])


def test_nobody_reads_or_marks_the_review_of_another(year: Year, draw: Draw) -> None:
    received(year, draw)
    review = FileReview.objects.order_by("pk").first()
    others = [one for one in year.experts if one.pk != review.reviewer_id]
    for who in (*others, year.chen, year.tan):
        assert get(who, f"/reviews/mine/{review.pk}").status_code == 404
        answer = post(who, f"/reviews/mine/{review.pk}", seen=1, marks={})
        assert answer.status_code == 404


def test_what_both_agree_on_is_settled_exactly(year: Year, draw: Draw) -> None:
    file = received(year, draw)[0]
    both(year, file, {})
    found = told(year.chen, f"/reviews/files/{file.pk}")
    assert (found["state"], found["points"], found["is_defective"]) == (
        "reviewed", found["possible"], False,
    )  # fmt: skip


def test_as_many_questions_are_put_for_many_files_as_for_few(
    year: Year, draw: Draw, django_assert_num_queries
) -> None:
    received(year, draw)
    client = as_(year.chen)
    client.get(f"{HERE}/reviews/draws/{draw.pk}/files")
    for unit, count in (("440100", 2), ("440700", 5)):
        with django_assert_num_queries(LISTING):
            answer = client.get(f"{HERE}/reviews/draws/{draw.pk}/files", {"unit": unit})
        assert answer.json()["count"] == count


LISTING = 10
