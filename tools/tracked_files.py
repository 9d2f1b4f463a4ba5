"""Do the tracked files say anything that belongs to one machine or one package index?

``python -m tools.tracked_files`` lists each place, by file and line, and fails if there is one.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Written in pieces, so that this file passes its own scan.
INDEX_HOSTS = (
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("registry", "npmjs", "org"),
    ("conda", "anaconda", "org"),
    ("proxy", "golang", "org"),
)
FORBIDDEN = {
    "a package index": re.compile(
        "|".join(re.escape(".".join(host)) for host in INDEX_HOSTS)
        + r"|https?://[^\s\"'<>]+/simple\b"
    ),
    "an index option": re.compile(r"--(?:extra-)?index-url|--find[-]links|--trusted[-]host"),
    "a path of one machine": re.compile(
        r"(?<![\w.:/*-])/(?:work|root|opt|home/\w+|Users/\w+)/\w|[.][.]/shared/|file:///\w"
    ),
}
UNTRACKED = {".git", ".venv", "out", "build", "dist", "__pycache__"}


def tracked(root: Path) -> list[Path]:
    """The files that git tracks; in an unpacked archive, every file that is not made by a tool."""
    git = ["git", "-c", "safe.directory=*", "-C", str(root), "ls-files", "-z"]
    try:
        names = subprocess.run(git, capture_output=True, check=True).stdout.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):
        return sorted(path for path in root.rglob("*") if path.is_file() and _is_source(path, root))
    return [root / name for name in names if name and (root / name).is_file()]


def _is_source(path: Path, root: Path) -> bool:
    parts = path.relative_to(root).parts
    return not any(part in UNTRACKED or part.endswith("_cache") for part in parts)


def offences(paths: list[Path], root: Path) -> Iterator[str]:
    """One line for each forbidden string: where, what it is, and the string."""
    for path in paths:
        content = path.read_bytes()
        if b"\0" not in content:
            yield from _in_text(content.decode("utf-8", "replace"), path.relative_to(root))


def _in_text(text: str, name: Path) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), start=1):
        for kind, pattern in FORBIDDEN.items():
            for found in pattern.finditer(line):
                yield f"{name}:{number}: names {kind}: {found.group()}"


def main() -> int:
    found = list(offences(tracked(ROOT), ROOT))
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
