"""``steelyard trail``: seal what was done, give it away with its seals, verify what was given.

``verify`` needs the export alone: no office, no database. Status 1 if anything is not as sealed.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from steelyard.cli.office import reach_the_office
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where


def run(asked: argparse.Namespace) -> int:
    if asked.what == "verify":
        return _verify(_folder(asked), asked)
    reach_the_office(asked.home.resolve())
    return _seal(asked) if asked.what == "seal" else _export(_folder(asked), asked)


def _verify(folder: Path, asked: argparse.Namespace) -> int:
    from steelyard.trail.rules.seals import verify

    found = verify(folder, last=asked.last)
    for one in found:
        day = f"{one.day.isoformat()} " if one.day else ""
        print(f"{day}{one.text.say(asked.lang)} [{one.code}]")
    if not found:
        print(Text("完整无误，与封存时一致", "Intact: all is as it was sealed").say(asked.lang))
    return 1 if found else 0


def _seal(asked: argparse.Namespace) -> int:
    from steelyard.trail.models import Seal
    from steelyard.trail.sealing import seal_days

    made, last = seal_days(datetime.now(UTC)), Seal.objects.order_by("-day").first()
    print(Text(f"新封存 {len(made)} 日", f"{len(made)} days sealed").say(asked.lang))
    if last is not None:
        print(f"{last.day.isoformat()} {last.seal}")
    return 0


def _export(folder: Path, asked: argparse.Namespace) -> int:
    from steelyard.trail.sealing import export_sealed

    try:
        days = export_sealed(folder)
    except FileExistsError as error:
        raise Faulty(
            [
                Fault(
                    "folder-exists",
                    Text("文件夹已存在", "the folder is there already"),
                    Text("请换一个新文件夹", "name a new one"),
                    Where(file=str(folder)),
                )
            ]
        ) from error
    print(Text(f"已导出 {days} 日到 {folder}", f"{days} days are in {folder}").say(asked.lang))
    return 0


def _folder(asked: argparse.Namespace) -> Path:
    if asked.folder is None:
        raise Faulty(
            [
                Fault(
                    "no-folder",
                    Text("没有给出文件夹", "no folder was named"),
                    Text("请写上导出文件夹", "name the folder of the export"),
                )
            ]
        )
    folder: Path = asked.folder
    return folder
