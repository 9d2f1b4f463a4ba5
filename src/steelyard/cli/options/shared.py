"""What several verbs take: a scheme, tables, a snapshot, how to weigh, where the office is."""

from __future__ import annotations

import argparse
import os
from pathlib import Path


def scheme(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scheme", type=Path, metavar="SCHEME", help="scheme.toml 考核细则文件")


def what_is_weighed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder of tables 数据文件夹")
    parser.add_argument(
        "--snapshot", type=Path, metavar="DIR", help="compute from frozen records 由数据快照计算"
    )
    parser.add_argument("--within", metavar="CODE", help="the units below this one 只考核其下级")
    parser.add_argument(
        "--stage", choices=("self", "provisional", "audited", "final"), default="final",
        help="use values up to this stage 采用到哪个阶段的数据",
    )  # fmt: skip


def tables(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--tables", type=Path, metavar="DIR", help="more tables, of a region 地区增加的表"
    )


def snapshot(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("snapshot", type=Path, metavar="SNAPSHOT", help="folder 数据快照文件夹")


def report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--report", type=Path, metavar="XLSX",
        help="the sender's sheet with the faults coloured 标出错误的原表",
    )  # fmt: skip


def home(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--home", type=Path, metavar="DIR",
        default=Path(os.environ.get("STEELYARD_HOME") or "out/office"),
        help="where the office keeps what is not in a database given (default: $STEELYARD_HOME,"
        " else out/office) 系统的数据文件夹",
    )  # fmt: skip


def trusted(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--trusted", type=Path, metavar="KEYS", help="public keys, one a line 可信公钥清单"
    )


def doubts(parser: argparse.ArgumentParser) -> None:
    """Numbers are read by the verb, which answers in both languages."""
    parser.add_argument(
        "--uncertainty", metavar="N",
        help="how sure each rank is: weigh N times with the scheme's [uncertainty] 名次有多稳",
    )  # fmt: skip
    parser.add_argument(
        "--sensitivity", metavar="BASE", nargs="?", const="1024",
        help="which choice moves the ranking: Sobol indices 哪项选择最影响名次",
    )  # fmt: skip
    parser.add_argument("--audit", action="store_true", help="look at the index itself 指标体检")
    parser.add_argument(
        "--seed", metavar="S", help="seed of chance (default: the scheme's) 随机种子"
    )
    parser.add_argument("--threads", metavar="T", help="default: one a core 线程数")
