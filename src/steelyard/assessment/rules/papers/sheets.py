"""The sheets that come with Steelyard, each said once for Word and Excel."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.assessment.rules.papers.kinds import PaperKind
from steelyard.kernel.bilingual import Lang, Text
from steelyard.papers.templates.defaults import Column, Fact, Layout, Table

SPARE = 3
"""Rows for what a team finds besides."""
BY_HAND = 54
"""Points: room for three lines of handwriting."""

MADE = Text("制表：{office}，{made_on}", "Made by {office}, {made_on}")
SIGNED = Text(
    "检查人员签名：__________________　被检查单位签名：__________________　日期：______________",
    "Team: ______________________   For the unit: ______________________   Date: ______________",
)
CHOICES: Mapping[Lang, tuple[str, str]] = {"zh": ("是", "否"), "en": ("yes", "no")}


def _facts(lang: Lang, *told: tuple[Text, str]) -> tuple[Fact, ...]:
    return tuple(Fact(label.say(lang), text) for label, text in told)


Told = tuple[Text, tuple[int, int], str]
"""A column: its heading, its width in Chinese and in English, whose words must not be torn, its text."""

NUMBERS = frozenset({"{points}", "{self_score}", "{scored}"})


def _columns(lang: Lang, *told: Told) -> tuple[Column, ...]:
    """A column of numbers stands at the right, and can be added up."""
    return tuple(
        Column(
            heading.say(lang),
            widths[lang == "en"],
            text,
            is_number=text in NUMBERS,
        )
        for heading, widths, text in told
    )


RULE: tuple[Told, ...] = (
    (Text("分值", "Points"), (7, 10), "{points}"),
    (Text("评分标准", "Rule"), (24, 24), "{rule}"),
)
SAID: tuple[Told, ...] = (
    (Text("自评分", "Own score"), (9, 10), "{self_score}"),
    (Text("自评说明", "Statement"), (20, 20), "{statement}"),
    (Text("申请", "Claim"), (9, 10), "{claim}"),
    (Text("佐证材料", "Material"), (14, 14), "{material}"),
    (Text("自报数", "Own figures"), (13, 13), "{own_figures}"),
    (Text("提供或者计算的数", "Supplied or computed"), (14, 14), "{figures}"),
)
GIVEN: tuple[Told, ...] = (
    (Text("评分", "Given"), (8, 9), "{scored}"),
    (Text("扣分和评分理由", "Deductions and reasons"), (21, 21), "{reasons}"),
)
SCORED_BY: tuple[Told, ...] = ((Text("评分人和时间", "Scored by"), (17, 17), "{scored_by}"),)


def unit_items(lang: Lang) -> Layout:
    title = Text("{assessment}单位考核表", "{assessment}: items of {unit}")
    item = ((Text("项目", "Item"), (14, 16), "{code} {title}"),)
    totals = Text(
        "总分{points}，自评合计{self_total}，已评分合计{scored_total}（各项直接相加，不是计分结果）",
        "{points} in all; own score {self_total}; given so far {scored_total} (items added up: no result)",
    )
    facts = _facts(
        lang, (Text("被考核单位", "Unit"), "{unit}"), (Text("考核期间", "Period"), "{period}"),
        (Text("自评材料", "Submission"), "{state} {signed}"), (Text("得分", "Points"), totals.say(lang)),
    )  # fmt: skip
    table = Table("items", _columns(lang, *item, *RULE, *SAID, *GIVEN))
    return Layout(
        lang, title.say(lang), facts, (table,), note=MADE.say(lang), is_wide=True
    )  # fmt: skip


def item_units(lang: Lang) -> Layout:
    title = Text("{assessment}项目评分表", "{assessment}: item {code}")
    unit = ((Text("被考核单位", "Unit"), (12, 14), "{unit}"),)
    facts = _facts(
        lang, (Text("项目", "Item"), "{code} {title}"), (Text("分值", "Full points"), "{points}"),
        (Text("评分标准", "Rule"), "{rule}"), (Text("佐证材料要求", "Material asked for"), "{wanted}"),
        (Text("评分单位", "Scoring body"), "{body}"), (Text("考核期间", "Period"), "{period}"),
    )  # fmt: skip
    table = Table("units", _columns(lang, *unit, *SAID, *GIVEN, *SCORED_BY))
    return Layout(
        lang, title.say(lang), facts, (table,), note=MADE.say(lang), is_wide=True
    )  # fmt: skip


def visit(lang: Lang) -> Layout:
    title = Text("{assessment}实地检查表", "{assessment}: visit sheet")
    day = Text("{day}（{announced}）", "{day} ({announced})")
    facts = _facts(
        lang, (Text("被检查单位", "Unit"), "{unit}"), (Text("检查日期", "Day"), day.say(lang)),
        (Text("检查组", "Team"), "{team}"), (Text("地点", "Places"), "{places}"),
        (Text("检查情况综述", "Summary"), "{report}"),
    )  # fmt: skip
    columns = _columns(
        lang, (Text("项目", "Item"), (15, 16), "{code} {title}"), *RULE,
        (Text("要求的材料", "Material"), (14, 16), "{wanted}"),
        (Text("单位自评和说明", "What the unit said"), (26, 26), "{own}"),
        (Text("检查情况", "What was found"), (34, 34), "{found}"),
    )  # fmt: skip
    defect = Column(
        Text("是否问题", "Defect").say(lang), 11, "{defect}", choices=CHOICES[lang], is_centred=True
    )
    where = _columns(
        lang,
        (Text("地点", "Place"), (12, 12), "{where}"),
        (Text("照片编号", "Photo no."), (11, 12), "{photographs}"),
    )
    table = Table("items", (*columns, defect, *where), spare=SPARE, height=BY_HAND)
    return Layout(
        lang, title.say(lang), facts, (table,), signed=(SIGNED.say(lang),), is_wide=True
    )  # fmt: skip


SHEETS: Mapping[tuple[PaperKind, Lang], Layout] = {
    (PaperKind.UNIT_ITEMS, "zh"): unit_items("zh"),
    (PaperKind.UNIT_ITEMS, "en"): unit_items("en"),
    (PaperKind.ITEM_UNITS, "zh"): item_units("zh"),
    (PaperKind.ITEM_UNITS, "en"): item_units("en"),
    (PaperKind.VISIT, "zh"): visit("zh"),
    (PaperKind.VISIT, "en"): visit("en"),
}
