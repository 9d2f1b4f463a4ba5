"""Against the mean of all units: 达到全省平均值的得满分，每低1个百分点扣0.5分."""

from __future__ import annotations

from dataclasses import replace

from steelyard.scheme.wording.arranging.work import OF_THE_MEAN, Undecided, Work
from steelyard.scheme.wording.clauses import Break, Clause, Each, FromFull, ReachesMean


def against_mean(work: Work) -> None:
    """Count from the mean, full points for whoever reaches it.

    Raises:
        Undecided: what is given at the mean, or taken below it, is not said.
    """
    means = [one for one in work.clauses if isinstance(one, ReachesMean)]
    counted = [one for one in work.clauses if isinstance(one, Each)]
    if not means and not any(one.is_of_mean for one in counted):
        return
    awards = [one.award for one in means if one.award is not None]
    subjects = {one.of for one in means if one.of} | {one.subject for one in counted if one.subject}
    is_clear = (
        len(counted) == 1 and (means or counted[0].subject) and counted[0].motion == "short" and counted[0].award.taken
        and counted[0].target is None and len(subjects) <= 1 and len(awards) <= 1
        and all(work.is_full(one.points) for one in awards)
    )  # fmt: skip
    if not is_clear:
        raise Undecided(
            "与平均值相比怎样得分、怎样扣分，没有写清",
            "what is given at the mean and what is taken below it is not clear",
        )
    [each] = counted
    below = replace(each, subject=next(iter(subjects), ""), is_of_mean=True)
    base: list[Clause] = [FromFull(), Break()]
    rest = [below if one is each else one for one in work.clauses if one not in means]
    work.clauses = [*base, *rest]
    work.read_into(OF_THE_MEAN.zh, OF_THE_MEAN.en)
