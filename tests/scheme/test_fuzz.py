"""Whatever is thrown at the readers, they answer with a scheme or with faults, never with a crash."""

import copy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from steelyard.kernel.faults import Faulty
from steelyard.scheme.model import Scheme
from steelyard.scheme.read import check_file
from steelyard.weighing.values import Values
from tests.builders import scheme
from tests.weighing.random_schemes import schemes

JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=12), st.sampled_from(
        ["nan", "1e999", "-0", "90%", "a /", "score(\"A\")", "[1, 2)", "2021-13-01", "x", "total",
         "none", "__class__"])),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)),
    max_leaves=6,
)  # fmt: skip


def places(value, path=()):
    """The path of every value in a document."""
    yield path
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, one in inner:
        yield from places(one, (*path, key))


def replaced(document, path, junk):
    if not path:
        return junk
    changed = copy.deepcopy(document)
    here = changed
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = junk
    return changed


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(schemes(), st.data())
def test_a_scheme_with_junk_in_one_place_is_read_or_refused(document, data):
    path = data.draw(st.sampled_from(list(places(document))[1:]))
    try:
        Scheme.from_document(replaced(document, path, data.draw(JUNK)))
    except Faulty as error:
        assert error.faults


@given(
    st.dictionaries(
        st.sampled_from(["items", "units", "grades", "vetoes", "period", "on", "method", "family"]),
        JUNK,
    )
)
def test_a_document_of_junk_is_refused(document):
    with pytest.raises(Faulty):
        Scheme.from_document(document)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_file_is_no_scheme_and_says_so(tmp_path, content):
    path = tmp_path / "scheme.toml"
    path.write_bytes(content)
    assert check_file(path).faults


CELLS = st.text(alphabet="jmzs,\n0123456789.%-/ea不适用\"';=", max_size=80)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=CELLS)
def test_any_table_is_read_or_refused(tmp_path, body):
    (tmp_path / "values.csv").write_text(f"unit,a\n{body}", encoding="utf-8")
    try:
        values = Values.read(scheme(), tmp_path)
    except Faulty as error:
        assert error.faults
    else:
        assert set(values.cells) <= {("a", "2021")}
