"""``steelyard weigh SCHEME --data DIR --out DIR``"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from steelyard.cli.doubts import doubted
from steelyard.cli.say import headline, progress, progress_done, ranking
from steelyard.cli.weighing import weighed
from steelyard.kernel.bilingual import Lang, Text
from steelyard.weighing.result import Result


def run(asked: argparse.Namespace) -> int:
    result = doubted(weighed(asked), asked)
    print(headline(result, asked.lang))
    print(ranking(result, asked.lang))
    for part in _asked_for(result, asked.lang):
        print(f"\n{part}")
    if asked.out is not None:
        write(result, asked)
    return 0


def _asked_for(result: Result, lang: Lang) -> Iterator[str]:
    """What was found beside the ranking."""
    if result.how_sure or result.sensitivity or result.audit:
        from steelyard.cli.say_doubts import paragraphs

        yield from paragraphs(result, lang)


def write(result: Result, asked: argparse.Namespace) -> None:
    """Write everything to ``--out``, and say where."""
    from steelyard.papers.write import write_papers

    progress(Text("正在写出…", "writing…"), asked.lang)
    written = write_papers(result, asked.out, lang=asked.lang)
    progress_done()
    for path in written:
        print(path)
