"""What a fault of a draft is about, in the words of its pages instead of the names of a scheme file."""

from __future__ import annotations

import re
from collections.abc import Iterable

from steelyard.kernel.bilingual import Text
from steelyard.scheme.locate import path_of

NAMES = {
    "adjust": Text("汇总后另计", "added after joining"),
    "above": Text("须超过的分数线", "cut-off to be exceeded"),
    "applies_to": Text("适用单位", "units that it applies to"),
    "at_least": Text("分数线", "cut-off"),
    "at_most": Text("最多分值", "at most"),
    "best_grade": Text("最高可评等次", "best grade"),
    "bodies": Text("单位", "bodies"),
    "cap": Text("封顶分", "cap"),
    "code": Text("代码", "code"),
    "columns": Text("各列", "columns"),
    "combine": Text("合并方式", "how it is joined"),
    "count": Text("个数", "count"),
    "earlier": Text("以前各期", "earlier periods"),
    "dated": Text("各日期的数值", "values by date"),
    "ends": Text("截止日期", "end"),
    "family": Text("细则类型", "family"),
    "figures": Text("中间指标", "figures"),
    "floor": Text("最低分", "floor"),
    "floors": Text("各项最低分", "floors"),
    "format": Text("格式", "format"),
    "formula": Text("公式", "formula"),
    "full_if": Text("得满分的情形", "full points if"),
    "gap": Text("来源差额说明", "gap of the source"),
    "grades": Text("等次", "grades"),
    "group": Text("所在组", "group"),
    "groups": Text("单位分组", "groups of units"),
    "growth": Text("增长", "growth"),
    "inputs": Text("数据项", "figures"),
    "issuer": Text("印发单位", "issuer"),
    "items": Text("考核项", "items"),
    "kind": Text("类别", "kind"),
    "label": Text("标签", "label"),
    "ladder": Text("分档依据", "what the steps are of"),
    "least": Text("最小值", "least"),
    "legal_basis": Text("法律依据", "legal basis"),
    "lists": Text("清单", "lists"),
    "material": Text("佐证材料", "material"),
    "matrix": Text("矩阵", "matrix"),
    "method": Text("指数方法", "method of the index"),
    "most": Text("最大值", "most"),
    "not_applicable": Text("不适用时的处理", "what not applicable leads to"),
    "not_applicable_if": Text("不适用的情形", "not applicable if"),
    "note": Text("备注", "note"),
    "on": Text("缺数时的处理", "what a missing value leads to"),
    "otherwise": Text("其余情形", "otherwise"),
    "parent": Text("上级项目", "what it stands below"),
    "period": Text("考核期", "period"),
    "places": Text("小数位数", "decimal places"),
    "points": Text("分值", "points"),
    "quantities": Text("中间量", "quantities"),
    "quota": Text("名额", "quota"),
    "ranking": Text("排名", "ranking"),
    "records": Text("记录的查询", "query of records"),
    "requires": Text("条件", "condition"),
    "rows": Text("各行", "rows"),
    "rule": Text("评分标准", "rule"),
    "sample": Text("抽样", "sample"),
    "scoring_body": Text("评分单位", "scoring body"),
    "share": Text("比例", "share"),
    "source": Text("来源", "source"),
    "standard_error": Text("标准误", "standard error"),
    "starts": Text("起始日期", "start"),
    "steps": Text("各档", "steps"),
    "case_files": Text("由案卷评查得出", "given by case files"),
    "judged": Text("由评分单位评定", "judged by the scoring body"),
    "supplying_body": Text("数据来源单位", "supplying body"),
    "tables": Text("附表", "tables"),
    "tally": Text("统计方式", "tally"),
    "then": Text("后果", "what it leads to"),
    "tie_break": Text("并列处理", "tie-break"),
    "ties": Text("并列名次", "ties"),
    "tile": Text("示意图位置", "place on the map of tiles"),
    "tiles": Text("示意图", "map of tiles"),
    "title": Text("名称", "name"),
    "tolerance": Text("视为并列的差距", "tolerance"),
    "total": Text("总分", "total"),
    "type": Text("类型", "type"),
    "uncertainty": Text("不确定性", "uncertainty"),
    "unit_of_measure": Text("计量单位", "unit of measure"),
    "units": Text("被考核单位", "units"),
    "version": Text("版本", "version"),
    "value": Text("数值", "value"),
    "vetoes": Text("一票否决", "vetoes"),
    "weight": Text("权重", "weight"),
    "weights": Text("权重", "weights"),
    "when": Text("条件", "condition"),
    "within": Text("考核范围", "within"),
    "zero_if": Text("得零分的情形", "no points if"),
}
"""Only names; what an item or a figure is called, the scheme says."""

_SAMPLE = re.compile(r"[a-z_]+ = (?:\{[^}]*\}|\[[^\]]*\]|\"[^\"]*\"|[A-Za-z0-9_.-]+)|\{[^}]*\}")
_NAME = re.compile(
    r"(?:\[\[|[“‘\"'])?(?<![A-Za-z0-9_.])(?<!改为)([a-z]+(?:_[a-z]+)*)(?![A-Za-z0-9_(]|\.[a-z])(?:\]\]|[”’\"'])?"
)


def name_of(key: str) -> Text:
    return NAMES.get(key, Text(key, key))


def names_of(keys: Iterable[str]) -> Text:
    named = [name_of(key) for key in keys]
    return Text("、".join(one.zh for one in named), ", ".join(one.en for one in named))


def place_in_words(key: str) -> Text:
    """Where in the draft a fault stands. That it stands in an item or a figure, its page says.

    >>> place_in_words("items[3].rule.steps[0]").zh, place_in_words("grades[1].at_least").en
    ('评分标准 各档 第1项', 'grades no. 2 cut-off')
    >>> place_in_words("items[3]").zh
    ''
    """
    path = path_of(key)
    if path[:1] in (("items",), ("inputs",)) and len(path) > 1:
        path = path[2:]
    said = [
        Text(f"第{step + 1}项", f"no. {step + 1}") if isinstance(step, int) else name_of(step)
        for step in path
    ]
    return Text(" ".join(one.zh for one in said), " ".join(one.en for one in said))


def in_page_words(text: Text) -> Text:
    """A sentence of the check with the names of a scheme file in the words of the pages. What it shows
    as an example of the notation stays.

    >>> in_page_words(Text("请写points；不设满分的，写 cap = \\"none\\" 和 points = 0", "")).zh
    '请写“分值”；不设满分的，写 cap = "none" 和 points = 0'
    >>> in_page_words(Text("缺少“period”", "“period” is missing")).zh
    '缺少“考核期”'
    """
    pieces = _SAMPLE.split(text.zh)
    samples = _SAMPLE.findall(text.zh)
    said = [_NAME.sub(_as_named, piece) for piece in pieces]
    zh = "".join(
        one + (samples[place] if place < len(samples) else "") for place, one in enumerate(said)
    )
    return Text(zh, text.en)


def _as_named(found: re.Match[str]) -> str:
    known = NAMES.get(found[1])
    return f"“{known.zh}”" if known is not None else found[0]
