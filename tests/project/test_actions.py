"""A promise about every area: each thing that a person can do is told who does it, and when."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

OFFICE = Path(__file__).resolve().parents[2] / "src/steelyard"

NO_ACTIONS: Mapping[str, str] = {
    **dict.fromkeys(
        (
            f"assessment.schemes.versions.{one}"
            for one in ("send_out", "draft_again", "settle", "settle_unheard", "issue")
        ),
        "what a stage brings with it, part of its action",
    ),
    "assessment.schemes.versions.as_kept": "part of the actions that write a draft",
    "assessment.schemes.versions.move_version": "part of the actions that lead a version on",
    "assessment.collection.opening.close_submissions": "what a stage brings with it",
    "assessment.collection.opening.open_submissions": "what a stage brings with it",
    "assessment.differences.close": "what a stage brings with it, part of its action",
    "assessment.supplied.opening.start_clocks": "part of opening sheets",
    "assessment.supplied.opening.stop_clock": "part of what ends a sheet",
    "supply.requests.ask_to_correct": "part of upholding an objection",
    "assessment.differences.compare": "part of signing a sheet and of closing the collection",
    "assessment.differences.take_out": "part of issuing an amendment",
    "assessment.schemes.outdated.outdate": "part of issuing an amendment",
    "assessment.supplied.opening.to_be_corrected": "part of issuing an amendment",
    "assessment.differences.find": "what a stage brings with it, part of its action",
    "assessment.supplied.opening.what_is_owed": "a question",
    "assessment.supplied.opening.close_sheets": "what a stage brings with it, part of its action",
    "assessment.supplied.opening.open_sheets": "what a stage brings with it, part of its action",
    "assessment.touched.reopen_scores": "part of signing a sheet and of settling a difference",
    "assessment.touched.reopen_items": "part of reporting a visit, of reviewing files and of the same",
    "assessment.urging.note_urging": "part of urging the units and the scoring bodies",
    "assessment.assessments.withdraw": "what a stage brings with it, part of its action",
    "assessment.schemes.versions.drop": "what a stage brings with it, part of its action",
    "assessment.weighings.asking.reopen": "what a stage brings with it, part of its action",
    **dict.fromkeys(
        (
            f"assessment.scoring.clocks.{one}"
            for one in ("start_scoring", "end_if_all_is_scored", "go_on_scoring")
        ),
        "part of opening the scoring, of scoring and of opening a score again",
    ),
    **dict.fromkeys(
        (
            f"assessment.forgery.clocks.{one}"
            for one in ("it_is_raised", "it_is_stated", "it_is_heard", "it_is_decided")
        ),
        "part of raising, stating, hearing and deciding",
    ),
    "assessment.forgery.clocks.to_hear": "what a deadline says",
    **dict.fromkeys(
        (f"assessment.visits.clocks.{one}" for one in ("it_is_reported", "it_is_let_go")),
        "part of reporting, cancelling and putting off a visit",
    ),
    **dict.fromkeys(
        (
            *(
                f"assessment.visits.photographs.{one}"
                for one in ("files_on", "against_pictures", "hang")
            ),
            *(
                f"assessment.visits.report_corrections.{one}"
                for one in ("keep_finding", "note_added", "now_corrected")
            ),
        ),
        "a part of the steps of a visit",
    ),
    "assessment.leads.handling.a_receipt": "part of taking a lead in",
    "assessment.visits.clocks.close_reports": "what a stage brings with it, part of its action",
    "assessment.visits.clocks.start_reports": "the clock does it",
    "assessment.weighings.cut_off.keep_the_cut_offs": "the clock does it",
    "assessment.weighings.cut_off.standing_against": "a question",
    "assessment.assessments.held_for_the_office": "a lock, for who may",
    "assessment.assessments.held_still": "a lock",
    "assessment.leads.form_leads.take_lead": "the public does it, whoever that is",
    "assessment.leads.form_leads.take_letter": "whoever carries it in: the public did it",
    "assessment.leads.handling.held_lead": "a lock",
    **dict.fromkeys(
        (
            f"assessment.reviews.clocks.{one}"
            for one in (
                "task_of",
                "start_reviewing",
                "files_came",
                "end_if_nothing_is_left",
                "urge",
            )
        ),
        "part of the actions that give files to reviewers, and of those that end a review",
    ),
    "assessment.reviews.files.held_file": "a lock",
    "assessment.reviews.files.in_stage": "a refusal",
    "assessment.reviews.files.move_file": "part of noting a file and of settling it",
    "assessment.reviews.results.propose": "part of noting a file and of finishing a review",
    "assessment.reviews.results.propose_judged": "what a stage brings with it, part of its action",
    "assessment.scoring.scores.open_scores": "what a stage brings with it, part of its action",
    "assessment.weighings.asking.freeze": "what a stage brings with it, part of its action",
    "assessment.weighings.running.carry_out": "the worker does it, for whoever asked",
    "assessment.weighings.running.take_up_again": "the clock does it",
    "supply.requests.go_on": "what a delivery brings with it, part of its action",
    "supply.requests.held_still": "a lock",
    "supply.requests.meet": "what a delivery brings with it, part of its action",
    "supply.snapshots.write_cover": "writes files for `freeze`, and nothing that is kept",
    "files.hold_content": "a lock",
    "files.put_back": "bytes that are kept already, written once more",
    "files.the_store": "where files lie",
    "files.too_large": "a refusal, for the limit of uploads too",
    "notices.remind": "the clock does it",
    "people.roles.give": "part of giving a role and of opening an account",
    "people.sweep_sheets": "the clock does it",
}
"""Public functions beside the actions, and why nobody is asked who does them."""

NUMBERS = {"int", "int | None"}
"""An account is told by its number, None for the system itself."""


def modules() -> Iterator[Path]:
    yield from sorted(OFFICE.glob("*/actions.py"))
    for path in sorted(OFFICE.glob("*/actions/**/*.py")):
        if path.stem != "steps":  # what several actions share
            yield path
    yield OFFICE / "people/sheet_imports.py"


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in modules():
        area, *part = path.relative_to(OFFICE).with_suffix("").parts
        part = part[1:]  # but "actions" itself
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield ".".join([area, *part, node.name]), node


FUNCTIONS = dict(functions())
ACTIONS = {name: node for name, node in FUNCTIONS.items() if name not in NO_ACTIONS}


def faults(node: ast.FunctionDef, known: set[str]) -> list[str]:
    told = {
        one.arg: ast.unparse(one.annotation or ast.Constant(None)) for one in node.args.kwonlyargs
    }
    found = []
    if node.args.args or node.args.posonlyargs:
        found.append("takes something without its name")
    if told.get("by") not in known:
        found.append(f"by: {told.get('by', 'nobody')}")
    if told.get("now") != "datetime":
        found.append(f"now: {told.get('now', 'never')}")
    return found


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_is_told_who_and_when_by_name(name: str) -> None:
    assert faults(ACTIONS[name], NUMBERS) == []


def test_there_are_actions() -> None:
    assert {
        "people.roles.give_role",
        "files.send_file",
        "supply.deliveries.signatures.sign",
    } <= set(ACTIONS)


def test_what_is_no_action_is_still_there() -> None:
    assert set(NO_ACTIONS) <= set(FUNCTIONS)


@pytest.mark.parametrize(
    ("planted", "wrong"),
    [
        ("def close(*, case: int, by: int, now: datetime): ...", []),
        (
            "def close(case: int, by: int, *, now: datetime): ...",
            ["takes something without its name", "by: nobody"],
        ),
        ("def close(*, by: Account, now: datetime): ...", ["by: Account"]),
        ("def close(*, by: int): ...", ["now: never"]),
    ],
)
def test_a_planted_fault_is_found(planted: str, wrong: list[str]) -> None:
    (node,) = ast.parse(planted).body
    assert isinstance(node, ast.FunctionDef)
    assert faults(node, NUMBERS) == wrong
