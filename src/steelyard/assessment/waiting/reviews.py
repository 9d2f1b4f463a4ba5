"""What of the file review waits for whom: a reviewer's files that are there, files to give out."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from steelyard.assessment.queries.reviews import waiting_for_reviewer
from steelyard.kernel.bilingual import Text
from steelyard.look.language import say
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action
from steelyard.people.waiting import Waiting

MOST = 200


def waiting_reviews(account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:
    """At most :data:`MOST`. What a unit has to bring waits with its day, as a deadline."""
    if not reach(held, Action.REVIEW_FILES, today):
        return []
    mark = say(Text("：", ": "))
    return [
        Waiting(
            f"{pgettext('of a case file', 'Review')}{mark}{one.file.record} · {say(one.file.unit.name)}",
            reverse("assessment:my_review", args=[one.file.draw.assessment.code, one.pk]),
            None,
            _("File review"),
        )
        for one in waiting_for_reviewer(account).order_by("pk")[:MOST]
    ]
