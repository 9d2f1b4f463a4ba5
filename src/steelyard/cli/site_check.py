"""``steelyard site-check``: would the public site pass an inspection of government websites?

site-check --public PACKAGES --trusted KEYS     the site that these packages make, walked in this process
site-check --url http://127.0.0.1:8000          a site that is served on this machine
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from steelyard.cli.days import day_of
from steelyard.cli.say import progress, progress_done
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Fault, Faulty

REGION_TIME = ZoneInfo("Asia/Shanghai")
"""In which it is said which day it is."""

SHOWN = 5
"""Things that are wrong, of each check; ``--json`` says more."""


def run(asked: argparse.Namespace) -> int:
    """Status 1 if a veto item fails: the site would not pass."""
    now = datetime.now(UTC)
    today = day_of(asked.today, "--today") if asked.today else now.astimezone(REGION_TIME).date()
    progress(Text("正在逐页查看…", "walking the site…"), asked.lang)
    if asked.url and not asked.public:
        from steelyard.website.checking.fetching import from_address
        from steelyard.website.checking.run import check_site

        fetch, _ = from_address(asked.url)
        found = check_site(fetch, now=now, today=today, icp=asked.icp)
    elif asked.public and not asked.url:
        from steelyard.config.outside.check import check_packages

        found = check_packages(asked.public, asked.trusted, now=now, today=today, icp=asked.icp)
    else:
        raise Faulty([_one_of_both()])
    progress_done()
    if asked.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for line in lines(found, asked.lang):
            print(line)
    return 1 if found["verdict"] == "failed" else 0


_STATE = {
    "passed": Text("合格", "ok"),
    "failed": Text("不合格", "WRONG"),
    "not_seen": Text("须人工核对", "for a person"),
}
_WEIGHT = {
    "veto": Text("单项否决（有一项即整体不合格）", "Veto items: one of these fails the whole"),
    "practical": Text("扣分项", "Items that cost points"),
}


def lines(found: Mapping[str, Any], lang: Lang) -> Iterator[str]:
    """The report as it is read."""
    for weight, title in _WEIGHT.items():
        yield title.say(lang)
        for one in found["findings"]:
            if one["weight"] == weight:
                yield from _finding(one, lang)
    yield Text(
        f"共看{found['pages']}页，以{found['today']}为准：单项否决{found['failed_veto']}项，扣分{found['failed_practical']}项。",
        f"{found['pages']} pages, as on {found['today']}: {found['failed_veto']} veto items fail, "
        f"{found['failed_practical']} items cost points.",
    ).say(lang)
    if left := found["left_out"]:
        yield Text(
            f"长列表中另有{left}页没有看。", f"{left} more pages of long lists were not visited."
        ).say(lang)


def _finding(one: Mapping[str, Any], lang: Lang) -> Iterator[str]:
    yield f"  {_STATE[one['state']].say(lang)}  {one['title'][lang]}"
    if one["state"] == "passed":
        return
    sure = "" if one["sure"] != "R" else Text("，待核", ", to be confirmed").say(lang)
    yield f"      {Text('依据：', 'after ').say(lang)}{one['source'][lang]}{sure}"
    for each in one["wrong"][:SHOWN]:
        yield "      " + f"{each['where']} {each['what'][lang]}".strip()
    if one["count"] > SHOWN:
        more = one["count"] - SHOWN
        yield f"      {Text(f'另有{more}处', f'and {more} more').say(lang)}"


def _one_of_both() -> Fault:
    return Fault(
        "nothing-to-check",
        Text("没有说明查哪个网站", "it is not said which site"),
        Text("用 --public 发布文件夹 --trusted 公钥清单，或者 --url http://127.0.0.1:端口",
             "give --public PACKAGES with --trusted KEYS, or --url http://127.0.0.1:PORT"),
    )  # fmt: skip
