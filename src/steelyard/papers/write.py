"""Write everything about a result into a folder: all of it, or nothing.

The files are first written beside the folder and then moved in. ``files.sha256`` lists them with
their hashes, for ``sha256sum --check`` and for the next run, which takes away what an earlier one
wrote and nobody changed. What it does not know it leaves alone.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.papers.words import Words
from steelyard.scheme.model import Unit
from steelyard.weighing.document import result_bytes
from steelyard.weighing.result import Result

MANIFEST = "files.sha256"


def write_papers(
    result: Result, out: Path, *, lang: Lang, tiles: Sequence[Unit] | None = None
) -> list[Path]:
    """Write ``result.json``, ``report.html``, ``result.xlsx``, ``pictures/`` and ``replay/``.

    Returns the files and folders at the top of ``out``. ``replay/`` is of points schemes only.

    Raises:
        Faulty: the folder cannot be written; it is then as it was.
    """
    found = papers(result, lang, tiles=tiles)
    found |= {MANIFEST: _manifest(found)}
    try:
        _put(found, out)
    except OSError as error:
        raise Faulty([_cannot_write(out, error)]) from error
    return [out / name for name in dict.fromkeys(path.partition("/")[0] for path in found)]


def papers(result: Result, lang: Lang, *, tiles: Sequence[Unit] | None = None) -> dict[str, bytes]:
    """Every file by its path inside the folder."""
    from steelyard.papers.package import package_files
    from steelyard.papers.report import report_html
    from steelyard.papers.workbook import workbook_bytes

    found = {
        "result.json": result_bytes(result),
        "report.html": report_html(result, lang, tiles=tiles).encode(),
        "result.xlsx": workbook_bytes(result, lang),
    }
    if result.scheme.family == "points":
        found |= {f"replay/{name}": content for name, content in package_files(result).items()}
    return found | dict(_pictures(result, lang, tiles))


def _pictures(
    result: Result, lang: Lang, tiles: Sequence[Unit] | None
) -> Iterator[tuple[str, bytes]]:
    from steelyard.papers.pictures import all_pictures

    for picture in all_pictures(result, Words.of(result, lang), tiles):
        yield f"pictures/{picture.file_name}", picture.alone().encode()


def _manifest(found: Mapping[str, bytes]) -> bytes:
    lines = [f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in found.items()]
    return "".join(sorted(lines, key=lambda line: line.partition("  ")[2])).encode()


def _put(found: Mapping[str, bytes], out: Path) -> None:
    """Write beside the folder, then move in; if that fails half-way, move everything back."""
    out.mkdir(parents=True, exist_ok=True)
    stale = [path for path in _unchanged_of_before(out) if path not in found]
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as beside:
        new, old = Path(beside, "new"), Path(beside, "old")
        for path, content in found.items():
            _place(new / path).write_bytes(content)
        moved: list[tuple[Path, Path]] = []
        try:
            for path in [*found, *stale]:
                if (out / path).exists():
                    _move(out / path, old / path, moved)
                if path in found:
                    _move(new / path, out / path, moved)
        except OSError:
            for source, target in reversed(moved):
                target.replace(source)
            raise
    for path in stale:
        _remove_if_empty((out / path).parent, out)


def _move(source: Path, target: Path, moved: list[tuple[Path, Path]]) -> None:
    source.replace(_place(target))
    moved.append((source, target))


def _place(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _remove_if_empty(folder: Path, out: Path) -> None:
    if folder != out and not any(folder.iterdir()):
        folder.rmdir()


def _unchanged_of_before(out: Path) -> list[str]:
    """What an earlier run wrote here, as far as it is still as it was written."""
    manifest = out / MANIFEST
    if not manifest.is_file():
        return []
    lines = manifest.read_text(encoding="utf-8", errors="replace").splitlines()
    listed = (line.split("  ", 1) for line in lines if "  " in line)
    return [path for digest, path in listed if _is_inside(path) and _is_still(out / path, digest)]


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and ".." not in parts and not PurePosixPath(path).is_absolute()


def _is_still(path: Path, digest: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def _cannot_write(out: Path, error: OSError) -> Fault:
    return Fault(
        "cannot-write",
        Text(f"无法写入文件夹：{error.strerror}", f"the folder cannot be written: {error.strerror}"),
        Text("请换一个文件夹，或关闭正在使用其中文件的程序",
             "name another folder, or close the program that has its files open"),
        Where(file=str(out)),
    )  # fmt: skip
