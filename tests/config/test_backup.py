"""What was backed up, then destroyed, is there again; and nothing is half restored."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from steelyard.cli import main
from steelyard.config.backup import postgresql
from steelyard.config.backup.archive import kept as kept_in
from steelyard.config.backup.restoring import restore
from steelyard.config.backup.taking import back_up
from steelyard.config.database import embedded
from steelyard.config.serving import running
from steelyard.kernel.faults import Faulty
from tests.config.offices import own_home

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def server() -> Iterator[Path]:
    """A home with an embedded database that runs."""
    with own_home() as home:
        embedded.start(home)
        yield home


@pytest.fixture
def home(server: Path) -> Path:
    """An office that keeps two tables, one with a guard against deletion, and two uploads,
    and a snapshot."""
    shutil.rmtree(server / "files", ignore_errors=True)
    shutil.rmtree(server / "snapshots", ignore_errors=True)
    with connect(server) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        connection.execute("CREATE TABLE trail (id bigserial PRIMARY KEY, said text)")
        connection.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
            " $$BEGIN RAISE EXCEPTION 'kept'; END$$;"
            "CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON trail"
            " FOR EACH ROW EXECUTE FUNCTION refuse()"
        )
        connection.execute("INSERT INTO trail (said) VALUES ('结案'), ('立案')")
    freeze(server, b"sealed")
    store(server, b"one")
    store(server, b"two")
    return server


def connect(home: Path) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(embedded.address(home), autocommit=True)


def store(home: Path, content: bytes) -> None:
    name = hashlib.sha256(content).hexdigest()
    path = home / "files" / name[:2] / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def freeze(home: Path, content: bytes) -> None:
    """A snapshot: named by a number, which another office gives to another one."""
    path = home / "snapshots" / "1" / "datapackage.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def kept(home: Path) -> tuple[list[tuple[object, ...]], list[bytes]]:
    with connect(home) as connection:
        rows = connection.execute("SELECT id, said FROM trail ORDER BY id").fetchall()
    names = [path for name in ("files", "snapshots") for path in (home / name).rglob("*")]
    files = sorted(path for path in names if path.is_file())
    return rows, [path.read_bytes() for path in files]


def refused(home: Path, file: Path, *, replace: bool = True) -> list[str]:
    with pytest.raises(Faulty) as caught:
        restore(home, "", file, replace=replace)
    return [fault.code for fault in caught.value.faults]


def test_what_was_destroyed_is_there_again(home: Path, tmp_path: Path) -> None:
    before = kept(home)
    made = back_up(home, "", tmp_path / "office.backup", NOW)
    with connect(home) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    shutil.rmtree(home / "files")

    assert restore(home, "", tmp_path / "office.backup", replace=False) == made
    assert made.files == 3
    assert kept(home) == before
    with connect(home) as connection, pytest.raises(psycopg.errors.RaiseException):
        connection.execute("DELETE FROM trail")
    with connect(home) as connection:
        new = connection.execute("INSERT INTO trail (said) VALUES ('x') RETURNING id").fetchone()
    assert new == (3,)


def test_another_office_is_given_up_only_when_asked(home: Path, tmp_path: Path) -> None:
    before = kept(home)
    back_up(home, "", tmp_path / "office.backup", NOW)
    with connect(home) as connection:
        connection.execute("CREATE TABLE later (id int)")
    store(home, b"three")
    freeze(home, b"another")
    after = kept(home)

    assert refused(home, tmp_path / "office.backup", replace=False) == ["database-not-empty"]
    assert kept(home) == after
    restore(home, "", tmp_path / "office.backup", replace=True)
    assert kept(home) == before
    with connect(home) as connection:
        assert connection.execute("SELECT to_regclass('later')").fetchone() == (None,)


def test_what_was_published_and_the_keys_come_back_and_none_is_taken_away(
    home: Path, tmp_path: Path
) -> None:
    names = (
        "publications/a-1.zip",
        "prose/images/a.png",
        "keys/publishing.key",
        "keys/messages.key",
        "keys/informants.key",
    )
    for name in names:
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(name)
    back_up(home, "", tmp_path / "office.backup", NOW)
    assert (tmp_path / "office.backup").stat().st_mode & 0o777 == 0o600
    for folder in ("publications", "prose", "keys"):
        shutil.rmtree(home / folder)
    (home / "publications").mkdir()
    (home / "publications" / "a-2.zip").write_text("published since")

    restore(home, "", tmp_path / "office.backup", replace=True)
    assert [(home / name).read_text() for name in names] == list(names)
    assert (home / "keys" / "messages.key").stat().st_mode & 0o777 == 0o600
    assert (home / "publications" / "a-2.zip").exists()
    for folder in ("publications", "prose", "keys"):
        shutil.rmtree(home / folder)


def test_damage_to_any_part_is_noticed_before_anything_is_changed(
    home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "office.backup"
    back_up(home, "", file, NOW)
    store(home, b"three")
    before, whole = kept(home), file.read_bytes()
    with tarfile.open(file) as archive:
        inside = [member.offset_data for member in archive.getmembers()]
    for place in inside:
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert refused(home, file) == ["backup-damaged"]
    file.write_bytes(whole[: len(whole) // 2])
    assert refused(home, file) == ["backup-damaged"]
    file.write_bytes(b"")
    assert refused(home, file) == ["backup-damaged"]
    assert kept(home) == before


def test_an_entry_that_points_elsewhere_is_refused(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "office.backup"
    back_up(home, "", file, NOW)
    (tmp_path / "evil").write_bytes(b"evil")
    with tarfile.open(file, "a") as archive:
        archive.add(tmp_path / "evil", "files/../../evil")
    assert refused(home, file) == ["backup-damaged"]


def test_a_restore_that_fails_leaves_all_as_it_was(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "office.backup"
    back_up(home, "", file, NOW)
    shutil.rmtree(home / "files")
    store(home, b"three")
    freeze(home, b"another")
    with connect(home) as connection:
        connection.execute("INSERT INTO trail (said) VALUES ('new')")
    before = kept(home)

    run = postgresql.run

    def cut_off(program: str, address: str, *arguments: str) -> None:
        run(program, address, *arguments)
        if program == "pg_restore":
            (script,) = [word[7:] for word in arguments if word.startswith("--file=")]
            with Path(script).open("a", encoding="utf-8") as file:
                file.write("SELECT no_such_function();\n")

    monkeypatch.setattr(postgresql, "run", cut_off)
    assert refused(home, file) == ["postgresql-failed"]
    assert kept(home) == before


def test_a_running_office_is_not_restored_into(home: Path, tmp_path: Path) -> None:
    back_up(home, "", tmp_path / "office.backup", NOW)
    with connect(home):
        assert refused(home, tmp_path / "office.backup") == ["database-in-use"]
    with running.claimed(home), pytest.raises(running.RunsAlready):
        restore(home, "", tmp_path / "office.backup", replace=True)


def test_the_two_commands_take_a_backup_and_put_it_back(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    before, file = kept(home), str(tmp_path / "office.backup")
    where = ["--home", str(home), "--lang", "en"]
    assert main(["backup", file, *where]) == 0
    assert "Backed up into" in capsys.readouterr().out
    assert main(["restore", file, *where]) == 2
    assert "[database-not-empty]" in capsys.readouterr().err
    store(home, b"three")
    assert main(["restore", file, *where, "--replace"]) == 0
    assert "the database and 3 files." in capsys.readouterr().out
    assert kept(home) == before
    with running.claimed(home):
        assert main(["restore", file, *where, "--replace"]) == 2
    assert capsys.readouterr().err.startswith("The office runs; stop it first")


def told_of(home: Path, *contents: bytes) -> list[str]:
    """The database tells of these, and of a snapshot and the result of a weighing; where they lie."""
    hashes = [hashlib.sha256(one).hexdigest() for one in contents]
    with connect(home) as connection:
        connection.execute(
            "CREATE TABLE files_content (id int, sha256 text);"
            "CREATE TABLE files_file (id int, content_id int, name text);"
            "CREATE TABLE assessment_weighing (id int, result_hash text, papers jsonb);"
            "CREATE TABLE supply_snapshot (id int, identifier text, folder text, status text);"
            "INSERT INTO assessment_weighing VALUES (4, '', '{}'), (5, 'sha256:' || repeat('5', 64), '{}');"
            "INSERT INTO supply_snapshot VALUES (1, '', '', 'refused'), (2, 'sha256:2', '2-two', 'frozen')"
        )
        for number, one in enumerate(hashes, 1):
            connection.execute(
                "INSERT INTO files_content VALUES (%s, %s)", (number, f"sha256:{one}")
            )
            connection.execute(
                "INSERT INTO files_file VALUES (%s, %s, '案卷.pdf')", (number, number)
            )
    return [f"files/{one[:2]}/{one[2:4]}/{one}" for one in hashes]


def test_what_is_missing_or_changed_is_named_and_the_backup_is_made_all_the_same(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    whole, changed, lost = told_of(home, b"a", b"b", b"c")
    for name, content in ((whole, b"a"), (changed, b"B")):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(content)
    file, where = str(tmp_path / "office.backup"), ["--home", str(home), "--lang", "en"]
    expected = [
        f"  file 2 “案卷.pdf”: no longer what was filed ({changed})",
        f"  file 3 “案卷.pdf”: missing ({lost})",
        f"  result.json of weighing 5: missing (weighings/55/55/{'5' * 64})",
        "  snapshot 2: missing (snapshots/2-two)",
    ]
    assert main(["backup", file, *where]) == 3
    assert capsys.readouterr().err.splitlines()[1:] == expected
    assert main(["restore", file, *where, "--replace"]) == 3
    assert capsys.readouterr().err.splitlines()[1:] == expected


def test_a_snapshot_with_an_altered_table_is_named(home: Path, tmp_path: Path) -> None:
    told_of(home)
    frozen = home / "snapshots" / "2-two" / "datapackage.json"
    frozen.parent.mkdir()
    frozen.write_text("{}")
    made = back_up(home, "", tmp_path / "office.backup", NOW)
    assert [(one.promise.name, one.is_missing) for one in made.not_kept][-1] == (
        "snapshots/2-two",
        False,
    )


def test_a_folder_that_goes_while_it_is_read_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one does in which a snapshot is being frozen."""
    freeze(tmp_path, b"sealed")
    going = tmp_path / "snapshots" / ".2-half"
    (going / "tables").mkdir(parents=True)
    scandir = os.scandir

    def and_it_goes(path: Path) -> object:
        if str(path) == str(going):
            shutil.rmtree(going)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", and_it_goes)
    assert list(kept_in(tmp_path)) == ["snapshots/1/datapackage.json"]
    assert not going.exists()


