"""What of scoring waits for whom: the items of a body, all in one line an assessment.

A body with a deadline has it waiting already, with its day; these are the others.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from steelyard.assessment.models import Score
from steelyard.assessment.queries.scoring.scoring_days import running
from steelyard.assessment.rules.states import ScoreState, Stage
from steelyard.kernel.bilingual import Text
from steelyard.look.language import say
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action
from steelyard.people.waiting import Waiting

MOST = 50
AREA = gettext_lazy("Assessments")


def waiting_scores(_account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:
    bodies = reach(held, Action.SCORE_ITEMS, today)
    if not bodies:
        return []
    with_a_day = running().filter(object_id=OuterRef("assessment"), organisation=OuterRef("body"))
    found = (
        Score.objects.filter(
            ~Exists(with_a_day),
            body__in=bodies,
            state=ScoreState.OPEN,
            assessment__stage=Stage.SCORING,
        )
        .order_by("assessment")
        .values("assessment__code", "assessment__title_zh", "assessment__title_en")
        .annotate(units=Count("pk"), items=Count("item", distinct=True))[:MOST]
    )
    return [
        Waiting(
            _("Score %(units)d on %(items)d items: %(title)s")
            % {"units": one["units"], "items": one["items"],
               "title": say(Text(one["assessment__title_zh"], one["assessment__title_en"]))},
            f"{reverse('assessment:scoring', args=[one['assessment__code']])}?show=open",
            None, AREA,
        )
        for one in found
    ]  # fmt: skip
