"""What is done to organisations and accounts, in the words of the trail."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.kernel.bilingual import Text
from steelyard.people.rules.organisation_sheets import KINDS
from steelyard.people.rules.roles import ROLES

TITLES: Mapping[str, Text] = {
    "open_organisation": Text("设立机构", "opened an organisation"),
    "correct_organisation": Text("更正机构信息", "corrected an organisation"),
    "place_organisation": Text("调整上级机构", "placed an organisation below another"),
    "close_organisation": Text("撤销机构", "closed an organisation"),
    "import_organisations": Text("导入机构表格", "brought a sheet of organisations"),
    "keep_sheet": Text("上传待核对的表格", "brought a sheet to look at"),
    "drop_sheet": Text("移除待核对的表格", "put a sheet aside"),
    "import_people": Text("导入人员表格", "brought a sheet of people"),
    "open_account": Text("开设账号", "opened an account"),
    "correct_account": Text("更正账号信息", "corrected an account"),
    "close_account": Text("停用账号", "closed an account"),
    "reopen_account": Text("重新启用账号", "reopened an account"),
    "give_link": Text("发出登录链接", "gave a link to sign in"),
    "choose_language": Text("选择语言", "chose a language"),
    "set_demo_password": Text("设置演示账号密码", "set the password of a demonstration account"),
    "give_role": Text("授予角色", "gave a role"),
    "end_role": Text("终止角色", "ended a role"),
}

VALUES: Mapping[tuple[str, str], Mapping[str, Text]] = {
    ("people_holding", "role"): ROLES,
    ("people_organisation", "kind"): KINDS,
    ("people_account", "language"): {
        "zh-hans": Text("中文", "Chinese"),
        "en": Text("英文", "English"),
    },
}

LABELS: Mapping[tuple[str, str], Text] = {
    ("people_placement", "parent_id"): Text("上级机构", "stands below"),
    ("people_account", "name"): Text("姓名", "name"),
    ("people_account", "is_demo"): Text("演示账号", "demonstration account"),
    ("people_account", "link_given_at"): Text("登录链接发出时间", "link to sign in given"),
    ("people_account", "password"): Text("密码", "password"),
    ("people_holding", "role"): Text("角色", "role"),
    ("people_holding", "stands_in"): Text("代理空缺岗位", "stands in for a vacant post"),
    ("mfa_authenticator", "type"): Text("方式", "kind of factor"),
    ("mfa_authenticator", "data"): Text("密钥", "secret"),
    ("socialaccount_socialapp", "settings"): Text("设置", "settings"),
}
