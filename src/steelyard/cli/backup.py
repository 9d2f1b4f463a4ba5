"""``steelyard backup``: everything that the office keeps, in one file. Status 3 if something of it is missing."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime

from steelyard.cli.not_kept import say_not_kept
from steelyard.kernel.bilingual import Text


def run(asked: argparse.Namespace) -> int:
    from steelyard.config.backup.taking import back_up
    from steelyard.config.database.roles import owners_address

    home, url = asked.home.resolve(), owners_address(os.environ)
    made = back_up(home, url, asked.file.resolve(), datetime.now(UTC))
    print(
        Text(
            f"已备份到 {asked.file}：数据库和{made.files}个文件，{made.size:,}字节。\n{made.identifier}",
            f"Backed up into {asked.file}: the database and {made.files} files,"
            f" {made.size:,} bytes.\n{made.identifier}",
        ).say(asked.lang)
    )
    return say_not_kept(made.not_kept, asked.lang)
