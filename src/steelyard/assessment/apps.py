"""What the assessment announces to the areas that may not know it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    name = "steelyard.assessment"
    verbose_name = _("Assessments")

    def ready(self) -> None:
        _stand_in_the_menu()
        _wait_on_the_first_page()
        _say_what_a_deadline_holds()
        _sweep_up()
        _say_who_sees_files()
        _take_part_in_other_areas()


def _stand_in_the_menu() -> None:
    from steelyard.people import navigation
    from steelyard.people.rules.roles import Action

    sees = {Action.SEE_ASSESSMENT}
    navigation.announce(_("Assessments"), "assessment:assessments", sees, order=8)
    handles = {Action.HANDLE_LEADS, Action.OPEN_INFORMANTS}
    navigation.announce(_("Leads"), "assessment:lead_inbox", handles, order=9)


def _wait_on_the_first_page() -> None:
    from steelyard.assessment.waiting.collection import waiting_submissions
    from steelyard.assessment.waiting.corrections import waiting_corrections
    from steelyard.assessment.waiting.differences import waiting_differences
    from steelyard.assessment.waiting.forgery import waiting_suspicions
    from steelyard.assessment.waiting.reviews import waiting_reviews
    from steelyard.assessment.waiting.schemes import waiting_schemes
    from steelyard.assessment.waiting.scoring import waiting_scores
    from steelyard.assessment.waiting.stages import waiting_freezes
    from steelyard.assessment.waiting.supplied import waiting_sheets
    from steelyard.assessment.waiting.visits import waiting_visits
    from steelyard.assessment.waiting.weighings import waiting_weighings
    from steelyard.people import waiting

    waiting.announce("assessment.schemes", waiting_schemes)
    waiting.announce("assessment.collection", waiting_submissions)
    waiting.announce("assessment.reviews", waiting_reviews)
    waiting.announce("assessment.corrections", waiting_corrections)
    waiting.announce("assessment.supplied", waiting_sheets)
    waiting.announce("assessment.differences", waiting_differences)
    waiting.announce("assessment.scoring", waiting_scores)
    waiting.announce("assessment.forgery", waiting_suspicions)
    waiting.announce("assessment.visits", waiting_visits)
    waiting.announce("assessment.stages", waiting_freezes)
    waiting.announce("assessment.weighings", waiting_weighings)


def _say_what_a_deadline_holds() -> None:
    """Who else is told of one, and which later day it must not pass unasked."""
    from steelyard.assessment.actions.collection import opening
    from steelyard.assessment.actions.forgery import clocks
    from steelyard.assessment.queries.forgery import HEAR
    from steelyard.assessment.queries.later_steps import later_steps
    from steelyard.assessment.waiting.collection import with_signatories
    from steelyard.assessment.waiting.forgery import hearings_with_units
    from steelyard.notices import later, with_others

    with_others.announce(opening.AREA, opening.TASK, with_signatories)
    with_others.announce(clocks.AREA, HEAR, hearings_with_units)
    later.announce(opening.AREA, later_steps)


def _sweep_up() -> None:
    from steelyard.assessment.actions.visits.clocks import start_reports
    from steelyard.assessment.actions.weighings import take_up_again
    from steelyard.assessment.actions.weighings.cut_off import keep_the_cut_offs
    from steelyard.notices import sweeps

    sweeps.announce("assessment.weighings", take_up_again)
    sweeps.announce("assessment.cut_offs", keep_the_cut_offs)
    sweeps.announce("assessment.visits", start_reports)


def _say_who_sees_files() -> None:
    from steelyard.assessment.queries.collection import sees_materials
    from steelyard.assessment.queries.papers.templates import sees_templates
    from steelyard.assessment.queries.visits import (
        CORRECTIONS,
        FILES,
        FINDINGS,
        sees_originals,
        sees_photographs,
        sees_taken_off,
    )
    from steelyard.files import attached

    attached.announce("assessment_material", sees_materials)
    attached.announce("assessment_papertemplate", sees_templates)
    attached.announce(FINDINGS, sees_photographs)
    attached.announce(CORRECTIONS, sees_taken_off)
    attached.announce(FILES, sees_originals)


def _take_part_in_other_areas() -> None:
    """Leads come by the public letterbox; a correction may leave a record that was found wrong."""
    from steelyard.assessment.actions.leads.form_leads import take_letter
    from steelyard.assessment.queries.collection.corrections import found_wrong_and_left
    from steelyard.letterbox import intake
    from steelyard.letterbox.leads import FORMAT
    from steelyard.supply import found_wrong

    intake.announce(FORMAT, take_letter, only_sealed=True)
    found_wrong.announce("assessment.corrections", found_wrong_and_left)
