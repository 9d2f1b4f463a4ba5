"""The words of the papers, each in Chinese and in English, and how a sample is marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.exact import plain
from steelyard.papers.doubt_words import DOUBT_WORDS
from steelyard.scheme.model import Grade, Scheme
from steelyard.scheme.wording.say_grades import cut_off_in_words
from steelyard.weighing.result import Result


class Named(Protocol):
    """What has a code and perhaps a title."""

    @property
    def code(self) -> str: ...

    @property
    def title(self) -> Text: ...


@dataclass(frozen=True, slots=True)
class Words:
    """What the papers say, in one language, marked where the result is a sample.

    >>> Words("en")("units_counted", count=21)
    '21 units'
    """

    lang: Lang
    is_sample: bool = False

    @classmethod
    def of(cls, result: Result, lang: Lang) -> Words:
        return cls(lang, is_sample=result.label == "sample")

    def __call__(self, key: str, /, **filled: object) -> str:
        return WORDS[key].say(self.lang).format(**filled)

    def name(self, named: Named) -> str:
        """The title of a unit, an item, a grade; its code if it has none."""
        return named.title.say(self.lang) or named.code

    def join(self, said: list[str]) -> str:
        """Several things in a row.

        >>> Words("zh").join(["法院", "海关"])
        '法院、海关'
        """
        return ("、" if self.lang == "zh" else ", ").join(said)

    def listed(self, said: list[str]) -> str:
        """Several clauses, parted more than things in a row are."""
        return ("；" if self.lang == "zh" else "; ").join(said)

    def sentences(self, said: list[str]) -> str:
        """Sentences one after the other; empty ones are left out."""
        return ("" if self.lang == "zh" else " ").join(one for one in said if one)

    def quoted(self, said: str) -> str:
        """A title inside a sentence."""
        return f"“{said}”" if self.lang == "zh" else f'"{said}"'

    def beside(self, said: str, added: str) -> str:
        """A remark in brackets.

        >>> Words("zh").beside("得分", "样本")
        '得分（样本）'
        """
        return f"{said}（{added}）" if self.lang == "zh" else f"{said} ({added})"

    def marked(self, said: str) -> str:
        """A heading, with the word for sample where the result is one.

        >>> Words("zh", is_sample=True).marked("得分"), Words("zh").marked("得分")
        ('得分（样本）', '得分')
        """
        return self.beside(said, self("sample_mark")) if self.is_sample else said

    def title(self, scheme: Scheme) -> str:
        """The title of the scheme, which says sample where the result is one."""
        title, mark = scheme.title.say(self.lang), self("sample")
        if not self.is_sample or mark.lower() in title.lower():
            return title
        return f"【{mark}】{title}" if self.lang == "zh" else f"[{mark}] {title}"

    def dated(self, scheme: Scheme) -> str:
        """The label of the period, where the title does not name it already."""
        return "" if scheme.period_label in scheme.title.say(self.lang) else scheme.period_label

    def colon(self, said: str) -> str:
        return f"{said}：" if self.lang == "zh" else f"{said}: "

    def day(self, day: date) -> str:
        """
        >>> Words("zh").day(date(2021, 1, 1)), Words("en").day(date(2021, 1, 1))
        ('2021年1月1日', '1 January 2021')
        """
        if self.lang == "zh":
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

    def cut_off(self, grade: Grade) -> str:
        """From where a grade begins, empty if no number says so."""
        cuts = {"at_least": grade.at_least, "above": grade.above}
        written = {name: plain(cut) for name, cut in cuts.items() if cut is not None}
        return cut_off_in_words(written, self.lang)


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


WORDS: Mapping[str, Text] = {
    # marks
    "sample": Text("样本", "Sample"),
    "sample_mark": Text("样本", "sample"),
    "sample_stamp": Text("样本 SAMPLE", "SAMPLE 样本"),
    "sample_says": Text(
        "细则或数据为样本，不是公布的考核结果。",
        "The scheme or its data are a sample; this is no announced result.",
    ),
    # columns and facts
    "rank": Text("名次", "Rank"),
    "unit": Text("单位", "Unit"),
    "code": Text("编码", "Code"),
    "group": Text("组别", "Peer group"),
    "group_rank": Text("组内名次", "Rank in group"),
    "score": Text("得分", "Score"),
    "total": Text("总分", "Total"),
    "grade": Text("等次", "Grade"),
    "vetoes": Text("否决情形", "Vetoes"),
    "veto": Text("否决", "veto"),
    "before_vetoes": Text("否决前", "Before vetoes"),
    "points": Text("分值", "Points"),
    "item": Text("指标", "Item"),
    "why": Text("得分理由", "Why"),
    "source": Text("来源", "Source"),
    "input": Text("数据项", "Input"),
    "input_title": Text("数据名称", "Name of the input"),
    "period": Text("期间", "Period"),
    "value": Text("数值", "Value"),
    "status": Text("状态", "Status"),
    "exact": Text("精确值", "Exact"),
    "rule": Text("评分标准", "Rule"),
    "weight": Text("权重", "Weight"),
    "not_ranked": Text("不参加排名", "Not ranked"),
    "not_scored": Text("没有得分", "No score"),
    "does_not_apply": Text("不适用", "Does not apply"),
    "no_grade": Text("未定等次", "No grade"),
    "all_units": Text("全部单位", "All units"),
    "units_counted": Text("{count}个单位", "{count} units"),
    "unit_counted": Text("1个单位", "1 unit"),
    "median": Text("中位数", "Median"),
    "median_of": Text("{group}中位数", "median of {group}"),
    "full_of_item": Text("满分{points}分", "of {points}"),
    "full_in_all": Text("满分{points}分", "{points} points in all"),
    "full_of_bonus": Text("最多加{points}分", "up to +{points}"),
    "full_of_deduction": Text("最多扣{points}分", "down to −{points}"),
    "points_said": Text("{points}分", "{points} points"),
    "bonus": Text("加分", "Bonus"),
    "deduction": Text("扣分", "Deduction"),
    "not_assessed": Text("未参评", "Not assessed"),
    # pictures
    "ranking_title": Text("得分与排名", "Scores and ranks"),
    "ranking_subtitle_by_grade": Text(
        "{counted}，同一等次内按名次排列", "{counted}, in each grade by rank"
    ),
    "ranking_subtitle_by_rank": Text("{counted}，按名次排列", "{counted}, by rank"),
    "ranking_caption_by_rank": Text(
        "横条长度为得分，从零开始。", "The length of a bar is the score, from zero."
    ),
    "part_of": Text(
        "共{whole}个单位，图示第{first}至第{last}个", "Units {first} to {last} of {whole}"
    ),
    "ranking_caption_by_grade": Text(
        "横条长度为得分，从零开始；各等次分列，每个等次一种深浅，名称旁写明等次的起点。",
        "The length of a bar is the score, from zero. Grades stand apart, best first, each in a "
        "shade of its own; its heading says where it begins.",
    ),
    "ranking_described": Text(
        "最高为{first}{most}分，最低为{last}{least}分，中位数{median}分。{grades}",
        "Highest: {first}, {most}. Lowest: {last}, {least}. Median: {median}. {grades}",
    ),
    "grade_counted": Text("{grade}{count}个", "{count} {grade}"),
    "grades_are": Text("各等次：{grades}。", "Grades: {grades}."),
    "dimensions_points": Text("各维度得分", "Points by dimension"),
    "dimensions_index": Text("各维度得分", "Scores by dimension"),
    "dimensions_subtitle_points": Text(
        "单位按名次排列；底槽为满分，实条为得分",
        "Units in the order of their ranks; the groove is the full points, the bar the points got",
    ),
    "dimensions_subtitle_index": Text("单位按名次排列", "Units in the order of their ranks"),
    "dimensions_caption": Text(
        "每一列为一个维度，各列自成比例尺，均从零开始；右侧数字为得分。",
        "Each column is one dimension with a scale of its own, from zero; the figures are "
        "what each unit got.",
    ),
    "best_of": Text("{item}最高为{unit}（{points}）", "{item}: {unit} is best with {points}"),
    "best_of_several": Text(
        "{item}最高为{unit}等{units}个单位（{points}）",
        "{item}: {units} units are best with {points}, {unit} among them",
    ),
    "profile_title_points": Text("{unit}各项指标得分率", "{unit}: share of points by item"),
    "profile_title_index": Text("{unit}各项指标得分的位置", "{unit}: where its scores stand"),
    "lowest_unit": Text("最低", "lowest"),
    "highest_unit": Text("最高", "highest"),
    "missing_score": Text("缺", "missing"),
    "profile_subtitle": Text(
        "圆点为本单位，竖线为{group}中位数；圆点实心表示达到中位数，空心表示低于中位数",
        "Dot: this unit. Upright tick: median of its peer group ({group}). "
        "Filled: at or above the median; hollow: below it",
    ),
    "profile_caption_index": Text(
        "每项横轴从得分最低的单位到得分最高的单位，右侧为该项得分。",
        "The axis of each item goes from the unit with the lowest score to the one with the "
        "highest; the figures are scores.",
    ),
    "profile_caption_points": Text(
        "横轴为得分占该项满分的比例，右侧为得分与满分。加分、扣分和不适用的项目只列数字。",
        "The axis is the share of an item's full points; the figures are points got and full. "
        "Bonus, deduction and items that do not apply have figures only.",
    ),
    "profile_described": Text(
        "与{group}中位数比较的{compared}项中，{reached}项达到或高于中位数。",
        "Of {compared} items compared with the median ({group}), {reached} reach it. ",
    ),
    "profile_furthest": Text("低于中位数最多的是：{items}。", "Furthest below: {items}."),
    "spread_title": Text("得分分布", "How the scores are spread"),
    "spread_subtitle": Text(
        "每档{size}分，含下限不含上限", "Steps of {size}; the lower edge belongs to a step"
    ),
    "spread_caption": Text(
        "柱高为得分在该档的单位数，数字写在柱顶。",
        "The height of a bar is the number of units in that step, written above it.",
    ),
    "spread_described": Text(
        "得分从{least}到{most}，中位数{median}；单位最多的一档为{low}至{high}，共{count}个。",
        "Scores go from {least} to {most}, with a median of {median}; most units, {count}, lie "
        "from {low} to {high}.",
    ),
    "tiles_title": Text("区域分布", "The region"),
    "tiles_subtitle": Text(
        "一格为一个单位，位置为示意，不表示边界",
        "One square a unit; places are schematic and show no boundary",
    ),
    "tiles_caption": Text(
        "每个等次一种深浅，格内写明等次和得分。方格只保持大致方位，不是地图。",
        "Each grade has a shade of its own, and each square says its grade and score. The squares "
        "keep places roughly where they lie; this is no map.",
    ),
    "first_fifth": Text("前五分之一", "First fifth"),
    "last_fifth": Text("后五分之一", "Last fifth"),
    # the report
    "contents": Text("目录", "Contents"),
    "skip": Text("跳到正文", "Skip to the content"),
    "issuer": Text("发布单位", "Issued by"),
    "legal_basis": Text("依据", "Legal basis"),
    "scheme": Text("考核细则", "Scheme"),
    "version": Text("第{version}版", "version {version}"),
    "days": Text("{starts}至{ends}", "{starts} to {ends}"),
    "note": Text("衡量什么，不衡量什么", "What it measures, and what not"),
    "units_assessed": Text("被考核单位", "Units assessed"),
    "unranked": Text("其中{count}个不参加排名", "{count} of them not ranked"),
    "items_scored": Text("评分指标", "Items scored"),
    "highest": Text("最高分", "Highest"),
    "lowest": Text("最低分", "Lowest"),
    "grades": Text("等次", "Grades"),
    "ranking": Text("排名", "Ranking"),
    "ranking_table": Text("各单位名次、得分和等次", "Rank, score and grade of every unit"),
    "dimensions_table": Text("各单位各维度得分", "What every unit got in each dimension"),
    "region": Text("区域分布", "The region"),
    "units": Text("各单位得分说明", "Unit by unit"),
    "units_lead": Text(
        "每个单位一页：总分和名次、与同组中位数的比较、逐项得分和理由。",
        "A page a unit: score and rank, the comparison with the median of its peer group, and "
        "the points of every item with the reason.",
    ),
    "units_left_out": Text(
        "单位共{count}个，超过{most}个，本页不逐一说明。要看某个单位，请运行：",
        "There are {count} units, more than {most}, so this page does not explain each. For one "
        "of them run:",
    ),
    "unit_tree": Text("{unit}逐项得分和理由", "{unit}: every item, and why"),
    "points_got": Text("得分/满分", "Points"),
    "group_median": Text("同组中位数", "Group median"),
    "reason": Text("理由", "Why"),
    "source_said": Text("来源：{source}", "Source: {source}"),
    "back_to_ranking": Text("回到排名", "Back to the ranking"),
    "among": Text("共{count}个", "of {count}"),
    "vetoed": Text("否决情形：{vetoes}", "Vetoed: {vetoes}"),
    "before_said": Text("否决前得分{score}分", "the score before was {score}"),
    "rules": Text("评分细则", "The rules"),
    "rules_table": Text("指标、分值和评分标准", "Items, points and rules"),
    "bodies": Text("数据来源和评分单位", "Supplied and scored by"),
    "grade_rules": Text("等次的条件", "Conditions of grades"),
    "veto_rules": Text("否决情形", "Vetoes"),
    "method": Text("计算方法与复算", "Method, and how to compute it again"),
    "family": Text("类型", "Family"),
    "family_points": Text("计分考核", "Points scheme"),
    "family_index": Text("综合指数", "Index scheme"),
    "arithmetic": Text("运算", "Arithmetic"),
    "arithmetic_points": Text(
        "精确分数；名次和等次由未取整的得分确定，只在显示时取整",
        "Exact fractions; ranks and grades come from unrounded scores, rounding is for show only",
    ),
    "arithmetic_index": Text(
        "64位浮点数；差距在容差以内的视为相同",
        "64-bit floating point; differences within the tolerance count as ties",
    ),
    "stage": Text("数据阶段", "Stage of the data"),
    "stage_self": Text("自评", "self-assessed"),
    "stage_provisional": Text("初核", "provisional"),
    "stage_audited": Text("审核", "audited"),
    "stage_final": Text("最终", "final"),
    "within": Text("上级单位编码", "Units below"),
    "program": Text("程序", "Program"),
    "hash_scheme": Text("细则的哈希值", "Hash of the scheme"),
    "hash_values": Text("数据的哈希值", "Hash of the values"),
    "hash_snapshot": Text("数据快照的编号", "Identifier of the snapshot"),
    "queries": Text("指标的查询", "Queries of the indicators"),
    "queries_said": Text(
        "由冻结的记录计算的数据项：每项的查询和统计方式。查询中的from和to是考核期间的首日和次期首日。",
        "Inputs that are computed from frozen records: the query of each, and how its rows are tallied."
        " In them from and to are the first day of the period and of the next.",
    ),
    "replay": Text(
        "结果包中的 replay 文件夹只需 Python 标准库，就能由公布的数据重新算出同样的得分、名次和等次：",
        "The folder replay of the published package computes the same scores, ranks and grades "
        "again from the published data, with Python's standard library alone:",
    ),
    "weigh_again": Text(
        "用 Steelyard 由 result.json 重新计算：", "To weigh again from result.json with Steelyard:"
    ),
    # the workbook
    "item_points": Text("分项得分", "Points by item"),
    "item_points_title": Text("各单位各项指标得分", "Points of every unit on every item"),
    "full": Text("满分", "Full points"),
    "italics_say": Text(
        "组别和总分为公式，可核对；斜体的组得分不是右侧各项简单相加，按细则折算、封顶或调整得出。",
        "Groups and totals are formulas. A group in italics is not the plain sum of its items: the "
        "scheme rescales, bounds, averages or adjusts it.",
    ),
    "values": Text("数据", "Values"),
    "values_title": Text("所用数据", "The values used"),
    "lists": Text("明细", "Lists"),
    "lists_title": Text("明细表所载数据", "The rows of lists"),
    "list": Text("明细表", "List"),
    "list_row": Text("行", "Row"),
    "list_column": Text("栏目", "Column"),
    "recipe": Text("计算依据", "Recipe"),
    "group_of_items": Text("上级指标", "Group"),
    "what": Text("项目", "What"),
    "says": Text("内容", "Content"),
    "yes": Text("是", "yes"),
    "no": Text("否", "no"),
    "status_missing": Text("缺失", "missing"),
    "status_no_base": Text("没有基数", "nothing to divide by"),
    "status_not_applicable": Text("不适用", "not applicable"),
    "status_no_material": Text("无佐证材料", "no supporting material"),
    "status_unreliable": Text("数据不可靠", "unreliable"),
    "status_forged": Text("材料造假", "forged material"),
    "status_late": Text("逾期", "late"),
    "not_grade": Text("未评为{grade}：", "Not {grade}:"),
    # an index
    "came_raw": Text("数值{value}", "value {value}"),
    "came_denominated": Text("按分母折算为{value}", "denominated {value}"),
    "came_transformed": Text("变换为{value}", "transformed {value}"),
    "came_imputed": Text("缺失，插补为{value}", "missing, filled with {value}"),
    "came_treated": Text("离群值处理为{value}", "treated as an outlier: {value}"),
    "came_left_out": Text("可用数据不足，未计入", "left out: too few units have a value"),
    "came_rank": Text("第{place}名", "rank {place}"),
    "came_weight": Text("权重{weight}", "weight {weight}"),
    "steps": Text("计算步骤", "The steps"),
    "step_impute": Text("插补", "Imputation"),
    "step_treat": Text("离群值处理", "Treatment of outliers"),
    "step_normalise": Text("标准化", "Normalisation"),
    "step_weigh": Text("赋权", "Weights"),
    "step_aggregate": Text("合成", "Aggregation"),
    "level_from_leaves": Text("自下而上第{level}层", "level {level} from the leaves"),
    "weights_used": Text("所用权重", "The weights used"),
    "whole_index": Text("总指数", "The index"),
    "notes": Text("说明", "Notes"),
    "method_none": Text("无", "none"),
    "method_mean": Text("全体均值", "mean of all"),
    "method_median": Text("全体中位数", "median of all"),
    "method_group_mean": Text("同类均值", "mean of the group"),
    "method_group_median": Text("同类中位数", "median of the group"),
    "method_previous": Text("上期数值", "last period's value"),
    "method_winsorise": Text("缩尾", "winsorising"),
    "method_log": Text("对数变换", "logarithm"),
    "method_box_cox": Text("Box–Cox变换", "Box–Cox"),
    "method_min_max": Text("最小最大值法", "min–max"),
    "method_z_score": Text("标准分", "z-scores"),
    "method_rank": Text("名次", "ranks"),
    "method_percentile_rank": Text("百分位次", "percentile ranks"),
    "method_borda": Text("Borda计分", "Borda points"),
    "method_goalposts": Text("目标区间", "goalposts"),
    "method_distance_to_target": Text("与目标的距离", "distance to the target"),
    "method_distance_to_maximum": Text("与最大值的距离", "distance to the maximum"),
    "method_distance_to_reference": Text("与参照的距离", "distance to a reference"),
    "method_fraction_of_maximum": Text("占最大值的比例", "fraction of the maximum"),
    "method_categorical": Text("分档计分", "categories"),
    "method_given": Text("细则给定", "as the scheme gives them"),
    "method_equal": Text("等权", "equal"),
    "method_pca": Text("主成分分析", "principal components"),
    "method_equal_influence": Text("影响相等的权重", "equal influence"),
    "method_ahp": Text("层次分析法", "analytic hierarchy process"),
    "method_arithmetic": Text("算术平均", "arithmetic mean"),
    "method_geometric": Text("几何平均", "geometric mean"),
    "method_harmonic": Text("调和平均", "harmonic mean"),
    "method_generalised": Text("广义平均", "generalised mean"),
    "method_owa": Text("有序加权平均", "ordered weighted average"),
    "method_copeland": Text("Copeland法", "Copeland"),
    "method_mazziotta_pareto": Text("Mazziotta–Pareto指数", "Mazziotta–Pareto index"),
    "method_adjusted_mazziotta_pareto": Text(
        "调整Mazziotta–Pareto指数", "adjusted Mazziotta–Pareto index"
    ),
    "method_benefit_of_the_doubt": Text("疑中获益法", "benefit of the doubt"),
    # the package
    "package_is": Text(
        "本文件夹是公布的数据包。任何人可用它由所用数据重新算出得分、名次和等次，全程为精确分数。",
        "This folder is the published package: with it anyone computes the scores, ranks and grades "
        "again from the data used, in exact fractions.",
    ),
    "package_run": Text(
        "在本文件夹中运行（只需 Python 3.11 及以上，不需安装其他软件）：",
        "Run this in the folder; Python 3.11 or later is all it needs:",
    ),
    "package_holds": Text(
        "文件（文本单元格如以等号等开头，前面加了一个单引号，以免表格软件当作公式）：",
        "The files (a text that begins like a formula has one apostrophe in front, so that no "
        "spreadsheet runs it):",
    ),
    "file_scheme": Text("考核细则", "the scheme"),
    "file_values": Text("所用数据", "the values used"),
    "file_lists": Text("明细表", "lists of several rows a unit"),
    "file_ranking": Text("公布的结果", "the published result"),
    "file_replay": Text("复算程序", "the program"),
    **DOUBT_WORDS,
}
