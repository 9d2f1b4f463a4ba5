"""The questions of every job: told apart in both languages, and asked only where they matter."""

from datetime import date

import pytest

from steelyard.courts.court_rules import CourtRules
from steelyard.courts.desk.choices import plain
from steelyard.courts.desk.facts import Facts
from steelyard.courts.desk.jobs import JOBS, job_of
from steelyard.courts.desk.questions import missing, shown, unknown
from steelyard.courts.desk.reading import read
from steelyard.kernel.bilingual import LANGS
from steelyard.kernel.faults import Faulty

RULES = CourtRules.of("guangdong")
JIANGMEN = {"place": "440700", "filed": date(2023, 6, 1)}
every_job = pytest.mark.parametrize("code", JOBS)


def questions(code):
    return job_of(code).questions(RULES)


@every_job
def test_names_of_questions_are_told_apart_as_headings_and_flags(code):
    asked = questions(code)
    for names in (
        [one.code for one in asked],
        *([one.label.say(lang) for one in asked] for lang in LANGS),
    ):
        assert len({plain(name) for name in names}) == len(asked)


@every_job
def test_every_question_speaks_both_languages(code):
    for one in questions(code):
        texts = [
            one.label,
            one.ask,
            one.blank,
            one.said(Facts()),
            *(choice.title for choice in one.choices),
        ]
        assert all(text.zh and text.en for text in texts)


@every_job
def test_every_choice_that_is_shown_reads_back_as_itself(code):
    for one in questions(code):
        for choice in one.choices:
            written = [choice.code, *(shown(choice, one.choices, lang) for lang in LANGS)]
            expected = (choice.code,) if one.kind == "choices" else choice.code
            assert {read(one, text) for text in written} == {expected}


@every_job
def test_the_first_question_is_asked_first(code):
    job = job_of(code)
    assert missing(questions(code), Facts())[0].code == job.first


@pytest.mark.parametrize(
    ("job", "facts", "asked"),
    [
        ("fee", {}, ["standard", "accepted"]),
        ("fee", {"standard": "ip"}, ["amount", "accepted"]),
        ("fee", {"standard": "labour"}, ["accepted"]),  # so much a case: no amount decides
        ("fee", {"refund": "remanded"}, ["paid"]),
        ("days", {"limit": "civil.defence"}, ["start"]),
        ("days", {"limit": "preservation.urgent"}, ["start", "at"]),  # counted in hours
        ("which", {}, ["cause", "place", "filed"]),
        (
            "which",
            {"cause": ("patent_infringement.invention",), **JIANGMEN},
            [],
        ),  # no amount decides
        ("which", {"cause": ("copyright_licence",), **JIANGMEN}, ["amount"]),
        (
            "which",
            {"cause": ("admin.grant.patent_invalidation",), **JIANGMEN},
            [],
        ),  # one body alone grants
        ("number", {"next": True}, ["court", "year", "type"]),
        ("number", {"number": "（2019）粤73知民初1519号"}, []),
    ],
)
def test_only_what_matters_is_missed(job, facts, asked):
    assert [one.code for one in missing(questions(job), Facts(facts))] == asked


def test_an_extension_is_asked_for_where_a_text_allows_one():
    def asked(limit):
        return [one.code for one in unknown(questions("days"), Facts({"limit": limit}))]

    assert asked("civil.trial") == ["start", "extended", "excluded", "suspended"]
    assert asked("civil.defence") == ["start"]
    assert asked("civil.enforcement") == ["start", "interrupted", "obstacles"]
    assert asked("patent.limitation") == ["start", "interrupted", "obstacles", "harmed"]


def test_a_question_names_the_event_that_starts_the_limit():
    (start,) = (one for one in questions("days") if one.code == "start")
    said = start.said(Facts({"limit": "civil.defence"}))
    assert said.zh == "被告收到起诉状副本是哪一天？"
    assert said.en == "the defendant received the complaint: on which day?"


def test_a_job_that_is_not_there_is_refused():
    with pytest.raises(Faulty, match="there is no job 'tea'"):
        job_of("tea")


def choices_of(code, question):
    return next(one for one in questions(code) if one.code == question)


def test_the_place_of_the_tort_is_one_of_two():
    connection = choices_of("which", "connection")
    for said in ("侵权行为地", "place of the tort"):
        fault = read(connection, said)
        assert fault.code == "ambiguous-choice"
        assert fault.mend.zh == "请写明其中一项：侵权行为实施地；侵权结果发生地"
    assert read(connection, "被告所在地") == "defendant"


def test_parties_in_the_area_are_all_of_them():
    parties = choices_of("which", "parties")
    assert [read(parties, said) for said in ("辖区内", "省内", "外省")] == [
        "inside", "province", "outside",
    ]  # fmt: skip
