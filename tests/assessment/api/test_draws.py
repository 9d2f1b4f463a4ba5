"""Drawing files, naming who reviews them and reminding them, for programs."""

from __future__ import annotations

from typing import Any

import pytest

from steelyard.assessment.models import Draw, FileReview
from steelyard.assessment.rules.states import FileMove, Stage
from tests.assessment.api.asking import as_, at_fields, done, get, post, refused, told
from tests.assessment.files import SEED, both, drawn, files_of, frozen, note, received
from tests.assessment.year import Year
from tests.once import World, world_of

pytestmark = pytest.mark.django_db


def a_year() -> Year:
    found = Year()
    found.at(Stage.COLLECTING)
    return found


standing = world_of(a_year)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    return standing.copy()


def wish(snapshot: str, **changes: Any) -> dict[str, Any]:
    return {
        "snapshot": snapshot, "file_type": "trademark", "input_code": "file_points", "wanted": 3,
        "reserves": 2, "seed": SEED, "seed_origin": "福彩3D开奖号码", "witness": "钱科长",
    } | changes  # fmt: skip


def test_files_are_drawn_once_and_sent_twice_it_is_the_first(year: Year) -> None:
    snapshot = frozen(year).identifier
    made = [done(year.chen, "/reviews/draws", **wish(snapshot)) for _ in range(2)]
    assert made[0] == made[1]
    assert (made[0]["figure"], made[0]["seed"], Draw.objects.count()) == ("file_points", SEED, 1)
    files = told(year.chen, f"/reviews/draws/{made[0]['number']}/files")["files"]
    assert len(files) == 2 + 3 + 2
    another = post(year.chen, "/reviews/draws", **wish(snapshot, seed="另一个"))
    assert another.status_code in (409, 422)
    wrong = wish("no such", file_type="x", input_code="y", wanted=0, witness="")
    assert at_fields(post(year.chen, "/reviews/draws", **wrong)) == (
        422, ["snapshot", "file_type", "input_code", "wanted", "witness"],
    )  # fmt: skip


def test_reviewers_are_named_and_reminded(year: Year) -> None:
    draw = drawn(year)
    path = f"/reviews/draws/{draw.pk}"
    experts = [one.pk for one in year.experts]
    listed = told(year.chen, "/reviews/reviewers")["reviewers"]
    assert {one["number"] for one in listed} >= set(experts)
    assert refused(post(year.chen, f"{path}/urge")) != (200, [])
    shared = done(year.chen, f"{path}/reviewers", reviewers=experts)
    assert shared == {"given": FileReview.objects.count(), "lacking": 0}
    again = done(year.chen, f"{path}/reviewers", reviewers=experts)
    assert again == shared
    assert at_fields(post(year.chen, f"{path}/reviewers", reviewers=[year.tan.pk], days=0)) == (
        422, ["reviewers", "days"],
    )  # fmt: skip
    for file in [*files_of(draw, "440100"), *files_of(draw, "440700")]:
        note(year, file, FileMove.RECEIVE)
    assert done(year.chen, f"{path}/urge")["reminded"] > 0
    assert post(year.chen, f"{path}/urge").status_code == 409


def test_where_two_differ_a_third_is_named(year: Year) -> None:
    file = received(year, drawn(year))[0]
    own = set(file.reviews.values_list("reviewer", flat=True))
    third = next(one for one in year.experts if one.pk not in own)
    path = f"/reviews/files/{file.pk}"
    assert post(year.chen, f"{path}/third", reviewer=third.pk).status_code in (409, 422)
    codes = _codes(file.draw)
    both(year, file, {}, dict.fromkeys(codes, 1))
    for _ in range(2):
        done(year.chen, f"{path}/third", reviewer=third.pk)
    assert file.reviews.filter(settles=True).count() == 1


def _codes(draw: Draw) -> list[str]:
    from steelyard.assessment.queries.reviews import type_of

    return [one.code for one in type_of(draw).defects][:3]


def test_others_draw_nothing_and_name_nobody(year: Year) -> None:
    draw = drawn(year)
    snapshot = draw.snapshot.identifier
    asked = {
        "/reviews/draws": wish(snapshot),
        f"/reviews/draws/{draw.pk}/reviewers": {"reviewers": [year.tan.pk]},
        f"/reviews/draws/{draw.pk}/urge": {},
        f"/reviews/files/{files_of(draw, '440700')[0].pk}/third": {"reviewer": year.tan.pk},
    }
    for path, said in asked.items():
        assert post(year.tan, path, **said).status_code == 403
        assert post(year.sun, path, **said).status_code == 404
    assert get(year.tan, "/reviews/reviewers").status_code == 403
    assert as_(year.tan).get(f"/assessments/2021/reviews/{draw.pk}/").status_code in (200, 404)
