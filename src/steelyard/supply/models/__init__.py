"""Deliveries, the requests for them, and the snapshots that they are frozen into. What was signed is not altered."""

from steelyard.supply.models.deliveries import SAME, Delivery
from steelyard.supply.models.requests import DeliveryRequest
from steelyard.supply.models.snapshots import Listed, Snapshot

__all__ = ["SAME", "Delivery", "DeliveryRequest", "Listed", "Snapshot"]
