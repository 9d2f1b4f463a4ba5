"""How long do the officers of all cities wait who save in the last hour before the deadline?"""

from __future__ import annotations

from collections.abc import Iterator

from bench.cases.office import _answered
from bench.measure import Case, Seconds
from bench.office_load import Question, p95
from bench.office_running import OfficeRunning
from steelyard.config.database.address import connect

CITIES, OFFICERS, SAVES = 21, 10, 2


def cases() -> Iterator[Case]:
    with OfficeRunning(OFFICERS, OFFICERS, fill="bench.assessment_fill") as office:
        saving = _Saving(office)
        yield Case(
            name=(
                f"{CITIES} cities × {OFFICERS} officers save items at once, {SAVES} times each:"
                " p95 of the save"
            ),
            ours=saving.ours,
            peer=saving.bare,
            peer_name="a bare view that writes one row",
            limit_ratio=5,
            runs=3,
            note=(
                "Each sends the form of an item of theirs, with another self-score and statement. After every"
                " round the database is asked whether each save is in the trail once, in its order."
            ),
        )


class _Saving:
    def __init__(self, office: OfficeRunning) -> None:
        self._office = office
        self._rounds = 0

    def ours(self) -> Seconds:
        office, first = self._office.ready(), self._rounds * SAVES
        askers = [
            [Question(path_of(one), one["session"], form_of(first + at)) for at in range(SAVES)]
            for one in office.told["officers"]
        ]
        answers = _answered(office.address, askers)
        self._rounds += 1
        _nothing_is_lost_or_doubled(office, self._rounds * SAVES)
        return Seconds(p95(answers))

    def bare(self) -> Seconds:
        office = self._office.ready()
        askers = [
            [Question("/write/", one["session"], {"note": f"{at}"}) for at in range(SAVES)]
            for one in office.told["officers"]
        ]
        return Seconds(p95(_answered(office.bare, askers)))


def path_of(one: dict[str, object]) -> str:
    return f"/assessments/bench/submissions/{one['submission']}/items/{one['item']}/"


def form_of(at: int) -> dict[str, object]:
    return {
        "self_score": f"{at % 10}.5", "statement": _statement(at), "claim": "", "grounds": "",
        "version": at, "then": "stay",
    }  # fmt: skip


def _statement(at: int) -> str:
    return f"第 {at} 次"


SAVED = """
SELECT answer.saved_by_id, answer.version, answer.statement, (
    SELECT array_agg(entry.after ->> 'statement' ORDER BY entry.id) FROM trail_entry entry
    WHERE entry.table_name = 'assessment_answer' AND entry.row_id = answer.id
        AND entry.action = 'save_answer' AND entry.actor = answer.saved_by_id
)
FROM assessment_answer answer
JOIN assessment_submission submission ON submission.id = answer.submission_id
JOIN assessment_assessment assessment ON assessment.id = submission.assessment_id
WHERE assessment.code = 'bench'
"""


def _nothing_is_lost_or_doubled(office: OfficeRunning, saves: int) -> None:
    """Every save is in the trail once, in its order, under its officer's name; the last one stands."""
    said = [_statement(at) for at in range(saves)]
    with connect(office.database) as database:
        rows = database.execute(SAVED).fetchall()
    wanted = {one["account"]: (saves, said[-1], said) for one in office.told["officers"]}
    found = {account: (version, last, trail) for account, version, last, trail in rows}
    if found != wanted or len(rows) != len(wanted):
        amiss = next((one for one in wanted if found.get(one) != wanted[one]), 0)
        raise RuntimeError(f"lost or doubled: {found.get(amiss)}, expected {wanted.get(amiss)}")
