"""Tables as offices write them: merged cells, totals, sections, notes below, Word."""

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from steelyard.kernel.faults import Faulty
from steelyard.scheme.office import import_table
from steelyard.scheme.office.headings import role_of

HEAD = ["一级指标", "二级指标", "三级指标", "分值", "评分标准", "数据来源", "责任单位", "佐证材料"]
ROWS = [
    [
        "案件办理（20分）",
        "行政案件",
        "结案率",
        10,
        "≥90%得10分，80%（含）—90%得8分，低于80%不得分。",
        "法院",
        "市场局",
        "导出表",
    ],
    [
        None,
        None,
        "公开率",
        10,
        "达到100%得满分，每少1个百分点扣0.5分，扣完为止。",
        "法院、检察院",
        "市场局",
        None,
    ],
    ["机制建设", "组织领导", "联席会议", 5, "建立的得5分，未建立的不得分。", None, None, None],
    ["加分项", None, "经验推广", 3, "每被推广1次加1分，最高加3分。", None, None, None],
    ["合计", None, None, 25, None, None, None, None],
    ["一票否决：发生重大侵权事件的，不得评为优秀。", None, None, None, None, None, None, None],
]
MERGED = ["A1:H1", "A3:A4", "B3:B4", "A8:H8"]


def workbook(path, rows=ROWS, head=HEAD, title="2021年度知识产权保护考核细则", merged=MERGED):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([title])
    sheet.append(head)
    for row in rows:
        sheet.append(row)
    for block in merged:
        sheet.merge_cells(block)
    book.save(path)
    return path


def word(path):
    paper = docx.Document()
    paper.add_paragraph("2021年度知识产权保护考核细则")
    table = paper.add_table(rows=1, cols=len(HEAD))
    for cell, text in zip(table.rows[0].cells, HEAD, strict=True):
        cell.text = text
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = "" if text is None else str(text)
    for first, last in (((1, 0), (2, 0)), ((1, 1), (2, 1)), ((6, 0), (6, 7))):
        text = table.cell(*first).text
        table.cell(*first).merge(table.cell(*last)).text = text
    paper.save(path)
    return path


@pytest.mark.parametrize(
    "make", [lambda folder: workbook(folder / "a.xlsx"), lambda folder: word(folder / "a.docx")]
)
def test_a_table_with_merged_cells_becomes_a_tree(tmp_path, make):
    back = import_table(make(tmp_path))
    items = {one["code"]: one for one in back.document["items"]}
    assert {code: (one.get("parent", ""), one.get("points")) for code, one in items.items()} == {
        "A": ("", 20), "A1": ("A", None), "A1.1": ("A1", 10), "A1.2": ("A1", 10),
        "B": ("", None), "B1": ("B", None), "B1.1": ("B1", 5), "C": ("", None), "C1": ("C", 3),
    }  # fmt: skip
    assert items["A1.1"]["rule"]["steps"] == [[">= 90%", 10], ["[80%, 90%)", 8], ["< 80%", 0]]
    assert items["A1.2"]["supplying_body"] == ["法院", "检察院"]
    assert items["A1.1"]["material"] == {"zh": "导出表"}
    assert items["C1"]["kind"] == "bonus"
    assert back.document["period"] == {"starts": "2021-01-01", "ends": "2022-01-01"}
    assert [cell.text for cell in back.unread] == ["一票否决：发生重大侵权事件的，不得评为优秀。"]


def test_a_wrong_sum_is_told_at_its_row(tmp_path):
    rows = [
        ["案件办理（30分）", *ROWS[0][1:]],
        *ROWS[1:4],
        ["合计", None, None, 90, None, None, None, None],
    ]
    back = import_table(workbook(tmp_path / "a.xlsx", rows, merged=MERGED[:3]))
    assert [(cell.where.row, cell.why.en) for cell in back.unread] == [
        (3, "30 points are written, but its items make 20"),
        (7, "90 points are written, but its items make 35"),
    ]


