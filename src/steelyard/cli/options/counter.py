"""What the verb of the courts' counter takes."""

from __future__ import annotations

import argparse


def court(parser: argparse.ArgumentParser) -> None:
    """The job reads its own words: its flags are its questions, which come with the rules."""
    parser.add_argument(
        "job", choices=("which", "days", "fee", "number", "filing"), help="what is asked 事项"
    )
    parser.add_argument(
        "words", nargs=argparse.REMAINDER, metavar="…",
        help="facts as flags; see steelyard court JOB --help 事实，各项见该命令的说明",
    )  # fmt: skip
