"""Files are drawn by a seed, two experts mark defects, a third settles where they differ; the points feed the item."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from steelyard.assessment.models import DrawnFile, FileReview, Score
from steelyard.assessment.rules.states import Stage
from steelyard.kernel.bilingual import Text
from steelyard.people.models import Account
from tests.assessment.files import SEED, frozen
from tests.assessment.year import Year
from tests.journeys.speaking import IN_BOTH_LANGUAGES, Person, somebody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOME = "/assessments/2021/reviews/"


@IN_BOTH_LANGUAGES
def test_files_are_drawn_reviewed_by_two_and_settled_by_a_third(
    live_server: object, language: str, width: int, settings: Any, tmp_path: Path
) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    year = Year()
    year.at(Stage.SCORING)
    snapshot = frozen(year, guangzhou=1, jiangmen=2)
    with somebody(live_server, language, width, "reviews") as one:
        _draws(one, year, snapshot.pk)
        first = FileReview.objects.filter(file__unit=year.guangzhou).order_by("pk")
        for review in FileReview.objects.order_by("pk"):
            finds = "2" if review == first[0] else ""
            _marks(one, review, finds)
        disputed = DrawnFile.objects.get(unit=year.guangzhou)

        one.signs_in(year.chen)
        one.opens(f"{HOME}files/{disputed.pk}/")
        third = next(who for who in year.experts if who.pk not in _reviewers(disputed))
        one.page.locator("section[aria-labelledby=third] select").select_option(str(third.pk))
        one.presses("Ask a third reviewer")
        _marks(one, FileReview.objects.get(settles=True), "1")

        one.signs_in(year.chen)
        one.opens(HOME)
        one.page.get_by_role("region").get_by_role("link").first.press("Enter")
        one.sees("Defect rate")
        one.sees(Text("95%区间", "95% interval"))
        one.sees(SEED)
        one.looks()
        fed = Score.objects.filter(item="A2").order_by("unit__code")
        points = [score.judged.get("file_points") for score in fed]
        assert points[1] == "100"
        assert points[0] not in (None, "100")

        one.signs_in(year.gu)
        one.opens("/assessments/2021/scoring/A2/")
        boxes = one.page.locator("table.scoring input[name*='-f-']")
        assert [box.input_value() for box in boxes.all()] == points


def _draws(one: Person, year: Year, snapshot: int) -> None:
    """From the frozen table, by a line of public chance, before a witness; what is brought is noted."""
    one.signs_in(year.chen)
    one.opens(HOME)
    one.follows("Draw files")
    one.field("Frozen snapshot").select_option(str(snapshot))
    one.page.locator("select[name=file_type]").select_option("trademark")
    one.page.locator("select[name=input_code]").select_option("file_points")
    for label, told in (
        ("Files a unit", "2"), ("Reserves a unit", "0"), ("Seed", SEED),
        ("Where the seed comes from", "福彩3D开奖号码"), ("Witness", "钱科长"),
    ):  # fmt: skip
        one.fills(label, told)
    one.presses("Draw, once and for all")
    for file in DrawnFile.objects.all():
        name = f"{one.words('Received', 'case files')}: {file.record}"
        one.goes(one.page.get_by_role("button", name=name, exact=True))
    assert [expert.pk for expert in year.experts]
    one.follows("Give to reviewers")
    for box in one.page.locator("input[name=reviewers]").all():
        box.check()
    one.presses("Give out", "files to reviewers")


def _marks(one: Person, review: FileReview, times: str) -> None:
    one.signs_in(Account.objects.get(pk=review.reviewer_id))
    one.opens(HOME)
    one.goes(one.page.locator(f"a[href$='/mine/{review.pk}/']"))
    one.page.locator("input[name=times_late]").fill(times)
    if times:
        one.page.locator("input[name=note_late]").fill("第3页")
    else:
        one.page.locator("input[name=no_defect]").check()
    one.presses("Finish the review")


def _reviewers(file: DrawnFile) -> set[int]:
    return set(file.reviews.values_list("reviewer", flat=True))
