"""Values for a preview of a paper that does not exist yet: plainly invented, and said to be a sample."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from steelyard.assessment.rules.papers.fields import FIELDS
from steelyard.assessment.rules.papers.kinds import Design
from steelyard.kernel.bilingual import Lang, Text, same
from steelyard.papers.templates import Field
from steelyard.papers.templates.fields import Values

_ITEMS = Text("A1 案件查处、B2 信息公开", "A1 Cases closed, B2 Disclosure")

SAMPLES: Mapping[str, Text] = {
    "assessment": Text("2025年度知识产权保护检查考核（样本）", "Assessment of IP protection 2025 (sample)"),
    "period": Text("2025年1月1日至2025年12月31日", "1 January 2025 to 31 December 2025"),
    "office": Text("某省知识产权局", "IP Office of the Province"),
    "assessed": Text("某省各市", "cities of the Province"),
    "number": Text("〔2026〕　　号", "[2026] No. ____"),
    "date": Text("2026年　　月　　日", "____ ____________ 2026"),
    "addressees": Text("甲市、乙市、省市场监督管理局", "City A, City B, Market Regulator"),
    "year": same("2025"),
    "scheme": Text("知识产权保护检查考核细则（样本）", "Scheme of the assessment (sample)"),
    "scheme_number": same("1"),
    "item_count": same("2"),
    "unit_count": same("2"),
    "cut_off": Text("2026年1月10日", "10 January 2026"),
    "opened": Text("2026年1月5日", "5 January 2026"),
    "supply_days": same("10"),
    "supply_due": Text("2026年1月19日", "19 January 2026"),
    "fill_days": same("15"),
    "fill_due": Text("2026年1月26日", "26 January 2026"),
    "name": Text("甲市", "City A"),
    "due": Text("2026年1月26日", "26 January 2026"),
    "supplies": Text("按期办结率", "Cases closed in time"),
    "scores": _ITEMS,
    "unit": Text("甲市", "City A"),
    "body": Text("省市场监督管理局", "Market Regulator"),
    "state": Text("待核定", "open"),
    "signed": Text("王市长 2026-01-20 10:00", "Wang 2026-01-20 10:00"),
    "made_on": Text("2026年1月20日", "20 January 2026"),
    "self_total": same("38.5"),
    "scored_total": same("36"),
    "code": same("A1"),
    "title": Text("案件查处", "Cases closed in time"),
    "rule": Text("按期办结率达95%的得满分；低于80%的不得分。", "Full points from 95%; none below 80%."),
    "points": same("40"),
    "wanted": Text("案件台账", "register of cases"),
    "self_score": same("38.5"),
    "claim": Text("申请加分", "bonus claimed"),
    "statement": Text("已按要求开展工作。", "The work was done as asked."),
    "material": Text("案件台账（第3—8页）", "register of cases (pages 3–8)"),
    "own_figures": Text("按期办结率：96%", "Cases closed in time: 96%"),
    "figures": Text("按期办结率：93%", "Cases closed in time: 93%"),
    "scored": same("36"),
    "reasons": Text("扣4分：两件超期未办结", "−4: two cases were late"),
    "scored_by": Text("李组长\n2026-02-10 15:00", "Li\n2026-02-10 15:00"),
    "difference_count": same("2"),
    "open_count": same("1"),
    "figure": Text("按期办结率", "Cases closed in time"),
    "measure": same(""),
    "reported": same("96%"),
    "supplied": same("93%"),
    "gap": Text("+3个百分点", "+3 percentage points"),
    "counts": same("93%"),
    "reason": Text("经核对台账", "by the register"),
    "source": Text("省市场监督管理局", "Market Regulator"),
    "used_in": same("A1"),
    "day": Text("2026年2月3日", "3 February 2026"),
    "announced": Text("事先通知", "announced"),
    "team": Text("第一检查组：张某、李某", "Team 1: Zhang, Li"),
    "places": Text("政务服务中心；农贸市场", "service centre; market"),
    "own": Text("自评38.5分\n按期办结率：96%", "Own score: 38.5\nCases closed in time: 96%"),
    "report": Text("2026年2月3日：总体较好，台账不全。", "3 February 2026: good; a register is incomplete."),
    "found": Text("问题：台账缺2024年记录", "Defect: the register lacks 2024"),
    "defect": Text("是", "yes"),
    "where": Text("农贸市场", "market"),
    "photographs": Text("28、29", "28, 29"),
    "grounds": Text("台账日期与登记系统不一致。", "The register and the system tell different days."),
    "stated_on": Text("2026年2月18日", "18 February 2026"),
    "silent": same(""),
    "heard_on": Text("2026年2月20日", "20 February 2026"),
    "hearing": Text("该市称系录入差错。", "The city said that it was mistyped."),
    "decision": Text("三件案卷的日期经涂改。", "Days on three files had been altered."),
    "decided_on": Text("2026年2月25日", "25 February 2026"),
    "penalty": Text("材料经认定造假的不得分。", "If material was found to be forged: no points."),
    "article": Text("《知识产权保护检查考核细则（样本）》项目A1", "Scheme of the assessment (sample), item A1"),
}  # fmt: skip
"""Field → what it might say, alike in every paper that has it."""


def sample_values(design: Design) -> Values:
    """Every field of a paper with something in it; of each list two rows."""
    return _values(FIELDS[design.kind], design.lang)


def _values(fields: Iterable[Field], lang: Lang) -> Values:
    return {
        one.name: [_values(one.of, lang)] * 2 if one.of else SAMPLES[one.name].say(lang)
        for one in fields
    }
