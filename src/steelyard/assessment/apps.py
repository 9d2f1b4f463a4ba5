from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    name = "steelyard.assessment"

    def ready(self) -> None:
        from steelyard.assessment.waiting import waiting_deliveries
        from steelyard.people import navigation, waiting
        from steelyard.people.rules.roles import Action

        sees = {Action.SEE_DELIVERY, Action.DELIVER}
        navigation.announce(_("Deliveries"), "assessment:deliveries", sees, order=10)
        navigation.announce(_("Snapshots"), "assessment:snapshots", {Action.SEE_DELIVERY}, order=11)
        waiting.announce("assessment", waiting_deliveries)
