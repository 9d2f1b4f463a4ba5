"""``steelyard appoint``: the first administrator of an office, who lets in the others."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty

_MEND = Text("请改后再试", "mend it and try again")


def run(asked: argparse.Namespace) -> int:
    os.environ["STEELYARD_HOME"] = str(asked.home.resolve())
    from steelyard.config import embedded
    from steelyard.config.appoint import appoint, set_up_django

    if not os.environ.get("DATABASE_URL") and not embedded.address(asked.home.resolve()):
        raise Faulty([_not_running()])
    set_up_django()
    from steelyard.kernel.refusals import Refused

    try:
        password = appoint(
            username=asked.username,
            name=asked.name,
            code=asked.organisation,
            organisation=asked.organisation_name,
            kind=asked.kind,
            now=datetime.now(UTC),
        )
    except Refused as error:
        raise Faulty([Fault(one.code, one.text, _MEND) for one in error.refusals]) from error
    print(
        Text(
            f"已开通系统管理员 {asked.username}，密码：{password}（只显示这一次，请登录后更换）",
            f"{asked.username} is administrator; password: {password}"
            " (said this once; change it after signing in)",
        ).say(asked.lang)
    )
    return 0


def _not_running() -> Fault:
    return Fault(
        "office-not-running",
        Text("系统没有运行", "the office does not run"),
        Text("请先 steelyard serve，或设 DATABASE_URL", "start it first, or set DATABASE_URL"),
    )
