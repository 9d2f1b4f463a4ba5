"""What was done, to which field, with which value, in words? Each area says it in its ``words.py``.

There stand ``TITLES`` (action → title), ``LABELS`` (table, column → label, where the model has none),
``VALUES`` (table, column → value → label) and ``CODES`` (table → what finds the titles of the codes that
stand in the JSON of its rows: those of a scheme differ from year to year). A test looks for a title for
every name that stands in an ``acting("…")`` of the office, and for a Chinese label for every column.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from steelyard.kernel.bilingual import Text

WRITES: Mapping[str, Text] = {
    "insert": Text("新增", "added"),
    "update": Text("更改", "changed"),
    "delete": Text("删除", "deleted"),
}
"""What is said of a write that no action names."""

OFTEN: Mapping[str, Text] = {
    "organisation_id": Text("机构", "organisation"),
    "account_id": Text("账号", "account"),
    "user_id": Text("账号", "account"),
    "by_id": Text("经办人", "by"),
    "deadline_id": Text("期限", "deadline"),
    "mail_id": Text("邮件", "mail"),
    "group_id": Text("组", "group"),
    "permission_id": Text("权限", "permission"),
    "starts": Text("起始日", "from"),
    "ends": Text("截止日（不含）", "until (not included)"),
    "code": Text("代码", "code"),
    "name": Text("名称", "name"),
    "name_zh": Text("中文名称", "name in Chinese"),
    "name_en": Text("英文名称", "name in English"),
    "kind": Text("类型", "kind"),
    "place": Text("地点", "place"),
    "status": Text("状态", "status"),
    "language": Text("语言", "language"),
    "created_at": Text("创建时间", "made"),
    "last_used_at": Text("最近使用时间", "last used"),
}
"""Columns that are called alike wherever they stand."""


def title_of(action: str, verb: str) -> Text:
    return _gathered("TITLES").get(action) or WRITES[verb]


def label_of(table: str, column: str) -> Text | None:
    return _gathered("LABELS").get((table, column)) or OFTEN.get(column)


def value_of(table: str, column: str, value: object) -> Text | None:
    return _gathered("VALUES").get((table, column), {}).get(value)


def codes_of(table: str, rows: Iterable[Mapping[str, Any]]) -> Mapping[str, Text]:
    """What the codes in the JSON of these rows are called; a code that is left out says itself."""
    found = _gathered("CODES").get(table)
    return found(rows) if found else {}


@cache
def _gathered(name: str) -> Mapping:
    """What all areas say under one name."""
    found: dict = {}
    for app in apps.get_app_configs():
        if app.name.startswith("steelyard.") and find_spec(f"{app.name}.words"):
            found.update(getattr(import_module(f"{app.name}.words"), name, {}))
    return found
