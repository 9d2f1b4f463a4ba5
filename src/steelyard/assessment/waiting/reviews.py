"""What of the file review waits for whom: a reviewer's files that are there; the office's to give out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext, pgettext

from steelyard.assessment.queries import reviews as queries
from steelyard.assessment.rules.reviews.draws import DRAWS_IN
from steelyard.kernel.bilingual import Text
from steelyard.look.language import say
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action
from steelyard.people.waiting import Waiting

MOST = 200
AREA = gettext_lazy("File review")


def waiting_reviews(account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:
    """At most :data:`MOST` of each. What a unit has to bring waits with its day, as a deadline."""
    found: list[Waiting] = []
    if reach(held, Action.REVIEW_FILES, today):
        found += _of_a_reviewer(account)
    offices = reach(held, Action.DRAW_FILES, today)
    if offices:
        found += _of_the_office(offices)
    return found


def _of_a_reviewer(account: int) -> Iterator[Waiting]:
    """Each file that is there, with the day by which this reviewer is to be done with its draw."""
    mark = say(Text("：", ": "))
    due = queries.due_of_draws(account)
    for one in queries.waiting_for_reviewer(account).order_by("pk")[:MOST]:
        yield Waiting(
            f"{pgettext('of a case file', 'Review')}{mark}{one.file.record} · {say(one.file.unit.name)}",
            reverse("assessment:my_review", args=[one.file.draw.assessment.code, one.pk]),
            due.get(one.file.draw_id),
            AREA,
        )


def _of_the_office(offices: frozenset[int]) -> Iterator[Waiting]:
    """Draws with files that lack reviewers, and with files on which two differ."""
    for draw, lacking, differ in queries.draws_that_wait(offices, DRAWS_IN)[:MOST]:
        title = say(queries.type_of(draw).title)
        where = reverse("assessment:draw", args=[draw.assessment.code, draw.pk])
        if lacking:
            told = ngettext(
                "Give %(n)s file to reviewers: %(what)s",
                "Give %(n)s files to reviewers: %(what)s", lacking,
            ) % {"n": lacking, "what": title}  # fmt: skip
            yield Waiting(
                told,
                reverse("assessment:assign_reviewers", args=[draw.assessment.code, draw.pk]),
                None,
                AREA,
            )
        if differ:
            told = ngettext(
                "On %(n)s file the reviewers differ: %(what)s",
                "On %(n)s files the reviewers differ: %(what)s", differ,
            ) % {"n": differ, "what": title}  # fmt: skip
            yield Waiting(told, f"{where}#files", None, AREA)
