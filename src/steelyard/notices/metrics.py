"""The queue and the mails in numbers, for Prometheus: asked of the database when they are read."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import DatabaseError
from django.utils import timezone
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily

from steelyard.notices.queries import Pulse, load_pulse
from steelyard.notices.rules.mails import State


class Queue:
    """What a worker has before it. If the database does not answer, there is nothing to tell."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        try:
            pulse = load_pulse(timezone.now())
        except DatabaseError:
            return []
        return _gauges(pulse)


def _gauges(pulse: Pulse) -> list[GaugeMetricFamily]:
    mails = GaugeMetricFamily("steelyard_mails", "Mails that are not sent", labels=["state"])
    for state in State:
        if state is not State.SENT:
            mails.add_metric([state.value], pulse.mails.get(state.value, 0))
    return [
        GaugeMetricFamily("steelyard_worker_alive", "A worker was seen", value=pulse.is_alive),
        GaugeMetricFamily("steelyard_jobs_waiting", "Jobs that could run now", value=pulse.waiting),
        GaugeMetricFamily("steelyard_jobs_failed", "Jobs that failed", value=pulse.failed),
        GaugeMetricFamily(
            "steelyard_oldest_job_seconds", "Wait of the oldest job", value=pulse.oldest_seconds
        ),
        mails,
    ]


def queue_registry() -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(Queue())
    return registry
