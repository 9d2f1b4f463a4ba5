"""What rests on a figure, or on what was found on a visit, and is looked at again when that moves. Part of
others' actions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.actions.scoring.clocks import go_on_scoring
from steelyard.assessment.models import Assessment, Score
from steelyard.assessment.queries.assessments import division_of, issued, scheme_of
from steelyard.assessment.rules.differences.comparing import Key
from steelyard.assessment.rules.figures.touching import touches
from steelyard.assessment.rules.states import ScoreState, Stage
from steelyard.kernel.bilingual import Text
from steelyard.notices.actions import tell
from steelyard.notices.queries import who_may
from steelyard.notices.rules.texts import Kind
from steelyard.people.rules.roles import Action


def reopen_scores(
    found: Assessment, moved: Collection[Key], *, by: int, now: datetime
) -> list[Score]:
    """The scores that are given and rest on these figures are open again; their bodies are told.

    Inside another action's transaction, under the assessment's lock.
    """
    if found.stage != Stage.SCORING or not moved:
        return []
    return reopen_items(found, touches(division_of(issued(found)), moved), by=by, now=now)


def reopen_items(
    found: Assessment, wanted: Collection[tuple[str, str]], *, by: int, now: datetime
) -> list[Score]:
    """The same of these (unit, item), whatever it is that they rest on."""
    if found.stage != Stage.SCORING or not wanted:
        return []
    scores = [
        one
        for one in Score.objects.select_for_update(of=("self",))
        .select_related("unit")
        .filter(assessment=found, state=ScoreState.SCORED, item__in={item for _, item in wanted})
        if (one.unit.code, one.item) in wanted
    ]
    for one in scores:
        one.state = ScoreState.OPEN
        one.save()
        one.version += 1
    go_on_scoring(found, {one.body_id for one in scores}, by=by, now=now)
    _tell(found, scores, by, now)
    return scores


def _tell(found: Assessment, scores: Iterable[Score], by: int, now: datetime) -> None:
    titles = scheme_of(issued(found)).item
    by_body: dict[tuple[int, str], list[Score]] = {}
    for one in scores:
        by_body.setdefault((one.body_id, one.item), []).append(one)
    for (body, item), some in by_body.items():
        units = [one.unit.name for one in some]
        title = titles[item].title
        tell(
            Kind.SCORES_REOPENED,
            [one for one in who_may(Action.SCORE_ITEMS, body, timezone.localdate(now)) if one != by],
            area="assessment", object_id=found.pk,
            path=reverse("assessment:assessment", args=[found.code]),
            words={
                "what": Text(f"{item} {title.zh}", f"{item} {title.en or title.zh}"),
                "units": Text(
                    "、".join(unit.zh for unit in units),
                    ", ".join(unit.en or unit.zh for unit in units),
                ),
            },
            once=f"scores:{found.pk}:{item}:{max(one.pk for one in some)}:{max(one.version for one in some)}",
            now=now,
        )  # fmt: skip
