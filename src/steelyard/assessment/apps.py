from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    name = "steelyard.assessment"
    verbose_name = _("Assessments")

    def ready(self) -> None:
        from steelyard.assessment.queries.collection import sees_materials
        from steelyard.assessment.waiting.collection import waiting_submissions
        from steelyard.assessment.waiting.schemes import waiting_schemes
        from steelyard.files import attached
        from steelyard.people import navigation, waiting
        from steelyard.people.rules.roles import Action

        sees = {Action.SEE_ASSESSMENT}
        navigation.announce(_("Assessments"), "assessment:assessments", sees, order=8)
        waiting.announce("assessment_schemes", waiting_schemes)
        waiting.announce("assessment.collection", waiting_submissions)
        attached.announce("assessment_material", sees_materials)
