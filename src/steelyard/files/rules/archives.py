"""Is this archive one that may be opened? Asked of its directory alone; nothing is unpacked.

The sizes in the directory bind: Python's ``zipfile`` reads no more of a member than is declared
there, and refuses members that overlap. So their sum is the most that can come out.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.tables.macros import has_macros

MOST_MEMBERS = 10_000
MOST_UNPACKED = 1 << 30
"""Bytes. A table of a million rows by twenty columns is about half of it."""
MOST_RATIO = 200
"""Unpacked to packed. XML of a sheet reaches some 30; a bomb 1,000."""
RATIO_FROM = 64 << 20
"""A small archive of blanks harms nobody: below this the ratio is not asked."""
WITHIN = (".zip", ".7z", ".rar", ".gz", ".bz2", ".xz", ".tar")


def not_too_many_members(archive: zipfile.ZipFile) -> Refusal | None:
    if len(archive.infolist()) <= MOST_MEMBERS:
        return None
    return _bomb(f"内含文件超过 {MOST_MEMBERS} 个", f"it holds more than {MOST_MEMBERS} files")


def not_too_large_unpacked(archive: zipfile.ZipFile) -> Refusal | None:
    if unpacked(archive) <= MOST_UNPACKED:
        return None
    return _bomb(
        f"解压后超过 {MOST_UNPACKED >> 20} MB", f"it unpacks to more than {MOST_UNPACKED >> 20} MB"
    )


def not_blown_up(archive: zipfile.ZipFile) -> Refusal | None:
    packed = sum(member.compress_size for member in archive.infolist())
    if unpacked(archive) < RATIO_FROM or unpacked(archive) <= MOST_RATIO * max(packed, 1):
        return None
    return _bomb(
        f"解压后是压缩前的 {MOST_RATIO} 倍以上",
        f"it unpacks to more than {MOST_RATIO} times its size",
    )


def no_archive_within(archive: zipfile.ZipFile) -> Refusal | None:
    found = [name for name in archive.namelist() if name.lower().endswith(WITHIN)]
    if not found:
        return None
    return Refusal(
        "archive_within_archive",
        Text(
            f"压缩包内还有压缩包（{found[0]}），请解开后上传",
            f"there is an archive within the archive ({found[0]}); unpack it and send what is in it",
        ),
    )


def not_locked(archive: zipfile.ZipFile) -> Refusal | None:
    if not any(member.flag_bits & 1 for member in archive.infolist()):
        return None
    return Refusal(
        "locked_archive",
        Text("压缩包加了密码，请去掉密码", "the archive is locked with a password; remove it"),
    )


def no_macros(archive: zipfile.ZipFile) -> Refusal | None:
    if not has_macros(archive):
        return None
    return Refusal(
        "macros",
        Text(
            "文件带有宏程序，请另存为不带宏的 .xlsx 或者 .docx",
            "the file carries macros; save it as .xlsx or .docx, without them",
        ),
    )


def no_way_out(archive: zipfile.ZipFile) -> Refusal | None:
    """A member named ``../x`` or ``/x`` would be unpacked elsewhere by a careless reader."""
    names = [name.replace("\\", "/") for name in archive.namelist()]
    if not any(
        name.startswith("/") or ".." in name.split("/") or ":" in name[:3] for name in names
    ):
        return None
    return Refusal(
        "path_out_of_archive",
        Text("压缩包内有指向外部的路径", "a path in the archive points out of it"),
    )


CHECKS: tuple[Callable[[zipfile.ZipFile], Refusal | None], ...] = (
    not_too_many_members,
    not_too_large_unpacked,
    not_blown_up,
    no_archive_within,
    not_locked,
    no_macros,
    no_way_out,
)
"""To add a reason against an archive, write a function and put it here."""


def against(archive: zipfile.ZipFile) -> tuple[Refusal, ...]:
    return tuple(refusal for check in CHECKS if (refusal := check(archive)))


def unpacked(archive: zipfile.ZipFile) -> int:
    return sum(member.file_size for member in archive.infolist())


def _bomb(zh: str, en: str) -> Refusal:
    return Refusal(
        "unpacks_too_large", Text(f"压缩包不予接收：{zh}", f"the archive is not taken: {en}")
    )
