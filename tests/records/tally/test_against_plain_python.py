"""Every tally of random records equals the plain computation, exactly; and the listed rows add up to it."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from steelyard.records.add_up import come_to
from steelyard.records.listing import list_rows
from steelyard.records.query.engine import Limits
from steelyard.records.tally.indicators import indicators_of
from steelyard.records.tally.tally import tallied
from tests.records.snapshots import (
    CATALOGUE,
    CITIES,
    DISTRICTS,
    OTHER,
    PROVINCE,
    Delivered,
    computed_scheme,
    frozen,
    indicator,
    of_suits,
)
from tests.records.tally.plain import figure, unit_of

CENTS = st.integers(-100_000, 100_000).map(
    lambda n: f"{'-' if n < 0 else ''}{abs(n) // 100}.{abs(n) % 100:02}"
)
MILLIONTHS = st.integers(1, 9_999_999).map(lambda n: f"{n // 10**6}.{n % 10**6:06}")
DAYS = st.builds(
    "{}-{:02}-{:02}".format, st.sampled_from([2020, 2021]), st.integers(1, 12), st.integers(1, 28)
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "place": st.sampled_from([*CITIES, *CITIES, *DISTRICTS, OTHER, PROVINCE]),
            "filed": DAYS,
            "days": st.none() | st.integers(-5, 50),
            "amount": st.none() | CENTS,
            "score": st.none() | MILLIONTHS,
            "won": st.none() | st.booleans(),
            "court": st.none() | st.sampled_from(["甲院", "乙院"]),
            "plaintiff": st.just("张三"),
        }
    ),
    max_size=25,
)  # fmt: skip

WON = "CASE WHEN won THEN 1 ELSE 0 END"
QUERIES = {
    "count": ("count", "", {}),
    "sum_whole": ("sum", "days AS value", {"value": "days"}),
    "sum_money": ("sum", "amount AS value", {"value": "amount"}),
    "mean": ("mean", "amount AS value", {"value": "amount"}),
    "mean_true": ("mean", "won AS value", {"value": "won"}),
    "median": ("median", "amount AS value", {"value": "amount"}),
    "median_whole": ("median", "days AS value", {"value": "days"}),
    "share_true": ("share", "won AS value", {"value": "won"}),
    "ratio": ("ratio", "amount AS numerator, score AS denominator", {"numerator": "amount", "denominator": "score"}),
    "ratio_whole": ("ratio", "days AS numerator, days AS denominator", {"numerator": "days", "denominator": "days"}),
    "survey": ("survey_mean", "days AS value, score AS weight", {"value": "days", "weight": "score"}),
    "survey_strata": (
        "survey_mean", "amount AS value, score AS weight, court AS stratum",
        {"value": "amount", "weight": "score", "stratum": "court"},
    ),
    "defects": ("defect_rate", "won AS value", {"value": "won"}),
    "points": ("defect_rate", "score AS numerator, 10 AS denominator", {"numerator": "score", "denominator": lambda _: 10}),
}  # fmt: skip
GIVES = ("sample", "standard_error", "low", "high")
EXACT = [(code, "value") for code in QUERIES]
FLOATING = [(code, give) for code in ("survey", "survey_strata", "points") for give in GIVES]


def code_of(code, give):
    return code if give == "value" else f"{code}_{give}"


def scheme():
    inputs = [
        indicator(
            code_of(code, give),
            of_suits(QUERIES[code][1]),
            {"of": QUERIES[code][0]} | ({} if give == "value" else {"give": give}),
        )
        for code, give in [*EXACT, *FLOATING]
    ]
    inputs += [
        indicator("grown", of_suits(), {"of": "count", "growth": True}),
        indicator("grown_sum", of_suits("amount AS value"), {"of": "sum", "growth": True}),
        indicator("grown_mean", of_suits("days AS value"), {"of": "mean", "growth": True}),
        indicator("per", of_suits(), {"of": "count", "per": "sum_whole", "times": 10_000}),
    ]
    return computed_scheme(inputs)


SCHEME = scheme()
INDICATORS = {one.code: one for one in indicators_of(SCHEME, CATALOGUE)}


def given_columns(row, columns):
    """The row as its query gives it."""
    found = {"unit": row["place"]}
    for name, source in columns.items():
        found[name] = source(row) if callable(source) else row[source]
    return found


def of(rows, unit, year, code, give="value"):
    kind, _, columns = QUERIES[code]
    own = [
        given_columns(row, columns)
        for row in rows
        if row["filed"].startswith(str(year)) and unit_of(row["place"], CITIES) == unit
    ]
    if not own and kind not in ("count", "sum"):
        return None
    return figure(kind, own, unit, give=give)


def change(now, then):
    return None if now is None or not then else now / then - 1


def is_same(found, expected, *, exact):
    if expected is None or found is None:
        return found is None and expected is None
    return (
        found == expected if exact else float(found) == pytest.approx(expected, rel=1e-7, abs=1e-7)
    )


SLOW = settings(
    max_examples=5, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip


def snapshot_of(tmp_path_factory, rows):
    numbered = [{"id": f"S{n}", **row} for n, row in enumerate(rows)]
    deliveries = [
        Delivered("suits", [r for r in numbered if r["filed"].startswith(year)], period=year)
        for year in ("2020", "2021")
    ]
    return frozen(tmp_path_factory.mktemp("snapshot"), *deliveries)


@SLOW
@given(rows=ROWS)
def test_every_figure_equals_the_plain_computation_and_its_rows_add_up_to_it(
    tmp_path_factory, rows
):
    snapshot = snapshot_of(tmp_path_factory, rows)
    found = tallied(SCHEME, snapshot)
    for unit in CITIES:
        cells = {code: found.values.cell(code, "2021", unit) for code in SCHEME.inputs}
        for code, give in [*EXACT, *FLOATING]:
            name, expected = code_of(code, give), of(rows, unit, 2021, code, give)
            is_exact = give in ("value", "sample")
            assert is_same(cells[name].value, expected, exact=is_exact), (
                name,
                cells[name],
                expected,
            )
            assert cells[name].status == ("" if expected is not None else "no_base")
        for name, code in (
            ("grown", "count"),
            ("grown_sum", "sum_money"),
            ("grown_mean", "mean_days"),
        ):
            if code == "mean_days":
                now, then = (_mean_days(rows, unit, year) for year in (2021, 2020))
            else:
                now, then = (of(rows, unit, year, code) for year in (2021, 2020))
            assert is_same(cells[name].value, change(now, then), exact=True), (name, now, then)
        counted, divisor = of(rows, unit, 2021, "count"), of(rows, unit, 2021, "sum_whole")
        per = counted / divisor * 10_000 if divisor else None
        assert cells["per"].value == per
        for name in SCHEME.inputs:
            told = list_rows(SCHEME, snapshot, unit, INDICATORS[name], (), Limits())
            if name == "per":
                assert come_to(told) == counted
                continue
            assert come_to(told) == cells[name].value, name
            assert len(told.rows) + len(told.earlier) == cells[name].records
    outside = [r for r in rows if r["place"] == PROVINCE and r["filed"].startswith("2021")]
    assert found.outside.get("count", 0) == len(outside)


def _mean_days(rows, unit, year):
    known = [
        Fraction(row["days"])
        for row in rows
        if row["filed"].startswith(str(year))
        and unit_of(row["place"], CITIES) == unit
        and row["days"] is not None
    ]
    return sum(known) / len(known) if known else None
