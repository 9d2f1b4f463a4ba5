"""Visits and leads, in the words of the trail."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.assessment.rules.leads import CHANNELS
from steelyard.assessment.rules.states import LEAD, VISIT
from steelyard.assessment.rules.visits.report_corrections import CORRECTED
from steelyard.kernel.bilingual import Text

TITLES: Mapping[str, Text] = {
    "plan_visit": Text("安排实地检查", "planned a visit"),
    "change_visit": Text("调整实地检查安排", "changed the plan of a visit"),
    "announce_visit": Text("通知实地检查", "announced a visit"),
    "cancel_visit": Text("取消实地检查", "cancelled a visit"),
    "record_finding": Text("登记检查情况", "wrote a finding down"),
    "correct_finding": Text("修改检查情况", "corrected a finding"),
    "start_report_of_visit": Text("开始计算提交检查情况的期限", "gave a report on a visit its day"),
    "report_visit": Text("提交检查情况", "reported on a visit"),
    "correct_report": Text("更正检查情况", "corrected the report on a visit"),
    "receive_lead": Text("登记线索", "took a lead in"),
    "take_lead": Text("收到网上线索", "took in a lead from the form"),
    "place_lead": Text("把线索归入考核", "assigned a lead to an assessment"),
    "check_lead": Text("开始核查线索", "began to check a lead"),
    "confirm_lead": Text("认定线索属实", "confirmed a lead"),
    "close_lead": Text("认定线索不属实", "closed a lead as unfounded"),
    "open_informant": Text("查阅举报人信息", "opened the seal of an informant"),
}

VALUES: Mapping[tuple[str, str], Mapping[str, Text]] = {
    ("assessment_visit", "state"): {one.value: text for one, text in VISIT.states.items()},
    ("assessment_reportcorrection", "what"): {one.value: text for one, text in CORRECTED.items()},
    ("assessment_lead", "state"): {one.value: text for one, text in LEAD.states.items()},
    ("assessment_lead", "channel"): {one.value: text for one, text in CHANNELS.items()},
}

COLUMNS: Mapping[str, Mapping[str, Text]] = {
    "assessment_visit": {
        "assessment_id": Text("考核", "assessment"),
        "unit_id": Text("被检查单位", "unit"),
        "planned_on": Text("检查日期", "day of the visit"),
        "is_unannounced": Text("不打招呼", "unannounced"),
        "team": Text("检查组成员", "who goes"),
        "places": Text("检查地点", "places"),
        "items": Text("检查项目", "items to check"),
        "state": Text("状态", "state"),
        "announced_by_id": Text("通知人", "announced by"),
        "announced_at": Text("通知时间", "announced at"),
        "visited_on": Text("检查日期", "visited on"),
        "summary": Text("检查情况综述", "summary"),
        "reason": Text("取消原因", "why it was cancelled"),
        "planned_by_id": Text("安排人", "planned by"),
        "planned_at": Text("安排时间", "planned at"),
        "reported_by_id": Text("提交人", "reported by"),
        "reported_at": Text("提交时间", "reported at"),
    },
    "assessment_finding": {
        "visit_id": Text("实地检查", "visit"),
        "item": Text("考核项", "item"),
        "is_defect": Text("是否问题", "defect"),
        "text": Text("检查情况", "finding"),
        "place": Text("地点", "place"),
        "found_by_id": Text("登记人", "written down by"),
        "found_at": Text("登记时间", "written down at"),
        "correction_id": Text("补充登记", "added by a correction"),
    },
    "assessment_reportcorrection": {
        "visit_id": Text("实地检查", "visit"),
        "finding_id": Text("检查情况", "finding"),
        "what": Text("更正内容", "what was corrected"),
        "of_version": Text("更正前版本", "version before"),
        "before": Text("更正前", "before"),
        "reason": Text("更正原因", "why it was corrected"),
        "by_id": Text("更正人", "corrected by"),
        "at": Text("更正时间", "corrected at"),
    },
    "assessment_lead": {
        "assessment_id": Text("考核", "assessment"),
        "unit_id": Text("被反映单位", "unit"),
        "item": Text("考核项", "item"),
        "office_id": Text("办理办公室", "office"),
        "channel": Text("来源", "channel"),
        "receipt": Text("回执号", "receipt"),
        "matter": Text("反映事项", "matter"),
        "place": Text("发生地点", "where it happened"),
        "happened": Text("发生时间", "when it happened"),
        "text": Text("反映内容", "what was told"),
        "received_by_id": Text("登记人", "received by"),
        "received_at": Text("登记时间", "received at"),
        "state": Text("状态", "state"),
        "conclusion": Text("核查结论", "conclusion"),
        "visit_id": Text("实地检查", "visit"),
        "concluded_by_id": Text("认定人", "concluded by"),
        "concluded_at": Text("认定时间", "concluded at"),
    },
    "assessment_informant": {
        "lead_id": Text("线索", "lead"),
        "sealed": Text("密封信息", "sealed"),
    },
    "assessment_informantread": {
        "informant_id": Text("举报人", "informant"),
        "by_id": Text("查阅人", "opened by"),
        "at": Text("查阅时间", "opened at"),
        "reason": Text("查阅理由", "reason"),
    },
}
