"""Full points where nothing is amiss, and so much off for each fault: 按时报送得5分，每迟报1次扣1分.

The first clause is no thing of its own. Read as one, it would take everything away at the first fault, of
which the second says what it costs: 材料齐全得10分，每缺1份扣1分 is 9 points for one that lacks. The count
says all. Where the two do not fit, a person says what is meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from steelyard.kernel.exact import exact
from steelyard.scheme.wording.arranging.work import Undecided, Work
from steelyard.scheme.wording.clauses import Clause, Condition, Each, FromFull, Step, When, Whole
from steelyard.scheme.wording.units import SHARE_UNITS

HAPPENS = re.compile("^(?:有|发生|出现|存在|发现|因|被)+")
"""What says of a thing that there was one."""

_IN_TIME = re.compile(
    "按时|及时|按期|准时|如期|限期内|规定(?:的)?(?:时间|时限|期限)内"
    r"|\d个?(?:工作)?[日天](?:之|以)?内|\d小时(?:之|以)?内"
)
_LATE = re.compile(
    "迟|晚|逾期|延误|拖延|超期|超时|滞后|[不未](?:能)?(?:按时|及时|按期|准时|如期|在规定)"
)
_ALL = re.compile("全部|全面|均|都|100%|无一")
_NOT = re.compile("(?:不|未|没有|没)(?:能|予以)?(?P<done>.{2,})")
_NEVER = re.compile("(?:全年|当年|年内|年度)(?:无|未|没有)(?P<thing>.+)|零(?!售)(?P<none>.+)")
_NONE_OF = re.compile("(?P<thing>.+?)(?:发生)?(?:率|数量|数|件数|次数)?为?[零0]")
_WELL = (
    (
        re.compile("齐全|齐备|完备|完整|健全|俱全|无缺|无遗漏"),
        re.compile("^[^未不无]*?(?:缺|少|漏|短)"),
    ),
    (re.compile("准确|正确|无误|真实|属实|一致"), re.compile("错|误|失实|虚假|不[准实符]|不一致")),
    (re.compile("到位|达标|合格|规范|合规|完善|合法"), re.compile("不合|违规|违法|不规范|不到位")),
)
"""What is as it should be, and what is amiss then."""
_FAULTLESS = re.compile(
    "(?:齐全|齐备|完备|完整|健全|俱全|无缺|无遗漏|准确|正确|无误|真实|属实|一致|到位|达标|合格|规范|合规"
    "|完善|合法)$|足额|^零(?!售)|为[零0]$"
)


def faultless(work: Work) -> None:
    """Say by the count what holds in the faultless case alone.

    Raises:
        Undecided: the two are one thing, and how they join is not said.
    """
    counted = [one for one in work.clauses if isinstance(one, Each) and one.award.taken]
    twice = [one for one in work.clauses if _is_said_by_a_count(one, counted, work)]
    given = [one for one in work.clauses if isinstance(one, When | Step) and not one.award.taken]
    bases = [one for one in twice if isinstance(one, When | Step)]
    if len(bases) > 1 or (bases and (given != bases or not work.is_full(bases[0].award.points))):
        raise _not_joined(_words(bases[0], work))
    if not twice:
        _must_not_take_all(given, counted, work)
        _must_not_take_once(given, work)
        return
    for one in twice:
        words = _words(one, work)
        work.read_into(
            f"“{words}”按一次也没有扣分的情形读，只报次数",
            f"{words!r} means that nothing is taken: the count alone is asked",
        )
    named = {id(one): _named_by(one, twice) for one in counted}
    work.clauses = [
        FromFull() if one in bases else named.get(id(one), one)
        for one in work.clauses
        if one in bases or one not in twice
    ]


def _gives(one: When | Step) -> bool:
    award = one.award
    return not (award.taken or award.added or award.spared) and award.points != 0


def _not_joined(words: str) -> Undecided:
    return Undecided(
        f"“{words}”与按次扣分说的是一件事，怎样合用没有写清",
        f"{words!r} and what is taken each time are one thing: how they join is not said",
    )


def _must_not_take_all(given: Sequence[When | Step], counted: Sequence[Each], work: Work) -> None:
    """结案率100%得10分，每有1件积压扣1分: whatever is amiss then, not all is lost by the first."""
    plain = [one for one in counted if one.motion == "event" or one.target is None]
    for one in filter(_gives, given):
        if isinstance(one, Step):
            is_base = _is_an_end(one) and any(each.unit not in SHARE_UNITS for each in plain)
        else:
            is_known = one.condition.words in work.namer.tokens.by_letter
            is_base = bool(_FAULTLESS.search(one.condition.words)) and not is_known
            is_base = is_base and not one.condition.denied
            is_base = is_base or any(_denies(one.condition, each) for each in plain)
        if is_base and plain:
            raise _not_joined(_words(one, work))


def _denies(condition: Condition, each: Each) -> bool:
    """未按规定立案的每件扣0.5分, of what is 按规定立案: it may be one case or all."""
    denied = _NOT.search(each.subject + each.what)
    return denied is not None and denied["done"] in condition.words and not condition.denied


_MILDER = re.compile("主动|及时|自查|自行|妥善|积极|整改")


def _is_milder(condition: Condition) -> bool:
    """每发生1起扣2分，及时处置的扣1分: no fault of its own, but what makes one less."""
    words = condition.words
    return (
        bool(_MILDER.search(words)) and not condition.denied and not re.search("[不未没拒]", words)
    )


def _must_not_take_once(given: Sequence[When | Step], work: Work) -> None:
    """按时报送得2分，逾期报送的扣1分: whether the late one still has the 2 points is not said."""
    base = [one for one in given if isinstance(one, When) and _gives(one)]
    taken = [one for one in work.clauses if isinstance(one, When) and one.award.taken]
    if any(_is_milder(one.condition) for one in taken) and work.has(Each):
        raise Undecided(
            "从轻扣分的是其中的哪些，没有写清", "which of what is counted costs less is not said"
        )
    for one in base:
        if any(is_opposite(one.condition, other.condition.words) for other in taken):
            raise Undecided(
                "一种情形得分，相反的情形扣分", "points for it, and points off for its opposite"
            )


def _is_an_end(one: Step) -> bool:
    """Whether the step is that of all or of none: 100%, 0件."""
    low, high = one.band.low, one.band.high
    if low is not None and low.value.endswith("%") and exact(low.value) == 1:
        return True
    return high is not None and high.status != "out" and exact(high.value) == 0


def _words(one: Clause, work: Work) -> str:
    if isinstance(one, Step):
        edge = one.band.high or one.band.low
        number = "" if edge is None else edge.value
        unit = "" if number.endswith("%") else one.band.unit
        return work.namer.tokens.taken_out(one.subject or work.namer.base) + number + unit
    assert isinstance(one, When | Whole)
    return work.namer.tokens.taken_out(worded(one.condition))


def worded(condition: Condition) -> str:
    if not condition.denied:
        return condition.words
    return (
        f"无{condition.words[1:]}" if condition.words.startswith("有") else f"未{condition.words}"
    )


def _named_by(each: Each, bases: Sequence[Clause]) -> Each:
    """每发生1件 beside 纠错率为零: what happened is the thing of which there was none."""
    if HAPPENS.sub("", each.subject + each.what) or each.motion != "event":
        return each
    found = [_NONE_OF.fullmatch(one.condition.words) for one in bases if isinstance(one, When)]
    things = [one["thing"] for one in found if one]
    return replace(each, what=things[0]) if len(things) == 1 else each


def _is_said_by_a_count(one: Clause, counted: Sequence[Each], work: Work) -> bool:
    said = [each.subject + (each.what or each.verb) for each in counted]
    if isinstance(one, Step):
        plain = [
            words
            for each, words in zip(counted, said, strict=True)
            if each.motion == "event" and each.unit not in SHARE_UNITS
        ]
        subject = work.namer.tokens.taken_out(one.subject or work.namer.base)
        is_all = one.band.low is not None and exact(one.band.low.value) != 0
        share = Condition(subject.removesuffix("率") + ("100%" if is_all else "为0"))
        return _gives(one) and _is_an_end(one) and any(is_opposite(share, each) for each in plain)
    if isinstance(one, When):
        if not _gives(one):
            return False
    elif not (isinstance(one, Whole) and one.key == "full_if"):
        return False
    is_known = one.condition.words in work.namer.tokens.by_letter
    if one.condition.band is not None or is_known:
        return False
    return any(is_opposite(one.condition, each) for each in said)


def is_opposite(condition: Condition, counted: str) -> bool:
    """Whether a thing is so just if there is none of what is counted.

    >>> is_opposite(Condition("按时报送"), "迟报"), is_opposite(Condition("有投诉", denied=True), "发生投诉")
    (True, True)
    >>> is_opposite(Condition("水质全部达标"), "水体不达标"), is_opposite(Condition("建立台账"), "缺项")
    (True, False)
    >>> is_opposite(Condition("材料齐全"), "缺"), is_opposite(Condition("复议纠错率为零"), "发生")
    (True, True)
    """
    words = condition.words
    never = _NEVER.fullmatch(words) or _NONE_OF.fullmatch(words)
    if condition.denied or never:
        thing = HAPPENS.sub("", next(filter(None, never.groups())) if never else words)
        said = HAPPENS.sub("", counted)
        return bool(thing) and (thing in said or said in thing)
    if _IN_TIME.search(words) and _LATE.search(counted):
        return True
    denied = _NOT.search(counted)
    if denied and _ALL.search(words) and denied["done"] in words:
        return True
    return any(well.search(words) and amiss.search(counted) for well, amiss in _WELL)
