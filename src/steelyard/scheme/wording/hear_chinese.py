"""Clauses of a Chinese wording: what each says, or that it was not understood.

The text is in one writing already (:mod:`plain_text`). It is cut at semicolons, full stops and commas;
the longest run of pieces that one reader understands becomes a clause. The readers are listed, in
order, in :data:`READERS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product

from steelyard.scheme.wording.clauses import (
    About,
    Always,
    Award,
    Break,
    Clause,
    Computed,
    Condition,
    Counting,
    DownToZero,
    Each,
    Edge,
    FromFull,
    HighestOnce,
    InProportion,
    Judged,
    Most,
    Motion,
    NoCap,
    Otherwise,
    Place,
    RawBand,
    Remark,
    Row,
    ShareOfBest,
    StateOfData,
    Step,
    TableOf,
    Target,
    Unclear,
    Vetoed,
    When,
    Whole,
    WholeKey,
    ZeroBase,
)
from steelyard.scheme.wording.hear_band import band_of
from steelyard.scheme.wording.plain_text import NUMBER, UNIT, number, plain_chinese
from steelyard.scheme.wording.say_item import OUTCOMES, STATES

_N = r"\d+(?:\.\d+)?(?:/\d+)?"
_LONGEST_RUN = 4
_LONGEST_NOUN = 30

_AWARD = re.compile(
    "(?P<head>.*?),?(?:(?<!否)则|可|均|各|方可|直接|再)?(?P<said>"
    "不得分|不计分|不给分|不予计分|不加分|(?:得|计|记|为|给)?0分|不扣分"
    "|(?:得|计|记|给)?(?:本项)?满分|[得计]全分"
    f"|[得计](?:本项)?(?:分值|满分)的(?P<share>{_N}%?)(?:分)?|得(?P<rate>{_N}%)的?分(?:值|数)?|得一半分"
    f"|(?P<verb>得|计|记|给予|给|加计|加|奖励|奖|扣减|扣除|扣|减扣|减)?(?P<n>-?{_N})分"
    ")"
)
_TAKES = ("扣", "扣减", "扣除", "减", "减扣")
_ADDS = ("加", "加计", "奖", "奖励")


def award_at_end(text: str) -> tuple[str, Award] | None:
    """What stands before the award, and the award.

    >>> award_at_end("每缺1次扣0.5分")
    ('每缺1次', Award(points='0.5', taken=True, added=False, spared=False, is_bare=False))
    """
    found = _AWARD.fullmatch(text)
    if not found:
        return None
    return found["head"], _award(found)


def _award(found: re.Match[str]) -> Award:
    said, share = found["said"], found["share"] or found["rate"]
    if found["n"]:
        return _counted_award(found["n"], found["verb"] or "")
    if share:
        return Award(f"full * {share}")
    if said == "得一半分":
        return Award("full * 50%")
    if said == "不扣分":
        return Award("full", spared=True)
    if "满分" in said or "全分" in said:
        return Award("full")
    return Award(0)


def _counted_award(written: str, verb: str) -> Award:
    if written.startswith("-") and verb not in ("得", "计", "记"):
        return Award(number(written[1:]), taken=True)
    points = int(written) if re.fullmatch(r"-\d+", written) else number(written)
    return Award(points, taken=verb in _TAKES, added=verb in _ADDS, is_bare=not verb)


def heard(text: str) -> list[Clause]:
    """The clauses of a plain text, a :class:`Break` after each sentence or part of one."""
    clauses: list[Clause] = []
    for segment in re.split("[;。]", _with_remarks_apart(text)):
        if segment.strip(","):
            clauses += [*_segment(segment.strip(",")), Break()]
    return clauses


_REMARK = re.compile(
    r"\(((?:上(?:一)?年|不足|不满|就高|不重复|同一|扣完|最多|最高|不超过|累计|仅限)[^()]*)\)"
)


def _with_remarks_apart(text: str) -> str:
    """（不足1个百分点的不计）becomes a clause of its own."""
    text = re.sub(f"\\(({_N}分)\\)", r"\1", text)
    return _REMARK.sub(lambda found: f",{found[1].replace(',', '')},", text)


def _segment(segment: str) -> Iterator[Clause]:
    segment = re.sub(
        "^(?:其中|具体为|评分标准|计分办法|注):?|^[(]?\\d{1,2}[).、](?!\\d)", "", segment
    )
    for read in SEGMENT_READERS:
        clauses = read(segment)
        if clauses:
            yield from clauses
            return
    yield from _pieces([piece for piece in re.split(",|(?<=分)、", segment) if piece])


def _pieces(pieces: list[str]) -> Iterator[Clause]:
    place = 0
    while place < len(pieces):
        clause, length = _longest(pieces, place)
        yield clause
        place += length


def _longest(pieces: list[str], place: int) -> tuple[Clause, int]:
    """The clause that the longest run of pieces makes."""
    for length in range(min(_LONGEST_RUN, len(pieces) - place), 0, -1):
        run = pieces[place : place + length]
        if any(award_at_end(piece) for piece in run[:-1]) and not _may_hold_awards(run):
            continue
        for read in READERS:
            clause = read(",".join(run))
            if clause is not None:
                return clause, length
    return Unclear(pieces[place]), 1


def _may_hold_awards(run: list[str]) -> bool:
    """完成数达到目标数得满分，不足的按比例得分 is one clause with an award inside."""
    return len(run) == 2 and "比例" in run[1]


# --- what ends or bounds the counting


def _down_to_zero(text: str) -> Clause | None:
    words = (
        "(?:直至|直到)?(?:扣完(?:本项|该项)?(?:分值|分|得分)?为止|扣至0分(?:为止)?|不计负分|不得负分|不倒扣分?"
        "|扣完即止|最低(?:得|扣至|为|计)?0分|扣完为止)"
    )
    return DownToZero() if re.fullmatch(words, text) else None


def _no_cap(text: str) -> Clause | None:
    return (
        NoCap() if re.fullmatch("(?:本项)?(?:不设上限|不封顶|上不封顶|不设最高分)", text) else None
    )


_WHOSE = "(?:本项|该项|此项|合计|累计|总计|加分|得分|扣分|总分|累加|同类)*"
_MOST = re.compile(
    f"{_WHOSE}(?:最高|最多|至多|最大)(?:可|只)?(?P<verb>得|加|扣|计|奖|减)?分?(?:值)?(?:不超过|为)?(?P<n>{_N})分"
    f"(?:为止|封顶)?|{_WHOSE}(?P<verb2>得|加|扣)?分?{_WHOSE}不(?:得)?超过(?P<n2>{_N})分"
    f"|以(?P<n3>{_N})分(?:封顶|为限|为上限)|(?P<n4>{_N})分封顶|(?P<verb5>加|得|扣)(?:满|完|至)(?P<n5>{_N})分为止"
)


def _most(text: str) -> Clause | None:
    if re.fullmatch(f"{_WHOSE}最高得满分|(?:超过|超出|高于|大于)100%的?,?按100%(?:计算|计)", text):
        return Most("full", taken=False)
    found = _MOST.fullmatch(text)
    if not found:
        return None
    verb = found["verb"] or found["verb2"] or found["verb5"] or ("扣" if "扣分" in text else "")
    written = next(found[name] for name in ("n", "n2", "n3", "n4", "n5") if found[name])
    return Most(number(written), None if not verb else verb in ("扣", "减"))


_PART_OF_STEP = re.compile(
    f"不(?:足|满|到)(?:{NUMBER})?(?:{UNIT})?(?:的)?(?:部分)?,?(?:的)?(?:"
    f"(?P<started>(?:按|以)(?:{NUMBER}){UNIT}?(?:计算|计|算|扣分|计分))"
    "|(?P<full>不计|不计算|不扣分|不扣|不加分|不得分|不计分|舍去|忽略不计|不予计算)"
    "|(?P<exact>按比例(?:计算|计|扣分|扣|折算)))"
)


def _counting(text: str) -> Clause | None:
    found = _PART_OF_STEP.fullmatch(text)
    if not found:
        return None
    return Counting("started" if found["started"] else "full" if found["full"] else "exact")


def _zero_base(text: str) -> Clause | None:
    found = re.fullmatch(
        f"上(?:一)?年(?:度)?(?:基数|数量|案件量|数)?(?:为|是|=)0(?:的|时)?,?(?:以|按)({_N}){UNIT}?(?:计算|计|算)",
        text,
    )
    return ZeroBase(found[1]) if found else None


_HIGHEST_ONCE = re.compile(
    "(?:对|凡)?(?:同一|相同|同)[^,;]{0,14}(?:就高|取最高|按最高|不(?:得)?重复|只计|以最高)[^,;]*"
    "|(?:按)?就高(?:不就低|原则)?(?:计分|加分|得分)?(?:,)?(?:不(?:得)?(?:重复|累计)(?:计分|加分|计算|得分)?)?"
    "|(?:加分|得分)?不(?:得)?(?:重复|累计)(?:计分|加分|计算|得分)"
)


def _highest_once(text: str) -> Clause | None:
    return HighestOnce() if _HIGHEST_ONCE.fullmatch(text) else None


def _target(text: str) -> Clause | None:
    """以90%为基准; 每年会议不少于4次."""
    found = re.fullmatch(f"以({NUMBER}){UNIT}?为(?:基准|目标|标准|底线|基数|基准值|目标值)", text)
    if found:
        return Target(Edge(found[1], "in"))
    if not re.search("不少于|不低于|至少|≥|达到", text):
        return None
    band = band_of(re.sub("^(?:每年|全年|年度|当年|要求)(?:应|须)?", "", text))
    low = band[1].low if band and band[1].high is None else None
    return Target(low, band[0]) if band and low else None


def _from_full(text: str) -> Clause | None:
    if re.fullmatch("以满分为基础|基础分为?满分", text):
        return FromFull()
    found = re.fullmatch(f"(?:本项)?(?:基础分|基本分|基准分|满分|共|总分)?(?:为|计)?({_N})分", text)
    known = re.match("本项|基础分|基本分|基准分|满分|共|总分", text)
    return FromFull(number(found[1])) if found and known else None


# --- awards


def _otherwise(text: str) -> Clause | None:
    said = award_at_end(text)
    words = "(?:其余|其他|其它|否则|除此(?:以外|之外)|余者)(?:的|情况|情形|单位|地区|各档|均|一律)*"
    if not said or not re.fullmatch(words, said[0]):
        return None
    return Otherwise(said[1], is_else=said[0].startswith("否则"))


def _always(text: str) -> Clause | None:
    said = award_at_end(text)
    return (
        Always(said[1]) if said and not said[0] and re.match("[得计记给加扣减不]", text) else None
    )


_SHORT = (
    "少",
    "缺",
    "缺少",
    "低",
    "降低",
    "下降",
    "差",
    "减少",
    "不足",
    "欠",
    "短缺",
    "短少",
    "相差",
)
_OVER = ("多", "高", "超", "超过", "超出", "增加", "提高", "提升", "增长", "上升", "高出", "高于")
_ON_LAST_YEAR = re.compile(
    "(?:,)?(?:比|较|与)?(?:上(?:一)?年(?:度)?|去年|上年)(?:同期)?(?:相比)?,?|,?(?:,)?同比,?"
)
_EACH = tuple(
    re.compile(
        f"(?P<subject>[^,]*?(?:,[^,]*?)?)(?P<apart>,)?每(?:再)?(?P<what>[^\\d,]*?){size}(?P<noun>[^,]*?)"
    )
    for size in (f"(?P<n>{_N}(?:%|‰)?)(?P<unit>{UNIT})?", f"(?P<n>)(?P<unit>{UNIT})")
)
_BELONGS = re.compile("的$|^[\ue000-\uf8ff]$")  # 未完成的，每项…; a known title
_NOT_IN_NOUNS = re.compile(
    "[每分;:≥≤<>=%]|不足|以上|以下|酌情|其中|\\d"
    "|不少于|不低于|不超过|不得|至少|达到|以内|^(?:年|月|季|周|半年|旬)"
)


def _each(text: str) -> Clause | None:
    """每缺1次扣0.5分; 结案率低于90%的，每低1个百分点扣0.5分; 同比每增长10个百分点得1分."""
    said = award_at_end(text)
    matches = (one.fullmatch(said[0].rstrip("的,则")) for one in _EACH) if said else ()
    found = next((one for one in matches if one), None)
    if not said or not found:
        return None
    subject, target = _from_where(found["subject"])
    grew, subject = _compared_with_last_year(subject)
    what, noun = found["what"].removeprefix("有"), found["noun"].strip("的")
    n, unit = found["n"] or "1", found["unit"] or ""
    if n.endswith("%"):
        n, unit = n[:-1], "%"
    is_apart = found["apart"] or found["subject"].endswith(",")
    belongs = (
        not is_apart or grew or target is not None or _BELONGS.search(found["subject"].rstrip(","))
    )
    is_clear = belongs and "," not in subject and not _NOT_IN_NOUNS.search(what + noun + subject)
    if not unit or not is_clear or len(what + noun) > _LONGEST_NOUN:
        return None
    motion = _motion(what, noun, grew=grew)
    return Each(subject, motion, what + noun if motion == "event" else "", n, unit, said[1], target)


def _from_where(subject: str) -> tuple[str, Edge | None]:
    """结案率低于90%的 is about 结案率, counted from 90%."""
    if re.search(
        "低于|少于|不足|未达到|未达|达不到|高于|超过|多于|不到|不满|超出|大于|小于", subject
    ):
        band = band_of(subject)
        if band is not None:
            words, edges = band
            edge = edges.high if edges.low is None else edges.low if edges.high is None else None
            if edge is not None:
                return words, edge
    return subject.rstrip("的,"), None


def _compared_with_last_year(subject: str) -> tuple[bool, str]:
    rest, count = _ON_LAST_YEAR.subn("", subject)
    return count > 0, rest


def _motion(what: str, noun: str, *, grew: bool) -> Motion:
    if noun:
        return "event"
    if what in _SHORT:
        return "decline" if grew else "short"
    if what in _OVER:
        return "growth" if grew else "over"
    return "event"


_OFTEN = re.compile("^(?:每年度?|全年|年度|年内)(?:内|应|须)?")


def _step(text: str) -> Clause | None:
    said = award_at_end(text)
    band = band_of(_OFTEN.sub("", said[0])) if said else None
    return Step(band[0], band[1], said[1]) if said and band else None


_NOT_CONDITIONS = re.compile(
    "[每;:“”×÷≥≤<>=%]|酌情|比例|平均|排名|依次|此类推|最高|最低|最多|以上|以下|视情|根据|每|\\d分|得分|扣分|加分|其中"
    "|分别|就高|重复|下列|以下情形|上述|[另再]$|^(?:其余|其他|否则|按(?![时期月季质量规要])|由|与|以|达不到|不足的)|为止|考核|倍|累计"
)


def _when(text: str) -> Clause | None:
    said = award_at_end(text)
    if not said:
        return None
    once = _ONE_OF.fullmatch(said[0].rstrip("的,"))
    if once and not _NOT_IN_NOUNS.search(once["what"] + once["noun"]):
        what = once["what"] + once["noun"].strip("的")
        return Each("", "event", what, "1", once["unit"], said[1], every_is_understood=True)
    condition = condition_of(said[0])
    is_a_thing_done = said[0].startswith(("有", "已")) or _VERBS.match(said[0])
    return (
        When(condition, said[1]) if condition and (is_a_thing_done or not said[1].is_bare) else None
    )


_ONE_OF = re.compile(f"(?P<what>[^,\\d]*?)1(?P<unit>{UNIT})(?P<noun>[^,]*?)")
_DATES = re.compile(
    "\\d+年|\\d+月(?:底|末|\\d+日)?|\\d+(?:个)?(?:工作)?[日天](?:以?内|前)|\\d+小时(?:以?内)|\\d+日"
)


_DENIED = ("未能", "未", "没有", "没", "不能", "无")
_VERBS = re.compile(
    "^(?:建立|制定|制订|开展|落实|按|报|设|召开|完成|组织|参加|及时|明确|成立|公开|公示|达到|形成)"
)


def condition_of(text: str) -> Condition | None:
    """未按期报送的 is 按期报送, denied. None if the words hold more than one thing may be.

    >>> condition_of("未按期报送的"), condition_of("已建立")
    (Condition(words='按期报送', denied=True, band=None), Condition(words='建立', denied=False, band=None))
    """
    words = text.strip(",").removesuffix("的").strip(",")
    words = re.sub(
        "^(?:若|如果|如|凡|对|对于|能够|能|已经|已)(?=.)|(?:者|的单位|的地区)$", "", words
    )
    if not words or "," in words or _NOT_CONDITIONS.search(words) or len(words) > 40:
        return None
    for start in _DENIED:
        rest = words.removeprefix(start)
        if rest != words and rest:
            needs_having = start in ("无", "没有") and not _VERBS.match(rest)
            return Condition(f"有{rest}" if needs_having else rest, denied=True)
    denied = re.fullmatch(
        "不(合格|达标|及时|完善|健全|到位|规范|完整|准确|落实|符合要求|合规)", words
    )
    if denied:
        return Condition(denied[1], denied=True)
    middle = re.fullmatch(
        "(.+?)(?:未|不)(达标|合格|完成|建立|开展|落实|及时|到位|健全|完善|规范)", words
    )
    return Condition(middle[1] + middle[2], denied=True) if middle else Condition(words)


# --- computed


def _in_proportion(text: str) -> Clause | None:
    found = re.fullmatch(
        "(?P<of>[^,]+?)(?:达到|达)(?P<target>[^,]+?)(?:的)?,?(?P<award>得满分|得[^,]*分),"
        "(?:不足|未达到|达不到|未完成)[^,]{0,8}?(?:部分)?(?:,)?按(?:照)?(?:实际)?(?:完成)?比例(?:得|扣|计)(?:分)?",
        text,
    )
    if found:
        award = award_at_end(found["award"])
        of, target = found["of"], found["target"]
        return InProportion(of, target, award[1]) if award else None
    bare = re.fullmatch(
        "(?:未完成的|不足的|其余的?|未达到的|未完成任务的|达不到的|不足部分|否则|完成部分的)?,?按(?:照)?(?:其)?(?:实际)?(?:任务|目标)?"
        "(?:完成|达标|实际完成|完成任务|落实)?(?:情况|任务)?(?:的)?比例(?:折算|计算|相应)?(?:得分|计分|给分|记分|赋分|扣分|计)",
        text,
    )
    return InProportion() if bare else None


def _computed(text: str) -> Clause | None:
    found = re.fullmatch(
        "(?:本项|该项)?(?P<kind>得分|计分|分值|评分|扣分)(?:=|为|:|按)(?P<words>.+)", text
    )
    if found and not re.search("[,;]|每|扣完", found["words"]):
        return Computed(found["words"], taken=found["kind"] == "扣分")
    found = re.fullmatch("按(?:照)?(?P<words>[^,;]*[×÷/][^,;]*?)(?:计算)?(?:计分|得分)", text)
    found = found or re.fullmatch("(?P<words>[^,;=每按与最]*×[^,;=每最]*)", text)
    return Computed(found["words"]) if found else None


_TO_BEST = re.compile(
    f"(?:本项)?(?:得分=|按|按照|以)?(?:本市|本地|本单位|各单位|各市|该市)?(?:值|数)?与?(?:全省|全市|各市|各单位|全县|所有单位)?"
    f"最高(?:值|分|者|数)?(?:之|的)比(?:例)?(?:×|乘以)(?:(?P<n>{_N})|分值|满分|本项分值)(?:计分|得分|分)?"
)


def _share_of_best(text: str) -> Clause | None:
    found = _TO_BEST.fullmatch(text)
    if found:
        return ShareOfBest(number(found["n"]) if found["n"] else "full")
    words = (
        f"[^,;每]{{0,16}}?(?:第1(?:名|位)?|最高)(?:的|者)?(?:得|为|计)(?:满分|{_N}分),(?:其他|其余|其它)(?:单位|市|地区|各市)?的?"
        "按(?:其)?与(?:第1(?:名|位)?|最高者|最高值)的?(?:之)?比例?(?:折算|计算)?(?:得分|计分|计)"
        "|(?:以)?(?:最高|第1名|最高者|最高值|数量最多)(?:的|者)?(?:得|为|计)满分,(?:其他|其余|其它)(?:单位|市|地区|各市)?的?"
        "按(?:与(?:其|最高值|最高者)(?:的|之)比|(?:与最高值的)?比例)(?:例)?(?:折算|计算)?(?:得分|计分|计)?"
    )
    return ShareOfBest() if re.fullmatch(words, text) else None


_JUDGE = "(?:专家|评审|考核组|考评组|评委|领导|考核办|考核部门|主管部门|检查组|评分单位)"


def _judged(text: str) -> Clause | None:
    score = (
        "(?:评分|打分|评定|评审|赋分|计分|给分|得分|酌情给分|评审打分|评审计分|综合评分|综合评定)"
    )
    if re.fullmatch(f"(?:由)?[^,;]{{0,14}}{_JUDGE}[^,;]{{0,12}}?{score}(?:为准)?", text):
        return Judged()
    if re.fullmatch(
        "[^,;\\d]{0,20}酌情(?:给分|计分|打分|得分|评分|赋分)|视[^,;\\d]{1,14}(?:给分|计分|打分|评分|得分)",
        text,
    ):
        return Judged()
    if re.fullmatch("[^,;\\d]{0,20}酌情(?:扣|减|扣减)分|视[^,;\\d]{1,14}扣分", text):
        return Judged(taken=True)
    return None


_PLACE = re.compile(
    "(?:在|排名|位列|位居|名列|获|获得|综合排名|排|得|考核|全省|全市|全国|全县)*(?:"
    "第(?P<first>\\d+)(?:名|位)?(?:~第?(?P<last>\\d+))?(?:名|位)(?P<on>及以后|以后|及以下|以下|之后|及之后|起)?"
    "|前(?P<top>\\d+)(?:名|位)?)(?:的|者|,)*"
)


def _place(text: str) -> Clause | None:
    said = award_at_end(text)
    found = _PLACE.fullmatch(said[0]) if said else None
    if not said or not found:
        return None
    if found["top"]:
        return Place(1, int(found["top"]), said[1])
    first = int(found["first"])
    last = None if found["on"] else int(found["last"] or first)
    return Place(first, last, said[1])


# --- the whole item, the whole total


def _state_of_data(text: str) -> Clause | None:
    return _STATE_SENTENCES.get(text)


_STATE_SENTENCES = {
    plain_chinese(OUTCOMES[outcome].zh.format(state=STATES[state].zh)).rstrip("。"): StateOfData(state, outcome)
    for state, outcome in product(STATES, OUTCOMES)
}  # fmt: skip
_IN_THE_YEAR = "(?:全年|当年|年内|年度)?"
_EVENT = "(?:案件|事件|案|事故|投诉|任务)(?:线索)?"
_WHOLE: tuple[tuple[WholeKey, str], ...] = (
    ("zero_if", "(?P<c>.+?)(?:的|时)?,?(?:则)?(?:本项|该项|此项)(?:直接)?(?:不得分|得0分|计0分|为0分|记0分)"),
    ("full_if", "(?P<c>.+?)(?:的|时)?,?(?:本项|该项|此项)(?:直接)?(?:得满分|计满分|得分|不扣分)"),
    ("not_applicable_if", "(?P<c>.+?)(?:的|时)?,?不(?:参与|纳入|计入|列入)(?:本项|该项|此项)?考核(?:评分)?"),
    ("zero_if", f"(?P<c>{_IN_THE_YEAR}(?:无|没有|未发生|未办理)[^,]*?{_EVENT})的?,?(?:不得|得0|计0)分"),
    ("full_if", f"(?P<c>{_IN_THE_YEAR}(?:无|没有|未发生)[^,]*?{_EVENT})的?,?(?:[得计]满|不扣)分"),
)  # fmt: skip


def _whole(text: str) -> Clause | None:
    for key, pattern in _WHOLE:
        found = re.fullmatch(pattern, text)
        if found:
            words = re.sub("^(?:全年|当年|年内|年度)(?=无|没有|未)", "", found["c"])
            condition = _measured(words) or condition_of(words)
            if condition is not None:
                return Whole(key, condition)
    return None


def _measured(words: str) -> Condition | None:
    """渔业案件为0的: a condition on a quantity."""
    band = band_of(words)
    return Condition(band[0], band=band[1]) if band and band[0] else None


_VETO_ENDS = (
    ("", "(?:实行|予以|给予|直接|作|采取)?一票否决(?:制)?"),
    ("grade", "(?:直接|一律|考核)*(?:评|定|确定|判|评定)为“?(?P<value>[^“”,]{1,8}?)”?(?:等次|等级|档次|单位)?"),
    ("best_grade", "(?:取消(?:当年)?评(?:优|先)(?:评先|评优)?资格|不得评为(?:优秀|先进)(?:等次|等级)?)"),
    ("score", "(?:考核)?(?:总分|总成绩|年度考核)(?:直接)?(?:计|得|记|为|按)(?P<value>0)分"),
)  # fmt: skip


def _veto(text: str) -> Clause | None:
    """发生重大事故的，一票否决，评为“不合格”."""
    for cut in range(text.count(",") + 1, 0, -1):
        pieces = text.split(",")
        endings = [_veto_ending(piece) for piece in pieces[cut:]]
        if pieces[cut:] and all(endings):
            condition = _veto_condition(",".join(pieces[:cut]))
            then = tuple(one for one in endings if one is not None)
            if condition is not None:
                return Vetoed(condition, then)
    found = re.fullmatch("(?P<c>[^,]+?)的?(?:实行|予以|给予|直接)?一票否决(?:制)?", text)
    condition = _veto_condition(found["c"]) if found else None
    return Vetoed(condition, (("", ""),)) if condition else None


def _veto_ending(piece: str) -> tuple[str, str] | None:
    for key, pattern in _VETO_ENDS:
        found = re.fullmatch(pattern, piece)
        if found:
            return key, found.groupdict().get("value") or ""
    return None


_EVENTS = re.compile(
    f"(?P<verb>发生|出现|发现|有|存在)(?:(?P<n>\\d+)(?P<unit>{UNIT})(?:及以上|以上|\\(含\\)以上)?)?(?P<what>[^,;\\d]+)"
)


def _veto_condition(words: str) -> Condition | None:
    """发生1起以上侵权事件 counts events; anything else is so or not so."""
    words = re.sub("^(?:有下列情形之一的?[:,]?|凡|对)", "", words).removesuffix("的")
    found = _EVENTS.fullmatch(words)
    if found and found["n"]:
        band = RawBand(low=Edge(found["n"], "in"), unit=found["unit"])
        return Condition(f"{found['verb']}{found['what']}".removesuffix("的"), band=band)
    measured = _measured(words)
    if measured is not None:
        return measured
    return (
        Condition(words) if words and not re.search("[,;每]|\\d分|下列|上述|以下", words) else None
    )


_REMARKS = re.compile(
    "(?:数据)?以[^,;\\d]{1,24}(?:数据|统计|系统|结果|材料|通报|文件)?为准"
    "|(?:查阅|查看|核查|抽查|现场查看|实地查看|现场检查|实地检查|听取)[^,;\\d分]{0,16}"
)


def _remark(text: str) -> Clause | None:
    """What changes no points: where the figures come from, how it is checked."""
    return Remark(text) if _REMARKS.fullmatch(text) else None


# --- what needs the whole segment


def _table_of(segment: str) -> list[Clause] | None:
    """按级别计分:“省级”得5分,“市级”得3分."""
    found = re.fullmatch("按(?P<subject>[^:,]+?)计分:(?P<rows>“.*)", segment)
    if not found:
        return None
    rows = [_quoted_row(piece) for piece in re.split(",(?=“)", found["rows"])]
    if any(row is None for row in rows):
        return None
    return [TableOf(found["subject"], tuple(row for row in rows if row is not None))]


def _quoted_row(piece: str) -> Row | None:
    found = re.fullmatch("“([^“”]*)”(.+)", piece)
    said = award_at_end(found[2]) if found else None
    return Row(found[1], said[1]) if found and said and not said[0] else None


def _about(segment: str) -> list[Clause] | None:
    """按结案数÷受理数计分:≥90%得10分."""
    found = re.fullmatch(
        "(?:按|按照|根据)(?P<subject>[^:,;]+?)(?:计分|得分|给分|评分)[:,](?P<rest>.+)", segment
    )
    if not found or "比例" in found["subject"]:
        return None
    return [About(found["subject"]), *_segment(found["rest"])]


_DISTRIBUTED = re.compile(
    f"(?P<keys>[^;每]+?)(?P<per>每{UNIT}|每1{UNIT})?(?:的)?,?(?:分别)(?P<verb>得|加|扣|计|奖励|奖)?"
    f"(?P<all>{_N}分?(?:[、,/]{_N}分?)+)"
)


def _distributed(segment: str) -> list[Clause] | None:
    """省、市、县级分别得5、3、2分."""
    found = _DISTRIBUTED.fullmatch(segment)
    if not found:
        return None
    numbers = (
        re.findall(_N, found["all"])
        if "/" not in found["all"]
        else found["all"].rstrip("分").split("/")
    )
    keys = _level_keys(found["keys"])
    if len(keys) != len(numbers) or not segment.endswith("分"):
        return None
    awards = [_counted_award(one.rstrip("分"), found["verb"] or "") for one in numbers]
    pairs = zip(keys, awards, strict=True)
    if found["per"]:
        unit = found["per"].lstrip("每1")
        return [Each(key, "event", "", "1", unit, award) for key, award in pairs]
    return [Row(key, award) for key, award in pairs]


LEVELS = "(?:国家|中央|部|省部|省|自治区|地市|市|地|州|县区|县市|区县|县|区|乡镇|镇|街道|村|厅|局|处|国际)"
_LEVEL_LIST = re.compile(
    f"(?P<before>[^、,]*?)(?P<levels>{LEVELS}级?(?:[、,和]{LEVELS}级?)+)(?P<after>[^、,]*)"
)


def _level_keys(words: str) -> list[str]:
    """国家、省、市级 are 国家级, 省级, 市级; 在省、市推广 are 在省推广, 在市推广."""
    found = _LEVEL_LIST.fullmatch(words.rstrip("的,"))
    if not found:
        keys = re.split("[、,和]", words.rstrip("的,"))
        return keys if all(_ROW_KEY.fullmatch(key) for key in keys) else []
    levels = re.split("[、,和]", found["levels"])
    has_end = levels[-1].endswith("级")
    named = [level if level.endswith("级") or not has_end else f"{level}级" for level in levels]
    return [f"{found['before']}{level}{found['after']}" for level in named]


_ROW_KEY = re.compile(
    f"(?:[^\\d,;每]{{0,8}}?{LEVELS}(?:级|委)(?:及以上|以上)?[^\\d,;每]{{0,10}}"
    "|优秀|良好|优|良|中|差|一般|较好|较差|好|合格|基本合格|不合格|基本达标|基本完成|[一二三四五]等奖|特等奖|[A-Ea-e]级?|[一二三四五]类|[一二三四五]级)"
    "(?:等次|等级|档次|的)?"
)


def _rows(segment: str) -> list[Clause] | None:
    """省级5分、市级3分、县级2分; 优秀得10分，良好得8分."""
    pieces = [piece for piece in re.split(",|(?<=分)、", segment) if piece]
    rows: list[Clause] = []
    for place, piece in enumerate(pieces):
        said = award_at_end(piece)
        if not said or not _ROW_KEY.fullmatch(said[0]):
            return [*rows, *_pieces(pieces[place:])] if len(rows) > 1 else None
        rows.append(Row(said[0].removesuffix("的"), said[1]))
    return rows if len(rows) > 1 else None


SEGMENT_READERS: tuple[Callable[[str], list[Clause] | None], ...] = (
    _table_of, _about, _distributed, _rows,
)  # fmt: skip
READERS: tuple[Callable[[str], Clause | None], ...] = (
    _down_to_zero, _no_cap, _most, _counting, _zero_base, _highest_once, _target, _from_full,
    _state_of_data, _whole, _veto, _otherwise, _place, _share_of_best, _judged, _in_proportion,
    _computed, _each, _step, _always, _remark, _when,
)  # fmt: skip
