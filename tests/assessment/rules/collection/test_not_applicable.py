"""What becomes of the points of an item that does not apply is said as the weighing does it."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from steelyard.assessment.rules.collection.not_applicable import where_its_points_go
from steelyard.scheme.model import Scheme, WhenNotApplicable
from tests.assessment.year import scheme


def handled(how: WhenNotApplicable) -> Scheme:
    found = scheme()
    items = tuple(
        replace(one, when_not_applicable=how) if one.code == "B" else one for one in found.items
    )
    return replace(found, items=items)


@pytest.mark.parametrize("how", get_args(WhenNotApplicable))
def test_each_way_of_a_group_has_its_words_and_names_who_takes_it_over(
    how: WhenNotApplicable,
) -> None:
    said = where_its_points_go(handled(how), "B1")
    assert said.zh.startswith("不适用：")
    assert said.en.startswith("not applicable: ")
    takes_over = how in ("rescale", "spread", "reweight")
    assert ("B2" in said.zh, "B2" in said.en) == (takes_over, takes_over)


def test_with_nothing_beside_it_its_points_go_with_its_group() -> None:
    found = scheme()
    alone = replace(found, items=tuple(one for one in found.items if one.code != "B2"))
    assert where_its_points_go(alone, "B1").zh == "不适用：分值随上级指标处理"
