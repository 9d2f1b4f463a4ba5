"""Which court hears one claim first, and why none of the others?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from steelyard.courts.rules.jurisdiction.answers import Answer, Heard, LeftOpen, NotThis
from steelyard.courts.rules.jurisdiction.case import Case
from steelyard.courts.rules.jurisdiction.causes import Cause
from steelyard.courts.rules.jurisdiction.courts import Court, Region
from steelyard.courts.rules.jurisdiction.levels import UNCLAIMED, Leveled, Threshold, level_of
from steelyard.courts.rules.jurisdiction.rows import PERSON, FirstRow, Table
from steelyard.courts.rules.jurisdiction.setting import Body, Role, Setting, as_role
from steelyard.kernel.bilingual import Text

OF_TECHNICAL = ("special", "monopoly", "drug_patent")
NO_AMOUNT = Leveled("basic", Text(), ())


@dataclass(frozen=True)
class Rules:
    """The country's table and the region's courts."""

    table: Table
    region: Region

    @cached_property
    def thresholds(self) -> tuple[Threshold, ...]:
        """The region's and the country's."""
        return (*self.region.thresholds, *self.table.thresholds)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Every day on which an answer may change, earliest first."""
        spans = [(one.starts, one.ends) for one in self.thresholds]
        spans += [(one.starts, one.ends) for one in self.region.listed]
        days = {day for span in spans for day in span if day}
        days |= {*self.table.filing_days, *self.table.judgment_days}
        return tuple(sorted(days | self.table.citations.days()))

    @cached_property
    def amounts(self) -> tuple[Fraction, ...]:
        """Every amount at which an answer may change, in yuan, the least first."""
        return tuple(sorted({x for one in self.thresholds for x in (one.inside, one.outside)}))


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim as the table sees it, the row that answers it, and that answer."""

    cause: Cause
    setting: Setting
    row: FirstRow
    answer: Answer


def claim_of(rules: Rules, case: Case, cause: Cause, body: Body | None) -> Claim:
    """The answer for one claim of a case; ``body`` is the agency that counts as defendant."""
    leveled = _level(rules, case, cause)
    setting = Setting(
        case.filed,
        cause.track,
        cause.matter,
        cause.relation,
        case.well_known and cause.matter in rules.table.groups["ordinary"],
        rules.region.kind_of(case.place),
        leveled.level,
        body if cause.track == "administrative" else None,
    )
    row = rules.table.first_row(setting)
    return Claim(cause, setting, row, _answer(rules, case, setting, row, leveled))


def _level(rules: Rules, case: Case, cause: Cause) -> Leveled:
    if cause.track == "administrative":
        return NO_AMOUNT
    return level_of(
        rules.thresholds,
        amount=case.amount,
        parties=case.parties,
        filed=case.filed,
        place=rules.region.kind_of(case.place),
        matter=cause.matter,
    )


def _answer(rules: Rules, case: Case, setting: Setting, row: FirstRow, leveled: Leveled) -> Answer:
    hangs_on_amount = row.hangs_on_amount and bool(leveled.articles or leveled.level != "basic")
    why = (leveled.why, row.why) if hangs_on_amount else (row.why,)
    cited = (*row.articles, *leveled.articles) if hangs_on_amount else row.articles
    articles = rules.table.citations.cite_all(dict.fromkeys(cited), case.filed)
    if row.court == PERSON:
        return LeftOpen(row.code, why, articles, _readings(rules, case, setting, row))
    court = _court(rules, case, setting, as_role(row.court))
    return Heard(
        court,
        row.code,
        why,
        articles,
        _not_others(rules, case, setting, row, leveled),
        _notes(rules, case, setting, court),
        hangs_on_amount and leveled.sample,
    )


def _readings(rules: Rules, case: Case, setting: Setting, row: FirstRow) -> tuple[Court, ...]:
    roles = [role for name in row.readings for role in _reading(rules, setting, name)]
    return tuple(_court(rules, case, setting, role) for role in dict.fromkeys(roles))


def _court(rules: Rules, case: Case, setting: Setting, role: Role) -> Court:
    return rules.region.court(
        role, case.place, case.filed, track=setting.track, matter=setting.matter
    )


def _reading(rules: Rules, setting: Setting, name: str) -> list[Role]:
    """``by_amount``, ``by_body``: what an ordinary case of the same amount or agency would get."""
    if name not in {"by_amount", "by_body"}:
        return [as_role(name)]
    ordinary = replace(setting, matter="ip_other", relation="other", well_known=False)
    row = rules.table.first_row(ordinary)
    if row.court != PERSON:
        return [as_role(row.court)]
    return [role for one in row.readings for role in _reading(rules, ordinary, one)]


def _not_others(
    rules: Rules, case: Case, setting: Setting, row: FirstRow, leveled: Leveled
) -> tuple[NotThis, ...]:
    found = []
    for role in _expected(rules, setting):
        reason = _reason(rules, setting, row, role)
        if role == row.court or reason is None or rules.region.is_yet_to_open(role, case.filed):
            continue
        entry = rules.table.reasons[reason]
        why = leveled.why if not entry.articles and leveled is UNCLAIMED else entry.why
        cited = entry.articles or leveled.articles or row.articles
        articles = rules.table.citations.cite_all(cited, case.filed)
        found.append(NotThis(_court(rules, case, setting, role), why, articles))
    return tuple(found)


def _expected(rules: Rules, setting: Setting) -> tuple[Role, ...]:
    """The courts that one might have expected, from the lowest."""
    roles: list[Role] = ["basic", "intermediate"]
    if setting.place != "elsewhere":
        roles += ["ip_court"]
    if setting.track == "administrative" or setting.matter == "drug_patent":
        roles += ["beijing_ip_court"]
    roles += ["high"]
    if setting.matter in rules.table.members(OF_TECHNICAL):
        roles += ["tribunal"]
    return tuple(roles)


def _reason(rules: Rules, setting: Setting, row: FirstRow, role: Role) -> str | None:
    """The row's own reason, at the seat the one for the seat, else the general one."""
    if setting.place == "seat" and f"seat_{role}" in row.not_others:
        return row.not_others[f"seat_{role}"]
    general = rules.table.default_reasons
    return row.not_others.get(role) or general.get(f"{setting.track}.{role}") or general.get(role)


def _notes(rules: Rules, case: Case, setting: Setting, court: Court) -> tuple[Text, ...]:
    if court.role in {"basic", "intermediate"} and setting.track == "civil":
        return rules.region.notes_on(
            case.place, case.filed, matter=setting.matter, relation=setting.relation
        )
    point = rules.region.points.get(case.place.city)
    return (point,) if court.role == "ip_court" and point else ()
