"""``steelyard run``: weigh the bundled region, print its ranking, write its report."""

from __future__ import annotations

import argparse

from steelyard.cli import weigh
from steelyard.regions import bundled


def run(asked: argparse.Namespace) -> int:
    region = bundled()
    asked.scheme, asked.data = region.scheme, region.data
    asked.within, asked.stage = None, "final"
    asked.uncertainty = asked.sensitivity = asked.seed = asked.threads = None
    asked.audit = False
    asked.out = asked.out / region.folder
    return weigh.run(asked)
