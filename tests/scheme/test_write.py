"""A scheme document as TOML: the same document again, and pleasant to read."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.scheme.write import NotTOML, inline, scheme_toml

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(ROOT.glob("examples/*/scheme.toml"))

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
scalar = (
    text | st.integers() | st.booleans() | st.dates()
    | st.decimals(allow_nan=False, allow_infinity=False, places=2).map(str)
)  # fmt: skip
value = st.recursive(
    scalar,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)
known = st.sampled_from(["code", "title", "items", "units", "total", "rule", "grades", "on", "x y"])
document = st.dictionaries(known | text, value, max_size=6)


def read(written: str) -> dict[str, object]:
    return tomllib.loads(written, parse_float=str)


@given(document)
def test_any_document_is_the_same_when_read_again(document: dict[str, object]) -> None:
    assert read(scheme_toml(document)) == document


@given(value)
def test_a_value_on_one_line_is_the_same_in_either_quoting(value: object) -> None:
    for quoted in (False, True):
        line = inline(value, quoted=quoted)
        assert "\n" not in line
        assert read(f"value = {line}")["value"] == value


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_the_shipped_schemes_are_the_same_when_written_and_read(path: Path) -> None:
    had = read(path.read_text("utf-8"))
    assert read(scheme_toml(had)) == had


def test_days_and_moments_stay_native() -> None:
    when = {
        "period": {"starts": date(2021, 1, 1), "ends": date(2022, 1, 1)},
        "at": datetime(2021, 1, 1, 9, 30),
        "hour": time(9, 30),
    }
    assert read(scheme_toml(when)) == when


def test_the_head_stands_first_and_the_tables_in_the_order_of_the_guide() -> None:
    written = scheme_toml(
        {
            "grades": [{"code": "good", "title": "良好", "quota": {"share": "15%"}}],
            "items": [
                {
                    "rule": {
                        "otherwise": 0,
                        "steps": [[">= 90%", 10], ["[80%, 90%)", "9.5"]],
                        "ladder": "closed / due",
                    },
                    "points": 10,
                    "title": {"zh": "结案率", "en": "Closing rate"},
                    "code": "A",
                },
                {
                    "code": "B",
                    "points": 1,
                    "rule": [{"points": "full"}, {"each": "0.5", "deduct": "late"}],
                },
            ],
            "units": [{"title": "江门", "code": "jm"}, {"code": "zs", "title": "中山"}],
            "format": "steelyard-scheme/1",
        }
    )
    assert (
        written
        == """\
format = "steelyard-scheme/1"

units = [
  { code = "jm", title = "江门" },
  { code = "zs", title = "中山" },
]

[[items]]
code = "A"
title = { zh = "结案率", en = "Closing rate" }
points = 10
rule = { ladder = "closed / due", steps = [[">= 90%", 10], ["[80%, 90%)", 9.5]], otherwise = 0 }

[[items]]
code = "B"
points = 1
rule = [
  { points = "full" },
  { deduct = "late", each = 0.5 },
]

[[grades]]
code = "good"
title = "良好"
quota = { share = "15%" }
"""
    )


def test_a_ladder_that_is_too_long_for_a_line_gets_its_own_table() -> None:
    steps = [[f"[{low}%, {low + 10}%)", low // 10] for low in range(0, 100, 10)]
    written = scheme_toml({"items": [{"code": "A", "rule": {"ladder": "rate", "steps": steps}}]})
    assert '[items.rule]\nladder = "rate"\nsteps = [\n  ["[0%, 10%)", 0],\n' in written
    assert read(written)["items"] == [{"code": "A", "rule": {"ladder": "rate", "steps": steps}}]


@pytest.mark.parametrize("wrong", [None, 0.5, "\ud800", {"a": [None]}])
def test_what_toml_cannot_hold_is_refused(wrong: object) -> None:
    with pytest.raises(NotTOML):
        scheme_toml({"note": wrong})