def test_a_folder_that_cannot_be_read_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    freeze(tmp_path, b"sealed")

    def refuse(path: Path) -> object:
        raise PermissionError(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(PermissionError):
        kept_in(tmp_path)


def test_a_backup_never_replaces_a_file(home: Path, tmp_path: Path) -> None:
    (tmp_path / "office.backup").write_text("another")
    with pytest.raises(Faulty):
        back_up(home, "", tmp_path / "office.backup", NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["office.backup"]


def test_a_home_without_an_office_is_not_backed_up(tmp_path: Path) -> None:
    with pytest.raises(Faulty, match="no-office"):
        back_up(tmp_path, "", tmp_path / "office.backup", NOW)
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_does_not_answer_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(Faulty, match="database-not-reached"):
        back_up(tmp_path, "postgresql:///none?host=/nowhere", tmp_path / "office.backup", NOW)


def test_a_database_that_was_never_made_whole_is_begun_anew() -> None:
    with own_home() as home:
        (home / "database").mkdir()
        (home / "database" / "PG_VERSION").write_text("18")
        (home / "database.begun").touch()
        assert embedded.start(home)
        assert not (home / "database.begun").exists()


def test_programs_ship_with_the_embedded_database() -> None:
    said = subprocess.run(
        [embedded.programs() / "pg_dump", "--version"], capture_output=True, text=True, check=True
    )
    assert said.stdout.startswith("pg_dump (PostgreSQL)")
