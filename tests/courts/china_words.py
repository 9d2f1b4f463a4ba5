"""China's causes of action and the places of Guangdong, read once."""

from __future__ import annotations

from functools import cache

from steelyard.courts.rules.jurisdiction.causes import Causes, read_causes
from steelyard.courts.rules.jurisdiction.places import Places, read_places
from steelyard.regions import CAUSES, GUANGDONG_PLACES, PROVINCES


@cache
def causes() -> Causes:
    return read_causes(CAUSES.read_text("utf-8").splitlines(), file=CAUSES.name)


@cache
def places() -> Places:
    return read_places(
        GUANGDONG_PLACES.read_text("utf-8").splitlines(),
        PROVINCES.read_text("utf-8").splitlines(),
        file=GUANGDONG_PLACES.name,
        provinces_file=PROVINCES.name,
    )
