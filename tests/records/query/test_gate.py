"""The gate lets through what reads known tables in the portable subset, and says of all else where and why."""

import re

import duckdb
import pytest

from steelyard.kernel.faults import Where
from steelyard.records.query.gate import LONGEST, passed
from tests.records.snapshots import CATALOGUE

HERE = Where(key="inputs[0].records")


def ask(text):
    return passed(text, CATALOGUE, ("from", "to"), HERE)


def refused(text):
    query, faults = ask(text)
    assert query is None, query and query.tree.sql("duckdb")
    assert all(fault.where == HERE and fault.what.zh and fault.mend.zh for fault in faults)
    return faults


def codes(text):
    return [fault.code for fault in refused(text)]


def at(fault):
    found = re.match(r"line (\d+), column (\d+) of the query: ", fault.what.en)
    assert found
    assert fault.what.zh.startswith(f"查询第{found[1]}行第{found[2]}列：")
    return int(found[1]), int(found[2])


@pytest.mark.parametrize(
    "text",
    [
        "INSERT INTO suits SELECT id FROM suits", "UPDATE suits SET id = 'a'", "DELETE FROM suits",
        "CREATE TABLE x AS SELECT id FROM suits", "DROP TABLE suits", "COPY suits TO 'x.csv'",
        "COPY (SELECT id FROM suits) TO 'x.csv'", "ATTACH 'x.db'", "DETACH x", "PRAGMA database_list",
        "SET threads = 1", "INSTALL httpfs", "LOAD httpfs", "CALL pragma_version()", "DESCRIBE suits",
        "EXPLAIN SELECT id FROM suits", "SHOW TABLES", "SUMMARIZE suits", "VALUES (1)", "", " \n", ";",
        "SELECT id FROM suits; SELECT id FROM suits", "SELECT id FROM suits; DROP TABLE suits",
        "USE x", "CHECKPOINT", "BEGIN", "VACUUM", "GRANT x TO y", "ALTER TABLE suits ADD x INT",
        "TRUNCATE suits", "MERGE INTO suits USING sittings ON true WHEN MATCHED THEN DELETE",
    ],
)  # fmt: skip
def test_what_is_not_one_select_is_refused(text, capfd):
    assert codes(text) == ["not-one-select"]


@pytest.mark.parametrize(
    "text", ["EXPORT DATABASE 'x'", "SELECT 'a", "SELECT id FROM", "SELECT (id FROM suits", "SELECT",
             "IMPORT DATABASE 'x'", "SELECT id FROM suits WHERE", "hello"],
)  # fmt: skip
def test_what_is_no_sql_is_refused(text, capfd):
    assert codes(text)[0] in ("not-sql", "not-one-select")


@pytest.mark.parametrize(
    "source",
    ["read_csv('x.csv')", "read_parquet('x')", "read_text('/etc/passwd')", "read_blob('x')", "glob('*')",
     "read_json_auto('x')", "duckdb_settings()", "duckdb_secrets()", "range(10)", "query('SELECT 1')",
     "query_table('suits')", "sniff_csv('x')", "parquet_scan('x')", "sqlite_scan('x', 'y')"],
)  # fmt: skip
def test_functions_that_read_files_or_settings_are_refused(source):
    assert "not-portable" in codes(f"SELECT id FROM {source}")


@pytest.mark.parametrize(
    "source", ["'x.csv'", '"x.csv"', '"/etc/passwd"', "information_schema.tables", "main.suits",
               "memory.main.suits", "pg_catalog.pg_class", "sqlite_master", "'s3://b/x.parquet'"],
)  # fmt: skip
def test_tables_that_are_not_of_the_catalogue_are_refused(source):
    assert codes(f"SELECT id FROM {source}") == ["unknown-table"]


