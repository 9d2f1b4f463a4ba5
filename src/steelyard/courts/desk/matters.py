"""What must still be asked to tell the court? Only what could change the answer.

Whether a fact matters is asked of the table itself: it does where two values of it lead to
different rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from steelyard.courts.court_rules import CourtRules
from steelyard.courts.desk.facts import Facts
from steelyard.courts.rules.jurisdiction.causes import Cause
from steelyard.courts.rules.jurisdiction.levels import PARTIES, level_of
from steelyard.courts.rules.jurisdiction.places import ABROAD, Place
from steelyard.courts.rules.jurisdiction.setting import Level, Setting

LEVELS: tuple[Level, ...] = ("basic", "intermediate", "high")
GRANTS = frozenset(
    {"grant_patent", "grant_plant", "grant_ic", "grant_trademark", "compulsory_licence"}
)
"""Matters in which a department of the State Council acts, and no other body."""

SIGNS = frozenset({"trademark", "unfair_competition", "domain_name"})
"""Matters in which a well-known mark may have to be recognised."""


def causes_of(facts: Facts, rules: CourtRules) -> tuple[Cause, ...]:
    return tuple(rules.causes.find(code) for code in facts.several("cause"))


def place_of(facts: Facts, rules: CourtRules) -> Place:
    """The place that was answered, which may be abroad.

    Raises:
        KeyError: the place was not answered.
    """
    code = facts.text("place")
    return ABROAD if code == ABROAD.kind else rules.places.at(code)


def mark_may_decide(facts: Facts, rules: CourtRules) -> bool:
    """Whether it matters if a well-known mark must be recognised."""
    return any(one.track == "civil" and one.matter in SIGNS for one in causes_of(facts, rules))


def amount_may_decide(facts: Facts, rules: CourtRules) -> bool:
    """Whether two amounts could lead to different courts, or to different readings."""
    return any(_hangs_on_amount(one, rules) for one in _settings(facts, rules))


def parties_may_decide(facts: Facts, rules: CourtRules) -> bool:
    """Whether the amount lies where it matters where the parties live."""
    if facts.amount("amount") is None:
        return False
    return any(
        _hangs_on_amount(one, rules) and _hangs_on_parties(one, facts, rules)
        for one in _settings(facts, rules)
    )


def body_is_open(facts: Facts, rules: CourtRules) -> bool:
    """Whether it must be said whose act is sued over."""
    causes = [one for one in causes_of(facts, rules) if one.track == "administrative"]
    return any(one.matter not in GRANTS for one in causes)


def reviewer_matters(facts: Facts) -> bool:
    return facts.text("reconsidered") in {"changed", "silent"}


def _settings(facts: Facts, rules: CourtRules) -> Iterator[Setting]:
    """The civil claims as the table sees them, as far as they are known."""
    if not ("place" in facts and "filed" in facts):
        return
    for cause in causes_of(facts, rules):
        if cause.track == "civil":
            ordinary = cause.matter in rules.jurisdiction.table.groups["ordinary"]
            yield Setting(
                facts.day("filed"),
                cause.track,
                cause.matter,
                cause.relation,
                facts.yes("well_known") and ordinary,
                rules.jurisdiction.region.kind_of(place_of(facts, rules)),
            )


def _hangs_on_amount(setting: Setting, rules: CourtRules) -> bool:
    rows = [rules.jurisdiction.table.first_row(replace(setting, level=one)) for one in LEVELS]
    outcomes = {(row.court, row.readings) for row in rows}
    return len(outcomes) > 1 or "by_amount" in rows[0].readings


def _hangs_on_parties(setting: Setting, facts: Facts, rules: CourtRules) -> bool:
    region, table = rules.jurisdiction.region, rules.jurisdiction.table
    levels = {
        level_of(
            (*region.thresholds, *table.thresholds),
            amount=facts.amount("amount"),
            parties=parties,
            filed=setting.filed,
            place=setting.place,
            matter=setting.matter,
        ).level
        for parties in PARTIES
    }
    return len(levels) > 1
