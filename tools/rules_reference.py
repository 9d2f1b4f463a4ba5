"""Makes docs/reference/rules.md: how each of the 67 known kinds of rule is said, with worked cases.

The cases are data (``examples/rule_kinds``), for people who know rules and not this code. The tests
weigh every one of them (``tests/examples/test_rule_kinds.py``); this page only shows them.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "examples" / "rule_kinds"

HEADER = """\
format = "steelyard-scheme/1"
code = "kind"
version = "1"
title = { zh = "计分规则示例", en = "A kind of rule" }
label = "sample"
family = "points"
period = { starts = 2021-01-01, ends = 2022-01-01 }
"""


@dataclass(frozen=True, slots=True)
class Expected:
    """What one unit gets on one item (or its total, grade, rank), and the arithmetic in words."""

    unit: str
    item: str
    points: str
    because: str
    stage: str = "final"
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """One real rule: where it was met, how it is said, values, and what they lead to."""

    met_in: str
    scheme: str
    values: str
    expected: tuple[Expected, ...]
    doubt: str = ""
    lists: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    number: int
    zh: str
    en: str
    said_with: tuple[str, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """A few words of the format that belong together, and what they are for."""

    name: str
    meaning: str
    words: frozenset[str]


def _family(name: str, meaning: str, words: str) -> Family:
    return Family(name, meaning, frozenset(words.split()))


FAMILIES = (
    _family("`points`, `when`", "a formula; only if a condition holds", "points when and x max( ceil("),
    _family("`ladder`, `table`, `matrix`", "the step, row or cell that holds a value", "ladder table matrix"),
    _family("`add`, `deduct`", "so much for each step of so much", "add deduct per count at_most"),
    _family("`proportion`", "in proportion up to a target", "proportion"),
    _family("`best`, `at_least(…)`", "the better of several; so many of several", "best at_least("),
    _family("`for_each`, `sum_of(…)`", "row by row of a list", "for_each where once_per sum_of("),
    _family("`times`", "halved, doubled, divided", "times"),
    _family("`zero_if`, `full_if`", "what overrides an item", "zero_if full_if"),
    _family("`cap`, `floor`", "the bounds of an item", "cap floor"),
    _family("`kind`", "bonus and deduction, beside the full marks", "bonus deduction"),
    _family("`last(…)`, `mean_of_last(…)`, `growth(…)`", "against earlier periods", "last( mean_of_last( growth("),
    _family("`all_…(…)`", "against the other units", "all_mean( all_total( all_max( all_rank("),
    _family("`score(…)`, `rule` of a group", "from the points of other items", "score( rule"),
    _family("`combine`, `weight`, `adjust`", "how a group joins its items", "parent combine weight adjust"),
    _family("`applies_to`, `not_applicable_if`", "whom an item is not for", "applies_to not_applicable_if"),
    _family("`not_applicable`", "what an item that does not apply leads to", "not_applicable"),
    _family(
        "`on`", "missing, no base, without material, unreliable",
        "missing no_base no_material unreliable zero mean_of_others",
    ),
    _family(
        "`[[grades]]`", "cut-offs, edges, floors, conditions",
        "grades at_least above floors requires",
    ),
    _family("`[[vetoes]]`", "what overrules the total or the grade", "vetoes grade score best_grade"),
    _family("`[groups]`", "who is compared with whom", "group groups"),
    _family("`[[figures]]`, `[[quantities]]`", "dated numbers, named quantities", "figures dated quantities"),
    _family("`[[inputs]]`", "what a value may be", "most"),
    _family("`stage`", "self-score, audited, final", "stage"),
)  # fmt: skip


def read_chapters(folder: Path = FOLDER) -> dict[str, tuple[Kind, ...]]:
    """The kinds of every file of the folder, under the file's name in words."""
    return {
        path.stem.partition("_")[2].replace("_", " ").capitalize(): _read(path)
        for path in sorted(folder.glob("*.toml"))
    }


def _read(path: Path) -> tuple[Kind, ...]:
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(_kind(one) for one in document["kinds"])


def _kind(one: Mapping[str, Any]) -> Kind:
    title = one["title"]
    examples = tuple(_example(example) for example in one["examples"])
    return Kind(one["number"], title["zh"], title["en"], tuple(one["said_with"]), examples)


