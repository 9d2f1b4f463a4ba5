"""``steelyard letter RESULT UNIT --issued-on DAY --out DIR``: the letter of one page to a unit."""

from __future__ import annotations

import argparse

from steelyard.cli.days import day_of
from steelyard.cli.doubts import doubted
from steelyard.kernel.bilingual import Text


def run(asked: argparse.Namespace) -> int:
    from steelyard.papers.letter.write import write_letter
    from steelyard.weighing.advice.read_costs import read_costs
    from steelyard.weighing.document import read_result

    issued_on = day_of(asked.issued_on, "--issued-on")
    cut_off = None if asked.cut_off is None else day_of(asked.cut_off, "--cut-off")
    _ask_again(asked)
    result = doubted(read_result(asked.result), asked)
    costs = None if asked.costs is None else read_costs(result.scheme, asked.costs)
    path = write_letter(
        result, asked.unit, asked.lang, issued_on, asked.out, cut_off=cut_off, costs=costs
    )
    print(Text(f"反馈函已写在{path}。", f"The letter is in {path}.").say(asked.lang))
    return 0


def _ask_again(asked: argparse.Namespace) -> None:
    """How sure the result was is asked for again, with its own seed, so that it comes out the same."""
    from steelyard.weighing.document import how_it_was_asked

    before = how_it_was_asked(asked.result)
    if asked.uncertainty is None and before is not None:
        replications, seed = before
        asked.uncertainty, asked.seed = str(replications), asked.seed or str(seed)