NOT_PORTABLE = [
    "SELECT getenv('HOME') AS a FROM suits", "SELECT current_setting('threads') AS a FROM suits",
    "SELECT now() AS a FROM suits", "SELECT current_date AS a FROM suits", "SELECT random() AS a FROM suits",
    "SELECT nextval('x') AS a FROM suits",
    "WITH RECURSIVE r AS (SELECT id FROM suits UNION ALL SELECT id FROM r) SELECT id FROM r",
    "SELECT id FROM suits LIMIT 1", "SELECT id FROM suits OFFSET 1", "SELECT id FROM suits ORDER BY id",
    "SELECT id FROM suits FETCH FIRST 1 ROW ONLY", "SELECT row_number() OVER () AS a FROM suits",
    "SELECT id FROM suits QUALIFY row_number() OVER () = 1", "SELECT days / 2 AS a FROM suits",
    "SELECT days // 2 AS a FROM suits", "SELECT days % 2 AS a FROM suits", "SELECT avg(days) AS a FROM suits",
    "SELECT 2 ** 3 AS a FROM suits", "SELECT sqrt(days) AS a FROM suits", "SELECT CAST(days AS DOUBLE) AS a FROM suits",
    "SELECT days::FLOAT AS a FROM suits", "SELECT TRY_CAST(id AS INT) AS a FROM suits", "SELECT 1e3 AS a FROM suits",
    "SELECT id FROM suits WHERE days > 1E-3", "SELECT CAST(days AS INT[]) AS a FROM suits",
    "SELECT CAST(score AS INT) AS a FROM suits", "SELECT CAST(2 * amount AS BIGINT) AS a FROM suits",
    "SELECT closed - filed AS a FROM suits", "SELECT (closed) - :from AS a FROM suits",
    "SELECT date_diff('month', filed, closed) AS a FROM suits", "SELECT extract(week FROM filed) AS a FROM suits",
    "SELECT * FROM suits", "SELECT s.* FROM suits s", "FROM suits", "SELECT count(s.*) AS a FROM suits s",
    "SELECT COLUMNS('p.*') FROM suits", "SELECT * EXCLUDE (id) FROM suits",
    "SELECT id FROM suits WHERE id ~ 'x'", "SELECT id FROM suits WHERE id ILIKE 'x'",
    "SELECT id FROM suits WHERE id SIMILAR TO 'x'", "SELECT id FROM suits WHERE id GLOB 'x'",
    r"SELECT id FROM suits WHERE id LIKE 'x\%'", "SELECT id FROM suits WHERE id LIKE 'x!%' ESCAPE '!'",
    "SELECT id FROM suits WHERE id LIKE ANY ('a')", "SELECT id COLLATE NOCASE AS a FROM suits",
    "SELECT id[1:2] AS a FROM suits", "SELECT [1] AS a FROM suits", "SELECT {'a': 1} AS a FROM suits",
    "SELECT unnest([1]) AS a FROM suits", "SELECT id FROM suits, LATERAL (SELECT 1 AS x) AS l",
    "SELECT id FROM (VALUES ('a')) AS v(id)", "SELECT id FROM suits TABLESAMPLE 10%",
    "SELECT DISTINCT ON (place) place, id FROM suits", "SELECT id FROM suits PIVOT (count(*) FOR place IN ('a'))",
    "SELECT s.id FROM suits s ASOF JOIN sittings h ON h.held >= s.filed", "SELECT id FROM suits FOR UPDATE",
    "SELECT s.id FROM suits s SEMI JOIN sittings h ON h.suit = s.id",
    "SELECT s.id FROM suits s ANTI JOIN sittings h ON h.suit = s.id",
    "SELECT id INTO x FROM suits", "SELECT count(*) FILTER (WHERE won) AS a FROM suits",
    "SELECT sum(days ORDER BY id) AS a FROM suits", "SELECT max(days, 2) AS a FROM suits",
    "SELECT count() AS a FROM suits", "SELECT count(DISTINCT (id, place)) AS a FROM suits",
    "SELECT count(DISTINCT id, place) AS a FROM suits", "SELECT arg_max(id, days) AS a FROM suits",
    "SELECT sum(days > 1) AS a FROM suits", "SELECT trim(id, 'a') AS a FROM suits", "SELECT ltrim(id) AS a FROM suits",
    "SELECT substr(id, 0, 2) AS a FROM suits", "SELECT substr(id, -1) AS a FROM suits",
    "SELECT concat(id, 'a') AS a FROM suits", "SELECT id FROM suits GROUP BY ALL",
    "SELECT place FROM suits GROUP BY ROLLUP (place)", "SELECT id FROM suits WHERE id = ANY (SELECT id FROM suits)",
    "SELECT id FROM suits UNION BY NAME SELECT id FROM suits",
    "WITH x AS MATERIALIZED (SELECT id FROM suits) SELECT id FROM x",
    "WITH x(a) AS (SELECT id FROM suits) SELECT a FROM x", "SELECT id FROM (suits)",
    "SELECT id FROM (suits JOIN sittings USING (id))", "SELECT main.suits.id FROM suits",
    "WITH x AS (INSERT INTO suits SELECT 1) SELECT id FROM suits", "SELECT id FROM suits WHERE days BETWEEN SYMMETRIC 2 AND 1",
    "SELECT x'41' AS a FROM suits", "SELECT INTERVAL 1 DAY AS a FROM suits", "SELECT lambda x : x AS a FROM suits",
    "SELECT md5(id) AS a FROM suits", "SELECT if(won, 1, 2), hash(id) AS a FROM suits",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_PORTABLE)
