"""Weighings of the frozen records."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.assessment.rules.states import WEIGHING
from steelyard.kernel.bilingual import Text

TITLES: Mapping[str, Text] = {
    "ask_for_weighing": Text("申请重新冻结并计分", "asked for another weighing"),
    "run_weighing": Text("后台计分", "weighed in the background"),
    "end_weighing": Text("计分结束", "ended a weighing"),
}

VALUES: Mapping[tuple[str, str], Mapping[str, Text]] = {
    ("assessment_weighing", "state"): {one.value: text for one, text in WEIGHING.states.items()}
}

COLUMNS: Mapping[str, Mapping[str, Text]] = {
    "assessment_weighing": {
        "assessment_id": Text("考核", "assessment"),
        "snapshot_id": Text("数据快照", "snapshot"),
        "scheme_id": Text("细则版本", "version of the scheme"),
        "replications": Text("模拟次数", "replications"),
        "seed": Text("随机种子", "seed"),
        "state": Text("状态", "state"),
        "attempts": Text("开始次数", "attempts"),
        "progress": Text("进度（%）", "progress in percent"),
        "result_hash": Text("结果哈希值", "hash of the result"),
        "papers": Text("结果文件", "papers"),
        "faults": Text("错误", "faults"),
        "asked_by_id": Text("申请人", "asked by"),
        "asked_at": Text("申请时间", "asked at"),
        "reopened_why": Text("解除冻结的理由", "why the scoring was opened again"),
        "reopened_by_id": Text("解除冻结人", "opened again by"),
        "reopened_at": Text("解除冻结时间", "opened again at"),
        "ended_at": Text("结束时间", "ended at"),
    }
}
