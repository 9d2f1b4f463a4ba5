"""``steelyard check --stress``: what a person types, and what they read."""

from __future__ import annotations

import json

import pytest

from steelyard.cli import main
from tests.examples.shipped import FOLDER

OFFICE = FOLDER / "office_table"
SCHEME = """
format = "steelyard-scheme/1"
code = "fines"
version = "1"
title = { zh = "执法考核", en = "Enforcement" }
label = "sample"
family = "points"
period = { starts = 2025-01-01, ends = 2026-01-01 }
units = [{ code = "jm", title = { zh = "江门", en = "Jiangmen" } }]

[[items]]
code = "A"
title = { zh = "罚没金额", en = "Fines imposed" }
points = 10
rule = { add = "fines", each = 1, per = 10000, at_most = 10 }
material = { zh = "票据", en = "Receipts" }
"""


@pytest.fixture
def fines(tmp_path):
    path = tmp_path / "scheme.toml"
    path.write_text(SCHEME, encoding="utf-8")
    return path


def said(capsys, *words, status=0):
    assert main([str(word) for word in words]) == status
    return capsys.readouterr()


def test_scheme_that_law_forbids_is_not_fit_to_issue(fines, capsys):
    out = said(capsys, "check", "--stress", fines, "--lang", "zh", status=1).out
    assert out.splitlines()[2] == "不宜印发：1个问题应先解决。"
    assert "《中华人民共和国行政处罚法》（2021年修订）第七十四条" in "".join(out.split())


def test_without_the_list_the_same_scheme_is_fit_and_says_what_was_not_asked(fines, capsys):
    out = said(capsys, "check", "--stress", fines, "--policies", "none", "--lang", "en").out
    assert "What policy forbids: no policy list was given" in out


def test_last_years_data_are_weighed(capsys):
    out = said(
        capsys,
        "check",
        "--stress",
        OFFICE / "scheme.toml",
        "--data",
        OFFICE / "data",
        "--lang",
        "en",
    ).out
    assert "with last year's data" in out
    assert "TESTED AND FOUND SOUND" in out
    assert "NOT TESTED, AND WHY" in out


def test_json_says_the_same_to_programs(fines, capsys):
    document = json.loads(said(capsys, "check", "--stress", fines, "--json", status=1).out)
    assert (document["fit"], document["findings"][0]["code"]) == (False, "policy-forbids")
    assert document["findings"][0]["figures"]["policy"] == "fines-and-seizures"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_is_wider_than_a_terminal(capsys, lang):
    from steelyard.cli.say import width

    out = said(
        capsys,
        "check",
        "--stress",
        OFFICE / "scheme.toml",
        "--data",
        OFFICE / "data",
        "--lang",
        lang,
    ).out
    assert max(width(line) for line in out.splitlines()[1:]) <= 102


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--seed", "lucky"], "'lucky' is no seed"),
        (["--size", "gdp"], "there is no input 'gdp'"),
        (["--policies", "nowhere.csv"], "nowhere.csv"),
        (["--data", "nowhere"], "nowhere"),
    ],
)
def test_option_that_cannot_be_used_is_refused(fines, capsys, words, message):
    assert message in said(capsys, "check", "--stress", fines, *words, "--lang", "en", status=2).err


def test_options_of_the_stress_test_are_refused_without_it(fines, capsys):
    err = said(
        capsys, "check", fines, "--size", "fines", "--seed", "1", "--lang", "en", status=2
    ).err
    assert err.count("is of use with --stress alone") == 2


def test_scheme_with_faults_is_refused_before_any_test(tmp_path, capsys):
    path = tmp_path / "scheme.toml"
    path.write_text(SCHEME.replace("points = 10\n", "points = 11\n"), encoding="utf-8")
    said(capsys, "check", "--stress", path, status=2)
