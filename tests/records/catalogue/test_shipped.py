"""What is promised of every table that ships, whoever adds one."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import sqlglot

from steelyard.kernel.bilingual import Text
from steelyard.records.catalogue.model import AREAS, PLACES, Constraint, Field, Table
from steelyard.records.catalogue.read import shipped

CATALOGUE = shipped()
TABLES = tuple(CATALOGUE.tables.values())
WITHOUT_A_PLACE = frozenset({PLACES})
"""Tables whose rows belong nowhere: places are what others belong to."""
QUANTITIES = frozenset({"whole", "number", "money"})
PERSONAL = re.compile(
    r"phone|id_number|^account|contact$|respondent$|plaintiff|applicant|judge|suspect|defendant|"
    r"consignee|reviewer$|recipient$|convener|_by$|^user_name$|pledgor|borrower$|entrant$"
)
NEEDED = frozenset(
    """
    cases hearings administrative_decisions police_cases customs_cases file_reviews meetings
    resolutions plan_measures measure_reports fund_awards fund_payments contest_entries contest_awards
    geographical_indications pledges draw_downs top_event_nominations survey_answers statistics
    announced_results announced_figures self_reported_figures settlements supporting_material
    """.split()  # noqa: SIM905 (a list to be read)
)

every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.code)


def both(text: Text) -> bool:
    """Said in each language, and not the one repeated for the other."""
    return bool(text.zh and text.en) and text.zh != text.en


def fields() -> Iterator[tuple[Table, Field]]:
    return ((table, field) for table in TABLES for field in table.fields)


def test_every_area_has_tables() -> None:
    assert {table.area for table in TABLES} == set(AREAS)


def test_every_kind_of_record_that_an_assessment_needs_has_a_table() -> None:
    assert set(CATALOGUE.tables) >= NEEDED


@every_table
def test_table_is_said_in_both_languages(table: Table) -> None:
    assert both(table.title)
    assert both(table.note)
    assert [field.code for field in table.fields if not both(field.title)] == []
    assert [field.code for field in table.fields if field.note and not both(field.note)] == []
    assert all(both(constraint.say) for constraint in table.constraints)


@every_table
def test_headings_of_a_table_are_told_apart(table: Table) -> None:
    for side in ("zh", "en"):
        titles = [getattr(field.title, side) for field in table.fields]
        assert len(titles) == len(set(titles))


@every_table
def test_table_has_a_required_place_that_leads_to_the_places(table: Table) -> None:
    if table.code in WITHOUT_A_PLACE:
        assert not table.place
        return
    place = table.field[table.place]
    assert (place.required, place.refers_to) == (True, "places.code")


@every_table
def test_quantity_has_a_unit_of_measure_and_nothing_else_has(table: Table) -> None:
    wrong = [
        field.code
        for field in table.fields
        if both(field.unit_of_measure) != (field.type in QUANTITIES)
    ]
    assert wrong == []


@every_table
def test_money_says_in_its_name_of_what_it_is(table: Table) -> None:
    money = {field.code for field in table.fields if field.type == "money"}
    assert money == {field.code for field in table.fields if field.code.endswith("_cny")}


@every_table
def test_day_and_yes_or_no_say_so_in_their_names(table: Table) -> None:
    days = [field.code for field in table.fields if field.type == "day"]
    assert [code for code in days if not re.search(r"_on$|^as_of$|_from$|_to$", code)] == []
    flags = [field.code for field in table.fields if field.type == "yes_no"]
    assert [code for code in flags if not re.match(r"is_|has_", code)] == []


@every_table
def test_table_holds_no_more_than_one_sheet_can_show(table: Table) -> None:
    assert 5 <= len(table.fields) <= 16


def test_what_points_to_a_person_is_personal() -> None:
    for table, field in fields():
        assert field.personal == bool(field.type in {"text", "code"} and PERSONAL.search(field.code)), (
            table.code,
            field.code,
        )  # fmt: skip


def test_no_personal_field_is_part_of_a_key() -> None:
    assert [table.code for table in TABLES if table.personal & set(table.key)] == []


def test_table_about_persons_is_protected_unless_it_only_names_an_officer() -> None:
    officers = {"convener", "reported_by", "settled_by", "contact"}
    open_tables = [table for table in TABLES if table.disclosure == "open"]
    assert [table.code for table in open_tables if table.personal - officers] == []


def test_reference_has_the_type_of_the_key_that_it_leads_to() -> None:
    for table in TABLES:
        for code, (other, key) in table.references.items():
            target = CATALOGUE.tables[other].field[key]
            assert (table.field[code].type, target.required) == (target.type, True), code


def test_no_two_tables_wait_for_each_other() -> None:
    """Or a sender could deliver neither first."""
    waiting = {table.code: {other for other, _ in table.references.values()} for table in TABLES}
    while ready := {code for code, others in waiting.items() if not others & set(waiting)}:
        waiting = {code: others for code, others in waiting.items() if code not in ready}
    assert waiting == {}


def test_every_code_list_is_used_and_said_in_both_languages() -> None:
    assert {field.codes for _, field in fields()} - {""} == set(CATALOGUE.codes)
    for name, listed in CATALOGUE.codes.items():
        assert len(listed) > 1, name
        assert all(map(both, listed.values())), name


def test_code_of_a_list_is_found_by_its_title_alone() -> None:
    for name, listed in CATALOGUE.codes.items():
        for side in ("zh", "en"):
            titles = [getattr(title, side) for title in listed.values()]
            assert len(titles) == len(set(titles)), name


@every_table
def test_table_and_fields_can_be_written_in_a_query_without_quotes(table: Table) -> None:
    """In DuckDB and in Spark, where a keyword cannot name a column."""
    columns = [field.code for field in table.fields]
    query = f"SELECT t.place, {', '.join(columns)} FROM {table.code} AS t WHERE {columns[0]} = 'a'"
    for dialect in ("duckdb", "spark"):
        read = sqlglot.parse_one(query, read=dialect)
        assert isinstance(read, sqlglot.exp.Select)
        assert read.named_selects == ["place", *columns]


def test_constraints_are_plain_conditions_on_their_row() -> None:
    from steelyard.records.intake.constraints import check_constraints

    check_constraints(CATALOGUE)


@every_table
def test_every_constraint_refuses_some_rows_and_lets_others_through(table: Table) -> None:
    """Tried on every combination of a few values of the fields that it names."""
    import duckdb

    with duckdb.connect() as connection:
        for constraint in table.constraints:
            columns = [table.field[name] for name in named(constraint)]
            tried = ", ".join(f"(SELECT unnest([{few(one)}]) AS {one.code})" for one in columns)
            query = f"SELECT DISTINCT coalesce(({constraint.rule}), true) FROM {tried}"
            verdicts = {row[0] for row in connection.execute(query).fetchall()}
            assert verdicts == {True, False}, constraint.rule


def named(constraint: Constraint) -> list[str]:
    columns = sqlglot.parse_one(constraint.rule, read="duckdb").find_all(sqlglot.exp.Column)
    return list(dict.fromkeys(column.name for column in columns))


def few(field: Field) -> str:
    """A few values of a field, and its being missing, as SQL literals."""
    from steelyard.records.intake.fields import SQL_TYPES

    by_type = {
        "day": ("2021-01-01", "2021-07-01"), "yes_no": ("true", "false"),
        "whole": ("0", "1", "100"), "number": ("-1", "0", "50", "100"), "money": ("-1", "0", "100"),
    }  # fmt: skip
    values = tuple(CATALOGUE.codes.get(field.codes, ())) or by_type.get(field.type, ("a", "b"))
    listed = ", ".join(f"CAST('{value}' AS {SQL_TYPES[field.type]})" for value in values)
    return f"{listed}, CAST(NULL AS {SQL_TYPES[field.type]})"


@every_table
def test_constraint_asks_only_for_codes_of_the_list(table: Table) -> None:
    for constraint in table.constraints:
        for asked in sqlglot.parse_one(constraint.rule).find_all(sqlglot.exp.EQ, sqlglot.exp.NEQ):
            if asked.expression.is_string:
                assert asked.expression.name in CATALOGUE.codes[table.field[asked.this.name].codes]
