"""``steelyard restore``: put back what a backup holds, all or nothing."""

from __future__ import annotations

import argparse
import os
import sys

from steelyard.cli.not_kept import say_not_kept
from steelyard.kernel.bilingual import Text


def run(asked: argparse.Namespace) -> int:
    from steelyard.config.backup.restoring import restore
    from steelyard.config.database.roles import owners_address
    from steelyard.config.serving.running import RunsAlready

    home, url = asked.home.resolve(), owners_address(os.environ)
    try:
        made = restore(home, url, asked.file.resolve(), replace=asked.replace)
    except RunsAlready as error:
        where = error.running.address if error.running else ""
        refused = Text(
            f"系统正在运行，请先停止：{where}", f"The office runs; stop it first: {where}"
        )
        print(refused.say(asked.lang), file=sys.stderr)
        return 2
    print(
        Text(
            f"已恢复 {made.taken_at} 的备份：数据库和{made.files}个文件。",
            f"Restored the backup of {made.taken_at}: the database and {made.files} files.",
        ).say(asked.lang)
    )
    return say_not_kept(made.not_kept, asked.lang)
