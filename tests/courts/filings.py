"""China's table of filing materials, and filings to start from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from steelyard.courts.rules.filing.answers import read_filing
from steelyard.courts.rules.filing.check import FilingCheck, check_filing
from steelyard.courts.rules.filing.fact import Answer, Fact
from steelyard.courts.rules.filing.filing import Filing
from steelyard.courts.rules.filing.filing_facts import FACTS
from steelyard.courts.rules.filing.material_rows import Materials, read_materials
from steelyard.regions import FILING_MATERIALS

CASES = Path(__file__).parent / "cases" / "filing"


@cache
def materials() -> Materials:
    return read_materials(FILING_MATERIALS.read_text("utf-8"), file=FILING_MATERIALS.name)


@cache
def facts_by_label() -> Mapping[str, Fact]:
    return {one.label.zh: one for one in (*FACTS, *materials().facts())}


@cache
def whole_filings() -> Mapping[str, dict[str, Answer]]:
    """The complete filings of ``complete.yaml``, by name; answers by the code of the fact."""
    written = yaml.safe_load((CASES / "complete.yaml").read_text("utf-8"))
    return {name: by_code(answers) for name, answers in written.items()}


def by_code(answers: Mapping[str, Any]) -> dict[str, Answer]:
    """Answers under the codes of facts, from answers under their Chinese labels."""
    return {facts_by_label()[label].code: answer for label, answer in answers.items()}


def filing(name: str, **changes: Answer) -> Filing:
    """A complete filing, changed: ``agent__number=3`` sets ``agent.number``."""
    changed = {code.replace("__", "."): answer for code, answer in changes.items()}
    return read_filing({**whole_filings()[name], **changed}, materials())


def check(filed: Filing, *, on: date = date(2024, 6, 3)) -> FilingCheck:
    return check_filing(filed, materials(), on=on)
