"""A period as people say it."""

from __future__ import annotations

from datetime import date, timedelta

from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.periods import Period

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def day_text(on: date, lang: Lang) -> str:
    """
    >>> day_text(date(2022, 3, 9), "zh"), day_text(date(2022, 3, 9), "en")
    ('2022年3月9日', '9 March 2022')
    """
    if lang == "zh":
        return f"{on.year}年{on.month}月{on.day}日"
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def last_day(period: Period) -> date:
    """Periods are half-open; people name the last day."""
    return period.ends - timedelta(days=1)


def period_text(period: Period) -> Text:
    """A calendar year by its number, whole months by theirs, anything else by its first and last day.

    >>> period_text(Period(date(2021, 1, 1), date(2022, 1, 1))).zh
    '2021年'
    >>> period_text(Period(date(2016, 1, 1), date(2016, 12, 1)))
    Text(zh='2016年1月至11月', en='January to November 2016')
    """
    starts, last = period.starts, last_day(period)
    is_of_months = starts.day == 1 and period.ends.day == 1
    if is_of_months and starts.month == 1 and period.ends == date(starts.year + 1, 1, 1):
        return Text(f"{starts.year}年", str(starts.year))
    if is_of_months and starts.year == last.year:
        return _months(starts, last)
    return Text(
        f"{day_text(starts, 'zh')}至{day_text(last, 'zh')}",
        f"{day_text(starts, 'en')} to {day_text(last, 'en')}",
    )


def _months(starts: date, last: date) -> Text:
    first, end = _MONTHS[starts.month - 1], _MONTHS[last.month - 1]
    if starts.month == last.month:
        return Text(f"{starts.year}年{starts.month}月", f"{first} {starts.year}")
    return Text(
        f"{starts.year}年{starts.month}月至{last.month}月", f"{first} to {end} {starts.year}"
    )
