"""China's days off and time limits, read once."""

from __future__ import annotations

from functools import cache

from steelyard.courts.rules.time_limits import TimeLimits, read_time_limits
from steelyard.kernel.working_days import WorkingDays, read_working_days
from steelyard.regions import HOLIDAYS, TIME_LIMITS


@cache
def days_off() -> WorkingDays:
    with HOLIDAYS.open(encoding="utf-8", newline="") as lines:
        return read_working_days(lines, file=HOLIDAYS.name)


@cache
def limits() -> TimeLimits:
    with TIME_LIMITS.open(encoding="utf-8", newline="") as lines:
        return read_time_limits(lines, file=TIME_LIMITS.name)
