"""May the office ask these bodies for a table of a period at all?"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date

from steelyard.kernel.bilingual import Text
from steelyard.kernel.periods import Period
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal
from steelyard.notices.rules.deadlines import LONGEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the office asks of one body, and what there is already.

    ``due``: the day that the working days lead to, None if they are out of bounds. ``supplies``:
    whether anyone holds the role of supplying body there today. ``delivered``: the name of the
    delivery of the same thing that is signed or accepted; ``is_accepted``: which of the two.
    ``is_asked``: whether a request for the same thing is open.
    """

    body: Text
    table: str
    period: Period
    cut_off: date
    working_days: int
    due: date | None
    known: Collection[str] = field(default_factory=frozenset)
    supplies: bool = True
    delivered: str = ""
    is_accepted: bool = False
    is_asked: bool = False


Check = Callable[[Wish], Refusal | None]


def table_is_known(wish: Wish) -> Refusal | None:
    if wish.table in wish.known:
        return None
    return refusal(
        "unknown_table",
        Text(f"没有表“{wish.table}”", f"there is no table {wish.table!r}"),
        Text("请从列表中选择", "choose one of the list"),
        "table",
    )


def days_are_in_bounds(wish: Wish) -> Refusal | None:
    if 1 <= wish.working_days <= LONGEST:
        return None
    return refusal(
        "days_out_of_bounds",
        Text(
            f"不能要求在{wish.working_days}个工作日内报送",
            f"{wish.working_days} working days cannot be given",
        ),
        Text(f"请给1至{LONGEST}个工作日", f"give 1 to {LONGEST}"),
        "working_days",
    )


def cut_off_is_not_before_its_period(wish: Wish) -> Refusal | None:
    if wish.cut_off >= wish.period.starts:
        return None
    return refusal(
        "cut_off_before_period",
        Text(
            f"截止日{wish.cut_off}早于期间{wish.period}",
            f"the cut-off {wish.cut_off} lies before the period {wish.period}",
        ),
        Text("请核对截止日和期间", "check the cut-off and the period"),
        "cut_off",
    )


def it_can_be_signed_in_time(wish: Wish) -> Refusal | None:
    """Nobody can sign before the cut-off: due before it, the body could only be late."""
    if wish.due is None or wish.cut_off <= wish.due:
        return None
    return refusal(
        "due_before_cut_off",
        Text(
            f"{wish.due}届满，早于截止日{wish.cut_off}，届时还不能签发",
            f"it would be due on {wish.due}, before the cut-off {wish.cut_off}, when none can sign",
        ),
        Text("请多给几个工作日，或者改截止日", "give more working days, or an earlier cut-off"),
        "working_days",
    )


def someone_supplies_there(wish: Wish) -> Refusal | None:
    if wish.supplies:
        return None
    return refusal(
        "nobody_supplies",
        Text(
            f"{wish.body.zh}今天没有数据来源单位的人员",
            f"nobody is supplying body at {wish.body.say('en')} today",
        ),
        Text("请管理员先授予角色", "have the administrator give someone the role first"),
        "bodies",
    )


def it_is_not_delivered_already(wish: Wish) -> Refusal | None:
    if not wish.delivered:
        return None
    how = Text("接收", "accepted") if wish.is_accepted else Text("签发", "signed")
    mend = (
        Text("数据有误时请该单位更正", "if it is wrong, have it corrected")
        if wish.is_accepted
        else Text("请接收或者退回它", "accept or return it")
    )
    return refusal(
        "delivered_already",
        Text(
            f"{wish.body.zh}的{wish.delivered}已经{how.zh}",
            f"{wish.delivered} of {wish.body.say('en')} is {how.en} already",
        ),
        mend,
        "bodies",
    )


def it_is_not_asked_already(wish: Wish) -> Refusal | None:
    if not wish.is_asked:
        return None
    return refusal(
        "asked_already",
        Text(
            f"已经要求{wish.body.zh}报送同一张表、同一期间",
            f"{wish.body.say('en')} was asked for the same table and period already",
        ),
        Text("请看那一项要求；可以催办、延期或者撤回", "see that request: urge, extend or withdraw it"),
        "bodies",
    )  # fmt: skip


OF_THE_THING: tuple[Check, ...] = (
    table_is_known,
    days_are_in_bounds,
    cut_off_is_not_before_its_period,
    it_can_be_signed_in_time,
)
OF_THE_BODY: tuple[Check, ...] = (
    someone_supplies_there,
    it_is_not_delivered_already,
    it_is_not_asked_already,
)


def against(wishes: Collection[Wish]) -> tuple[Refusal, ...]:
    """Everything that stands against asking these bodies for one thing: all are asked or none.

    What is wrong with the thing itself is said once, not for every body.
    """
    if not wishes:
        nobody = refusal(
            "no_body",
            Text("没有选择单位", "no body is chosen"),
            Text("请至少选择一个", "choose at least one"),
            "bodies",
        )
        return (nobody,)
    first = next(iter(wishes))
    found = [check(first) for check in OF_THE_THING]
    found += [check(wish) for wish in wishes for check in OF_THE_BODY]
    return tuple(one for one in found if one is not None)
