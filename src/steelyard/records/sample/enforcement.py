"""What market regulation, police, prosecutors, customs and copyright offices would report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from steelyard.records.sample import draw
from steelyard.records.sample.region import Setting, year_of

if TYPE_CHECKING:
    import numpy as np

    from steelyard.records.sample.draw import Column, Flags, Ints

KINDS = (
    "patent_infringement", "patent_mediation", "trademark", "patent_passing_off",
    "geographical_indication", "trade_secret", "special_sign",
)  # fmt: skip
OUTCOMES = ("infringement_found", "mediated", "withdrawn", "rejected", "penalty", "transferred_out")
REVIEWED = ("patent_dispute", "patent_dispute", "trademark", "patent_passing_off",
            "geographical_indication", "trademark", "trademark")  # fmt: skip


@dataclass(frozen=True)
class Decisions:
    """Administrative cases accepted in a year, as indices and days, and as they are delivered."""

    columns: Mapping[str, Column]
    place: Ints
    kind: Ints
    accepted: Ints
    decided: Ints
    is_decided: Flags
    is_passed_on: Flags

    def year(self) -> Ints:
        import numpy as np

        return year_of(np.where(self.is_decided, self.decided, self.accepted))


def draw_decisions(setting: Setting, chance: np.random.Generator, year: int) -> Decisions:
    """Administrative cases that were accepted in a year."""
    import numpy as np

    mix, profile = setting.mixes["enforcement"], setting.profile
    kind = _kinds(setting, chance, year)
    size = len(kind)
    weight = setting.region.activity * np.exp(0.25 * profile.scores["case_handling"])
    place = draw.picked(chance, weight, size)
    accepted = draw.days_of(chance, year, size)
    median = mix["median_days"] * profile.pace("case_handling", reach=0.12)[place]
    decided = np.maximum(draw.weekday(accepted + draw.lengths(chance, median, 0.4, size)), accepted)
    is_decided = decided <= setting.last_day
    is_passed_on = is_decided & (kind == KINDS.index("trademark")) & draw.happens(
        chance, profile.chance_of("referral", mix["passed_to_police"], reach=0.3)[place], size
    )  # fmt: skip
    outcome = _outcomes(chance, kind, is_decided, is_passed_on, mix)
    is_penalty = outcome == OUTCOMES.index("penalty")
    is_shown = is_decided & np.isin(outcome, (0, 4)) & draw.happens(
        chance, profile.chance_of("disclosure", mix["disclosed"])[place], size
    )  # fmt: skip
    suits, suit_weights = draw.shares(mix["lawsuits"])
    codes = draw.labels(setting.region.codes, place)
    columns = {
        "case_number": draw.texts(
            f"SAMPLE-A{year}-", codes, "-", draw.digits(draw.serial_within(place), 5)
        ),
        "kind": draw.labels(KINDS, kind),
        "channel": draw.coded(chance, mix["channels"], size),
        "place": codes,
        "accepted_on": draw.days(accepted),
        "due_on": draw.days(accepted + mix["legal_days"]),
        "decided_on": draw.days(decided, is_decided),
        "outcome": draw.labels(OUTCOMES, outcome),
        "fine_cny": draw.money(draw.sums(chance, 12000, 0.9, size), is_penalty),
        "is_transferred_in": draw.flags(draw.happens(chance, 0.02, size)),
        "is_transferred_to_police": draw.flags(is_passed_on),
        "is_repeat": draw.flags(draw.happens(chance, 0.03, size)),
        "disclosed_on": draw.days(draw.weekday(decided + 2 + draw.between(chance, 1, 20, size)), is_shown),
        "litigation": draw.labels(suits, np.where(is_decided, draw.picked(chance, suit_weights, size), -1)),
        "respondent": draw.named(chance, "样本当事人", size),
    }  # fmt: skip
    return Decisions(columns, place, kind, accepted, decided, is_decided, is_passed_on)


def _kinds(setting: Setting, chance: np.random.Generator, year: int) -> Ints:
    import numpy as np

    disputes, marks, others = (
        setting.volume(name, year)
        for name in ("patent_disputes", "trademark_cases", "other_decisions")
    )
    listed = [
        draw.picked(chance, setting.mixes["enforcement"]["infringement_or_other"], disputes),
        np.full(marks, KINDS.index("trademark")),
        3 + draw.picked(chance, (6, 2, 1, 1), others),
    ]
    return chance.permutation(np.concatenate(listed))


def _outcomes(
    chance: np.random.Generator, kind: Ints, is_decided: Flags, is_passed_on: Flags,
    mix: Mapping[str, object],
) -> Ints:  # fmt: skip
    """An outcome for each decided case by its kind; -1 while it is open."""
    import numpy as np

    found = np.full(len(kind), -1, dtype=np.int64)
    by_kind = mix["outcomes"]
    assert isinstance(by_kind, Mapping)
    for rows, name in (
        (kind == 0, "infringement"), (kind == 1, "other_dispute"), (kind > 1, "penalty_case")
    ):  # fmt: skip
        at = np.flatnonzero(rows & is_decided)
        weights = [by_kind[name].get(one, 0) for one in OUTCOMES]
        found[at] = draw.picked(chance, weights, len(at))
    found[is_passed_on] = OUTCOMES.index("transferred_out")
    return found


@dataclass(frozen=True)
class PoliceCases:
    """Police cases filed in a year."""

    columns: Mapping[str, Column]
    place: Ints
    filed: Ints
    solved: Ints
    is_solved: Flags

    def year(self) -> Ints:
        import numpy as np

        return year_of(np.where(self.is_solved, self.solved, self.filed))


def draw_police_cases(
    setting: Setting, chance: np.random.Generator, decisions: Decisions, year: int
) -> PoliceCases:
    """Police cases of a year: first those that market regulation passed on, then all others."""
    import numpy as np

    mix = setting.mixes["enforcement"]
    passed, taken_up = _taken_up(setting, chance, decisions)
    others = max(setting.volume("police_cases", year) - len(passed), 0)
    elsewhere = draw.picked(chance, setting.region.activity, others)
    place = np.concatenate([decisions.place[passed], elsewhere])
    filed = np.concatenate([taken_up, draw.days_of(chance, year, others)])
    size = len(place)
    solved = filed + draw.lengths(chance, 40, 0.7, size)
    solves = setting.profile.chance_of("police", mix["solved"])[place]
    is_solved = (solved <= setting.last_day) & draw.happens(chance, solves, size)
    codes = draw.labels(setting.region.codes, place)
    came_from = np.concatenate([passed, np.full(others, -1)])
    columns = {
        "case_number": draw.texts(f"SAMPLE-P{year}-", codes, "-", draw.digits(draw.serial_within(place), 4)),
        "crime": draw.coded(chance, mix["crimes"], size),
        "place": codes,
        "filed_on": draw.days(filed),
        "solved_on": draw.days(solved, is_solved),
        "value_cny": draw.money(draw.sums(chance, 400_000, 1.2, size, to=1000)),
        "suspects_detained": draw.whole(draw.between(chance, 0, 4, size)),
        "is_transferred_in": draw.flags(np.arange(size) < len(passed)),
        "administrative_case": draw.taken(decisions.columns["case_number"], came_from),
        "is_cross_region": draw.flags(draw.happens(chance, 0.2, size)),
        "main_suspect": draw.named(chance, "样本嫌疑人", size),
    }  # fmt: skip
    return PoliceCases(columns, place, filed, solved, is_solved)


def _taken_up(
    setting: Setting, chance: np.random.Generator, decisions: Decisions
) -> tuple[Ints, Ints]:
    """Which cases that were passed on the police took up before the records end, and when."""
    import numpy as np

    passed = np.flatnonzero(decisions.is_passed_on)
    pace = setting.profile.pace("police", reach=0.25)[decisions.place[passed]]
    day = decisions.decided[passed] + draw.lengths(chance, 6 * pace, 0.5, len(passed))
    is_taken = draw.happens(chance, 0.95, len(passed)) & (day <= setting.last_day)
    return passed[is_taken], day[is_taken]


def draw_prosecutions(
    setting: Setting, chance: np.random.Generator, police: PoliceCases, year: int
) -> tuple[Mapping[str, Column], Ints]:
    """Cases that the police sent on, and the year whose delivery each stands in."""
    import numpy as np

    last = setting.last_day
    at = np.flatnonzero(police.is_solved)[: setting.volume("prosecutions", year)]
    accepted = police.solved[at] + draw.lengths(chance, 15, 0.4, len(at))
    at, accepted = at[accepted <= last], accepted[accepted <= last]
    size, place = len(at), police.place[at]
    charged = accepted + draw.lengths(chance, 45, 0.4, size)
    is_dropped = draw.happens(chance, 0.06, size)
    is_charged = ~is_dropped & (charged <= last)
    codes = draw.labels(setting.region.codes, place)
    persons = draw.between(chance, 1, 3, size)
    columns = {
        "case_number": draw.texts(
            f"SAMPLE-J{year}-", codes, "-", draw.digits(draw.serial_within(place), 4)
        ),
        "crime": police.columns["crime"].take(at),
        "place": codes,
        "accepted_on": draw.days(accepted),
        "charged_on": draw.days(charged, is_charged),
        "police_case": police.columns["case_number"].take(at),
        "persons_arrested": draw.whole(np.maximum(persons - 1, 0)),
        "persons_charged": draw.whole(persons, is_charged),
        "is_not_charged": draw.flags(is_dropped),
        "main_defendant": draw.named(chance, "样本被告人", size),
    }
    return columns, year_of(np.where(is_charged, charged, accepted))


def draw_customs_cases(
    setting: Setting, chance: np.random.Generator, year: int
) -> Mapping[str, Column]:
    """Seizures of a year."""
    size = setting.volume("customs_cases", year)
    mix = setting.mixes["enforcement"]["customs"]
    place = draw.picked(chance, setting.region.activity, size)
    codes = draw.labels(setting.region.codes, place)
    value = draw.sums(chance, 15_000, 1.5, size)
    is_large = value >= mix["large_cny"] * 100
    coded = {
        name: draw.coded(chance, mix[name], size)
        for name in ("customs_right", "channel", "direction")
    }
    return {
        "case_number": draw.texts(
            f"SAMPLE-Z{year}-", codes, "-", draw.digits(draw.serial_within(place), 5)
        ),
        **coded,
        "place": codes,
        "seized_on": draw.days(draw.days_of(chance, year, size)),
        "batches": draw.whole(draw.between(chance, 1, 3, size)),
        "items": draw.whole(draw.lengths(chance, 500, 1.3, size)),
        "value_cny": draw.money(value),
        "is_on_application": draw.flags(draw.happens(chance, 0.1, size)),
        "is_transferred_to_police": draw.flags(
            is_large
            & draw.happens(
                chance, setting.profile.chance_of("seizures", mix["passed_on"])[place], size
            )
        ),
        "consignee": draw.named(chance, "样本收发货人", size),
    }


def draw_copyright_cases(
    setting: Setting, chance: np.random.Generator, year: int
) -> tuple[Mapping[str, Column], Ints]:
    """Administrative copyright cases of a year, and the year whose delivery each stands in."""
    import numpy as np

    size = setting.volume("copyright_cases", year)
    place = draw.picked(chance, setting.region.activity, size)
    codes = draw.labels(setting.region.codes, place)
    filed = draw.days_of(chance, year, size)
    closed = filed + draw.lengths(
        chance, 60 * setting.profile.pace("case_handling")[place], 0.4, size
    )
    is_closed = closed <= setting.last_day
    columns = {
        "case_number": draw.texts(
            f"SAMPLE-B{year}-", codes, "-", draw.digits(draw.serial_within(place), 4)
        ),
        "field": draw.coded(chance, setting.mixes["enforcement"]["copyright_fields"], size),
        "place": codes,
        "filed_on": draw.days(filed),
        "closed_on": draw.days(closed, is_closed),
        "fine_cny": draw.money(draw.sums(chance, 20_000, 0.8, size), is_closed),
        "copies_seized": draw.whole(draw.between(chance, 0, 900, size)),
        "is_online": draw.flags(draw.happens(chance, 0.5, size)),
        "is_transferred_to_police": draw.flags(draw.happens(chance, 0.05, size)),
        "respondent": draw.named(chance, "样本当事人", size),
    }
    return columns, year_of(np.where(is_closed, closed, filed))
