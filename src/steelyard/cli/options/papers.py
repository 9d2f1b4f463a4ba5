"""What the verbs that write papers take."""

from __future__ import annotations

import argparse
from pathlib import Path

from steelyard.cli.options.shared import doubts, snapshot


def brief(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("template", type=Path, metavar="TEMPLATE", help="brief.toml 模板")
    snapshot(parser)
    parser.add_argument(
        "result",
        type=Path,
        metavar="RESULT",
        nargs="?",
        help="result.json, if the text cites it 考核结果",
    )
    parser.add_argument("--unit", metavar="UNIT", required=True, help="code or title 代码或名称")
    parser.add_argument("--issued-on", metavar="DAY", help="day that the paper bears 成文日期")
    parser.add_argument("--out", type=Path, metavar="DIR", required=True)


def letter(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("result", type=Path, metavar="RESULT", help="result.json 考核结果")
    parser.add_argument("unit", metavar="UNIT", help="code or title 编码或名称")
    parser.add_argument(
        "--issued-on", metavar="DAY", required=True, help="for instance 2022-03-09 成文日期"
    )
    parser.add_argument("--cut-off", metavar="DAY", help="last day the figures know of 数据截止日")
    parser.add_argument(
        "--costs", type=Path, metavar="TABLE", help="what may change and what it costs 成本表"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", required=True)
    doubts(parser)
