"""A file of cases is answered as each of its cases would be alone."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.courts.rules.jurisdiction.answers import Heard
from steelyard.courts.rules.jurisdiction.decide import decide
from steelyard.courts.rules.jurisdiction.routing import ANSWERS, Router, route_file
from steelyard.kernel.faults import Faulty
from tests.courts.china_jurisdiction import CAUSES, RULES

SCHEMA = pa.schema(
    {
        "cause": pa.string(),
        "place": pa.string(),
        "filed": pa.date32(),
        "amount": pa.decimal128(18, 2),
        "parties": pa.string(),
        "well_known": pa.bool_(),
        "body": pa.string(),
        "judged": pa.date32(),
    }
)
NAMES = ("侵害商标权纠纷", "侵害发明专利权纠纷", "侵害技术秘密纠纷", "计算机软件开发合同纠纷")
AMOUNTS = [
    Decimal(base) + cent
    for base in ("5000000", "10000000", "100000000", "200000000", "5000000000")
    for cent in (Decimal("-0.01"), Decimal(0), Decimal("0.01"))
]
DAYS = st.one_of(
    st.dates(date(2009, 1, 1), date(2027, 12, 31)),
    st.sampled_from([day for day in RULES.days if day.year > 2008]),
)


@st.composite
def cases(draw):
    filed = draw(DAYS)
    judged = draw(st.none() | DAYS)
    return {
        "cause": draw(st.sampled_from(NAMES)),
        "place": draw(st.sampled_from(("江门市江海区", "深圳市", "广州市番禺区", "湖南省长沙市"))),
        "filed": filed,
        "amount": draw(st.none() | st.sampled_from(AMOUNTS)),
        "parties": draw(st.none() | st.sampled_from(("inside", "province", "outside", "foreign"))),
        "well_known": draw(st.booleans()),
        "body": None,
        "judged": judged if judged is None or judged >= filed else filed,
    }


@settings(deadline=None, max_examples=60)
@given(st.lists(cases(), min_size=1, max_size=40))
def test_every_case_is_answered_as_it_would_be_alone(told: list[dict]) -> None:
    router = Router(RULES, CAUSES, "zh")
    batch = pa.RecordBatch.from_pylist(told, SCHEMA)
    answered = router.route(batch, first_row=1).to_pylist()
    for one, row in zip(told, answered, strict=True):
        alone = decide(RULES, router.case(one))
        assert row["row"] == alone.first.row
        if isinstance(alone.first, Heard):
            assert row["court"] == alone.first.court.name.zh
            assert row["sample"] == alone.first.sample
        assert row["reasons"] == "；".join(why.zh for why in alone.first.why)
        assert row["articles"] == "；".join(by.zh for by in alone.first.articles)
        appealed = alone.appeal.court.name.zh if isinstance(alone.appeal, Heard) else None
        assert appealed is None or row["court_of_appeal"] == appealed


def written(tmp_path, rows: list[dict], schema: pa.Schema = SCHEMA):
    path = tmp_path / "cases.parquet"
    pq.write_table(pa.Table.from_pylist(rows, schema), path)
    return path


CASE = {
    "cause": "侵害商标权纠纷",
    "place": "江门市",
    "filed": date(2023, 1, 1),
    "amount": Decimal(1),
}


def test_a_file_keeps_its_columns_and_gains_the_answers(tmp_path) -> None:
    target = tmp_path / "answered.parquet"
    assert route_file(written(tmp_path, [CASE] * 3), target, rules=RULES, causes=CAUSES) == 3
    table = pq.read_table(target)
    assert table.column_names == [*SCHEMA.names, *ANSWERS]
    assert table["court"].to_pylist() == ["江门市江海区人民法院"] * 3


def test_an_empty_file_gives_a_file_without_rows(tmp_path) -> None:
    target = tmp_path / "answered.parquet"
    assert route_file(written(tmp_path, []), target, rules=RULES, causes=CAUSES) == 0
    assert pq.read_table(target).column_names == [*SCHEMA.names, *ANSWERS]


def test_faults_are_told_at_their_rows_and_nothing_is_written(tmp_path) -> None:
    bad = [
        CASE,
        CASE | {"cause": "没有这个案由"},
        CASE | {"place": None},
        CASE | {"parties": "here"},
    ]
    target = tmp_path / "answered.parquet"
    with pytest.raises(Faulty) as error:
        route_file(written(tmp_path, bad), target, rules=RULES, causes=CAUSES)
    assert [(fault.where.row, fault.code) for fault in error.value.faults] == [
        (2, "cause-unknown"),
        (3, "routing-missing"),
        (4, "routing-no-choice"),
    ]
    assert list(tmp_path.iterdir()) == [tmp_path / "cases.parquet"]


def test_a_judgment_before_its_filing_is_told_at_its_row(tmp_path) -> None:
    bad = [CASE, CASE | {"filed": date(2023, 5, 9), "judged": date(2023, 5, 8)}]
    with pytest.raises(Faulty) as error:
        route_file(written(tmp_path, bad), tmp_path / "out.parquet", rules=RULES, causes=CAUSES)
    assert [(one.where.row, one.code) for one in error.value.faults] == [
        (2, "which-judged-too-early")
    ]


def test_a_column_that_is_missing_is_named(tmp_path) -> None:
    schema = pa.schema({"cause": pa.string(), "place": pa.string()})
    path = written(tmp_path, [{"cause": "x", "place": "y"}], schema)
    with pytest.raises(Faulty) as error:
        route_file(path, tmp_path / "out.parquet", rules=RULES, causes=CAUSES)
    assert [fault.where.column for fault in error.value.faults] == ["filed"]


def test_what_is_no_parquet_is_refused(tmp_path) -> None:
    path = tmp_path / "cases.parquet"
    path.write_bytes(b"PAR1 and then nothing")
    with pytest.raises(Faulty) as error:
        route_file(path, tmp_path / "out.parquet", rules=RULES, causes=CAUSES)
    assert [fault.code for fault in error.value.faults] == ["not-parquet"]
