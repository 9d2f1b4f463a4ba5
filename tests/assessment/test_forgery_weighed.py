"""A confirmed forgery, weighed: the item is nothing, the scheme's penalty follows, the grade falls, and it is
shown with its reason ever after. A suspicion that is dropped changes nothing."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from steelyard.assessment import results
from steelyard.assessment.actions.forgery import decide, hear, raise_suspicion, state_case
from steelyard.assessment.actions.weighings import ask_again, carry_out
from steelyard.assessment.models import Suspicion, Weighing
from steelyard.assessment.queries.papers.filled import SAYS
from steelyard.assessment.queries.papers.saying import Paper
from steelyard.assessment.queries.papers.seen import Asker
from steelyard.assessment.rules.forgery import About
from steelyard.assessment.rules.papers.kinds import PaperKind
from steelyard.assessment.rules.states import StageMove, SuspicionMove
from steelyard.people.models import Account
from steelyard.people.queries import load_held
from tests.assessment.frozen_year import scored
from tests.assessment.rules.forgery.test_penalties import COUNTED, LOWER
from tests.assessment.signed_words import signs
from tests.assessment.year import Year, scheme
from tests.once import World, world_of

pytestmark = pytest.mark.django_db
OF = "/assessments/2021/"
WHY = "样本：案卷系事后补造"


def a_scored_year() -> Year:
    document = dict(scheme().document)
    found = Year(document={**document, "inputs": [*document["inputs"], COUNTED], "vetoes": [LOWER]})
    found.huang  # noqa: B018  (somebody to be told)
    scored(found)
    return found


standing = world_of(a_scored_year)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    return standing.copy()


def suspected(year: Year, move: SuspicionMove, item: str = "A2") -> Suspicion:
    """Of Guangzhou's case files, which gave 18 of its 96.5 points."""
    signs(year, "440100", item)
    one = raise_suspicion(
        assessment=year.assessment.pk, unit="440100", item=item, grounds="样本：章是假的",
        about=About.STATEMENT, material=None, by=year.chen.pk, now=year.now,
    )  # fmt: skip
    one = state_case(
        suspicion=one.pk,
        statement="样本：原件可供核对",
        seen=one.version,
        by=year.feng.pk,
        now=year.now,
    )
    one = hear(
        suspicion=one.pk, hearing="样本：承认", heard_on=timezone.localdate(year.now),
        seen=one.version, by=year.chen.pk, now=year.now,
    )  # fmt: skip
    return decide(
        suspicion=one.pk, move=move, decision=WHY, seen=one.version, by=year.zhao.pk, now=year.now
    )


def weighed(year: Year) -> Weighing:
    year.move(StageMove.FREEZE)
    done = carry_out(weighing=year.assessment.weighings.get().pk, now=timezone.now)
    assert (done.state, done.faults) == ("done", [])
    return done


def told(one: Weighing) -> dict[str, Any]:
    return json.loads(results.content_of(one.result_hash))


def standings(one: Weighing) -> dict[str, tuple[Any, ...]]:
    return {
        row["unit"]: (row["rank"], row["score"], row["grade"], row["vetoes"])
        for row in told(one)["ranking"]
    }


def page(who: Account, address: str, language: str = "zh-hans") -> str:
    client = Client(headers={"accept-language": language})
    client.force_login(who)
    answer = client.get(f"{OF}{address}")
    assert answer.status_code == 200
    return answer.text


UNSUSPECTED = {
    "440100": (1, "96.5", "excellent", []), "440700": (2, "79", "pass", []),
}  # fmt: skip


def test_nothing_forged_is_counted_as_nothing_and_costs_nothing(year: Year) -> None:
    assert standings(weighed(year)) == UNSUSPECTED


def test_a_forgery_takes_the_points_of_the_item_the_rank_and_by_the_scheme_the_grade(
    year: Year,
) -> None:
    suspected(year, SuspicionMove.CONFIRM)
    done = weighed(year)
    assert told(done)["items"]["A2"]["440100"] == {"points": "0", "possible": "20", "why": "forged"}
    assert told(done)["items"]["A2"]["440700"]["points"] == "18"
    # By its points alone it would have passed: the penalty of the scheme makes it fail.
    assert standings(done) == {
        "440700": (1, "79", "pass", []), "440100": (2, "78.5", "fail", ["forgery"]),
    }  # fmt: skip


def test_a_suspicion_that_is_dropped_changes_no_point_no_rank_and_no_grade(year: Year) -> None:
    suspected(year, SuspicionMove.CLEAR)
    done = weighed(year)
    assert standings(done) == UNSUSPECTED
    assert told(done)["items"]["A2"]["440100"]["points"] == "18"
    assert "材料造假，等次降一级" not in page(year.chen, "side-by-side/440100/")


def test_it_is_shown_with_its_reason_and_what_it_costs_ever_after(year: Year) -> None:
    one = suspected(year, SuspicionMove.CONFIRM)
    done = weighed(year)
    for who in (year.chen, year.zhao):
        beside = page(who, "side-by-side/440100/")
        assert WHY in beside
        assert "材料经认定造假的不得分。材料造假，等次降一级。" in beside
        assert "赵局长" in beside
        ranking = page(who, f"weighings/{done.pk}/")
        assert "材料造假，等次降一级" in ranking
        assert "不合格" in ranking
    assert "forged material: a grade lower" in page(year.chen, f"suspicions/{one.pk}/", "en")
    notice = _notice(year, one)
    assert notice["penalty"] == "材料经认定造假的不得分。材料造假，等次降一级。"
    assert (notice["decision"], notice["scored"]) == (WHY, "0")
    assert WHY not in page(year.chen, "side-by-side/440700/")


def _notice(year: Year, one: Suspicion) -> Any:
    today = timezone.localdate(year.now)
    who = Asker(load_held(year.chen.pk, today) or (), year.now)
    return SAYS[PaperKind.FORGERY](Paper(who, year.assessment, str(one.pk), "zh"))


def test_found_after_the_weighing_every_page_and_paper_says_that_it_is_not_counted_yet(
    year: Year,
) -> None:
    weighed(year)
    assert "重新冻结并计分" not in page(year.chen, "")
    year.now += timedelta(days=1)
    one = suspected(year, SuspicionMove.CONFIRM)
    beside = page(year.chen, "side-by-side/440100/")
    for address in (
        "side-by-side/440100/", "scoring/A2/440100/", f"suspicions/{one.pk}/",
    ):  # fmt: skip
        assert "尚未计入：最近一次计分所用数据冻结于" in page(year.chen, address), address
    assert "尚未计入" in page(year.feng, f"suspicions/{one.pk}/")
    assert "尚未计入" in _notice(year, one)["penalty"]
    assert "尚未计入" not in page(year.chen, "side-by-side/440700/")
    assert "重新冻结并计分后才会计入" in page(year.chen, "")
    again = ask_again(assessment=year.assessment.pk, by=year.chen.pk, now=year.now)
    assert carry_out(weighing=again.pk, now=timezone.now).state == "done"
    assert "尚未计入" not in page(year.chen, "side-by-side/440100/")
    assert "尚未计入" not in _notice(year, one)["penalty"]
    assert "重新冻结并计分" not in page(year.chen, "")
    assert beside
