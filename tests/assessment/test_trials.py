"""The page of a draft tried on last year's values, or on values that are sent."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from steelyard.people.models import Account
from steelyard.supply.actions import deliveries as supply
from steelyard.supply.actions.deliveries import Details, File
from steelyard.supply.actions.snapshots import freeze
from steelyard.supply.models import Snapshot
from tests.assessment.frozen_year import HEADINGS, PLACES, he
from tests.assessment.past import weighed
from tests.assessment.year import Year, scheme

pytestmark = pytest.mark.django_db
HERE = "/assessments/2021/scheme/versions/1/trial/"


@pytest.fixture
def year() -> Year:
    found = Year()
    assert found.assessment.code == "2021"
    return found


def as_(who: Account) -> Client:
    client = Client()
    client.force_login(who)
    return client


def words(html: str) -> str:
    """What a person reads: without tags, and without what stands between them."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def told(year: Year, address: str = HERE) -> dict[str, str]:
    """The rows of the units, and item → its line and what unfolds."""
    page = as_(year.chen).get(address).text
    found = {}
    for row in page.split('id="outcomes"')[1].split("</table>")[0].split("<tr>")[2:]:
        said = words(row)
        found[said.split()[0]] = said
    for one in (
        page.split('id="rules"')[1].split('id="send"')[0].split('<details class="tried">')[1:]
    ):
        said = words(one)
        found[said.split()[1]] = said
    return found


def test_without_a_year_before_the_trial_says_so(year: Year) -> None:
    year.drafted()
    page = as_(year.chen).get(HERE).text
    assert "以往" in page
    assert "没有数据，因此没有试算" in page
    assert "没有并列" not in page
    assert "--data" not in page
    assert 'id="outcomes"' not in page
    assert as_(year.tan).get(HERE).status_code == 404


def test_values_that_are_sent_are_weighed_and_not_kept(year: Year) -> None:
    year.drafted()
    values = "unit,trained,closed_in_time,plan_points,file_points\n440100,200,96%,9,90\n440700,100,85%,8,80\n"
    sent = SimpleUploadedFile("values.csv", values.encode())
    answer = as_(year.chen).post(HERE, {"files": sent})
    assert answer.status_code == 200
    assert "97.00" in answer.text
    assert "上年度" not in answer.text.split('id="outcomes"')[1].split('id="rules"')[0]
    faulty = SimpleUploadedFile("values.csv", b"unit,trained\n440100,many\n")
    answer = as_(year.chen).post(HERE, {"files": faulty})
    assert answer.status_code == 422
    assert "many" in answer.text


def test_a_draft_is_tried_on_the_values_of_the_latest_year_before(year: Year) -> None:
    weighed(year, "2019", date(2019, 1, 1))
    weighed(year, "2020", date(2020, 1, 1))
    year.drafted()
    assert "使用“上年度考核2020”的数据" in as_(year.chen).get(HERE).text
    said = told(year)
    assert said["广州市"] == "广州市 97.00 97.00 0 1 优秀"
    assert said["江门市"] == "江门市 69.00 69.00 0 2 合格 未评为优秀：须不低于90分"


STAFF = {"code": "staff", "title": {"zh": "人数", "en": "Staff"}, "type": "count",
         "supplying_body": "market"}  # fmt: skip
NEW = {"code": "B3", "parent": "B", "title": {"zh": "人员", "en": "Staff"}, "points": 4,
       "supplying_body": "market", "scoring_body": "team",
       "rule": {"proportion": "staff", "target": 5}}  # fmt: skip
VETO = {"code": "plan", "title": {"zh": "方案不合格", "en": "bad plan"}, "when": "plan_points < 9",
        "then": {"best_grade": "fail"}}  # fmt: skip


HELD = {"code": "held", "title": {"zh": "培训次数", "en": "Trainings held"}, "type": "count",
        "supplying_body": "market", "tally": "count",
        "records": "SELECT place AS unit, id AS record FROM trainings WHERE held_on >= :from AND held_on < :to"}  # fmt: skip
BY_HELD = {**NEW, "rule": {"proportion": "held", "target": 2}}


def frozen_in_2020(year: Year) -> Snapshot:
    """Guangzhou held a training in 2020, Jiangmen two."""
    by = he(year)
    rows = [("T1", "440100"), ("T2", "440700"), ("T3", "440700")]
    trainings = "\n".join(
        f"{code},样本：培训,样本单位,officers,{place},2020-04-26,8,20" for code, place in rows
    )
    for table, text in (("places", PLACES), ("trainings", f"{HEADINGS}\n{trainings}\n")):
        details = Details(
            table=table,
            starts=date(2020, 1, 1),
            ends=date(2021, 1, 1),
            cut_off=date(2021, 1, 10),
            sample=True,
        )
        one = supply.upload(
            body=year.province,
            details=details,
            file=File(f"{table}.csv", text.encode()),
            by=by.pk,
            now=year.now,
        )
        one = supply.sign(delivery=one.pk, seen=one.version, by=by.pk, now=year.now)
        supply.accept(delivery=one.pk, seen=one.version, by=year.chen.pk, now=year.now)
    freeze(
        office=year.province, starts=date(2020, 1, 1), ends=date(2021, 1, 1), by=year.chen.pk,
        now=year.now,
    )  # fmt: skip
    return Snapshot.objects.get()


