"""``steelyard weigh SCHEME --data DIR --out DIR``"""

from __future__ import annotations

import argparse

from steelyard.cli.say import headline, progress, progress_done, ranking
from steelyard.cli.weighing import weighed
from steelyard.kernel.bilingual import Text
from steelyard.weighing.result import Result


def run(asked: argparse.Namespace) -> int:
    result = weighed(asked)
    print(headline(result, asked.lang))
    print(ranking(result, asked.lang))
    if asked.out is not None:
        write(result, asked)
    return 0


def write(result: Result, asked: argparse.Namespace) -> None:
    """Write everything to ``--out``, and say where."""
    from steelyard.papers.write import write_papers

    progress(Text("正在写出…", "writing…"), asked.lang)
    written = write_papers(result, asked.out, lang=asked.lang)
    progress_done()
    for path in written:
        print(path)
