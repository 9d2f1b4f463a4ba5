"""The draft of a scheme as pages: seen in words, edited, checked."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from steelyard.assessment.rules.states import Stage, StageMove
from steelyard.kernel.refusals import Refused
from steelyard.people.models import Account
from tests.assessment.scheme_pages import (
    ITEM,
    OF,
    as_,
    draft_of,
    faults_shown,
    opened,
    page,
    post,
    with_a_draft,
)
from tests.assessment.year import Year, scheme
from tests.once import copy_for, world_of
from tests.supply.office import organisation

pytestmark = pytest.mark.django_db


drafted = world_of(with_a_draft)
DRAFTED = pytest.mark.usefixtures("drafted")


@pytest.fixture
def year(request: pytest.FixtureRequest) -> Year:
    return copy_for(request, opened)


# --- seen ---------------------------------------------------------------------------------------


@DRAFTED
def test_the_page_shows_the_tree_with_rules_in_words_and_who_does_what(year: Year) -> None:
    said = page(year.chen)
    for words in ("执法保护", "按期办结", "草案", "市场监督管理部门", "由记录计算", "考核工作组"):
        assert words in said
    assert "40" in said


@DRAFTED
def test_a_draft_is_the_offices_own_until_it_goes_out(year: Year) -> None:
    assert "执法保护" not in page(year.tan)
    assert as_(year.tan).get(f"{OF}versions/1/").status_code == 404
    year.move(StageMove.SEND_OUT)
    assert "执法保护" in page(year.tan)


def test_a_body_that_no_organisation_is_is_listed_with_what_to_do(year: Year) -> None:
    document = dict(scheme().document)
    document["bodies"] = {**document["bodies"], "nobody": {"zh": "某局", "en": "Some"}}
    items = [dict(one) for one in document["items"]]
    items[1]["scoring_body"] = "nobody"
    year.drafted({**document, "items": items})
    said = page(year.chen)
    assert "没有这个名称的机构" in said
    assert "请选定已有的机构" in said
    assert "系统中没有机构" not in said


# --- edited -------------------------------------------------------------------------------------


@DRAFTED
def test_an_items_rule_is_written_in_words(year: Year) -> None:
    told = {
        **ITEM,
        "points": "5",
        "words": "每缺1次扣0.5分，扣完为止",
        "rule": "",
        "version": draft_of(year).version,
    }
    post(year.chen, "items/A1/", **told)
    items = {one["code"]: one for one in draft_of(year).document["items"]}
    assert items["A1"]["rule"] == [{"points": "full"}, {"deduct": "按期办结_缺少数", "each": "0.5"}]
    assert "按期办结_缺少数" in {one["code"] for one in draft_of(year).document["inputs"]}
    assert "扣0.5分" in page(year.chen)


@DRAFTED
def test_words_that_name_no_figure_mean_the_one_that_the_item_reads_from_records(
    year: Year,
) -> None:
    told = {
        **ITEM, "code": "B1", "parent": "B", "title_zh": "培训", "points": "30", "rule": "",
        "words": "达到4次得满分，每少1次扣2分", "version": draft_of(year).version,
    }  # fmt: skip
    answer = as_(year.chen).post(f"{OF}items/B1/", told, follow=True).content.decode()
    assert "按本项原来使用的数据项“培训人次”（由记录计算）读" in answer
    found = draft_of(year).document
    (rule,) = (one["rule"] for one in found["items"] if one["code"] == "B1")
    assert "trained" in str(rule)
    assert [one["code"] for one in found["inputs"]] == [
        one["code"] for one in scheme().document["inputs"]
    ]


@DRAFTED
def test_words_that_are_not_understood_are_shown_with_why_and_nothing_is_saved(year: Year) -> None:
    before = draft_of(year).content_hash
    told = {**ITEM, "words": "视情节严重程度处理", "rule": "", "version": draft_of(year).version}
    assert "没有读懂“视情节严重程度处理”" in post(year.chen, "items/A1/", 422, **told)
    assert draft_of(year).content_hash == before


@DRAFTED
def test_a_rule_in_notation_may_have_faults_and_the_draft_is_kept(year: Year) -> None:
    told = {**ITEM, "words": "", "rule": '{ points = "1 +" }', "version": draft_of(year).version}
    post(year.chen, "items/A1/", **told)
    for said in (page(year.chen), page(year.chen, "items/A1/")):
        assert "评分标准 分值" in said
        assert "items[1]" not in said
    assert "检查发现1处错误" in page(year.chen)


@DRAFTED
def test_an_item_that_is_saved_as_it_was_stays_as_it_was(year: Year) -> None:
    before = draft_of(year).document
    for row in before["items"]:
        form = as_(year.chen).get(f"{OF}items/{row['code']}/").context["form"]
        told = {name: field.value() for name, field in zip(form.fields, form, strict=True)}
        told = {name: "" if value is None else value for name, value in told.items()}
        post(year.chen, f"items/{row['code']}/", **told)
    assert draft_of(year).document == before


@DRAFTED
def test_items_are_added_moved_hung_elsewhere_and_deleted(year: Year) -> None:
    seen = draft_of(year).version
    told = {
        **ITEM,
        "code": "A3",
        "title_zh": "新项",
        "parent": "A",
        "words": "",
        "rule": '{ points = "full" }',
        "version": seen,
    }
    post(year.chen, "items/new/", **told)
    assert [one["code"] for one in draft_of(year).document["items"]] == ["A", "A1", "A2", "A3", "B", "B1", "B2"]  # fmt: skip
    post(year.chen, "items/A3/move/up/", version=draft_of(year).version)
    post(year.chen, "items/B/move/up/", version=draft_of(year).version)
    assert [one["code"] for one in draft_of(year).document["items"]] == ["B", "B1", "B2", "A", "A1", "A3", "A2"]  # fmt: skip
    post(year.chen, "items/A3/", **{**told, "parent": "B", "version": draft_of(year).version})
    assert [one["code"] for one in draft_of(year).document["items"]] == ["B", "B1", "B2", "A3", "A", "A1", "A2"]  # fmt: skip
    post(year.chen, "items/B/delete/", version=draft_of(year).version)
    assert [one["code"] for one in draft_of(year).document["items"]] == ["A", "A1", "A2"]


@DRAFTED
def test_two_savers_of_a_draft_are_shown_both(year: Year) -> None:
    seen = draft_of(year).version
    post(
        year.chen,
        "items/A1/",
        **{
            **ITEM,
            "words": "",
            "rule": '{ points = "full" }',
            "title_zh": "按时办结",
            "version": seen,
        },
    )
    said = post(
        year.qian,
        "items/A1/",
        409,
        **{
            **ITEM,
            "words": "",
            "rule": '{ points = "full" }',
            "title_zh": "如期办结",
            "version": seen,
        },
    )
    assert "按时办结" in said
    assert "如期办结" in said


@DRAFTED
def test_a_figure_is_edited(year: Year) -> None:
    told = {"code": "trained", "title_zh": "培训人数", "title_en": "", "type": "count", "unit_zh": "人",
            "supplying_body": ["market"], "least": "0", "beside": "", "version": draft_of(year).version}  # fmt: skip
    post(year.chen, "inputs/trained/", **told)
    row = next(one for one in draft_of(year).document["inputs"] if one["code"] == "trained")
    assert row == {"code": "trained", "title": {"zh": "培训人数"}, "type": "count", "unit_of_measure": {"zh": "人"}, "least": 0, "supplying_body": "market"}  # fmt: skip


@pytest.mark.parametrize(
    ("address", "told", "said"),
    [
        ("items/A1/", {**ITEM, "words": "", "rule": '{ points = "full"'}, "末尾：花括号没有配对"),
        ("items/A1/", {**ITEM, "words": "", "rule": "", "beside": "cap = 50\nfloor 5"},
         "第2行第7列：名称后面缺少等号"),
        ("items/A1/", {**ITEM, "words": "", "rule": "", "beside": "points = 50"},
         "这些内容请在上面填写：分值"),
        ("rest/", {"text": "[[grades]\ncode = 1"}, "第1行第9列：标题的方括号没有配对"),
        ("rest/", {"text": "[[items]]\ncode = 1"}, "这些内容不在这里编辑：考核项"),
    ],
)  # fmt: skip
@DRAFTED
def test_what_is_wrong_in_the_notation_is_said_in_chinese(
    year: Year, address: str, told: dict[str, str], said: str
) -> None:
    page_ = post(year.chen, address, 422, **{**told, "version": draft_of(year).version})
    faults = faults_shown(page_).split("</div>")[0]
    assert said in faults
    for english in ("Expected", "Unclosed", "Invalid", "line ", "column", "points", "items"):
        assert english not in faults


def test_a_fault_of_the_draft_is_named_in_the_words_of_the_page(year: Year) -> None:
    items = [dict(one) for one in scheme().document["items"]]
    items[1].pop("points")
    year.drafted({**scheme().document, "items": items})
    said = page(year.chen)
    assert "请填写该项的“分值”" in said
    assert "items[1]" not in said


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh-hans", "请在该项的“评分标准（文字）”中"),
        ("en", "write it under Rule in words of the item"),
    ],
)
def test_an_item_without_a_rule_is_asked_for_one_in_words(
    year: Year, lang: str, words: str
) -> None:
    items = [dict(one) for one in scheme().document["items"]]
    at = next(at for at, one in enumerate(items) if "rule" in one)
    del items[at]["rule"]
    year.drafted({**scheme().document, "items": items})
    for path in (OF, f"{OF}items/{items[at]['code']}/"):
        said = as_(year.chen).get(path, headers={"accept-language": lang}).text
        assert words in said
        assert "15 * rate" not in said


def _grades(year: Year, **told: object) -> dict[str, object]:
    """What the form of the grades sends, changed."""
    form = as_(year.chen).get(f"{OF}grades/").context["form"]
    sent = {one.name: one.value() or "" for one in form if one.value()}
    return {**sent, **told}


def test_grades_are_edited_in_a_form_and_the_rest_of_them_stays(year: Year) -> None:
    grades = [
        {"code": "excellent", "title": {"zh": "优秀"}, "at_least": 90, "quota": {"share": "50%", "ties": "in"}},
        {"code": "pass", "title": {"zh": "合格"}},
    ]  # fmt: skip
    year.drafted({**scheme().document, "grades": grades})
    post(
        year.chen,
        "grades/",
        **_grades(year, points_0="85.5", title_zh_2="良好", points_2="70", place_1=3, place_2=2),
    )
    assert draft_of(year).document["grades"] == [
        {**grades[0], "at_least": "85.5"},
        {"code": "good", "title": {"zh": "良好"}, "at_least": 70},
        grades[1],
    ]


@DRAFTED
def test_gaps_and_overlaps_of_grades_are_named_all_at_once_and_nothing_is_saved(year: Year) -> None:
    before = draft_of(year).content_hash
    told = {"title_zh_0": "优秀", "points_0": "90", "title_zh_1": "良好", "points_1": "95",
            "title_zh_2": "中等", "title_zh_3": "合格", "points_3": "60", "points_2": ""}  # fmt: skip
    said = post(year.chen, "grades/", 422, **_grades(year, **told))
    for words in ("重叠：“良好”", "“中等”没有分数线和名额", "缺档：“合格”"):
        assert words in said
    assert draft_of(year).content_hash == before


@DRAFTED
def test_grades_are_edited_in_notation_and_other_parts_are_not_lost(year: Year) -> None:
    before = dict(draft_of(year).document)
    text = as_(year.chen).get(f"{OF}rest/").context["form"]["text"].value()
    post(
        year.chen,
        "rest/",
        text=text.replace("at_least = 90", "at_least = 85"),
        version=draft_of(year).version,
    )
    now = draft_of(year).document
    assert now["grades"][0]["at_least"] == 85
    assert {**now, "grades": before["grades"]} == before


def test_units_and_bodies_are_chosen_from_the_organisations(year: Year) -> None:
    document = dict(scheme().document)
    year.bank = organisation("bank", "某银行", "bank", year.province)
    year.drafted({**document, "bodies": {**document["bodies"], "x": {"zh": "某局"}}, "units": []})
    post(
        year.chen,
        "units/",
        units=[year.guangzhou.pk, year.jiangmen.pk],
        version=draft_of(year).version,
    )
    assert [one["code"] for one in draft_of(year).document["units"]] == ["440100", "440700"]
    form = as_(year.chen).get(f"{OF}bodies/").context["form"]
    post(
        year.chen,
        "bodies/",
        **{f"body_{form.codes.index('x')}": year.bank.pk},
        version=draft_of(year).version,
    )
    assert draft_of(year).document["bodies"]["bank"] == {"zh": "某银行", "en": "bank"}
    assert "x" not in draft_of(year).document["bodies"]


def test_the_units_themselves_may_be_chosen_in_the_place_of_a_body(year: Year) -> None:
    document = deepcopy(dict(scheme().document))
    document["bodies"]["x"] = {"zh": "各市政府"}  # type: ignore[index]
    (row,) = (one for one in document["inputs"] if one["code"] == "closed_in_time")  # type: ignore[attr-defined]
    row["supplying_body"] = "x"
    year.drafted(document)
    assert '<option value="units">各单位自报</option>' in page(year.chen, "bodies/")
    form = as_(year.chen).get(f"{OF}bodies/").context["form"]
    told = {f"body_{form.codes.index('x')}": "units", "version": draft_of(year).version}
    post(year.chen, "bodies/", **told)
    changed = draft_of(year).document
    assert changed["bodies"]["units"] == {"zh": "各单位自报", "en": "the units themselves"}
    (row,) = (one for one in changed["inputs"] if one["code"] == "closed_in_time")
    assert row["supplying_body"] == "units"
    assert "由被考核单位自报" in page(year.chen)
    assert '<option value="units" selected>各单位自报</option>' in page(year.chen, "bodies/")
    form = as_(year.chen).get(f"{OF}items/A1/").context["form"]
    choices = [form.fields[name].choices for name in ("supplying_body", "scoring_body")]
    assert ["units" in [code for code, _ in one] for one in choices] == [True, False]


@pytest.mark.parametrize(
    "address",
    [
        "items/A1/",
        "items/new/",
        "inputs/trained/",
        "bodies/",
        "units/",
        "grades/",
        "rest/",
        "import/",
    ],
)
@DRAFTED
def test_only_the_office_changes_the_draft(year: Year, address: str) -> None:
    for who in (year.tan, year.li, year.zhao):
        assert as_(who).get(f"{OF}{address}").status_code == 403
        assert as_(who).post(f"{OF}{address}").status_code == 403


@DRAFTED
def test_what_is_out_is_not_edited(year: Year) -> None:
    year.move(StageMove.SEND_OUT)
    assert as_(year.chen).get(f"{OF}items/A1/").status_code == 409


@DRAFTED
def test_points_that_words_leave_to_a_person_are_given_by_who_scores(year: Year) -> None:
    told = {
        **ITEM,
        "words": "由评审组评分，最高10分",
        "rule": "",
        "version": draft_of(year).version,
    }
    saved = as_(year.chen).post(f"{OF}items/A1/", told, follow=True)
    assert "由评分单位评定，不由数据来源单位报送" in saved.content.decode()
    inputs = {one["code"]: one for one in draft_of(year).document["inputs"]}
    judged = inputs["按期办结_评定分"]
    assert (judged["judged"], judged.get("supplying_body")) == (True, None)
    told |= {"words": "每缺1次扣1分", "version": draft_of(year).version}
    post(year.chen, "items/A1/", **told)
    inputs = {one["code"]: one for one in draft_of(year).document["inputs"]}
    supplied = inputs["按期办结_缺少数"]
    assert (supplied.get("judged"), supplied["supplying_body"]) == (None, "market")


@DRAFTED
def test_whether_a_figure_is_judged_or_supplied_by_the_same_body_is_chosen(year: Year) -> None:
    told = {
        "code": "plan_points", "title_zh": "方案质量评定分", "type": "number", "beside": "",
        "supplying_body": ["team"], "version": draft_of(year).version,
    }  # fmt: skip
    post(year.chen, "inputs/plan_points/", **told)
    assert _way_of_plan_points(page(year.chen)) == "由数据来源单位报送 考核工作组"
    told |= {"judged": "on", "version": draft_of(year).version}
    post(year.chen, "inputs/plan_points/", **told)
    assert "不能同时写" in page(year.chen, "inputs/plan_points/")
    told |= {"supplying_body": [], "version": draft_of(year).version}
    post(year.chen, "inputs/plan_points/", **told)
    assert _way_of_plan_points(page(year.chen)) == "由评分单位评定 考核工作组"


def _way_of_plan_points(page: str) -> str:
    row = page[page.index("方案质量评定分</a>") :]
    return " ".join(re.findall("由[^<]*报送|由[^<]*评定|考核工作组", row[: row.index("</tr>")]))


@DRAFTED
def test_what_case_files_give_is_chosen_on_the_page_of_the_figure(year: Year) -> None:
    form = as_(year.chen).get(f"{OF}inputs/file_points/").context["form"]
    assert (form.initial["case_files"], form.initial["case_file_types"]) == ("mean_points", [])
    told = {
        "code": "file_points", "title_zh": "评查得分", "type": "number", "beside": "", "judged": "on",
        "case_files": "mean_points", "case_file_types": ["trademark"], "version": draft_of(year).version,
    }  # fmt: skip
    post(year.chen, "inputs/file_points/", **told)
    (row,) = (one for one in draft_of(year).document["inputs"] if one["code"] == "file_points")
    assert row["case_files"] == {"give": "mean_points", "types": ["trademark"]}
    assert "由案卷评查得出（案卷平均分（trademark）），由评分单位评定" in page(year.chen)
    post(
        year.chen,
        "inputs/file_points/",
        **told | {"case_files": "defect_rate", "version": draft_of(year).version},
    )
    assert "案卷缺陷率是" in page(year.chen, "inputs/file_points/")
    told |= {"case_files": "", "version": draft_of(year).version}
    answer = as_(year.chen).post(f"{OF}inputs/file_points/", told)
    assert "没有选由案卷评查得出的是什么" in answer.content.decode()


@DRAFTED
def test_every_body_of_the_office_can_be_chosen_and_is_then_the_schemes(year: Year) -> None:
    organisation("reviewers", "专家评审组", "experts", year.province)
    organisation("in-a-city", "广州市市场监管局", "department", year.guangzhou)
    form = as_(year.chen).get(f"{OF}items/A1/").context["form"]
    offered = {code for code, _title in form.fields["scoring_body"].choices}
    assert "reviewers" in offered
    assert "in-a-city" not in offered
    told = {**ITEM, "scoring_body": "reviewers", "words": "", "version": draft_of(year).version,
            "rule": '{ ladder = "closed_in_time", steps = [[">= 90%", 40], ["< 90%", 0]] }'}  # fmt: skip
    post(year.chen, "items/A1/", **told)
    document = draft_of(year).document
    assert document["bodies"]["reviewers"]["zh"] == "专家评审组"
    assert "专家评审组" in page(year.chen)


@DRAFTED
def test_a_figure_that_no_rule_uses_is_said_to_be_unused(year: Year) -> None:
    assert "没有规则用到" not in page(year.chen)
    told = {**ITEM, "words": "每缺1次扣1分", "rule": "", "version": draft_of(year).version}
    post(year.chen, "items/A1/", **told)
    assert "没有规则用到" in page(year.chen)


@DRAFTED
def test_every_figure_has_its_type_and_its_unit_of_measure_on_the_page(year: Year) -> None:
    """Whoever approves a scheme sees which figures are held to whole numbers."""
    table = page(year.chen).split('id="inputs"')[1].split("</table>")[0]
    rows = [re.findall("(?s)<t[hd][^>]*>(.*?)</t[hd]>", row) for row in table.split("<tr>")[1:]]
    assert rows[0][1] == "类型和单位"
    said = {row[0].split('class="soft">')[1].split("<")[0]: row[1] for row in rows[1:]}
    assert re.sub("<[^>]+>", "", said["trained"]) == "数量 人次"
    assert (said["closed_in_time"], said["plan_points"]) == ("比例", "数值")


@DRAFTED
def test_who_deletes_what_another_changed_meanwhile_is_told(year: Year) -> None:
    seen = draft_of(year).version
    post(year.chen, "items/A/move/down/", version=seen)
    post(year.qian, "items/A1/delete/", 409, version=seen)
    assert len(draft_of(year).document["items"]) == 6


@DRAFTED
def test_the_page_of_a_large_scheme_asks_no_more(
    year: Year, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_(year.chen)
    client.get(OF)
    with CaptureQueriesContext(connection) as few:
        client.get(OF)
        asked = len(few)
    document = dict(scheme().document)
    more = [
        {**document["items"][-1], "code": f"C{at}", "points": 1, "rule": {"points": "full"}}
        for at in range(60)
    ]
    year.drafted({**document, "items": [*document["items"], *more]})
    with django_assert_max_num_queries(asked):
        assert client.get(OF).status_code == 200


@DRAFTED
def test_the_steps_are_set_while_drafting_alone(year: Year) -> None:
    told = {
        "form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0, "form-0-title_zh": "负责人签发",
        "form-0-role": "office_head", "form-0-at_office": "on", "form-1-title_zh": "",
        "form-1-role": "auditor",
    }  # fmt: skip
    seen = as_(year.chen).get(f"{OF}steps/scheme/").context["seen"]
    post(year.chen, "steps/scheme/", **told, seen=seen)
    assert [one.title_zh for one in year.assessment.steps.filter(subject="scheme")] == [
        "负责人签发"
    ]
    late = post(year.qian, "steps/scheme/", 409, **told, seen=seen)
    assert "步骤已被改动" in late, late[late.index("<main") :][:1500]
    year.move(StageMove.SEND_OUT)
    seen = as_(year.chen).get(f"{OF}steps/scheme/").context["seen"]
    post(year.chen, "steps/scheme/", 409, **told, seen=seen)


# --- grades and vetoes in words -----------------------------------------------------------------

VERDICTS = {
    "grades": [
        {"code": "excellent", "title": {"zh": "优秀", "en": "Excellent"}, "at_least": 90,
         "quota": {"share": "15%", "ties": "in"}},
        {"code": "good", "title": {"zh": "良好", "en": "Good"}, "at_least": 80},
        {"code": "fail", "title": {"zh": "不合格", "en": "Fail"}},
    ],
    "vetoes": [
        {"code": "v1", "title": {"zh": "提供虚假材料", "en": "False material"},
         "when": "forged_items > 0", "then": {"lower_by": 1}},
    ],
}  # fmt: skip
COUNTED = {"code": "forged_items", "title": {"zh": "造假指标数"}, "type": "count"}
IN_WORDS = (
    "90分（含）以上；名额不超过15%，并列的一并计入", "80分（含）以上", "其余",
    "提供虚假材料", "材料经认定造假的，降低1个等次。",
)  # fmt: skip


def _english(who: Account, address: str) -> str:
    client = Client(headers={"accept-language": "en"})
    client.force_login(who)
    answer = client.get(f"{OF}{address}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_grades_and_vetoes_are_in_words_wherever_the_scheme_is_read_commented_on_or_approved(
    year: Year,
) -> None:
    plain = scheme().document
    year.drafted({**plain, **VERDICTS, "inputs": [*plain["inputs"], COUNTED]})
    shown = [page(year.chen), page(year.chen, "versions/1/")]
    year.move(StageMove.SEND_OUT)
    shown.append(page(year.tan, "comments/new/"))
    year.now += timedelta(60)
    year.move(StageMove.CLOSE_COMMENTS)
    shown.append(page(year.zhao, "approval/"))
    for said in shown:
        for words in IN_WORDS:
            assert words in said
    english = _english(year.zhao, "approval/")
    for words in ("from 90 points; for at most 15% of the units, ties all get it", "all the rest",
                  "If material was found to be forged: lowered by a grade."):  # fmt: skip
        assert words in english


def test_that_a_scheme_has_no_veto_and_no_grades_is_said(year: Year) -> None:
    document = {name: part for name, part in scheme().document.items() if name not in VERDICTS}
    year.drafted(document)
    said = page(year.chen)
    assert "未设等次" in said
    assert "未设一票否决" in said


def test_a_draft_whose_work_is_not_divided_does_not_go_out_for_comments(year: Year) -> None:
    plain = scheme().document
    year.drafted({**plain, "inputs": [
        {name: value for name, value in one.items() if name != "supplying_body"}
        for one in plain["inputs"]
    ]})  # fmt: skip
    with pytest.raises(Refused) as refused:
        year.move(StageMove.SEND_OUT)
    assert [one.code for one in refused.value.refusals] == ["no_supplying_body"]
    assert year.assessment.stage == Stage.DRAFTING


@DRAFTED
def test_words_count_though_a_browser_ends_the_lines_of_the_notation_otherwise(year: Year) -> None:
    told = {**ITEM, "rule": "", "words": "达到90天的得满分，每少10天扣0.5分，不足10天的不计"}
    post(year.chen, "items/A1/", **told, version=draft_of(year).version)
    rule = as_(year.chen).get(f"{OF}items/A1/").context["form"].initial["rule"]
    assert "\n" in rule
    told |= {"rule": rule.replace("\n", "\r\n"), "words": "每缺1次扣1分，扣完为止"}
    post(year.chen, "items/A1/", **told, version=draft_of(year).version)
    items = {one["code"]: one for one in draft_of(year).document["items"]}
    assert items["A1"]["rule"][1]["each"] == 1
