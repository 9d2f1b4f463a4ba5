"""``weigh --uncertainty N --sensitivity [BASE] --audit``: what is asked about a result, and found."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from dataclasses import replace

from steelyard.cli.say import progress, progress_done
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.weighing.result import Result


def doubted(result: Result, asked: argparse.Namespace) -> Result:
    """The result with what was asked about it: how sure, what moves it, the index itself.

    Raises:
        Faulty: every option that cannot be read, or nothing that could vary.
    """
    options = _options(asked)
    if options["uncertainty"] is not None:
        from steelyard.weighing.uncertainty.how_sure import how_sure

        found = how_sure(
            result, options["uncertainty"], seed=options["seed"], threads=options["threads"] or 1,
            progress=_blocks(asked.lang),
        )  # fmt: skip
        result = replace(result, how_sure=found)
    if options["sensitivity"] is not None:
        from steelyard.weighing.sensitivity import sensitivity

        progress(Text("正在分析敏感性…", "asking which choice matters…"), asked.lang)
        indices = sensitivity(
            result, base=options["sensitivity"], seed=options["seed"],
            threads=options["threads"] or 1,
        )  # fmt: skip
        result = replace(result, sensitivity=indices)
    if asked.audit:
        from steelyard.weighing.audit import audit

        result = replace(result, audit=audit(result))
    progress_done()
    return result


def _options(asked: argparse.Namespace) -> dict[str, int | None]:
    """The numbers that were typed, all faults at once."""
    written = {
        "uncertainty": asked.uncertainty, "sensitivity": asked.sensitivity,
        "seed": asked.seed, "threads": asked.threads,
    }  # fmt: skip
    found: dict[str, int | None] = {}
    faults = []
    for name, text in written.items():
        try:
            found[name] = None if text is None else int(text)
        except ValueError:
            faults.append(_no_number(name, text))
    threads = found.get("threads")
    if threads is not None and threads < 1:
        faults.append(_no_number("threads", asked.threads))
    if faults:
        raise Faulty(faults)
    found["threads"] = found["threads"] or os.cpu_count()
    return found


def _no_number(name: str, text: str) -> Fault:
    return Fault(
        "wrong-option",
        Text(f"“{text}”不能用作--{name}", f"--{name} cannot be {text!r}"),
        Text(f"例如 --{name} {_EXAMPLES[name]}", f"write for instance --{name} {_EXAMPLES[name]}"),
        Where(file=f"--{name}"),
    )


_EXAMPLES = {"uncertainty": 10000, "sensitivity": 1024, "seed": 20260101, "threads": 2}


def _blocks(lang: Lang) -> Callable[[int, int], None]:
    def say(done: int, whole: int) -> None:
        share = 100 * done // max(whole, 1)
        progress(Text(f"正在反复计算… {share}%", f"weighing again and again… {share}%"), lang)

    return say
