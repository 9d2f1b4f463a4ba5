"""A figure says what it is, what it rests on, and when it is not known."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty
from steelyard.kernel.periods import Period
from steelyard.papers.brief.document import figures_bytes, figures_document, schema_bytes
from steelyard.papers.brief.show import value_text
from tests.builders import item, weighed
from tests.papers.brief.small_records import (
    CASES,
    COURT,
    OFFICE,
    SmallRecords,
    brief,
    closed,
    template,
)

MANY = closed(*"abcdefgh")


def only_text(text: str, reads: SmallRecords, lang: Any = "zh", result: Any = None) -> str:
    return brief(text, reads, lang, result).paragraphs[0].text


MEETINGS = (
    CASES.replace("case_number", "id").replace("closed_on", "held_on").replace("cases", "meetings")
)


@pytest.mark.parametrize(("many", "said"), [(1, "1 meeting"), (2, "2 meetings"), (0, "0 meetings")])
def test_exactly_one_is_told_in_the_singular_in_english(many: int, said: str) -> None:
    text = template(
        records=MEETINGS, measure='{ zh = "次", en = "meetings", one = "meeting" }', en="{{closed}}"
    )
    held = SmallRecords({"meetings": closed(*"x" * many, delivery=OFFICE)["cases"]})
    assert only_text(text, held, "en").removesuffix(" (sample)") == said


def test_measure_of_one_is_a_text() -> None:
    with pytest.raises(Faulty, match=r"measure\.one"):
        brief(template(measure='{ zh = "次", en = "meetings", one = true }'), SmallRecords(MANY))


def test_count_stands_in_the_text_with_its_measure_and_the_mark_of_a_sample() -> None:
    text = template(measure='{ zh = "件", en = "cases" }')
    assert only_text(text, SmallRecords(MANY)) == "江门审结8件（样本）。"
    assert only_text(text, SmallRecords(MANY), "en") == "Jiangmen closed 8 cases (sample)."


def test_a_single_one_is_said_in_the_singular() -> None:
    text = template(measure='{ zh = "件", en = "cases", one = "case" }')
    spec = brief(text, SmallRecords(MANY)).figures[0].spec
    assert [value_text(Fraction(n), spec, "en") for n in (0, 1, 2)] == [
        "0 cases",
        "1 case",
        "2 cases",
    ]
    assert value_text(Fraction(1), spec, "zh") == "1件"


def test_query_is_asked_for_the_unit_and_the_half_open_period() -> None:
    reads = SmallRecords(MANY)
    brief(template(), reads)
    assert [{name: str(value) for name, value in one.items()} for one in reads.asked] == [
        {"unit": "440700", "from": "2021-01-01", "to": "2022-01-01"}
    ]


def test_figure_names_its_rows_deliveries_bodies_and_source() -> None:
    figure = brief(template(), SmallRecords(MANY)).figures[0]
    assert figure.value == 8
    assert figure.behind.records == tuple(f"C{at}" for at in range(8))
    assert (figure.behind.tables, figure.behind.deliveries) == (("cases",), (COURT,))
    assert figure.behind.bodies == (Text("法院", "court"),)
    assert figure.source == Text("法院统计", "returns of the court")
    assert figure.is_sample


def test_row_that_says_it_is_real_bears_no_mark_though_its_delivery_is_a_sample() -> None:
    assert only_text(template(), SmallRecords(closed(*"abcdefgh", is_real=True))) == "江门审结8。"


@pytest.mark.parametrize(
    ("tally", "values", "shown"),
    [
        ('"distinct"', ["a", "a", "b", "b", "b"], "2"),
        ('"sum"', [Decimal("1.50"), 2, 3, 4, 5], "15.5"),
        ('"only"', [7, 7], "7"),
        ('"list"', ["甲案", "乙案", "甲案"], "甲案、乙案"),
    ],
)
def test_tallies(tally: str, values: list[Any], shown: str) -> None:
    assert (
        only_text(template(tally=tally), SmallRecords(closed(*values)))
        == f"江门审结{shown}（样本）。"
    )


def test_latest_is_the_value_of_the_last_day() -> None:
    rows = closed(5, 9)["cases"]
    days = [
        {**row, "day": day} for row, day in zip(rows, ("2021-06-30", "2021-03-31"), strict=True)
    ]
    assert (
        only_text(template(tally='"latest"'), SmallRecords({"cases": days}))
        == "江门审结5（样本）。"
    )


@pytest.mark.parametrize(
    ("tally", "values", "why"),
    [
        ('"sum"', [1, None, 2], "a record lacks the value"),
        ('"only"', [1, 2], "the records do not agree"),
        ('"sum"', [], "there are no such records"),
    ],
)
def test_what_cannot_be_computed_is_no_data_and_never_zero(
    tally: str, values: list[Any], why: str
) -> None:
    made = brief(template(tally=tally), SmallRecords(closed(*values)))
    assert made.paragraphs[0].text == "江门审结暂无数据。"
    assert (made.figures[0].value, made.figures[0].why.en) == (None, why)


def test_nothing_counted_is_zero_only_if_somebody_delivered_the_table() -> None:
    assert only_text(template(), SmallRecords()) == "江门审结0（样本）。"
    made = brief(template(), SmallRecords(deliveries=()))
    assert made.paragraphs[0].text == "江门审结暂无数据。"
    assert made.figures[0].why == Text("没有单位报送该表", "nobody delivered the table")


def test_delivery_that_covers_others_alone_says_nothing_of_the_unit() -> None:
    from dataclasses import replace

    other = replace(SmallRecords().deliveries[0], covers=("440100",))
    assert only_text(template(), SmallRecords(deliveries=(other,))) == "江门审结暂无数据。"


@pytest.mark.parametrize(
    "changes",
    [
        {"period": Period(date(2020, 1, 1), date(2021, 1, 1))},
        {"period": Period(date(2021, 1, 1), date(2021, 7, 1))},
        {"cut_off": date(2021, 6, 30)},
    ],
)
def test_delivery_of_another_time_says_nothing_of_the_year(changes: dict[str, Any]) -> None:
    other = replace(SmallRecords().deliveries[0], **changes)
    assert only_text(template(), SmallRecords(deliveries=(other,))) == "江门审结暂无数据。"


def test_passage_without_data_is_said_in_its_own_words() -> None:
    text = template(without='without = { zh = "案件：{{closed}}", en = "Cases: {{closed}}" }')
    assert only_text(text, SmallRecords(deliveries=())) == "案件：暂无数据"
    assert only_text(text, SmallRecords(MANY)) == "江门审结8（样本）。"


def test_small_count_of_protected_records_is_hidden_and_leaves_no_trace() -> None:
    made = brief(template(measure='{ zh = "件" }'), SmallRecords(closed(*"abc")))
    assert made.paragraphs[0].text == "江门审结少于5件（样本）。"
    (figure,) = figures_document(made)["figures"]
    hidden = {name: figure[name] for name in ("state", "value", "rows", "records")}
    assert hidden == {"state": "suppressed", "value": None, "rows": None, "records": []}


@pytest.mark.parametrize(
    ("bound", "zh", "en"),
    [
        ("about", "约2400万元", "about CNY 24 million"),
        ("more_than", "超过2400万元", "more than CNY 24 million"),
        ("at_least", "不少于2400万元", "at least CNY 24 million"),
        ("exact", "2400万元", "CNY 24 million"),
    ],
)
def test_announced_figure_keeps_its_bound(bound: str, zh: str, en: str) -> None:
    reads = SmallRecords(closed(24_000_000, bound=bound, is_real=True))
    text = template(tally='"only"', show='"money"', scale='"ten_thousand"')
    assert only_text(text, reads) == f"江门审结{zh}。"
    assert only_text(text, reads, "en") == f"Jiangmen closed {en}."


@given(st.integers(0, 10**12), st.sampled_from(["plain", "ten_thousand", "hundred_million"]))
def test_rounding_touches_what_is_shown_and_not_the_value(yuan: int, scale: str) -> None:
    text = template(tally='"only"', show='"money"', scale=f'"{scale}"', round='"one_decimal"')
    made = brief(text, SmallRecords(closed(yuan)))
    assert made.figures[0].value == Fraction(yuan)
    assert figures_document(made)["figures"][0]["value"] == str(yuan)


def test_text_has_its_english_beside_it() -> None:
    reads = SmallRecords(closed("优秀", value_en="excellent", is_real=True))
    text = template(tally='"only"', show='"text"')
    assert only_text(text, reads) == "江门审结优秀。"
    assert only_text(text, reads, "en") == "Jiangmen closed excellent."


def test_binary_float_is_refused() -> None:
    with pytest.raises(Faulty, match=r"0\.1 is no exact number"):
        brief(template(tally='"sum"'), SmallRecords(closed(0.1)))


def test_every_query_that_may_not_run_is_named_with_its_figure() -> None:
    with pytest.raises(Faulty) as caught:
        brief(template(records="DROP TABLE cases"), SmallRecords())
    (fault,) = caught.value.faults
    assert (fault.code, fault.where.key) == ("not-one-select", "figures.closed.records")


def test_query_must_give_whose_delivery_a_row_is() -> None:
    short = "SELECT c.case_number AS record, c.place AS value FROM cases AS c"
    with pytest.raises(Faulty, match="the query does not give delivery"):
        brief(template(records=short), SmallRecords())


# --- from a result


def ranked() -> Any:
    return weighed(
        {"440700": {"a": 9}, "440100": {"a": 8}},
        units=[
            {"code": "440700", "title": {"zh": "江门", "en": "Jiangmen"}},
            {"code": "440100", "title": {"zh": "广州", "en": "Guangzhou"}},
        ],
        items=[item("A", 10, {"points": "a"})],
        grades=[{"code": "good", "title": {"zh": "优秀", "en": "excellent"}, "at_least": 9},
                {"code": "pass", "title": {"zh": "合格", "en": "pass"}}],
    )  # fmt: skip


def of_result(field: str, **more: str) -> str:
    text = template(**more)
    start, end = text.index("records ="), text.rindex('"""') + 3
    return text[:start] + f'result = "{field}"' + text[end:]


