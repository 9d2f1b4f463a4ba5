from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    name = "steelyard.assessment"
    verbose_name = _("Assessments")

    def ready(self) -> None:
        from steelyard.assessment.waiting.differences import waiting_differences
        from steelyard.assessment.waiting.supplied import waiting_sheets
        from steelyard.people import navigation, waiting
        from steelyard.people.rules.roles import Action

        sees = {Action.SEE_ASSESSMENT}
        navigation.announce(_("Assessments"), "assessment:assessments", sees, order=8)
        waiting.announce("assessment.supplied", waiting_sheets)
        waiting.announce("assessment.differences", waiting_differences)
