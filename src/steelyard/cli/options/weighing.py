"""What the verbs that weigh take, and those around a scheme."""

from __future__ import annotations

import argparse
from pathlib import Path

from steelyard.cli.options.shared import doubts, scheme, tables, what_is_weighed


def run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, default=Path("out"), metavar="DIR")
    parser.add_argument("--serve", action="store_true", help="then start the office 然后启动系统")


def check(parser: argparse.ArgumentParser) -> None:
    scheme(parser)
    parser.add_argument("--json", action="store_true", help="faults as JSON 以JSON列出")
    tables(parser)
    parser.add_argument(
        "--stress", action="store_true", help="is it fit to issue? 细则压力测试：能否印发"
    )
    what_is_weighed(parser)
    parser.add_argument(
        "--policies", metavar="FILE",
        help="policy list; none for no list (default: the one that ships) 政策清单",
    )  # fmt: skip
    parser.add_argument(
        "--size", metavar="INPUT", help="the input that is a unit's size 规模数据项"
    )
    parser.add_argument("--seed", metavar="S", help="seed of what is simulated 随机种子")


def weigh(parser: argparse.ArgumentParser) -> None:
    scheme(parser)
    what_is_weighed(parser)
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="write result and report 写到此文件夹"
    )
    doubts(parser)


def explain(parser: argparse.ArgumentParser) -> None:
    scheme(parser)
    parser.add_argument("unit", metavar="UNIT", help="code or title 编码或名称")
    what_is_weighed(parser)


def compare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "before", type=Path, metavar="A", help="result.json or snapshot 结果或数据快照"
    )
    parser.add_argument(
        "after", type=Path, metavar="B", help="result.json or snapshot 结果或数据快照"
    )
    parser.add_argument(
        "--all", action="store_true", help="units that did not move, too 含未变动的"
    )


def what_if(parser: argparse.ArgumentParser) -> None:
    scheme(parser)
    what_is_weighed(parser)
    parser.add_argument(
        "--set", action="append", default=[], metavar="UNIT.INPUT=VALUE", dest="values",
        help="another value 改一个数据",
    )  # fmt: skip
    parser.add_argument(
        "--points", action="append", default=[], metavar="ITEM=POINTS",
        help="other full points 改一项分值",
    )  # fmt: skip


def advise(parser: argparse.ArgumentParser) -> None:
    """Numbers are read by the verb, which answers in both languages."""
    scheme(parser)
    parser.add_argument("unit", metavar="UNIT", help="code or title 编码或名称")
    what_is_weighed(parser)
    parser.add_argument("--rank", metavar="N", help="this rank or better 达到的名次")
    parser.add_argument("--grade", metavar="GRADE", help="this grade or better 达到的等次")
    parser.add_argument("--points", metavar="P", help="so many points 达到的分数")
    parser.add_argument(
        "--costs", type=Path, metavar="TABLE",
        help="input, cost, step, least, most: what may change and what it costs 成本表",
    )  # fmt: skip
    parser.add_argument(
        "--rivals", type=Path, metavar="TABLE", help="values assumed of the others 对其他单位的设想"
    )
    parser.add_argument(
        "--set", action="append", default=[], metavar="UNIT.INPUT=VALUE", dest="values",
        help="one value assumed of another unit 设想其他单位的一个数据",
    )  # fmt: skip
    parser.add_argument(
        "--time-limit", metavar="SECONDS", default="60", help="stop early 最多算多少秒"
    )
    parser.add_argument("--json", action="store_true", help="the advice as JSON 以JSON输出")


def scheme_table(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(metavar="import|export|schema", required=True, dest="does")
    imported = verbs.add_parser("import", help="read the office's table 读入办公表格")
    imported.add_argument("table", type=Path, metavar="TABLE", help="细则.xlsx or 细则.docx")
    imported.add_argument("--out", type=Path, metavar="SCHEME", help="write scheme.toml 写出细则")
    exported = verbs.add_parser("export", help="write the office's table 写出办公表格")
    exported.add_argument("scheme", type=Path, metavar="SCHEME")
    exported.add_argument("--out", type=Path, metavar="TABLE", required=True, help=".xlsx or .docx")
    verbs.add_parser("schema", help="print the JSON Schema 打印JSON Schema")
    for verb in (imported, exported):
        verb.add_argument("--lang", choices=("zh", "en"), default=argparse.SUPPRESS)
