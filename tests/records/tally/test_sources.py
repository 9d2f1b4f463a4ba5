"""A result is a sample if what the scheme reads is one; a sample that lies beside it is not read."""

from dataclasses import replace

from steelyard.records.tally.sources import samples_read
from steelyard.records.tally.tally import tally
from tests.records.snapshots import (
    CITIES,
    Delivered,
    computed_scheme,
    frozen,
    indicator,
    of_suits,
    places,
    sitting,
    suit,
)

REAL = {"sample": False}
COUNT = [indicator("count", of_suits(), "count")]
GROWTH = [indicator("grown", of_suits(), {"of": "count", "growth": True})]


def real(table, rows, **told):
    return Delivered(table, rows, more=REAL, **told)


def samples_of(tmp_path, inputs, *deliveries):
    """The sample deliveries that the scheme reads, by table and period; the result is one if there are any."""
    given = [replace(places(), more=REAL), *deliveries]
    scheme, snapshot = computed_scheme(inputs), frozen(tmp_path, *given, with_places=False)
    found = samples_read(scheme, snapshot)
    assert tally(scheme, snapshot).sample == bool(found)
    return [(one.table, one.period.starts.year) for one in found]


def test_a_sample_of_a_table_that_no_query_reads_makes_nothing_a_sample(tmp_path):
    beside = Delivered("sittings", [sitting(1, "S1")])
    assert samples_of(tmp_path, COUNT, real("suits", [suit(1)]), beside) == []


def test_a_sample_of_a_table_that_is_read_makes_the_result_one(tmp_path):
    assert samples_of(tmp_path, COUNT, Delivered("suits", [suit(1)])) == [("suits", 2021)]


def test_a_sample_of_the_year_before_counts_where_growth_is_counted_from_it(tmp_path):
    last = Delivered("suits", [suit(2, filed="2020-06-01")], period="2020")
    now = real("suits", [suit(1)])
    assert samples_of(tmp_path / "a", COUNT, now, last) == []
    assert samples_of(tmp_path / "b", GROWTH, now, last) == [("suits", 2020)]


def test_the_places_count_where_rows_are_rolled_up_and_what_was_collected_always(tmp_path):
    rows = [{"place": CITIES[0], "indicator": "typed", "period": "2021", "value": "3", "supplying_body": "局",
             "signed_on": "2022-01-05"}]  # fmt: skip
    typed = [{"code": "typed", "title": {"zh": "数", "en": "Figure"}}]
    scheme = computed_scheme(typed)
    given = [places(), Delivered("supplied_figures", rows, more=REAL)]
    snapshot = frozen(tmp_path / "a", *given, with_places=False)
    assert samples_read(scheme, snapshot) == ()
    assert not tally(scheme, snapshot).sample
    given[1] = Delivered("supplied_figures", rows)
    snapshot = frozen(tmp_path / "b", *given, with_places=False)
    assert [one.table for one in samples_read(scheme, snapshot)] == ["supplied_figures"]
    counted = frozen(tmp_path / "c", places(), real("suits", [suit(1)]), with_places=False)
    assert [one.table for one in samples_read(computed_scheme(COUNT), counted)] == ["places"]