def test_a_cell_that_is_no_rule_is_listed_with_its_row_and_reason(tmp_path):
    back = import_table(
        workbook(
            tmp_path / "a.xlsx", [["甲", "乙", "丙", 10, "视情节处理", None, None, None]], merged=[]
        )
    )
    assert [(cell.where.row, cell.text) for cell in back.unread] == [(3, "视情节处理")]
    assert "rule" not in back.document["items"][-1]


def test_a_title_without_a_year_leaves_the_period_to_a_person(tmp_path):
    back = import_table(workbook(tmp_path / "a.xlsx", ROWS[2:3], title="考核细则", merged=[]))
    assert "period" not in back.document
    assert "period" in back.unread[0].why.en


def test_a_flat_table_with_its_own_codes_is_read(tmp_path):
    rows = [
        ["1.1", "结案率", 10, "得分=结案率×10。"],
        ["1.2", "公开", 5, "公开的得5分，未公开的不得分。"],
    ]
    path = workbook(
        tmp_path / "a.xlsx", rows, head=["编号", "考核项目", "标准分", "考核标准"], merged=[]
    )
    assert [one["code"] for one in import_table(path).document["items"]] == ["1.1", "1.2"]


@pytest.mark.parametrize(
    "text", ["评分标准", " 评 分 标 准 ", "评分细则", "计分办法", "Scoring rule"]
)
def test_headings_are_known_in_their_variants(text):
    assert role_of(text) == "rule"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("a.xls", b"x", "unknown-ending"), ("a.xlsx", b"x", "broken-workbook"), ("a.docx", b"PK\x03\x04", "broken-document"),
     ("a.xlsx", None, "cannot-open")],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused(tmp_path, name, content, code):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(Faulty) as caught:
        import_table(tmp_path / name)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_a_workbook_without_a_scoring_table_is_refused(tmp_path):
    with pytest.raises(Faulty, match="no scoring table"):
        import_table(workbook(tmp_path / "a.xlsx", [["x"]], head=["city", "score"], merged=[]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    ending=st.sampled_from(["xlsx", "docx"]), per_mille=st.integers(0, 999), is_cut=st.booleans()
)
def test_a_broken_file_is_refused_and_never_crashes(tmp_path, ending, per_mille, is_cut):
    path = tmp_path / f"a.{ending}"
    whole = (workbook if ending == "xlsx" else word)(path).read_bytes()
    place = len(whole) * per_mille // 1000
    path.write_bytes(whole[:place] if is_cut else whole[:place] + b"\x00\xff" + whole[place + 2 :])
    try:
        import_table(path)
    except Faulty as error:
        assert error.faults


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    rows=st.lists(
        st.lists(
            st.one_of(st.none(), st.integers(-5, 50), st.text(max_size=20)), min_size=8, max_size=8
        ),
        max_size=6,
    )
)
def test_any_cells_make_a_document_or_a_list_of_what_is_to_be_written(tmp_path, rows):
    clean = [
        [None if isinstance(v, str) and (not v.isprintable() or v[:1] == "=") else v for v in row]
        for row in rows
    ]
    back = import_table(workbook(tmp_path / "a.xlsx", clean, merged=[]))
    assert back.document["format"] == "steelyard-scheme/1"


def test_cells_whose_formulas_have_no_result_are_told_one_by_one(tmp_path):
    rows = [[*ROWS[0][:3], "=5+5", *ROWS[0][4:]], [*ROWS[1][:3], 10, "#REF!", *ROWS[1][5:]]]
    with pytest.raises(Faulty) as refused:
        import_table(workbook(tmp_path / "a.xlsx", rows=rows, merged=[]))
    assert [(one.code, one.where.row, one.where.column) for one in refused.value.faults] == [
        ("formula-without-value", 3, "D"), ("error-value", 4, "E"),
    ]  # fmt: skip


BESIDE = HEAD[:-1]


