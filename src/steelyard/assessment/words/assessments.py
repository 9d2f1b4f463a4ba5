"""The assessment itself and its stages."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.assessment.rules.states import ASSESSMENT
from steelyard.kernel.bilingual import Text

TITLES: Mapping[str, Text] = {
    "load_demo": Text("载入演示数据", "loaded the demonstration"),
    "open_assessment": Text("建立考核", "opened an assessment"),
    "freeze_on_the_cut_off": Text("到数据截止日自动冻结", "frozen by the clock on the cut-off"),
    "remind_of_the_cut_off": Text("提醒数据截止日已到", "reminded of the cut-off"),
    **{f"{move}_assessment": title for move, title in ASSESSMENT.moves.items()},
}

VALUES: Mapping[tuple[str, str], Mapping[str, Text]] = {
    ("assessment_assessment", "stage"): {one.value: text for one, text in ASSESSMENT.states.items()}
}

COLUMNS: Mapping[str, Mapping[str, Text]] = {
    "assessment_assessment": {
        "office_id": Text("考核办", "office"),
        "code": Text("编号", "code"),
        "title_zh": Text("名称", "title in Chinese"),
        "title_en": Text("英文名称", "title in English"),
        "starts": Text("起日", "from"),
        "ends": Text("止日", "until"),
        "within": Text("范围", "within"),
        "sample": Text("样本", "sample"),
        "stage": Text("阶段", "stage"),
        "cut_off": Text("数据截止日", "cut-off"),
        "cut_off_by_id": Text("截止日确定人", "cut-off set by"),
        "filing_urged_on": Text("填报催办日期", "filing urged on"),
        "scoring_urged_on": Text("评分催办日期", "scoring urged on"),
        "withdrawn_why": Text("撤销理由", "why it was withdrawn"),
        "withdrawn_by_id": Text("撤销人", "withdrawn by"),
        "withdrawn_at": Text("撤销时间", "withdrawn at"),
        "opened_by_id": Text("建立人", "opened by"),
        "opened_at": Text("建立时间", "opened at"),
    }
}
