"""The words of the command line: what each verb takes."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

HELP = {
    "run": "weigh the bundled region and write its report 计算自带的地区并写出报告",
    "check": "find every fault of a scheme 检查考核细则，一次列出全部问题",
    "weigh": "scores, ranks and grades 计分、排名、定等次",
    "explain": "why a unit has its points 逐项说明某单位的得分",
    "compare": "who moved between two results, and through what 比较两次结果",
    "what-if": "the ranking with other values or points 假设数据或分值改变后的排名",
    "advise": "the cheapest improvements that reach a rank, a grade, points 怎样改进才能达到目标",
    "deliver": "check one table and put it on the cover list 校验一张表并列入报送清单",
    "freeze": "freeze deliveries into a snapshot 汇集报送、校验、冻结为数据快照",
    "verify": "is a snapshot as it was frozen? 核验数据快照是否被改动",
    "records": "the very rows behind a figure 列出某个数背后的记录",
    "differences": "where a unit's own figure differs 自报与数据来源单位不一致之处",
    "sample": "make the sample records of a bundled region 生成自带地区的样本记录",
    "brief": "a news text or white paper from records 由记录写出新闻稿或白皮书，数字均有出处",
    "letter": "the letter of one page to a unit 一页反馈函",
    "scheme": "import and export a scheme as the office's table 考核细则与办公表格互相转换",
    "serve": "start the office: database, web server, background work 启动系统",
    "appoint": "the first administrator of an office 开通首个系统管理员",
    "backup": "everything the office keeps, in one file 备份到一个文件",
    "restore": "put back what a backup holds 由备份恢复",
    "messages": "take in messages from the public site's outbox 收取外网站点的留言",
    "trail": "seal the trail, export it, verify an export 封存、导出、核验操作记录",
    "publish": "signed packages for the public site 签名发布包，供公开网站使用",
    "site-check": "the public site held against the inspections' rules 按政府网站检查要求自查公开网站",
    "court": "which court, which day, which fee, which number 哪个法院、到哪天、多少钱、案号对不对",
}


def _scheme(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scheme", type=Path, metavar="SCHEME", help="scheme.toml 考核细则文件")


def _weighing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder of tables 数据文件夹")
    parser.add_argument(
        "--snapshot", type=Path, metavar="DIR", help="compute from frozen records 由数据快照计算"
    )
    parser.add_argument("--within", metavar="CODE", help="the units below this one 只考核其下级")
    parser.add_argument(
        "--stage", choices=("self", "provisional", "audited", "final"), default="final",
        help="use values up to this stage 采用到哪个阶段的数据",
    )  # fmt: skip


def _tables(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--tables", type=Path, metavar="DIR", help="more tables, of a region 地区增加的表"
    )


def _snapshot(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("snapshot", type=Path, metavar="SNAPSHOT", help="folder 数据快照文件夹")


def _report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--report", type=Path, metavar="XLSX",
        help="the sender's sheet with the faults coloured 标出错误的原表",
    )  # fmt: skip


def _freeze(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "covers", type=Path, nargs="+", metavar="DELIVERIES",
        help="cover lists, or folders with one 报送清单或其文件夹",
    )  # fmt: skip
    parser.add_argument("--period", required=True, metavar="P", help="2021, or FROM/TO 期间")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="new folder 新文件夹"
    )
    parser.add_argument("--title", metavar="TEXT", help="the snapshot's title 名称")
    _tables(parser)
    _report(parser)
    parser.add_argument("--threads", metavar="T", help="default: one a core 线程数")
    parser.add_argument("--memory", metavar="SIZE", default="3GB", help="most memory 内存上限")


def _deliver(parser: argparse.ArgumentParser) -> None:
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
    _tables(parser)
    _report(parser)


def _verify(parser: argparse.ArgumentParser) -> None:
    _snapshot(parser)
    parser.add_argument(
        "--id", metavar="HASH", default="", help="the published identifier 公布的编号"
    )
    parser.add_argument("--json", action="store_true", help="findings as JSON 以JSON列出")


def _records(parser: argparse.ArgumentParser) -> None:
    _scheme(parser)
    _snapshot(parser)
    parser.add_argument("unit", metavar="UNIT", help="code or title 编码或名称")
    parser.add_argument("indicator", metavar="INDICATOR", help="input or item 数据项或指标")
    parser.add_argument("--out", type=Path, metavar="FILE", help="rows.csv or rows.xlsx 写到此文件")
    parser.add_argument("--columns", metavar="A,B", default="", help="personal columns 个人信息列")
    parser.add_argument("--within", metavar="CODE", help="the units below this one 只考核其下级")


def _differences(parser: argparse.ArgumentParser) -> None:
    _scheme(parser)
    _snapshot(parser)
    parser.add_argument("--within", metavar="CODE", help="the units below this one 只考核其下级")
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="values that no record gives 数据文件夹"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="sheet to settle them in 写出待处理表"
    )


def _sample(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="new folder 新文件夹"
    )
    parser.add_argument("--seed", metavar="S", default="2021", help="seed of chance 随机种子")
    parser.add_argument("--region", metavar="NAME", default="guangdong", help="which 哪个地区")


def _run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, default=Path("out"), metavar="DIR")
    parser.add_argument("--serve", action="store_true", help="then start the office 然后启动系统")


def _check(parser: argparse.ArgumentParser) -> None:
    _scheme(parser)
    parser.add_argument("--json", action="store_true", help="faults as JSON 以JSON列出")
    _tables(parser)
    parser.add_argument(
        "--stress", action="store_true", help="is it fit to issue? 细则压力测试：能否印发"
    )
    _weighing(parser)
    parser.add_argument(
        "--policies", metavar="FILE",
        help="policy list; none for no list (default: the one that ships) 政策清单",
    )  # fmt: skip
    parser.add_argument(
        "--size", metavar="INPUT", help="the input that is a unit's size 规模数据项"
    )
    parser.add_argument("--seed", metavar="S", help="seed of what is simulated 随机种子")


def _weigh(parser: argparse.ArgumentParser) -> None:
    _scheme(parser)
    _weighing(parser)
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="write result and report 写到此文件夹"
    )
    _doubts(parser)


def _doubts(parser: argparse.ArgumentParser) -> None:
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


def _explain(parser: argparse.ArgumentParser) -> None:
    _scheme(parser)
    parser.add_argument("unit", metavar="UNIT", help="code or title 编码或名称")
    _weighing(parser)


def _compare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "before", type=Path, metavar="A", help="result.json or snapshot 结果或数据快照"
    )
    parser.add_argument(
        "after", type=Path, metavar="B", help="result.json or snapshot 结果或数据快照"
    )
    parser.add_argument(
        "--all", action="store_true", help="units that did not move, too 含未变动的"
    )


def _what_if(parser: argparse.ArgumentParser) -> None:
    _scheme(parser)
    _weighing(parser)
    parser.add_argument(
        "--set", action="append", default=[], metavar="UNIT.INPUT=VALUE", dest="values",
        help="another value 改一个数据",
    )  # fmt: skip
    parser.add_argument(
        "--points", action="append", default=[], metavar="ITEM=POINTS",
        help="other full points 改一项分值",
    )  # fmt: skip


def _advise(parser: argparse.ArgumentParser) -> None:
    """Numbers are read by the verb, which answers in both languages."""
    _scheme(parser)
    parser.add_argument("unit", metavar="UNIT", help="code or title 编码或名称")
    _weighing(parser)
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


def _scheme_table(parser: argparse.ArgumentParser) -> None:
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


def _brief(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("template", type=Path, metavar="TEMPLATE", help="brief.toml 模板")
    _snapshot(parser)
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


def _letter(parser: argparse.ArgumentParser) -> None:
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
    _doubts(parser)


def _court(parser: argparse.ArgumentParser) -> None:
    """The job reads its own words: its flags are its questions, which come with the rules."""
    parser.add_argument(
        "job", choices=("which", "days", "fee", "number", "filing"), help="what is asked 事项"
    )
    parser.add_argument(
        "words", nargs=argparse.REMAINDER, metavar="…",
        help="facts as flags; see steelyard court JOB --help 事实，各项见该命令的说明",
    )  # fmt: skip


def _serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at 监听地址")
    parser.add_argument("--port", default="8000", help="or the next free one 端口，被占用则顺延")
    _home(parser)
    parser.add_argument(
        "--production", action="store_true",
        default=os.environ.get("STEELYARD_PRODUCTION") == "1",
        help="secrets from the environment, no demo accounts 生产环境",
    )  # fmt: skip
    parser.add_argument(
        "--public", type=Path, metavar="PACKAGES",
        help="the public site alone, from this folder 只启动公开网站，内容来自发布文件夹",
    )  # fmt: skip
    _trusted(parser)
    parser.add_argument(
        "--any-key", action="store_true", help="show whoever signed it 不核对签名单位（仅供试看）"
    )
    parser.add_argument(
        "--messages", type=Path, metavar="DIR", help="keep visitors' messages there 留言存放处"
    )


def _trusted(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--trusted", type=Path, metavar="KEYS", help="public keys, one a line 可信公钥清单"
    )


def _home(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--home", type=Path, metavar="DIR",
        default=Path(os.environ.get("STEELYARD_HOME") or "out/office"),
        help="where the office keeps what is not in a database given (default: $STEELYARD_HOME,"
        " else out/office) 系统的数据文件夹",
    )  # fmt: skip


def _appoint(parser: argparse.ArgumentParser) -> None:
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
    _home(parser)


def _messages(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder",
        metavar="FOLDER",
        type=Path,
        help="STEELYARD_MESSAGES of the public site 留言文件夹",
    )
    _home(parser)


def _backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="new file 新文件")
    _home(parser)


def _restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a backup 备份文件")
    parser.add_argument(
        "--replace", action="store_true", help="what is there now is given up 覆盖现有数据"
    )
    _home(parser)


def _trail(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", choices=("seal", "export", "verify"), help="封存到昨日 · 导出 · 核验"
    )
    parser.add_argument(
        "folder", type=Path, nargs="?", metavar="DIR", help="of an export 导出文件夹"
    )
    parser.add_argument(
        "--last", default="", metavar="SEAL", help="a seal known elsewhere 另存的封存值"
    )
    _home(parser)


def _publish(parser: argparse.ArgumentParser) -> None:
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
    _snapshot(registers)
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
    _trusted(difference)
    for verb in (assessment, registers, briefing, check, verify, difference):
        verb.add_argument("--lang", choices=("zh", "en"), default=argparse.SUPPRESS)


def _publish_briefing(verbs: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(
        "briefing", help="news or a white paper 发布新闻稿或白皮书"
    )
    parser.add_argument("template", type=Path, metavar="TEMPLATE", help="TOML 模板")
    _snapshot(parser)
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
    _trusted(parser)
    parser.add_argument("--embargo", metavar="MINUTE", help='"2026-12-01 09:00" 公布时刻')
    parser.add_argument(
        "--reason-zh", default="", metavar="TEXT", help="why it is corrected 更正理由"
    )
    parser.add_argument("--reason-en", default="", metavar="TEXT", help="the same in English")
    parser.add_argument("--licence", default="", metavar="NAME", help="such as CC-BY-4.0 许可")


def _site_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--public", type=Path, metavar="PACKAGES", help="folder of packages 发布文件夹"
    )
    _trusted(parser)
    parser.add_argument("--url", metavar="URL", help="or a site on this machine 或者本机上的网站")
    parser.add_argument("--today", metavar="DAY", help="as on this day 以哪天为准")
    parser.add_argument("--icp", default="", metavar="NUMBER", help="the site's ICP number 备案号")
    parser.add_argument("--json", action="store_true", help="as JSON 以JSON列出")


ADD: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "run": _run,
    "check": _check,
    "weigh": _weigh,
    "explain": _explain,
    "compare": _compare,
    "what-if": _what_if,
    "advise": _advise,
    "deliver": _deliver,
    "freeze": _freeze,
    "verify": _verify,
    "records": _records,
    "differences": _differences,
    "sample": _sample,
    "brief": _brief,
    "letter": _letter,
    "scheme": _scheme_table,
    "court": _court,
    "serve": _serve,
    "appoint": _appoint,
    "backup": _backup,
    "restore": _restore,
    "messages": _messages,
    "trail": _trail,
    "publish": _publish,
    "site-check": _site_check,
}
