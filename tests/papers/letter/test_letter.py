"""The city letter: what it says, and that it is one page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from steelyard.papers.letter.letter import letter_paper
from steelyard.papers.letter.losses import largest_losses
from steelyard.papers.letter.mends import cheapest_mends
from steelyard.papers.letter.write import write_letter
from steelyard.papers.official import paper_bytes
from steelyard.papers.official.fit import fits_one_page
from steelyard.weighing.advice.levers import Cost
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.findings import HowSure, Interval, UnitDoubt
from tests.builders import item, weighed
from tests.papers.official.word import part, texts

ISSUED = date(2022, 3, 9)


def assessed(**more: Any) -> Result:
    units = [{"code": "jm", "title": {"zh": "江门", "en": "Jiangmen"}},
             {"code": "zs", "title": {"zh": "中山", "en": "Zhongshan"}}]  # fmt: skip
    return weighed(
        {"jm": {"a": 2, "b": 8, "c": 5, "d": 10}, "zs": {"a": 9, "b": 9, "c": 7, "d": 10}},
        units=units,
        items=[item(name.upper(), 10, {"points": name}) for name in "abcd"],
        **more,
    )


def said(result: Result, lang: Any = "zh", **more: Any) -> list[str]:
    return [one.text for one in letter_paper(result, "jm", lang, ISSUED, **more).paragraphs]


def test_letter_in_chinese() -> None:
    assert said(assessed()) == [
        "考核结果：得分25.00分，在2个单位中居第2名。",
        "失分最多的项目：",
        "1.失8分。指标A：a2：2分（满分10分）。",
        "2.失5分。指标C：c5：5分（满分10分）。",
        "3.失2分。指标B：b8：8分（满分10分）。",
        "结果的可靠程度：本次没有测算名次的稳定程度。",
        "最易见效的改进：没有给成本表，按增分多少排列。",
        "1.a（指标A）由2到9，可增7分。",
        "2.c（指标C）由5到7，可增2分。",
        "3.b（指标B）由8到9，可增1分。",
        "有关日期：考核期间2021年1月1日至2021年12月31日，数据截至2021年12月31日，2022年3月9日反馈。",
    ]


def test_letter_in_english_bears_the_days_it_is_given() -> None:
    lines = said(assessed(), "en", cut_off=date(2022, 1, 15))
    assert lines[0] == "Result: 25.00 points, 2nd of 2."
    assert lines[-1] == (
        "Dates: Period 1 January 2021 to 31 December 2021; figures as of 15 January 2022; issued 9 March 2022."
    )


def test_losses_are_the_largest_first_and_what_does_not_apply_lost_nothing() -> None:
    result = assessed()
    assert [(one.leaf.code, one.lost) for one in largest_losses(result, "jm")] == [
        ("A", 8), ("C", 5), ("B", 2),
    ]  # fmt: skip
    assert [one.leaf.code for one in largest_losses(result, "zs")] == ["C", "A", "B"]


def test_deduction_lost_what_it_took_and_a_bonus_not_earned_is_no_loss() -> None:
    items = [
        item("A", 10, {"points": "a"}),
        item("D", 3, {"points": "0 - b"}, kind="deduction"),
        item("E", 5, {"points": "c"}, kind="bonus"),
    ]
    result = weighed({"jm": {"a": 8, "b": 1, "c": 0}, "zs": {"a": 9, "b": 0, "c": 5}}, items=items)
    assert [(one.leaf.code, one.lost) for one in largest_losses(result, "jm")] == [
        ("A", 2),
        ("D", 1),
    ]


def test_mends_are_weighed_one_at_a_time_by_the_exact_engine() -> None:
    result = assessed()
    for mend in cheapest_mends(result, "jm"):
        values = {"a": 2, "b": 8, "c": 5, "d": 10} | {mend.input: mend.to}
        again = weighed(
            {"jm": values, "zs": {"a": 9, "b": 9, "c": 7, "d": 10}},
            items=[item(name.upper(), 10, {"points": name}) for name in "abcd"],
            units=[
                {"code": "jm", "title": {"zh": "江门"}},
                {"code": "zs", "title": {"zh": "中山"}},
            ],
        )
        before, after = result.standing["jm"].score, again.standing["jm"].score
        assert before is not None
        assert after is not None
        assert mend.gain == after - before


def test_with_costs_mends_stand_by_points_for_their_cost() -> None:
    costs = [
        Cost(
            input=code, cost=Fraction(cost), step=Fraction(1), least=Fraction(0), most=Fraction(10)
        )
        for code, cost in (("a", 10), ("b", 1), ("c", 2))
    ]
    mends = cheapest_mends(assessed(), "jm", costs=costs)
    assert [one.input for one in mends] == ["b", "c", "a"]
    assert mends[0].cost is not None
    assert "最易见效的改进：按每单位成本增分排列。" in said(assessed(), costs=costs)


def test_how_sure_is_said_where_it_was_asked() -> None:
    doubt = UnitDoubt(
        "jm", Fraction(2), Interval(1, 2), 2.0, None, {1: 0.2, 2: 0.8}, 0.0, "", {"": 1.0}
    )
    from steelyard.kernel.bilingual import Text

    sure = HowSure(1000, 7, Fraction(9, 10), {}, (doubt,), (), Text(), Text())
    lines = said(replace(assessed(), how_sure=sure))
    assert lines[5] == (
        "结果的可靠程度：对细则中可以另有取法之处随机重算1,000次，至少90%的重算中，名次在第1名至第2名之间。"
    )


def test_letter_of_a_sample_says_so_in_its_title() -> None:
    assert (
        letter_paper(assessed(), "jm", "zh", ISSUED).full_title
        == "关于2021年度考核结果的反馈函（样本）"
    )
    assert letter_paper(assessed(), "jm", "en", ISSUED).full_title == (
        "Result of the assessment for 2021 (sample)"
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("length", [1, 40, 90, 200])
def test_letter_is_one_page_however_long_the_items_are_called(lang: Any, length: int) -> None:
    units = [{"code": "jm", "title": {"zh": "江门", "en": "Jiangmen"}}]
    long = {
        "zh": "很长的指标名称" * (length // 7 + 1),
        "en": "a very long name " * (length // 16 + 1),
    }
    items = [item(name.upper(), 10, {"points": name}, title=long) for name in "abc"]
    result = weighed({"jm": {"a": 1, "b": 2, "c": 3}}, units=units, items=items)
    paper = letter_paper(result, "jm", lang, ISSUED)
    assert fits_one_page(paper)
    assert paper_bytes(paper)


def test_short_letter_keeps_the_standards_type_and_a_long_one_takes_the_smaller() -> None:
    items = [item(name.upper(), 10, {"points": name},
                  title={"zh": "办理时限内审结的知识产权案件所占的比例" * 2, "en": "x"}) for name in "abc"]  # fmt: skip
    long = weighed({"jm": {"a": 1, "b": 2, "c": 3}, "zs": {"a": 9, "b": 9, "c": 9}}, items=items)
    short = weighed({"jm": {"a": 9}, "zs": {"a": 9}})
    assert not letter_paper(short, "jm", "zh", ISSUED).is_close
    assert letter_paper(long, "jm", "zh", ISSUED).is_close


def test_letter_is_written_where_it_is_asked(tmp_path: Path) -> None:
    path = write_letter(assessed(), "江门", "zh", ISSUED, tmp_path)
    assert path == tmp_path / "letter.docx"
    said_ = texts(part(path.read_bytes(), "document"))
    assert said_[:3] == [
        "关于2021年度考核结果的反馈函（样本）",
        "江门：",
        "考核结果：得分25.00分，在2个单位中居第2名。",
    ]
    assert said_[-2:] == ["考核工作机构", "2022年3月9日"]
    assert path.read_bytes() == write_letter(assessed(), "jm", "zh", ISSUED, tmp_path).read_bytes()
