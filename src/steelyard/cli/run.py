"""``steelyard run``: weigh the bundled region, say how sure its ranks are, write its report."""

from __future__ import annotations

import argparse

from steelyard.cli import weigh
from steelyard.regions import bundled

_REPLICATIONS = "10000"


def run(asked: argparse.Namespace) -> int:
    region = bundled()
    asked.scheme, asked.data = region.scheme, region.data
    asked.within, asked.stage = None, "final"
    asked.uncertainty, asked.audit = _REPLICATIONS, False
    asked.sensitivity = asked.seed = asked.threads = None
    asked.out = asked.out / region.folder
    return weigh.run(asked)
