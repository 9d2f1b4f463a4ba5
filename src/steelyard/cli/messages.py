"""``steelyard messages FOLDER``: take in what the public site left in its outbox, each once: messages and leads.

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

    taken = take_folder(asked.folder, now=datetime.now(UTC))
    print(
        Text(
            f"新收到{taken.new}件，已有{taken.known}件，不是留言或线索的文件{len(taken.refused)}个",
            f"{taken.new} new, {taken.known} known already, {len(taken.refused)} files are no messages",
        ).say(asked.lang)
    )
    for line in taken.refused:
        print(f"  {line}", file=sys.stderr)
    return 1 if taken.refused else 0


def _no_folder(folder: str) -> Fault:
    return Fault(
        "no-such-folder",
        Text("没有这个文件夹", "there is no such folder"),
        Text("请给出外网站点的留言文件夹", "name the folder of messages of the public site"),
        Where(file=folder),
    )
