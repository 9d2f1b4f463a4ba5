"""No tracked file names a package index, a path of one machine or an index option."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.tracked_files import INDEX_HOSTS, ROOT, offences, tracked


def test_no_tracked_file_names_an_index_or_a_machine() -> None:
    assert list(offences(tracked(ROOT), ROOT)) == []


def test_scan_sees_the_project() -> None:
    names = {str(path.relative_to(ROOT)) for path in tracked(ROOT)}
    assert {"pyproject.toml", "Makefile", "src/steelyard/kernel/exact.py"} <= names


@pytest.mark.parametrize("host", [".".join(host) for host in INDEX_HOSTS])
def test_index_host_is_found_with_its_line(tmp_path: Path, host: str) -> None:
    (tmp_path / "a.txt").write_text(f"first\nsee https://{host}/numpy\n", encoding="utf-8")
    assert f"a.txt:2: names a package index: {host}" in set(offences(tracked(tmp_path), tmp_path))


@pytest.mark.parametrize(
    "planted",
    [
        "/".join(("", "work", "main")),
        "/".join(("", "home", "li", "steelyard")),
        "--index" + "-url",
        "https://mirror.example/" + "simple",
    ],
)
def test_other_forbidden_string_is_found(tmp_path: Path, planted: str) -> None:
    (tmp_path / "a.txt").write_text(f"see {planted} there", encoding="utf-8")
    assert len(list(offences(tracked(tmp_path), tmp_path))) == 1


@pytest.mark.parametrize(
    "innocent", ["https://example.cn/work/plan.html", "docs/work/plan.md", "no-emit-index-url"]
)
def test_innocent_string_passes(tmp_path: Path, innocent: str) -> None:
    (tmp_path / "a.txt").write_text(innocent, encoding="utf-8")
    assert list(offences(tracked(tmp_path), tmp_path)) == []
