"""Where does a delivery request stand, what may happen to it, and may it be asked for at all?

The assessing office asks a body for a table of a period by a day. The request is *open* until a
delivery of the same thing is signed: then it is *met*, on time or late. What people expect, and what
is done:

* **Signed: the clock stops.** The body has done its part; how long the office then takes to accept
  is not the body's delay.
* **Signature withdrawn: the same clock goes on**, to the day that it had, extensions included. Who
  signs and takes it back gains no day, and loses none.
* **Returned: a new clock, a shorter one**, of the working days that the returner gives
  (:data:`DAYS_TO_MEND` unless they say otherwise): nobody mends before they are told what is wrong.
* **Once late is late**: ``days_late`` is of the latest of its clocks and never falls, so that a
  sheet signed late is not on time merely because it was returned and mended quickly.
* **Withdrawn by the office, with a reason: the clock is dropped**, and a draft that was begun stays
  the body's own. What is signed already is not withdrawn: it is accepted or returned.
* **Accepted: nothing more is asked.** A correction is the body's own affair and has no clock.

A draft is for the eyes of the body alone. Whoever does not see drafts is not told that there is
one: to them a request stands *not signed yet*, begun or not.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from steelyard.assessment.rules import deliveries
from steelyard.assessment.rules.refusing import refusal
from steelyard.kernel.bilingual import Text
from steelyard.kernel.periods import Period
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.working_days import ONE_DAY, WorkingDays
from steelyard.notices.rules.deadlines import LONGEST
from steelyard.notices.rules.reminders import working_days_between
from steelyard.people.rules.roles import Action

DAYS_TO_DELIVER = 15
"""Working days that the form proposes: three weeks, to draw a year's rows and have them signed."""

DAYS_TO_MEND = 5
"""Working days to mend what was returned, unless the returner gives others: the rows are there,
and what is wrong with them is said; a week lets the people who know be asked."""


class State(StrEnum):
    OPEN = "open"
    MET = "met"
    WITHDRAWN = "withdrawn"


STATES: Mapping[State, Text] = {
    State.OPEN: Text("待报送", "open"),
    State.MET: Text("已报送", "met"),
    State.WITHDRAWN: Text("已撤回", "withdrawn"),
}


class Move(StrEnum):
    MEET = "meet"
    REOPEN = "reopen"
    URGE = "urge"
    WITHDRAW = "withdraw"


MOVE_NAMES: Mapping[Move, Text] = {
    Move.MEET: Text("签发了所要求的报送", "sign what was asked for"),
    Move.REOPEN: Text("报送被退回或者撤回签发", "return it, or withdraw its signature"),
    Move.URGE: Text("催办", "urge"),
    Move.WITHDRAW: Text("撤回要求", "withdraw the request"),
}

MOVES: Mapping[tuple[State, Move], State] = {
    (State.OPEN, Move.MEET): State.MET,
    (State.MET, Move.REOPEN): State.OPEN,
    (State.OPEN, Move.URGE): State.OPEN,
    (State.OPEN, Move.WITHDRAW): State.WITHDRAWN,
}
"""From where, by what, to where. What is not here does not happen."""

WHO: Mapping[Move, Action | None] = {
    Move.MEET: None,
    Move.REOPEN: None,
    Move.URGE: Action.REQUEST_DELIVERY,
    Move.WITHDRAW: Action.REQUEST_DELIVERY,
}
"""What a person must be allowed to do, towards the body. None: it follows from what happens to a
delivery, and whoever may do that has asked there."""


def after(state: State, move: Move) -> State | None:
    """Where a move leads, None if it does not exist from there."""
    return MOVES.get((state, move))


def diagram() -> str:
    """The table of moves as a Mermaid state diagram; the docs hold this very text."""
    lines = [f"    {start} --> {end}: {move}" for (start, move), end in MOVES.items()]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {State.OPEN}: ask", *lines])


# --- where it stands ------------------------------------------------------------------------


class Standing(StrEnum):
    NOT_BEGUN = "not_begun"
    DRAFT = "draft"
    NOT_SIGNED = "not_signed"
    RETURNED = "returned"
    SIGNED = "signed"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


STANDINGS: Mapping[Standing, Text] = {
    Standing.NOT_BEGUN: Text("未开始", "not begun"),
    Standing.DRAFT: Text("草稿", "draft"),
    Standing.NOT_SIGNED: Text("未签发", "not signed yet"),
    Standing.RETURNED: Text("已退回", "returned"),
    Standing.SIGNED: Text("已签发", "signed"),
    Standing.ACCEPTED: Text("已接收", "accepted"),
    Standing.WITHDRAWN: Text("要求已撤回", "withdrawn"),
}


