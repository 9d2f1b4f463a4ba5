"""What may a scoring body say of an item as a whole? The scheme says what each leads to."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from steelyard.kernel.bilingual import Text


class Status(StrEnum):
    NO_MATERIAL = "no_material"
    UNRELIABLE = "unreliable"
    LATE = "late"
    NOT_APPLICABLE = "not_applicable"


STATUSES: Mapping[Status, Text] = {
    Status.NO_MATERIAL: Text("无佐证材料", "no supporting material"),
    Status.UNRELIABLE: Text("数据不可靠", "unreliable data"),
    Status.LATE: Text("逾期", "late"),
    Status.NOT_APPLICABLE: Text("不适用", "not applicable"),
}
"""The statuses of an item that :class:`steelyard.weighing.values.Values` knows."""
