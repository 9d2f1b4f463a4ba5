from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    name = "steelyard.assessment"
    verbose_name = _("Deliveries")

    def ready(self) -> None:
        from steelyard.assessment.kept import sees as sees_files
        from steelyard.assessment.waiting import waiting_deliveries
        from steelyard.files import attached
        from steelyard.people import navigation, waiting
        from steelyard.people.rules.roles import Action

        sees = {Action.SEE_DELIVERY, Action.DELIVER}
        navigation.announce(_("Deliveries"), "assessment:deliveries", sees, order=10)
        navigation.announce(_("Requests"), "assessment:requests", {Action.SEE_DELIVERY}, order=9)
        navigation.announce(_("Snapshots"), "assessment:snapshots", {Action.SEE_DELIVERY}, order=11)
        waiting.announce("assessment", waiting_deliveries)
        attached.announce("assessment_delivery", sees_files)
