"""Units that tables write in several ways."""

from __future__ import annotations

SHARE_UNITS = ("%", "个百分点", "百分点", "percentage point", "percentage points")
_ALIKE = (SHARE_UNITS, ("天", "日"), ("个工作日", "工作日"), ("个小时", "小时"), ("个", "项"))
_TIMES = ("天", "日", "个工作日", "工作日", "个月", "小时", "个小时", "分钟")


def are_one_unit(first: str, second: str) -> bool:
    """
    >>> are_one_unit("天", "日"), are_one_unit("%", "个百分点"), are_one_unit("个月", "天")
    (True, True, False)
    """
    return first == second or any(first in unit and second in unit for unit in _ALIKE)


def is_time(unit: str) -> bool:
    return unit in _TIMES
