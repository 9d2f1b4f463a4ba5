"""What is asked together is answered as if it were asked alone."""

from fractions import Fraction

import duckdb
import pytest

from steelyard.kernel.faults import Where
from steelyard.records.catalogue.read import shipped
from steelyard.records.query.engine import Reader
from steelyard.records.query.gate import passed
from steelyard.records.tally.figures import figures
from steelyard.records.tally.indicators import Indicator, checked_indicators
from steelyard.records.tally.together import together
from steelyard.scheme.model import Input, Scheme
from steelyard.scheme.tally import Tally

CASES = "FROM cases WHERE filed_on >= :from AND filed_on < :to"
INPUTS = {
    "n": ("count", f"SELECT place AS unit, case_number AS record {CASES}"),
    "sum": ("sum", f"SELECT place AS unit, case_number AS record, amount_cny AS value {CASES}"),
    "mean": (
        "mean",
        f"SELECT place AS unit, case_number AS record, amount_cny + 1 AS value {CASES}",
    ),
    "share": (
        "share",
        f"SELECT place AS unit, case_number AS record, is_appealed AS value {CASES}",
    ),
    "ratio": (
        "ratio",
        "SELECT place AS unit, case_number AS record, damages_awarded_cny AS numerator,"
        f" amount_cny AS denominator {CASES}",
    ),
    "other": (
        "count",
        f"SELECT place AS unit, case_number AS record {CASES} AND is_appealed",
    ),
    "grouped": (
        "sum",
        "SELECT place AS unit, court AS record, sum(amount_cny) AS value FROM cases GROUP BY place, court",
    ),
}


def scheme() -> Scheme:
    return Scheme.from_document(
        {
            "format": "steelyard-scheme/1", "code": "a", "version": "1", "title": "a",
            "label": "sample", "family": "points",
            "period": {"starts": "2021-01-01", "ends": "2022-01-01"}, "units": [{"code": "440100"}],
            "inputs": [
                {"code": code, "records": query, "tally": of} for code, (of, query) in INPUTS.items()
            ],
            "items": [{"code": "A", "title": "A", "points": 1, "rule": {"points": "min(full, n)"}}],
        }
    )  # fmt: skip


class Counting(Reader):
    """Counts the statements that truly run."""

    ran = 0

    def execute(self, sql):
        self.ran += 1
        return super().execute(sql)


@pytest.fixture
def reader():
    connection = duckdb.connect()
    connection.execute(
        """CREATE TABLE cases AS SELECT i::VARCHAR AS case_number, ['440100', '440200', NULL][1 + i % 3]
        AS place, 'c' || i % 4 AS court, DATE '2020-12-20' + i::INT AS filed_on,
        CASE WHEN i % 5 = 0 THEN NULL ELSE i::DECIMAL(18, 2) END AS amount_cny,
        CASE WHEN i % 7 = 0 THEN NULL ELSE 1::DECIMAL(18, 2) END AS damages_awarded_cny,
        CASE WHEN i % 11 = 0 THEN NULL ELSE i % 2 = 0 END AS is_appealed FROM range(60) t(i)"""
    )
    with Counting(connection) as found:
        yield found


def asked(indicators: tuple[Indicator, ...]):
    from steelyard.records.tally.indicators import filled_tree

    return [(one, filled_tree(scheme(), one.query, scheme().period)) for one in indicators]


def test_answers_are_those_of_asking_alone(reader):
    from steelyard.records.tally.indicators import filled

    indicators, faults = checked_indicators(scheme(), shipped())
    assert not faults
    units = {"440100": "440100", "440200": "440200"}
    joined = together(reader, asked(indicators))
    for one in indicators:
        sql = filled(scheme(), one.query, scheme().period)
        assert figures(joined, one, sql, units) == figures(reader, one, sql, units)


ONE_UNIT = "SELECT '440100' AS unit, {} FROM cases"


def test_a_query_that_sums_up_by_itself_is_asked_alone(reader):
    """It gives one row: beside it, every other of the same unit would count one row, too."""
    given = {
        "largest": ("count", "max(case_number) AS record"),
        "all": ("count", "case_number AS record"),
        "total": ("sum", "'x' AS record, count(*) AS value"),
    }
    indicators = []
    for code, (of, more) in given.items():
        query, _ = passed(ONE_UNIT.format(more), shipped(), (), Where())
        indicators.append(Indicator(Input(code=code), Tally(of=of), query, None))
    joined = together(reader, [(one, one.query.tree) for one in indicators])
    units = {"440100": "440100"}
    found = [figures(joined, one, one.query.sql({}), units)["440100"].value for one in indicators]
    assert found == [1, 60, 60]


def test_questions_of_the_same_rows_are_one_statement(reader):
    indicators, _ = checked_indicators(scheme(), shipped())
    together(reader, asked(indicators))
    assert reader.ran == 1


def test_a_sum_that_fails_is_told_by_the_indicator_that_asked(reader):
    """Too large for a decimal: the joined statement fails, those that can be answered still are."""
    query, _ = passed(
        "SELECT place AS unit, case_number AS record,"
        f" amount_cny * 9999999999999999999999999999.0 AS value {CASES}",
        shipped(), ("from", "to"), Where(),
    )  # fmt: skip
    indicators, _ = checked_indicators(scheme(), shipped())
    tree = asked(indicators)
    assert query is not None
    broken = [(tree[1][0], query.filled({"from": _day("2021-01-01"), "to": _day("2022-01-01")}))]
    joined = together(reader, [*tree[:1], *broken])
    from steelyard.records.tally.indicators import filled

    sql = filled(scheme(), indicators[0].query, scheme().period)
    assert figures(joined, indicators[0], sql, {"440100": "440100"})["440100"].value > Fraction(0)


def _day(text):
    from sqlglot import exp

    return exp.cast(exp.Literal.string(text), "DATE")
