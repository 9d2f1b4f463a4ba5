"""What a person types, and what they read."""

import json

import pytest

from steelyard.cli import main
from steelyard.weighing.document import result_bytes
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh
from tests.builders import scheme

SCHEME = """
format = "steelyard-scheme/1"
code = "cases"
version = "1"
title = { zh = "办案考核", en = "Cases" }
label = "sample"
family = "points"
period = { starts = 2021-01-01, ends = 2022-01-01 }

[[units]]
code = "jm"
title = { zh = "江门", en = "Jiangmen" }
[[units]]
code = "zs"
title = { zh = "中山", en = "Zhongshan" }

[[quantities]]
code = "closing_rate"
title = { zh = "结案率", en = "Closing rate" }
formula = "closed / due"

[[items]]
code = "A3"
title = { zh = "结案率", en = "Closing rate" }
points = 10
rule = { ladder = "closing_rate", steps = [[">= 90%", 10], ["[80%, 90%)", 9]], otherwise = 0 }

[[grades]]
code = "good"
title = { zh = "优秀", en = "Excellent" }
at_least = 10
[[grades]]
code = "pass"
title = { zh = "合格", en = "Pass" }
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "scheme.toml").write_text(SCHEME, encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/values.csv").write_text(
        "unit,closed,due\njm,48,52\nzs,40,50\n", encoding="utf-8"
    )
    return tmp_path


def said(capsys, *words, status=0):
    assert main([str(word) for word in words]) == status
    return capsys.readouterr()


def weighing(folder):
    return folder / "scheme.toml", "--data", folder / "data"


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        ("en", ["[Sample] Cases  2021", "Rank  Unit       Score (sample)  Grade",
                "   1  Jiangmen            10.00  Excellent", "   2  Zhongshan            9.00  Pass"]),
        ("zh", ["【样本】办案考核  2021", "名次  单位  得分（样本）  等次",
                "   1  江门         10.00  优秀", "   2  中山          9.00  合格"]),
    ],
)  # fmt: skip
def test_weigh_prints_the_ranking(folder, capsys, lang, lines):
    assert said(capsys, "weigh", *weighing(folder), "--lang", lang).out.splitlines() == lines


def test_explain_says_one_sentence_a_leaf(folder, capsys):
    out = said(
        capsys,
        "explain",
        folder / "scheme.toml",
        "Jiangmen",
        "--data",
        folder / "data",
        "--lang",
        "en",
    ).out
    assert out.splitlines()[1:] == [
        "Jiangmen: 10.00, rank 1, Excellent",
        "A3 Closing rate 92.3% (48 of 52) is at least 90%: 10 of 10 points.",
    ]


def test_check_says_that_a_scheme_is_sound(folder, capsys):
    assert (
        said(capsys, "check", folder / "scheme.toml", "--lang", "zh").out
        == "细则无误：2个被考核单位，1项末级指标。\n"
    )


def test_check_lists_every_fault_with_its_line(folder, capsys):
    path = folder / "scheme.toml"
    path.write_text(
        SCHEME.replace("points = 10", "pionts = 10").replace("otherwise = 0", "otherwise = none("),
        encoding="utf-8",
    )
    err = said(capsys, "check", path, "--lang", "en", status=2).err
    assert "scheme.toml, line" in err
    path.write_text(
        SCHEME.replace("at_least = 10", "at_lest = 10").replace('code = "zs"', 'code = "jm"'),
        encoding="utf-8",
    )
    found = json.loads(said(capsys, "check", path, "--json", status=2).out)
    assert [(fault["code"], fault["line"]) for fault in found] == [
        ("duplicate-code", 14),
        ("unknown-key", 31),
    ]


def test_what_if_tells_who_else_moved(folder, capsys):
    out = said(
        capsys,
        "what-if",
        *weighing(folder),
        "--set",
        "Zhongshan.closing_rate=0.95",
        "--points",
        "A3=12",
        "--lang",
        "en",
    ).out
    assert "   1  Jiangmen            12.00  Excellent" in out
    assert "   1  Zhongshan           12.00  Excellent" in out
    assert "Zhongshan  2 → 1      +3  Pass → Excellent  A3 Closing rate +3" in out


def test_compare_tells_who_moved_and_through_what(folder, capsys):
    made = scheme()
    for name, values in (
        ("a", {"jm": {"a": 5}, "zs": {"a": 6}}),
        ("b", {"jm": {"a": 7}, "zs": {"a": 6}}),
    ):
        (folder / f"{name}.json").write_bytes(result_bytes(weigh(made, Values.of(made, values))))
    out = said(capsys, "compare", folder / "a.json", folder / "b.json", "--lang", "en").out
    assert out.splitlines()[1:] == [
        "Jiangmen   2 → 1      +2  —      A Item A +2",
        "Zhongshan  1 → 2       0  —",
    ]
    assert (
        "No rank"
        in said(capsys, "compare", folder / "a.json", folder / "a.json", "--lang", "en").out
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["weigh", "none.toml", "--data", "data"], "cannot-open"),
        (["weigh", "scheme.toml"], "no-data"),
        (["weigh", "scheme.toml", "--data", "nowhere"], "missing-folder"),
        (["explain", "scheme.toml", "Nowhere", "--data", "data"], "unknown-unit"),
        (["what-if", "scheme.toml", "--data", "data", "--set", "jm"], "wrong-option"),
        (["what-if", "scheme.toml", "--data", "data", "--points", "A3=many"], "wrong-option"),
        (["compare", "scheme.toml", "scheme.toml"], "not-a-result"),
        (["weigh", "scheme.toml", "--data", "data", "--within", "44"], "no-units"),
    ],
)
def test_what_cannot_be_done_is_refused_with_status_2(folder, capsys, monkeypatch, words, code):
    monkeypatch.chdir(folder)
    captured = said(capsys, *words, "--lang", "en", status=2)
    assert captured.out == ""
    assert f"[{code}]" in captured.err
    assert captured.err.endswith("nothing was written.\n")


def test_a_refused_weighing_writes_nothing(folder, capsys):
    (folder / "data/values.csv").write_text("unit,closed,due\njm,x,52\nzs,,50\n", encoding="utf-8")
    said(capsys, "weigh", *weighing(folder), "--out", folder / "out", status=2)
    assert not (folder / "out").exists()


def test_the_language_follows_the_locale_unless_it_is_named(folder, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "细则无误" in said(capsys, "check", folder / "scheme.toml").out
    assert "sound" in said(capsys, "check", folder / "scheme.toml", "--lang", "en").out
