"""Steelyard 权衡: weigh a region's units on the records that their work leaves behind.

    result = weigh(Scheme.read("scheme.toml"), Values.read(scheme, "data"))

Names are loaded when first asked for, so that a command starts quickly.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from steelyard.kernel.faults import Fault as Fault
    from steelyard.kernel.faults import Faulty as Faulty
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
    "Fault": "steelyard.kernel.faults",
    "Faulty": "steelyard.kernel.faults",
    "Result": "steelyard.weighing.result",
    "Scheme": "steelyard.scheme.model",
    "Stress": "steelyard.weighing.stress.findings",
    "ToGrade": "steelyard.weighing.advice.targets",
    "ToPoints": "steelyard.weighing.advice.targets",
    "ToRank": "steelyard.weighing.advice.targets",
    "Values": "steelyard.weighing.values",
    "advise": "steelyard.weighing.advice.advise",
    "audit": "steelyard.weighing.audit",
    "compare": "steelyard.weighing.compare",
    "explain": "steelyard.weighing.explain",
    "how_sure": "steelyard.weighing.uncertainty.how_sure",
    "sensitivity": "steelyard.weighing.sensitivity",
    "stress": "steelyard.weighing.stress.fitness",
    "weigh": "steelyard.weighing.weigh",
    "what_if": "steelyard.weighing.what_if",
}
__all__ = [
    "Advice",
    "Fault",
    "Faulty",
    "Result",
    "Scheme",
    "Stress",
    "ToGrade",
    "ToPoints",
    "ToRank",
    "Values",
    "advise",
    "audit",
    "compare",
    "explain",
    "how_sure",
    "sensitivity",
    "stress",
    "weigh",
    "what_if",
]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'steelyard' has no attribute {name!r}")
