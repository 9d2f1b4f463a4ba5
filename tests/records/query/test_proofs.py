"""Where the proof says that each record comes once, it does: random joins over random rows as the oracle."""

import itertools

import duckdb
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from steelyard.kernel.faults import Where
from steelyard.records.query.gate import passed
from steelyard.records.query.proofs import Origin, origin_of
from tests.records.query.tables import empty
from tests.records.snapshots import CATALOGUE

IDS, PLACES_ = ["a", "b", "c"], ["440700", "440703"]


def origin(text):
    query, faults = passed(text, CATALOGUE, ("from", "to"), Where(key="q"))
    assert query is not None, faults
    return origin_of(query, CATALOGUE)


SINGLE = [
    "SELECT place AS unit, id AS record FROM suits",
    "SELECT s.place AS unit, S.ID AS record FROM suits s WHERE won",
    "SELECT DISTINCT place AS unit, id AS record FROM suits",
    "SELECT h.place AS unit, h.id AS record FROM sittings h JOIN suits s ON s.id = h.suit",
    "SELECT h.place AS unit, h.id AS record FROM sittings h LEFT JOIN suits s ON (h.suit = s.id AND s.won)",
    "SELECT a.place AS unit, a.id AS record FROM suits a JOIN suits b ON a.id = b.id",
    "SELECT s.place AS unit, s.id AS record FROM suits s WHERE EXISTS (SELECT 1 FROM sittings h WHERE h.suit = s.id)",
    "SELECT s.place AS unit, s.id AS record FROM suits s JOIN self_reported_figures f"
    " ON f.place = s.place AND f.indicator = 'x' AND f.period = '2021'",
]  # fmt: skip
DOUBTFUL = [
    "SELECT s.place AS unit, s.id AS record FROM suits s JOIN sittings h ON h.suit = s.id",
    "SELECT s.place AS unit, s.id AS record FROM suits s LEFT JOIN sittings h ON h.place = s.place",
    "SELECT s.place AS unit, s.id AS record FROM sittings h JOIN suits s ON s.id = h.suit",
    "SELECT h.place AS unit, h.id AS record FROM sittings h RIGHT JOIN suits s ON s.id = h.suit",
    "SELECT h.place AS unit, h.id AS record FROM sittings h FULL JOIN suits s ON s.id = h.suit",
    "SELECT h.place AS unit, h.id AS record FROM sittings h JOIN suits s ON s.id = h.suit OR s.won",
    "SELECT h.place AS unit, h.id AS record FROM sittings h JOIN suits s ON s.id > h.suit",
    "SELECT h.place AS unit, h.id AS record FROM sittings h JOIN suits s ON s.id = s.court",
    "SELECT s.place AS unit, s.id AS record FROM suits s JOIN self_reported_figures f"
    " ON f.place = s.place AND f.period = '2021'",
]  # fmt: skip
UNKNOWN = [
    "SELECT place AS unit, court AS record FROM suits",
    "SELECT place AS unit, id || 'x' AS record FROM suits",
    "SELECT place AS unit, id AS record FROM suits UNION ALL SELECT place, id FROM suits",
    "WITH x AS (SELECT place, id FROM suits) SELECT place AS unit, id AS record FROM x",
    "SELECT unit, record FROM (SELECT place AS unit, id AS record FROM suits) AS x",
    "SELECT place AS unit, indicator AS record FROM settlements",
    "SELECT suits.place AS unit, id AS record FROM suits JOIN sittings USING (id)",
]  # fmt: skip


@pytest.mark.parametrize("text", SINGLE)
def test_a_record_comes_once_where_every_join_asks_for_a_whole_key(text):
    found = origin(text)
    assert found is not None
    assert found.is_single


@pytest.mark.parametrize("text", DOUBTFUL)
def test_elsewhere_the_table_is_known_but_the_records_are_counted(text):
    found = origin(text)
    assert found is not None
    assert not found.is_single


@pytest.mark.parametrize("text", UNKNOWN)
def test_what_is_no_key_of_a_table_is_of_no_table(text):
    assert origin(text) is None


def test_grouping_by_the_key_is_counted_too():
    text = "SELECT place AS unit, id AS record FROM suits GROUP BY place, id"
    assert origin(text) == Origin("suits", is_single=False)


SIDES = ["JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "INNER JOIN", "LEFT OUTER JOIN"]
CONDITIONS = ["{b}.id = {a}.id", "{a}.suit = {b}.id", "{b}.place = {a}.place", "{a}.id = {b}.suit",
              "{b}.id = 'a'", "{b}.id = {b}.place", "({b}.id = {a}.id)", "{b}.id <> {a}.id", "{b}.id = lower({a}.id)",
              "{b}.id = {a}.id OR {b}.id = 'a'", "NOT {b}.id = {a}.id", "{b}.id = coalesce({a}.id, {b}.id)",
              "{b}.id IN ({a}.id)", "{b}.id = (SELECT max(id) FROM sittings)"]  # fmt: skip


@st.composite
def joins(draw):
    """Two or three of the tables, joined in any way, giving the id of one of them."""
    names = ["x", "y", "z"][: draw(st.integers(2, 3))]
    text = f"sittings {names[0]}"
    for before, name in itertools.pairwise(names):
        listed = draw(st.lists(st.sampled_from(CONDITIONS), min_size=1, max_size=2))
        on = " AND ".join(one.format(a=before, b=name) for one in listed)
        text += f" {draw(st.sampled_from(SIDES))} sittings {name} ON {on}"
    of, distinct = draw(st.sampled_from(names)), draw(st.sampled_from(["", "DISTINCT "]))
    where = draw(st.sampled_from(["", " WHERE x.id > 'a'"]))
    return f"SELECT {distinct}{of}.place AS unit, {of}.id AS record FROM {text}{where}"


ROWS = st.lists(
    st.tuples(st.sampled_from(IDS), st.sampled_from(PLACES_), st.sampled_from([None, *IDS])),
    unique_by=lambda row: row[0], max_size=3,
)  # fmt: skip
MADE = duckdb.connect()
empty(MADE)


@settings(max_examples=400, deadline=None)
@given(text=joins(), rows=ROWS)
def test_what_is_said_to_come_once_comes_once(text, rows):
    found = origin(text)
    if found is None or not found.is_single:
        return
    MADE.execute("DELETE FROM sittings")
    for row in rows:
        MADE.execute("INSERT INTO sittings VALUES (?, ?, ?, NULL, NULL, 'D')", list(row))
    try:
        records = [record for _, record in MADE.execute(text).fetchall()]
    except duckdb.InternalException:  # DuckDB 2.0 cannot plan a subquery in an outer join's ON
        assume(False)
    assert len(records) == len(set(records))
    assert None not in records
