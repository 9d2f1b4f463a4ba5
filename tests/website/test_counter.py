"""The courts' counter on the public site: the same rules as the command, asked step by step, without script."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

import pytest
from django.test import Client

from steelyard.courts.court_rules import CourtRules
from steelyard.courts.desk.answers import as_data
from steelyard.courts.desk.jobs import asked as asked_at_the_desk
from steelyard.website.counter import asked

RULES = CourtRules.of("guangdong")
TODAY = date(2026, 11, 26)
PATENT = {"cause": "侵害发明专利权纠纷", "place": "江门", "filed": "2023-11-01", "amount": "100万"}
FEE = {"standard": "知识产权", "amount": "500万", "accepted": "2023-11-01"}


def at(counter: str, lang: str = "zh-hans", **written: str) -> str:
    return f"/{lang}/courts/{counter}/?{urlencode(written)}"


def test_answer_is_that_of_the_desk() -> None:
    found = asked("which", RULES, PATENT, today=TODAY, lang="zh")
    assert found.answer == asked_at_the_desk("which", RULES, PATENT, today=TODAY)


def test_empty_form_asks_and_finds_no_fault() -> None:
    found = asked("which", RULES, {}, today=TODAY, lang="zh")
    assert found.answer is None
    assert [one.code for one in found.fields if one.fault] == []
    assert [one.code for one in found.fields if one.needed] == ["cause", "place", "filed"]


def test_question_that_matters_only_after_another_appears_with_it() -> None:
    mark = {"cause": "侵害商标权纠纷", "place": "江门"}
    before = asked("which", RULES, mark, today=TODAY, lang="zh")
    after = asked("which", RULES, {**mark, "filed": "2021-01-04"}, today=TODAY, lang="zh")
    assert "amount" not in [one.code for one in before.fields]
    assert "amount" in [one.code for one in after.fields if one.fault]


def test_words_that_may_mean_several_things_are_answered_with_a_list() -> None:
    found = asked("which", RULES, {"cause": "发明专利", "place": "江门"}, today=TODAY, lang="zh")
    cause = next(one for one in found.fields if one.code == "cause")
    assert cause.shape == "list"
    assert len(cause.options) > 1
    assert cause.fault is not None


@pytest.mark.parametrize(("counter", "written"), [("which", PATENT), ("fees", FEE)])
def test_page_shows_the_answer_and_its_articles(counter: str, written: dict[str, str]) -> None:
    job = {"which": "which", "fees": "fee"}[counter]
    answer = asked_at_the_desk(job, RULES, written, today=TODAY)
    page = Client().get(at(counter, **written)).text
    assert answer.headline.zh in page
    assert all(article.zh in page for article in answer.articles)


def test_answer_as_data_follows_the_published_schema() -> None:
    import jsonschema

    from steelyard.courts.desk.answers import JSON_SCHEMA

    data = Client().get(at("fees", **FEE, **{"as": "json"})).json()
    jsonschema.validate(data, JSON_SCHEMA)
    assert data["headline"] == as_data("fee", _no_facts(), _fee())["headline"]


def _no_facts() -> object:
    from steelyard.courts.desk.facts import Facts

    return Facts()


def _fee() -> object:
    return asked_at_the_desk("fee", RULES, FEE, today=TODAY)


@pytest.mark.parametrize("counter", ["which", "days", "fees", "materials"])
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_what_is_not_understood_is_said_beside_its_question(counter: str, lang: str) -> None:
    first = asked(
        {"fees": "fee", "materials": "filing"}.get(counter, counter),
        RULES,
        {},
        today=TODAY,
        lang="zh",
    ).fields[0]
    answer = Client().get(at(counter, lang, **{first.code: "§§§"}))
    assert answer.status_code == 422
    assert f'id="e-{first.code}"' in answer.text


def test_script_in_an_answer_is_text() -> None:
    assert "<script>" not in Client().get(at("which", cause="<script>alert(1)</script>")).text


@pytest.mark.parametrize(
    "written", [{"nobody": "asks"}, {"cause": "侵" * 10_000}, {"filed": "\x00"}]
)
def test_odd_answers_do_no_harm(written: dict[str, str]) -> None:
    assert Client().get(at("which", **written)).status_code in (200, 422)
