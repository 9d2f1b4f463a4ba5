"""A made-up assessment of Guangdong's 21 cities, with all that papers must show.

Four dimensions, twenty items, a bonus and a deduction; an item that does not apply everywhere; a
figure without supporting material; a veto. Every figure is made from the city's place in the
list: none is a real one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from steelyard.kernel.bilingual import same
from steelyard.scheme.model import Scheme
from steelyard.weighing.result import Result
from steelyard.weighing.values import Cell, Values
from steelyard.weighing.weigh import weigh

CITIES = (
    ("440100", "广州市", "Guangzhou", "delta", (4, 3)),
    ("440200", "韶关市", "Shaoguan", "other", (4, 1)),
    ("440300", "深圳市", "Shenzhen", "delta", (6, 4)),
    ("440400", "珠海市", "Zhuhai", "delta", (5, 5)),
    ("440500", "汕头市", "Shantou", "other", (8, 3)),
    ("440600", "佛山市", "Foshan", "delta", (3, 3)),
    ("440700", "江门市", "Jiangmen", "delta", (4, 4)),
    ("440800", "湛江市", "Zhanjiang", "other", (1, 5)),
    ("440900", "茂名市", "Maoming", "other", (2, 4)),
    ("441200", "肇庆市", "Zhaoqing", "delta", (3, 2)),
    ("441300", "惠州市", "Huizhou", "delta", (6, 3)),
    ("441400", "梅州市", "Meizhou", "other", (7, 1)),
    ("441500", "汕尾市", "Shanwei", "other", (7, 3)),
    ("441600", "河源市", "Heyuan", "other", (6, 2)),
    ("441700", "阳江市", "Yangjiang", "other", (3, 4)),
    ("441800", "清远市", "Qingyuan", "other", (4, 2)),
    ("441900", "东莞市", "Dongguan", "delta", (5, 3)),
    ("442000", "中山市", "Zhongshan", "delta", (5, 4)),
    ("445100", "潮州市", "Chaozhou", "other", (8, 2)),
    ("445200", "揭阳市", "Jieyang", "other", (7, 2)),
    ("445300", "云浮市", "Yunfu", "other", (2, 3)),
)
RATE = [[">= 95%", "full"], ["[90%, 95%)", "full * 0.9"], ["[80%, 90%)", "full * 0.7"]]


def _item(
    code: str, zh: str, en: str, points: Any, rule: Any = None, **more: Any
) -> dict[str, Any]:
    given = {"code": code, "title": {"zh": zh, "en": en}, "points": points} | more
    given |= {"parent": code[0]} if len(code) > 1 else {}
    return given | ({} if rule is None else {"rule": rule})


def _ladder(name: str) -> dict[str, Any]:
    return {"ladder": name, "steps": RATE, "otherwise": 0}


ITEMS = [
    _item("A", "组织保障", "Organisation", 20),
    _item("A1", "年度推进计划任务完成率", "Tasks of the year's plan completed", 6,
          {"ladder": "plan_completion", "steps": RATE, "otherwise": "full * 0.5"},
          supplying_body="ip_office", source={"zh": "细则第一章第1条", "en": "Scheme, ch. 1, art. 1"}),
    _item("A2", "保护经费占一般公共预算支出比重", "Protection funds in the general budget", 5,
          {"proportion": "budget_share", "target": "budget_target"}, supplying_body="finance"),
    _item("A3", "知识产权保护联席会议召开次数", "Joint meetings held", 4,
          {"add": "meetings", "each": 2}, supplying_body="ip_office"),
    _item("A4", "工作信息报送", "Reports delivered on time", 5,
          [{"points": "full"}, {"deduct": "reports_missing", "each": "0.5"}],
          supplying_body="ip_office"),
    _item("B", "行政保护", "Administrative protection", 35),
    _item("B1", "法定期限内结案率", "Closing rate within the legal period", 10,
          _ladder("closing_rate"), supplying_body=["market_regulator", "ip_office"],
          source={"zh": "细则第二章第3条", "en": "Scheme, ch. 2, art. 3"}),
    _item("B2", "每万户经营主体侵权纠纷办案量", "Infringement disputes per 10,000 businesses", 8,
          {"proportion": "disputes / businesses * 10000", "target": "all_median(disputes / businesses * 10000)"},
          supplying_body="market_regulator"),
    _item("B3", "办案量较上年增长", "Growth of cases on last year", 5,
          {"points": "full * (growth(disputes) + 0.2) / 0.4"}, supplying_body="market_regulator"),
    _item("B4", "案卷评查合格率", "Case files that pass review", 7, {"points": "full * files_passed"},
          supplying_body="ip_office", source={"zh": "细则第二章第6条", "en": "Scheme, ch. 2, art. 6"}),
    _item("B5", "行政执法与刑事司法衔接移送案件", "Cases handed to the police", 5,
          {"add": "transfers", "each": "1/3"}, supplying_body="police"),
    _item("C", "司法与协同保护", "Judicial and joint protection", 25),
    _item("C1", "诉调对接调解成功率", "Disputes settled by mediation", 6, _ladder("mediation_rate"),
          supplying_body="court"),
    _item("C2", "跨区域执法协作案件", "Cases handled across regions", 5,
          {"add": "joint_cases", "each": "0.5"}, supplying_body="market_regulator"),
    _item("C3", "海关知识产权保护", "Customs protection", 4, {"add": "customs_batches", "each": "0.02"},
          applies_to=["delta"], supplying_body="customs"),
    _item("C4", "维权援助机构覆盖率", "Districts with a legal-aid office", 5,
          {"points": "full * aid_districts / districts"}, supplying_body="ip_office"),
    _item("C5", "专利侵权纠纷行政裁决", "Administrative rulings on patents", 5,
          {"best": [{"add": "rulings", "each": 1}, {"points": "full * rulings_on_time"}]},
          supplying_body="ip_office"),
    _item("D", "社会满意与意识", "Satisfaction and awareness", 20),
    _item("D1", "知识产权保护社会满意度", "Public satisfaction with IP protection", 8,
          {"points": "full * satisfaction / 100"}, supplying_body="survey",
          source={"zh": "第三方调查", "en": "Third-party survey"}),
    _item("D2", "宣传活动场次", "Publicity events", 4, {"add": "events", "each": "0.2"},
          supplying_body="ip_office"),
    _item("D3", "机关软件正版化率", "Licensed software in public offices", 4,
          {"points": "full * licensed"}, supplying_body="copyright"),
    _item("D4", "投诉举报按期办结率", "Complaints answered in time", 4, _ladder("complaints_on_time"),
          supplying_body="market_regulator"),
    _item("E", "典型案例加分", "Bonus for model cases", 3, {"add": "model_cases", "each": 1},
          kind="bonus", supplying_body="court"),
    _item("F", "负面事件扣分", "Deduction for incidents", 5, {"deduct": "incidents", "each": "1.5"},
          kind="deduction", supplying_body="ip_office"),
]  # fmt: skip


INPUTS = (
    ("plan_completion", "任务完成率", "Tasks completed", "share"),
    ("budget_share", "保护经费占比", "Share of the budget", "share"),
    ("meetings", "联席会议次数", "Joint meetings", "count"),
    ("reports_missing", "未按时报送次数", "Reports missing", "count"),
    ("closed", "法定期限内结案数", "Closed in time", "count"),
    ("due", "应结案数", "Cases due", "count"),
    ("disputes", "侵权纠纷办案数", "Disputes handled", "count"),
    ("businesses", "经营主体户数", "Businesses", "count"),
    ("files_passed", "合格案卷占比", "Files that pass", "share"),
    ("transfers", "移送案件数", "Cases handed over", "count"),
    ("settled", "调解成功数", "Settled", "count"),
    ("mediated", "调解数", "Mediated", "count"),
    ("joint_cases", "协作案件数", "Joint cases", "count"),
    ("customs_batches", "海关查扣批次", "Batches seized by customs", "count"),
    ("aid_districts", "设有维权援助机构的县区数", "Districts with an office", "count"),
    ("districts", "县区数", "Districts", "count"),
    ("rulings", "行政裁决数", "Rulings", "count"),
    ("rulings_in_time", "按期裁决数", "Rulings in time", "count"),
    ("rulings_due", "应裁决数", "Rulings due", "count"),
    ("satisfaction", "满意度得分", "Satisfaction", "number"),
    ("events", "宣传活动场次", "Events", "count"),
    ("licensed", "正版化率", "Licensed software", "share"),
    ("answered", "按期办结数", "Answered in time", "count"),
    ("complaints", "投诉举报数", "Complaints", "count"),
    ("model_cases", "典型案例数", "Model cases", "count"),
    ("incidents", "负面事件数", "Incidents", "count"),
    ("self_assessed", "已提交自评材料", "Self-assessment filed", "yes_no"),
)


def _input(code: str, zh: str, en: str, kind: str) -> dict[str, Any]:
    return {"code": code, "title": {"zh": zh, "en": en}, "type": kind}


def document(**changes: Any) -> dict[str, Any]:
    """The scheme as plain data; ``changes`` replace its top keys."""
    return {
        "format": "steelyard-scheme/1",
        "code": "gd-ip-2021",
        "version": "1",
        "title": {"zh": "广东省知识产权保护考核", "en": "Guangdong IP protection assessment"},
        "label": "sample",
        "family": "points",
        "period": {"starts": "2021-01-01", "ends": "2022-01-01"},
        "legal_basis": {
            "zh": "《广东省知识产权保护条例》第四十五条",
            "en": "Regulations of Guangdong on IP Protection, art. 45",
        },
        "issuer": {"zh": "测试用样本，无发布单位", "en": "A sample for tests; nobody issued it"},
        "note": {
            "zh": "衡量各市一年内保护知识产权的工作记录，不衡量创造和运用，也不衡量经济规模。",
            "en": "It measures a year's records of IP protection in each city; it measures neither "
            "creation and use nor the size of an economy.",
        },
        "groups": {
            "delta": {"zh": "珠三角", "en": "Pearl River Delta"},
            "other": {"zh": "粤东粤西粤北", "en": "East, west and north"},
        },
        "bodies": {
            "ip_office": {"zh": "省知识产权局", "en": "Provincial IP office"},
            "market_regulator": {"zh": "省市场监管局", "en": "Provincial market regulator"},
            "finance": {"zh": "省财政厅", "en": "Department of Finance"},
            "police": {"zh": "省公安厅", "en": "Department of Public Security"},
            "court": {"zh": "省高级人民法院", "en": "High People's Court"},
            "customs": {"zh": "海关总署广东分署", "en": "Customs, Guangdong branch"},
            "copyright": {"zh": "省版权局", "en": "Provincial copyright office"},
            "survey": {"zh": "第三方调查机构", "en": "Survey firm"},
        },
        "units": [_unit(*city) for city in CITIES],
        "inputs": [_input(*one) for one in INPUTS],
        "figures": [
            {"code": "budget_target", "title": {"zh": "经费目标", "en": "Target"}, "value": "0.5%"}
        ],
        "quantities": [
            _rate("closing_rate", "法定期限内结案率", "Closing rate", "closed", "due"),
            _rate("mediation_rate", "调解成功率", "Settled", "settled", "mediated"),
            _rate("complaints_on_time", "按期办结率", "Answered in time", "answered", "complaints"),
            _rate("rulings_on_time", "按期裁决率", "Ruled in time", "rulings_in_time", "rulings_due"),
        ],
        "items": ITEMS,
        "total": {"points": 100},
        "on": {"no_base": "zero"},
        "ranking": {"tie_break": ['score("B")']},
        "grades": [
            {"code": "excellent", "title": {"zh": "优秀", "en": "Excellent"}, "at_least": 90,
             "quota": {"share": "30%"}},
            {"code": "good", "title": {"zh": "良好", "en": "Good"}, "at_least": 85},
            {"code": "pass", "title": {"zh": "合格", "en": "Pass"}, "at_least": 75},
            {"code": "fail", "title": {"zh": "不合格", "en": "Fail"}},
        ],
        "vetoes": [
            {"code": "not_filed", "title": {"zh": "未提交自评材料", "en": "No self-assessment filed"},
             "when": "not self_assessed", "then": {"grade": "fail", "rank": "last"}},
        ],
    } | changes  # fmt: skip


def _unit(code: str, zh: str, en: str, group: str, tile: tuple[int, int]) -> dict[str, Any]:
    return {"code": code, "title": {"zh": zh, "en": en}, "group": group, "tile": list(tile)}


def _rate(code: str, zh: str, en: str, top: str, bottom: str) -> dict[str, Any]:
    return {"code": code, "title": {"zh": zh, "en": en}, "formula": f"{top} / {bottom}"}


def _figures(place: int) -> dict[str, object]:
    """The year of the city at that place of the list; better the nearer it is to the top."""
    lots = _lots(place)
    good = 100 - place * 3

    def some(least: int, most: int) -> int:
        return least + (most - least) * (good + next(lots)) // 200

    due, mediated, complaints, districts = 40 + some(0, 80), 20 + some(0, 60), 30 + some(0, 90), 7
    return {
        "plan_completion": f"{some(60, 105) if some(60, 105) < 100 else 100}%",
        "budget_share": f"{some(20, 70)}/10000",
        "meetings": some(0, 3), "reports_missing": some(6, -1) if some(6, -1) > 0 else 0,
        "due": due, "closed": due - some(14, -1) if due else 0,
        "businesses": 90000 + 7000 * place, "disputes": some(10, 90), "files_passed": f"{some(70, 101)}%",
        "transfers": some(0, 20), "mediated": mediated, "settled": mediated - some(12, 0),
        "joint_cases": some(0, 13), "customs_batches": some(20, 260), "districts": districts,
        "aid_districts": min(some(2, 8), districts), "rulings": some(0, 7), "rulings_due": 4,
        "rulings_in_time": min(some(1, 5), 4), "satisfaction": f"{some(70, 90)}.{place}",
        "events": some(5, 25), "licensed": f"{some(80, 101)}%", "complaints": complaints,
        "answered": complaints - some(20, 0), "model_cases": some(0, 3), "incidents": int(some(0, 9) == 4),
        "self_assessed": "no" if place == 17 else "yes",
    }  # fmt: skip


def _lots(seed: int) -> Iterator[int]:
    """Numbers from 0 to 99 without end, always the same for a seed."""
    state = seed * 2654435761 + 12345
    while True:
        state = (state * 1103515245 + 12345) % 2**31
        yield state // 65536 % 100


def values(scheme: Scheme) -> Values:
    """The year's figures, last year's disputes, and one without supporting material."""
    now = {unit.code: _figures(place) for place, unit in enumerate(scheme.assessed)}
    before = {
        unit.code: {"disputes": 12 + (7 * place) % 60} for place, unit in enumerate(scheme.assessed)
    }
    made = Values.of(scheme, now, earlier={scheme.earlier[0]: before})
    third = scheme.assessed[min(3, len(scheme.assessed) - 1)].code
    return _without_material(made, ("events", scheme.period_label), third)


def _without_material(made: Values, key: tuple[str, str], unit: str) -> Values:
    cell = Cell(made.cells[key][unit].value, "no_material", same("未附材料"))
    return replace(made, cells=dict(made.cells) | {key: dict(made.cells[key]) | {unit: cell}})


@cache
def weighed() -> Result:
    """The region as it stands."""
    return weigh_region()


def weigh_region(**changes: Any) -> Result:
    scheme = Scheme.from_document(document(**changes))
    return weigh(scheme, values(scheme))


def weigh_some(count: int, **changes: Any) -> Result:
    """The first ``count`` cities; more than 21 are made up."""
    units = [_unit(*city) for city in CITIES[:count]]
    units += [
        _unit(f"x{place}", f"第{place}市", f"City {place}", "other", (place % 9, 7 + place // 9))
        for place in range(len(units), count)
    ]
    return weigh_region(units=units, **changes)
