"""What the verbs about records share: progress with an estimate, places that are no unit, reports."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Fault, Faulty, Where

if TYPE_CHECKING:
    from steelyard.records.tally.tally import Tallied

Progress = Callable[[str, float, int], None]


def say_tallying(lang: Lang) -> Progress:
    """A bar with an estimate of the time left, for a person who waits; nothing when piped."""
    return _bar(Text("统计", "tallying"), lang)


def _bar(doing: Text, lang: Lang) -> Progress:
    if not sys.stderr.isatty():
        return lambda *_: None
    from tqdm import tqdm

    bar: tqdm[NoReturn] = tqdm(desc=doing.say(lang), leave=False, file=sys.stderr)

    def told(what: str, done: float, of: int) -> None:
        bar.total = of
        bar.n = done
        bar.set_postfix_str(what, refresh=True)
        if done + 1 >= of:
            bar.close()

    return told


def freezing(lang: Lang) -> Progress:
    return _bar(Text("冻结", "freezing"), lang)


def say_outside(found: Tallied, lang: Lang) -> None:
    """Rows that belong to no assessed unit are said, not dropped in silence."""
    if not found.outside:
        return
    listed = "、".join(f"{code} {count}条" for code, count in found.outside.items())
    listed_en = ", ".join(f"{code} {count}" for code, count in found.outside.items())
    said = Text(
        f"注意：有记录的地方不明或在被考核单位之上，未计入：{listed}。",
        "Note: records whose place is unknown, or above the assessed units, do not count:"
        f" {listed_en}.",
    )
    print(said.say(lang), file=sys.stderr)


@contextmanager
def in_scheme(path: Path) -> Iterator[None]:
    """Faults of a scheme's queries are said with the file and the line they stand in."""
    try:
        yield
    except Faulty as error:
        from steelyard.scheme.read import located

        unplaced = [one for one in error.faults if one.where.key.startswith("inputs[")]
        if path.suffix.lower() != ".toml" or len(unplaced) < len(error.faults):
            raise
        raise Faulty(located(path, unplaced)) from error


@contextmanager
def reported(asked: argparse.Namespace, files: Sequence[Path]) -> Iterator[None]:
    """Faults go into the sender's own sheet as well, if ``--report`` names one."""
    try:
        yield
    except Faulty as error:
        if asked.report is not None:
            _write_report(asked, files, error.faults)
        raise


def _write_report(
    asked: argparse.Namespace, files: Sequence[Path], faults: Sequence[Fault]
) -> None:
    from steelyard.tables.fault_report import faults_workbook
    from steelyard.tables.write import write_whole

    shown = [one.at(replace(one.where, file=Path(one.where.file).name)) for one in faults]
    named = {fault.where.file for fault in shown}
    write_whole(
        asked.report,
        faults_workbook([path for path in files if path.name in named], shown, asked.lang),
    )
    said = Text(f"错误已标在{asked.report}中。", f"The faults are marked in {asked.report}.")
    print(said.say(asked.lang), file=sys.stderr)


def whole_number(written: str | None, option: str, usual: int) -> int:
    """A whole number from 0 up, given as text.

    Raises:
        Faulty: it is none.
    """
    if written is None:
        return usual
    if written.isdecimal():
        return int(written)
    what = Text(f"“{written}”不是整数", f"{written!r} is not a whole number")
    mend = Text("请写一个整数", "write a whole number")
    raise Faulty([Fault("wrong-option", what, mend, Where(file=option))])
