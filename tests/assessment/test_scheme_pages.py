"""The scheme as pages: seen, edited, imported, tried, commented on, approved, amended."""

from __future__ import annotations

import io
import re
from copy import deepcopy
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from steelyard.assessment.actions.schemes import draft
from steelyard.assessment.models import Approval, Assessment, Comment, SchemeVersion
from steelyard.assessment.queries.assessments import issued, under_way
from steelyard.assessment.rules.schemes.imported import readings_as_plain
from steelyard.assessment.rules.states import Stage, StageMove
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refused
from steelyard.people.models import Account
from steelyard.scheme.office import Reading
from steelyard.scheme.write import scheme_toml
from steelyard.trail.models import Entry
from tests.assessment.frozen_year import scored
from tests.assessment.past import weighed
from tests.assessment.year import Year, scheme, year_at
from tests.once import copy_for, world_of
from tests.supply.office import organisation

pytestmark = pytest.mark.django_db
OF = "/assessments/2021/scheme/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def opened() -> Year:
    return year_at(Stage.DRAFTING)


def with_a_draft() -> Year:
    found = opened()
    found.drafted()
    return found


def out_for_comments() -> Year:
    found = with_a_draft()
    answer = as_(found.chen).post(
        "/assessments/2021/move/send_out/",
        {"seen": found.assessment.version, "days_to_comment": 10},
    )
    assert answer.status_code == 302
    found.assessment.refresh_from_db()
    return found


drafted = world_of(with_a_draft)
out = world_of(out_for_comments)
collecting = world_of(lambda: year_at(Stage.COLLECTING))
DRAFTED = pytest.mark.usefixtures("drafted")
OUT = pytest.mark.usefixtures("out")
COLLECTING = pytest.mark.usefixtures("collecting")


@pytest.fixture
def year(request: pytest.FixtureRequest) -> Year:
    return copy_for(request, opened)


def page(who: Account, address: str = "", **told: object) -> str:
    answer = as_(who).get(f"{OF}{address}", told)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def as_(who: Account) -> Client:
    client = Client()
    client.force_login(who)
    return client


def post(who: Account, address: str, status: int = 302, **told: object) -> str:
    answer = as_(who).post(f"{OF}{address}", told)
    said = answer.content.decode()
    assert answer.status_code == status, (answer.status_code, _faults(said))
    return said


def _faults(page: str) -> str:
    at = page.find('class="faults"')
    return page[at : at + 1500] if at >= 0 else page[-1500:]


def draft_of(year: Year) -> SchemeVersion:
    found = under_way(year.assessment)
    assert found is not None
    return found


ITEM = {
    "code": "A1", "title_zh": "按期办结", "title_en": "Closed in time", "parent": "A", "kind": "",
    "points": "40", "supplying_body": "market", "scoring_body": "team", "material_zh": "案件台账",
    "material_en": "register of cases", "beside": "",
}  # fmt: skip


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
    faults = _faults(page_).split("</div>")[0]
    assert said in faults
    for english in ("Expected", "Unclosed", "Invalid", "line ", "column", "points", "items"):
        assert english not in faults


def test_a_fault_of_the_draft_is_named_in_the_words_of_the_page(year: Year) -> None:
    items = [dict(one) for one in scheme().document["items"]]
    items[1].pop("points")
    year.drafted({**scheme().document, "items": items})
    said = page(year.chen)
    assert "请写“分值”" in said
    assert "items[1]" not in said


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


# --- imported and exported -----------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["xlsx", "docx", "toml"])
@DRAFTED
def test_what_is_exported_is_imported_again(year: Year, kind: str) -> None:
    before = draft_of(year).document
    file = as_(year.chen).get(f"{OF}versions/1/export/?as={kind}")
    assert file.status_code == 200
    sent = SimpleUploadedFile(f"scheme.{kind}", b"".join(file) if file.streaming else file.content)
    imported_over_a_draft(year, sent)
    now = draft_of(year).document
    assert [one["code"] for one in now["items"]] == [one["code"] for one in before["items"]]
    assert [one.get("rule") for one in now["items"]] == [one.get("rule") for one in before["items"]]
    assert draft_of(year).unread == []


