"""May this suit be registered; if not, what is missing, and what stands in the way?

:data:`CIVIL`, :data:`ADMINISTRATIVE` and :data:`PRESERVATION` are the rules, in the order of the law: one limit a
function, each looking at one thing. All that a filing lacks is answered at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from steelyard.courts.rules.filing import administrative as challenge
from steelyard.courts.rules.filing import (
    agents,
    complaint,
    conditions,
    declaration,
    obstacles,
    preservation,
)
from steelyard.courts.rules.filing.filing import Filing
from steelyard.courts.rules.filing.finding import Consequence, Finding, Found, Limit
from steelyard.courts.rules.filing.laws import (
    ADMINISTRATIVE_STARTS,
    ONLINE_STARTS,
    REGISTRATION_STARTS,
)
from steelyard.courts.rules.filing.material_rows import Materials
from steelyard.courts.rules.filing.notes import Note, notes_for
from steelyard.courts.rules.filing.papers import (
    other_papers_are_there,
    required_papers_are_there,
    what_papers_turn_on_is_known,
)
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where, raise_if_any

START: tuple[Limit, ...] = (complaint.suit_is_described,)
AGENTS: tuple[Limit, ...] = (
    agents.agent_is_known,
    agents.agents_are_at_most_two,
    agents.power_of_attorney_is_there,
    agents.power_of_attorney_is_signed,
    agents.power_of_attorney_states_its_scope,
    agents.agent_shows_own_papers,
    agents.foreign_party_has_a_chinese_lawyer,
    agents.foreign_identity_is_shown,
    agents.foreign_representative_is_shown,
    agents.foreign_papers_are_proven,
    agents.regional_papers_are_proven,
    agents.overseas_power_is_certified,
    agents.foreign_papers_are_translated,
)
COMPLAINT: tuple[Limit, ...] = (
    complaint.complaint_is_written_unless_too_hard,
    complaint.online_suit_is_by_choice,
    complaint.parties_are_counted,
    complaint.copies_of_the_complaint_suffice,
    complaint.copies_of_the_evidence_suffice,
    complaint.complaint_states_the_contents,
    complaint.witnesses_are_known,
    complaint.patent_claims_are_named,
    complaint.complaint_abuses_nobody,
)
CIVIL: tuple[Limit, ...] = (
    *START,
    conditions.plaintiff_has_a_direct_interest,
    conditions.licensee_may_sue,
    conditions.sole_licensee_may_sue,
    conditions.suit_is_authorised,
    conditions.plaintiff_can_sue,
    conditions.guardian_sues,
    conditions.defendant_is_definite,
    conditions.dispute_is_civil,
    conditions.court_is_competent,
    *COMPLAINT,
    obstacles.no_arbitration_was_agreed,
    obstacles.marks_are_not_both_registered,
    obstacles.nothing_is_decided_yet,
    obstacles.suit_is_not_repeated,
    obstacles.no_time_bars_the_suit,
    obstacles.divorce_is_not_brought_again,
    conditions.monopoly_suit_asks_more_than_a_finding,
    declaration.defendant_warned,
    declaration.plaintiff_reminded,
    declaration.time_after_reminder_passed,
    declaration.warning_still_stands,
    obstacles.secrets_are_safe,
    obstacles.matter_is_not_forbidden,
    *AGENTS,
)
ADMINISTRATIVE: tuple[Limit, ...] = (
    *START,
    challenge.plaintiff_is_concerned,
    challenge.guardian_sues_the_agency,
    challenge.agency_is_definite,
    challenge.right_agency_is_sued,
    challenge.act_may_be_challenged,
    challenge.administrative_court_is_competent,
    challenge.review_came_first_where_the_law_demands_it,
    challenge.suit_is_brought_in_time,
    *COMPLAINT,
    challenge.compensation_is_specified,
    challenge.reviewed_document_is_named,
    challenge.administrative_suit_is_not_repeated,
    challenge.suit_was_not_withdrawn,
    challenge.act_touches_the_plaintiff,
    challenge.nothing_binds_already,
    obstacles.matter_is_not_forbidden,
    *AGENTS,
)
PRESERVATION: tuple[Limit, ...] = (
    *START,
    conditions.licensee_may_sue,
    conditions.sole_licensee_may_sue,
    conditions.suit_is_authorised,
    conditions.plaintiff_can_sue,
    conditions.guardian_sues,
    complaint.online_suit_is_by_choice,
    preservation.respondent_is_definite,
    preservation.some_measure_is_asked_for,
    preservation.matter_is_urgent,
    preservation.court_may_preserve,
    *AGENTS,
)


@dataclass(frozen=True, slots=True)
class FilingCheck:
    """All that is missing or stands in the way, in the order of the law.

    ``advised`` are papers better brought along, which keep nothing from being registered.
    ``notes`` say what the court has to do, and by when.
    """

    on: date
    findings: tuple[Finding, ...]
    advised: tuple[Finding, ...]
    notes: tuple[Note, ...]

    @property
    def complete(self) -> bool:
        """Nothing is missing, nothing stands in the way, nothing is left to ask."""
        return not self.findings

    @property
    def to_ask(self) -> tuple[str, ...]:
        """The codes of the facts that bear on the filing and that nobody stated."""
        return tuple(one.fact for one in self.findings if one.consequence == "ask")

    @property
    def articles(self) -> tuple[Text, ...]:
        """Every article that a finding cites, once."""
        cited = (article for one in self.findings for article in one.articles)
        return tuple(dict.fromkeys(cited))

    def of(self, consequence: Consequence) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.consequence == consequence)


def check_filing(filing: Filing, table: Materials, *, on: date) -> FilingCheck:
    """What keeps a suit from being registered on a day, all of it at once.

    What is not said is asked, not taken for absent. While nobody says whether the suit is civil or
    administrative, only what kind of suit it is gets asked.

    Raises:
        Faulty: the day lies before the rules that the check knows.
    """
    raise_if_any(_before_the_rules(filing, on))
    limits = _limits(filing)
    findings = _found(limits, filing, on)
    advised: Found = ()
    if filing.track is not None:
        asked = {one.fact for one in findings if one.consequence == "ask"}
        turning = what_papers_turn_on_is_known(filing, table, on)
        findings = (
            *findings,
            *(one for one in turning if one.fact not in asked),
            *required_papers_are_there(filing, table, on),
        )
        advised = other_papers_are_there(filing, table, on)
    return FilingCheck(on, findings, advised, notes_for(filing, findings, on))


def _limits(filing: Filing) -> Sequence[Limit]:
    if filing.track is None:
        return START
    lists = {"civil": CIVIL, "administrative": ADMINISTRATIVE, "preservation": PRESERVATION}
    return lists[filing.track]


def _found(limits: Sequence[Limit], filing: Filing, on: date) -> Found:
    return tuple(finding for limit in limits for finding in limit(filing, on))


def _before_the_rules(filing: Filing, on: date) -> list[Fault]:
    administrative = filing.track == "administrative"
    starts = ADMINISTRATIVE_STARTS if administrative else REGISTRATION_STARTS
    faults = []
    if on < starts:
        faults.append(_too_early("on", Text("立案审查规则", "rules of filing"), on, starts))
    if filing.manner == "online" and on < ONLINE_STARTS:
        name = Text("在线诉讼规则", "rules of online litigation")
        faults.append(_too_early("manner", name, on, ONLINE_STARTS))
    return faults


def _too_early(key: str, name: Text, on: date, starts: date) -> Fault:
    return Fault(
        "before-the-rules",
        Text(f"{on}早于收录的{name.zh}（{starts}起）", f"{on} is before the {name.en} ({starts})"),
        Text("请由人按当时的规定审查", "a person checks it by the rules of that time"),
        Where(key=key),
    )
