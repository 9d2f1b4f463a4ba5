"""The office's role in the database works on rows, and cannot get round the trail."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from steelyard.config import production
from steelyard.config.database.roles import let_in, owners_address
from steelyard.config.database.which import Database
from steelyard.kernel.faults import Faulty

pytestmark = pytest.mark.django_db(transaction=True)

ORGANISATION = (
    "INSERT INTO people_organisation (code, name_zh, name_en, kind, place, starts)"
    " VALUES ('440000', '广东省', '', 'province', '', '2000-01-01')"
)
ENTRY = (
    "INSERT INTO trail_entry (table_name, row_id, verb, action, request, at)"
    " VALUES ('people_organisation', 1, 'update', '', '', now())"
)


def address(user: str, password: str = "") -> str:
    told = connection.settings_dict
    server = f"host={quote(told['HOST'], safe='')}&port={told['PORT'] or 5432}"
    return f"postgresql://{user}:{password}@/{told['NAME']}?{server}"


@pytest.fixture
def owner() -> str:
    return address(connection.settings_dict["USER"], connection.settings_dict["PASSWORD"])


@pytest.fixture
def office(owner: str) -> Iterator[str]:
    """The address of a role of the office's, let in."""
    role = f"office_{secrets.token_hex(4)}"
    let_in(owner, address(role, "geheim"))
    yield address(role, "geheim")
    with psycopg.connect(owner) as connection:
        connection.execute(f"DROP OWNED BY {role}")
        connection.execute(f"DROP ROLE {role}")


def test_the_offices_role_works_and_is_seen_by_the_trail(office: str) -> None:
    with psycopg.connect(office) as mine:
        mine.execute(ORGANISATION)
        mine.execute("LOCK TABLE trail_entry IN SHARE MODE")  # as sealing does
        seen = mine.execute("SELECT table_name, verb FROM trail_entry ORDER BY id DESC").fetchone()
        mine.rollback()
    assert seen == ("people_organisation", "insert")


@pytest.mark.parametrize(
    "sql",
    [
        ENTRY,
        "UPDATE trail_entry SET actor = 1",
        "ALTER TABLE trail_entry DISABLE TRIGGER ALL",
        "ALTER TABLE people_organisation DISABLE TRIGGER ALL",
        "DROP TABLE trail_entry CASCADE",
        "TRUNCATE trail_entry",
        "SET session_replication_role = replica",
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",  # with a trigger of its own that writes an entry
        "CREATE FUNCTION trail_note(text) RETURNS void LANGUAGE sql AS ''",
    ],
)
def test_the_offices_role_cannot_get_round_the_trail(office: str, sql: str) -> None:
    with psycopg.connect(office) as mine:
        mine.execute(ORGANISATION)
        with pytest.raises(psycopg.Error):
            mine.execute(sql)
        mine.rollback()


def test_it_is_let_in_again_after_each_start(office: str, owner: str) -> None:
    with psycopg.connect(owner, autocommit=True) as mine:
        mine.execute("CREATE TABLE later (id int)")
    try:
        let_in(owner, office)
        with psycopg.connect(office) as mine:
            assert mine.execute("SELECT * FROM later").fetchall() == []
    finally:
        with psycopg.connect(owner, autocommit=True) as mine:
            mine.execute("DROP TABLE later")


def test_who_may_not_let_in_is_told_so(office: str) -> None:
    with pytest.raises(Faulty, match="role-not-let-in"):
        let_in(office, address("another"))


def test_without_an_owner_the_office_owns_its_tables() -> None:
    assert owners_address({"DATABASE_URL": "b"}) == "b"
    assert owners_address({"DATABASE_OWNER_URL": "a"}) == ""
    assert owners_address({"DATABASE_OWNER_URL": "a", "DATABASE_URL": "b"}) == "a"


def test_an_owner_without_a_database_of_ones_own_is_nobody(tmp_path) -> None:
    assert Database.told(tmp_path, {"DATABASE_OWNER_URL": "a"}) == Database(tmp_path)


def test_production_is_asked_of_the_owner_before_the_offices_role_is_there(owner: str) -> None:
    told = {
        "STEELYARD_SECRET_KEY": "x",
        "STEELYARD_HOSTS": "ip.example.org",
        "DATABASE_URL": address("not_there_yet"),
        "DATABASE_OWNER_URL": owner,
    }
    assert production.reasons_against(told) == []
