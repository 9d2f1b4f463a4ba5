from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    name = "steelyard.assessment"
    verbose_name = _("Assessments")

    def ready(self) -> None:
        from steelyard.assessment.waiting.forgery import waiting_suspicions
        from steelyard.assessment.waiting.scoring import waiting_scores
        from steelyard.people import navigation, waiting
        from steelyard.people.rules.roles import Action

        sees = {Action.SEE_ASSESSMENT}
        navigation.announce(_("Assessments"), "assessment:assessments", sees, order=8)
        waiting.announce("assessment.scoring", waiting_scores)
        waiting.announce("assessment.forgery", waiting_suspicions)
