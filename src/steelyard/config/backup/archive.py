"""The file of a backup: written entry by entry, and unpacked only if it is whole."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from steelyard import __version__
from steelyard.config.backup.faults import damaged
from steelyard.config.kept import HashOf, NotKept
from steelyard.kernel.faults import Faulty
from steelyard.kernel.hashes import canonical, tagged

FORMAT = "steelyard-backup/1"
MANIFEST, DUMP = "manifest.json", "database.dump"
WITH_THE_DATABASE = ("files", "snapshots", "weighings")
"""What of the home the database tells of: what it does not know of goes with a restore."""
FOLDERS = (*WITH_THE_DATABASE, "publications", "prose", "keys")
"""What of the home belongs to the office's data. What was published, and a key, is never removed."""

Manifest = Mapping[str, Any]

_BLOCK = 1 << 20
_UNREADABLE = (tarfile.TarError, EOFError, KeyError, TypeError, AttributeError, ValueError)


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds; ``identifier`` is the hash of its manifest. ``not_kept``: what its database tells of,
    and is missing in it or changed."""

    identifier: str
    taken_at: str
    files: int
    size: int
    not_kept: tuple[NotKept, ...] = ()


def kept(home: Path) -> dict[str, Path]:
    """Every file that belongs to the data, under its name in the archive."""
    found = (path for folder in FOLDERS for path in sorted(_files_in(home / folder)))
    return {
        path.relative_to(home).as_posix(): path
        for path in found
        if path.is_file() and not path.is_symlink()
    }


def _files_in(folder: Path) -> Iterator[Path]:
    """A folder that goes while others are read, as one does in which a snapshot is being frozen, is passed
    over; one that cannot be read is not."""

    def unless_gone(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            raise error

    for at, _, names in os.walk(folder, onerror=unless_gone):
        yield from (Path(at) / name for name in names)


def is_told_of(name: str) -> bool:
    """Whether the database tells of a file."""
    return PurePosixPath(name).parts[0] in WITH_THE_DATABASE


def write(half: Path, entries: Mapping[str, Path], now: datetime) -> Manifest:
    """Write the archive, for its owner's eyes alone: it holds passwords' hashes and keys."""
    half.touch(mode=0o600)
    with tarfile.open(half, "w", format=tarfile.PAX_FORMAT) as archive:
        manifest = {
            "format": FORMAT,
            "taken_at": now.isoformat(timespec="seconds"),
            "steelyard": __version__,
            "entries": _add_all(archive, entries),
        }
        _add_manifest(archive, manifest, half)
    with half.open("rb") as written:
        os.fsync(written.fileno())
    return manifest


def _add_all(archive: tarfile.TarFile, entries: Mapping[str, Path]) -> dict[str, object]:
    told = {}
    for name, path in entries.items():
        try:
            told[name] = _add(archive, path, name)
        except FileNotFoundError:  # swept up since it was listed
            continue
    return told


def _add(archive: tarfile.TarFile, path: Path, name: str) -> dict[str, object]:
    """Add one file; the hash is of the very bytes that were added."""
    with path.open("rb") as file:
        info = archive.gettarinfo(name, name, file)
        read = _Hashed(file)
        archive.addfile(info, read)
    return {"sha256": read.digest.hexdigest(), "size": info.size}


def _add_manifest(archive: tarfile.TarFile, manifest: Manifest, half: Path) -> None:
    text = half.with_name(f"{half.name}.{MANIFEST}")
    text.write_bytes(canonical(manifest))
    archive.add(text, MANIFEST)
    text.unlink()


class _Hashed:
    """A file that is hashed as it is read."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.file.read(size)
        self.digest.update(block)
        return block


def unpack(file: Path, folder: Path) -> Manifest:
    """Unpack a backup that is whole: every entry of the manifest, as it was, and no other.

    Raises:
        Faulty: it is not.
    """
    try:
        names = _extract_all(file, folder)
        manifest = json.loads((folder / MANIFEST).read_bytes())
        wrong = _not_as_told(manifest, names, folder)
    except _UNREADABLE as error:
        raise Faulty([damaged(file, str(error))]) from error
    if wrong:
        raise Faulty([damaged(file, wrong)])
    return manifest


def _extract_all(file: Path, folder: Path) -> list[str]:
    """Its entries' names, each found sound before any is extracted."""
    with tarfile.open(file, "r:") as archive:
        members = archive.getmembers()
        names = [member.name for member in members]
        if len(set(names)) < len(names) or not all(map(_is_entry, members)):
            raise ValueError("its list of contents is not one of ours")
        for member in members:
            _extract(archive, member, folder)
    return names


def _not_as_told(manifest: Manifest, names: list[str], folder: Path) -> str:
    """The first thing that is not as the manifest says, "" if all is."""
    if manifest["format"] != FORMAT:
        return f"format {manifest['format']}"
    entries = manifest["entries"]
    odd = sorted(entries.keys() ^ (set(names) - {MANIFEST}))
    altered = (name for name in entries if entries[name]["sha256"] != _hash_of(folder / name))
    return odd[0] if odd else next(altered, "")


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """One entry as a plain file of ours. Its name was found sound; owner and mode are not taken
    over, which ``extractall`` leaves out only from Python 3.11.4 on."""
    target = folder / member.name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch(0o600 if member.name.startswith("keys/") else 0o666, exist_ok=False)
    source = archive.extractfile(member)
    assert source is not None, f"{member.name} is no file"
    with source, target.open("wb") as out:
        shutil.copyfileobj(source, out)


def _is_entry(member: tarfile.TarInfo) -> bool:
    path = PurePosixPath(member.name)
    is_known = member.name in (MANIFEST, DUMP) or path.parts[0] in FOLDERS
    is_plain = ".." not in path.parts and str(path) == member.name
    return member.isreg() and is_known and is_plain


def _hash_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


@contextmanager
def workplace(home: Path) -> Iterator[Path]:
    """A folder to unpack in, on the home's own disk; one left by a restore that was killed goes."""
    folder = home / "restoring"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def hash_in(manifest: Manifest) -> HashOf:
    """The hash of each entry, as it was added."""
    entries = manifest["entries"]
    return lambda name: f"sha256:{entries[name]['sha256']}" if name in entries else None


def summary(manifest: Manifest, not_kept: tuple[NotKept, ...]) -> Backup:
    entries = manifest["entries"]
    return Backup(
        tagged(canonical(manifest)),
        manifest["taken_at"],
        len(entries) - 1,
        sum(one["size"] for one in entries.values()),
        not_kept,
    )
