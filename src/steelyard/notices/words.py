"""What is done with deadlines and notices, in the words of the trail."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.kernel.bilingual import Text
from steelyard.notices.rules.mails import State

TITLES: Mapping[str, Text] = {
    "start_deadline": Text("起算期限", "started a deadline"),
    "extend_deadline": Text("延长期限", "extended a deadline"),
    "end_deadline": Text("了结期限", "ended a deadline"),
    "reopen_deadline": Text("恢复期限", "let a deadline go on"),
    "remind": Text("发出提醒", "reminded"),
    "read_notices": Text("阅读通知", "read notices"),
    "choose_notice_mode": Text("设定何时收邮件", "chose when to get mail"),
    "pack_mails": Text("编写邮件", "wrote mails"),
    "try_mail": Text("准备发送邮件", "was about to send a mail"),
    "send_mail": Text("发送邮件", "sent a mail"),
    "doubt_mails": Text("标记邮件是否发出不明", "noted that a mail may not have gone out"),
}

STATES: Mapping[str, Text] = {
    State.WAITING.value: Text("待发送", "waiting"),
    State.TRYING.value: Text("正在发送", "being sent"),
    State.SENT.value: Text("已发送", "sent"),
    State.UNSURE.value: Text("是否发出不明", "unsure"),
    State.GIVEN_UP.value: Text("未能发出", "given up"),
}

VALUES: Mapping[tuple[str, str], Mapping[str, Text]] = {("notices_mail", "state"): STATES}

LABELS: Mapping[tuple[str, str], Text] = {
    ("notices_deadline", "area"): Text("业务", "area"),
    ("notices_deadline", "object_id"): Text("对象", "object"),
    ("notices_deadline", "task"): Text("任务", "task"),
    ("notices_deadline", "what_zh"): Text("事项", "what"),
    ("notices_deadline", "what_en"): Text("事项（英文）", "what, in English"),
    ("notices_deadline", "path"): Text("地址", "address"),
    ("notices_deadline", "organisation_id"): Text("机构", "organisation"),
    ("notices_deadline", "role"): Text("角色", "role"),
    ("notices_deadline", "account_id"): Text("账号", "account"),
    ("notices_deadline", "starts"): Text("起算日", "starts"),
    ("notices_deadline", "working_days"): Text("工作日数", "working days"),
    ("notices_deadline", "first_due"): Text("原届满日", "due at first"),
    ("notices_deadline", "counted_zh"): Text("计算方法", "how it was counted"),
    ("notices_deadline", "counted_en"): Text("计算方法（英文）", "how it was counted, in English"),
    ("notices_deadline", "provisional"): Text("暂定", "provisional"),
    ("notices_deadline", "due"): Text("届满日", "due"),
    ("notices_deadline", "ended_on"): Text("了结日", "ended on"),
    ("notices_deadline", "end"): Text("了结方式", "how it ended"),
    ("notices_extension", "reason"): Text("理由", "reason"),
    ("notices_extension", "was_due"): Text("延期前届满日", "was due"),
    ("notices_extension", "due"): Text("延期后届满日", "due"),
    ("notices_mail", "state"): Text("状态", "state"),
    ("notices_mail", "tries"): Text("尝试次数", "tries"),
    ("notices_mail", "trouble"): Text("故障", "trouble"),
    ("notices_notice", "deadlines"): Text("所涉期限", "deadlines that it tells of"),
    ("notices_notice", "kind"): Text("种类", "kind"),
    ("notices_notice", "words"): Text("内容", "words"),
    ("notices_notice", "read_at"): Text("已读时间", "read"),
    ("notices_preference", "mode"): Text("何时收邮件", "when mail is sent"),
}
