"""Where does a delivery request stand, and what may happen to it? (Whether one may ask: `wishes.py`.)

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
* **Accepted: nothing more is asked.** A correction is the body's own affair and has no clock, unless
  somebody found the delivery wrong whose finding binds: an objection that was upheld. Then the body
  is asked to correct it, with the clock of a delivery that was returned.

A draft is for the eyes of the body alone. Whoever does not see drafts is not told that there is
one: to them a request stands *not signed yet*, begun or not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal
from steelyard.kernel.working_days import ONE_DAY, WorkingDays
from steelyard.notices.rules.deadlines import LONGEST
from steelyard.notices.rules.reminders import working_days_between
from steelyard.people.rules.roles import Action
from steelyard.supply.rules import deliveries

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
