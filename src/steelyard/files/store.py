"""Where do the bytes lie, and what is sure of them? One file a content, under its hash.

Content arrives in ``incoming/`` under a name of its own, is brought to the disk, and only then
renamed to ``ab/cd/<hash>``: under its final name a file is whole or not there. The row comes after.
Whoever is killed in between leaves a file without a row, which :mod:`steelyard.files.sweep` finds.

What is read is held to its hash before the first byte is given out: a disk may lose a file or alter it, and
nobody is given other bytes than those that were filed.

Files have no right to be executed, and their names carry no ending.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault
from steelyard.kernel.refusals import Refusal

BLOCK = 1 << 20


class TooLarge(Exception):
    """More came than may be kept; ``most`` in bytes."""

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(f"more than {most} bytes came")


class CutOff(OSError):
    """What was written is not what came: the disk took less than it was given."""


class NotAsKept(Exception):
    """What lies in the store is not what was kept there. Neither the person nor what they asked for is at
    fault: it is told as it is, and to the administrator."""

    code: str
    what: Text
    MEND = Text(
        "请告知系统管理员从备份恢复，或重新上传同一文件",
        "tell the administrator, who restores it from a backup, or send the very same file again",
    )

    def __init__(self, tagged: str) -> None:
        self.tagged = tagged
        super().__init__(f"{self.code}: {tagged}")

    @property
    def fault(self) -> Fault:
        what = Text(f"{self.what.zh}（{self.tagged}）", f"{self.what.en} ({self.tagged})")
        return Fault(self.code, what, self.MEND)

    @property
    def refusal(self) -> Refusal:
        return Refusal(self.code, self.fault.what)


class Missing(NotAsKept):
    code = "content_missing"
    what = Text("已登记的文件内容丢失", "the content that was filed is missing")


class Changed(NotAsKept):
    code = "content_changed"
    what = Text(
        "文件内容与登记的哈希值不符，已不是当初提交的内容",
        "the content no longer has the hash that was filed: it is not what was sent",
    )


@dataclass(frozen=True, slots=True)
class Incoming:
    """Content that is on the disk and not yet under its hash."""

    path: Path
    sha256: str
    size: int

    @property
    def tagged(self) -> str:
        return f"sha256:{self.sha256}"


@dataclass(frozen=True, slots=True)
class Store:
    folder: Path

    @contextmanager
    def receive(self, content: IO[bytes], most: int) -> Iterator[Incoming]:
        """Write content down under a name of its own; gone at the end unless it was placed.

        Raises:
            TooLarge: more than ``most`` bytes came; asked while reading, not told by the sender.
            OSError: the disk is full, or took less than it was given.
        """
        incoming = self.folder / "incoming"
        incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=incoming)
        path = Path(name)
        try:
            with os.fdopen(handle, "w+b") as out:
                sha256, size = _write(content, out, most)
                _bring_to_the_disk(out)
                if path.stat().st_size != size:
                    raise CutOff(f"{size} bytes came, {path.stat().st_size} lie on the disk")
            yield Incoming(path, sha256, size)
        finally:
            path.unlink(missing_ok=True)

    def place(self, incoming: Incoming) -> Path:
        """Give content its final name. What lies there already is the same; it is replaced whole."""
        path = self.path_of(incoming.tagged)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        incoming.path.replace(path)
        for folder in (path.parent, path.parent.parent, self.folder):
            _remember_names(folder)
        return path

    def path_of(self, tagged: str) -> Path:
        algorithm, _, name = tagged.partition(":")
        if algorithm != "sha256" or len(name) != 64 or not set(name) <= set("0123456789abcdef"):
            raise ValueError(f"not a tagged hash: {tagged}")
        return self.folder / name[:2] / name[2:4] / name

    def open(self, tagged: str) -> IO[bytes]:
        """
        Raises:
            Missing, Changed: what was kept is not there, or is not as it was.
        """
        try:
            found = self.path_of(tagged).open("rb")
        except FileNotFoundError:
            raise Missing(tagged) from None
        if _hash_of(found) != tagged:
            found.close()
            raise Changed(tagged)
        found.seek(0)
        return found

    def read(self, tagged: str) -> bytes:
        """
        Raises:
            Missing, Changed: what was kept is not there, or is not as it was.
        """
        with self.open(tagged) as found:
            return found.read()

    def kept(self) -> Iterator[tuple[str, Path]]:
        """All that lies under a final name: its tagged hash, and where."""
        for path in self.folder.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
            yield f"sha256:{path.name}", path

    def left_behind(self, before: float) -> list[Path]:
        """What came before a moment (seconds since 1970) and was never placed."""
        found = []
        for path in (self.folder / "incoming").glob("*"):
            with suppress(FileNotFoundError):  # placed, or given up, since its name was read
                if path.stat().st_mtime < before:
                    found.append(path)
        return found


def _write(content: IO[bytes], out: IO[bytes], most: int) -> tuple[str, int]:
    hashed, size = hashlib.sha256(), 0
    while block := content.read(BLOCK):
        size += len(block)
        if size > most:
            raise TooLarge(most)
        hashed.update(block)
        if out.write(block) != len(block):
            raise CutOff("the disk took less than it was given")
    return hashed.hexdigest(), size


def _hash_of(found: IO[bytes]) -> str:
    return f"sha256:{hashlib.file_digest(found, 'sha256').hexdigest()}"  # type: ignore[arg-type]


def _bring_to_the_disk(out: IO[bytes]) -> None:
    out.flush()
    os.fchmod(out.fileno(), 0o600)
    os.fsync(out.fileno())


def _remember_names(folder: Path) -> None:
    """A rename is on the disk when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
