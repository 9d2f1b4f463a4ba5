"""``steelyard brief TEMPLATE SNAPSHOT [RESULT] --unit U --out DIR``: a text whose figures are queries."""

from __future__ import annotations

import argparse

from steelyard.cli.days import day_of
from steelyard.kernel.bilingual import Text


def run(asked: argparse.Namespace) -> int:
    from steelyard.papers.brief.write import write_brief
    from steelyard.records.snapshot.snapshot import Snapshot
    from steelyard.weighing.document import read_result

    issued_on = None if asked.issued_on is None else day_of(asked.issued_on, "--issued-on")
    snapshot = Snapshot.open(asked.snapshot)
    result = None if asked.result is None else read_result(asked.result)
    paths = write_brief(
        asked.template, snapshot, result, asked.unit, asked.lang, asked.out, issued_on=issued_on
    )
    names = ", ".join(path.name for path in paths)
    print(Text(f"已写出：{names}，在{asked.out}。", f"{names} are in {asked.out}.").say(asked.lang))
    return 0
