"""Is the office prepared already? Asked without Django, so that a second start is quick.

The stamp in the home says for which code, and for which migrations applied, the last start
prepared it. While both are as they were there is nothing to migrate, collect or load.
"""

from __future__ import annotations

import hashlib
from importlib import metadata
from pathlib import Path

from steelyard.config.database.address import connect

SOURCE = Path(__file__).resolve().parents[2]
_PACKAGES = (
    "django", "django-allauth", "django-htmx", "django-ninja", "django-pgtrigger", "procrastinate",
    "wagtail",
)  # fmt: skip
_WATCHED = ("migrations", "static", "templates", "locale")
_FILES = (
    "config/settings.py", "config/demo.py", "config/serving/prepare.py", "people/rules/roles.py",
    "website/prose/demo.py",
)  # fmt: skip


def is_prepared(home: Path, url: str) -> bool:
    path = home / "prepared"
    applied = applied_migrations(url)
    return bool(applied) and path.exists() and path.read_text() == f"{code_stamp()} {applied}"


def set_stamp(home: Path, url: str) -> None:
    (home / "prepared").write_text(f"{code_stamp()} {applied_migrations(url)}")


def code_stamp() -> str:
    """A hash of all that preparing depends on: versions, and size and time of each file."""
    told = [f"{name} {_version(name)}" for name in _PACKAGES]
    levels = ("*", "*/*")
    folders = [at for name in _WATCHED for level in levels for at in SOURCE.glob(f"{level}/{name}")]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix != ".pyc"]
    files += [SOURCE / name for name in _FILES]
    files += (SOURCE / "trail").glob("*.*")  # its function and triggers are put there by `migrate`
    files += (SOURCE / "regions" / "guangdong").glob("*.*")
    for path in sorted(files):
        if path.is_file():
            stat = path.stat()
            told.append(f"{path.relative_to(SOURCE)} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def applied_migrations(url: str) -> str:
    """A hash of what the database says was applied to it, "" if nothing was."""
    with connect(url) as connection:
        found = connection.execute("SELECT to_regclass('django_migrations')").fetchone()
        if found is None or found[0] is None:
            return ""
        rows = connection.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2")
        return hashlib.sha256(repr(rows.fetchall()).encode()).hexdigest()


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
