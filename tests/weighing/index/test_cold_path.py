"""A points scheme does not wait for the packages of an index (docs/decisions/0003-quick-start.md)."""

from __future__ import annotations

import pytest

from tests.project.test_quick_start import loaded_by

ARRAYS = {"numpy", "scipy"}
WEIGH = """
from steelyard.scheme.model import Scheme
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh
scheme = Scheme.read("examples/{0}/scheme.toml")
weigh(scheme, Values.read(scheme, "examples/{0}/data"))
"""


def test_weighing_a_points_scheme_loads_no_package_of_arrays() -> None:
    assert loaded_by(WEIGH.format("semap")) & ARRAYS == set()


def test_reading_an_index_scheme_loads_no_package_of_arrays() -> None:
    reading = WEIGH.format("asem").rpartition("weigh(")[0]
    assert loaded_by(reading) & ARRAYS == set()


@pytest.mark.parametrize("name", ["asem"])
def test_index_of_means_does_not_load_scipy(name: str) -> None:
    """Only the linear programmes, Box–Cox and the search for equal influence need it."""
    assert loaded_by(WEIGH.format(name)) & ARRAYS == {"numpy"}