def imported_over_a_draft(year: Year, file: SimpleUploadedFile) -> None:
    """Read a file, and confirm that it takes the draft's place where that is asked."""
    answer = as_(year.chen).post(f"{OF}import/", {"file": file, "version": draft_of(year).version})
    if answer.status_code == 302:
        return
    assert answer.status_code == 200
    post(year.chen, "import/", **answer.context["form"].initial)


def _table(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return SimpleUploadedFile("2021年考核表.xlsx", kept.getvalue())


TABLE = (
    ("一级指标", "二级指标", "分值", "评分标准", "数据来源单位", "评分单位"),
    ("执法", "办案", 60, "视情节严重程度处理", "市场局", "工作组"),
    ("执法", "培训", 40, "每缺1次扣5分，扣完为止", "市场局", "工作组"),
)


def _titled(title: str) -> SimpleUploadedFile:
    return _table((title,), *TABLE)


def official(year: Year) -> None:
    Assessment.objects.filter(pk=year.assessment.pk).update(sample=False)
    year.assessment.refresh_from_db()


def readings_of(year: Year) -> list[str]:
    return [one["zh"] for one in draft_of(year).readings]


@pytest.mark.parametrize(
    ("title", "chosen", "label", "is_to_confirm"),
    [
        ("2021年度考核细则", "", "official", True),
        ("2021年度考核细则", "official", "official", False),
        ("2021年度考核细则", "sample", "sample", False),
        ("2021年度考核细则（样本）", "", "sample", False),
        ("2021年度考核细则（样本）", "official", "official", False),
    ],
)
def test_whether_a_table_is_official_or_a_sample_is_a_choice(
    year: Year, title: str, chosen: str, label: str, is_to_confirm: bool
) -> None:
    assert year.assessment
    official(year)
    told = {"file": _titled(title), "version": 0, "kind_of_scheme": chosen}
    assert as_(year.chen).post(f"{OF}import/", told).status_code == 302
    assert draft_of(year).document["label"] == label
    assert any("按正式细则读" in one for one in readings_of(year)) is is_to_confirm


def test_the_scheme_of_a_sample_assessment_is_one_and_nobody_is_asked(year: Year) -> None:
    assert year.assessment.sample
    assert "kind_of_scheme" not in as_(year.chen).get(f"{OF}import/").text
    told = {"file": _titled("2021年度考核细则"), "version": 0, "kind_of_scheme": "official"}
    assert as_(year.chen).post(f"{OF}import/", told).status_code == 302
    assert draft_of(year).document["label"] == "sample"
    assert not [one for one in readings_of(year) if "按正式细则读" in one]


def test_a_sample_file_says_where_to_choose_otherwise(year: Year) -> None:
    assert year.assessment
    official(year)
    told = {"file": _titled("2021年度考核细则（样本）"), "version": 0}
    page = as_(year.chen).post(f"{OF}import/", told, follow=True).text
    assert "请重新读入并选择“正式细则”" in page
    assert "label" not in page.split("请重新读入")[0][-200:]


@pytest.mark.parametrize(("title", "is_told"), [("2022年度考核细则", True), ("2021年度考核细则", False), ("考核细则", False)])  # fmt: skip
def test_a_table_of_another_year_is_to_be_confirmed(year: Year, title: str, is_told: bool) -> None:
    assert year.assessment
    answer = as_(year.chen).post(f"{OF}import/", {"file": _titled(title), "version": 0})
    assert answer.status_code == 302
    told = [one for one in readings_of(year) if "没有取错文件" in one]
    assert bool(told) is is_told
    if told:
        assert "写的是2022年，本次考核的期间是2021-01-01至2021-12-31" in told[0]
    assert draft_of(year).document["period"] == {"starts": "2021-01-01", "ends": "2022-01-01"}


@DRAFTED
def test_a_draft_is_replaced_only_once_that_is_confirmed(year: Year) -> None:
    before, version = draft_of(year).document, draft_of(year).version
    asked = as_(year.chen).post(f"{OF}import/", {"file": _table(*TABLE), "version": version})
    said = asked.content.decode()
    assert asked.status_code == 200
    assert (draft_of(year).document, draft_of(year).version) == (before, version)
    for words in ("按期办结", "培训", "1个单元格没有读懂", "?as=toml"):
        assert words in said
    taken_away = as_(year.chen).get(f"{OF}versions/1/export/?as=toml")
    former = SimpleUploadedFile("scheme.toml", taken_away.content)
    post(year.chen, "import/", **asked.context["form"].initial)
    assert [one["text"] for one in draft_of(year).unread] == ["视情节严重程度处理"]
    assert draft_of(year).source_name == "2021年考核表.xlsx"
    imported_over_a_draft(year, former)
    assert draft_of(year).document == {**before, "code": "2021"}


@DRAFTED
def test_a_draft_is_not_replaced_by_an_empty_one_unasked(year: Year) -> None:
    before = draft_of(year).document
    asked = as_(year.chen).post(
        f"{OF}begin/", {"begin_with": "", "version": draft_of(year).version}
    )
    assert asked.status_code == 200
    assert draft_of(year).document == before
    post(year.chen, "import/", **asked.context["form"].initial)
    assert draft_of(year).document["items"] == []


@DRAFTED
def test_what_is_confirmed_late_or_was_altered_replaces_nothing(year: Year) -> None:
    version = draft_of(year).version
    asked = as_(year.chen).post(f"{OF}import/", {"file": _table(*TABLE), "version": version})
    sent = asked.context["form"].initial
    post(year.chen, "import/", 409, version=version, read=f"x{sent['read']}")
    edited = {**ITEM, "words": "每缺1次扣0.5分，扣完为止", "rule": "", "version": version}
    post(year.chen, "items/A1/", **edited)
    mended = draft_of(year).document
    post(year.chen, "import/", 409, **sent)
    assert draft_of(year).document == mended


def test_a_cell_that_is_not_understood_is_listed_until_it_is_mended(year: Year) -> None:
    table = _table(
        ("一级指标", "二级指标", "分值", "评分标准", "数据来源单位", "评分单位"),
        ("执法", "办案", 60, "视情节严重程度处理", "市场局", "工作组"),
        ("执法", "培训", 40, "每缺1次扣5分，扣完为止", "市场局", "工作组"),
    )
    post(year.chen, "import/", file=table, version=0)
    version = draft_of(year)
    assert [one["text"] for one in version.unread] == ["视情节严重程度处理"]
    assert "视情节严重程度处理" in page(year.chen)
    with pytest.raises(Exception, match="unsound_scheme"):
        year.move(StageMove.SEND_OUT)
    item = version.unread[0]["item"]
    assert item
    told = as_(year.chen).get(f"{OF}items/{item}/")
    assert "视情节严重程度处理" in told.content.decode()
    form = told.context["form"]
    sent = {name: field.value() or "" for name, field in zip(form.fields, form, strict=True)}
    post(year.chen, f"items/{item}/", **{**sent, "words": "每缺1次扣5分，扣完为止"})
    assert draft_of(year).unread == []


def test_a_table_that_names_no_year_has_the_period_and_the_name_of_the_assessment(
    year: Year,
) -> None:
    table = _table(
        ("一级指标", "二级指标", "分值", "评分标准", "数据来源单位", "评分单位"),
        ("执法", "办案", 60, "每缺1次扣5分，扣完为止", "市场局", "工作组"),
        ("执法", "培训", 40, "每缺1次扣5分，扣完为止", "市场局", "工作组"),
    )
    table.name = "t200.xlsx"
    post(year.chen, "import/", file=table, version=0)
    version = draft_of(year)
    assert version.unread == []
    assert version.document["period"] == {"starts": "2021-01-01", "ends": "2022-01-01"}
    said = page(year.chen)
    assert "scheme.toml" not in said
    assert "t200" not in said.partition("<main")[2]


def test_bodies_of_the_table_are_the_organisations_of_their_names(year: Year) -> None:
    organisation("twin", "双生局", "department", year.province)
    organisation("other-twin", "双生局", "department", year.province)
    table = _table(
        ("一级指标", "二级指标", "分值", "评分标准", "数据来源单位", "评分单位"),
        ("执法", "办案", 60, "每缺1次扣5分，扣完为止", "省市场监督管理局", "考核 工作组"),
        ("执法", "培训", 40, "每缺1次扣5分，扣完为止", "双生局", "省局"),
    )
    post(year.chen, "import/", file=table, version=0)
    document = draft_of(year).document
    assert set(document["bodies"]) == {"market", "team", "双生局", "省局"}
    assert [one.get("supplying_body") for one in document["inputs"]] == ["market", "双生局"]
    assert [one["zh"] for one in draft_of(year).readings if "对应" in one["zh"]] == [
        "单位“考核 工作组”按机构“考核工作组”（team）对应（请确认）"
    ]
    said = page(year.chen)
    for words in ("没有这个名称的机构", "有几个机构都叫这个名称", "请选定是哪一个"):
        assert words in said
    form = as_(year.chen).get(f"{OF}bodies/").context["form"]
    chosen = {code: form.fields[f"body_{at}"].initial for at, code in enumerate(form.codes)}
    assert (chosen["market"], chosen["双生局"]) == (year.market, None)


def test_a_scheme_file_that_names_others_beside_it_reads_no_file_of_ours(year: Year) -> None:
    text = scheme_toml(dict(scheme().document)) + '\n[tables]\nunits = "/etc/passwd"\n'
    post(year.chen, "import/", file=SimpleUploadedFile("scheme.toml", text.encode()), version=0)
    assert "旁边的附表" in page(year.chen)
    post(year.chen, "unread/0/", version=draft_of(year).version)
    assert draft_of(year).unread == []


def test_a_file_that_is_no_table_is_refused(year: Year) -> None:
    said = post(year.chen, "import/", 422, file=SimpleUploadedFile("a.xlsx", b"nothing"), version=0)
    assert 'class="faults"' in said


def test_a_draft_begins_empty_with_the_cities_below(year: Year) -> None:
    post(year.chen, "begin/", begin_with="", version=0)
    assert [one["code"] for one in draft_of(year).document["units"]] == ["440100", "440700"]
    assert "错误" in page(year.chen)


# --- commented on --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "items", "bodies"),
    [
        ("en", ["all", "The whole", "A1 Closed in time"], ["all", "440100", "440700"]),
        ("zh-hans", ["全部", "总体", "A1 按期办结"], ["全部", "广州市", "江门市"]),
    ],
)
@OUT
def test_the_filters_of_comments_speak_the_reader_s_language(
    year: Year, lang: str, items: list[str], bodies: list[str]
) -> None:
    """The English names of the tests' organisations are their codes."""
    post(year.tan, "comments/new/", organisation=year.jiangmen.pk, item="A1", text="分值偏高")
    post(year.liang, "comments/new/", organisation=year.guangzhou.pk, item="", text="同意")
    client = Client(headers={"accept-language": lang})
    client.force_login(year.chen)
    said = client.get(f"{OF}comments/").text
    for name, wanted in (("item", items), ("organisation", bodies)):
        select = said.split(f'<select name="{name}"')[1].split("</select>")[0]
        assert re.findall(r"<option[^>]*>([^<]+)</option>", select) == wanted


