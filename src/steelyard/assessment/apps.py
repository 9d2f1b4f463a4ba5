from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    name = "steelyard.assessment"
    verbose_name = _("Assessments")

    def ready(self) -> None:
        from steelyard.assessment.actions.collection import opening
        from steelyard.assessment.actions.forgery import clocks as forgery_clocks
        from steelyard.assessment.actions.leads.form_leads import take_letter
        from steelyard.assessment.actions.visits.clocks import start_reports
        from steelyard.assessment.actions.weighings import take_up_again
        from steelyard.assessment.actions.weighings.cut_off import keep_the_cut_offs
        from steelyard.assessment.queries.collection import sees_materials
        from steelyard.assessment.queries.collection.corrections import found_wrong_and_left
        from steelyard.assessment.queries.forgery import HEAR
        from steelyard.assessment.queries.later_steps import later_steps
        from steelyard.assessment.queries.papers.templates import sees_templates
        from steelyard.assessment.queries.visits import (
            CORRECTIONS,
            FILES,
            FINDINGS,
            sees_originals,
            sees_photographs,
            sees_taken_off,
        )
        from steelyard.assessment.waiting.collection import waiting_submissions, with_signatories
        from steelyard.assessment.waiting.corrections import waiting_corrections
        from steelyard.assessment.waiting.differences import waiting_differences
        from steelyard.assessment.waiting.forgery import hearings_with_units, waiting_suspicions
        from steelyard.assessment.waiting.reviews import waiting_reviews
        from steelyard.assessment.waiting.schemes import waiting_schemes
        from steelyard.assessment.waiting.scoring import waiting_scores
        from steelyard.assessment.waiting.stages import waiting_freezes
        from steelyard.assessment.waiting.supplied import waiting_sheets
        from steelyard.assessment.waiting.visits import waiting_visits
        from steelyard.assessment.waiting.weighings import waiting_weighings
        from steelyard.files import attached
        from steelyard.letterbox import intake
        from steelyard.letterbox.leads import FORMAT
        from steelyard.notices import later, sweeps, with_others
        from steelyard.people import navigation, waiting
        from steelyard.people.rules.roles import Action
        from steelyard.supply import found_wrong

        sees = {Action.SEE_ASSESSMENT}
        navigation.announce(_("Assessments"), "assessment:assessments", sees, order=8)
        handles = {Action.HANDLE_LEADS, Action.OPEN_INFORMANTS}
        navigation.announce(_("Leads"), "assessment:lead_inbox", handles, order=9)
        intake.announce(FORMAT, take_letter, only_sealed=True)
        waiting.announce("assessment_schemes", waiting_schemes)
        waiting.announce("assessment.collection", waiting_submissions)
        with_others.announce(opening.AREA, opening.TASK, with_signatories)
        later.announce(opening.AREA, later_steps)
        waiting.announce("assessment.reviews", waiting_reviews)
        attached.announce("assessment_material", sees_materials)
        waiting.announce("assessment.corrections", waiting_corrections)
        found_wrong.announce("assessment.corrections", found_wrong_and_left)
        waiting.announce("assessment.supplied", waiting_sheets)
        waiting.announce("assessment.differences", waiting_differences)
        waiting.announce("assessment.scoring", waiting_scores)
        waiting.announce("assessment.forgery", waiting_suspicions)
        with_others.announce(forgery_clocks.AREA, HEAR, hearings_with_units)
        waiting.announce("assessment.visits", waiting_visits)
        waiting.announce("assessment.stages", waiting_freezes)
        waiting.announce("assessment.weighings", waiting_weighings)
        sweeps.announce("assessment.weighings", take_up_again)
        sweeps.announce("assessment.cut_offs", keep_the_cut_offs)
        sweeps.announce("assessment.visits", start_reports)
        attached.announce(FINDINGS, sees_photographs)
        attached.announce(CORRECTIONS, sees_taken_off)
        attached.announce(FILES, sees_originals)
        attached.announce("assessment_papertemplate", sees_templates)
