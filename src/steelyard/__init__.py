"""Steelyard 权衡: weigh a region's units on the records that their work leaves behind.

    scheme = Scheme.read("scheme.toml")
    result = weigh(scheme, Values.read(scheme, "data"))
    result = weigh(scheme, tally(scheme, Snapshot.open("snapshot")))

Names are loaded when first asked for, so that a command starts quickly.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from steelyard.courts.court_rules import CourtRules as CourtRules
    from steelyard.kernel.faults import Fault as Fault
    from steelyard.kernel.faults import Faulty as Faulty
    from steelyard.records.snapshot.freeze import freeze as freeze
    from steelyard.records.snapshot.snapshot import Snapshot as Snapshot
    from steelyard.records.snapshot.verify import verify as verify
    from steelyard.records.tally.tally import tally as tally
    from steelyard.scheme.model import Scheme as Scheme
    from steelyard.weighing.advice.advise import advise as advise
    from steelyard.weighing.advice.findings import Advice as Advice
    from steelyard.weighing.advice.targets import ToGrade as ToGrade
    from steelyard.weighing.advice.targets import ToPoints as ToPoints
    from steelyard.weighing.advice.targets import ToRank as ToRank
    from steelyard.weighing.audit import audit as audit
    from steelyard.weighing.compare import compare as compare
    from steelyard.weighing.explain import explain as explain
    from steelyard.weighing.result import Result as Result
    from steelyard.weighing.sensitivity import sensitivity as sensitivity
    from steelyard.weighing.stress.findings import Stress as Stress
    from steelyard.weighing.stress.fitness import stress as stress
    from steelyard.weighing.uncertainty.how_sure import how_sure as how_sure
    from steelyard.weighing.values import Values as Values
    from steelyard.weighing.weigh import weigh as weigh
    from steelyard.weighing.what_if import what_if as what_if

_HOMES = {
    "Advice": "steelyard.weighing.advice.findings",
    "CourtRules": "steelyard.courts.court_rules",
    "Fault": "steelyard.kernel.faults",
    "Faulty": "steelyard.kernel.faults",
    "Result": "steelyard.weighing.result",
    "Scheme": "steelyard.scheme.model",
    "Snapshot": "steelyard.records.snapshot.snapshot",
    "Stress": "steelyard.weighing.stress.findings",
    "ToGrade": "steelyard.weighing.advice.targets",
    "ToPoints": "steelyard.weighing.advice.targets",
    "ToRank": "steelyard.weighing.advice.targets",
    "Values": "steelyard.weighing.values",
    "advise": "steelyard.weighing.advice.advise",
    "audit": "steelyard.weighing.audit",
    "compare": "steelyard.weighing.compare",
    "explain": "steelyard.weighing.explain",
    "freeze": "steelyard.records.snapshot.freeze",
    "how_sure": "steelyard.weighing.uncertainty.how_sure",
    "sensitivity": "steelyard.weighing.sensitivity",
    "stress": "steelyard.weighing.stress.fitness",
    "tally": "steelyard.records.tally.tally",
    "verify": "steelyard.records.snapshot.verify",
    "weigh": "steelyard.weighing.weigh",
    "what_if": "steelyard.weighing.what_if",
}
__all__ = [
    "Advice",
    "CourtRules",
    "Fault",
    "Faulty",
    "Result",
    "Scheme",
    "Snapshot",
    "Stress",
    "ToGrade",
    "ToPoints",
    "ToRank",
    "Values",
    "advise",
    "audit",
    "compare",
    "explain",
    "freeze",
    "how_sure",
    "sensitivity",
    "stress",
    "tally",
    "verify",
    "weigh",
    "what_if",
]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'steelyard' has no attribute {name!r}")
