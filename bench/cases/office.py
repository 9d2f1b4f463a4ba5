"""How long do 200 officers wait who all save at once, and whoever opens a list of 10 000 rows?"""

from __future__ import annotations

from collections.abc import Iterator

from bench.measure import Case, Seconds
from bench.office_load import Answer, Question, ask, ask_at_once, p95
from bench.office_running import OfficeRunning
from steelyard.config.database.address import connect

OFFICERS, SAVES, ROWS = 200, 2, 10_000
PAGE, BARE = "/deliveries/", "/listed/"


def cases() -> Iterator[Case]:
    with OfficeRunning(OFFICERS, ROWS) as office:
        saving = _Saving(office)
        yield Case(
            name=f"{OFFICERS} signed-in officers save at once, {SAVES} times each: p95 of the save",
            ours=saving.ours,
            peer=saving.bare,
            peer_name="a bare view that writes one row",
            limit_ratio=5,
            runs=3,
            note=(
                "Each sends the form of their draft with another remark. After every round the database is"
                " asked whether each save is in the trail once, in its order. Saving a remark does not read"
                " the file again; sending another file does, and takes longer."
            ),
        )
        yield Case(
            name=f"a page of the list of deliveries, of {ROWS:,} rows",
            ours=lambda: _read(office.ready().address, PAGE, office),
            peer=lambda: _read(office.ready().bare, BARE, office),
            peer_name="a bare view of the same rows",
            limit_ratio=1.5,
            runs=40,
        )


class _Saving:
    def __init__(self, office: OfficeRunning) -> None:
        self._office = office
        self._rounds = 0

    def ours(self) -> Seconds:
        """Each sends the form of their draft again with another remark."""
        office, first = self._office.ready(), self._rounds * SAVES
        askers = [
            [
                Question(f"/deliveries/{one['delivery']}/mend/", one["session"], _form(first + at))
                for at in range(SAVES)
            ]
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


def _form(at: int) -> dict[str, object]:
    return {
        "table": "trainings", "period": "2025", "cut_off": "2025-12-31", "sample": "on",
        "note": _note(at), "seen": at + 1,
    }  # fmt: skip


def _note(at: int) -> str:
    return f"第 {at} 次"


def _answered(address: str, askers: list[list[Question]]) -> list[Answer]:
    answers = [one for asked in ask_at_once(address, askers) for one in asked]
    amiss = [one for one in answers if one.status != 302]
    if amiss:
        raise RuntimeError(
            f"{len(amiss)} of {len(answers)} not saved: {amiss[0].status}, {amiss[0].text[-400:]}"
        )
    return answers


SAVED = """
SELECT delivery.id, delivery.version, delivery.note, (
    SELECT array_agg(entry.after ->> 'note' ORDER BY entry.id) FROM trail_entry entry
    WHERE entry.table_name = 'supply_delivery' AND entry.row_id = delivery.id
        AND entry.action = 'mend_delivery' AND entry.actor = delivery.uploaded_by_id
)
FROM supply_delivery delivery WHERE delivery.id = ANY(%s)
"""


def _nothing_is_lost_or_doubled(office: OfficeRunning, saves: int) -> None:
    """Every save is in the trail once, in its order, under its officer's name; the last one stands."""
    numbers = [one["delivery"] for one in office.told["officers"]]
    notes = [_note(at) for at in range(saves)]
    with connect(office.database) as database:
        rows = database.execute(SAVED, [numbers]).fetchall()
    wanted = dict.fromkeys(numbers, (saves + 1, notes[-1], notes))
    found = {number: (version, note, trail) for number, version, note, trail in rows}
    if found != wanted:
        amiss = next(number for number in numbers if found.get(number) != wanted[number])
        raise RuntimeError(f"lost or doubled: {found.get(amiss)}, expected {wanted[amiss]}")


def _read(address: str, path: str, office: OfficeRunning) -> None:
    answer = ask(address, Question(path, office.told["reader"]))
    if answer.status != 200 or "list-49" not in answer.text:
        raise RuntimeError(f"not the list: {answer.status}")
