"""Forged or false material, in the words of the trail."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.assessment.rules.forgery import ABOUT
from steelyard.assessment.rules.states import SUSPICION
from steelyard.kernel.bilingual import Text

TITLES: Mapping[str, Text] = {
    "raise_suspicion": Text("提出造假嫌疑", "raised a suspicion of forged material"),
    "state_case": Text("提交陈述", "stated the case of the unit"),
    "hear_suspicion": Text("记录被考核单位的陈述", "wrote down what the unit said"),
    "confirm_suspicion": Text("认定造假", "found material to be forged"),
    "clear_suspicion": Text("排除造假嫌疑", "cleared a suspicion"),
}

VALUES: Mapping[tuple[str, str], Mapping[str, Text]] = {
    ("assessment_suspicion", "about"): {one.value: text for one, text in ABOUT.items()},
    ("assessment_suspicion", "state"): {one.value: text for one, text in SUSPICION.states.items()},
}

COLUMNS: Mapping[str, Mapping[str, Text]] = {
    "assessment_suspicion": {
        "assessment_id": Text("考核", "assessment"),
        "unit_id": Text("被考核单位", "unit"),
        "body_id": Text("评分单位", "scoring body"),
        "item": Text("考核项", "item"),
        "about": Text("怀疑内容", "what is doubted"),
        "material_id": Text("材料", "material"),
        "grounds": Text("依据", "grounds"),
        "raised_by_id": Text("提出人", "raised by"),
        "raised_at": Text("提出时间", "raised at"),
        "state": Text("状态", "state"),
        "heard_by_id": Text("记录人", "heard by"),
        "heard_at": Text("记录时间", "written down at"),
        "heard_on": Text("听取日期", "heard on"),
        "statement": Text("书面陈述", "statement of the unit"),
        "stated_by_id": Text("陈述人", "stated by"),
        "stated_at": Text("陈述时间", "stated at"),
        "was_silent": Text("逾期未陈述", "was silent"),
        "hearing": Text("陈述", "what the unit said"),
        "decided_by_id": Text("决定人", "decided by"),
        "decided_at": Text("决定时间", "decided at"),
        "decision": Text("决定理由", "reasons"),
    }
}