def test_what_duckdb_and_spark_do_not_share_is_refused(text):
    assert set(codes(text)) <= {"not-portable", "not-sql", "join-without-on"}


@pytest.mark.parametrize(
    "joined", [", sittings h", "CROSS JOIN sittings h", "NATURAL JOIN sittings h", "JOIN sittings h",
               "JOIN sittings h ON true", "JOIN sittings h ON 1 = 1", "LEFT JOIN sittings h ON 'a' = 'a'"],
)  # fmt: skip
def test_joins_without_a_condition_are_refused(joined):
    assert set(codes(f"SELECT s.id FROM suits s {joined}")) & {"join-without-on", "not-portable"}


@pytest.mark.parametrize(
    ("text", "code", "near", "place"),
    [
        ("SELECT id FROM siuts", "unknown-table", "'suits'", (1, 16)),
        ("SELECT id,\n  plac\nFROM suits", "unknown-column", "'place'", (2, 3)),
        ("SELECT s.plac FROM suits s", "unknown-column", "'place'", (1, 8)),
        ("SELECT t.place FROM suits s", "unknown-table", "s", (1, 8)),
        ("SELECT suits.place FROM suits s", "unknown-table", "s", (1, 8)),
        ("SELECT id FROM suits\nWHERE filed >= :form", "unknown-parameter", "'from'", (2, 16)),
        ("SELECT id FROM suits WHERE filed >= :FROM", "unknown-parameter", "'from'", (1, 37)),
        ("SELECT id FROM suits WHERE id = ?", "unknown-parameter", "from", (1, 1)),
        ("SELECT id FROM suits WHERE id IN (SELECT siut FROM sittings)", "unknown-column", "'suit'", (1, 42)),
        ("SELECT id FROM suits JOIN sittings USING (suit)", "unknown-column", "ON", (1, 43)),
        ("SELECT place AS unit FROM suits WHERE unit = 'a'", "unknown-column", "", (1, 39)),
        ("SELECT rowid FROM suits", "unknown-column", "known", (1, 8)),
        ("SELECT suits FROM suits", "unknown-column", "known", (1, 8)),
        ("SELECT place AS a, a AS b FROM suits", "unknown-column", "known", (1, 20)),
        ("WITH x AS (SELECT id FROM suits) SELECT place FROM x", "unknown-column", "id", (1, 41)),
        ("SELECT a.id FROM (SELECT id FROM suits) AS a WHERE a.place = 'b'", "unknown-column", "id", (1, 52)),
        ("SELECT place FROM suits GROUP BY place HAVING max(dayz) > 1", "unknown-column", "'days'", (1, 51)),
        ("SELECT （place） FROM suits", "unknown-column", "'place'", (1, 8)),
    ],
)  # fmt: skip
def test_unknown_names_are_refused_where_they_stand_with_the_nearest(text, code, near, place):
    fault = refused(text)[0]
    assert (fault.code, at(fault)) == (code, place)
    assert near in fault.mend.en or near.strip("'") in fault.mend.en


