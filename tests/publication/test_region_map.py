"""A map with boundaries is shown only where its region pack names its review number."""

from __future__ import annotations

from pathlib import Path

import pytest

from steelyard import regions
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty
from steelyard.publication.region_map import RegionMap, map_files, read_region_map

TITLE = 'title = { zh = "广东省地图", en = "Map of Guangdong" }\nfile = "map.svg"\n'


def pack(folder: Path, declared: str) -> Path:
    (folder / "map.toml").write_text(declared, encoding="utf-8")
    (folder / "map.svg").write_bytes(b"<svg/>")
    return folder


def test_no_pack_that_ships_has_a_map() -> None:
    home = Path(regions.__file__).parent
    packs = [one for one in home.iterdir() if one.is_dir()]
    assert packs
    assert [read_region_map(one) for one in packs] == [None] * len(packs)


@pytest.mark.parametrize("number", ["粤S(2022)012号", "GS（2022）1873号", "GS京(2022)1061号"])
def test_reviewed_map_goes_into_the_package_with_its_number(tmp_path: Path, number: str) -> None:
    found = read_region_map(pack(tmp_path, f'review_number = "{number}"\n{TITLE}'))
    assert found == RegionMap(number, Text("广东省地图", "Map of Guangdong"), b"<svg/>")
    assert number in map_files(found)["map.json"].decode()


@pytest.mark.parametrize("number", ["", "pending", "S2022", "2022012"])
def test_map_without_a_review_number_is_refused(tmp_path: Path, number: str) -> None:
    with pytest.raises(Faulty, match="review"):
        read_region_map(pack(tmp_path, f'review_number = "{number}"\n{TITLE}'))


def test_map_without_its_picture_is_refused(tmp_path: Path) -> None:
    home = pack(tmp_path, f'review_number = "粤S(2022)012号"\n{TITLE}')
    (home / "map.svg").unlink()
    with pytest.raises(Faulty, match=r"map\.svg"):
        read_region_map(home)
