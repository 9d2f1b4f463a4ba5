"""Everything that the office keeps, in one file; and back again, all or nothing.

The file is a tar archive: ``database.dump`` (PostgreSQL's own format), ``files/…`` (the uploads),
``snapshots/…``, and ``manifest.json`` with the size and hash of each. It may be taken while the
office runs: the dump is of one moment, and what it refers to, which is never changed once it is
stored, is copied after it.

The office's secret is not in it. After a restore elsewhere everyone signs in again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import tarfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urlsplit, urlunsplit

from steelyard import __version__
from steelyard.config import embedded, running
from steelyard.config.database import connect
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.kernel.hashes import canonical, tagged

if TYPE_CHECKING:
    import psycopg

FORMAT = "steelyard-backup/1"
MANIFEST, DUMP = "manifest.json", "database.dump"
FOLDERS = ("files", "snapshots")
"""What of the home belongs to the office's data."""

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds; ``identifier`` is the hash of its manifest."""

    identifier: str
    taken_at: str
    files: int
    size: int


# --- taking one


def back_up(home: Path, url: str, file: Path, now: datetime) -> Backup:
    """Write a backup; the file is there whole, or not at all.

    Args:
        url: the database given, "" for the embedded one, which is started for it if need be.

    Raises:
        Faulty: there is such a file already, or no office; or PostgreSQL's programs failed.
    """
    if file.exists():
        raise Faulty([_is_there(file)])
    if not url and not (embedded.data_folder(home) / "PG_VERSION").exists():
        raise Faulty([_no_office(home)])
    half = file.with_name(file.name + ".half")
    dump = file.with_name(file.name + ".dump.half")
    with _database(home, url) as address:
        with connect(address) as connection:
            if not _tables(connection):
                raise Faulty([_no_office(home)])
        try:
            _run("pg_dump", address, "--format=custom", "--no-owner", "--no-acl", f"--file={dump}")
            manifest = _write_archive(half, {DUMP: dump} | _kept(home), now)
            half.rename(file)
        finally:
            half.unlink(missing_ok=True)
            dump.unlink(missing_ok=True)
    return _summary(manifest)


def _kept(home: Path) -> dict[str, Path]:
    """Every file that belongs to the data, under its name in the archive."""
    found = (path for folder in FOLDERS for path in sorted((home / folder).rglob("*")))
    return {
        path.relative_to(home).as_posix(): path
        for path in found
        if path.is_file() and not path.is_symlink()
    }


def _write_archive(half: Path, entries: Mapping[str, Path], now: datetime) -> dict[str, object]:
    told = {}
    with tarfile.open(half, "w", format=tarfile.PAX_FORMAT) as archive:
        for name, path in entries.items():
            try:
                told[name] = _add(archive, path, name)
            except FileNotFoundError:  # swept up since it was listed
                continue
        manifest = {
            "format": FORMAT,
            "taken_at": now.isoformat(timespec="seconds"),
            "steelyard": __version__,
            "entries": told,
        }
        text = Path(half.parent / f"{half.name}.{MANIFEST}")
        text.write_bytes(canonical(manifest))
        archive.add(text, MANIFEST)
        text.unlink()
    with half.open("rb") as written:
        os.fsync(written.fileno())
    return manifest


def _add(archive: tarfile.TarFile, path: Path, name: str) -> dict[str, object]:
    """Add one file; the hash is of the very bytes that were added."""
    with path.open("rb") as file:
        info = archive.gettarinfo(name, name, file)
        read = _Hashed(file)
        archive.addfile(info, read)
    return {"sha256": read.digest.hexdigest(), "size": info.size}


class _Hashed:
    """A file that is hashed as it is read."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.file.read(size)
        self.digest.update(block)
        return block


# --- putting one back


