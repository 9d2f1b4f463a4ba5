"""``steelyard check --stress SCHEME [--data LAST_YEAR]``: is the scheme fit to issue?

Exit status 0: nothing stops the issue; 1: something should be mended first; 2: the input was refused.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from steelyard.cli.say import progress, progress_done
from steelyard.cli.weighing import scheme_and_values
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.scheme.model import Scheme
from steelyard.weighing.stress.policies import Policy, read_policies
from steelyard.weighing.values import Values


def run(asked: argparse.Namespace) -> int:
    from steelyard.cli.say_stress import report
    from steelyard.weighing.stress.fitness import stress

    seed = _seed(asked.seed)
    progress(Text("正在读取细则和数据…", "reading the scheme and the data…"), asked.lang)
    scheme, values = _scheme_and_values(asked)
    policies = _policies(asked.policies)
    progress(Text("正在测试…", "testing…"), asked.lang)
    found = stress(scheme, values, policies=policies, size=asked.size or "", seed=seed)
    progress_done()
    if asked.json:
        print(json.dumps(found.document(), ensure_ascii=False))
    else:
        print(report(found, asked.lang))
    return 0 if found.is_fit else 1


def _scheme_and_values(asked: argparse.Namespace) -> tuple[Scheme, Values | None]:
    """The scheme alone, or with last year's data: a folder of tables, or the two in a result.json."""
    if asked.scheme.suffix == ".json" or asked.data is not None:
        return scheme_and_values(asked)
    return Scheme.read(asked.scheme, within=asked.within), None


def _policies(named: str | None) -> tuple[Policy, ...] | None:
    if named == "none":
        return None
    if named is None:
        from steelyard.regions import POLICIES

        return read_policies(POLICIES)
    return read_policies(Path(named))


def _seed(written: str | None) -> int:
    if written is None:
        return 1
    if written.isascii() and written.isdigit() and len(written) <= 18:
        return int(written)
    raise Faulty([Fault(
        "wrong-option",
        Text(f"“{written}”不能用作--seed", f"{written!r} is no seed"),
        Text("请写不小于0的整数，如 --seed 20260101", "write a whole number from 0 up, such as --seed 20260101"),
        Where(file="--seed"),
    )])  # fmt: skip
