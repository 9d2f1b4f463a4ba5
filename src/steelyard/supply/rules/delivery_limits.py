"""May this happen to this delivery now? For each move a list of limits: read ``LIMITS``.

To add a limit, write a function and put it into the list of the moves that it limits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from steelyard.kernel.bilingual import Text
from steelyard.kernel.periods import Period
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal
from steelyard.supply.rules.deliveries import MOVE_NAMES, STATUSES, Move, Status, after


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryState:
    """A delivery as the rules see it; one that is being opened is a draft.

    ``rows`` is None while there is no file, or one that cannot be read. ``signer``: the account that
    signed. ``replaces``: the name of the delivery that it corrects, "" if it is no correction;
    ``replaced``: where that one stands. ``standing``: the name of the accepted delivery of the same
    body, table, period and coverage, ``under_way`` that of another that is not yet accepted, "" if
    there is none. ``asked_cut_off``: the cut-off that the
    office asked for, None where nobody asks for it.
    """

    name: str
    status: Status
    table: str
    period: Period
    cut_off: date
    version: int = 1
    rows: int | None = None
    faults: int = 0
    signer: int | None = None
    replaces: str = ""
    replaced: Status | None = None
    why: str = ""
    standing: str = ""
    under_way: str = ""
    is_table_known: bool = True
    collection: str = ""
    asked_cut_off: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person asks for: ``by`` an account, ``on`` a day of the region.

    ``seen`` is the version that stood on their page; None where nothing was looked at first.
    """

    move: Move
    by: int
    on: date
    seen: int | None = None
    reason: str = ""


Limit = Callable[[DeliveryState, Asked], Refusal | None]


def move_exists(delivery: DeliveryState, asked: Asked) -> Refusal | None:
    if after(delivery.status, asked.move) is not None:
        return None
    if asked.move is Move.SIGN and delivery.status is Status.SIGNED:
        return refusal(
            "already_signed",
            Text("这次报送已经签发", "the delivery is signed already"),
            Text("无需再签", "there is nothing left to sign"),
        )
    status, move = STATUSES[delivery.status], MOVE_NAMES[asked.move]
    return refusal(
        "wrong_status",
        Text(f"{status.zh}的报送不能{move.zh}", f"{_a(status.en)} delivery is not there to {move.en}"),
        Text("请刷新页面，看它现在的状态", "open it again to see where it stands now"),
    )  # fmt: skip


def nothing_changed_meanwhile(delivery: DeliveryState, asked: Asked) -> Refusal | None:
    if asked.seen is None or asked.seen == delivery.version:
        return None
    return refusal(
        "changed_meanwhile",
        Text(
            f"您看过之后，它已被改动（您看到第{asked.seen}版，现为第{delivery.version}版）",
            f"it was changed since you looked: you saw version {asked.seen}, it is {delivery.version} now",
        ),
        Text("请看过现在的内容再操作", "look at it as it is now, then decide"),
    )


def there_is_something_to_sign(delivery: DeliveryState, _: Asked) -> Refusal | None:
    if delivery.rows or delivery.faults:
        return None
    return refusal(
        "nothing_to_sign",
        Text("没有一行数据", "there is not one row"),
        Text("请先上传或填写", "upload a file or type rows in first"),
    )


def no_fault_is_open(delivery: DeliveryState, _: Asked) -> Refusal | None:
    if not delivery.faults:
        return None
    return refusal(
        "faults_open",
        Text(
            f"还有{delivery.faults}处错误",
            f"{delivery.faults} {_faults(delivery.faults)} still open",
        ),
        Text("请改正后重新上传", "mend them and upload it again"),
    )


def table_is_known(delivery: DeliveryState, _: Asked) -> Refusal | None:
    if delivery.is_table_known:
        return None
    return refusal(
        "unknown_table",
        Text(f"没有表“{delivery.table}”", f"there is no table {delivery.table!r}"),
        Text("请从列表中选择", "choose one of the list"),
        "table",
    )


def cut_off_is_not_before_its_period(delivery: DeliveryState, _: Asked) -> Refusal | None:
    """Figures that were last known before the period began say nothing of it."""
    if delivery.cut_off >= delivery.period.starts:
        return None
    return refusal(
        "cut_off_before_period",
        Text(
            f"截止日{delivery.cut_off}早于期间{delivery.period}",
            f"the cut-off {delivery.cut_off} lies before the period {delivery.period}",
        ),
        Text("请核对截止日和期间", "check the cut-off and the period"),
        "cut_off",
    )


def cut_off_is_past(delivery: DeliveryState, asked: Asked) -> Refusal | None:
    """Nobody can sign for days to come; ``steelyard freeze`` refuses such a list likewise."""
    if delivery.cut_off <= asked.on:
        return None
    return refusal(
        "signed_before_cut_off",
        Text(
            f"截止日{delivery.cut_off}还没有到，不能在{asked.on}签发",
            f"it cannot be signed on {asked.on}: the cut-off {delivery.cut_off} is still to come",
        ),
        Text("请在截止日当天或之后签发，或改截止日", "sign on that day or later, or mend the cut-off"),
        "cut_off",
    )  # fmt: skip


