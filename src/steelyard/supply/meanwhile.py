"""Two people at one delivery: what the page shows to the one who came second.

Details stand beside each other as the form asks for them, rows cell by cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from steelyard.files.store import NotAsKept
from steelyard.kernel.periods import Period
from steelyard.kernel.refusals import Refused
from steelyard.look.language import say
from steelyard.people.views.asking import NotAllowed
from steelyard.records.catalogue.model import Table
from steelyard.records.intake.delivery import written_period
from steelyard.supply import kept
from steelyard.supply.actions.deliveries import Details
from steelyard.supply.checking import Sheet
from steelyard.supply.models import Delivery, DeliveryRequest
from steelyard.supply.queries import load_catalogue
from steelyard.supply.rules import grids, two_grids
from steelyard.supply.rules.two_grids import NOTHING, Differs
from steelyard.supply.showing import MOST_READ, grid_rows
from steelyard.trail.side_by_side import Pair, Told, choice, show_both, told_of
from steelyard.trail.versions import ChangedMeanwhile, Row, changed_since

OF_THE_SHEET = frozenset({"file_hash", "faults"})
MOVED_ON = {"wrong_status", "already_signed"}
"""Where it stands now forbids it, whatever was seen."""

MOST_TOLD = 200
"""Cells that a page shows as changed."""


def refused(
    request: HttpRequest, found: Delivery, error: Refused, seen: int, sent: QueryDict | None = None
) -> HttpResponse | None:
    """The answer to a refused deed, if it was refused for a missing right or for a change meanwhile.

    Raises:
        NotAllowed: one may not.
    """
    if error.lacks_a_right:
        raise NotAllowed(error.refusals)
    if not is_meanwhile(error):
        return None
    changed = changed_since(found, seen, {})
    others = [one for one in error.refusals if one.code != "changed_meanwhile"]
    return show_both(
        request, changed, sent, version="seen", back=_page(found),
        told=[*told_of(changed, but=OF_THE_SHEET), *_cells_told(changed)],
        refusals=[say(one.text) for one in others],
    )  # fmt: skip


def refused_request(
    request: HttpRequest, found: DeliveryRequest, error: Refused, seen: int
) -> HttpResponse | None:
    """The same of a request that was to be withdrawn."""
    if not is_meanwhile(error):
        return None
    back = reverse("supply:request", args=[found.pk])
    return show_both(request, changed_since(found, seen, {}), version="seen", back=back)


def is_meanwhile(error: Refused) -> bool:
    codes = {one.code for one in error.refusals}
    return "changed_meanwhile" in codes and not codes & MOVED_ON


def show_details(
    request: HttpRequest, found: Delivery, seen: int, details: Details, kept_file: int | None
) -> HttpResponse:
    """Both states of what is said of a delivery. ``kept_file``: what the second one sent, kept."""
    mine = {
        "table_code": details.table, "starts": details.starts, "ends": details.ends,
        "covers": " ".join(sorted(set(details.covers))), "cut_off": details.cut_off,
        "sample": details.sample, "source": details.source.strip(),
        "licence": details.licence.strip(), "note": details.note.strip(),
    }  # fmt: skip
    if found.replaces_id:
        mine |= {name: getattr(found, name) for name in ("table_code", "starts", "ends", "covers")}
    changed = changed_since(found, seen, mine)
    pairs = [*_details_pairs(changed), *_file_pair(changed, kept_file)]
    told = told_of(changed, but=OF_THE_SHEET)
    return show_both(
        request, changed, version="seen", back=_page(found), pairs=pairs,
        told=[*told, *([] if kept_file else _cells_told(changed))],
    )  # fmt: skip


def show_rows(
    request: HttpRequest, found: Delivery, seen: int, rows: grids.Rows
) -> HttpResponse | None:
    """Both states of the rows, cell by cell; None if theirs is no sheet that can be shown so."""
    table = load_catalogue().tables[found.table_code]
    changed = changed_since(found, seen, {})
    theirs, before = _rows_of(changed.theirs, table), _rows_of(changed.before, table)
    if theirs is None:
        return None
    both = two_grids.beside(rows, theirs, before, table)
    pairs = [_pair(one, table, is_known=before is not None) for one in both.differ]
    asked = {pair.name for pair in pairs}
    along = [
        (name, cell)
        for number, row in enumerate(both.rows)
        for field, cell in zip(table.fields, row, strict=True)
        if (name := f"r{number}-{field.code}") not in asked
    ]
    return show_both(
        request, changed, QueryDict(), version="seen", back=_page(found), pairs=pairs, along=along,
        told=told_of(changed, but=OF_THE_SHEET),
    )  # fmt: skip


def _pair(one: Differs, table: Table, *, is_known: bool) -> Pair:
    said = [NOTHING if value is None else value or NOTHING for value in (one.before, one.theirs, one.mine)]  # fmt: skip
    name = f"r{one.number}-{one.field}" if one.field else f"row-{one.number}"
    sent = (
        (one.theirs or "", one.mine or "")
        if one.field
        else tuple("leave" if value is None else "keep" for value in (one.theirs, one.mine))
    )
    chosen = two_grids.chosen(one, is_known=is_known)
    return Pair(name, _label(one, table), *said, *sent, chosen)


def _label(one: Differs, table: Table) -> str:
    row = " ".join(one.key) or _("Row")
    if not one.field:
        return row
    field = next(field for field in table.fields if field.code == one.field)
    return f"{row} · {say(field.title)}"


def _cells_told(changed: ChangedMeanwhile) -> Iterator[Told]:
    """What was changed in the sheet, cell by cell; of one that cannot be shown so, nothing."""
    before, now = changed.before, changed.theirs
    if not before or not now or before["file_hash"] == now["file_hash"]:
        return
    table = load_catalogue().tables[now["table_code"]]
    was, became = _rows_of(before, table), _rows_of(now, table)
    if was is None or became is None:
        yield Told(_("File"), before["file_hash"], now["file_hash"])
        return
    for one in two_grids.changed(was, became, table)[:MOST_TOLD]:
        yield Told(_label(one, table), one.mine or NOTHING, one.theirs or NOTHING)


def _rows_of(row: Row, table: Table) -> grids.Rows | None:
    """The rows of the sheet that a state of a delivery has."""
    if not row:
        return None
    try:
        content = kept.content_of(row["file_hash"])
    except NotAsKept:
        return None
    if len(content) > MOST_READ:
        return None
    period = Period(row["starts"], row["ends"])
    sheet = Sheet(row["file_name"], content, row["table_code"], period, row["cut_off"])
    return grid_rows(sheet, table)


def _details_pairs(changed: ChangedMeanwhile) -> Iterator[Pair]:
    before = _asked(changed.before) if changed.before else {}
    theirs, mine = _asked(changed.theirs), _asked(changed.mine)
    for name, (label, said, sent) in mine.items():
        _label_again, theirs_said, theirs_sent = theirs[name]
        if sent != theirs_sent:
            _its, was_said, was_sent = before.get(name, ("", NOTHING, ""))
            chosen = choice(was_sent, theirs_sent, sent) if before else ""
            yield Pair(name, label, was_said, theirs_said, said, theirs_sent, sent, chosen)


def _asked(row: Row) -> dict[str, tuple[str, str, str]]:
    """What the form asks of a delivery: label, in words, and as it is sent."""
    known = load_catalogue().tables
    table = say(known[row["table_code"]].title) if row["table_code"] in known else ""
    period = written_period(Period(row["starts"], row["ends"]))
    day = row["cut_off"].isoformat()
    asked = {
        "table": (_("Table"), table, row["table_code"]),
        "period": (_("Period"), period, period),
        "cut_off": (_("Cut-off"), day, day),
        "covers": (_("Places covered"), row["covers"], row["covers"]),
        "sample": (_("Sample: the rows are made up"), _("yes") if row["sample"] else _("no"), str(row["sample"])),
        "source": (_("Source"), row["source"], row["source"]),
        "licence": (_("Licence"), row["licence"], row["licence"]),
        "note": (_("Remark"), row["note"], row["note"]),
    }  # fmt: skip
    return {name: (label, said or NOTHING, sent) for name, (label, said, sent) in asked.items()}


def _file_pair(changed: ChangedMeanwhile, kept_file: int | None) -> Iterable[Pair]:
    if kept_file is None:
        return ()
    name = kept.file_of(kept_file).name
    was = changed.before.get("file_name", NOTHING)
    is_theirs_new = changed.before.get("file_hash") != changed.theirs["file_hash"]
    chosen = "" if is_theirs_new else "mine"
    return (
        Pair("kept", _("File"), was, changed.theirs["file_name"], name, "", str(kept_file), chosen),
    )


def _page(found: Delivery) -> str:
    return reverse("supply:delivery", args=[found.pk])
