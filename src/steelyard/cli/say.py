"""What the command prints: tables that line up in Chinese and Latin, faults with their places."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Sequence

from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.exact import plain
from steelyard.kernel.faults import Fault
from steelyard.weighing.document import show_score
from steelyard.weighing.result import Result, Standing


def width(text: str) -> int:
    """How many columns of a terminal the text takes: a Chinese character takes two.

    >>> width("江门 2")
    6
    """
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> str:
    """Rows in columns; those named in ``right`` are aligned on the right."""
    columns = [max(width(row[i]) for row in [headings, *rows]) for i in range(len(headings))]
    aligned = set(right)

    def line(row: Sequence[str]) -> str:
        cells = [
            " " * (columns[i] - width(cell)) + cell if i in aligned
            else cell + " " * (columns[i] - width(cell))
            for i, cell in enumerate(row)
        ]  # fmt: skip
        return "  ".join(cells).rstrip()

    return "\n".join(line(row) for row in [headings, *rows])


_SAMPLE = Text("样本", "Sample")
_HEADINGS = Text("名次 单位 得分 等次", "Rank Unit Score Grade")


def headline(result: Result, lang: Lang) -> str:
    """The title of the scheme, marked if it is a sample, and its period."""
    scheme = result.scheme
    title = scheme.title.say(lang)
    is_marked = any(mark in title.lower() for mark in ("样本", "sample"))
    if result.label == "sample" and not is_marked:
        title = f"【{_SAMPLE.zh}】{title}" if lang == "zh" else f"[{_SAMPLE.en}] {title}"
    return f"{title}  {scheme.period_label}"


def ranking(result: Result, lang: Lang) -> str:
    """The ranking as a table: rank, unit, score, grade."""
    titles = {grade.code: grade.title.say(lang) for grade in result.scheme.grades}
    rows = [
        [
            show_rank(standing),
            standing.unit.title.say(lang) or standing.unit.code,
            show_score(standing.score, result.scheme.total.places) or "—",
            titles.get(standing.grade, ""),
        ]
        for standing in result.standings
    ]
    headings = _HEADINGS.say(lang).split()
    if result.label == "sample":
        headings[2] = "得分（样本）" if lang == "zh" else "Score (sample)"
    if not result.scheme.grades:
        headings, rows = headings[:3], [row[:3] for row in rows]
    return table(headings, rows, right=(0, 2))


def show_rank(standing: Standing) -> str:
    return "—" if standing.rank is None else plain(standing.rank)


def say_faults(faults: Iterable[Fault], lang: Lang) -> None:
    """Every fault on standard error, then how many there are."""
    listed = list(faults)
    for fault in listed:
        mark = Text("警告 ", "warning: ").say(lang) if fault.level == "warning" else ""
        print(f"{mark}{fault.say(lang)}", file=sys.stderr)
    wrong = sum(fault.level == "error" for fault in listed)
    if wrong:
        counted = f"共{wrong}处错误，未写出任何文件。" if lang == "zh" else _counted(wrong)
        print(counted, file=sys.stderr)


def _counted(wrong: int) -> str:
    return f"{wrong} {'fault' if wrong == 1 else 'faults'}; nothing was written."


def progress(text: Text, lang: Lang) -> None:
    """Say what is being done, to a person who waits; nothing when piped."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text.say(lang)}", end="", file=sys.stderr, flush=True)


def progress_done() -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)
