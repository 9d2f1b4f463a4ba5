"""Which court of the region is meant, at a place, on a day."""

from datetime import date

import pytest
from hypothesis import given

from tests.courts.china_jurisdiction import PLACES, RULES
from tests.courts.rules.jurisdiction.told import days, places

REGION = RULES.region
IN_2023 = date(2023, 3, 1)


def basic(place, day=IN_2023, **kind):
    return REGION.court("basic", PLACES.find(place), day, **kind).name.zh


@pytest.mark.parametrize(
    ("district", "court"),
    [
        ("荔湾区", "荔湾"),
        ("越秀区", "越秀"),
        ("从化区", "越秀"),
        ("海珠区", "海珠"),
        ("天河区", "天河"),
        ("白云区", "白云"),
        ("黄埔区", "黄埔"),
        ("增城区", "黄埔"),
        ("番禺区", "南沙"),
        ("南沙区", "南沙"),
        ("花都区", "花都"),
    ],
)
def test_eight_courts_serve_the_eleven_districts_of_guangzhou(district, court):
    assert basic(f"广州市{district}") == f"广州市{court}区人民法院"


@pytest.mark.parametrize(
    "place", ["蓬江区", "江海区", "新会区", "台山市", "开平市", "鹤山市", "恩平市", ""]
)
def test_jianghai_serves_all_of_jiangmen(place):
    assert basic(f"江门市{place}") == "江门市江海区人民法院"


@pytest.mark.parametrize("day", [date(2022, 4, 30), date(2025, 10, 1)])
def test_a_court_is_described_where_the_list_of_the_day_was_not_read(day):
    court = REGION.court("basic", PLACES.find("江门市"), day)
    assert court.name.zh == "江门市由最高人民法院确定的基层人民法院"
    assert (court.sure, court.code) == ("described", "")


def test_the_internet_court_is_for_its_matters_and_its_city_alone():
    assert basic("广州市天河区", matter="domain_name") == "广州互联网法院"
    assert basic("广州市天河区", matter="trademark") == "广州市天河区人民法院"
    assert basic("江门市江海区", matter="domain_name") == "江门市江海区人民法院"
    assert basic("广州市天河区", date(2018, 9, 27), matter="domain_name") != "广州互联网法院"


def test_before_2022_no_list_was_of_administrative_cases():
    nanshan = "深圳市南山区"
    assert basic(nanshan, date(2022, 4, 30)) == "深圳市南山区人民法院"
    assert (
        basic(nanshan, date(2022, 4, 30), track="administrative") == "深圳市有管辖权的基层人民法院"
    )
    assert basic(nanshan, date(2022, 5, 1), track="administrative") == "深圳市南山区人民法院"


@given(places, days)
def test_every_city_has_one_court_of_each_kind_on_every_day(place, day):
    for role in ("basic", "intermediate", "high"):
        court = REGION.court(role, place, day)
        assert court.role == role
        assert court.name.zh.endswith("法院")
        assert court.name.en


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("广州市天河区", "seat"),
        ("深圳市南山区", "carve_out"),
        ("江门市", "rest"),
        ("北京市", "elsewhere"),
        ("境外", "elsewhere"),
        ("香港特别行政区", "elsewhere"),
    ],
)
def test_what_kind_of_place_it_is(words, kind):
    assert REGION.kind_of(PLACES.find(words)) == kind


def test_no_two_courts_of_a_place_serve_the_same_matter_on_one_day():
    for day in (date(2016, 3, 1), IN_2023, date(2026, 1, 1)):
        for place in (one for one in PLACES.rows if one.is_in_region and one.city):
            serving = [
                row.court.name.zh
                for row in REGION.listed
                if row.court.role == "basic"
                and row.matters is None
                and row.serves(place, day, "trademark")
            ]
            assert len(serving) <= 1


@pytest.mark.parametrize(
    ("role", "opened"),
    [
        ("ip_court", date(2014, 12, 21)),
        ("beijing_ip_court", date(2014, 11, 6)),
        ("tribunal", date(2019, 1, 1)),
    ],
)
def test_a_court_is_yet_to_open_until_the_day_it_does(role, opened):
    assert REGION.is_yet_to_open(role, date.fromordinal(opened.toordinal() - 1))
    assert not REGION.is_yet_to_open(role, opened)
