"""Cases as told at the counter, with defaults, so that a test shows only what matters."""

from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from steelyard.courts.rules.jurisdiction.answers import Answer, Heard
from steelyard.courts.rules.jurisdiction.case import Case
from tests.courts.china_jurisdiction import CAUSES, PLACES

JIANGMEN = "江门市蓬江区"
SHENZHEN = "深圳市南山区"
TIANHE = "广州市天河区"
TRADEMARK = "侵害商标权纠纷"
PENALTY = "商标行政处罚"
FILED = date(2023, 3, 1)


def told(*causes: str, place: str = JIANGMEN, amount: str | None = None, **facts) -> Case:
    return Case(
        causes=tuple(CAUSES.find(words) for words in causes or (TRADEMARK,)),
        place=PLACES.find(place),
        filed=facts.pop("filed", FILED),
        amount=None if amount is None else Fraction(amount),
        **facts,
    )


def role_of(answer: Answer) -> str:
    return answer.court.role if isinstance(answer, Heard) else "person"


CIVIL = [cause for cause in CAUSES.rows if cause.track == "civil"]
ADMINISTRATIVE = [cause for cause in CAUSES.rows if cause.track == "administrative"]
ORDINARY = [
    cause
    for cause in CIVIL
    if cause.matter
    in {
        "copyright",
        "online_copyright",
        "trademark",
        "unfair_competition",
        "technology",
        "ip_other",
    }
]
CITIES = [place for place in PLACES.rows if place.is_in_region and place.city]

days = st.dates(date(2010, 2, 1), date(2027, 12, 31))
cents = st.integers(0, 10**12).map(lambda number: Fraction(number, 100))
THRESHOLDS = [Fraction(n) for n in (5 * 10**6, 10**7, 10**8, 2 * 10**8, 5 * 10**9)]
amounts = st.one_of(
    cents,
    st.sampled_from([at + step for at in THRESHOLDS for step in (Fraction(-1, 100), 0, 1)]),
)
parties = st.sampled_from(["inside", "province", "outside", "foreign", None])
places = st.sampled_from(CITIES)
civil_cases = st.builds(
    Case,
    causes=st.lists(st.sampled_from(CIVIL), min_size=1, max_size=3).map(tuple),
    place=places,
    filed=days,
    amount=st.one_of(st.none(), amounts),
    parties=parties,
    well_known=st.booleans(),
)
administrative_cases = st.builds(
    Case,
    causes=st.lists(st.sampled_from(ADMINISTRATIVE), min_size=1, max_size=2).map(tuple),
    place=places,
    filed=days,
    well_known=st.booleans(),
    body=st.sampled_from(["department", "government", "state_council", "customs"]),
    reconsidered=st.sampled_from(["no", "upheld", "changed"]),
    reviewer=st.sampled_from(["department", "government"]),
)
cases = st.one_of(civil_cases, administrative_cases)
