"""The sample region in one of its years: its scheme, and what it weighs."""

from __future__ import annotations

import os
from dataclasses import replace

from steelyard.kernel.bilingual import LANGS
from steelyard.regions import SampledRegion
from steelyard.scheme.model import Scheme
from steelyard.weighing.result import Result
from steelyard.weighing.values import Values

REPLICATIONS = 10_000


def years_of(region: SampledRegion) -> tuple[int, ...]:
    """The years that its sample is assessed in, the first first."""
    from steelyard.records.sample.region import read_region

    return tuple(read_region(region.home).mixes["years"])


def scheme_of(region: SampledRegion, year: int) -> Scheme:
    """The region's scheme as it stands; for another year than its own, the same rules over that year."""
    scheme = Scheme.read(region.scheme)
    own = scheme.period.starts.year
    if year == own:
        return scheme
    title = {lang: in_year(scheme.title.say(lang), own, year) for lang in LANGS}
    period = {"starts": f"{year}-01-01", "ends": f"{year + 1}-01-01"}
    code = in_year(scheme.code, own, year)
    return Scheme.from_document({**scheme.document, "code": code, "title": title, "period": period})


def in_year(said: str, own: int, year: int) -> str:
    """
    >>> in_year("guangdong-2021", 2021, 2020)
    'guangdong-2020'
    """
    return said.replace(str(own), str(year))


def weighed(scheme: Scheme, values: Values) -> Result:
    """With the intervals of its ranks."""
    from steelyard.weighing.uncertainty.how_sure import how_sure
    from steelyard.weighing.weigh import weigh

    result = weigh(scheme, values)
    return replace(result, how_sure=how_sure(result, REPLICATIONS, threads=os.cpu_count() or 1))