@OUT
def test_comments_are_seen_by_their_own_and_the_office_until_they_close(year: Year) -> None:
    post(year.tan, "comments/new/", organisation=year.jiangmen.pk, item="A1", text="分值偏高")
    post(year.liang, "comments/new/", organisation=year.guangzhou.pk, item="", text="总体同意")
    assert "分值偏高" in page(year.tan, "comments/")
    assert "总体同意" not in page(year.tan, "comments/")
    said = page(year.chen, "comments/")
    assert "分值偏高" in said
    assert "总体同意" in said
    theirs = Comment.objects.get(item="A1")
    assert as_(year.liang).get(f"{OF}comments/{theirs.pk}/").status_code == 404
    for one in Comment.objects.all():
        post(
            year.chen,
            f"comments/{one.pk}/",
            what="answer",
            adopted="no",
            reason="依据文件规定",
            version=one.version,
        )
    post(year.li, "comments/none/")
    post(year.sun, "comments/none/")
    post(year.gu, "comments/none/")
    year.move(StageMove.CLOSE_COMMENTS)
    said = page(year.tan, "comments/")
    assert "总体同意" in said
    assert "依据文件规定" in said


@OUT
def test_comments_are_awaited_until_the_day_or_until_all_have_spoken(year: Year) -> None:
    with pytest.raises(Exception, match="comments_still_come"):
        year.move(StageMove.CLOSE_COMMENTS)
    for who in (year.tan, year.liang, year.li, year.sun, year.gu):
        post(who, "comments/none/")
    year.move(StageMove.CLOSE_COMMENTS)


