"""By which way does a lead come?"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from steelyard.kernel.bilingual import Text


class Channel(StrEnum):
    HOTLINE = "hotline"
    FORM = "form"
    LETTER = "letter"
    VISIT = "visit"


CHANNELS: Mapping[Channel, Text] = {
    Channel.HOTLINE: Text("举报电话", "hotline"),
    Channel.FORM: Text("网上表单", "web form"),
    Channel.LETTER: Text("来信", "letter"),
    Channel.VISIT: Text("来访", "visit in person"),
}
