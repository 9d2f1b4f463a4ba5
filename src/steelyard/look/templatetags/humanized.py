"""Counts, sizes and moments as the reader of the page writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django import template
from django.utils import timezone

from steelyard.look.language import lang
from steelyard.papers.periods import day_text

register = template.Library()


@register.filter
def counted(value: int | None) -> str:
    """
    >>> counted(340741), counted(None)
    ('340,741', '')
    """
    return "" if value is None or value == "" else f"{value:,}"


@register.filter
def bytes_said(size: int) -> str:
    """
    >>> bytes_said(900), bytes_said(445_877), bytes_said(12_500_000)
    ('1 kB', '446 kB', '12.5 MB')
    """
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB"


@register.filter
def moment(value: datetime) -> str:
    """A moment in the region's time, to the minute: 2022年3月1日 09:00; 1 March 2022, 09:00."""
    local = timezone.localtime(value)
    if lang() == "zh":
        return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
    return f"{local.day} {local:%B %Y, %H:%M}"


@register.filter
def on_day(value: date) -> str:
    """A day, or that of a moment in the region's time: 2022年3月1日; 1 March 2022."""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return day_text(local, lang()) if local else ""


@register.filter
def of_name(mapping: Mapping[str, int], name: str) -> int:
    """What a mapping holds under a name that a template cannot write as an attribute."""
    return mapping[name]


@register.filter
def with_cells(fields: Sequence[Mapping], row: Sequence) -> list[tuple[Mapping, object]]:
    """Each column of a register with its cell in a row."""
    return list(zip(fields, row, strict=True))