@OUT
def test_a_comment_is_changed_and_withdrawn_by_its_own_alone(year: Year) -> None:
    post(year.tan, "comments/new/", organisation=year.jiangmen.pk, item="A1", text="分值偏高")
    one = Comment.objects.get()
    post(year.tan, f"comments/{one.pk}/", what="edit", text="分值过高", version=one.version)
    one.refresh_from_db()
    assert one.text == "分值过高"
    post(year.chen, f"comments/{one.pk}/", 403, what="edit", text="x", version=one.version)
    post(year.tan, f"comments/{one.pk}/", what="withdraw", version=one.version)
    one.refresh_from_db()
    assert one.state == "withdrawn"


@OUT
def test_a_body_comments_or_has_no_comments_and_not_both(year: Year) -> None:
    post(year.tan, "comments/none/")
    assert "comments/new/" not in page(year.tan, "comments/")
    said = post(
        year.tan, "comments/new/", 409, organisation=year.jiangmen.pk, item="A1", text="分值偏高"
    )
    assert "本单位已答复“无意见”" in said
    post(year.tan, "comments/none/", take_back=1)
    post(year.tan, "comments/new/", organisation=year.jiangmen.pk, item="A1", text="分值偏高")
    assert "本单位无意见" not in page(year.tan, "comments/")
    answer = as_(year.tan).post(f"{OF}comments/none/", follow=True)
    assert "本单位已提出1条意见，不能同时答复“无意见”" in answer.content.decode()
    one = Comment.objects.get()
    post(year.tan, f"comments/{one.pk}/", what="withdraw", version=one.version)
    post(year.tan, "comments/none/")
    assert "本单位已答复“无意见”。" in page(year.tan, "comments/")


