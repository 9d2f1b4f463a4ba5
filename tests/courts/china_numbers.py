"""China's codes of case numbers, with the courts of Guangdong, read once."""

from __future__ import annotations

from functools import cache

from steelyard.courts.rules.case_number_codes import Codes, read_codes
from steelyard.regions import CASE_NUMBER_CODES, GUANGDONG_PLACES


@cache
def codes() -> Codes:
    return read_codes(
        CASE_NUMBER_CODES.read_text("utf-8"),
        file=CASE_NUMBER_CODES.name,
        divisions=GUANGDONG_PLACES.read_text("utf-8"),
        head="粤",
    )
