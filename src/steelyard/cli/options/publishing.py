"""What the verbs of the public site take."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from steelyard.cli.options.shared import snapshot, trusted


def publish(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--new-key", type=Path, metavar="FILE", help="make a key 生成密钥")
    verbs = parser.add_subparsers(
        metavar="assessment|registers|briefing|check|verify|difference", dest="does"
    )
    assessment = verbs.add_parser("assessment", help="within its scope 按公布范围发布考核结果")
    assessment.add_argument("result", type=Path, metavar="RESULT", help="result.json 考核结果")
    assessment.add_argument(
        "--scope", type=Path, required=True, metavar="TOML", help="what is published 公布范围"
    )
    assessment.add_argument(
        "--snapshot", type=Path, metavar="DIR", help="numbers of records 数据快照"
    )
    assessment.add_argument(
        "--announced", action="store_true", help="what was announced, too 一并列出已公布的结果"
    )
    assessment.add_argument(
        "--region",
        type=Path,
        metavar="DIR",
        help="region pack, for its reviewed map 地区包（地图须有审图号）",
    )
    registers = verbs.add_parser("registers", help="open records 发布公开记录")
    snapshot(registers)
    registers.add_argument("--series", required=True, metavar="NAME", help="its address 系列名")
    registers.add_argument("--list", type=Path, metavar="TOML", help="which columns 公布哪些列")
    briefing, check = _publish_briefing(verbs), _publish_check(verbs)
    for verb in (assessment, registers, briefing):
        _publishing(verb)
    verify = verbs.add_parser("verify", help="read every byte of a shelf 核验发布文件夹")
    verify.add_argument("shelf", type=Path, metavar="SHELF", help="folder of packages 发布文件夹")
    verify.add_argument("--trusted", type=Path, metavar="KEYS", required=True, help="可信公钥清单")
    difference = verbs.add_parser("difference", help="what a correction changed 更正改了什么")
    difference.add_argument("before", type=Path, metavar="A.zip")
    difference.add_argument("after", type=Path, metavar="B.zip")
    difference.add_argument("--json", action="store_true", help="as JSON 以JSON列出")
    trusted(difference)
    for verb in (assessment, registers, briefing, check, verify, difference):
        verb.add_argument("--lang", choices=("zh", "en"), default=argparse.SUPPRESS)


def _publish_briefing(verbs: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(
        "briefing", help="news or a white paper 发布新闻稿或白皮书"
    )
    parser.add_argument("template", type=Path, metavar="TEMPLATE", help="TOML 模板")
    snapshot(parser)
    parser.add_argument(
        "result", type=Path, nargs="?", metavar="RESULT", help="result.json 考核结果"
    )
    parser.add_argument("--unit", required=True, metavar="U", help="whose 写给哪个单位")
    parser.add_argument("--series", required=True, metavar="NAME", help="its address 系列名")
    return parser


def _publish_check(verbs: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(
        "check", help="briefings against newer records 用新记录核对已发布的简报"
    )
    parser.add_argument("shelf", type=Path, metavar="SHELF", help="folder of packages 发布文件夹")
    parser.add_argument("--trusted", type=Path, metavar="KEYS", required=True, help="可信公钥清单")
    parser.add_argument(
        "--snapshot", type=Path, metavar="DIR", required=True, help="the newer one 新的数据快照"
    )
    parser.add_argument(
        "--before", type=Path, metavar="DIR", help="the one it was made from 原数据快照"
    )
    parser.add_argument("--result", type=Path, metavar="RESULT", help="the newer one 新的考核结果")
    parser.add_argument("--json", action="store_true", help="as JSON 以JSON列出")
    return parser


def _publishing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--to", type=Path, required=True, metavar="SHELF", help="folder of packages 发布文件夹"
    )
    parser.add_argument("--key", type=Path, required=True, metavar="FILE", help="signs it 签名密钥")
    trusted(parser)
    parser.add_argument("--embargo", metavar="MINUTE", help='"2026-12-01 09:00" 公布时刻')
    parser.add_argument(
        "--reason-zh", default="", metavar="TEXT", help="why it is corrected 更正理由"
    )
    parser.add_argument("--reason-en", default="", metavar="TEXT", help="the same in English")
    parser.add_argument("--licence", default="", metavar="NAME", help="such as CC-BY-4.0 许可")


def site_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--public", type=Path, metavar="PACKAGES", help="folder of packages 发布文件夹"
    )
    trusted(parser)
    parser.add_argument("--url", metavar="URL", help="or a site on this machine 或者本机上的网站")
    parser.add_argument("--today", metavar="DAY", help="as on this day 以哪天为准")
    parser.add_argument("--icp", default="", metavar="NUMBER", help="the site's ICP number 备案号")
    parser.add_argument("--json", action="store_true", help="as JSON 以JSON列出")
