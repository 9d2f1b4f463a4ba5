"""What supplying bodies do, in the words of the trail."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.assessment.rules.figures.lacks import LACKS
from steelyard.assessment.rules.states import SHEET
from steelyard.kernel.bilingual import Text

TITLES: Mapping[str, Text] = {
    "fill_sheet": Text("填写数据表", "filled in a sheet of figures"),
    "sign_sheet": Text("签发数据表", "signed a sheet of figures"),
    "correct_sheet": Text("更正数据表", "began to correct a sheet of figures"),
    "take_back_correction": Text("撤回数据表的更正", "took back the correction of a sheet"),
    "urge_sheet": Text("催办数据表", "urged a sheet of figures"),
    "urge_sheets": Text("催办全部数据表", "urged all sheets that are awaited"),
    "let_count_as_missing": Text("决定按缺数计", "let a missing figure count so"),
}

VALUES: Mapping[tuple[str, str], Mapping[str, Text]] = {
    ("assessment_sheet", "state"): {one.value: text for one, text in SHEET.states.items()},
    ("assessment_figure", "status"): {one.value: text for one, text in LACKS.items()},
    ("assessment_missingfigure", "status"): {one.value: text for one, text in LACKS.items()},
}

COLUMNS: Mapping[str, Mapping[str, Text]] = {
    "assessment_sheet": {
        "assessment_id": Text("考核", "assessment"),
        "body_id": Text("数据来源单位", "supplying body"),
        "input_code": Text("数据编号", "figure"),
        "state": Text("状态", "state"),
        "draft": Text("草稿", "draft"),
        "why": Text("更正原因", "why it is corrected"),
        "urged_on": Text("催办日期", "urged on"),
    },
    "assessment_sheetversion": {
        "sheet_id": Text("数据表", "sheet"),
        "number": Text("版次", "version"),
        "why": Text("更正原因", "why it was corrected"),
        "signed_by_id": Text("签发人", "signed by"),
        "signed_at": Text("签发时间", "signed at"),
        "days_late": Text("逾期工作日", "working days late"),
    },
    "assessment_figure": {
        "sheet_version_id": Text("数据表版本", "version of the sheet"),
        "unit": Text("被考核单位", "unit"),
        "value": Text("数值", "figure"),
        "status": Text("缺数情形", "how it is lacking"),
        "note": Text("备注", "note"),
    },
    "assessment_missingfigure": {
        "assessment_id": Text("考核", "assessment"),
        "unit_id": Text("被考核单位", "unit"),
        "input_code": Text("数据编号", "figure"),
        "status": Text("缺数情形", "how it is lacking"),
        "reason": Text("理由", "reason"),
        "decided_by_id": Text("决定人", "decided by"),
        "decided_at": Text("决定时间", "decided at"),
    },
}
