"""Run a guide: every command in its fences, and what it quotes against what they print."""

from __future__ import annotations

import difflib
import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

GUIDES = Path(__file__).resolve().parents[2] / "docs" / "guides"
FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", flags=re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """One command of a guide and the lines that it is said to print."""

    command: str
    quoted: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        return shlex.split(self.command)[1:]


def steps(name: str) -> Iterator[Step]:
    """The lines ``$ steelyard …`` of a guide, in order; a line that ends in \\ goes on."""
    fences = FENCE.findall((GUIDES / name).read_text(encoding="utf-8"))
    for block in (block for kind, block in fences if not kind):
        for part in re.split(r"^\$ ", block.replace("\\\n", " "), flags=re.MULTILINE)[1:]:
            command, *quoted = part.splitlines()
            yield Step(command, tuple(line for line in quoted if line.strip()))


def not_said(step: Step, out: str) -> list[str]:
    """Quoted lines that the output lacks, each with the nearest that is there; … stands for the rest of a line."""
    lines = out.splitlines()
    lacking = [line for line in step.quoted if not any(_is_quoted(line, said) for said in lines)]
    return [f"{line} | {_nearest(line, lines)}" for line in lacking]


def _nearest(line: str, lines: list[str]) -> str:
    cut = {said[: len(line) + 20]: said for said in lines}
    return next((cut[one] for one in difflib.get_close_matches(line, cut, 1, 0)), "")


def _is_quoted(line: str, said: str) -> bool:
    if line.endswith("…"):
        return said.startswith(line.removesuffix("…").rstrip())
    return line.rstrip() == said.rstrip()


def wrong_lines(name: str, run: Callable[[Step], str]) -> list[str]:
    """Every quoted line of a guide that its command does not print."""
    return [line for step in steps(name) for line in not_said(step, run(step))]
