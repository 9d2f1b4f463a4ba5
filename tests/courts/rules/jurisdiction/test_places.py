from __future__ import annotations

import csv
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.courts.rules.jurisdiction.places import ABROAD, Place, read_places
from steelyard.kernel.faults import Faulty
from steelyard.regions import sampled
from tests.courts.china_words import places

COLUMNS = "code,zh,en,city,kind,also"
PROVINCES = ["code,zh,en,short", "440000,广东省,Guangdong,广东", "430000,湖南省,Hunan,湖南"]
ROWS = places().rows
IN_REGION = [row for row in ROWS if row.is_in_region]
NAMED = [(row, name) for row in ROWS for name in row.names]
TOWNS = st.sampled_from(["", "古镇镇", "会城街道", "狮山镇某村1号", "文华路8号"])


def refusals(refused: pytest.ExceptionInfo[Faulty]) -> list[str]:
    return [fault.code for fault in refused.value.faults]


@given(named=st.sampled_from(NAMED))
def test_every_code_and_name_finds_its_own_place(named: tuple[Place, str]) -> None:
    place, name = named
    assert places().find(name) == place
    assert places().find(place.code) == place
    assert places().find(place.name.en) == place


@given(place=st.sampled_from(IN_REGION), town=TOWNS)
def test_a_town_or_street_may_follow_a_full_name(place: Place, town: str) -> None:
    full = places().in_full(place)
    if place.kind != "province":
        assert places().find(full.zh + town) == place
        assert places().find(place.name.zh + town) == place
    assert places().find(full.en) == place


@given(place=st.sampled_from([row for row in IN_REGION if row.has_district]), short=st.booleans())
def test_a_district_is_found_under_its_city(place: Place, short: bool) -> None:
    city = places().find(place.city)
    for name in place.names:
        assert places().find((city.also[0] if short else city.name.zh) + name) == place


@given(
    place=st.sampled_from([r for r in IN_REGION if r.has_district and len(r.name.zh) > 2]),
    city=st.sampled_from([row for row in IN_REGION if row.kind == "city"]),
)
def test_a_district_under_another_city_is_a_mismatch(place: Place, city: Place) -> None:
    if place.city == city.code:
        return
    with pytest.raises(Faulty) as refused:
        places().find(city.name.zh + place.name.zh)
    assert refusals(refused) == ["place-mismatch"]


@given(words=st.text(max_size=20))
def test_any_words_find_a_place_or_say_why_not(words: str) -> None:
    try:
        assert places().find(words) in {*ROWS, ABROAD}
    except Faulty as refused:
        assert refused.faults[0].code.startswith("place-")


def test_the_region_has_21_cities_65_districts_20_county_level_cities_and_37_counties() -> None:
    assert Counter(row.kind for row in ROWS) == {
        "province": 34,
        "city": 21,
        "district": 65,
        "county_city": 20,
        "county": 37,
    }


def test_dongguan_and_zhongshan_have_no_districts() -> None:
    without = {row.code for row in ROWS if row.kind == "city"} - {
        row.city for row in ROWS if row.has_district
    }
    assert without == {"441900", "442000"}


@pytest.mark.parametrize("file", ["units.csv", "places.csv", "records/places.csv"])
def test_codes_and_names_agree_with_the_other_tables_of_the_region(file: str) -> None:
    with (sampled("guangdong").home / file).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            place = places().find(row["code"])
            assert row["title_zh"] in place.names
            assert row["title_en"] == place.name.en
            if row["parent"] not in {"", "440000"}:
                assert row["parent"] == place.city


def test_every_code_begins_with_that_of_its_city() -> None:
    for row in IN_REGION:
        assert row.code[:4] == row.city[:4] or row.kind == "province"


def test_hong_kong_macao_taiwan_and_abroad_are_outside_the_mainland() -> None:
    outside = {row.name.en for row in ROWS if not row.is_in_mainland}
    assert outside == {"Hong Kong", "Macao", "Taiwan"}
    assert not places().find("境外").is_in_mainland


def test_a_short_name_of_two_cities_is_ambiguous_until_the_city_is_named() -> None:
    two = read_places(
        [
            COLUMNS,
            "440100,广州市,Guangzhou,440100,city,",
            "440200,韶关市,Shaoguan,440200,city,",
            "440101,鼓楼区,Gulou,440100,district,",
            "440201,鼓楼区,Gulou,440200,district,",
        ],
        PROVINCES,
        file="divisions.csv",
        provinces_file="provinces.csv",
    )
    for words in ("鼓楼", "鼓楼区", "鼓楼区某街道", "Gulou"):
        with pytest.raises(Faulty) as refused:
            two.find(words)
        (fault,) = refused.value.faults
        assert fault.code == "place-ambiguous"
        assert "广东省广州市鼓楼区、广东省韶关市鼓楼区" in fault.what.zh
    assert two.find("韶关鼓楼").code == "440201"
    assert two.find("Gulou, Guangzhou").code == "440101"


def test_all_faults_of_a_table_are_told_at_once() -> None:
    with pytest.raises(Faulty) as refused:
        read_places(
            [
                COLUMNS,
                "4401,广州市,Guangzhou,4401,city,",
                "440703,蓬江区,Pengjiang,440700,district,",
                "440200,韶关市,Shaoguan,440200,town,",
                "450100,南宁市,Nanning,450100,city,",
            ],
            PROVINCES,
            file="divisions.csv",
            provinces_file="provinces.csv",
        )
    assert refusals(refused) == ["unreadable-place"] * 4
    assert [fault.where.say("en") for fault in refused.value.faults] == [
        "divisions.csv, row 2",
        "divisions.csv, row 4",
        "divisions.csv, 440703",
        "divisions.csv, 450100",
    ]


@pytest.mark.parametrize(
    "words", ["江门市；深圳市", "江海区、新会区", "Jiangmen; Shenzhen", "江门/佛山"]
)
def test_of_several_places_none_is_picked(words: str) -> None:
    with pytest.raises(Faulty) as refused:
        places().find(words)
    assert refusals(refused) == ["place-several"]


def test_a_comma_in_chinese_stands_between_a_city_and_its_district() -> None:
    assert places().find("江门市，江海区") == places().find("江门市江海区")
    with pytest.raises(Faulty) as refused:
        places().find("江门市，深圳市")
    assert refusals(refused) == ["place-mismatch"]
