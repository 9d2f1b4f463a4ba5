"""What is kept of a result: its very bytes, and the papers that people read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping

from steelyard.assessment import results
from steelyard.weighing.result import Result

_NO_TIME = (1980, 1, 1, 0, 0, 0)


def kept(result: Result) -> str:
    """The hash under which result.json lies."""
    from steelyard.weighing.document import result_bytes

    return results.keep(result_bytes(result))


def kept_papers(result: Result) -> dict[str, str]:
    """File → the hash under which it lies."""
    return {name: results.keep(content) for name, content in _papers(result)}


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
