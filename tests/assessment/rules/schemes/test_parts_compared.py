"""What differs besides the items is said in words, thing by thing, in both languages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.assessment.rules.drafting.naming import NAMES
from steelyard.assessment.rules.schemes.parts_compared import parts_compared

BODIES = {"market": {"zh": "市场局", "en": "Market"}, "court": {"zh": "法院", "en": "Court"}}
GRADES = [
    {"code": "excellent", "title": {"zh": "优秀", "en": "Excellent"}, "at_least": 90},
    {"code": "fail", "title": {"zh": "不合格", "en": "Fail"}},
]
VETO = {"code": "v1", "title": {"zh": "造假", "en": "Forgery"}, "when": "late > 3",
        "then": {"best_grade": "fail"}}  # fmt: skip
LATE = {"code": "late", "title": {"zh": "迟报", "en": "Late"}, "type": "count",
        "supplying_body": "market"}  # fmt: skip
BEFORE: dict[str, Any] = {
    "bodies": BODIES, "grades": GRADES, "vetoes": [VETO], "inputs": [LATE],
    "units": [{"code": "440604", "title": {"zh": "禅城区"}}],
}  # fmt: skip


def said(**after: object) -> list[tuple[str, str, str, str]]:
    found = parts_compared(BEFORE, {**BEFORE, **after})
    return [(one.title.zh, one.what.zh, one.before.zh, one.after.zh) for one in found]


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ({"grades": [{**GRADES[0], "at_least": 92}, GRADES[1]]},
         [("优秀", "等次 评定条件", "90分（含）以上", "92分（含）以上")]),
        ({"grades": [{**GRADES[0], "quota": {"share": "15%"}}, GRADES[1]]},
         [("优秀", "等次 评定条件", "90分（含）以上", "90分（含）以上；名额不超过15%")]),
        ({"grades": GRADES[1:]}, [("优秀", "等次 删除", "90分（含）以上", "")]),
        ({"vetoes": [{**VETO, "then": {"lower_by": 1}}]},
         [("造假", "一票否决 条件和后果", "迟报＞3的，最高评为“不合格”。", "迟报＞3的，降低1个等次。")]),
        ({"vetoes": []}, [("造假", "一票否决 删除", "迟报＞3的，最高评为“不合格”。", "")]),
        ({"inputs": [{**LATE, "supplying_body": ["market", "court"], "type": "number"}]},
         [("迟报", "数据项 类型", "数量", "数值"), ("迟报", "数据项 数据来源单位", "市场局", "市场局、法院")]),
        ({"inputs": [LATE, {"code": "b", "title": {"zh": "缺报"}, "type": "share"}]},
         [("缺报", "数据项 新增", "", "类型：比例")]),
        ({"units": [{"code": "440605", "title": {"zh": "南海区"}}]},
         [("南海区", "被考核单位 新增", "", "南海区"), ("禅城区", "被考核单位 删除", "禅城区", "")]),
        ({"on": {"missing": "zero"}}, [("缺数时的处理", "缺少数据", "", "缺少数据的不得分。")]),
        ({"grades": [*reversed(GRADES)]}, [("等次", "顺序", "优秀、不合格", "不合格、优秀")]),
        ({"title": {"zh": "细则"}}, [("名称", "", "", "细则")]),
        ({"quantities": [{"code": "q", "title": {"zh": "迟报率"}, "formula": "late / 12"}]},
         [("迟报率", "中间量 新增", "", "公式：迟报÷12")]),
    ],
)  # fmt: skip
def test_it_is_said_which_thing_is_how_other(
    after: dict[str, object], told: list[tuple[str, str, str, str]]
) -> None:
    assert said(**after) == told


def test_a_change_of_what_the_words_leave_out_is_not_passed_over() -> None:
    grades = [{**GRADES[0], "quota": {"share": "15%", "round": "down"}}, GRADES[1]]
    plain = [{**GRADES[0], "quota": {"share": "15%"}}, GRADES[1]]
    found = parts_compared({"grades": plain}, {"grades": grades})
    assert [(one.title.en, one.what.en) for one in found] == [("Excellent", "grades: quota")]


def test_every_part_and_every_setting_of_a_figure_has_a_name_of_its_own() -> None:
    whole = json.loads((Path("docs/reference/scheme.schema.json")).read_text(encoding="utf-8"))
    parts = whole["properties"]
    rows = ("inputs", "grades", "vetoes", "quantities", "figures", "units", "items")
    used = set(parts) | {key for one in rows for key in parts[one]["items"]["properties"]}
    points_of_an_index = {"direction", "denominator", "per", "transform", "goalposts", "target",
                          "impute", "treat", "normalise", "aggregate", "judgements"}  # fmt: skip
    assert used - points_of_an_index - NAMES.keys() == set()


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
names = st.sampled_from([*BEFORE, "on", "ranking", "quantities", "period"])
documents = st.dictionaries(names, anything)


@given(before=documents, after=documents)
def test_whatever_differs_something_is_said_of_it(before: Any, after: Any) -> None:
    differ = any((before.get(name) or None) != (after.get(name) or None) for name in before | after)
    assert bool(parts_compared(before, after)) == differ