def cut_off_is_that_asked_for(delivery: DeliveryState, _: Asked) -> Refusal | None:
    """Figures that know less than was asked for do not answer the request; later ones do."""
    if delivery.asked_cut_off is None or delivery.cut_off >= delivery.asked_cut_off:
        return None
    return refusal(
        "cut_off_before_asked",
        Text(
            f"考核办要求数据截至{delivery.asked_cut_off}，这里截至{delivery.cut_off}",
            f"the office asks for figures as of {delivery.asked_cut_off}, these are as of {delivery.cut_off}",
        ),
        Text("请核对截止日，必要时补充数据", "check the cut-off; bring the rows up to that day"),
        "cut_off",
    )


def correction_says_what_and_why(delivery: DeliveryState, _: Asked) -> Refusal | None:
    if bool(delivery.replaces) == bool(delivery.why.strip()):
        return None
    return refusal(
        "correction_without_reason",
        Text("更正须同时写明替换哪一次报送和原因", "a correction names what it replaces, and why"),
        Text("请补写更正原因", "say why it is corrected"),
        "why",
    )


def what_it_replaces_still_stands(delivery: DeliveryState, _: Asked) -> Refusal | None:
    if not delivery.replaces or delivery.replaced is Status.ACCEPTED:
        return None
    status = STATUSES[delivery.replaced] if delivery.replaced else Text("不存在", "not there")
    return refusal(
        "not_standing",
        Text(
            f"要替换的{delivery.replaces}{status.zh}", f"{delivery.replaces}, which it replaces, is {status.en}"
        ),
        Text("请更正现行有效的那一次", "correct the one that stands"),
        "replaces",
    )  # fmt: skip


def nothing_else_stands(delivery: DeliveryState, _: Asked) -> Refusal | None:
    """Once one is accepted, only a correction that names it may follow."""
    if not delivery.standing or delivery.standing == delivery.replaces:
        return None
    return refusal(
        "stands_already",
        Text(f"{delivery.standing}已经接收", f"{delivery.standing} is accepted already"),
        Text("请打开它，选择“更正”", "open that one and correct it"),
        "table",
    )


def nothing_is_under_way(delivery: DeliveryState, _: Asked) -> Refusal | None:
    if not delivery.under_way:
        return None
    return refusal(
        "under_way",
        Text(
            f"同一张表、同一期间的报送{delivery.under_way}正在办理",
            f"{delivery.under_way}, of the same table and period, is under way",
        ),
        Text("请在那一次里继续", "go on with that one"),
        "table",
    )


def reason_is_given(_: DeliveryState, asked: Asked) -> Refusal | None:
    if asked.reason.strip():
        return None
    return refusal(
        "no_reason",
        Text("没有写原因", "no reason is given"),
        Text("请写明要改什么", "say what has to be mended"),
        "reason",
    )


def signer_does_not_accept(delivery: DeliveryState, asked: Asked) -> Refusal | None:
    """Four eyes: whoever signed for the figures does not receive them."""
    if delivery.signer != asked.by:
        return None
    return refusal(
        "own_signature",
        Text("签发人不能接收或者退回自己签发的报送", "nobody accepts or returns what they signed"),
        Text("请由他人处理", "someone else has to decide"),
    )


def it_came_from_a_body(delivery: DeliveryState, _: Asked) -> Refusal | None:
    """A corrected sheet would say what nobody collected, and be gone with the next freeze."""
    if not delivery.collection:
        return None
    return refusal(
        "collected",
        Text(f"这是办公室自己采集的数据（{delivery.collection}），不能以另一张表更正",
             f"the office collected it itself ({delivery.collection}): no other sheet corrects it"),
        Text("请在采集的地方更正，然后重新冻结", "correct it where it was collected, then freeze again"),
    )  # fmt: skip


_ALWAYS: tuple[Limit, ...] = (move_exists, nothing_changed_meanwhile)

LIMITS: Mapping[Move, tuple[Limit, ...]] = {
    Move.UPLOAD: (
        *_ALWAYS,
        table_is_known,
        cut_off_is_not_before_its_period,
        nothing_is_under_way,
        nothing_else_stands,
        correction_says_what_and_why,
    ),
    Move.SIGN: (
        *_ALWAYS,
        there_is_something_to_sign,
        no_fault_is_open,
        cut_off_is_not_before_its_period,
        cut_off_is_past,
        cut_off_is_that_asked_for,
        correction_says_what_and_why,
        what_it_replaces_still_stands,
        nothing_else_stands,
    ),
    Move.WITHDRAW: _ALWAYS,
    Move.ACCEPT: (
        *_ALWAYS,
        signer_does_not_accept,
        what_it_replaces_still_stands,
        nothing_else_stands,
    ),
    Move.RETURN: (*_ALWAYS, signer_does_not_accept, reason_is_given),
    Move.CORRECT: (*_ALWAYS, it_came_from_a_body, reason_is_given),
    Move.REPLACE: (move_exists,),
    Move.DISCARD: _ALWAYS,
    Move.LAPSE: (move_exists,),
}


def against(delivery: DeliveryState, asked: Asked) -> tuple[Refusal, ...]:
    """Everything that stands against a move; empty means that it may be done.

    A move that does not exist from here is refused for that alone: the rest would mislead.
    """
    missing = move_exists(delivery, asked)
    if missing is not None:
        return (missing,)
    found = (limit(delivery, asked) for limit in LIMITS[asked.move])
    return tuple(refusal for refusal in found if refusal is not None)


def _a(words: str) -> str:
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"


def _faults(count: int) -> str:
    return "fault is" if count == 1 else "faults are"
