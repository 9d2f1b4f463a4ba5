"""``steelyard scheme import|export|schema``: the scheme as the table that offices write."""

from __future__ import annotations

import argparse
import json
import sys

from steelyard.cli.say import say_faults


def run(asked: argparse.Namespace) -> int:
    return {"import": _import, "export": _export, "schema": _schema}[asked.does](asked)


def _import(asked: argparse.Namespace) -> int:
    raise NotImplementedError


def _export(asked: argparse.Namespace) -> int:
    raise NotImplementedError


def _schema(_: argparse.Namespace) -> int:
    from steelyard.scheme.json_schema import SCHEME_JSON_SCHEMA

    json.dump(SCHEME_JSON_SCHEMA, sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


__all__ = ["run", "say_faults"]
