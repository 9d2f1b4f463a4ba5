"""``steelyard messages FOLDER``: take in the messages that the public site left in its outbox, each once.

Files stay where they are; a second time they are known. Status 1 if a file is no message.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from steelyard.cli.office import reach_the_office
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where


def run(asked: argparse.Namespace) -> int:
    if not asked.folder.is_dir():
        raise Faulty([_no_folder(str(asked.folder))])
    reach_the_office(asked.home.resolve())
    from steelyard.website.messages.actions import take_folder

    new, known, refused = take_folder(asked.folder, now=datetime.now(UTC))
    print(
        Text(
            f"新收到{new}件，已有{known}件，不是留言的文件{len(refused)}个",
            f"{new} new, {known} known already, {len(refused)} files are no messages",
        ).say(asked.lang)
    )
    for line in refused:
        print(f"  {line}", file=sys.stderr)
    return 1 if refused else 0


def _no_folder(folder: str) -> Fault:
    return Fault(
        "no-such-folder",
        Text("没有这个文件夹", "there is no such folder"),
        Text("请给出外网站点的留言文件夹", "name the folder of messages of the public site"),
        Where(file=folder),
    )