def test_what_the_scoring_body_judges_is_asked_of_no_other(tmp_path):
    rows = [
        ["甲", "乙", "案卷质量", 10, "由评审组评分，最高10分。", "省市场监管局", "省知识产权局"],
        ["甲", "乙", "满意度", 5, "由专家打分。", "省统计局", None],
        ["甲", "乙", "创新", 5, "由专家组评分。", "专家组", "省知识产权局"],
    ]
    back = import_table(workbook(tmp_path / "a.xlsx", rows, head=BESIDE, merged=[]))
    inputs = {
        one["code"]: (one.get("supplying_body"), one.get("judged"))
        for one in back.document["inputs"]
    }
    assert inputs == {
        "案卷质量_评定分": (None, True), "满意度_评定分": (None, True), "创新_评定分": ("专家组", None),
    }  # fmt: skip
    assert back.document["items"][2]["supplying_body"] == "省市场监管局"
    said = [one.zh for one in back.readings]
    assert sum("由评分单位评定" in one for one in said) == 2
    assert [one for one in said if "没有写评分单位" in one and "满意度" in one]


@pytest.mark.parametrize(
    "source",
    ["各市自报", "由各市填报", "自评自报", "自评、自报", "各地级以上市自行填报", "被考核单位自报"],
)
def test_a_source_that_is_the_units_themselves_is_no_body(tmp_path, source):
    rows = [["甲", "乙", "培训次数", 10, "每开展1次得1分，最多10分。", source, "省知识产权局"]]
    back = import_table(workbook(tmp_path / "a.xlsx", rows, head=BESIDE, merged=[]))
    (row,) = [one for one in back.document["items"] if one.get("rule")]
    assert row["supplying_body"] == "units"
    assert set(back.document["bodies"]) == {"units", "省知识产权局"}
    assert [one for one in back.readings if "按各单位自报读" in one.zh]


@pytest.mark.parametrize("source", ["市场监管局", "各市市场监管局", "自然资源厅报送处"])
def test_a_body_whose_name_resembles_that_stays_a_body(tmp_path, source):
    rows = [["甲", "乙", "培训次数", 10, "每开展1次得1分，最多10分。", source, "省知识产权局"]]
    back = import_table(workbook(tmp_path / "a.xlsx", rows, head=BESIDE, merged=[]))
    assert "units" not in back.document["bodies"]


def test_a_body_that_is_both_source_and_scorer_supplies_all_but_the_points_that_words_leave_to_it(
    tmp_path,
):
    rows = [
        ["甲", "乙", "结案率", 10, "得分=结案率×10。", "省市场监管局", "省市场监管局"],
        ["甲", "乙", "办理数", 5, "每办理1件得1分。", "省法院、省市场监管局", "省市场监管局"],
        ["甲", "乙", "创新", 5, "由评审组评分。", "省市场监管局", "省市场监管局"],
        ["甲", "乙", "规划", 5, "由省市场监管局评分。", "省市场监管局", "省市场监管局"],
    ]
    back = import_table(workbook(tmp_path / "a.xlsx", rows, head=BESIDE, merged=[]))
    ways = {one["code"]: one.get("judged", False) for one in back.document["inputs"]}
    assert ways == {"结案率": False, "办理数": False, "创新_评定分": True, "规划_评定分": True}


CASES = ["案件办理（10分）", *ROWS[0][1:]]
GRADES = ["等次：90分以上为优秀，80—89分为良好，60—79分为合格，60分以下为不合格。"]
MAJOR = "发生重大侵权假冒事件的，评为不合格"
FALSE = "提供虚假材料的，该项不得分，并降低一个等次"


