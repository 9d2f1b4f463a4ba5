"""Many rankings at once are those that one at a time would give."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from steelyard.weighing.batch.ranks import ranked
from steelyard.weighing.index.rank import ranked as one_ranking
from steelyard.weighing.ranks import equals, places

SCORES = arrays(
    float, (3, 7), elements=st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0, 2.0, float("nan")])
)


@given(SCORES, st.sampled_from([0.0, 0.3]))
def test_each_row_is_ranked_as_alone(scores, tolerance):
    alone = np.array([one_ranking(row, tolerance) for row in scores])
    np.testing.assert_array_equal(ranked([scores], "shared", tolerance), alone)


@pytest.mark.parametrize("ties", ["shared", "dense", "mean"])
@given(data=st.data())
def test_later_keys_part_what_earlier_ones_leave_equal(ties, data):
    rows = data.draw(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1))
    ordered = sorted(range(len(rows)), key=lambda unit: rows[unit], reverse=True)
    groups = equals(ordered, lambda a, b: rows[a] == rows[b])
    expected = {
        unit: float(place)
        for group, place in zip(groups, places(groups, ties), strict=True)
        for unit in group
    }
    keys = [np.array([[row[key] for row in rows]], float) for key in (0, 1)]
    assert ranked(keys, ties, 0.0)[0].tolist() == [expected[unit] for unit in range(len(rows))]
