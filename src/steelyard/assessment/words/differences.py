"""What is done with differences, in the words of the trail."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.assessment.rules.differences.settling import TAKEN
from steelyard.assessment.rules.states import DIFFERENCE
from steelyard.kernel.bilingual import Text

TITLES: Mapping[str, Text] = {
    "compare_again": Text("重新比对数据", "compared the figures again"),
    "settle_difference": Text("核定差异", "settled a difference"),
    "settle_difference_anew": Text("改核差异", "settled a difference otherwise"),
    "reopen_difference": Text("重新核定差异", "opened a difference again"),
}

VALUES: Mapping[tuple[str, str], Mapping[str, Text]] = {
    ("assessment_difference", "state"): {
        one.value: text for one, text in DIFFERENCE.states.items()
    },
    ("assessment_difference", "taken"): {one.value: text for one, text in TAKEN.items()},
    ("assessment_settlement", "taken"): {one.value: text for one, text in TAKEN.items()},
}

COLUMNS: Mapping[str, Mapping[str, Text]] = {
    "assessment_difference": {
        "assessment_id": Text("考核", "assessment"),
        "unit_id": Text("被考核单位", "unit"),
        "input_code": Text("数据编号", "figure"),
        "reported": Text("自报数", "self-reported figure"),
        "supplied": Text("提供数", "supplied figure"),
        "state": Text("状态", "state"),
        "taken": Text("采用", "taken"),
        "value": Text("核定数", "figure that counts"),
        "reason": Text("理由", "reason"),
        "settled_by_id": Text("核定人", "settled by"),
        "settled_at": Text("核定时间", "settled at"),
    },
    "assessment_settlement": {
        "difference_id": Text("差异", "difference"),
        "reported": Text("自报数", "self-reported figure"),
        "supplied": Text("提供数", "supplied figure"),
        "taken": Text("采用", "taken"),
        "value": Text("原核定数", "figure that counted"),
        "reason": Text("理由", "reason"),
        "settled_by_id": Text("核定人", "settled by"),
        "settled_at": Text("核定时间", "settled at"),
        "why_no_more": Text("不再有效的原因", "why it stands no more"),
        "ended_by_id": Text("改核人", "ended by"),
        "ended_at": Text("改核时间", "stood until"),
    },
}
