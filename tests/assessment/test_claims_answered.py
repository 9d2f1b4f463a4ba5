"""What a scoring body answers to a claim stands in the points, on the page, by the API and in what is weighed."""

from __future__ import annotations

import html

import pytest

from steelyard.assessment.models import Score
from steelyard.assessment.queries.assessments import division_of, issued, scheme_of
from steelyard.assessment.queries.frozen import load_collected
from steelyard.assessment.queries.scoring import load_item
from steelyard.assessment.rules.frozen import rows_of
from steelyard.assessment.rules.judging import Typed
from steelyard.assessment.rules.judging.following import follow
from steelyard.assessment.rules.states import ScoreState
from steelyard.kernel.refusals import Refused
from tests.assessment.api.asking import done, post, refused, told
from tests.assessment.scored import Scored
from tests.assessment.test_scoring import as_, form_of
from tests.assessment.year import scheme
from tests.once import World, world_of

pytestmark = pytest.mark.django_db

BONUS = {
    "code": "C1", "title": {"zh": "获得表彰", "en": "Commended"}, "kind": "bonus", "points": 3,
    "supplying_body": "market", "scoring_body": "team", "rule": {"points": "closed_in_time * 3"},
}  # fmt: skip
AT = "/assessments/2021/scoring/C1/"
GROUNDS = {"claim": "bonus", "grounds": "样本：省政府表彰"}


def scoring() -> Scored:
    """Jiangmen claims the bonus, and to be excused of closing in time."""
    document = scheme().document
    found = Scored(
        document={**document, "items": [*document["items"], BONUS]},
        in_time={"440100": "1", "440700": "0.5"},
        answers={"A1": {"claim": "exemption", "grounds": "样本：台风"}, "C1": GROUNDS},
    )  # fmt: skip
    found.scoring()
    return found


standing = world_of(scoring)


@pytest.fixture
def year(standing: World[Scored]) -> Scored:
    return standing.copy()


def points(year: Scored, item: str = "C1") -> dict[str, str]:
    page = load_item(year.assessment, item, None, year.now)
    assert page is not None
    return {row.facts.unit: str(row.follows.points) for row in page.rows}


def test_what_is_frozen_weighs_as_the_page_says(year: Scored) -> None:
    year.score("C1", jiangmen=Typed(claim="refused", reason="未见表彰文件"))
    scheme_ = scheme_of(issued(year.assessment))
    rows = rows_of(
        load_collected(year.assessment, year.now), scheme_, division_of(issued(year.assessment))
    )
    statuses = {
        row["place"]: row["status"] for row in rows["item_statuses"] if row["item"] == "C1"
    }  # fmt: skip
    figures = {("440100", "closed_in_time"): "1", ("440700", "closed_in_time"): "0.5"}
    gives = follow(scheme_, "C1", figures, statuses)
    assert statuses["440700"] == "not_applicable"
    assert {unit: one.points for unit, one in gives.items()} == {"440100": 3, "440700": None}


def test_a_bonus_whose_claim_is_refused_gives_no_points(year: Scored) -> None:
    assert points(year) == {"440100": "3", "440700": "3/2"}
    year.score("C1", guangzhou=Typed(), jiangmen=Typed(claim="refused", reason="未见表彰文件"))
    score = year.score_of("C1", year.jiangmen)
    assert (score.claim, score.status) == ("refused", "not_applicable")
    assert points(year) == {"440100": "3", "440700": "0"}


def test_it_counts_all_the_same_if_the_body_says_so_with_a_reason(year: Scored) -> None:
    with pytest.raises(Refused) as caught:
        year.score("C1", jiangmen=Typed(claim="refused_counts"))
    assert [one.code for one in caught.value.refusals] == ["no_reason"]
    year.score("C1", jiangmen=Typed(claim="refused_counts", reason="申请不规范，数据属实"))
    assert points(year)["440700"] == "3/2"


def test_the_same_answer_sent_twice_is_saved_once(year: Scored) -> None:
    seen = year.score_of("C1", year.jiangmen).version
    typed = Typed(claim="refused", reason="未见表彰文件")
    assert [year.score("C1", seen=seen, jiangmen=typed) for _ in range(2)] == [1, 0]


def test_what_is_excused_does_not_apply_unless_it_is_scored_all_the_same(year: Scored) -> None:
    year.score("A1", jiangmen=Typed(claim="upheld", reason="样本：台风停工"))
    assert year.score_of("A1", year.jiangmen).status == "not_applicable"
    assert points(year, "A1")["440700"] == "None"


def test_what_is_excused_may_be_scored_all_the_same(year: Scored) -> None:
    year.score("A1", jiangmen=Typed(claim="upheld_counts", reason="样本：台风停工"))
    assert year.score_of("A1", year.jiangmen).status == ""
    assert points(year, "A1")["440700"] == "0"


# --- pages ----------------------------------------------------------------------------------------


def test_the_page_says_what_each_answer_does_before_it_is_saved(year: Scored) -> None:
    page = as_(year.sun).get(AT).text
    for option in ("认可，照常计分", "不认可，不加分", "不认可，照常计分"):
        assert f">{option}</option>" in page
    assert "upheld_counts" not in page
    assert "认可，按不适用计" in as_(year.sun).get("/assessments/2021/scoring/A1/").text


def test_the_page_says_why_a_refused_bonus_gives_nothing(year: Scored) -> None:
    sent = form_of(year, AT, jiangmen={"claim": "refused", "reason": "未见表彰文件", "ok": "on"})
    assert as_(year.sun).post(AT, sent | {"save": "1"}).status_code == 302
    assert "加分申请不予认可" in as_(year.sun).get(AT).text
    assert "the claim was refused" in as_(year.sun, "en").get(f"{AT}440700/").text


def test_a_status_that_contradicts_the_answer_is_asked_about_and_nothing_is_saved(
    year: Scored,
) -> None:
    told = {"claim": "upheld", "status": "not_applicable", "reason": "有文件"}
    answer = as_(year.sun).post(AT, form_of(year, AT, jiangmen=told) | {"save": "1"})
    assert answer.status_code == 422
    assert "对申请的答复是“认可，照常计分”，所选情形却是“不适用”" in html.unescape(answer.text)
    assert not Score.objects.filter(state=ScoreState.SCORED).exists()


def test_who_confirms_all_as_they_stand_leaves_out_those_whose_claim_nobody_answered(
    year: Scored,
) -> None:
    answer = as_(year.sun).post(AT, form_of(year, AT) | {"all": "1"}, follow=True)
    assert answer.status_code == 200
    assert "尚未答复申请，没有确认：江门市" in answer.text
    states = [year.score_of("C1", unit).state for unit in (year.guangzhou, year.jiangmen)]
    assert states == [ScoreState.SCORED, ScoreState.OPEN]


# --- programs -------------------------------------------------------------------------------------


def test_by_program_an_answer_does_the_same(year: Scored) -> None:
    _none, one = told(year.sun, "/scoring/C1")["scores"]
    said = {
        "unit": "440700", "seen": one["version"], "rests": one["rests"], "beside": one["beside"],
        "claim": "refused", "reason": "未见表彰文件",
    }  # fmt: skip
    wrong = {**said, "status": "unreliable"}
    assert refused(post(year.sun, "/scoring/C1", scores=[wrong]))[1] == ["claim_and_status"]
    _none, one = done(year.sun, "/scoring/C1", scores=[said])["scores"]
    assert (one["points"], one["why"], one["claim"]) == ("0", "claim_refused", "refused")
