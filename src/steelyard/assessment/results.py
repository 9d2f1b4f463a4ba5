"""What weighings gave, its very bytes and the papers that people read: kept once by its hash in the office's
home, apart from files that people send."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from django.conf import settings

from steelyard.files.store import Store

if TYPE_CHECKING:
    from steelyard.weighing.result import Result

_MOST_BYTES = 500_000_000
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def _store() -> Store:
    return Store(settings.ENVIRONMENT.home / "weighings")


def keep(content: bytes) -> str:
    """The hash under which it lies. Kept before, it is the same.

    Raises:
        OSError: the disk did not take it.
    """
    with _store().receive(io.BytesIO(content), _MOST_BYTES) as incoming:
        _store().place(incoming)
        return incoming.tagged


def content_of(tagged: str) -> bytes:
    """
    Raises:
        Missing, Changed: it is not there as it was kept.
    """
    return _store().read(tagged)


def keep_result(result: Result) -> str:
    """The hash under which result.json lies."""
    from steelyard.weighing.document import result_bytes

    return keep(result_bytes(result))


def keep_papers(result: Result) -> dict[str, str]:
    """File → the hash under which it lies."""
    return {name: keep(content) for name, content in _papers(result)}


def _papers(result: Result) -> Iterator[tuple[str, bytes]]:
    """The report and the workbook in both languages, and all of it in one archive each."""
    from steelyard.papers.write import papers

    for lang in ("zh", "en"):
        written = papers(result, lang)
        yield f"report-{lang}.html", written["report.html"]
        yield f"result-{lang}.xlsx", written["result.xlsx"]
        yield f"papers-{lang}.zip", _archive(written)


def _archive(written: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for path, content in sorted(written.items()):
            package.writestr(zipfile.ZipInfo(path, _NO_TIME), content)
    return target.getvalue()