@pytest.mark.parametrize(
    ("field", "show", "zh", "en"),
    [
        ("rank", '"ordinal"', "第1名", "1st"),
        ("grade", '"text"', "优秀", "excellent"),
        ("score", '"number"', "9", "9"),
        ("units", '"number"', "2", "2"),
    ],
)
def test_field_of_a_result(field: str, show: str, zh: str, en: str) -> None:
    text = of_result(field, show=show)
    assert only_text(text, SmallRecords(), "zh", ranked()) == f"江门审结{zh}（样本）。"
    assert only_text(text, SmallRecords(), "en", ranked()) == f"Jiangmen closed {en} (sample)."


def test_without_a_result_its_fields_are_no_data() -> None:
    assert only_text(of_result("rank"), SmallRecords()) == "江门审结暂无数据。"


def test_result_of_another_period_is_refused() -> None:
    other = weighed(
        {"jm": {"a": 1}, "zs": {"a": 2}}, period={"starts": "2020-01-01", "ends": "2021-01-01"}
    )
    with pytest.raises(Faulty, match="periods-differ"):
        brief(template(), SmallRecords(), "zh", other)


def test_result_computed_from_another_snapshot_is_refused() -> None:
    result = ranked()
    elsewhere = replace(result, values=replace(result.values, snapshot="sha256:" + "2" * 64))
    with pytest.raises(Faulty, match="snapshots-differ"):
        brief(of_result("rank"), SmallRecords(), "zh", elsewhere)
    same = replace(result, values=replace(result.values, snapshot=SmallRecords().identifier))
    assert brief(of_result("rank"), SmallRecords(), "zh", same).figures


# --- as data


@pytest.mark.parametrize(
    "reads",
    [SmallRecords(MANY), SmallRecords(closed(*"abc")), SmallRecords(deliveries=()), SmallRecords()],
)
def test_figures_follow_the_schema_that_is_published_beside_them(reads: SmallRecords) -> None:
    schema = json.loads(schema_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(figures_bytes(brief(template(), reads))), schema)


def test_figures_with_a_result_follow_the_schema() -> None:
    made = brief(of_result("rank"), SmallRecords(), "zh", ranked())
    jsonschema.validate(json.loads(figures_bytes(made)), json.loads(schema_bytes()))
