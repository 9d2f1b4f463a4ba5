"""What is asked about a result from the command line, and what is refused."""

import json

import pytest

from steelyard.cli import main

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
[[units]]
code = "zh"
title = { zh = "珠海", en = "Zhuhai" }

[[items]]
code = "A"
title = { zh = "结案率", en = "Closing rate" }
points = 10
rule = { points = "a" }
[[items]]
code = "B"
title = { zh = "办案数", en = "Cases" }
points = 10
rule = { points = "b" }
"""
VARIES = '\n[uncertainty]\nseed = 5\npoints = { within = "50%" }\nleave_out = "one"\n'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "scheme.toml").write_text(SCHEME + VARIES, encoding="utf-8")
    (tmp_path / "plain.toml").write_text(SCHEME, encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/values.csv").write_text("unit,a,b\njm,9,5\nzs,6,7\nzh,2,3\n", "utf-8")
    return tmp_path


def asked(folder, *words, scheme="scheme.toml"):
    return main(["weigh", str(folder / scheme), "--data", str(folder / "data"), *words])


def test_a_person_reads_how_sure_each_rank_is(folder, capsys):
    assert asked(folder, "--uncertainty", "2000", "--lang", "en") == 0
    said = capsys.readouterr().out
    assert "weighed 2,000 times, seed 5" in said
    assert "Is Zhongshan really behind Jiangmen?" in said
    assert "What the intervals cover" in said
    assert "What they do not cover" in said


def test_everything_asked_for_stands_in_the_result(folder, capsys):
    out = folder / "out"
    words = ["--uncertainty", "1000", "--sensitivity", "64", "--audit", "--out", str(out)]
    assert asked(folder, *words, "--lang", "zh") == 0
    assert "名次有多稳" in capsys.readouterr().out
    document = json.loads((out / "result.json").read_text(encoding="utf-8"))
    assert document["how_sure"]["replications"] == 1000
    assert document["sensitivity"]["base"] == 64
    assert [leaf["item"] for leaf in document["audit"]["leaves"]] == ["A", "B"]


def test_what_a_result_also_holds_is_not_dropped_in_silence(folder, capsys):
    out = folder / "out"
    asked(folder, "--uncertainty", "1000", "--audit", "--out", str(out))
    capsys.readouterr()
    assert main(["weigh", str(out / "result.json"), "--audit", "--lang", "en"]) == 0
    assert capsys.readouterr().err == (
        "What the file also found is not carried on; ask for it again with --uncertainty.\n"
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--uncertainty", "0"], "--uncertainty"),
        (["--uncertainty", "1000000000"], "--uncertainty"),
        (["--uncertainty", "many"], "--uncertainty"),
        (["--uncertainty", "1000", "--seed", "monday"], "--seed"),
        (["--uncertainty", "1000", "--seed", "-1"], "--seed"),
        (["--uncertainty", "1000", "--threads", "0"], "--threads"),
        (["--sensitivity", "1000"], "--sensitivity"),
        (["--sensitivity", "0"], "--sensitivity"),
        (["--sensitivity", "1000000000"], "--sensitivity"),
    ],
)
def test_absurd_numbers_are_refused_and_nothing_is_written(folder, capsys, words, code):
    assert asked(folder, *words, "--out", str(folder / "out"), "--lang", "en") == 2
    refused = capsys.readouterr()
    assert refused.err.startswith(code)
    assert "nothing was written" in refused.err
    assert not (folder / "out").exists()


def test_all_absurd_numbers_are_told_at_once(folder, capsys):
    assert asked(folder, "--uncertainty", "x", "--seed", "y", "--threads", "z") == 2
    assert "3 faults" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--uncertainty", "1000"], ["--sensitivity", "64"]])
def test_a_scheme_in_which_nothing_varies_is_refused(folder, capsys, words):
    assert asked(folder, *words, "--lang", "en", scheme="plain.toml") == 2
    assert "write [uncertainty] in the scheme" in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["--uncertainty", "--sensitivity"])
def test_the_keyboard_stops_it_with_nothing_written(folder, capsys, monkeypatch, verb):
    from steelyard.weighing.uncertainty.points.model import PointsModel

    def stop(self, rows):
        raise KeyboardInterrupt(len(rows))

    monkeypatch.setattr(PointsModel, "outcomes", stop)
    assert asked(folder, verb, "1024", "--out", str(folder / "out"), "--lang", "en") == 130
    assert "nothing was written" in capsys.readouterr().err
    assert not (folder / "out").exists()
