"""What we say we understand: words made of a simple rule are read as the same rule."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.kernel.bilingual import LANGS, Text
from steelyard.scheme.given import GIVEN
from steelyard.scheme.office.grades import then_of
from steelyard.scheme.wording import rule_from_words, rule_in_words, veto_in_words

NAMES = {
    "closing": Text("结案率", "Closing rate"),
    "coverage": Text("覆盖率", "Coverage"),
    "late": Text("迟报，含漏报", "Late reports, missing ones too"),
    "meetings": Text("会议次数", "Meetings"),
    "done": Text("按期完成", "Done in time"),
    "published": Text("已公开", "Published"),
    "level": Text("级别", "Level"),
    "closed": Text("结案数", "Cases closed"),
    "due": Text("应结案数", "Cases due"),
}
UNITS = {"late": Text("次", "report"), "meetings": Text("次", "meeting")}
SHARES = ("closing", "coverage")
COUNTS = ("late", "meetings", "closed")

points = st.integers(1, 30) | st.sampled_from(["0.5", "1.5", "0.25"])
award = points | st.just("full")
otherwise = st.just(0) | points


@st.composite
def ladder(draw: st.DrawFn) -> dict[str, Any]:
    is_share = draw(st.booleans())
    edges = sorted(draw(st.sets(st.integers(1, 99), min_size=1, max_size=5)), reverse=True)
    written = [f"{edge}%" if is_share else str(edge) for edge in edges]
    includes_low = draw(st.booleans())
    bands = [f"{'>=' if includes_low else '>'} {written[0]}"]
    for low, high in zip(written[1:], written, strict=False):
        bands.append(f"[{low}, {high})" if includes_low else f"({low}, {high}]")
    steps = [[band, draw(award)] for band in bands]
    of = draw(st.sampled_from(SHARES if is_share else COUNTS))
    return {"ladder": of, "steps": steps, "otherwise": draw(otherwise)}


@st.composite
def counted(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    share, count = draw(st.sampled_from(SHARES)), draw(st.sampled_from(COUNTS))
    target = draw(st.integers(1, 90))
    shapes: list[dict[str, Any]] = [
        {kind: count},
        {kind: count, "per": draw(st.integers(2, 9))},
        {kind: f"{target} - {count}"},
        {kind: f"{count} - {target}"},
        {kind: f"{target}% - {share}", "per": "1%"},
        {kind: f"{share} - {target}%", "per": f"{draw(st.integers(1, 9))}%"},
        {kind: f"growth({count})", "per": "10%"},
        {kind: f"growth({count}, base_if_zero=1)", "per": "10%"},
        {kind: f"-growth({count})", "per": "5%"},
    ]
    part = draw(st.sampled_from(shapes)) | {"each": draw(points)}
    if draw(st.booleans()):
        part |= {"count": draw(st.sampled_from(["full", "started"]))}
    return part


@st.composite
def counted_rule(draw: st.DrawFn) -> Any:
    """Points for what was done, or taken from full points; each bounded, or none."""
    kind = draw(st.sampled_from(["add", "deduct"]))
    parts = draw(st.lists(counted(kind), min_size=1, max_size=3))
    if draw(st.booleans()):
        parts = [part | {"at_most": draw(st.integers(1, 20))} for part in parts]
    if kind == "deduct":
        return [{"points": "full"}, *parts]
    return parts if len(parts) > 1 else parts[0]


conditions = st.sampled_from(
    [
        "done",
        "not done",
        "published",
        "not published",
        "late == 0",
        "meetings >= 4",
        "closing < 60%",
    ]
)


@st.composite
def on_condition(draw: st.DrawFn) -> dict[str, Any]:
    part = {"points": draw(award), "when": draw(conditions)}
    return part | draw(st.sampled_from([{}, {"otherwise": draw(points)}]))


@st.composite
def table(draw: st.DrawFn) -> dict[str, Any]:
    keys = draw(
        st.lists(st.sampled_from(["省级", "市级", "A类", "third, fourth"]), min_size=1, unique=True)
    )
    return {
        "table": "level",
        "rows": {key: draw(award) for key in keys},
        "otherwise": draw(otherwise),
    }


formula = st.sampled_from(
    [
        "closing * 15",
        "closed / due * full",
        "2 * closed + 0.5 * late",
        "(closed - late) / due * 10",
        "done",
    ]
)
computed = st.builds(lambda of: {"points": of}, formula)
proportion = st.builds(
    lambda target, award: {"proportion": "closed", "target": target} | award,
    st.just("due") | st.integers(1, 50),
    st.just({}) | st.builds(lambda number: {"points": number}, points),
)
rules = (
    ladder() | counted_rule() | on_condition() | table() | computed | proportion
    | st.just({"points": "full"})
)  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
@given(rule=rules)
def test_the_words_of_a_simple_rule_are_read_as_that_rule(lang: Any, rule: Any) -> None:
    words = rule_in_words(rule, NAMES, lang=lang, units=UNITS)
    read = rule_from_words(words, 37, title="某项工作", names=NAMES)
    assert (read.rule, read.leftovers, read.inputs, dict(read.beside)) == (rule, (), (), {}), words


GRADES = [
    {"code": "excellent", "title": {"zh": "优秀"}},
    {"code": "good", "title": {"zh": "良好"}},
    {"code": "fail", "title": {"zh": "不合格"}},
]
FORGED = GIVEN["forged_items"]
vetoes = st.builds(
    lambda when, then: {"code": "v1", "when": when, "then": then},
    st.sampled_from(["done", "published", "meetings >= 4", "late > 2", "closing < 60%", FORGED.condition]),
    st.sampled_from([{"grade": "fail"}, {"grade": "good"}, {"lower_by": 1}, {"lower_by": 2}, {"score": 0}]),
)  # fmt: skip


@given(veto=vetoes)
def test_the_words_of_a_veto_are_read_as_that_veto(veto: Any) -> None:
    inputs = [{"code": code, "title": {"zh": title.zh}} for code, title in NAMES.items()]
    forged = {"code": "forged_items", "title": {"zh": FORGED.title.zh}}
    words = veto_in_words(veto, {"grades": GRADES, "inputs": [*inputs, forged]}, "zh")
    read = rule_from_words(words, None, names={**NAMES, "forged_items": FORGED.title})
    assert (read.rule, read.leftovers) == (None, ()), words
    assert [(one.when, then_of(one, GRADES)) for one in read.vetoes] == [
        (veto["when"], veto["then"])
    ]
