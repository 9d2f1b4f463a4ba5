"""On which day does a month of the Chinese calendar begin, or a solar term fall? Computed, not looked up.

By GB/T 33661-2017 (《农历的编算和颁行》): days are those of Beijing time; a month begins on the day of the new
moon; the month with the winter solstice is the eleventh; where thirteen months begin from one eleventh month
up to the next, the first of them that holds no principal term (中气) is a leap month.

New moons and the Sun's apparent longitude are those of J. Meeus, *Astronomical Algorithms* (2nd edition,
chapters 49 and 25, with the larger terms of VSOP87), good to within a minute. ``closest_to_midnight`` says
how near to a change of day any moment lies that a year's days rest on.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from math import cos, degrees, floor, radians, sin

BEIJING = 8 / 24
DELTA_T = 70 / 86400
"""Terrestrial less universal time: 65 s in 2008, 69 s in 2026, some 90 s by 2050."""
J2000 = 2451545.0
_EPOCH = 1721424.5
"""The Julian day at which day 0 of ``date.toordinal`` begins."""
_YEAR = 365.2422
_QINGMING, _WINTER_SOLSTICE = 15, 270


def qingming(year: int) -> date:
    """The day on which the Sun reaches 15 degrees.

    >>> qingming(2027)
    datetime.date(2027, 4, 5)
    """
    return day_of(term(year, _QINGMING))


def first_of_month(year: int, month: int) -> date:
    """The first day of one of the months 1 to 10 of the Chinese year that begins in ``year``; of a month
    and its leap month, the former.

    >>> first_of_month(2027, 1), first_of_month(2034, 1)
    (datetime.date(2027, 2, 6), datetime.date(2034, 2, 19))
    """
    return next(first for first, number in months(year) if number == month)


@cache
def months(year: int) -> tuple[tuple[date, int], ...]:
    """The months from the eleventh of the year before up to the tenth, each with its first day and number;
    a leap month has the number 0."""
    new_moons = _new_moons(_eleventh_month(year - 1), _eleventh_month(year))
    firsts = [day_of(moon) for moon in new_moons]
    leap = _leap_month(firsts, year) if len(firsts) == 14 else None
    numbers = iter([11, 12, *range(1, 12)])
    return tuple((first, 0 if n == leap else next(numbers)) for n, first in enumerate(firsts[:-1]))


def _leap_month(firsts: list[date], year: int) -> int:
    principal = {day_of(term(when, degree)) for when, degree in _principal_terms(year)}
    return next(
        n
        for n, (first, following) in enumerate(pairwise(firsts))
        if not any(first <= day < following for day in principal)
    )


def _principal_terms(year: int) -> Iterable[tuple[int, int]]:
    yield year - 1, _WINTER_SOLSTICE
    yield from ((year, degree) for degree in range(0, 360, 30))


def _eleventh_month(year: int) -> int:
    """The number of the new moon that begins the month with the winter solstice."""
    solstice = day_of(term(year, _WINTER_SOLSTICE))
    number = round((year + 1 - 2000) * 12.3685) + 1
    while day_of(new_moon(number)) > solstice:
        number -= 1
    return number


def _new_moons(first: int, last: int) -> list[float]:
    return [new_moon(number) for number in range(first, last + 1)]


def day_of(moment: float) -> date:
    """The day in Beijing of a moment in terrestrial time."""
    return date.fromordinal(floor(moment - DELTA_T + BEIJING - _EPOCH))


def closest_to_midnight(year: int) -> timedelta:
    """How near to a change of day in Beijing any moment lies that the days of a year rest on."""
    moons = _new_moons(_eleventh_month(year - 1), _eleventh_month(year))
    terms = [term(year, _QINGMING), *(term(*one) for one in _principal_terms(year))]
    through = ((moment - DELTA_T + BEIJING - _EPOCH) % 1 for moment in [*moons, *terms])
    return timedelta(days=min(min(part, 1 - part) for part in through))


@cache
def new_moon(number: int) -> float:
    """The Julian day, in terrestrial time, of a new moon counted from that of 6 January 2000.

    >>> round(new_moon(-283), 5)  # example 49.a
    2443192.65118
    """
    k, t = number, number / 1236.85
    mean = 2451550.09766 + 29.530588861 * k + t**2 * (0.00015437 - 0.000000150 * t)
    e = 1 - 0.002516 * t - 0.0000074 * t**2
    sun = radians(2.5534 + 29.10535670 * k - 0.0000014 * t**2)
    moon = radians(201.5643 + 385.81693528 * k + 0.0107582 * t**2 + 0.00001238 * t**3)
    latitude = radians(160.7108 + 390.67050284 * k - 0.0016118 * t**2 - 0.00000227 * t**3)
    node = radians(124.7746 - 1.56375588 * k + 0.0020672 * t**2)
    periodic = sum(
        size * e ** abs(of_sun) * sin(of_sun * sun + of_moon * moon + of_latitude * latitude)
        for size, of_sun, of_moon, of_latitude in _OF_NEW_MOONS
    )
    planets = sum(size * sin(radians(at + rate * k)) for size, at, rate in _OF_PLANETS)
    first_planet = -0.000325 * sin(radians(0.009173 * t**2))
    return mean + periodic - 0.00017 * sin(node) + planets + first_planet


@cache
def term(year: int, degree: int) -> float:
    """The Julian day, in terrestrial time, at which the Sun reaches a longitude in a year."""
    equinox = J2000 + 79.3 + (year - 2000) * _YEAR
    moment = equinox + (degree if degree < 285 else degree - 360) / 360 * _YEAR
    for _ in range(8):
        moment += 58 * sin(radians(degree - suns_longitude(moment)))
    return moment


def suns_longitude(moment: float) -> float:
    """The Sun's apparent longitude in degrees, of the equinox of the day.

    >>> round(suns_longitude(2448908.5), 4)  # example 25.b: 199.9061
    199.9061
    """
    t = (moment - J2000) / 365250
    earth = sum(
        size * cos(at + rate * t) * t**power
        for power, terms in enumerate(_OF_EARTH)
        for size, at, rate in terms
    )
    longitude = degrees(earth * 1e-8) + 180 - 0.09033 / 3600
    distance = 1.00014 - 0.01671 * cos(radians(357.529 + 359990.503 * t))
    aberration = -20.4898 / 3600 / distance
    return (longitude + aberration + _nutation(t)) % 360


def _nutation(t: float) -> float:
    node = radians(125.04452 - 19341.36261 * t)
    sun, moon = radians(280.4665 + 360007.698 * t), radians(218.3165 + 4812678.813 * t)
    turns = -17.20 * sin(node) - 1.32 * sin(2 * sun) - 0.23 * sin(2 * moon) + 0.21 * sin(2 * node)
    return turns / 3600


# Size in days, and how often the anomalies of Sun and Moon and the Moon's argument of latitude go in.
_OF_NEW_MOONS = (
    (-0.40720, 0, 1, 0),
    (0.17241, 1, 0, 0),
    (0.01608, 0, 2, 0),
    (0.01039, 0, 0, 2),
    (0.00739, -1, 1, 0),
    (-0.00514, 1, 1, 0),
    (0.00208, 2, 0, 0),
    (-0.00111, 0, 1, -2),
    (-0.00057, 0, 1, 2),
    (0.00056, 1, 2, 0),
    (-0.00042, 0, 3, 0),
    (0.00042, 1, 0, 2),
    (0.00038, 1, 0, -2),
    (-0.00024, -1, 2, 0),
    (-0.00007, 2, 1, 0),
    (0.00004, 0, 2, -2),
    (0.00004, 3, 0, 0),
    (0.00003, 1, 1, -2),
    (0.00003, 0, 2, 2),
    (-0.00003, 1, 1, 2),
    (0.00003, -1, 1, 2),
    (-0.00002, -1, 1, -2),
    (-0.00002, 1, 3, 0),
    (0.00002, 0, 4, 0),
)
# Size in days, and an angle at the new moon 0 and its change from one to the next, in degrees.
_OF_PLANETS = (
    (0.000325, 299.77, 0.107408),
    (0.000165, 251.88, 0.016321),
    (0.000164, 251.83, 26.651886),
    (0.000126, 349.42, 36.412478),
    (0.000110, 84.66, 18.206239),
    (0.000062, 141.74, 53.303771),
    (0.000060, 207.14, 2.453732),
    (0.000056, 154.84, 7.306860),
    (0.000047, 34.52, 27.261239),
    (0.000042, 207.19, 0.121824),
    (0.000040, 291.34, 1.844379),
    (0.000037, 161.72, 24.198154),
    (0.000035, 239.56, 25.513099),
    (0.000023, 331.55, 3.592518),
)
# The Earth's heliocentric longitude by powers of the time in millennia: size in 1e-8 radians, angle, rate.
_OF_EARTH = (
    (
        (175347046, 0, 0),
        (3341656, 4.6692568, 6283.0758500),
        (34894, 4.62610, 12566.15170),
        (3497, 2.7441, 5753.3849),
        (3418, 2.8289, 3.5231),
        (3136, 3.6277, 77713.7715),
        (2676, 4.4181, 7860.4194),
        (2343, 6.1352, 3930.2097),
        (1324, 0.7425, 11506.7698),
        (1273, 2.0371, 529.6910),
        (1199, 1.1096, 1577.3435),
        (990, 5.233, 5884.927),
        (902, 2.045, 26.298),
        (857, 3.508, 398.149),
        (780, 1.179, 5223.694),
        (753, 2.533, 5507.553),
        (505, 4.583, 18849.228),
        (492, 4.205, 775.523),
        (357, 2.920, 0.067),
        (317, 5.849, 11790.629),
        (284, 1.899, 796.298),
        (271, 0.315, 10977.079),
        (243, 0.345, 5486.778),
        (206, 4.806, 2544.314),
        (205, 1.869, 5573.143),
        (202, 2.458, 6069.777),
        (156, 0.833, 213.299),
        (132, 3.411, 2942.463),
        (126, 1.083, 20.775),
        (115, 0.645, 0.980),
        (103, 0.636, 4694.003),
    ),
    (
        (628331966747, 0, 0),
        (206059, 2.678235, 6283.07585),
        (4303, 2.6351, 12566.1517),
        (425, 1.590, 3.523),
        (119, 5.796, 26.298),
        (109, 2.966, 1577.344),
    ),
    ((52919, 0, 0), (8720, 1.0721, 6283.0758), (309, 0.867, 12566.152)),
)