def test_what_the_draft_counts_from_records_is_counted_in_those_of_last_year(year: Year) -> None:
    weighed(year, "2020", date(2020, 1, 1), snapshot=frozen_in_2020(year))
    year.drafted({
        **scheme().document, "items": [*scheme().document["items"], BY_HELD],
        "inputs": [*scheme().document["inputs"], HELD],
    })  # fmt: skip
    page = words(as_(year.chen).get(HERE).text)
    assert "培训次数”缺失" not in page
    assert "全无数据" not in page
    assert told(year)["江门市"].startswith("江门市 有变化 73.00 69.00 +4.00")


def test_the_whole_draft_is_shown_beside_last_year_and_what_is_missing_is_said(year: Year) -> None:
    weighed(year, "2020", date(2020, 1, 1))
    items = {one["code"]: dict(one) for one in scheme().document["items"]}
    items["A"]["cap"] = 50
    items["A1"]["rule"] = {"ladder": "closed_in_time", "steps": [[">= 80%", 40], ["< 80%", 0]]}
    year.drafted({
        **scheme().document, "items": [*items.values(), NEW],
        "inputs": [*scheme().document["inputs"], STAFF], "vetoes": [VETO],
    })  # fmt: skip
    said = told(year)
    assert said["江门市"].startswith("江门市 有变化")
    assert "不合格 （上年度合格） 否决 方案不合格" in said["江门市"]
    assert "最高" in said["江门市"]  # what the veto leads to, in words
    assert "以下指标上年度全无数据，未计入总分： B3 人员" in words(as_(year.chen).get(HERE).text)
    assert said["A"].startswith("执法保护 A 50.00 ")
    assert "广州市 50.00 上年度58.00 合58分，封顶50分" in said["A"]
    assert said["A1"].startswith(
        "按期办结 A1 40.00 满分40，平均40.00，得满分2个，得零分0个 1个有变化"
    )
    assert "江门市 40.00 上年度30.00" in said["A1"]
    assert "广州市 40.00 按期办结率" in said["A1"]
    assert "新增 2个缺数据" in said["B3"]
    assert "广州市 — 缺 人数" in said["B3"]


def test_a_rule_for_which_last_year_has_no_values_is_named_and_the_rest_is_tried(
    year: Year,
) -> None:
    weighed(year, "2020", date(2020, 1, 1))
    document = scheme().document
    year.drafted({**document, "inputs": [*document["inputs"], STAFF],
                  "vetoes": [VETO | {"when": "staff < 3", "title": {"zh": "人员过少", "en": "few"}}]})  # fmt: skip
    page = as_(year.chen).get(HERE).text
    assert "未能试算：" in page
    assert "人员过少" in page
    assert told(year)["广州市"].startswith("广州市 97.00 97.00")


INDEX = {
    "family": "index", "vetoes": [], "grades": [], "inputs": [], "total": {"places": 1},
    "method": {"normalise": {"by": "min_max", "onto": [0, 100]}, "weigh": {"by": "given"},
               "aggregate": {"by": "arithmetic", "missing": "refuse"}},
    "items": [
        {"code": "D", "title": {"zh": "保护", "en": "Protection"}, "weight": 1},
        {"code": "fast", "parent": "D", "title": {"zh": "办案速度", "en": "Speed"}, "weight": 3},
        {"code": "open", "parent": "D", "title": {"zh": "公开程度", "en": "Openness"}, "weight": 1},
    ],
}  # fmt: skip


def test_an_index_shows_its_components_and_says_what_an_index_has_not(year: Year) -> None:
    year.drafted({**scheme().document, **INDEX})
    sent = SimpleUploadedFile("values.csv", b"unit,fast,open\n440100,5,2\n440700,1,4\n")
    answer = as_(year.chen).post(HERE, {"files": sent})
    assert answer.status_code == 200, answer.text
    said = words(answer.text.split('id="components"')[1].split('id="send"')[0])
    assert "指数细则没有分值" in said
    assert "保护 D 25.00–75.00 平均50.00，在本组中的权重100.0%" in said
    assert "办案速度 fast 0.00–100.00 平均50.00，在本组中的权重75.0%" in said
    assert "广州市 100.00 办案速度5" in said
    assert 'id="rules"' not in answer.text


def test_a_total_that_stayed_the_same_has_changed_by_zero(year: Year) -> None:
    weighed(year, "2020", date(2020, 1, 1))
    year.drafted()
    assert told(year)["广州市"].startswith("广州市 97.00 97.00 0 ")


def test_a_total_that_could_not_be_computed_has_no_change(year: Year) -> None:
    weighed(year, "2020", date(2020, 1, 1))
    document = scheme().document
    new = {"code": "Z", "title": {"zh": "人员", "en": "Staff"}, "points": 100,
           "rule": {"add": "staff", "each": 1}, "scoring_body": "market"}  # fmt: skip
    year.drafted({**document, "items": [new], "inputs": [*document["inputs"], STAFF], "vetoes": []})
    row = told(year)["广州市"]
    assert row.startswith("广州市 有变化 — 97.00 — — （"), row