@pytest.mark.parametrize(
    "text",
    [
        "SELECT plaintiff FROM suits", "SELECT plaintiff AS unit FROM suits", "SELECT Plaintiff AS a FROM SUITS",
        'SELECT "plaintiff" AS a FROM suits', "SELECT s.plaintiff AS a FROM suits s",
        "SELECT a FROM (SELECT plaintiff AS a FROM suits) AS x", "WITH x AS (SELECT plaintiff AS a FROM suits) SELECT a FROM x",
        "SELECT count(DISTINCT plaintiff) AS a FROM suits", "SELECT CASE WHEN plaintiff = 'x' THEN 1 ELSE 0 END AS a FROM suits",
        "SELECT plaintiff || 'x' AS a FROM suits", "SELECT substr(plaintiff, 1, 1) AS a FROM suits",
        "SELECT max(plaintiff) AS a FROM suits GROUP BY place", "SELECT length(plaintiff) AS a FROM suits",
        "SELECT place FROM suits UNION SELECT plaintiff FROM suits", "SELECT (SELECT max(plaintiff) FROM suits) AS a FROM sittings",
        "SELECT (SELECT max(plaintiff) FROM suits t WHERE t.id = h.suit) AS a FROM sittings h",
        "SELECT coalesce(court, plaintiff) AS a FROM suits", "SELECT DISTINCT plaintiff FROM suits",
        "SELECT h.id, s.plaintiff AS a FROM sittings h JOIN suits s ON s.id = h.suit",
        "SELECT id FROM suits WHERE court IN (SELECT plaintiff FROM suits)",
        "SELECT (SELECT s.plaintiff WHERE 1 = 1) AS a FROM suits s",
        "SELECT plaintiff AS a FROM suits GROUP BY plaintiff HAVING plaintiff = 'x'",
        "WITH x AS (SELECT id, plaintiff FROM suits), y AS (SELECT id FROM x) SELECT id FROM y",
    ],
)  # fmt: skip
def test_personal_columns_never_come_out(text):
    assert "personal-column" in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT id FROM suits WHERE plaintiff = 'x'", "SELECT id FROM suits WHERE plaintiff IS NOT NULL",
        "SELECT s.id FROM suits s JOIN suits t ON t.plaintiff = s.plaintiff AND t.id <> s.id",
        "SELECT id FROM suits s WHERE EXISTS (SELECT 1 FROM suits t WHERE t.plaintiff = s.plaintiff)",
        "SELECT count(*) AS a FROM suits GROUP BY plaintiff", "SELECT place FROM suits GROUP BY place HAVING max(plaintiff) > 'a'",
    ],
)  # fmt: skip
def test_personal_columns_may_stand_in_conditions(text):
    query, faults = ask(text)
    assert query is not None, faults


@pytest.mark.parametrize(
    "name", ["suits", "SUITS", '"Suits"', "sittings", "places"]
)  # fmt: skip
def test_a_cte_may_not_take_the_name_of_a_table(name):
    assert codes(f"WITH {name} AS (SELECT id FROM suits) SELECT id FROM {name}") == ["name-taken"]


def test_a_query_that_reads_no_table_is_refused():
    assert codes("SELECT 1 AS unit") == ["no-table"]


