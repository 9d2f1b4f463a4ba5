from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    name = "steelyard.assessment"
    verbose_name = _("Assessments")

    def ready(self) -> None:
        from steelyard.assessment.queries.collection import sees_materials
        from steelyard.assessment.queries.visits import FINDINGS, sees_photographs
        from steelyard.assessment.waiting.collection import waiting_submissions
        from steelyard.assessment.waiting.schemes import waiting_schemes
        from steelyard.assessment.waiting.visits import waiting_visits
        from steelyard.files import attached
        from steelyard.people import navigation, waiting
        from steelyard.people.rules.roles import Action

        sees = {Action.SEE_ASSESSMENT}
        navigation.announce(_("Assessments"), "assessment:assessments", sees, order=8)
        waiting.announce("assessment_schemes", waiting_schemes)
        waiting.announce("assessment.collection", waiting_submissions)
        attached.announce("assessment_material", sees_materials)
        waiting.announce("assessment.visits", waiting_visits)
        attached.announce(FINDINGS, sees_photographs)
