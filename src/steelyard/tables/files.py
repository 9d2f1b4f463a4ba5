"""Which files are sheets, and may this one be read? The first step: a path becomes bytes.

A file that cannot be read is refused here with what to do about it, before its content is looked
at: it is missing, a folder, of another kind, empty, or too large.
"""

from __future__ import annotations

import os
from pathlib import Path

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where

MEBIBYTE = 1024 * 1024
SIZE_LIMIT = 50 * MEBIBYTE
"""Bytes. Every city's records of a year are well below a tenth of it."""

READ = (".csv", ".tsv", ".xlsx", ".xlsm", ".parquet")
"""The extensions that are read, in the order that messages give them."""

SAVE_AS_XLSX = (".xls", ".xlsb", ".et", ".ods", ".numbers")
"""Sheets that are not read. Old Excel (.xls) among them: its reader takes #REF! for blank."""


def find_tables(directory: str | os.PathLike[str]) -> list[Path]:
    """The sheets in a folder, by name; not in its subfolders.

    Hidden files and the lock files of Excel (``~$…``) are passed over. A sheet of a kind that is
    not read is listed, so that reading it says so: it must not be left out in silence.

    Raises:
        Faulty: there is no such folder.
    """
    folder = Path(directory)
    if not folder.is_dir():
        raise Faulty([_no_folder(folder)])
    return sorted(path for path in folder.iterdir() if _is_table(path))


def _is_table(path: Path) -> bool:
    is_hidden = path.name.startswith((".", "~$"))
    return not is_hidden and path.suffix.lower() in READ + SAVE_AS_XLSX and path.is_file()


def content_of(path: Path, file: str, size_limit: int) -> bytes:
    """The bytes of the file at ``path``, which its sender calls ``file``.

    Raises:
        Faulty: it is missing, no file, of an unknown kind, unreadable, too large or empty.
    """
    try:
        fault = _unfit(path, file) or _unknown_kind(file)
        if fault:
            raise Faulty([fault])
        content = _up_to(path, file, size_limit)
    except OSError as error:
        raise Faulty([_unreadable(file, error)]) from error
    if not content:
        raise Faulty([empty_file(file)])
    return content


def _up_to(path: Path, file: str, size_limit: int) -> bytes:
    size = path.stat().st_size
    if size > size_limit:
        raise Faulty([_too_large(file, size, size_limit)])
    with path.open("rb") as source:
        content = source.read(size_limit + 1)
    if len(content) > size_limit:  # it grew since it was measured
        raise Faulty([_too_large(file, len(content), size_limit)])
    return content


def _unfit(path: Path, file: str) -> Fault | None:
    if path.is_file():
        return None
    if path.is_dir():
        return Fault(
            "not-a-file",
            Text("这是文件夹，不是文件", "this is a folder, not a file"),
            Text("请指明文件夹中的一个表格文件", "name one sheet in it"),
            Where(file=file),
        )
    if path.exists():
        return Fault(
            "not-a-file",
            Text("这不是普通文件", "this is not an ordinary file"),
            Text("请先另存为普通文件", "save it as an ordinary file first"),
            Where(file=file),
        )
    return Fault(
        "missing-file",
        Text("找不到文件", "there is no such file"),
        Text("请核对文件名和所在文件夹", "check its name and folder"),
        Where(file=file),
    )


def _unknown_kind(file: str) -> Fault | None:
    suffix = Path(file).suffix.lower()
    if suffix in READ:
        return None
    listed = " ".join(READ)
    mend = Text(f"可读取：{listed}；请另存为其中一种", f"save it as one of {listed}")
    if suffix in SAVE_AS_XLSX:
        mend = Text(f"请另存为.xlsx（可读取：{listed}）", f"save it as .xlsx (read are {listed})")
    return Fault(
        "unknown-extension",
        Text(
            f"不读取扩展名为{suffix}的文件" if suffix else "文件没有扩展名",
            f"{suffix} files are not read" if suffix else "the file name has no extension",
        ),
        mend,
        Where(file=file),
    )


def empty_file(file: str) -> Fault:
    return Fault(
        "empty-file",
        Text("文件是空的", "the file is empty"),
        Text("请重新导出：第一行为列标题，其下为数据", "export it again: headings, then data"),
        Where(file=file),
    )


def _too_large(file: str, size: int, limit: int) -> Fault:
    return Fault(
        "too-large",
        Text(
            f"文件大小为{in_mebibytes(size)}，超过上限{in_mebibytes(limit)}",
            f"the file has {in_mebibytes(size)}, above the limit of {in_mebibytes(limit)}",
        ),
        Text(
            "请只保留所需的列和行，或拆分成几个文件",
            "keep only the columns and rows that are needed, or split it",
        ),
        Where(file=file),
    )


def in_mebibytes(size: int) -> str:
    """
    >>> in_mebibytes(100 * 1024 * 1024), in_mebibytes(1500)
    ('100 MiB', '1,500 B')
    """
    if size < MEBIBYTE // 10:
        return f"{size:,} B"
    return f"{f'{size / MEBIBYTE:,.1f}'.removesuffix('.0')} MiB"


def _unreadable(file: str, error: OSError) -> Fault:
    reason = error.strerror or type(error).__name__
    return Fault(
        "unreadable-file",
        Text(f"文件打不开（{reason}）", f"the file cannot be opened ({reason})"),
        Text(
            "请核对权限，并关闭正在使用它的程序",
            "check the permissions and close what is using it",
        ),
        Where(file=file),
    )


def _no_folder(folder: Path) -> Fault:
    return Fault(
        "missing-folder",
        Text("找不到文件夹", "there is no such folder"),
        Text("请核对文件夹名", "check its name"),
        Where(file=folder.name),
    )