@OUT
def test_whoever_withdraws_its_last_comment_is_waited_for_again(year: Year) -> None:
    for who in (year.liang, year.li, year.sun, year.gu):
        post(who, "comments/none/")
    post(year.tan, "comments/new/", organisation=year.jiangmen.pk, item="A1", text="分值偏高")
    one = Comment.objects.get()
    post(year.tan, f"comments/{one.pk}/", what="withdraw", version=one.version)
    with pytest.raises(Exception, match="comments_still_come"):
        year.move(StageMove.CLOSE_COMMENTS)
    post(year.tan, "comments/none/")
    year.move(StageMove.CLOSE_COMMENTS)


@OUT
def test_comments_are_taken_away_as_a_sheet(year: Year) -> None:
    post(year.tan, "comments/new/", organisation=year.jiangmen.pk, item="A1", text="分值偏高")
    file = as_(year.chen).get(f"{OF}comments/export/?item=A1")
    rows = list(load_workbook(io.BytesIO(file.content)).active.values)
    assert len(rows) == 2
    assert "分值偏高" in rows[1]
    none = as_(year.liang).get(f"{OF}comments/export/")
    assert len(list(load_workbook(io.BytesIO(none.content)).active.values)) == 1


# --- approved ------------------------------------------------------------------------------------


