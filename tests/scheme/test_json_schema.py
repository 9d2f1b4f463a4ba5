"""The published schema accepts every scheme that ships, and refuses what the reader refuses."""

import tomllib
from pathlib import Path

import jsonschema
import pytest

from steelyard.scheme.json_schema import SCHEME_JSON_SCHEMA
from steelyard.scheme.model import Scheme
from steelyard.scheme.read import as_plain
from tests.builders import document, item

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted(
    [*ROOT.glob("examples/*/*scheme.toml"), *ROOT.glob("src/steelyard/regions/**/*scheme.toml")]
)
VALIDATOR = jsonschema.Draft202012Validator(SCHEME_JSON_SCHEMA)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_every_scheme_that_ships_is_valid(path):
    read = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=str)
    assert [error.message for error in VALIDATOR.iter_errors(as_plain(read))] == []
    assert [e.message for e in VALIDATOR.iter_errors(dict(Scheme.read(path).document))] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"itms": []},
        {"family": "both"},
        {"label": 3},
        {"items": [item("A", 10, {"points": 1, "at_mots": 2})]},
        {"items": [item("A", 10, {"points": 1}, combien="sum")]},
        {"grades": [{"code": "a", "at_lest": 9}]},
        {"period": {"starts": "yesterday"}},
    ],
)
def test_what_the_reader_refuses_by_its_shape_is_invalid(changes):
    assert not VALIDATOR.is_valid(document(**changes))


def test_there_are_schemes_to_try():
    assert len(SHIPPED) >= 10
