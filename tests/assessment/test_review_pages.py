"""The pages of the file review: what exists for whom, the checklist counted, two reviews side by side."""

from __future__ import annotations

import io
import re
from copy import deepcopy
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from steelyard.assessment.models import DrawnFile, FileReview
from steelyard.assessment.rules.states import FileState, Stage
from steelyard.people.models import Account
from tests.assessment.files import SEED, both, drawn, files_of, frozen, mark, received
from tests.assessment.year import Year, scheme
from tests.once import World, world_of

pytestmark = pytest.mark.django_db
HOME = "/assessments/2021/reviews/"


def a_year() -> Year:
    found = Year()
    found.at(Stage.SCORING)
    return found


standing = world_of(a_year)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    return standing.copy()


def as_(account: Account, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def marks(review: FileReview, act: str, **times: int) -> dict[str, Any]:
    found = {f"times_{c}": n for c, n in times.items()} | {f"note_{c}": "第3页" for c in times}
    return {"version": review.version, "act": act} | found


def test_the_page_of_the_draw_says_which_figures_case_files_give(year: Year) -> None:
    told = text(as_(year.chen, "zh-hans").get(f"{HOME}draw/"))
    assert "细则没有写明哪个数据项由案卷评查得出" not in told
    assert "file_points 案卷评查平均分 · 案卷平均分" in told


def test_a_scheme_without_a_figure_of_case_files_is_told_on_the_page_of_the_draw() -> None:
    document = deepcopy(dict(scheme().document))
    for one in document["inputs"]:  # type: ignore[attr-defined]
        one.pop("case_files", None)
    year = Year(document=document)
    year.at(Stage.SCORING)
    told = text(as_(year.chen, "zh-hans").get(f"{HOME}draw/"))
    assert "细则没有写明哪个数据项由案卷评查得出" in told
    assert "案卷评查平均分" not in told


def test_the_office_draws_on_a_page_and_sees_how_it_was_drawn(year: Year) -> None:
    client, at = as_(year.chen), f"{HOME}draw/"
    assert "no frozen snapshot" in text(client.get(at))
    snapshot = frozen(year)
    told = {
        "snapshot": snapshot.pk, "file_type": "trademark", "input_code": "file_points",
        "wanted": 3, "reserves": 2, "days": 5, "seed": SEED, "seed_origin": "福彩3D开奖号码",
        "witness": "陈主任",
    }  # fmt: skip
    refused = client.post(at, told)
    assert refused.status_code == 422
    assert "two persons" in text(refused)
    answer = client.post(at, told | {"witness": "钱科长"}, follow=True)
    page = text(answer)
    assert snapshot.identifier in page
    assert SEED in page
    assert "440100" in page  # fewer files than wanted
    assert "江" in page


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_is_there_in_both_languages(year: Year, language: str) -> None:
    draw = drawn(year)
    first, second = received(year, draw)[:2]
    both(year, first, {"late": 1}, {})
    both(year, second, {})
    client = as_(year.chen, language)
    for at in (
        HOME, f"{HOME}draw/", f"{HOME}draws/{draw.pk}/", f"{HOME}draws/{draw.pk}/reviewers/",
        f"{HOME}files/{first.pk}/", f"{HOME}files/{second.pk}/", f"{HOME}files/{first.pk}/miss/",
        "/assessments/2021/",
    ):  # fmt: skip
        assert client.get(at).status_code == 200, at
    review = FileReview.objects.filter(done_at=None).first()
    assert review is not None
    client = as_(review.reviewer, language)
    for at in (HOME, f"{HOME}mine/{review.pk}/", "/", f"{HOME}files/{review.file_id}/"):
        assert client.get(at).status_code == 200, at


def test_what_exists_for_whom(year: Year) -> None:
    draw = drawn(year)
    guangzhou, jiangmen = files_of(draw, "440100")[0], files_of(draw, "440700")[0]
    reserve = files_of(draw, "440700", reserve=True)[0]
    pages = (
        HOME, f"{HOME}draw/", f"{HOME}draws/{draw.pk}/", f"{HOME}files/{guangzhou.pk}/",
        f"{HOME}files/{jiangmen.pk}/", f"{HOME}files/{reserve.pk}/",
        f"{HOME}draws/{draw.pk}/export/", f"{HOME}records/",
    )  # fmt: skip
    statuses = {
        "chen": [200] * 8,
        "zhao": [200, 403, 200, 200, 200, 200, 200, 200],
        "tan": [200, 403, 200, 404, 200, 404, 403, 403],
        "liang": [200, 403, 200, 200, 404, 404, 403, 403],
        "mo": [404] * 8,
        "li": [404] * 8,
        "sun": [404] * 8,
    }
    for who, expected in statuses.items():
        client = as_(getattr(year, who))
        assert [client.get(at).status_code for at in pages] == expected, who
    wu = as_(year.experts[0])
    assert [wu.get(at).status_code for at in pages] == [200, 403, *[404] * 4, 404, 403]


def test_a_unit_sees_the_marks_when_its_file_is_settled_and_never_who_reviewed(year: Year) -> None:
    draw = drawn(year)
    received(year, draw)
    file = files_of(draw, "440700")[0]
    client, at = as_(year.tan), f"{HOME}files/{file.pk}/"
    mark(year, file.reviews.order_by("pk")[0], {"late": 1})
    assert "Past the time limit" not in text(client.get(at))
    mark(year, file.reviews.order_by("pk")[1], {"late": 1})
    page = text(client.get(at))
    assert "Past the time limit" in page
    assert "85" in page
    for one in year.experts:
        for shown in (page, text(client.get(HOME)), text(client.get(f"{HOME}draws/{draw.pk}/"))):
            assert one.name not in shown


def test_no_reviewer_sees_the_others_marks_before_both_are_done(year: Year) -> None:
    draw = drawn(year)
    file = received(year, draw)[0]
    one, other = file.reviews.order_by("pk")
    mark(year, one, {"late": 1})
    client = as_(other.reviewer)
    at = f"{HOME}files/{file.pk}/"
    assert "Past the time limit" not in text(client.get(at))
    assert "Past the time limit" not in text(as_(year.chen).get(at))
    assert client.get(f"{HOME}mine/{one.pk}/").status_code == 404
    mark(year, other, {})
    page = text(client.get(at))
    assert "Past the time limit" in page
    assert "differs" in page
    assert one.reviewer.name not in page


def test_the_checklist_counts_without_writing_saves_and_finishes(year: Year) -> None:
    received(year, drawn(year))
    review = FileReview.objects.order_by("pk").first()
    assert review is not None
    client, at = as_(review.reviewer), f"{HOME}mine/{review.pk}/"
    counted = client.post(at, marks(review, "count", late=1, order=9))
    assert counted.status_code == 200
    assert "<strong>20</strong>" in text(counted)
    assert not review.marks.exists()
    assert client.post(at, marks(review, "save", late=1)).status_code == 302
    review.refresh_from_db()
    assert [(one.defect, one.times) for one in review.marks.all()] == [("late", 1)]
    assert client.post(at, marks(review, "save", late=100)).status_code == 422
    answer = client.post(at, marks(review, "finish", late=1))
    assert f"{HOME}mine/" in answer.headers["location"]  # the next one
    review.refresh_from_db()
    assert review.done_at is not None
    assert client.post(at, marks(review, "finish", late=1)).status_code == 409


def test_a_reviewer_who_saves_second_sees_both(year: Year) -> None:
    received(year, drawn(year))
    review = FileReview.objects.order_by("pk").first()
    assert review is not None
    client, at = as_(review.reviewer), f"{HOME}mine/{review.pk}/"
    before = marks(review, "save", evidence=1)
    mark(year, review, {"late": 1}, finish=False)
    answer = client.post(at, before)
    assert answer.status_code == 409
    assert "Past the time limit" in text(answer)
    assert "Incomplete evidence" in text(answer)


def test_the_office_notes_files_from_the_list_and_asks_a_third(year: Year) -> None:
    draw = drawn(year)
    file, other = files_of(draw, "440700")[:2]
    client = as_(year.chen)
    back = f"{HOME}draws/{draw.pk}/?unit=440700#files"
    at = f"{HOME}files/{file.pk}/receive/"
    answer = client.post(at, {"version": file.version, "back": back})
    assert answer.headers["location"] == back
    assert client.post(at, {"version": file.version, "back": "https://evil"}).status_code == 409
    assert (
        client.post(f"{HOME}files/{other.pk}/excuse/", {"version": other.version}).status_code
        == 422
    )
    assert client.get(f"{HOME}files/{file.pk}/review/").status_code == 404
    chosen = [one.pk for one in year.experts]
    client.post(f"{HOME}draws/{draw.pk}/reviewers/", {"reviewers": chosen, "days": 5})
    both(year, file, {"late": 1}, {})
    assert "Ask a third" in text(client.get(f"{HOME}files/{file.pk}/"))
    (free,) = set(chosen) - set(file.reviews.values_list("reviewer", flat=True))
    there = FileReview.objects.filter(file=file).first()
    assert there is not None
    third = f"{HOME}files/{file.pk}/third/"
    assert client.post(third, {"reviewer": there.reviewer_id}).status_code in (409, 422)
    assert client.post(third, {"reviewer": free}).status_code == 302
    settling = FileReview.objects.get(file=file, settles=True)
    assert settling.reviewer_id == free
    page = text(as_(settling.reviewer).get(f"{HOME}files/{file.pk}/"))
    assert "Past the time limit" in page


def test_the_results_can_be_taken_away(year: Year) -> None:
    draw = drawn(year)
    received(year, draw)
    for file in files_of(draw, "440100"):
        both(year, file, {"late": 1})
    client = as_(year.chen)
    content = client.get(f"{HOME}draws/{draw.pk}/export/").content
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
    assert rows[1][1:9] == ("440100", 2, 2, 0, 0, 2, 85, "100%")
    assert rows[2][1:9] == ("440700", 6, 3, 3, 0, 0, None, None)
    records = client.get(f"{HOME}records/").content.decode("utf-8-sig").splitlines()
    assert len(records) == 3
    assert records[0].startswith("id,case_number,case_type")


def test_a_list_asks_as_often_for_many_files_as_for_few(year: Year) -> None:
    draw = drawn(year)
    client, at = as_(year.chen), f"{HOME}draws/{draw.pk}/"
    client.get(at)
    with CaptureQueriesContext(connection) as few:
        client.get(f"{at}?unit=440100")
    received(year, draw)
    for file in DrawnFile.objects.filter(state=FileState.RECEIVED):
        both(year, file, {"late": 1}, {})
    with CaptureQueriesContext(connection) as many:
        client.get(at)
    assert len(many) <= len(few) + 4  # reviews, marks: once each, in the results and in the list


def test_a_role_of_nothing_sees_no_card(year: Year) -> None:
    assert "File review" not in text(as_(year.sun).get("/assessments/2021/"))
    assert "File review" in text(as_(year.chen).get("/assessments/2021/"))
    drawn(year)
    assert "File review" in text(as_(year.tan).get("/assessments/2021/"))


def test_who_scores_the_item_sees_what_is_settled_and_the_files_behind_it(year: Year) -> None:
    draw = drawn(year)
    received(year, draw)
    client, item = as_(year.gu), "/assessments/2021/scoring/A2/"
    for at in (item, f"{item}440700/"):
        assert "3 of 3 files are still reviewed" in text(client.get(at)), at
    first, *others = files_of(draw, "440700")
    assert (
        client.get(f"{HOME}files/{first.pk}/").status_code == 404
    )  # its reviewers are still alone
    both(year, first, {"late": 1})
    for file in others:
        both(year, file, {})
    said = "3 of 6 files, 0 missing; mean points 95.00; defect rate 33"
    for at in (item, f"{item}440700/"):
        assert said in text(client.get(at)), at
        assert f"draws/{draw.pk}/?unit=440700#files" in text(client.get(at))
    page = text(client.get(f"{HOME}draws/{draw.pk}/?unit=440700"))
    assert "江" in page
    assert "吴律师" not in page
    file = text(client.get(f"{HOME}files/{first.pk}/"))
    assert "Past the time limit" in file
    assert "吴律师" not in file
    assert as_(year.sun).get(f"{HOME}draws/{draw.pk}/").status_code == 404


def test_the_office_sees_how_far_each_reviewer_is_and_urges(year: Year) -> None:
    draw = drawn(year)
    received(year, draw)
    client, at = as_(year.chen), f"{HOME}draws/{draw.pk}/"
    assert "Urge the reviewers" in text(client.get(at))
    answer = client.post(f"{at}urge/", follow=True)
    assert "3 reviewers were reminded" in text(answer)
    assert "Urge the reviewers" not in text(answer)
    assert "all were urged today" in text(client.post(f"{at}urge/", follow=True))
    assert as_(year.zhao).post(f"{at}urge/").status_code == 403
    assert as_(year.experts[0]).post(f"{at}urge/").status_code == 403


def differ(year: Year) -> DrawnFile:
    """Two who differ: the second found nothing."""
    return both(year, received(year, drawn(year))[0], {"late": 1}, {})


def test_that_two_differed_stays_visible_when_one_marks_anew(year: Year) -> None:
    file = differ(year)
    first, second = file.reviews.order_by("pk")
    address = f"{HOME}files/{file.pk}/"
    mark(year, second, {"late": 1})
    unit = year.tan if file.unit == year.jiangmen else year.liang
    kept = second.earlier.get()
    assert (kept.marks, kept.reviewer, kept.set_aside_at) == ({}, second.reviewer, year.now)
    for who, sees_names in ((year.chen, True), (unit, False)):
        shown = text(as_(who).get(address))
        assert "Marked anew" in shown
        assert "No defect was found." in shown
        assert (second.reviewer.name in shown) is sees_names
        assert (first.reviewer.name in shown) is sees_names


def test_the_unit_sees_nothing_of_it_before_its_file_is_settled(year: Year) -> None:
    file = differ(year)
    _, second = file.reviews.order_by("pk")
    mark(year, second, {"late": 2})
    unit = year.tan if file.unit == year.jiangmen else year.liang
    address = f"{HOME}files/{file.pk}/"
    assert "Marked anew" in text(as_(year.chen).get(address))
    assert "Marked anew" not in text(as_(unit).get(address))


def test_a_finished_review_shows_what_was_marked_and_no_form(year: Year) -> None:
    file = received(year, drawn(year))[0]
    first, second = file.reviews.order_by("pk")
    address = f"{HOME}mine/{first.pk}/"
    assert 'value="finish"' in text(as_(first.reviewer).get(address))
    mark(year, first, {"late": 1})
    shown = text(as_(first.reviewer).get(address))
    assert "You finished this review" in shown
    assert "第3页" in shown
    assert 'value="save"' not in shown
    mark(year, second, {})
    assert "what you found before is kept" in text(as_(first.reviewer).get(address))


def test_who_finishes_with_nothing_marked_is_asked_once(year: Year) -> None:
    file = received(year, drawn(year))[0]
    one = file.reviews.order_by("pk")[0]
    asked, address = as_(one.reviewer), f"{HOME}mine/{one.pk}/"
    refused = asked.post(address, marks(one, "finish"))
    assert refused.status_code == 422
    assert "nothing is marked" in text(refused)
    both_said = asked.post(address, marks(one, "finish", late=1) | {"no_defect": "on"})
    assert "defects are marked" in text(both_said)
    assert FileReview.objects.get(pk=one.pk).done_at is None
    assert asked.post(address, marks(one, "finish") | {"no_defect": "on"}).status_code == 302
    assert FileReview.objects.get(pk=one.pk).done_at is not None


def test_only_who_may_review_a_file_is_offered_as_a_third(year: Year) -> None:
    file = differ(year)
    shown = text(as_(year.chen).get(f"{HOME}files/{file.pk}/"))
    reviewing = set(file.reviews.values_list("reviewer", flat=True))
    offered = {one.pk for one in year.experts if f'<option value="{one.pk}">' in shown}
    assert offered == {one.pk for one in year.experts} - reviewing


def test_only_figures_of_case_files_are_offered_to_be_fed(year: Year) -> None:
    frozen(year)
    shown = text(as_(year.chen).get(f"{HOME}draw/"))
    select = shown.split('name="input_code"')[1].split("</select>")[0]
    assert re.findall(r'value="(\w*)"', select) == ["", "file_points"]


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh-hans", "现在就确定缺卷的，请写明理由"), ("en", "to note it as missing now, say why")],
)
def test_a_file_missing_before_its_day_is_over_asks_for_a_reason_on_the_page_and_the_api(
    year: Year, language: str, said: str
) -> None:
    file = files_of(drawn(year), "440100")[0]
    client, at = as_(year.chen, language), f"{HOME}files/{file.pk}/miss/"
    answer = client.post(at, {"version": file.version, "reason": ""})
    assert (answer.status_code, said in text(answer)) == (422, True)
    told = {"move": "miss", "seen": file.version}
    path = f"/api/assessments/2021/reviews/files/{file.pk}/note"
    sent = client.post(path, told, content_type="application/json")
    assert (sent.status_code, "still_to_come" in text(sent)) == (422, True)
    client.post(at, {"version": file.version, "reason": "单位报告已遗失"})
    file.refresh_from_db()
    assert (file.state, file.reason) == (FileState.MISSING, "单位报告已遗失")