def _example(one: Mapping[str, Any]) -> Example:
    known = {"met_in", "scheme", "values", "expected", "doubt", "lists"}
    if strange := set(one) - known:
        raise ValueError(f"{one['met_in']}: unknown keys {sorted(strange)}")
    expected = tuple(_expected(row) for row in one["expected"])
    return Example(
        one["met_in"],
        one["scheme"],
        one["values"],
        expected,
        one.get("doubt", ""),
        one.get("lists"),
    )


def _expected(row: Mapping[str, Any]) -> Expected:
    return Expected(
        row["unit"], row["item"], str(row["is"]), row["because"],
        row.get("stage", "final"), row.get("year"),
    )  # fmt: skip


# --- the page ---------------------------------------------------------------------------------

HEAD = """\
# How each known kind of rule is said

Sixty-seven kinds of rule were met in real schemes. Here is each with the place where it was met, how it
is said in the [format of a scheme](../guides/write_a_scheme.md), and a case worked in words. This page is made from
[`examples/rule_kinds`](../../examples/rule_kinds/README.md); the tests weigh every case in it.

A fragment is a whole scheme once this stands before it (the units are those of the values):

```toml
{header}```

Where we doubt how the source means its words, the case says so. Whole schemes from which most of
these rules come are in [`examples`](../../examples/README.md).
"""


def page() -> str:
    """The text of docs/reference/rules.md."""
    chapters = read_chapters()
    kinds = [kind for chapter in chapters.values() for kind in chapter]
    front = [HEAD.format(header=HEADER), _families(kinds), _contents(chapters)]
    return "\n".join([*front, *_chapters(chapters)])


def _families(kinds: Sequence[Kind]) -> str:
    rows = [
        (family.name, family.meaning, ", ".join(_link(kind) for kind in _said_by(family, kinds)))
        for family in FAMILIES
    ]
    return "## The few parts\n\n" + table(("said with", "for", "kinds"), rows)


def _said_by(family: Family, kinds: Sequence[Kind]) -> list[Kind]:
    return [kind for kind in kinds if family.words & set(kind.said_with)]


def _link(kind: Kind) -> str:
    return f"[{kind.number}](#kind-{kind.number})"


def _contents(chapters: Mapping[str, tuple[Kind, ...]]) -> str:
    rows = [(_link(kind), kind.en, kind.zh) for kinds in chapters.values() for kind in kinds]
    return "## The kinds\n\n" + table(("", "kind", "规则"), rows)


def _chapters(chapters: Mapping[str, tuple[Kind, ...]]) -> Iterable[str]:
    for title, kinds in chapters.items():
        yield f"## {title}\n"
        yield from (_one(kind) for kind in kinds)


def _one(kind: Kind) -> str:
    head = f'<a id="kind-{kind.number}"></a>\n\n### {kind.number}. {kind.en} {kind.zh}\n\n'
    return head + "\n".join(_shown(example) for example in kind.examples)


def _shown(example: Example) -> str:
    doubt = f"*In doubt:* {example.doubt}\n\n" if example.doubt else ""
    values = csv_table(example.values)
    lists = "".join(
        f"The list `{name}`:\n\n{csv_table(text)}\n" for name, text in (example.lists or {}).items()
    )
    return (
        f"{example.met_in}.\n\n{doubt}```toml\n{example.scheme.strip()}\n```\n\n"
        f"{values}\n{lists}{_results(example.expected)}"
    )


def _results(expected: Sequence[Expected]) -> str:
    rows = [(row.unit, _asked(row), row.points, row.because) for row in expected]
    return table(("unit", "item", "gets", "because"), rows)


def _asked(row: Expected) -> str:
    beside = [str(row.year)] if row.year else []
    beside += [] if row.stage == "final" else [f"stage {row.stage}"]
    return f"{row.item} ({', '.join(beside)})" if beside else row.item


def csv_table(text: str) -> str:
    """A CSV text as a Markdown table."""
    head, *rows = csv.reader(text.strip().splitlines())
    return table(head, rows)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table.

    >>> print(table(("a", "b"), [("1", "x|y")]), end="")
    | a | b |
    |---|---|
    | 1 | x\\|y |
    """
    lines = [_line(head), "|" + "---|" * len(head), *(_line(row) for row in rows)]
    return "\n".join(lines) + "\n"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
