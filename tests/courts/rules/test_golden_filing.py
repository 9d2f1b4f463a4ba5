"""The cases of ``tests/courts/cases/filing/*.yaml``, which a jurist reads and checks without Python."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml

from steelyard.courts.rules.filing.answers import read_filing
from steelyard.courts.rules.filing.check import FilingCheck
from steelyard.courts.rules.filing.filing import Filing
from steelyard.courts.rules.filing.finding import CONSEQUENCES, Finding
from tests.courts.filings import CASES, by_code, check, filing, materials, whole_filings

FILES = sorted(file for file in CASES.glob("*.yaml") if file.stem != "complete")
READ = [(file.stem, case) for file in FILES for case in yaml.safe_load(file.read_text("utf-8"))]
SHORT = {
    "《最高人民法院关于适用〈民事诉讼法〉的解释》": "民诉法解释",
    "《最高人民法院关于适用〈行政诉讼法〉的解释》": "行诉解释",
    "《最高人民法院关于人民法院登记立案若干问题的规定》": "登记立案规定",
    "《最高人民法院关于民事诉讼证据的若干规定》": "证据规定",
    "《最高人民法院关于知识产权民事诉讼证据的若干规定》": "知产证据规定",
    "《最高人民法院关于审理商标民事纠纷案件适用法律若干问题的解释》": "商标解释",
    "《最高人民法院关于审理侵害植物新品种权纠纷案件具体应用法律问题的若干规定》": "品种权规定",
    "《最高人民法院关于审理侵犯商业秘密民事案件适用法律若干问题的规定》": "商业秘密规定",
    "《最高人民法院关于审理著作权民事纠纷案件适用法律若干问题的解释》": "著作权解释",
    "《最高人民法院关于审理侵犯专利权纠纷案件应用法律若干问题的解释（二）》": "专利解释二",
    "《最高人民法院关于审理侵犯专利权纠纷案件应用法律若干问题的解释》": "专利解释",
    "《最高人民法院关于审理注册商标、企业名称与在先权利冲突的民事纠纷案件若干问题的规定》": "权利冲突规定",
    "《最高人民法院关于审理申请注册的药品相关的专利权纠纷民事案件适用法律若干问题的规定》": "药品专利规定",
    "《最高人民法院关于审查知识产权纠纷行为保全案件适用法律若干问题的规定》": "行为保全规定",
    "《最高人民法院关于审理垄断民事纠纷案件适用法律若干问题的解释》": "垄断解释",
    "《取消外国公文书认证要求的公约》": "取消认证公约",
    "《集成电路布图设计保护条例》": "布图条例",
    "《人民法院在线诉讼规则》": "在线诉讼规则",
    "《反不正当竞争法》": "反法",
    "《民事诉讼法》": "民诉法",
    "《行政诉讼法》": "行诉法",
    "《仲裁法》": "仲裁法",
    "《专利法》": "专利法",
    "《商标法》": "商标法",
}


def named(case: Any) -> str:
    return f"{case[0]}-{case[1]['facts']}"


def short(text: str) -> str:
    for whole, part in SHORT.items():
        text = text.replace(whole, part)
    return text


def brought(case: dict[str, Any]) -> Filing:
    changes = by_code(case.get("changes", {}))
    return read_filing({**whole_filings()[case["from"]], **changes}, materials())


def said(finding: Finding) -> dict[str, str]:
    return {
        "consequence": CONSEQUENCES[finding.consequence].zh,
        "what": finding.what.zh,
        "article": short(finding.article.zh),
    }


def answer(case: dict[str, Any]) -> FilingCheck:
    return check(brought(case), on=date.fromisoformat(case["day"]))


@pytest.mark.parametrize("case", READ, ids=named)
def test_the_check_answers_what_the_jurist_wrote(case: tuple[str, dict[str, Any]]) -> None:
    given = answer(case[1])
    assert [said(finding) for finding in given.findings] == case[1]["expected"]
    assert given.complete == (not case[1]["expected"])


@pytest.mark.parametrize(
    "case", [c for c in READ if "advised" in c[1] or "advised_not" in c[1]], ids=named
)
def test_what_is_merely_usual_is_advice(case: tuple[str, dict[str, Any]]) -> None:
    advised = answer(case[1]).advised
    assert {one.consequence for one in advised} <= {"advised"}
    what = {one.what.zh for one in advised}
    assert set(case[1].get("advised", ())) <= what
    assert not set(case[1].get("advised_not", ())) & what
    cited = {short(article.zh) for one in advised for article in one.articles}
    assert set(case[1].get("advised_articles", ())) <= cited


@pytest.mark.parametrize("name", whole_filings())
def test_a_complete_filing_has_no_finding(name: str) -> None:
    given = check(filing(name))
    assert given.findings == ()
    assert given.complete
    assert given.notes[0].code in ("register", "rule")


def test_there_are_many_cases_and_each_has_its_reason() -> None:
    assert len(READ) >= 60
    assert all(case["facts"] and case["question"] and case["reason"] for _, case in READ)
