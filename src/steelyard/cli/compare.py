"""``steelyard compare A B``: who moved between two results; what changed between two snapshots."""

from __future__ import annotations

import argparse
from fractions import Fraction

from steelyard.cli.say import table
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.exact import plain, shown
from steelyard.weighing.compare import Move, compare
from steelyard.weighing.document import read_result
from steelyard.weighing.result import Score

_HEADINGS = Text("单位 名次 得分变化 等次 主要因为", "Unit Rank Change Grade Through")
_MOST = 3


def run(asked: argparse.Namespace) -> int:
    if asked.before.is_dir() and asked.after.is_dir():
        from steelyard.cli.compare_snapshots import run as run_snapshots

        return run_snapshots(asked)
    before, after = read_result(asked.before), read_result(asked.after)
    grades = {
        g.code: g.title.say(asked.lang) for g in (*before.scheme.grades, *after.scheme.grades)
    }
    print(moves_table(compare(before, after), grades, asked.lang, everybody=asked.all))
    return 0


def moves_table(
    moves: tuple[Move, ...], grades: dict[str, str], lang: Lang, *, everybody: bool = False
) -> str:
    """One row a unit that moved: its ranks, the change of its score, and the leaves behind it."""
    shown_ = [move for move in moves if everybody or move.moved]
    if not shown_:
        return "名次、得分、等次均无变化。" if lang == "zh" else "No rank, score or grade changed."
    return table(
        _HEADINGS.say(lang).split(), [_row(move, grades, lang) for move in shown_], right=(2,)
    )


def _row(move: Move, grades: dict[str, str], lang: Lang) -> list[str]:
    before, after = grades.get(move.grade_before, "—"), grades.get(move.grade_after, "—")
    joined = "，" if lang == "zh" else ", "
    return [
        move.title.say(lang) or move.unit,
        f"{_rank(move.rank_before)} → {_rank(move.rank_after)}",
        "—" if move.change is None else signed(move.change),
        after if before == after else f"{before} → {after}",
        joined.join(
            f"{through.item} {through.title.say(lang)} {signed(through.change)}"
            for through in move.through[:_MOST]
        ),
    ]


def _rank(rank: Fraction | None) -> str:
    return "—" if rank is None else plain(rank)


def signed(change: Score) -> str:
    """
    >>> signed(Fraction(3, 2)), signed(Fraction(-1, 3)), signed(Fraction(0))
    ('+1.5', '-0.3333', '0')
    """
    text = shown(change if isinstance(change, Fraction) else Fraction(change))
    return f"+{text}" if change > 0 else text
