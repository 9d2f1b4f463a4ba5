"""In which of the two languages does this request read?"""

from __future__ import annotations

from django.utils.translation import get_language

from steelyard.kernel.bilingual import Lang


def lang() -> Lang:
    return "en" if (get_language() or "").startswith("en") else "zh"
