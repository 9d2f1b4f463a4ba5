"""File review: the draw, what became of each file, what reviewers found."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.assessment.rules.states import DRAWN_FILE, FileMove
from steelyard.kernel.bilingual import Text

TITLES: Mapping[str, Text] = {
    "draw_files": Text("抽取案卷", "drew case files"),
    **{f"{move}_file": DRAWN_FILE.moves[move] for move in FileMove if move is not FileMove.REVIEW},
    "assign_reviewers": Text("分派评查人", "gave files to reviewers"),
    "assign_third_reviewer": Text("指定第三名评查人", "asked a third reviewer"),
    "replace_reviewer": Text("更换评查人", "replaced a reviewer"),
    "urge_reviewers": Text("催办评查", "urged reviewers"),
    "save_review": Text("保存评查", "saved a review"),
    "finish_review": Text("提交评查结果", "finished a review"),
}

VALUES: Mapping[tuple[str, str], Mapping[str, Text]] = {
    ("assessment_drawnfile", "state"): {one.value: text for one, text in DRAWN_FILE.states.items()}
}

COLUMNS: Mapping[str, Mapping[str, Text]] = {
    "assessment_draw": {
        "assessment_id": Text("考核", "assessment"),
        "snapshot_id": Text("数据快照", "snapshot"),
        "input_code": Text("数据项", "input"),
        "table_code": Text("数据表", "table"),
        "file_type": Text("案卷类别", "type of file"),
        "seed": Text("种子", "seed"),
        "seed_origin": Text("种子来源", "where the seed comes from"),
        "witness": Text("在场人员", "witness"),
        "wanted": Text("每个单位抽取数", "files a unit"),
        "reserves": Text("每个单位备用数", "reserves a unit"),
        "population": Text("案卷总数", "files there are"),
        "checklist": Text("评查标准", "checklist"),
        "drawn_by_id": Text("抽取人", "drawn by"),
        "drawn_at": Text("抽取时间", "drawn at"),
    },
    "assessment_drawnfile": {
        "draw_id": Text("抽取", "draw"),
        "unit_id": Text("单位", "unit"),
        "record": Text("案卷编号", "case file"),
        "place": Text("次序", "place"),
        "is_reserve": Text("备用", "reserve"),
        "state": Text("状态", "state"),
        "reason": Text("理由", "reason"),
        "noted_by_id": Text("登记人", "noted by"),
        "noted_at": Text("登记时间", "noted at"),
    },
    "assessment_earlierreview": {
        "review_id": Text("评查", "review"),
        "of_version": Text("重新评查前版本", "version before"),
        "marks": Text("发现的问题", "defects found"),
        "reviewer_id": Text("评查人", "reviewer"),
        "done_at": Text("提交时间", "done at"),
        "set_aside_at": Text("重新评查时间", "marked anew at"),
    },
    "assessment_filereview": {
        "file_id": Text("案卷", "case file"),
        "reviewer_id": Text("评查人", "reviewer"),
        "settles": Text("第三人", "settles"),
        "saved_at": Text("保存时间", "saved at"),
        "done_at": Text("提交时间", "done at"),
        "urged_on": Text("催办日期", "urged on"),
    },
    "assessment_mark": {
        "review_id": Text("评查", "review"),
        "defect": Text("缺陷", "defect"),
        "times": Text("次数", "times"),
        "note": Text("说明", "note"),
    },
}
