"""An assessment as the limits of its stages see it, and what a person asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from steelyard.assessment.rules.schemes.carrying_out import Left
from steelyard.assessment.rules.states import Stage, StageMove, WeighingState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentState:
    """An assessment as the limits see it.

    ``faults``: errors that the check finds in the version under way; ``undivided``: what keeps its work
    from being divided. ``is_approved``: by all steps, as it now stands; ``vacant_steps``: those that are open and
    nobody can take, each with the role that is wanted. ``unlocked``: units whose
    submission is not signed; ``strangers``: units of the version under way that do not stand below the
    office, or below the unit within which it assesses; ``starts``, ``ends``: the period, and the day after
    it; ``rounds``: how often the version under way was out for comments; ``held_round``: the latest of them that
    was held to its end, 0 if none was;
    ``not_carried_out``: adopted comments that it does not show;
    ``comments_due``: the last day for whoever was asked for comments and has not spoken yet;
    ``closes_on``: the last day on which one may be; ``cut_off``: the day up to which records count;
    ``contested``: objections to records that wait for their answer; ``uncorrected``: those that were upheld
    without the record being corrected since; ``planned_visits``: those that are to come;
    ``lacks_places``: nobody has delivered the table that says which places there are; ``without_place``:
    units that are not in it;
    ``to_correct``: the signed sheets that an amendment has made untrue, each with its body;
    ``missing``: the figures that are missing and of which nobody decided, each with its unit and items;
    ``without_base``: where a rule has nothing to divide by, each unit and item, once all is scored;
    ``last_weighing``: how the latest one ended.
    """

    stage: Stage
    version: int = 1
    has_draft: bool = False
    faults: int = 0
    undivided: tuple[Refusal, ...] = ()
    strangers: tuple[str, ...] = ()
    rounds: int = 0
    held_round: int = 0
    open_comments: int = 0
    not_carried_out: tuple[Left, ...] = ()
    comments_due: date | None = None
    is_approved: bool = False
    vacant_steps: tuple[Text, ...] = ()
    unlocked: int = 0
    unsigned_sheets: int = 0
    closes_on: date | None = None
    starts: date | None = None
    ends: date | None = None
    open_differences: int = 0
    to_correct: tuple[Text, ...] = ()
    missing: tuple[Text, ...] = ()
    without_base: tuple[Text, ...] = ()
    unscored: int = 0
    unreviewed_files: int = 0
    open_suspicions: int = 0
    contested: int = 0
    uncorrected: int = 0
    cut_off: date | None = None
    planned_visits: int = 0
    lacks_places: bool = False
    without_place: tuple[str, ...] = ()
    last_weighing: WeighingState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person asks for. ``seen``: the version on their page, None where none was shown.

    ``reason``: None while nobody has been asked for it yet, as on the page that shows what stands against.
    """

    move: StageMove
    on: date
    seen: int | None = None
    cut_off: date | None = None
    reason: str | None = None


Limit = Callable[[AssessmentState, Asked], Refusal | None]