FINE = [
    "SELECT place AS unit, id AS record FROM suits WHERE filed >= :from AND filed < :to;",
    "SELECT id FROM suits -- ; DROP TABLE suits", "SELECT id /* a /* ; */ b */ FROM suits",
    "SELECT id FROM suits WHERE court = ';--' OR court = ':form' OR court = '/*' OR court = 'it''s'",
    "SELECT filed::date AS a, :from::date AS b FROM suits", "SELECT ID FROM Suits S WHERE s.Days > 3",
    "WITH X AS (SELECT id FROM suits) SELECT x.ID FROM x", "SELECT delivery FROM suits",
    "SELECT (SELECT max(held) FROM sittings WHERE suit = s.id) AS a FROM suits s",
    "SELECT id FROM suits WHERE (place, id) IN (SELECT place, suit FROM sittings)",
    "SELECT id FROM suits WHERE id NOT IN (SELECT suit FROM sittings WHERE suit IS NOT NULL)",
    "SELECT suits.id FROM suits LEFT JOIN sittings ON sittings.suit = suits.id WHERE sittings.id IS NULL",
    "SELECT id FROM suits JOIN sittings USING (id)", "SELECT DISTINCT place FROM suits",
    "SELECT place AS a, count(*) AS n FROM suits GROUP BY a HAVING n > 1", "SELECT place, sum(amount) AS n FROM suits GROUP BY 1",
    "SELECT id FROM suits UNION ALL SELECT id FROM sittings", "SELECT id FROM suits EXCEPT SELECT suit FROM sittings",
    "SELECT id FROM suits INTERSECT SELECT suit FROM sittings", "SELECT 0.1 AS a, 1_000 AS b FROM suits",
    "SELECT date_diff('day', filed, closed) AS a, extract(year FROM filed) AS b FROM suits",
    "SELECT coalesce(days, 0) + 1 - 2 * 3 AS a, nullif(court, '') AS b, abs(-score) AS c FROM suits",
    "SELECT CAST(won AS INT) AS a, CAST(amount AS DECIMAL(18, 6)) AS b, CAST(days AS VARCHAR) AS c FROM suits",
    "SELECT lower(court) || upper(id) AS a, substr(id, 2, 3) AS b, trim(court) AS c, length(id) AS d FROM suits",
    "SELECT CASE court WHEN 'a' THEN 1 WHEN 'b' THEN 2 END AS a, min(days) AS b, max(filed) AS c FROM suits GROUP BY court",
    "SELECT id FROM suits WHERE days BETWEEN 1 AND 3 AND court LIKE '江%' AND NOT won AND won IS NOT NULL",
    "SELECT id FROM suits WHERE court = '\u2028' OR court = '🙂'",
    "SELECT a.n FROM (SELECT place, count(*) AS n FROM suits GROUP BY place) AS a WHERE a.n > 1",
]  # fmt: skip


@pytest.mark.parametrize("text", FINE)
def test_plain_questions_pass(text):
    query, faults = ask(text)
    assert query is not None, faults
    assert not faults


def test_it_says_what_it_reads_gives_and_needs():
    query, _ = ask(
        "WITH x AS (SELECT suit FROM sittings) SELECT Place AS Unit, id AS record FROM suits"
        " JOIN x ON x.suit = id WHERE filed < :to"
    )
    assert query.columns == ("unit", "record")
    assert query.tables == ("sittings", "suits")
    assert query.used == {"to"}


def test_all_faults_come_at_once():
    found = refused("SELECT avg(days) AS a, days / 2 AS b FROM suits WHERE filed > :form LIMIT 3")
    assert {fault.code for fault in found} == {"not-portable", "unknown-parameter"}
    assert len(found) == 4


@pytest.mark.parametrize(
    "text",
    [
        "SELECT id FROM suits WHERE id = '" + "x" * LONGEST + "'", "(" * 600,
        "SELECT " + "(" * 200 + "1" + ")" * 200 + " AS a FROM suits", "SELECT " + "NOT " * 3000 + "won AS a FROM suits",
        "SELECT " + "1+" * 3000 + "1 AS a FROM suits", "SELECT " + "- " * 3000 + "1 AS a FROM suits",
        "SELECT " + "CASE WHEN " * 900 + "1 AS a FROM suits", "SELECT id FROM suits WHERE " + "won AND " * 1000 + "won",
        "SELECT id FROM suits" + " UNION SELECT id FROM suits" * 500,
        "SELECT id FROM " + "(SELECT id FROM " * 80 + "suits" + ") AS x" * 80,
    ],
)  # fmt: skip
def test_very_long_and_very_deep_queries_are_refused_at_once(text):
    assert codes(text)[0] in ("query-too-long", "not-sql")


@pytest.mark.parametrize("text", FINE)
def test_what_runs_gives_the_rows_of_what_was_written(text):
    """The regenerated SQL beside the original, on a few rows of every kind."""
    from datetime import date

    from steelyard.records.query.literals import literals
    from tests.records.query.tables import with_rows

    query, _ = ask(text)
    parameters = {"from": date(2021, 1, 1), "to": date(2022, 1, 1)}
    again = query.sql(literals({name: parameters[name] for name in query.used}))
    original = text
    for name in query.used:
        original = re.sub(rf":{name}\b", f"DATE '{parameters[name]}'", original)
    with duckdb.connect() as connection:
        with_rows(connection)
        expected = connection.execute(original).fetchall()
        assert sorted(map(repr, connection.execute(again).fetchall())) == sorted(
            map(repr, expected)
        )
