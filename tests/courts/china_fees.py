"""China's court fees, alone and with what Guangdong fixed, read once."""

from __future__ import annotations

from functools import cache

from steelyard.courts.rules.fee_rows import FeeTable, read_fee_table
from steelyard.regions import COURT_FEES, GUANGDONG_COURT_FEES


@cache
def fee_table(province: str = "") -> FeeTable:
    local = {"": "", "guangdong": GUANGDONG_COURT_FEES.read_text("utf-8")}[province]
    return read_fee_table(
        COURT_FEES.read_text("utf-8"),
        local,
        file=COURT_FEES.name,
        local_file=GUANGDONG_COURT_FEES.name,
    )
