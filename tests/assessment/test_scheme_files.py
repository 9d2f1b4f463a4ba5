"""A draft from a file: imported, replaced, begun with last year's; what was read into its words, confirmed."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from steelyard.assessment.actions.schemes import draft
from steelyard.assessment.models import Assessment, SchemeVersion
from steelyard.assessment.rules.schemes.imported import readings_as_plain
from steelyard.assessment.rules.states import StageMove
from steelyard.kernel.bilingual import Text
from steelyard.scheme.office import Reading
from steelyard.scheme.write import scheme_toml
from steelyard.trail.models import Entry
from tests.assessment.past import weighed
from tests.assessment.scheme_pages import ITEM, OF, as_, draft_of, opened, page, post, with_a_draft
from tests.assessment.year import Year, scheme
from tests.once import copy_for, world_of
from tests.supply.office import organisation

pytestmark = pytest.mark.django_db


drafted = world_of(with_a_draft)
DRAFTED = pytest.mark.usefixtures("drafted")


@pytest.fixture
def year(request: pytest.FixtureRequest) -> Year:
    return copy_for(request, opened)


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


def test_no_two_fields_of_the_page_of_beginnings_share_a_name_for_their_labels(year: Year) -> None:
    assert year.assessment
    official(year)
    ids = re.findall(' id="([^"]+)"', as_(year.chen).get(f"{OF}import/").text)
    assert [one for one in ids if "kind_of_scheme" in one]
    assert sorted(ids) == sorted(set(ids))