def standing(
    state: State, delivery: deliveries.Status | None, *, sees_drafts: bool = True
) -> Standing:
    """``delivery``: where the one stands that met the request, or, of an open one, the one of the
    same thing that is under way; None if there is none."""
    if state is State.WITHDRAWN:
        return Standing.WITHDRAWN
    if state is State.MET:
        waits = delivery is deliveries.Status.SIGNED
        return Standing.SIGNED if waits else Standing.ACCEPTED
    if delivery is deliveries.Status.RETURNED:
        return Standing.RETURNED
    if not sees_drafts:
        return Standing.NOT_SIGNED
    return Standing.DRAFT if delivery is deliveries.Status.DRAFT else Standing.NOT_BEGUN


def days_late(due: date, done: date, calendar: WorkingDays) -> int:
    """Working days after the day it was due; 0 on that day and before.

    >>> days_late(date(2024, 3, 1), date(2024, 3, 5), WorkingDays())
    2
    >>> days_late(date(2024, 3, 5), date(2024, 3, 1), WorkingDays())
    0
    """
    return max(0, working_days_between(due, done, calendar))


def last_working_day(today: date, calendar: WorkingDays) -> date:
    """Today, or the last working day before it. What was due before that day is late: a day off
    makes nothing late.

    >>> last_working_day(date(2024, 3, 3), WorkingDays())
    datetime.date(2024, 3, 1)
    """
    while calendar.is_day_off(today):
        today -= ONE_DAY
    return today


# --- what may happen to it ------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestState:
    """A request as the limits see it. ``urged_on``: the last day the body was urged."""

    state: State
    version: int = 1
    urged_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person asks for. ``seen``: the version on their page; None where none was shown."""

    move: Move
    on: date
    seen: int | None = None
    reason: str = ""


Limit = Callable[[RequestState, Asked], Refusal | None]


def move_exists(request: RequestState, asked: Asked) -> Refusal | None:
    if after(request.state, asked.move) is not None:
        return None
    state, move = STATES[request.state], MOVE_NAMES[asked.move]
    if request.state is State.MET:
        mend = Text("请接收或者退回该报送", "accept the delivery, or return it")
    else:
        mend = Text("无需再办", "there is nothing left to do")
    what = Text(
        f"要求{state.zh}，不能{move.zh}", f"the request is {state.en}: you cannot {move.en}"
    )
    return refusal("wrong_state", what, mend)


def nothing_changed_meanwhile(request: RequestState, asked: Asked) -> Refusal | None:
    if asked.seen is None or asked.seen == request.version:
        return None
    return refusal(
        "changed_meanwhile",
        Text("您看过之后，它已被改动", "it was changed since you looked"),
        Text("请看过现在的内容再操作", "look at it as it is now, then decide"),
    )


def reason_is_given(_: RequestState, asked: Asked) -> Refusal | None:
    if asked.reason.strip():
        return None
    return refusal(
        "no_reason",
        Text("没有写撤回的原因", "no reason is given"),
        Text("请写明为什么不再需要", "say why it is needed no longer"),
        "reason",
    )


def it_is_not_urged_today(request: RequestState, asked: Asked) -> Refusal | None:
    """More than once a day is noise, and noise is not read."""
    if request.urged_on is None or request.urged_on < asked.on:
        return None
    return refusal(
        "urged_today",
        Text("今天已经催办过", "it was urged today already"),
        Text("请明天再催，或者打电话", "urge again tomorrow, or call them"),
    )


LIMITS: Mapping[Move, tuple[Limit, ...]] = {
    Move.MEET: (move_exists,),
    Move.REOPEN: (move_exists,),
    Move.URGE: (move_exists, it_is_not_urged_today),
    Move.WITHDRAW: (move_exists, nothing_changed_meanwhile, reason_is_given),
}


def against(request: RequestState, asked: Asked) -> tuple[Refusal, ...]:
    """Everything that stands against a move; what does not exist is refused for that alone."""
    missing = move_exists(request, asked)
    if missing is not None:
        return (missing,)
    found = (limit(request, asked) for limit in LIMITS[asked.move])
    return tuple(one for one in found if one is not None)


# --- may it be asked for? -------------------------------------------------------------------


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


def against_asking(wishes: Collection[Wish]) -> tuple[Refusal, ...]:
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


def days_to_mend_are_in_bounds(working_days: int) -> tuple[Refusal, ...]:
    """The clock that a return starts."""
    if 1 <= working_days <= LONGEST:
        return ()
    what = Text(
        f"不能给{working_days}个工作日修改",
        f"{working_days} working days cannot be given to mend it",
    )
    mend = Text(f"请给1至{LONGEST}个工作日", f"give 1 to {LONGEST}")
    return (refusal("days_out_of_bounds", what, mend, "working_days"),)
