"""What the terminal says of an audit and of the choices: short, in both languages, nothing lost silently."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from steelyard.cli.say_audit import MOST, audited, gathered
from steelyard.cli.say_doubts import paragraphs
from steelyard.kernel.bilingual import Text
from steelyard.weighing.audit import audit
from steelyard.weighing.uncertainty.findings import CorrelationFlag, Index, Sensitivity
from tests.examples.shipped import weighed


def said(name: str, lang: str) -> str:
    result = weighed(name)
    return "\n\n".join(audited(result, audit(result), "zh" if lang == "zh" else "en"))


def test_the_technology_index_is_looked_at_in_english() -> None:
    text = said("technology_achievement", "en")
    assert (
        "patents Patents granted to resident…             100%  Japan, Korea, Rep. of   12.5%      13.3%"
        in text
    )
    assert (
        "Weight and influence are more than a factor of two apart on 1: "
        "exports Medium and high technology… (12.5% → 2.9%)."
    ) in text
    assert "pull against each other (correlation -0.45)." in text
    assert "recent Diffusion of recent innovat…         2    < 0              72%" in text


def test_asem_is_looked_at_in_chinese_and_pairs_that_share_an_item_are_one_sentence() -> None:
    text = said("asem", "zh")
    assert (
        "TBTs 技术性贸易壁垒 分别与 RTAs 区域贸易协定、CostImpEx 进出口成本、TIRcon 加入TIR公约、Visa 免签或落地签 "
        "此消彼长，互相抵消（相关系数-0.75至-0.49）。"
    ) in text
    assert (
        "TBTs 技术性贸易壁垒 与所属的 Instit 制度联通 背道而驰：它高，后者反而低（相关系数-0.62）。"
        in text
    )
    assert "Forest 森林净损失 与所属的 Environ 环境 关系很弱（相关系数0.16）。" in text
    assert "其余37项指标见result.json" in text


def test_no_part_of_it_is_longer_than_a_screen() -> None:
    for lang in ("zh", "en"):
        for part in said("asem", lang).split("\n\n"):
            assert part.count("\n") <= MOST + 3


def test_more_flags_than_a_screen_are_counted() -> None:
    result = weighed("asem")
    flag = CorrelationFlag("LPI", "Physical", 0.1, "weak")
    many = replace(audit(result), flags=(flag,) * 30)
    assert "… and 19 more: see result.json" in "\n".join(audited(result, many, "en"))


def test_every_pair_is_said_once() -> None:
    flags = [CorrelationFlag(a, b, 0.95, "redundant") for a, b in ("ab", "ac", "bc", "de")]
    found = list(gathered(flags))
    assert [item for item, _ in found] == ["a", "b", "d"]
    assert sorted(map(str, flags)) == sorted(str(flag) for _, some in found for flag in some)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_choices_are_listed_from_the_weightiest_down(lang: str) -> None:
    titles = {"w": Text("权重", "weights"), "n": Text("标准化", "normalisation")}
    first = {"w": Index(0.0, 0.0), "n": Index(0.621, 0.04)}
    total = {"w": Index(0.0, 0.0), "n": Index(0.7, 0.05)}
    found = Sensitivity(
        1024,
        4096,
        7,
        Fraction(9, 10),
        titles,
        first,
        total,
        {},
        {},
        Text("一句话。", "One sentence."),
    )
    result = replace(weighed("asem"), sensitivity=found)
    (text,) = paragraphs(result, "zh" if lang == "zh" else "en")
    lines = text.split("\n")
    assert lines[1] == {"zh": "一句话。", "en": "One sentence."}[lang]
    assert lines[3].split() == [
        titles["n"].say("zh" if lang == "zh" else "en"),
        "0.62",
        "±",
        "0.04",
        "0.70",
        "±",
        "0.05",
    ]
    assert lines[4].split()[1:] == ["0", "0"]
    assert "90%" in lines[5]
