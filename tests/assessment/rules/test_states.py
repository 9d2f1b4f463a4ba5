"""Every pair of states of every thing, against what was written down a second time."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

import pytest

from steelyard.assessment import rules
from steelyard.assessment.rules.states import ALL
from steelyard.kernel.moves import WRONG_STATE, Moves

WAYS = """
assessment  drafting>comments comments>drafting comments>checked checked>drafting checked>issued
            issued>collecting collecting>comparing comparing>scoring scoring>frozen
            frozen>scoring drafting>checked drafting>withdrawn issued>withdrawn
scheme      draft>draft draft>out draft>checked draft>dropped out>draft out>checked checked>draft
            checked>issued issued>replaced
comment     open>open open>withdrawn open>adopted open>refused adopted>open adopted>adopted
            refused>open
sheet       open>open open>signed signed>signed signed>mending mending>mending mending>signed signed>outdated mending>outdated outdated>outdated outdated>signed
submission  filling>filling filling>approving approving>filling approving>locked
difference  open>settled settled>settled settled>open
objection   open>upheld open>rejected
score       open>scored scored>open
drawn_file  asked>received asked>missing asked>excused missing>received received>reviewed
visit       planned>announced planned>done planned>cancelled announced>done announced>cancelled done>done
lead        new>checking new>unfounded checking>confirmed checking>unfounded
suspicion   suspected>heard suspected>cleared heard>confirmed heard>cleared
weighing    asked>running running>running running>done running>refused
"""


def _written() -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    name = ""
    for word in WAYS.split():
        if ">" in word:
            start, end = word.split(">")
            found[name].add((start, end))
        else:
            name = word
            found[name] = set()
    return found


def test_every_table_of_moves_of_the_area_is_tried_here() -> None:
    """A new machine of states that is not in ``ALL``, or whose ways are not written above, fails."""
    found = {
        f"{module.name}.{name}"
        for module in walk_packages(rules.__path__, f"{rules.__name__}.")
        for name, one in vars(import_module(module.name)).items()
        if isinstance(one, Moves) and one not in ALL.values()
    }
    assert found == set()
    assert set(_written()) == set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_each_pair_of_states_is_joined_exactly_where_it_is_written(name: str) -> None:
    moves = ALL[name]
    joined = {
        (start.value, end.value)
        for start in moves.states
        for end in moves.states
        if any(moves.after(start, move) is end for move in moves.moves)
    }
    assert joined == _written()[name]


@pytest.mark.parametrize("name", ALL)
def test_a_move_that_does_not_exist_is_refused_with_the_state_it_meets(name: str) -> None:
    moves = ALL[name]
    for state in moves.states:
        for move in moves.moves:
            refusals = moves.against(state, move)
            assert bool(refusals) == (moves.after(state, move) is None)
            assert all(one.code == WRONG_STATE for one in refusals)
            assert all(moves.states[state].zh in one.text.zh for one in refusals)


@pytest.mark.parametrize("name", ALL)
def test_every_state_is_named_and_reached_and_every_move_leads_somewhere(name: str) -> None:
    moves = ALL[name]
    assert set(moves.states) == set(type(moves.begins))
    assert {move for _, move in moves.table} == set(moves.moves)
    assert {moves.begins, *moves.table.values()} == set(moves.states)