def test_whoever_approved_sees_that_it_was_changed_since(year: Year) -> None:
    year.at(Stage.CHECKED)
    first = draft_of(year)
    post(year.qian, "approval/", decision="approved", reason="", seen_hash=first.content_hash)
    post(year.qian, "approval/", decision="approved", reason="", seen_hash=first.content_hash)
    assert Approval.objects.count() == 1, "sent twice, the first answer stands"
    post(year.zhao, "approval/", 422, decision="returned", reason="", seen_hash=first.content_hash)
    post(
        year.zhao, "approval/", decision="returned", reason="分值不妥", seen_hash=first.content_hash
    )
    year.assessment.refresh_from_db()
    assert year.assessment.stage == Stage.DRAFTING
    told = {
        **ITEM,
        "points": "39",
        "words": "",
        "rule": '{ points = "full" }',
        "version": draft_of(year).version,
    }
    post(year.chen, "items/A1/", **told)
    year.move(StageMove.SEND_OUT)
    year.move(StageMove.CLOSE_COMMENTS)
    for address in ("", "approval/"):
        assert "您审签之后内容已被改动" in page(year.qian, address)
        assert "您审签之后内容已被改动" not in page(year.chen, address)
    said = page(year.qian, "approval/")
    assert "分值不妥" in said
    stale = post(
        year.qian, "approval/", 409, decision="approved", reason="", seen_hash=first.content_hash
    )
    assert "已被改动" in stale


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


# --- amended -------------------------------------------------------------------------------------


@COLLECTING
def test_an_amendment_is_proposed_shown_approved_and_issued_in_its_place(year: Year) -> None:
    post(year.chen, "amendment/", why="数据口径调整")
    version = draft_of(year)
    assert version.number == 2
    told = {
        **ITEM,
        "points": "40",
        "words": "",
        "rule": '{ ladder = "closed_in_time", steps = [[">= 90%", 40], ["< 90%", 0]] }',
        "version": version.version,
    }
    saved = as_(year.chen).post(f"{OF}items/A1/", told)
    assert (saved.status_code, saved.headers["Location"]) == (302, f"{OF}versions/2/")
    assert f"{OF}items/new/" in page(year.chen, "versions/2/")
    said = page(year.chen, "versions/2/differences/")
    assert "90%" in said
    assert "95%" in said
    assert as_(year.tan).get(f"{OF}versions/2/").status_code == 404
    post(year.chen, "amendment/check/", version=draft_of(year).version)
    assert "还没有走完审签" in post(
        year.chen, "amendment/issue/", 409, version=draft_of(year).version
    )
    for who in (year.qian, year.zhao):
        post(
            who, "approval/", decision="approved", reason="", seen_hash=draft_of(year).content_hash
        )
    post(year.chen, "amendment/issue/", version=draft_of(year).version)
    assert issued(year.assessment).number == 2
    assert SchemeVersion.objects.get(number=1).state == "replaced"
    assert "90%" in page(year.tan, "versions/2/differences/")
    assert Approval.objects.filter(subject_id=version.pk).count() == 2


def test_an_amendment_is_offered_to_the_office_alone_and_until_the_records_are_frozen(
    year: Year,
) -> None:
    offer = f'href="{OF}amendment/"'
    scored(year)
    assert offer in page(year.chen)
    assert offer not in page(year.tan)
    year.move(StageMove.FREEZE)
    assert offer not in page(year.chen)


@COLLECTING
def test_while_an_amendment_is_under_way_none_is_offered(year: Year) -> None:
    post(year.chen, "amendment/", why="数据口径调整")
    assert f'href="{OF}amendment/"' not in page(year.chen)


@COLLECTING
def test_what_an_amendment_would_make_untrue_is_refused_plainly(year: Year) -> None:
    post(year.chen, "amendment/", why="删去一项")
    told = {**ITEM, "words": "", "rule": '{ points = "full" }', "version": draft_of(year).version}
    post(year.chen, "items/A1/", **told)
    said = post(year.chen, "amendment/check/", 409, version=draft_of(year).version)
    assert "不能取消" in said
    post(year.chen, "amendment/drop/", version=draft_of(year).version)
    assert under_way(year.assessment) is None


# --- what waits, and last year -------------------------------------------------------------------


