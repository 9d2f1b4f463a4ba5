"""What a mayor's office types to learn what to do next, and what it reads."""

import json
import os
from fractions import Fraction

import pytest

from steelyard.cli import main
from steelyard.cli.advise import _solver_silenced
from steelyard.cli.say_advice import _worth
from steelyard.kernel.bilingual import Text
from steelyard.weighing.advice.findings import Change

SCHEME = """
format = "steelyard-scheme/1"
code = "cases"
version = "1"
title = { zh = "办案考核（样本）", en = "Cases (sample)" }
label = "sample"
family = "points"
period = { starts = 2021-01-01, ends = 2022-01-01 }

[[units]]
code = "jm"
title = { zh = "江门", en = "Jiangmen" }
[[units]]
code = "zs"
title = { zh = "中山", en = "Zhongshan" }
[[units]]
code = "zh"
title = { zh = "珠海", en = "Zhuhai" }

[[inputs]]
code = "closed"
title = { zh = "按期结案数", en = "Cases closed in time" }
unit_of_measure = { zh = "件", en = "cases" }
type = "count"
[[inputs]]
code = "satisfied"
title = { zh = "满意率", en = "Satisfaction" }
type = "share"

[[items]]
code = "A1"
title = { zh = "结案率", en = "Closing rate" }
points = 10
rule = { ladder = "closed / due", steps = [[">= 90%", 10], ["[80%, 90%)", 6]], otherwise = 0 }
[[items]]
code = "A2"
title = { zh = "满意率", en = "Satisfaction" }
points = 10
rule = { points = "10 * satisfied" }

[[grades]]
code = "good"
title = { zh = "优秀", en = "Excellent" }
at_least = 16
[[grades]]
code = "pass"
title = { zh = "合格", en = "Pass" }
"""
DATA = "unit,closed,due,satisfied\njm,41,52,70%\nzs,46,50,80%\nzh,17,20,65%\n"
COSTS = "input,cost,step,least,most\nclosed,2,1,0,52\nsatisfied,300,1%,0,85%\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "scheme.toml").write_text(SCHEME, encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/values.csv").write_text(DATA, encoding="utf-8")
    (tmp_path / "costs.csv").write_text(COSTS, encoding="utf-8")
    return tmp_path


def advised(folder, capsys, *words, status=0):
    base = ["advise", folder / "scheme.toml", "--data", folder / "data"]
    assert main([str(word) for word in [*base, *words]]) == status
    return capsys.readouterr()


def test_the_plan_its_cost_and_what_comes_of_it(folder, capsys) -> None:
    out = advised(
        folder, capsys, "Jiangmen", "--rank", "2", "--costs", folder / "costs.csv", "--lang", "en"
    ).out
    assert out.splitlines() == [
        "Cases (sample)  2021",
        "How can Jiangmen reach rank 2? Now: 7.00, rank 3, Pass.",
        "",
        "What                      From        To  Cost  Worth",
        "Cases closed in time  41 cases  42 cases     2  +6.00",
        "",
        "2 in all; among the steps allowed nothing cheaper will do (a proven optimum). Weighing the new "
        "values confirms it.",
        "",
        "The result: 13.00, rank 2, Pass; it overtakes Zhuhai.",
        "",
        " Rank  Unit               Score  Grade",
        "    1  Zhongshan          18.00  Excellent",
        "3 → 2  Jiangmen *  7.00 → 13.00  Pass",
        "2 → 3  Zhuhai             12.50  Pass",
        "",
        "This rests on:",
        "  · The other units are taken as in the data, as last published.",
        "  · Costs and ranges are those of the cost table; inputs that it does not name stay.",
        "  · 2 levers with 137 values were looked at.",
    ]