def restore(home: Path, url: str, file: Path, *, replace: bool) -> Backup:
    """Put back what a backup holds. What goes wrong leaves everything as it was.

    Files that are missing are put there, then the database is exchanged in one transaction, then
    files that differ are exchanged and those that the backup does not know of are removed. Who is
    cut off after the transaction restores once more: what is done already does no harm.

    Raises:
        Faulty: the backup is damaged; the database holds something and ``replace`` is False, or
            somebody uses it; or PostgreSQL's programs failed.
        running.RunsAlready: an office serves this home.
    """
    with running.claimed(home), _workplace(home) as folder:
        manifest = _unpack(file, folder)
        with _database(home, url) as address:
            _refuse_unless_free(address, replace=replace)
            known = _kept(home)
            names = manifest["entries"].keys() - {DUMP}
            new = _put_files(folder, home, names - known.keys())
            try:
                _exchange_database(folder, address)
            except BaseException:
                for path in new:
                    path.unlink()
                raise
            _put_files(folder, home, names & known.keys())
            for name in known.keys() - names:
                known[name].unlink()
        (home / "prepared").unlink(missing_ok=True)
    return _summary(manifest)


@contextmanager
def _workplace(home: Path) -> Iterator[Path]:
    """A folder to unpack in, on the home's own disk; one left by a restore that was killed goes."""
    folder = home / "restoring"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """One entry as a plain file of ours. Its name was found sound; owner and mode are not taken
    over, which ``extractall`` leaves out only from Python 3.11.4 on."""
    target = folder / member.name
    target.parent.mkdir(parents=True, exist_ok=True)
    source = archive.extractfile(member)
    assert source is not None, f"{member.name} is no file"
    with source, target.open("xb") as out:
        shutil.copyfileobj(source, out)


def _unpack(file: Path, folder: Path) -> dict[str, object]:
    """Unpack a backup that is whole: every entry of the manifest, as it was, and no other."""
    try:
        with tarfile.open(file, "r:") as archive:
            members = archive.getmembers()
            names = [member.name for member in members]
            if len(set(names)) < len(names) or not all(map(_is_entry, members)):
                raise Faulty([_damaged(file, "its list of contents is not one of ours")])
            for member in members:
                _extract(archive, member, folder)
        manifest = json.loads((folder / MANIFEST).read_bytes())
        if manifest["format"] != FORMAT:
            raise Faulty([_damaged(file, f"format {manifest['format']}")])
        entries = manifest["entries"]
        for name in sorted(entries.keys() ^ (set(names) - {MANIFEST})):
            raise Faulty([_damaged(file, name)])
        for name, told in entries.items():
            if told["sha256"] != _hash_of(folder / name):
                raise Faulty([_damaged(file, name)])
    except (tarfile.TarError, EOFError, KeyError, TypeError, AttributeError, ValueError) as error:
        if isinstance(error, Faulty):
            raise
        raise Faulty([_damaged(file, str(error))]) from error
    return manifest


def _is_entry(member: tarfile.TarInfo) -> bool:
    path = PurePosixPath(member.name)
    is_known = member.name in (MANIFEST, DUMP) or path.parts[0] in FOLDERS
    is_plain = ".." not in path.parts and str(path) == member.name
    return member.isreg() and is_known and is_plain


def _refuse_unless_free(address: str, *, replace: bool) -> None:
    with connect(address) as connection:
        others = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        ).fetchone()
        tables = _tables(connection)
    if others and others[0]:
        raise Faulty([_in_use(others[0])])
    if tables and not replace:
        raise Faulty([_not_empty(tables)])


def _tables(connection: psycopg.Connection[tuple[Any, ...]]) -> int:
    found = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
    return found.fetchone()[0]


def _exchange_database(folder: Path, address: str) -> None:
    """One transaction: what is there goes, what the dump holds comes."""
    script = folder / "restore.sql"
    _run("pg_restore", "", "--no-owner", "--no-acl", f"--file={script}", str(folder / DUMP))
    begin = folder / "begin.sql"
    begin.write_text("DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n", encoding="utf-8")
    _run(
        "psql", address, "--single-transaction", "--quiet", "--no-psqlrc",
        "--set=ON_ERROR_STOP=1", "--output=/dev/null", f"--file={begin}", f"--file={script}",
    )  # fmt: skip