@OUT
def test_an_approval_and_an_open_comment_wait_for_whoever_it_is(year: Year) -> None:
    post(year.tan, "comments/new/", organisation=year.jiangmen.pk, item="A1", text="分值偏高")
    assert "有1条意见待处理" in as_(year.chen).get("/").content.decode()
    one = Comment.objects.get()
    post(
        year.chen,
        f"comments/{one.pk}/",
        what="answer",
        adopted="no",
        reason="依据",
        version=one.version,
    )
    for who in (year.liang, year.li, year.sun, year.gu):
        post(who, "comments/none/")
    year.move(StageMove.CLOSE_COMMENTS)
    assert "考核办审核" in as_(year.qian).get("/").content.decode()
    assert "考核办负责人签发" not in as_(year.zhao).get("/").content.decode()
    version = draft_of(year)
    post(year.qian, "approval/", decision="approved", reason="", seen_hash=version.content_hash)
    assert "考核办负责人签发" in as_(year.zhao).get("/").content.decode()
    assert "考核办审核" not in as_(year.qian).get("/").content.decode()


def test_a_draft_begins_with_the_scheme_of_the_year_before(year: Year) -> None:
    weighed(year, "2020", date(2020, 1, 1))
    before = SchemeVersion.objects.get(assessment__code="2020")
    post(year.chen, "begin/", begin_with=before.pk, version=0)
    document = draft_of(year).document
    assert document["period"] == {"starts": "2021-01-01", "ends": "2022-01-01"}
    assert document["code"] == "2021"
    assert document["title"]["zh"] == f"{year.assessment.title_zh}细则"
    assert before.document["title"] != document["title"]
    assert [one["code"] for one in document["items"]] == ["A", "A1", "A2", "B", "B1", "B2"]


@DRAFTED
def test_who_deletes_what_another_changed_meanwhile_is_told(year: Year) -> None:
    seen = draft_of(year).version
    post(year.chen, "items/A/move/down/", version=seen)
    post(year.qian, "items/A1/delete/", 409, version=seen)
    assert len(draft_of(year).document["items"]) == 6


