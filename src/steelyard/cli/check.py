"""``steelyard check SCHEME``: every fault at once, each with file, line, what and what to do.

With ``--stress`` also: is it fit to issue? (:mod:`steelyard.cli.stress`)
"""

from __future__ import annotations

import argparse
import json
import sys

from steelyard.cli.say import say_faults
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Fault, Faulty, Where, errors
from steelyard.scheme.read import Checked, check_file, located


def run(asked: argparse.Namespace) -> int:
    if asked.stress:
        from steelyard.cli import stress

        return stress.run(asked)
    _only_with_stress(asked)
    checked = with_queries(check_file(asked.scheme, within=asked.within), asked)
    if asked.json:
        print(json.dumps([_as_data(fault) for fault in checked.faults], ensure_ascii=False))
    else:
        say_faults(checked.faults, asked.lang)
    if errors(checked.faults):
        return 2
    if not asked.json and checked.scheme is not None:
        counts = len(checked.scheme.assessed), len(checked.scheme.leaves)
        print(_sound(asked.lang, *counts), file=sys.stdout)
    return 0


def with_queries(checked: Checked, asked: argparse.Namespace) -> Checked:
    """The same with the faults of the indicators' queries, if the scheme has any."""
    scheme = checked.scheme
    if scheme is None or not any(one.tally for one in scheme.inputs.values()):
        return checked
    from steelyard.records.catalogue.read import with_region
    from steelyard.records.snapshot.snapshot import Snapshot
    from steelyard.records.tally.indicators import checked_indicators

    catalogue = (
        with_region(asked.tables)
        if asked.snapshot is None
        else Snapshot.open(asked.snapshot).catalogue
    )
    _, faults = checked_indicators(scheme, catalogue)
    placed = located(asked.scheme, faults)
    return Checked(None if errors(placed) else scheme, (*checked.faults, *placed))


def _only_with_stress(asked: argparse.Namespace) -> None:
    named = {"data": asked.data, "policies": asked.policies, "size": asked.size, "seed": asked.seed}
    faults = [
        Fault(
            "wrong-option",
            Text(f"--{name}只与--stress同用", f"--{name} is of use with --stress alone"),
            Text("请加上--stress，或去掉它", "add --stress, or leave it out"),
            Where(file=f"--{name}"),
        )
        for name, given in named.items()
        if given is not None
    ]
    if faults:
        raise Faulty(faults)


def _sound(lang: Lang, units: int, leaves: int) -> str:
    if lang == "zh":
        return f"细则无误：{units}个被考核单位，{leaves}项末级指标。"
    return f"The scheme is sound: {units} units, {leaves} leaf indicators."


def _as_data(fault: Fault) -> dict[str, object]:
    where = fault.where
    return {
        "code": fault.code, "level": fault.level,
        "file": where.file, "line": where.line, "row": where.row, "column": where.column,
        "key": where.key,
        "what": {"zh": fault.what.zh, "en": fault.what.en},
        "mend": {"zh": fault.mend.zh, "en": fault.mend.en},
    }  # fmt: skip
