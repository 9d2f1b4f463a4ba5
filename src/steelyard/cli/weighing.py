"""What several verbs begin with: a scheme and its data, or a result.json."""

from __future__ import annotations

import argparse
import sys

from steelyard.cli.say import progress, progress_done
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.scheme.model import Scheme
from steelyard.weighing.result import Result
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh


def weighed(asked: argparse.Namespace) -> Result:
    """Weigh what the command names."""
    if asked.scheme.suffix == ".json":
        from steelyard.weighing.document import read_result

        return read_result(asked.scheme, left_behind=lambda held: _say_left_behind(held, asked))
    scheme, values = scheme_and_values(asked)
    progress(Text("正在计算…", "weighing…"), asked.lang)
    result = weigh(scheme, values)
    progress_done()
    return result


_ASKED_BY = {"how_sure": "uncertainty", "sensitivity": "sensitivity", "audit": "audit"}


def _say_left_behind(held: list[str], asked: argparse.Namespace) -> None:
    """What the file also holds is not carried on, unless it is asked for again."""
    options = [_ASKED_BY[name] for name in held]
    again = [f"--{name}" for name in options if not getattr(asked, name, None)]
    if again:
        said = Text(
            f"文件中另有的分析不沿用；需要时请加{'、'.join(again)}重新计算。",
            f"What the file also found is not carried on; ask for it again with {', '.join(again)}.",
        )
        print(said.say(asked.lang), file=sys.stderr)


def scheme_and_values(asked: argparse.Namespace) -> tuple[Scheme, Values]:
    if asked.scheme.suffix == ".json":
        from steelyard.weighing.document import read_result

        result = read_result(asked.scheme)
        return result.scheme, result.values
    progress(Text("正在读取细则和数据…", "reading the scheme and the data…"), asked.lang)
    scheme = Scheme.read(asked.scheme, within=asked.within)
    if asked.snapshot is not None:
        return scheme, _from_records(scheme, asked)
    if asked.data is None:
        raise Faulty([_no_data()])
    values = Values.read(scheme, asked.data, stage=asked.stage)
    progress_done()
    return scheme, values


def _from_records(scheme: Scheme, asked: argparse.Namespace) -> Values:
    """The values from the records of a snapshot; what is not computed, from a folder of tables."""
    from steelyard.cli.snapshots import in_scheme, say_outside, say_tallying
    from steelyard.records.snapshot.snapshot import Snapshot
    from steelyard.records.tally.tally import tallied

    snapshot = Snapshot.open(asked.snapshot)
    typed = None
    if asked.data is not None:
        typed = Values.read(scheme, asked.data, stage=asked.stage)
    with in_scheme(asked.scheme):
        found = tallied(scheme, snapshot, typed, progress=say_tallying(asked.lang))
    progress_done()
    say_outside(found, asked.lang)
    return found.values


def _no_data() -> Fault:
    return Fault(
        "no-data",
        Text("没有指明数据文件夹或数据快照", "neither a folder of data nor a snapshot is named"),
        Text("请写 --data 文件夹，或 --snapshot 数据快照", "add --data DIR, or --snapshot DIR"),
        Where(file="--data"),
    )


def unit_named(result: Result, name: str) -> str:
    """The code of the unit of that code or title."""
    from steelyard.weighing.what_if import find_unit

    return find_unit(result.scheme, name)