def _put_files(source: Path, home: Path, names: Collection[str]) -> list[Path]:
    """Move each file to its place in the home; these places."""
    put = []
    for name in sorted(names):
        target = home / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (source / name).replace(target)
        put.append(target)
    return put


# --- PostgreSQL


@contextmanager
def _database(home: Path, url: str) -> Iterator[str]:
    """The address of the database; the embedded one is left as it was found: running or not.

    An office that was started meanwhile keeps it.
    """
    if url:
        yield url
        return
    was_running = bool(embedded.address(home))
    try:
        yield embedded.start(home)
    finally:
        if not was_running and not running.is_served(home):
            embedded.stop(home)


def _run(program: str, address: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs. The password goes by the environment, which none can read."""
    environment = dict(os.environ)
    words = [str(_folder_of_programs() / program), *arguments]
    if address:
        environment["PGPASSWORD"] = urlsplit(address).password or ""
        words.append(f"--dbname={_without_password(address)}")
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Faulty([_program_failed(program, done.stderr.strip())])


def _without_password(address: str) -> str:
    """
    >>> _without_password("postgresql://li:geheim@db.example.org:5432/office?sslmode=require")
    'postgresql://li@db.example.org:5432/office?sslmode=require'
    """
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=re.sub(r":[^:@]*@", "@", parts.netloc, count=1)))


def _folder_of_programs() -> Path:
    """Those of the wheel, which understand every server up to their own version; else PATH's."""
    try:
        return embedded.programs()
    except ImportError:
        found = shutil.which("pg_dump")
        if not found:
            raise Faulty([_no_programs()]) from None
        return Path(found).parent


# --- words


def _hash_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _summary(manifest: Mapping[str, object]) -> Backup:
    entries = manifest["entries"]
    return Backup(
        tagged(canonical(manifest)),
        manifest["taken_at"],
        len(entries) - 1,
        sum(one["size"] for one in entries.values()),
    )


def _is_there(file: Path) -> Fault:
    return Fault(
        "file-exists",
        Text("已有同名文件", "there is such a file already"),
        Text("请另起文件名", "give another name"),
        Where(file=str(file)),
    )


def _no_office(home: Path) -> Fault:
    return Fault(
        "no-office",
        Text("这里没有系统的数据", "no office keeps anything here"),
        Text("请核对 --home 或 DATABASE_URL", "check --home, or DATABASE_URL"),
        Where(file=str(home)),
    )


def _damaged(file: Path, what: str) -> Fault:
    return Fault(
        "backup-damaged",
        Text(
            f"备份已损坏，或者不是本系统的备份（{what}）", f"damaged, or no backup of ours ({what})"
        ),
        Text("未作任何改动；请用另一份备份", "nothing was changed; take another backup"),
        Where(file=str(file)),
    )


def _in_use(others: int) -> Fault:
    return Fault(
        "database-in-use",
        Text(f"数据库正被使用（{others}个连接）", f"the database is in use ({others} connections)"),
        Text("请先停止系统", "stop the office first"),
    )


def _not_empty(tables: int) -> Fault:
    return Fault(
        "database-not-empty",
        Text(f"数据库不是空的（{tables}张表）", f"the database is not empty ({tables} tables)"),
        Text("确要覆盖，请加 --replace", "to give up what is there, add --replace"),
    )


def _program_failed(program: str, said: str) -> Fault:
    return Fault(
        "postgresql-failed",
        Text(f"{program} 失败：{said}", f"{program} failed: {said}"),
        Text("未作任何改动", "nothing was changed"),
    )


def _no_programs() -> Fault:
    return Fault(
        "no-postgresql-programs",
        Text("找不到 pg_dump", "pg_dump was not found"),
        Text("请安装 PostgreSQL 客户端", "install PostgreSQL's client programs"),
    )
