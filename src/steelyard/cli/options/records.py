"""What the verbs of deliveries, records and snapshots take."""

from __future__ import annotations

import argparse
from pathlib import Path

from steelyard.cli.options.shared import report, scheme, snapshot, tables


def freeze(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "covers", type=Path, nargs="+", metavar="DELIVERIES",
        help="cover lists, or folders with one 报送清单或其文件夹",
    )  # fmt: skip
    parser.add_argument("--period", required=True, metavar="P", help="2021, or FROM/TO 期间")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="new folder 新文件夹"
    )
    parser.add_argument("--title", metavar="TEXT", help="the snapshot's title 名称")
    tables(parser)
    report(parser)
    parser.add_argument("--threads", metavar="T", help="default: one a core 线程数")
    parser.add_argument("--memory", metavar="SIZE", default="3GB", help="most memory 内存上限")


def deliver(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV, Excel or Parquet 报送的表")
    for name, meaning in (
        ("table", "which table 表"), ("body", "who delivers 报送单位"),
        ("period", "2021, or FROM/TO 期间"), ("cut-off", "last day known 截止日"),
        ("signer", "who signs 签发人"), ("signed-on", "when 签发日"),
    ):  # fmt: skip
        parser.add_argument(f"--{name}", required=True, metavar=name.upper(), help=meaning)
    parser.add_argument("--id", metavar="ID", help="default: from table and period 编号")
    parser.add_argument(
        "--covers", metavar="PLACES", default="", help="places it speaks for 覆盖地区"
    )
    parser.add_argument("--replaces", metavar="ID", default="", help="a correction of 更正哪一次")
    parser.add_argument("--why", metavar="TEXT", default="", help="why it is corrected 更正原因")
    parser.add_argument("--source", metavar="TEXT", default="", help="where from 来源")
    parser.add_argument("--sample", action="store_true", help="these are sample rows 样本数据")
    parser.add_argument(
        "--out", type=Path, metavar="COVER",
        help="cover list to add to (default: deliveries.toml beside the file) 报送清单",
    )  # fmt: skip
    tables(parser)
    report(parser)


def verify(parser: argparse.ArgumentParser) -> None:
    snapshot(parser)
    parser.add_argument(
        "--id", metavar="HASH", default="", help="the published identifier 公布的编号"
    )
    parser.add_argument("--json", action="store_true", help="findings as JSON 以JSON列出")


def records(parser: argparse.ArgumentParser) -> None:
    scheme(parser)
    snapshot(parser)
    parser.add_argument("unit", metavar="UNIT", help="code or title 编码或名称")
    parser.add_argument("indicator", metavar="INDICATOR", help="input or item 数据项或指标")
    parser.add_argument("--out", type=Path, metavar="FILE", help="rows.csv or rows.xlsx 写到此文件")
    parser.add_argument("--columns", metavar="A,B", default="", help="personal columns 个人信息列")
    parser.add_argument("--within", metavar="CODE", help="the units below this one 只考核其下级")


def differences(parser: argparse.ArgumentParser) -> None:
    scheme(parser)
    snapshot(parser)
    parser.add_argument("--within", metavar="CODE", help="the units below this one 只考核其下级")
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="values that no record gives 数据文件夹"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="sheet to settle them in 写出待处理表"
    )


def sample(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="new folder 新文件夹"
    )
    parser.add_argument("--seed", metavar="S", default="2021", help="seed of chance 随机种子")
    parser.add_argument("--region", metavar="NAME", default="guangdong", help="which 哪个地区")
