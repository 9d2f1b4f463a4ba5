"""Open, correct, place and close an organisation."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from steelyard.kernel.names import against_names
from steelyard.kernel.periods import Days
from steelyard.kernel.refusals import refuse_if_any
from steelyard.people.actions.steps import (
    ONE_DAY,
    end_after,
    going_on_after,
    hold_tree,
    may_not_manage,
    saved,
    taken,
)
from steelyard.people.models import Holding, Organisation, Placement
from steelyard.people.queries import load_known, load_placed_around, load_posts
from steelyard.people.rules import closing, tree
from steelyard.people.rules.tree import Placed
from steelyard.people.telling import Change, tell_of
from steelyard.trail.acting import acting
from steelyard.trail.versions import ChangedMeanwhile, refuse_if_changed, row_of


def open_organisation(
    *,
    code: str,
    name_zh: str,
    kind: str,
    starts: date,
    parent: int | None,
    name_en: str = "",
    place: str = "",
    by: int | None,
    now: datetime,
) -> Organisation:
    """A new organisation, standing below another from its first day; only the system opens one
    that stands below none. The same again gives the one that is there.

    Raises:
        Refused: the code is taken, it may not stand there, or it is not for ``by`` to say.
    """
    with acting("open_organisation", by=by):
        hold_tree()
        refuse_if_any(may_not_manage([parent], by, now))
        refuse_if_any(against_names(name_zh=name_zh, name_en=name_en))
        there = Organisation.objects.filter(
            code=code, name_zh=name_zh, name_en=name_en, kind=kind, place=place, starts=starts,
            placements__parent=parent, placements__starts=starts,
        ).first()  # fmt: skip
        if there is not None and not may_not_manage([there.pk], by, now):
            return there
        refuse_if_any([taken("code")] if Organisation.objects.filter(code=code).exists() else [])
        organisation = Organisation.objects.create(
            code=code, name_zh=name_zh, name_en=name_en, kind=kind, place=place, starts=starts
        )
        if parent is not None:
            _place(organisation, parent, starts)
    return organisation


def correct_organisation(
    *,
    organisation: int,
    name_zh: str,
    name_en: str,
    kind: str,
    place: str,
    seen_version: int | None = None,
    by: int | None,
    now: datetime,
) -> Organisation:
    """What an organisation is called. Its code and its days stay.

    Raises:
        Refused: it is not for ``by`` to say.
        ChangedMeanwhile: somebody changed it since it had the version ``seen_version``.
    """
    with acting("correct_organisation", by=by):
        refuse_if_any(may_not_manage([organisation], by, now))
        refuse_if_any(against_names(name_zh=name_zh, name_en=name_en))
        found = Organisation.objects.get(pk=organisation)
        found.name_zh, found.name_en = name_zh, name_en
        found.kind, found.place = kind, place
        return saved(found, seen_version)


def place_organisation(
    *,
    organisation: int,
    parent: int,
    starts: date,
    seen_version: int | None = None,
    by: int | None,
    now: datetime,
) -> Placement:
    """Put an organisation below another from a day on; where it stood ends on that day.

    ``seen_version``: the number of its last placement, as it was seen.

    Raises:
        Refused: it may not stand there, or it is not for ``by`` to say.
        ChangedMeanwhile: somebody placed it since.
    """
    with acting("place_organisation", by=by):
        hold_tree()
        refuse_if_any(may_not_manage([organisation, parent], by, now))
        there = Placement.objects.filter(organisation=organisation, parent=parent, starts=starts)
        if (same := there.first()) is not None:
            return same
        _refuse_if_placed(organisation, seen_version, {"parent_id": parent, "starts": starts})
        return _place(Organisation.objects.get(pk=organisation), parent, starts)


def close_organisation(
    *,
    organisation: int,
    ends: date,
    seen_version: int | None = None,
    by: int | None,
    now: datetime,
) -> Organisation:
    """The last day is the one before ``ends``. Roles held in it, and its place, end with it.

    Raises:
        Refused: others still stand below it, something begins later, or it is not for ``by``.
        ChangedMeanwhile: somebody changed it since it had the version ``seen_version``.
    """
    with acting("close_organisation", by=by):
        hold_tree()
        refuse_if_any(may_not_manage([organisation], by, now))
        found = Organisation.objects.select_for_update().get(pk=organisation)
        refuse_if_changed(found, seen_version, ends=ends)
        wanted = closing.Closing(
            organisation, Days(found.starts, found.ends), ends, timezone.localdate(now)
        )
        refuse_if_any(
            closing.against(
                wanted, load_placed_around(organisation), load_posts(organisation=organisation)
            )
        )
        end_after(Placement.objects.filter(organisation=organisation), ends)
        held = Holding.objects.filter(organisation=organisation)
        ending_now = list(going_on_after(held, ends).select_related("organisation"))
        end_after(held, ends)
        for one in ending_now:
            tell_of(one, Change.ENDS, ends - ONE_DAY, by=by, now=now)
        found.ends = ends
        found.save()
    return found


def _place(organisation: Organisation, parent: int, starts: date) -> Placement:
    """The rules are asked as if where it stands now ended on the day."""
    known = load_known(organisation.pk, parent)
    wanted = Placed(organisation.pk, parent, Days(starts, known.exist[organisation.pk].ends))
    placed = [tree.ended(one, starts, organisation.pk) for one in known.placed]
    refuse_if_any(tree.against(wanted, tree.Known(placed, known.exist)))
    now_open = Placement.objects.filter(organisation=organisation, starts__lt=starts)
    end_after(now_open, starts)
    return Placement.objects.create(
        organisation=organisation, parent_id=parent, starts=starts, ends=wanted.days.ends
    )


def _refuse_if_placed(organisation: int, seen: int | None, mine: dict[str, object]) -> None:
    """Each placing is a row of its own: what was seen is the number of the last one."""
    last = Placement.objects.filter(organisation=organisation).order_by("pk").last()
    if seen is None or (last.pk if last else 0) == seen:
        return
    before = Placement.objects.filter(organisation=organisation, pk=seen).first()
    told = row_of(before) if before else {}
    raise ChangedMeanwhile(Placement, last.pk, told, row_of(last), mine, last.pk)
