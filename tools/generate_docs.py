"""Writes the pages of docs/ that are made from the code, or says which are out of date.

To add a page, write a function that returns its text and put it in ``PAGES``. The same code must
give the same text on any machine, so a page of measurements does not belong here.

``python -m tools.generate_docs`` writes; ``--check`` writes nothing and fails if a page is stale.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from steelyard.courts.desk.answers import JSON_SCHEMA as COURT_ANSWER_SCHEMA
from steelyard.publication.json_schema import ASSESSMENT_JSON_SCHEMA
from steelyard.scheme.json_schema import SCHEME_JSON_SCHEMA
from tools import (
    api_reference,
    assessment_reference,
    deliveries_reference,
    index_reference,
    jurisdiction_reference,
    paper_fields,
    rules_reference,
    tables_reference,
    tallies_reference,
)

ROOT = Path(__file__).resolve().parent.parent


DECISIONS_HEAD = "# Decisions\n\nWhy things are as they are: context, decision, consequences.\n\n"


def decisions() -> str:
    """The list of decisions, from the first line of each."""
    paths = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
    return DECISIONS_HEAD + "".join(f"- [{_title(path)}]({path.name})\n" for path in paths)


def scheme_schema() -> str:
    """The JSON Schema of a scheme, as ``steelyard scheme schema`` prints it."""
    return json.dumps(SCHEME_JSON_SCHEMA, ensure_ascii=False, indent=1) + "\n"


def court_answer_schema() -> str:
    """The JSON Schema of what ``steelyard court … --json`` prints."""
    return json.dumps(COURT_ANSWER_SCHEMA, ensure_ascii=False, indent=1) + "\n"


def assessment_schema() -> str:
    """The JSON Schema of a published ``assessment.json``, as every package of one carries it."""
    return json.dumps(ASSESSMENT_JSON_SCHEMA, ensure_ascii=False, indent=1) + "\n"


def _title(path: Path) -> str:
    return path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")


PAGES: Mapping[str, Callable[[], str]] = {
    "docs/decisions/README.md": decisions,
    "docs/reference/scheme.schema.json": scheme_schema,
    "docs/reference/court_answer.schema.json": court_answer_schema,
    "docs/reference/openapi.json": api_reference.document,
    "docs/reference/assessment.schema.json": assessment_schema,
    "docs/reference/rules.md": rules_reference.page,
    "docs/reference/index_methods.md": index_reference.page,
    "docs/reference/tables.md": tables_reference.page,
    "docs/reference/tallies.md": tallies_reference.page,
    "docs/reference/deliveries.md": deliveries_reference.page,
    "docs/reference/assessment_states.md": assessment_reference.page,
    "docs/reference/paper_fields.md": paper_fields.page,
    "docs/reference/jurisdiction.md": partial(jurisdiction_reference.page, "en"),
    "docs/reference/jurisdiction.zh.md": partial(jurisdiction_reference.page, "zh"),
}


def stale(pages: Mapping[str, Callable[[], str]], root: Path) -> list[str]:
    """The pages that are missing or differ from what the code would write now."""
    return [name for name, page in pages.items() if _standing(root / name) != page()]


def _standing(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def write(pages: Mapping[str, Callable[[], str]], root: Path) -> None:
    for name in stale(pages, root):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(pages[name](), encoding="utf-8")
        print(f"wrote {name}")


def main(words: list[str]) -> int:
    if words != ["--check"]:
        write(PAGES, ROOT)
        return 0
    found = stale(PAGES, ROOT)
    for name in found:
        print(f"{name} is out of date; run: make docs")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
