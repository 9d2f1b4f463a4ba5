"""Scoring, in the words of the trail."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.assessment.rules.judging import CLAIM_ANSWERS, STATUSES
from steelyard.assessment.rules.states import SCORE
from steelyard.kernel.bilingual import Text

TITLES: Mapping[str, Text] = {
    "urge_scoring": Text("催办评分", "urged the scoring bodies"),
    "score_items": Text("评分", "scored items"),
    "reopen_score": Text("退回重评", "opened a score again"),
}

VALUES: Mapping[tuple[str, str], Mapping[str, Text]] = {
    ("assessment_score", "state"): {one.value: text for one, text in SCORE.states.items()},
    ("assessment_score", "status"): {one.value: text for one, text in STATUSES.items()},
    ("assessment_score", "claim"): {one.value: text for one, text in CLAIM_ANSWERS.items()},
}

COLUMNS: Mapping[str, Mapping[str, Text]] = {
    "assessment_score": {
        "assessment_id": Text("考核", "assessment"),
        "unit_id": Text("被考核单位", "unit"),
        "body_id": Text("评分单位", "scoring body"),
        "item": Text("考核项", "item"),
        "judged": Text("评定", "judged"),
        "status": Text("情形", "status"),
        "claim": Text("对申请的答复", "answer to the claim"),
        "reason": Text("理由", "reason"),
        "figures": Text("评分时的数据", "figures when scored"),
        "state": Text("状态", "state"),
        "scored_by_id": Text("评分人", "scored by"),
        "scored_at": Text("评分时间", "scored at"),
        "why_again": Text("重评理由", "why it is scored again"),
        "reopened_by_id": Text("退回人", "reopened by"),
        "reopened_at": Text("退回时间", "reopened at"),
    },
    "assessment_deduction": {
        "score_id": Text("评分", "score"),
        "points": Text("扣分", "points taken away"),
        "reason": Text("扣分理由", "reason"),
    },
}
