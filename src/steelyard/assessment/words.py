"""What is done to deliveries and snapshots, in the words of the trail."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.assessment.rules.deliveries import STATUSES
from steelyard.kernel.bilingual import Text

TITLES: Mapping[str, Text] = {
    "upload_delivery": Text("上传报送", "uploaded a delivery"),
    "correct_delivery": Text("更正报送", "corrected a delivery"),
    "mend_delivery": Text("修改报送", "mended a delivery"),
    "sign_delivery": Text("签发报送", "signed a delivery"),
    "withdraw_delivery": Text("撤回报送", "withdrew a delivery"),
    "discard_delivery": Text("作废草稿", "discarded a draft"),
    "accept_delivery": Text("接收报送", "accepted a delivery"),
    "return_delivery": Text("退回报送", "returned a delivery"),
    "ask_for_snapshot": Text("申请冻结数据快照", "asked for a snapshot"),
    "freeze_snapshot": Text("冻结数据快照", "froze a snapshot"),
}

VALUES: Mapping[tuple[str, str], Mapping[str, Text]] = {
    ("assessment_delivery", "status"): STATUSES,
    ("assessment_snapshot", "status"): {
        "asked": Text("正在冻结", "being frozen"),
        "frozen": Text("已冻结", "frozen"),
        "refused": Text("未能冻结", "refused"),
    },
}

LABELS: Mapping[tuple[str, str], Text] = {
    ("assessment_delivery", "body_id"): Text("报送单位", "body"),
    ("assessment_delivery", "table_code"): Text("数据表", "table"),
    ("assessment_delivery", "covers"): Text("覆盖地区", "covers"),
    ("assessment_delivery", "cut_off"): Text("截止日期", "cut-off"),
    ("assessment_delivery", "file_hash"): Text("文件摘要", "hash of the file"),
    ("assessment_delivery", "file_name"): Text("文件名", "file name"),
    ("assessment_delivery", "rows"): Text("行数", "rows"),
    ("assessment_delivery", "fault_count"): Text("问题数", "number of faults"),
    ("assessment_delivery", "faults"): Text("问题", "faults"),
    ("assessment_delivery", "sample"): Text("样例数据", "sample"),
    ("assessment_delivery", "source"): Text("来源", "source"),
    ("assessment_delivery", "licence"): Text("许可", "licence"),
    ("assessment_delivery", "note"): Text("说明", "note"),
    ("assessment_delivery", "uploaded_by_id"): Text("上传人", "uploaded by"),
    ("assessment_delivery", "uploaded_at"): Text("上传时间", "uploaded"),
    ("assessment_delivery", "signer_id"): Text("签发人", "signed by"),
    ("assessment_delivery", "signer_name"): Text("签发人姓名", "name of the signer"),
    ("assessment_delivery", "body_name_zh"): Text("签发时单位名称", "name of the body when signed"),
    ("assessment_delivery", "body_name_en"): Text(
        "签发时单位英文名称", "English name of the body when signed"
    ),
    ("assessment_delivery", "signed_at"): Text("签发时间", "signed"),
    ("assessment_delivery", "decided_by_id"): Text("接收或者退回人", "decided by"),
    ("assessment_delivery", "decided_at"): Text("接收或者退回时间", "decided"),
    ("assessment_delivery", "reason"): Text("退回理由", "reason"),
    ("assessment_delivery", "replaces_id"): Text("替代的报送", "replaces"),
    ("assessment_delivery", "why"): Text("更正原因", "why it is corrected"),
    ("assessment_snapshot", "office_id"): Text("考核办", "office"),
    ("assessment_snapshot", "identifier"): Text("快照编号", "identifier"),
    ("assessment_snapshot", "rows"): Text("行数", "rows"),
    ("assessment_snapshot", "faults"): Text("问题", "faults"),
    ("assessment_snapshot", "asked_by_id"): Text("申请人", "asked by"),
    ("assessment_snapshot", "asked_at"): Text("申请时间", "asked"),
    ("assessment_snapshot", "ended_at"): Text("完成时间", "ended"),
    ("assessment_listed", "snapshot_id"): Text("快照", "snapshot"),
    ("assessment_listed", "delivery_id"): Text("报送", "delivery"),
}
