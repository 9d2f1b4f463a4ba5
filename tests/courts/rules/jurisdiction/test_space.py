"""Every case has exactly one answer, a court or a person."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.courts.rules.jurisdiction import space
from steelyard.courts.rules.jurisdiction.rows import PERSON
from steelyard.courts.rules.jurisdiction.setting import ROLES
from tests.courts.china_jurisdiction import CAUSES, TABLE

ERAS = space.eras(TABLE.filing_days)
JUDGED = space.eras(TABLE.judgment_days)


@pytest.mark.parametrize("era", ERAS, ids=lambda era: str(era.starts))
def test_every_cell_of_the_first_instance_has_exactly_one_row(era: space.Era) -> None:
    found = {
        setting: [row.code for row in space.first_rows_of(TABLE, setting)]
        for setting in space.settings(era.a_day)
    }
    assert len(found) > 2000
    assert {setting: codes for setting, codes in found.items() if len(codes) != 1} == {}


@pytest.mark.parametrize("era", JUDGED, ids=lambda era: str(era.starts))
def test_every_appeal_has_exactly_one_row(era: space.Era) -> None:
    found = {
        cell: [row.code for row in space.appeal_rows_of(TABLE, *cell, era.a_day)]
        for cell in space.appeal_cells(era.a_day)
    }
    assert {cell: codes for cell, codes in found.items() if len(codes) != 1} == {}


@given(st.dates(date(2005, 1, 1), date(2035, 12, 31)))
def test_the_first_day_of_an_era_stands_for_all_of_its_days(day: date) -> None:
    era = next(one for one in ERAS if one.ends is None or day < one.ends)
    some = list(space.settings(day))[::97]
    stand_ins = list(space.settings(era.a_day))[::97]
    assert [space.first_rows_of(TABLE, one)[0] for one in some] == [
        space.first_rows_of(TABLE, one)[0] for one in stand_ins
    ]


def test_every_row_answers_some_cell() -> None:
    used = {
        row.code
        for era in ERAS
        for setting in space.settings(era.a_day)
        for row in space.first_rows_of(TABLE, setting)
    }
    assert {row.code for row in TABLE.first} - used == set()


def test_every_row_of_appeals_answers_some_cell() -> None:
    used = {
        row.code
        for era in JUDGED
        for setting, tried_by in space.appeal_cells(era.a_day)
        for row in space.appeal_rows_of(TABLE, setting, tried_by, era.a_day)
    }
    assert {row.code for row in TABLE.appeal} - used == set()


def test_a_row_names_a_court_or_a_person() -> None:
    assert {row.court for row in TABLE.first} <= {*ROLES, PERSON}
    assert {name for row in TABLE.first for name in row.readings} <= {
        *ROLES,
        "by_amount",
        "by_body",
    }


def test_a_row_for_a_person_says_why_and_one_for_a_court_cites_an_article() -> None:
    for row in TABLE.first:
        assert row.why.zh
        assert row.why.en
        assert row.court == PERSON or row.articles, row.code


def test_codes_of_rows_are_unique() -> None:
    codes = [row.code for row in (*TABLE.first, *TABLE.appeal)]
    assert len(codes) == len(set(codes))


def test_matters_of_one_track_alone_have_causes_of_that_track_alone() -> None:
    tracks = {cause.matter: set() for cause in CAUSES.rows}
    for cause in CAUSES.rows:
        tracks[cause.matter].add(cause.track)
    assert {matter for matter, found in tracks.items() if found == {"administrative"}} == (
        space.ADMINISTRATIVE_ALONE
    )
    assert {matter for matter, found in tracks.items() if found == {"civil"}} == space.CIVIL_ALONE


def test_eras_meet_without_a_gap() -> None:
    for earlier, later in pairwise(ERAS):
        assert earlier.ends == later.starts
        assert later.starts is not None
        assert earlier.a_day <= later.starts - timedelta(days=1)
