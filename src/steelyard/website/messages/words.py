"""What is done with messages of the public, in the words of the trail."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.kernel.bilingual import Text
from steelyard.website.messages.rules import STATES

TITLES: Mapping[str, Text] = {
    "take_message": Text("收到留言", "took a message in"),
    "answer_message": Text("办结留言", "dealt with a message"),
    "publish_answer": Text("公开问答", "published a question with its answer"),
    "mail_answer": Text("邮件答复留言", "mailed an answer"),
    "forget_people": Text("删去留言人信息", "struck out who sent messages"),
    "publish_messages": Text("公布留言办理情况", "published how messages were dealt with"),
}

VALUES: Mapping[tuple[str, str], Mapping[str, Text]] = {
    ("public_messages_publicmessage", "state"): {one.value: said for one, said in STATES.items()}
}

_COLUMNS = {
    "number": Text("编号", "number"),
    "lookup": Text("查询散列", "hash of number and code"),
    "digest": Text("内容散列", "digest"),
    "name": Text("称呼", "name"),
    "mail": Text("电子邮箱", "mail"),
    "subject": Text("主题", "subject"),
    "text": Text("留言内容", "message"),
    "lang": Text("语言", "language"),
    "sent_at": Text("提交时间", "sent"),
    "taken_at": Text("收到时间", "taken in"),
    "due": Text("应答复日期", "to be answered by"),
    "state": Text("状态", "state"),
    "answer": Text("答复", "answer"),
    "ended_at": Text("办结时间", "answered"),
    "ended_by_id": Text("办结人", "answered by"),
    "mailed_at": Text("答复邮件时间", "answer mailed"),
    "mail_trouble": Text("邮件故障", "trouble with the mail"),
    "public_question": Text("公开的问题", "question as published"),
    "public_answer": Text("公开的答复", "answer as published"),
}
LABELS: Mapping[tuple[str, str], Text] = {
    ("public_messages_publicmessage", column): said for column, said in _COLUMNS.items()
}