@pytest.mark.parametrize("address", ["", "comments/", "approval/", "versions/1/trial/"])
@OUT
def test_a_page_asks_no_more_for_more_items_and_comments(
    year: Year, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    post(year.tan, "comments/new/", organisation=year.jiangmen.pk, item="A1", text="一")
    client = as_(year.chen)
    client.get(f"{OF}{address}")
    with CaptureQueriesContext(connection) as few:
        client.get(f"{OF}{address}")
        asked = len(few)
    for text in ("二", "三", "四"):
        post(year.tan, "comments/new/", organisation=year.jiangmen.pk, item="B1", text=text)
        post(year.liang, "comments/new/", organisation=year.guangzhou.pk, item="", text=text)
    with django_assert_max_num_queries(asked):
        client.get(f"{OF}{address}")


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


@pytest.mark.parametrize(
    "text",
    [
        "items = 3",
        "bodies = [1]",
        "items = [1, [2]]\nunits = 1",
        "inputs = [{}]\n[[items]]\nrule = 1",
        "period = 3",
    ],
)
def test_whatever_a_file_holds_the_draft_can_be_looked_at_and_mended(year: Year, text: str) -> None:
    sent = SimpleUploadedFile("scheme.toml", text.encode())
    post(year.chen, "import/", file=sent, version=0)
    for address in (
        "",
        "rest/",
        "bodies/",
        "units/",
        "items/new/",
        "inputs/new/",
        "versions/1/trial/",
        "approval/",
    ):
        page(year.chen, address)
    for kind in ("xlsx", "docx", "toml"):
        assert as_(year.chen).get(f"{OF}versions/1/export/?as={kind}").status_code in (200, 302)
    told = {
        **ITEM,
        "parent": "",
        "words": "",
        "rule": "",
        "supplying_body": [],
        "scoring_body": [],
        "version": draft_of(year).version,
    }
    post(year.chen, "items/new/", **told)


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


def test_a_reading_that_was_confirmed_is_listed_no_longer(year: Year) -> None:
    readings = [{"zh": f"第{one}行 按整10天计（请确认）", "en": f"row {one}"} for one in (3, 4)]
    version = draft(
        assessment=year.assessment.pk, document=scheme().document, by=year.chen.pk, now=year.now,
        readings=readings,
    )  # fmt: skip
    assert "文字读法有2处需要确认" in page(year.chen)
    post(year.chen, "unread/0/", what="reading", version=version.version)
    assert draft_of(year).readings == readings[1:]
    said = page(year.chen)
    assert "第3行 按整10天计" not in said
    assert "第4行 按整10天计" in said
    stale = {"what": "reading", "version": version.version}
    assert as_(year.chen).post(f"{OF}unread/0/", stale).status_code == 409
    gone = {"what": "reading", "version": draft_of(year).version}
    assert as_(year.chen).post(f"{OF}unread/7/", gone).status_code == 404


def read_as(year: Year, *kinds: str) -> SchemeVersion:
    """A draft with readings of these kinds, one a row of the table."""
    readings = [
        Reading(f"第{row}行：{kind}（请确认）", f"row {row}: {kind}", "", Text(kind, kind))
        for row, kind in enumerate(kinds, 3)
    ]
    return draft(
        assessment=year.assessment.pk, document=scheme().document, by=year.chen.pk, now=year.now,
        readings=readings_as_plain(readings),
    )  # fmt: skip


def test_readings_of_a_kind_are_confirmed_together_and_each_leaves_its_trace(year: Year) -> None:
    version = read_as(year, "由评分单位评定", "按整10天计", "由评分单位评定", "由评分单位评定")
    said = page(year.chen)
    assert "确认以上同类3条" in said
    assert "确认以上同类1条" not in said
    assert said.index("第6行") < said.index("确认以上同类3条") < said.index("第4行")
    post(year.chen, "unread/0/", what="alike", version=version.version)
    assert [one["zh"] for one in draft_of(year).readings] == ["第4行：按整10天计（请确认）"]
    trace = Entry.objects.filter(
        table_name="assessment_schemeversion", row_id=version.pk, action="edit_scheme"
    )
    assert [(one.actor, len(one.after["readings"])) for one in trace.order_by("id")] == [
        (year.chen.pk, left) for left in (3, 2, 1)
    ]
    assert "同类" not in page(year.chen)


def test_of_two_who_confirm_the_same_kind_the_second_is_shown_what_the_first_did(
    year: Year,
) -> None:
    version = read_as(year, "由评分单位评定", "由评分单位评定", "按整10天计")
    stale = {"what": "alike", "version": version.version}
    assert as_(year.qian).post(f"{OF}unread/1/", stale).status_code == 302
    assert as_(year.chen).post(f"{OF}unread/0/", stale).status_code == 409
    assert [one["zh"] for one in draft_of(year).readings] == ["第5行：按整10天计（请确认）"]


@DRAFTED
def test_readings_of_a_row_fall_away_once_it_is_worded_anew_and_new_ones_take_their_place(
    year: Year,
) -> None:
    told = {**ITEM, "rule": "", "words": "每超过10天扣1分", "version": draft_of(year).version}
    post(year.chen, "items/A1/", **told)
    said = page(year.chen)
    assert "A1 按期办结：不足10天的部分没有写，按比例计" in said
    told |= {"title_zh": "按期", "version": draft_of(year).version}
    post(year.chen, "items/A1/", **told)
    assert "不足10天的部分没有写，按比例计" in page(year.chen)
    told |= {"words": "每超过10天扣2分，不足10天的不计", "version": draft_of(year).version}
    post(year.chen, "items/A1/", **told)
    assert "不足10天的部分没有写，按比例计" not in page(year.chen)


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


NOTE = {"zh": "逾期报送的每日扣0.5分；不涉及的项目折算。", "en": "Half a point a day late."}


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_what_a_scheme_notes_of_the_whole_is_read_by_whoever_comments_and_approves(
    lang: str,
) -> None:
    year = Year(document={**scheme().document, "note": NOTE})
    year.at(Stage.COMMENTS)
    said = NOTE["zh"] if lang == "zh-hans" else NOTE["en"]
    assert said in _in(lang, year.tan, OF)
    year.move(StageMove.CLOSE_COMMENTS)
    assert said in _in(lang, year.zhao, f"{OF}approval/")


def _in(lang: str, who: Account, address: str) -> str:
    client = Client(headers={"accept-language": lang})
    client.force_login(who)
    return client.get(address).content.decode()
