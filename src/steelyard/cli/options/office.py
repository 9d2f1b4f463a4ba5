"""What the verbs of the office take."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from steelyard.cli.options.shared import home, trusted


def serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at 监听地址")
    parser.add_argument("--port", default="8000", help="or the next free one 端口，被占用则顺延")
    home(parser)
    parser.add_argument(
        "--production", action="store_true",
        default=os.environ.get("STEELYARD_PRODUCTION") == "1",
        help="secrets from the environment, no demo accounts 生产环境",
    )  # fmt: skip
    parser.add_argument(
        "--public", type=Path, metavar="PACKAGES",
        help="the public site alone, from this folder 只启动公开网站，内容来自发布文件夹",
    )  # fmt: skip
    trusted(parser)
    parser.add_argument(
        "--any-key", action="store_true", help="show whoever signed it 不核对签名单位（仅供试看）"
    )
    parser.add_argument(
        "--messages", type=Path, metavar="DIR", help="keep visitors' messages there 留言存放处"
    )


def appoint(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username", metavar="USER", help="user name 用户名")
    parser.add_argument("--name", required=True, help="the person's name 姓名")
    parser.add_argument("--organisation", required=True, metavar="CODE", help="机构代码")
    parser.add_argument(
        "--organisation-name", default="", metavar="NAME", help="if it is new 新机构的名称"
    )
    parser.add_argument(
        "--kind", default="department", help="of a new organisation 新机构的类别",
        choices=("province", "city", "district", "department", "court", "association"),
    )  # fmt: skip
    home(parser)


def messages(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder",
        metavar="FOLDER",
        type=Path,
        help="STEELYARD_MESSAGES of the public site 留言文件夹",
    )
    home(parser)


def backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="new file 新文件")
    home(parser)


def restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a backup 备份文件")
    parser.add_argument(
        "--replace", action="store_true", help="what is there now is given up 覆盖现有数据"
    )
    home(parser)


def trail(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", choices=("seal", "export", "verify"), help="封存到昨日 · 导出 · 核验"
    )
    parser.add_argument(
        "folder", type=Path, nargs="?", metavar="DIR", help="of an export 导出文件夹"
    )
    parser.add_argument(
        "--last", default="", metavar="SEAL", help="a seal known elsewhere 另存的封存值"
    )
    home(parser)
