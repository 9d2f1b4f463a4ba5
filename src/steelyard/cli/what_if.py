"""``steelyard what-if SCHEME --data DIR --set Jiangmen.closing_rate=0.95 --points A3=12``"""

from __future__ import annotations

import argparse
from fractions import Fraction

from steelyard.cli.compare import moves_table
from steelyard.cli.say import headline, ranking
from steelyard.cli.weighing import scheme_and_values
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import exact
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.weighing.compare import compare
from steelyard.weighing.weigh import weigh
from steelyard.weighing.what_if import what_if


def run(asked: argparse.Namespace) -> int:
    changes, points = changes_written(asked.values), _points(asked.points)
    scheme, values = scheme_and_values(asked)
    before = weigh(scheme, values)
    after = what_if(scheme, values, set_values=changes, points=points)
    print(Text("假设：", "What if: ").say(asked.lang) + headline(after, asked.lang))
    print(ranking(after, asked.lang))
    print()
    grades = {grade.code: grade.title.say(asked.lang) for grade in scheme.grades}
    print(moves_table(compare(before, after), grades, asked.lang))
    return 0


def changes_written(written: list[str]) -> tuple[tuple[str, str, str], ...]:
    """``Jiangmen.closing_rate=0.95`` → (unit, input, value)."""
    found = []
    for one in written:
        place, equals, value = one.partition("=")
        unit, dot, name = place.partition(".")
        if not (equals and dot and unit and name):
            raise Faulty([_unreadable("--set", one, "Jiangmen.closing_rate=0.95")])
        found.append((unit.strip(), name.strip(), value.strip()))
    return tuple(found)


def _points(written: list[str]) -> dict[str, Fraction]:
    found = {}
    for one in written:
        item, _, value = one.partition("=")
        try:
            found[item.strip()] = exact(value)
        except ValueError as error:
            raise Faulty([_unreadable("--points", one, "A3=12")]) from error
    return found


def _unreadable(option: str, written: str, example: str) -> Fault:
    what = Text(f"“{written}”无法读懂", f"{written!r} cannot be read")
    mend = Text(f"例如 {option} {example}", f"write for instance {option} {example}")
    return Fault("wrong-option", what, mend, Where(file=option))
