"""What does a clerk know of a suit that someone wants to file?

Every field is something to tick, choose or count. None means that nobody said; it never counts
as "no". The labels are in :mod:`~steelyard.courts.rules.filing.filing_facts`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Tick = bool | None
"""Yes, no, or None: not said."""

Track = Literal["civil", "administrative", "preservation"]
Kind = Literal[
    "invention",
    "utility_model",
    "design",
    "drug_patent",
    "trademark",
    "geographical_indication",
    "copyright",
    "software",
    "trade_secret",
    "unfair_competition",
    "plant_variety",
    "ic_layout",
    "domain_name",
    "technology_contract",
    "franchise",
    "monopoly",
    "other",
]
Claim = Literal["infringement", "ownership", "contract", "non_infringement", "other"]
Manner = Literal["counter", "online", "oral"]
PersonOrOrganisation = Literal["person", "organisation"]
Interest = Literal["direct", "doubtful", "none"]
Standing = Literal[
    "owner",
    "exclusive_licensee",
    "sole_licensee",
    "ordinary_licensee",
    "heir",
    "collective_society",
    "other",
]
Home = Literal["mainland", "abroad", "hong_kong_macao_taiwan", "overseas_citizen"]
AgentKind = Literal["lawyer", "legal_worker", "relative", "employee", "community", "association"]
Matter = Literal["civil", "administrative", "agency", "labour", "outside", "doubtful"]
Arbitration = Literal["none", "agreed", "disputed", "awarded"]
Decided = Literal["no", "in_force", "unperformed", "withdrawn", "dismissed", "new_facts"]
Repeat = Literal["no", "same", "partly"]
Scope = Literal["within", "excluded", "doubtful"]
InTime = Literal["in_time", "late", "late_with_reason"]
Reviewed = Literal["decided", "overdue", "not_accepted", "pending", "never"]
Withdrawn = Literal["no", "fee_unpaid", "without_reason", "with_reason"]
Effect = Literal["real", "none", "doubtful"]
Route = Literal["consulate", "apostille", "treaty", "judge_witnessed", "notarised_in_china", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plaintiff:
    """原告. ``joined_or_declined``: the owner sues too, or does not sue (a sole licensee's case)."""

    is_a: PersonOrOrganisation | None = None
    home: Home | None = None
    interest: Interest | None = None
    standing: Standing | None = None
    joined_or_declined: Tick = None
    authorised: Tick = None
    has_capacity: Tick = None
    guardian_acts: Tick = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Defendant:
    """被告. ``right_agency``: of an administrative suit, the one that the law makes defendant."""

    is_a: PersonOrOrganisation | None = None
    distinguishable: Tick = None
    right_agency: Tick = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """起诉状: what is written in it, or, of an oral suit, in the record."""

    plaintiff_name: Tick = None
    plaintiff_sex: Tick = None
    plaintiff_age: Tick = None
    plaintiff_ethnicity: Tick = None
    plaintiff_occupation: Tick = None
    plaintiff_work_unit: Tick = None
    plaintiff_domicile: Tick = None
    plaintiff_contact: Tick = None
    representative_name: Tick = None
    representative_post: Tick = None
    representative_contact: Tick = None
    defendant_name: Tick = None
    defendant_sex: Tick = None
    defendant_work_unit: Tick = None
    defendant_domicile: Tick = None
    claims_specific: Tick = None
    facts_and_reasons: Tick = None
    evidence_and_sources: Tick = None
    has_witnesses: Tick = None
    witness_name: Tick = None
    witness_domicile: Tick = None
    patent_claims_named: Tick = None
    abusive: Tick = None
    asks_compensation: Tick = None
    compensation_specified: Tick = None
    asks_review_of_document: Tick = None
    document_named: Tick = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """How many parties there are besides the plaintiff, and how many copies of what came."""

    defendants: int | None = None
    third_parties: int | None = None
    complaint: int | None = None
    evidence: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """诉讼代理人. ``papers``: what Art. 88 of the Interpretation asks of that kind of agent."""

    appointed: Tick = None
    number: int | None = None
    is_a: AgentKind | None = None
    power_of_attorney: Tick = None
    signed: Tick = None
    scope_stated: Tick = None
    papers: Tick = None
    chinese_lawyer: Tick = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Abroad:
    """Papers of a plaintiff without domicile on the mainland, and how each was proven."""

    identity: Tick = None
    identity_route: Route | None = None
    representative: Tick = None
    representative_route: Route | None = None
    attorney_route: Route | None = None
    convention_in_force: Tick = None
    regional_proof: Tick = None
    overseas_proof: Tick = None
    foreign_evidence: Tick = None
    foreign_language: Tick = None
    translated: Tick = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacles:
    """What may keep a civil suit from being heard: 受案范围, 管辖, 仲裁, 既判, 期间."""

    matter: Matter | None = None
    mark_against_mark: Tick = None
    only_declares_monopoly: Tick = None
    competent: Tick = None
    arbitration: Arbitration | None = None
    decided: Decided | None = None
    repeat: Repeat | None = None
    barred_period: Tick = None
    divorce_or_adoption_again: Tick = None
    limitation_passed: Tick = None
    secrets: Tick = None
    forbidden_matter: Tick = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """确认不侵权之诉: the warning, the written reminder, and the time that passed."""

    warned: Tick = None
    reminded: Tick = None
    time_passed: Tick = None
    still_unsettled: Tick = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """What the materials for a right depend on."""

    filed_before_2009_10: Tick = None
    first_term_over: Tick = None
    changed_hands: Tick = None
    well_known_claimed: Tick = None
    applicant_sues: Tick = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preservation:
    """保全 that is asked for, with the suit or before it. ``urgent``, ``competent``: before it."""

    conduct: Tick = None
    property: Tick = None
    evidence: Tick = None
    may_harm_others: Tick = None
    urgent: Tick = None
    competent: Tick = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Administrative:
    """What Arts. 12 to 49 of the Administrative Procedure Law ask."""

    matter: Scope | None = None
    competent: Tick = None
    in_time: InTime | None = None
    review_first: Tick = None
    reviewed: Reviewed | None = None
    repeat: Repeat | None = None
    withdrawn_before: Withdrawn | None = None
    bound: Tick = None
    effect: Effect | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A suit as it is brought in. ``materials``: by the code of the region's table."""

    track: Track | None = None
    kind: Kind | None = None
    claim: Claim | None = None
    manner: Manner | None = None
    online_agreed: Tick = None
    writing_is_hard: Tick = None
    plaintiff: Plaintiff = field(default_factory=Plaintiff)
    defendant: Defendant = field(default_factory=Defendant)
    complaint: Complaint = field(default_factory=Complaint)
    copies: Copies = field(default_factory=Copies)
    agent: Agent = field(default_factory=Agent)
    abroad: Abroad = field(default_factory=Abroad)
    obstacles: Obstacles = field(default_factory=Obstacles)
    declaration: Declaration = field(default_factory=Declaration)
    right: Right = field(default_factory=Right)
    preservation: Preservation = field(default_factory=Preservation)
    administrative: Administrative = field(default_factory=Administrative)
    materials: Mapping[str, Tick] = field(default_factory=dict)
