"""``steelyard appoint``: the first administrator of an office, who lets in the others."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from steelyard.cli.office import reach_the_office
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty

_MEND = Text("请改后再试", "mend it and try again")


def run(asked: argparse.Namespace) -> int:
    reach_the_office(asked.home.resolve())
    from steelyard.config.appoint import appoint
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