@pytest.mark.parametrize(
    "rows",
    [
        [["一票否决"], ["V1", MAJOR, None, None, None, "省市场监管局"], ["V2", FALSE]],
        [
            ["一票否决项"],
            ["重大事件", None, None, "—", MAJOR, "省市场监管局", "省知识产权局"],
            ["材料造假", None, None, None, FALSE],
        ],
        [
            ["一票否决", "重大事件", None, None, MAJOR, "省市场监管局"],
            ["一票否决", "材料造假", None, None, FALSE],
        ],
    ],
    ids=["in the title", "in the column of rules", "beside a merged heading"],
)
def test_a_section_of_vetoes_is_read_row_by_row(tmp_path, rows):
    path = workbook(tmp_path / "a.xlsx", [CASES, *rows, GRADES], merged=[])
    back = import_table(path)
    assert [(one["when"], one["then"]) for one in back.document["vetoes"]] == [
        (back.document["inputs"][1]["code"], {"grade": "fail"}),
        ("known(forged_items) and forged_items > 0", {"lower_by": 1}),
    ]
    assert back.document["vetoes"][1]["title"] == {
        "zh": "材料经认定造假的，降低1个等次",
        "en": "If material was found to be forged: lowered by a grade",
    }
    assert [one.get("supplying_body") for one in back.document["inputs"][1:]] == [
        "省市场监管局", None,
    ]  # fmt: skip
    assert [one["code"] for one in back.document["items"]] == ["A", "A1", "A1.1"]
    assert back.unread == ()
    assert [one.zh for one in back.readings if "forged_items" in one.zh]


def test_a_veto_that_is_not_understood_is_listed_with_its_own_words(tmp_path):
    rows = [CASES, ["一票否决"], ["重大事件", None, None, None, "情节严重的另行研究。", "市场局"]]
    back = import_table(workbook(tmp_path / "a.xlsx", [*rows, GRADES], merged=[]))
    assert [(cell.where.row, cell.text) for cell in back.unread] == [(5, "情节严重的另行研究。")]
    assert "vetoes" not in back.document


def test_a_row_that_only_says_what_becomes_of_a_forged_item_is_no_veto(tmp_path):
    rows = [CASES, ["一票否决"], ["提供虚假材料的，该项不得分"], GRADES]
    back = import_table(workbook(tmp_path / "a.xlsx", rows, merged=[]))
    assert (back.unread, "vetoes" in back.document) == ((), False)
    assert [one.zh for one in back.readings if "本来就不得分" in one.zh]


def test_points_in_chinese_numerals_are_points(tmp_path):
    rows = [
        ["案件办理（十五分）", "行政案件", "结案率", "十分", "得分=结案率×10。", None, None, None],
        [None, None, "公开率", "五分", "得分=公开率×5。", None, None, None],
    ]
    back = import_table(workbook(tmp_path / "a.xlsx", rows, merged=["A3:A4", "B3:B4"]))
    assert back.unread == ()
    assert {one["code"]: one.get("points") for one in back.document["items"]} == {
        "A": 15, "A1": None, "A1.1": 10, "A1.2": 5,
    }  # fmt: skip


def test_figures_in_days_and_averages_may_have_decimals_and_what_is_open_is_listed(tmp_path):
    rows = [
        ["案件办理（15分）", "行政案件", "案件平均办理天数", 5, "不超过90天得满分，每超过10天扣1分，不足10天的按比例计。"],
        [None, None, "信息报送", 5, "每缺1次扣0.5分，扣完为止。"],
        [None, None, "满意度", 5, "每低1点扣1分，扣完为止。"],
    ]  # fmt: skip
    back = import_table(workbook(tmp_path / "a.xlsx", rows, merged=["A3:A5", "B3:B5"]))
    assert back.unread == ()
    assert {one["code"]: (one["type"], one["unit_of_measure"]) for one in back.document["inputs"]} == {
        "案件平均办理天数": ("number", "天"), "信息报送_缺少数": ("count", "次"), "满意度_缺少数": ("number", "点"),
    }  # fmt: skip
    listed = [one.zh for one in back.readings if "按数值读" in one.zh]
    assert len(listed) == 1
    assert "满意度：缺少数" in listed[0]
    assert [(one.kind.zh in one.zh, "行" in one.kind.zh) for one in back.readings] == [
        (True, False) for _ in back.readings
    ]  # what was read, without where