def test_the_same_in_chinese(folder, capsys) -> None:
    out = advised(
        folder, capsys, "江门", "--grade", "优秀", "--costs", folder / "costs.csv", "--lang", "zh"
    ).out
    assert out.splitlines()[:9] == [
        "办案考核（样本）  2021",
        "江门怎样达到“优秀”等次？现在7.00分，第3名，合格。",
        "",
        "改进什么      从    到  成本  值多少分",
        "按期结案数  41件  47件    12    +10.00",
        "",
        "合计12，在允许的步长中没有更省的办法（已证明最优）。按改进后的数据重新计分，确认达到目标。",
        "",
        "结果：17.00分，第2名，优秀；超过珠海。",
    ]


def test_what_cannot_be_reached_says_why_with_status_1(folder, capsys) -> None:
    asked = ("Jiangmen", "--points", "19", "--costs", folder / "costs.csv", "--lang", "en")
    out = advised(folder, capsys, *asked, status=1).out
    assert "19 points cannot be reached, because:" in out
    assert "  · with every lever at its best for the total, that is 18.50, rank 1" in out
    assert (
        "A2 Satisfaction: 8.50 of 10.00 points at most; Satisfaction can only be from 0% to 85%"
        in out
    )


def test_rivals_may_be_assumed_and_the_answer_says_so(folder, capsys) -> None:
    asked = ("Jiangmen", "--rank", "1", "--costs", folder / "costs.csv", "--lang", "en")
    (folder / "rivals.csv").write_text("unit,closed\nzs,44\n", encoding="utf-8")
    out = advised(
        folder, capsys, *asked, "--rivals", folder / "rivals.csv", "--set", "zs.satisfied=60%"
    ).out
    assert "How can Jiangmen reach rank 1? Now: 7.00, rank 3, Pass." in out
    assert (
        "The other units are taken as you assume them (Zhongshan: Cases closed in time 44 cases; "
        "Zhongshan: Satisfaction 60%), and otherwise as in the data." in out
    )


def test_a_table_of_rivals_without_values_is_said_to_change_nothing(folder, capsys) -> None:
    asked = ("Jiangmen", "--rank", "1", "--costs", folder / "costs.csv", "--lang", "en")
    (folder / "rivals.csv").write_text("unit,closed\nzs,\n", encoding="utf-8")
    out = advised(folder, capsys, *asked, "--rivals", folder / "rivals.csv").out
    assert "The table of --rivals holds no values and changed nothing: the other units are" in out
    out = advised(
        folder, capsys, *asked, "--rivals", folder / "rivals.csv", "--set", "zs.closed=45"
    ).out
    assert "and otherwise as in the data; the table of --rivals holds no values." in out


