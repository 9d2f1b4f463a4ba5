"""Files drawn for review in a test's year: a frozen snapshot of trademark cases, a draw, reviews."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from steelyard.assessment.actions import reviews as actions
from steelyard.assessment.actions.reviews import Marked
from steelyard.assessment.models import Draw, DrawnFile, FileReview
from steelyard.assessment.rules.reviews.draws import Wanted
from steelyard.assessment.rules.states import FileMove
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from steelyard.supply.actions import deliveries
from steelyard.supply.actions.deliveries import File
from steelyard.supply.actions.snapshots import freeze
from steelyard.supply.models import Snapshot
from tests.assessment.year import Year
from tests.supply.office import account, details

PLACES = """code,title_zh,title_en,parent,level
440000,广东,Guangdong,,province
440100,广州,Guangzhou,440000,city
440700,江门,Jiangmen,440000,city
440703,蓬江,Pengjiang,440700,district
"""
CASES = "case_number,kind,channel,place,accepted_on,decided_on,outcome,is_transferred_in,is_transferred_to_police,is_repeat"
SEED = "福彩3D 2022-01-20 期：4 7 1"


def case(number: str, place: str) -> str:
    return f"{number},trademark,ordinary,{place},2021-03-01,2021-05-01,penalty,no,no,no"


def frozen(year: Year, guangzhou: int = 2, jiangmen: int = 6) -> Snapshot:
    """So many trademark cases of each city; Jiangmen's in a district of it."""
    he = account("何处长", body=(Role.SUPPLYING_BODY, year.province))
    rows = [case(f"穗{at}", "440100") for at in range(1, guangzhou + 1)]
    rows += [case(f"江{at}", "440703") for at in range(1, jiangmen + 1)]
    cases = "\n".join([CASES, *rows, ""])
    for table, text, by, body in (
        ("places", PLACES, he, year.province),
        ("administrative_decisions", cases, year.li, year.market),
    ):
        told = details(table=table, starts=date(2021, 1, 1), ends=date(2022, 1, 1))
        file = File(f"{table}.csv", text.encode())
        one = deliveries.upload(body=body, details=told, file=file, by=by.pk, now=year.now)
        one = deliveries.sign(delivery=one.pk, seen=one.version, by=by.pk, now=year.now)
        deliveries.accept(delivery=one.pk, seen=one.version, by=year.chen.pk, now=year.now)
    return freeze(
        office=year.province, starts=date(2021, 1, 1), ends=date(2022, 1, 1), by=year.chen.pk,
        now=year.now,
    )  # fmt: skip


def wanted(**changes: Any) -> Wanted:
    given: dict[str, Any] = {
        "file_type": "trademark", "input_code": "file_points", "seed": SEED,
        "seed_origin": "福彩3D开奖号码", "witness": "钱科长", "wanted": 3, "reserves": 2,
    }  # fmt: skip
    return Wanted(**given | changes)


def drawn(year: Year, snapshot: Snapshot | None = None, **changes: Any) -> Draw:
    """Guangzhou's two and three of Jiangmen's six, with two in reserve."""
    frozen_one = snapshot or frozen(year)
    return actions.draw_files(
        assessment=year.assessment.pk, snapshot=frozen_one.pk, wanted=wanted(**changes),
        by=year.chen.pk, now=year.now,
    )  # fmt: skip


def files_of(draw: Draw, city: str, *, reserve: bool = False) -> list[DrawnFile]:
    found = DrawnFile.objects.filter(draw=draw, unit__code=city, is_reserve=reserve)
    return list(found.order_by("place"))


def note(year: Year, file: DrawnFile, move: FileMove, reason: str | None = None) -> DrawnFile:
    """A missing file with a reason, unless another is given: its unit's days are not over."""
    reason = ("单位报告已遗失" if move is FileMove.MISS else "") if reason is None else reason
    return actions.note_file(
        file=file.pk, move=move, reason=reason, by=year.chen.pk, now=year.now
    )  # fmt: skip


def received(year: Year, draw: Draw) -> list[DrawnFile]:
    """All of them, each given to two of the experts."""
    files = [*files_of(draw, "440100"), *files_of(draw, "440700")]
    for file in files:
        note(year, file, FileMove.RECEIVE)
    actions.assign_reviewers(
        draw=draw.pk, reviewers=[one.pk for one in year.experts], by=year.chen.pk, now=year.now
    )
    return files


def mark(
    year: Year, review: FileReview, marks: Mapping[str, int], *, finish: bool = True,
    by: Account | None = None, seen: int | None = None,
) -> FileReview:  # fmt: skip
    marked = {code: Marked(times, "第3页") for code, times in marks.items()}
    return actions.save_review(
        review=review.pk, marked=marked, finish=finish, seen=seen,
        by=by.pk if by else review.reviewer_id, now=year.now, no_defect=finish and not marks,
    )  # fmt: skip


def both(year: Year, file: DrawnFile, *marks: Mapping[str, int]) -> DrawnFile:
    """Its two reviewers find this, the second the last of them."""
    reviews = list(file.reviews.filter(settles=False).order_by("pk"))
    for review, found in zip(reviews, (marks[0], marks[-1]), strict=True):
        mark(year, review, found)
    file.refresh_from_db()
    return file
