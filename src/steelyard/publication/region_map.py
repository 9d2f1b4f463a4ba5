"""May a map with boundaries be shown? Only one that was reviewed, and only with its review number (审图号).

A region pack that has such a map says so in ``map.toml`` beside its tables:

    review_number = "粤S(2022)012号"
    file = "map.svg"
    title = { zh = "广东省地图", en = "Map of Guangdong" }

No pack that ships has one; the public site shows tiles, which draw no boundary.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where

DECLARED = "map.toml"
DOCUMENT, PICTURE = "map.json", "map/map.svg"
_NUMBER = re.compile(r"[\u4e00-\u9fff]?(GS|S)[\u4e00-\u9fff]?[(（]\d{4}[)）]\d+号")


@dataclass(frozen=True, slots=True)
class RegionMap:
    """A reviewed map as its region pack has it; nothing is drawn on it, since a review is of what it saw."""

    review_number: str
    title: Text
    picture: bytes


def read_region_map(home: Path) -> RegionMap | None:
    """The map of a region pack; None if it has none.

    Raises:
        Faulty: the pack declares one without a review number, or without its file.
    """
    declared = home / DECLARED
    if not declared.exists():
        return None
    try:
        document = tomllib.loads(declared.read_text(encoding="utf-8"))
        number, title = str(document.get("review_number", "")), Text(**document["title"])
        picture = (home / str(document["file"])).read_bytes()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Faulty([_unreadable(error)]) from error
    if not _NUMBER.fullmatch(number):
        raise Faulty([_not_reviewed(number)])
    return RegionMap(number, title, picture)


def map_files(found: RegionMap) -> Mapping[str, bytes]:
    """The map in a package: what it is, and the picture."""
    document = {
        "review_number": found.review_number,
        "title": {"zh": found.title.zh, "en": found.title.en},
    }
    said = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    return {DOCUMENT: said.encode(), PICTURE: found.picture}


def _not_reviewed(number: str) -> Fault:
    return Fault(
        "map-without-review-number",
        Text(f"地图没有审图号，或者写法不对：“{number}”", f"the map has no review number, or this is none: {number!r}"),
        Text("送审后写上审图号，如 粤S(2022)012号；没有审图号的地图不得公开",
             "have it reviewed and write the number, like 粤S(2022)012号; without one no map is made public"),
        Where(file=DECLARED, key="review_number"),
    )  # fmt: skip


def _unreadable(error: Exception) -> Fault:
    return Fault(
        "map-unreadable",
        Text(f"地图说明读不出来：{error}", f"the map's description cannot be read: {error}"),
        Text("写明 review_number、file、title", "say review_number, file, title"),
        Where(file=DECLARED),
    )
