"""Points that other units have decided too say how, to the unit and on its papers, in both languages."""

from __future__ import annotations

import tomllib

import pytest
from django.test import Client

from steelyard.assessment.queries.papers.items import unit_items
from steelyard.assessment.queries.papers.saying import Paper
from steelyard.assessment.queries.papers.seen import Asker
from steelyard.assessment.rules.judging import Typed
from steelyard.assessment.rules.states import Stage
from steelyard.people.queries import load_held
from tests.assessment.scored import Scored, plan
from tests.assessment.year import SCHEME
from tests.once import World, world_of

pytestmark = pytest.mark.django_db
BY_RATE = '[[">= 95%", 40], ["[80%, 95%)", 30], ["< 80%", 0]]'
BY_RANK = '[["<= 1", 40], ["> 1", 30]]'
SAID = {
    "zh": "按期办结率85%，在2个单位中列第2名，属第2名及以后",
    "en": "Cases closed in time 85%, rank 2 of 2, in place 2 or after",
}


def a_ranked_year() -> Scored:
    text = SCHEME.read_text("utf-8").replace(
        f'ladder = "closed_in_time", steps = {BY_RATE}',
        f'ladder = "all_rank(closed_in_time)", steps = {BY_RANK}',
    )
    found = Scored(document=tomllib.loads(text))
    found.scoring()
    found.score("A1", guangzhou=Typed(), jiangmen=Typed(reason="名次靠后"))
    found.score("B2", guangzhou=plan("10"), jiangmen=plan("8", "2 没有年度计划"))
    found.assessment.stage = Stage.FROZEN
    found.assessment.save()
    return found


standing = world_of(a_ranked_year)


@pytest.fixture
def year(standing: World[Scored]) -> Scored:
    return standing.copy()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", ["side-by-side/440700/", "scoring/A1/440700/"])
def test_the_city_reads_the_rank_that_gave_its_points(year: Scored, lang: str, page: str) -> None:
    client = Client(headers={"accept-language": lang})
    client.force_login(year.tan)
    said = client.get(f"/assessments/2021/{page}").text
    assert said.count(SAID[lang]) == 1


def test_points_of_one_s_own_figures_alone_say_nothing_of_others(year: Scored) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(year.tan)
    assert "rank" not in client.get("/assessments/2021/scoring/B2/440700/").text.split("<tbody>")[1]


def test_the_sheet_of_its_items_says_it_among_the_reasons(year: Scored) -> None:
    asker = Asker(load_held(year.tan.pk, year.today) or (), year.now)
    told = unit_items(Paper(asker, year.assessment, "440700", "zh"))
    [ranked] = [one for one in told["items"] if one["code"] == "A1"]
    assert (ranked["scored"], ranked["reasons"]) == ("30", f"{SAID['zh']}\n名次靠后")
