"""What units file, in the words of the trail."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.assessment.rules.collection.claims import CLAIMS
from steelyard.assessment.rules.states import OBJECTION, SUBMISSION
from steelyard.files.rules.kinds import KINDS
from steelyard.kernel.bilingual import Text

TITLES: Mapping[str, Text] = {
    "urge_units": Text("催办填报", "urged the units"),
    "save_answer": Text("填报项目", "filled in an item"),
    "give_items": Text("分解任务到部门", "gave items to departments"),
    "bring_answers": Text("上传自评表格", "brought a sheet of answers"),
    "file_material": Text("上传佐证材料", "filed material"),
    "use_material": Text("引用佐证材料", "used material for an item"),
    "stop_using_material": Text("移除佐证材料", "took material off an item"),
    "put_up_submission": Text("提请审签自评材料", "put a submission up for approval"),
    "take_back_submission": Text("撤回自评材料", "took a submission back"),
    "decide_on_submission": Text("审签自评材料", "decided on a submission"),
    "file_late": Text("登记逾期报送", "declared a late filing"),
    "contest_record": Text("提出数据异议", "contested a record"),
    "uphold_objection": Text("认定数据异议成立", "upheld an objection"),
    "reject_objection": Text("认定数据异议不成立", "rejected an objection"),
}

VALUES: Mapping[tuple[str, str], Mapping[str, Text]] = {
    ("assessment_submission", "state"): {
        one.value: text for one, text in SUBMISSION.states.items()
    },
    ("assessment_objection", "state"): {one.value: text for one, text in OBJECTION.states.items()},
    ("assessment_answer", "claim"): {one.value: text for one, text in CLAIMS.items()},
    ("assessment_material", "kind"): {one.value: text for one, text in KINDS.items()},
}

COLUMNS: Mapping[str, Mapping[str, Text]] = {
    "assessment_submission": {
        "assessment_id": Text("考核", "assessment"),
        "unit_id": Text("被考核单位", "unit"),
        "state": Text("状态", "state"),
        "deadline_id": Text("期限", "deadline"),
        "filed_late_at": Text("登记逾期时间", "filed late since"),
        "why_late": Text("逾期原因", "why it is late"),
        "why_unanswered": Text("未填报说明", "why items are not answered"),
        "content_hash": Text("内容哈希值", "hash of the content"),
        "scheme_id": Text("细则版本", "version of the scheme"),
        "signed_by_id": Text("签发人", "signed by"),
        "signed_at": Text("签发时间", "signed at"),
        "days_late": Text("逾期工作日", "working days late"),
    },
    "assessment_answer": {
        "submission_id": Text("自评材料", "submission"),
        "item": Text("考核项", "item"),
        "self_score": Text("自评分", "self-score"),
        "figures": Text("自报数", "own figures"),
        "statement": Text("自评说明", "statement"),
        "claim": Text("申请", "claim"),
        "grounds": Text("申请理由", "grounds"),
        "department_id": Text("承办部门", "department"),
        "saved_by_id": Text("保存人", "saved by"),
        "saved_at": Text("保存时间", "saved at"),
    },
    "assessment_material": {
        "unit_id": Text("单位", "unit"),
        "file_id": Text("文件", "file"),
        "title": Text("标题", "title"),
        "kind": Text("文件格式", "format"),
        "document_number": Text("文号", "document number"),
        "filed_by_id": Text("上传人", "filed by"),
        "filed_at": Text("上传时间", "filed at"),
    },
    "assessment_materialuse": {
        "answer_id": Text("填报的项目", "answer"),
        "material_id": Text("佐证材料", "material"),
        "kind": Text("材料类别", "kind of material"),
        "pages": Text("查阅页码", "pages"),
        "used_by_id": Text("引用人", "used by"),
        "used_at": Text("引用时间", "used since"),
    },
    "assessment_objection": {
        "assessment_id": Text("考核", "assessment"),
        "unit_id": Text("被考核单位", "unit"),
        "body_id": Text("数据来源单位", "source"),
        "input_code": Text("数据", "figure"),
        "record": Text("记录", "record"),
        "text": Text("异议内容", "what is wrong"),
        "raised_by_id": Text("提出人", "raised by"),
        "raised_at": Text("提出时间", "raised at"),
        "state": Text("状态", "state"),
        "answer": Text("答复", "answer"),
        "answered_by_id": Text("答复人", "answered by"),
        "answered_at": Text("答复时间", "answered at"),
        "delivery_id": Text("记录所在的报送", "delivery that it came with"),
        "figure": Text("认定成立时的数据", "figure when it was upheld"),
        "asked_id": Text("更正要求", "request to correct it"),
        "correction_id": Text("更正报送", "correction"),
    },
}
