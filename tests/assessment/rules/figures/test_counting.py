"""Which figure of a unit counts, and why."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from steelyard.assessment.rules.figures.counting import Because, Counted, those_that_count

KEYS = st.sampled_from([("440700", "a"), ("440700", "b"), ("440100", "a")])
FIGURES = st.dictionaries(KEYS, st.sampled_from(["1", "2", "3"]))


@given(FIGURES, FIGURES, FIGURES)
def test_settled_stands_before_supplied_and_supplied_before_computed(
    computed: dict[tuple[str, str], str],
    supplied: dict[tuple[str, str], str],
    settled: dict[tuple[str, str], str],
) -> None:
    judged = {key: Counted(value, Because.SETTLED, "核对") for key, value in settled.items()}
    found = those_that_count(computed, supplied, judged)
    assert found.keys() == computed.keys() | supplied.keys() | settled.keys()
    for key, one in found.items():
        said = {
            Because.SETTLED: settled.get(key),
            Because.SUPPLIED: supplied.get(key),
            Because.COMPUTED: computed.get(key),
        }
        first = next(why for why, value in said.items() if value is not None)
        assert (one.value, one.because) == (said[first], first)
