from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupplyConfig(AppConfig):
    name = "steelyard.supply"
    verbose_name = _("Deliveries")

    def ready(self) -> None:
        from steelyard.files import attached
        from steelyard.people import navigation, waiting
        from steelyard.people.rules.roles import Action
        from steelyard.supply.kept import sees as sees_files
        from steelyard.supply.waiting import waiting_deliveries

        sees = {Action.SEE_DELIVERY, Action.DELIVER}
        navigation.announce(_("Deliveries"), "supply:deliveries", sees, order=10)
        navigation.announce(_("Requests"), "supply:requests", {Action.SEE_DELIVERY}, order=9)
        navigation.announce(_("Snapshots"), "supply:snapshots", {Action.SEE_DELIVERY}, order=11)
        waiting.announce("supply", waiting_deliveries)
        attached.announce("supply_delivery", sees_files)