def test_json_holds_the_plan_and_the_whole_ranking(folder, capsys) -> None:
    asked = ("jm", "--rank", "2", "--costs", folder / "costs.csv", "--json")
    found = json.loads(advised(folder, capsys, *asked).out)
    assert (found["format"], found["outcome"], found["proven"], found["cost"]) == (
        "steelyard-advice/1", "reached", True, "2",
    )  # fmt: skip
    assert [(one["input"], one["from"], one["to"], one["worth"]) for one in found["plan"]] == [
        ("closed", "41", "42", "6")
    ]
    assert [(row["unit"], row["rank"]) for row in found["ranking"]] == [
        ("zs", ["1", "1"]), ("jm", ["3", "2"]), ("zh", ["2", "3"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("worth", "lifts", "needed", "says"),
    [
        (2, False, True, Text("+2.00", "+2.00")),
        (0, True, True, Text("解除一票否决", "lifts the veto")),
        (3, True, True, Text("+3.00，解除一票否决", "+3.00, lifts the veto")),
        (0, False, True, Text("缺它不可", "needed")),
        (0, False, False, Text("0.00", "0.00")),
        (None, False, False, Text("—", "—")),
    ],
)
def test_what_a_step_is_worth_is_said_though_it_gives_no_points(worth, lifts, needed, says) -> None:
    score = None if worth is None else Fraction(worth)
    change = Change("a", Fraction(0), Fraction(1), Fraction(1), score, lifts, needed)
    assert _worth(change) == says


def test_without_costs_it_is_not_judged_what_can_be_done(folder, capsys) -> None:
    out = advised(folder, capsys, "jm", "--rank", "2", "--lang", "en").out
    assert "Without a cost table it is not judged whether a change can be made at all" in out
    asked = ("jm", "--rank", "2", "--costs", folder / "costs.csv", "--lang", "zh")
    assert "不判断" not in advised(folder, capsys, *asked).out


def test_nothing_to_do_is_an_answer_too(folder, capsys) -> None:
    out = advised(folder, capsys, "Zhongshan", "--rank", "1", "--lang", "en").out
    assert "It is reached already: nothing to do, cost 0." in out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "no target is named"),
        (("--rank", "1", "--points", "9"), "more than one target is named"),
        (("--rank", "0"), "there is no rank 0 among 3 units"),
        (("--rank", "4"), "there is no rank 4 among 3 units"),
        (("--rank", "first"), "'first' is no number for --rank"),
        (("--grade", "gold"), "there is no grade 'gold'; use one of good, pass"),
        (("--points", "21"), "21 points are more than the scheme can give, 20"),
        (("--points=-5",), "the target of -5 points is below 0"),
        (("--points", "95.5%"), "'95.5%' is no total: totals are in points; write 95.5"),
        (
            ("--rank", "1", "--set", "zs.closed=1", "--set", "Zhongshan.closed=5"),
            "zs.closed is set more than once",
        ),
        (("--rank", "1", "--time-limit", "soon"), "'soon' is no number for --time-limit"),
        (("--rank", "1", "--set", "jm.closed=50"), "the scenario changes Jiangmen itself"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_status_2(folder, capsys, words, says) -> None:
    found = advised(folder, capsys, "jm", *words, "--lang", "en", status=2)
    assert says in found.err
    assert found.out == ""


def test_a_unit_that_is_not_there_is_refused(folder, capsys) -> None:
    err = advised(folder, capsys, "Foshan", "--rank", "1", "--lang", "en", status=2).err
    assert "there is no unit 'Foshan'; use one of jm (Jiangmen), zs (Zhongshan), zh (Zhuhai)" in err


def test_a_cost_table_with_gaps_is_refused_at_its_cells(folder, capsys) -> None:
    (folder / "costs.csv").write_text(
        "input,cost,step,least,most\nclosed,,1,0,\n", encoding="utf-8"
    )
    asked = ("jm", "--rank", "1", "--costs", folder / "costs.csv")
    err = advised(folder, capsys, *asked, "--lang", "en", status=2).err
    assert "costs.csv, row 2, column B cost: 'cost' is not filled in" in err
    assert "costs.csv, row 2, column E most: 'most' is not filled in" in err
    assert (
        "第2行 “E most”列：没有填“最高”"
        in advised(folder, capsys, *asked, "--lang", "zh", status=2).err
    )


def test_stopped_at_once_it_states_the_gap(folder, capsys) -> None:
    asked = (
        "jm",
        "--rank",
        "1",
        "--costs",
        folder / "costs.csv",
        "--time-limit",
        "0",
        "--lang",
        "en",
    )
    out = advised(folder, capsys, *asked).out
    assert "Stopped early: something cheaper may do, but nothing below" in out
    assert "(a gap of" in out


def test_stopped_without_a_plan_it_does_not_promise_that_time_will_help(folder, capsys) -> None:
    asked = ("jm", "--points", "19", "--costs", folder / "costs.csv", "--time-limit", "0")
    out = advised(folder, capsys, *asked, "--lang", "en", status=1).out
    assert "A longer --time-limit may settle it, or may not" in out


def test_stopped_from_the_keyboard_it_writes_nothing(folder, capsys, monkeypatch) -> None:
    def stopped(*_words, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("steelyard.weighing.advice.advise.advise", stopped)
    found = advised(folder, capsys, "jm", "--rank", "1", status=130)
    assert found.out == ""


def test_what_the_solver_itself_writes_stays_out_of_the_answer(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with _solver_silenced():
        os.write(1, b"HighsMipSolverData::...")
    os.write(1, b"answer")
    assert capfd.readouterr().out == "answer"
