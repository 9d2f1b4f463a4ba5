"""What may a template of each kind of paper name? Each field with its meaning."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.assessment.rules.papers.kinds import PaperKind
from steelyard.kernel.bilingual import Text
from steelyard.papers.templates import Field


def _field(name: str, zh: str, en: str, *of: Field) -> Field:
    return Field(name, Text(zh, en), of)


ASSESSMENT = (
    _field(
        "assessment",
        "考核名称；样本考核带有“（样本）”",
        "title of the assessment; a sample says so",
    ),
    _field("period", "考核期间", "period of the assessment"),
    _field(
        "office",
        "组织考核的单位，在文书上的名称",
        "the office that runs the assessment, as it is called on papers",
    ),
)
"""What every paper may name."""

LETTER = (
    _field(
        "number",
        "发文字号：机关代字、年份，序号留空由办公室填写",
        "document number; its serial is left for the office",
    ),
    _field("date", "成文日期，月、日留空由办公室填写", "date of the letter, left for the office"),
)
"""What a letter has besides, and the office fills in when it is issued."""

NOTICE = (
    *ASSESSMENT, *LETTER,
    _field("addressees", "主送：被考核单位和有关单位", "whom it is for: the units and bodies"),
    _field("year", "考核年度", "year of the assessment"),
    _field("scheme", "考核细则名称", "title of the scheme"),
    _field("scheme_number", "细则版本", "version of the scheme"),
    _field("item_count", "考核项目数", "number of items"),
    _field("points", "总分", "full points"),
    _field("assessed", "考核对象，如“江门市各县（市、区）”", "whom it assesses, as districts of Jiangmen"),
    _field("unit_count", "被考核单位数", "number of units"),
    _field("cut_off", "数据截止日期", "day up to which records count"),
    _field("opened", "填报开始日期", "day on which the collection opened"),
    _field("supply_days", "报送数据的工作日数", "working days to supply figures"),
    _field("supply_due", "报送数据截止日期", "day by which figures are due"),
    _field("fill_days", "填报自评材料的工作日数", "working days to fill in"),
    _field("fill_due", "自评材料截止日期", "day by which submissions are due"),
    _field(
        "units", "每个被考核单位一行", "a row for each unit",
        _field("name", "单位", "unit"),
        _field("due", "自评材料截止日期（含延期）", "day by which its submission is due"),
    ),
    _field(
        "bodies", "每个有关单位一行", "a row for each body",
        _field("name", "单位", "body"),
        _field("supplies", "报送的数据", "figures that it supplies"),
        _field("scores", "评分的项目", "items that it scores"),
        _field("due", "报送数据截止日期", "day by which its figures are due"),
    ),
)  # fmt: skip

RULE = (
    _field("code", "项目编号", "code of the item"),
    _field("title", "项目名称", "title of the item"),
    _field("rule", "评分标准", "rule"),
    _field("points", "分值", "full points"),
    _field("wanted", "要求的佐证材料", "material that the scheme asks for"),
)

SIDE_BY_SIDE = (
    _field("self_score", "自评分", "self-score"),
    _field("claim", "不适用、加分或者免责申请", "claim: not applicable, bonus or exemption"),
    _field("statement", "自评说明", "statement"),
    _field("material", "佐证材料", "material filed"),
    _field("own_figures", "自报数", "figures that the unit reports"),
    _field("figures", "提供或者计算的数", "figures supplied or computed"),
    _field("scored", "评分", "points given"),
    _field("reasons", "扣分和评分理由", "deductions and reasons"),
    _field("scored_by", "评分人和时间", "who scored it, and when"),
)

UNIT_ITEMS = (
    *ASSESSMENT,
    _field("unit", "被考核单位", "unit"),
    _field("state", "自评材料状态", "state of the submission"),
    _field("signed", "签发人和时间", "who signed it, and when"),
    _field("made_on", "打印日期", "day on which the sheet was made"),
    _field("points", "总分", "full points"),
    _field("self_total", "自评分合计", "sum of the self-scores"),
    _field("scored_total", "已评分合计", "sum of the points given so far"),
    _field("items", "每个项目一行", "a row for each item", *RULE, *SIDE_BY_SIDE),
)

ITEM_UNITS = (
    *ASSESSMENT, *RULE,
    _field("body", "评分单位", "scoring body"),
    _field("made_on", "打印日期", "day on which the sheet was made"),
    _field("units", "每个单位一行", "a row for each unit",
           _field("unit", "被考核单位", "unit"), *SIDE_BY_SIDE),
)  # fmt: skip

GAP = (
    _field("figure", "数据名称", "figure"),
    _field("measure", "计量单位", "unit of measure"),
    _field("reported", "自报数", "figure that the unit reports"),
    _field("supplied", "提供数", "supplied figure"),
    _field("gap", "差额", "gap"),
    _field("state", "状态", "state"),
    _field("counts", "核定数", "figure that counts, once settled"),
    _field("reason", "核定理由", "reason of the settlement"),
)

DIFFERENCES = (
    *ASSESSMENT, *LETTER,
    _field("unit", "被考核单位", "unit"),
    _field("difference_count", "差异项数", "number of differences"),
    _field("open_count", "尚未核定的项数，没有时为空", "how many are not settled yet; empty where none is"),
    _field("differences", "每项差异一行", "a row for each difference", *GAP,
           _field("source", "数据来源单位", "who supplied it"),
           _field("used_in", "用到该数据的项目", "items that use it")),
)  # fmt: skip

SUPPLIED = (
    *ASSESSMENT, *LETTER,
    _field("body", "数据来源单位", "supplying body"),
    _field("difference_count", "差异项数", "number of differences"),
    _field("open_count", "尚未核定的项数，没有时为空", "how many are not settled yet; empty where none is"),
    _field("differences", "每项差异一行", "a row for each difference",
           _field("unit", "被考核单位", "unit"), *GAP),
)  # fmt: skip

VISIT = (
    *ASSESSMENT,
    _field("unit", "被检查单位", "unit"),
    _field("day", "检查日期", "day of the visit"),
    _field("announced", "事先通知或者不打招呼", "announced or unannounced"),
    _field("team", "检查组成员", "who goes"),
    _field("places", "检查地点", "places"),
    _field("items", "每个检查项目一行", "a row for each item", *RULE,
           _field("own", "单位自评、自报数和说明；未签发报送的不显示",
                  "what the unit said, once it has signed"),
           _field("found", "检查情况，提交后显示", "what was found, once it is reported"),
           _field("defect", "是否问题，提交后显示", "whether it is a defect, once it is reported"),
           _field("where", "问题所在地点，提交后显示", "where it was found, once it is reported"),
           _field("photographs", "照片编号（系统中的文件编号），提交后显示",
                  "numbers of the photographs, those of their files, once it is reported")),
    _field("report", "实际检查日期、综述和更正情况，提交后显示",
           "day, summary and corrections of the report, once it is in"),
)  # fmt: skip

FORGERY = (
    *ASSESSMENT, *LETTER,
    _field("unit", "被考核单位", "unit"),
    _field("code", "项目编号", "code of the item"),
    _field("title", "项目名称", "title of the item"),
    _field("points", "项目分值", "full points of the item"),
    _field("material", "涉及的材料、说明或者自评分", "the material, statement or self-score in question"),
    _field("grounds", "依据", "grounds"),
    _field("statement", "该单位的书面陈述，没有的为空", "what the unit stated in writing, if it did"),
    _field("stated_on", "书面陈述的日期", "day of that statement"),
    _field("silent", "该单位逾期未陈述的，写“逾期未陈述”，否则为空",
           "says so if the unit said nothing by its day, else empty"),
    _field("heard_on", "听取陈述的日期", "day on which the unit was heard"),
    _field("hearing", "听取陈述的记录，由考核办写", "the note of the hearing, which the office wrote"),
    _field("decision", "认定理由", "reasons of the decision"),
    _field("decided_on", "认定日期", "day of the decision"),
    _field("penalty", "细则规定的处理", "what the scheme says of forged material"),
    _field("scored", "该项目得分", "points of the item now"),
    _field("article", "细则依据", "where the scheme says so"),
)  # fmt: skip

FIELDS: Mapping[PaperKind, tuple[Field, ...]] = {
    PaperKind.NOTICE: NOTICE,
    PaperKind.UNIT_ITEMS: UNIT_ITEMS,
    PaperKind.ITEM_UNITS: ITEM_UNITS,
    PaperKind.DIFFERENCES: DIFFERENCES,
    PaperKind.SUPPLIED: SUPPLIED,
    PaperKind.VISIT: VISIT,
    PaperKind.FORGERY: FORGERY,
}
