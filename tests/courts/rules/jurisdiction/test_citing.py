"""An article is cited as it stood on the day."""

from datetime import date, timedelta

import pytest

from steelyard.courts.rules.jurisdiction import space
from steelyard.courts.rules.jurisdiction.setting import holds_on
from tests.courts.china_jurisdiction import RULES, TABLE

CITATIONS = TABLE.citations
BEIJING_OPENED = date(2014, 11, 6)
IP_COURTS = {"ip_court", "beijing_ip_court"}
NOT_IN_FORCE_BUT_GOVERNING = {"tribunal.before"}
"""Article 12 of the Provisions on the Tribunal is of judgments given before they took force."""


def first_day_of(written: str, day: date) -> date:
    law = written.partition(":")[0]
    if written in CITATIONS.numbered:
        law = CITATIONS.numbered[written].on(day)[0]
    return CITATIONS.laws[law].names[0][0]


def not_in_force(articles: tuple[str, ...], day: date) -> list[str]:
    return [
        one
        for one in articles
        if one not in NOT_IN_FORCE_BUT_GOVERNING and first_day_of(one, day) > day
    ]


def days_within(row, days):
    return [day for day in days if holds_on(row.starts, row.ends, day)]


@pytest.mark.parametrize("row", TABLE.first, ids=lambda row: row.code)
def test_a_row_of_the_first_instance_cites_what_is_in_force_on_each_of_its_days(row):
    for day in days_within(row, [era.a_day for era in space.eras(TABLE.filing_days)]):
        reasons = [TABLE.reasons[code] for code in row.not_others.values()]
        assert not_in_force(row.articles, day) == []
        assert [not_in_force(reason.articles, day) for reason in reasons] == [[]] * len(reasons)


@pytest.mark.parametrize("row", TABLE.appeal, ids=lambda row: row.code)
def test_a_row_of_appeals_cites_what_is_in_force_on_each_of_its_days(row):
    since = BEIJING_OPENED if row.tried_by <= IP_COURTS else date(2010, 2, 1)
    for day in days_within(row, [since, *TABLE.judgment_days]):
        if day < since:
            continue
        assert not_in_force(row.articles, day) == []


@pytest.mark.parametrize("row", TABLE.territory, ids=lambda row: row.why.en[:40])
def test_a_row_of_territory_cites_what_is_in_force_from_2015(row):
    assert not_in_force(row.articles, date(2015, 2, 4)) == []


@pytest.mark.parametrize(
    "threshold",
    [*RULES.region.thresholds, *TABLE.thresholds],
    ids=lambda one: f"{one.level} {one.starts}",
)
def test_a_threshold_cites_what_is_in_force_on_its_first_day(threshold):
    assert not_in_force(threshold.articles, threshold.starts) == []


@pytest.mark.parametrize(
    ("written", "first_day", "before", "from_it"),
    [
        ("cpl.appeal", date(2022, 1, 1), "《民事诉讼法》第164条", "《民事诉讼法》第171条"),
        ("cpl.tort", date(2022, 1, 1), "《民事诉讼法》第28条", "《民事诉讼法》第29条"),
        ("apl.basic", date(2015, 5, 1), "《行政诉讼法》第13条", "《行政诉讼法》第14条"),
        (
            "apl.reviewed_defendant",
            date(2015, 5, 1),
            "《行政诉讼法》第25条",
            "《行政诉讼法》第26条",
        ),
        (
            "reconsideration.upheld",
            date(2018, 2, 8),
            "《行诉法解释》（法释〔2015〕9号）第8条",
            "《行诉法解释》（法释〔2018〕1号）第134条第3款",
        ),
        (
            "monopoly.court",
            date(2024, 7, 1),
            "《垄断民事纠纷规定》（2020年修正）第3条",
            "《垄断民事纠纷解释》（法释〔2024〕6号）第4条",
        ),
        ("levels.high", date(2019, 5, 1), "法发〔2010〕5号通知第1条", "法发〔2019〕14号通知第2条"),
        (
            "tribunal:2",
            date(2023, 11, 1),
            "《知识产权法庭规定》（法释〔2018〕22号）第2条",
            "《知识产权法庭规定》（2023年修正）第2条",
        ),
        (
            "ip_courts:2",
            date(2021, 1, 1),
            "《知识产权法院案件管辖规定》（法释〔2014〕12号）第2条",
            "《知识产权法院案件管辖规定》（2020年修正）第2条",
        ),
    ],
)
def test_a_number_changes_on_the_day_the_law_does(written, first_day, before, from_it):
    cited = [CITATIONS.cite(written, day).zh for day in (first_day - timedelta(days=1), first_day)]
    assert cited == [before, from_it]


def test_a_law_without_an_article_is_cited_by_its_name():
    assert CITATIONS.cite("notice167", date(2025, 10, 1)).zh == "法〔2025〕167号通知"
    assert CITATIONS.cite("internet.domain_names", date(2025, 11, 1)).zh == (
        "《互联网法院案件管辖规定》（法释〔2025〕14号）"
    )


def test_an_unknown_provision_is_a_defect_of_the_table():
    with pytest.raises(KeyError):
        CITATIONS.cite("nowhere:1", date(2023, 1, 1))


def test_every_row_cites_only_what_the_table_knows():
    written = {one for row in (*TABLE.first, *TABLE.appeal) for one in row.articles}
    written |= {one for reason in TABLE.reasons.values() for one in reason.articles}
    assert all(CITATIONS.cite(one, date(2023, 1, 1)).zh for one in written)
