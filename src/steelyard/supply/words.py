"""What is done to deliveries and snapshots, in the words of the trail."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.kernel.bilingual import Text
from steelyard.supply.rules.deliveries import STATUSES
from steelyard.supply.rules.requests import STATES

TITLES: Mapping[str, Text] = {
    "upload_delivery": Text("上传报送", "uploaded a delivery"),
    "mend_delivery": Text("修改报送", "mended a delivery"),
    "sign_delivery": Text("签发报送", "signed a delivery"),
    "withdraw_delivery": Text("撤回签发", "withdrew a signature"),
    "discard_delivery": Text("作废报送", "discarded a delivery"),
    "accept_delivery": Text("接收报送", "accepted a delivery"),
    "return_delivery": Text("退回报送", "returned a delivery"),
    "correct_delivery": Text("更正报送", "opened a correction"),
    "deliver_collected": Text("报送办公室采集的数据", "delivered what the office collected"),
    "ask_for_delivery": Text("要求报送", "asked for a delivery"),
    "withdraw_request": Text("撤回报送要求", "withdrew a request"),
    "urge_request": Text("催办报送", "urged a delivery"),
    "ask_for_snapshot": Text("申请冻结数据快照", "asked for a snapshot"),
    "freeze_snapshot": Text("冻结数据快照", "froze a snapshot"),
}

_SNAPSHOT = {
    "asked": Text("正在冻结", "being frozen"),
    "frozen": Text("已冻结", "frozen"),
    "refused": Text("未能冻结", "refused"),
}
VALUES: Mapping[tuple[str, str], Mapping[str, Text]] = {
    ("supply_delivery", "status"): STATUSES,
    ("supply_deliveryrequest", "state"): STATES,
    ("supply_snapshot", "status"): _SNAPSHOT,
}

_DELIVERY = {
    "name": Text("报送编号", "name of the delivery"),
    "body_id": Text("报送单位", "body"),
    "table_code": Text("表", "table"),
    "covers": Text("覆盖地区", "places covered"),
    "collection": Text("采集任务", "collection"),
    "cut_off": Text("数据截止日", "cut-off"),
    "file_hash": Text("文件哈希值", "hash of the file"),
    "file_name": Text("文件", "file"),
    "rows": Text("行数", "rows"),
    "fault_count": Text("错误数", "faults counted"),
    "faults": Text("错误", "faults"),
    "sample": Text("样本", "sample"),
    "source": Text("来源", "source"),
    "licence": Text("许可", "licence"),
    "note": Text("备注", "remark"),
    "uploaded_by_id": Text("上传人", "uploaded by"),
    "uploaded_at": Text("上传时间", "uploaded at"),
    "signer_id": Text("签发账号", "signer"),
    "signer_name": Text("签发人", "signed by"),
    "body_name_zh": Text("签发时的单位名称", "name of the body when signed"),
    "body_name_en": Text("签发时的单位英文名称", "English name of the body when signed"),
    "signed_at": Text("签发时间", "signed at"),
    "decided_by_id": Text("处理人", "decided by"),
    "decided_at": Text("处理时间", "decided at"),
    "reason": Text("退回原因", "reason"),
    "replaces_id": Text("更正对象", "corrects"),
    "why": Text("更正原因", "why it is corrected"),
}
_OF_REQUEST = {
    "body_id": Text("报送单位", "body"),
    "table_code": Text("表", "table"),
    "covers": Text("覆盖地区", "places covered"),
    "cut_off": Text("数据截止日", "cut-off"),
    "working_days": Text("工作日数", "working days"),
    "note": Text("说明", "note"),
    "asked_by_id": Text("要求人", "asked by"),
    "asked_at": Text("要求时间", "asked at"),
    "state": Text("办理状态", "state"),
    "corrects_id": Text("请予更正的报送", "to be corrected"),
    "delivery_id": Text("报送", "delivery"),
    "met_on": Text("报送日", "met on"),
    "days_late": Text("逾期工作日", "working days late"),
    "urged_on": Text("催办日", "urged on"),
    "withdrawn_by_id": Text("撤回人", "withdrawn by"),
    "withdrawn_at": Text("撤回时间", "withdrawn at"),
    "reason": Text("撤回原因", "why it was withdrawn"),
}
_OF_SNAPSHOT = {
    "office_id": Text("考核机构", "office"),
    "collection": Text("采集任务", "collection"),
    "identifier": Text("快照编号", "identifier"),
    "folder": Text("存放位置", "folder"),
    "rows": Text("行数", "rows"),
    "faults": Text("错误", "faults"),
    "asked_by_id": Text("申请人", "asked by"),
    "asked_at": Text("申请时间", "asked at"),
    "ended_at": Text("完成时间", "ended at"),
}
LABELS: Mapping[tuple[str, str], Text] = {
    **{("supply_delivery", column): text for column, text in _DELIVERY.items()},
    **{("supply_deliveryrequest", column): text for column, text in _OF_REQUEST.items()},
    **{("supply_snapshot", column): text for column, text in _OF_SNAPSHOT.items()},
    ("supply_listed", "snapshot_id"): Text("数据快照", "snapshot"),
    ("supply_listed", "delivery_id"): Text("报送", "delivery"),
}
