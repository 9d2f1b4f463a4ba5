"""What a scheme says of grades and vetoes: 90分（含）以上为“优秀”；材料经认定造假的，降低1个等次."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from steelyard.kernel.bilingual import Lang, Text
from steelyard.scheme.given import FORGED_ITEMS, GIVEN
from steelyard.scheme.wording.say_formula import condition_in_words
from steelyard.scheme.wording.say_item import STATES
from steelyard.scheme.wording.speech import Document, Speech, bilingual, rows_of, speech_of

_VETO = Text("{condition}的，{then}。", "If {condition}: {then}.")
_THEN = {
    "grade": Text("一票否决，评为“{value}”", "veto: graded “{value}”"),
    "best_grade": Text("最高评为“{value}”", "at best “{value}”"),
    "lower_by": Text("降低{value}个等次", "lowered by {value} grades"),
    "score": Text("总分计{value}分", "the total counts {value}"),
}
_A_GRADE_LOWER = Text("降低1个等次", "lowered by a grade")
_RANK = {
    "last": Text("排在末位", "ranked last"),
    "none": Text("不参加排名", "not ranked"),
}
_NAMED = Text("{edge}为“{title}”", "“{title}”: {edge}")
_TERMS = Text("（{terms}）", " ({terms})")
_BETWEEN = Text("；", "; ")
_FROM = Text("{edge}分（含）以上", "from {edge} points")
_ABOVE = Text("{edge}分（不含）以上", "above {edge} points")
_REST = Text("其余", "all the rest")
_NEEDS = Text("须{condition}", "requires {condition}")
_SHARE = Text("名额不超过{value}", "for at most {value} of the units")
_COUNT = Text("名额不超过{value}个", "for at most {value} units")
_WITHIN_GROUP = Text("按组计算", "in each group")
_ROUNDED = {
    "up": Text("不足1个的按1个计", "a part of a unit counts as one"),
    "half_up": Text("四舍五入", "rounded half up"),
}
_TIES_IN = Text("并列的一并计入", "ties all get it")
_EVERY_OTHER = Text("其他各项", "every other item")
_FLOOR_POINTS = Text("“{item}”不低于{value}分", "“{item}”: at least {value} points")
_FLOOR_SHARE = Text("“{item}”不低于其分值的{value}", "“{item}”: at least {value} of its points")


def veto_in_words(veto: Document, document: Document, lang: Lang) -> str:
    """The condition of a veto and what it leads to."""
    speech = speech_of(document, lang)
    then = veto.get("then")
    outcomes = [
        _outcome(key, value, document, speech)
        for key, value in (then.items() if isinstance(then, Mapping) else ())
    ]
    condition = _condition_of_veto(veto.get("when", ""), speech)
    return speech.say(_VETO, condition=condition, then=speech.say(Text("，", ", ")).join(outcomes))


def _condition_of_veto(when: object, speech: Speech) -> str:
    """As a formula is said; how many items were forged, as an office says it."""
    forged = GIVEN[FORGED_ITEMS].condition
    if str(when) in (forged, forged.split(" and ")[-1]):
        return speech.say(STATES["forged"])
    return condition_in_words(when, speech)


def _outcome(key: str, value: object, document: Document, speech: Speech) -> str:
    if key == "rank":
        return speech.say(_RANK.get(str(value), _RANK["last"]))
    if key == "lower_by" and str(value) == "1":
        return speech.say(_A_GRADE_LOWER)
    said = _grade_title(str(value), document, speech) if "grade" in key else str(value)
    return speech.say(_THEN[key], value=said) if key in _THEN else f"{key} {value}"


def _grade_title(code: str, document: Document, speech: Speech) -> str:
    titles = {
        str(row.get("code")): bilingual(row.get("title")) for row in rows_of(document, "grades")
    }
    return titles.get(code, Text()).say(speech.lang) or code


def grades_in_words(document: Document, lang: Lang) -> str:
    """All grades in one sentence, best first; nothing if there are none.

    >>> rows = [{"code": "a", "title": "优秀", "at_least": 90, "floors": {"*": "60%"}}, {"code": "b", "title": "合格"}]
    >>> grades_in_words({"grades": rows}, "zh")
    '90分（含）以上为“优秀”（“其他各项”不低于其分值的60%）；其余为“合格”。'
    """
    speech = speech_of(document, lang)
    said = [_named(row, speech) for row in rows_of(document, "grades")]
    return f"{speech.say(_BETWEEN).join(said)}{speech.say(Text('。', '.'))}" if said else ""


def _named(grade: Document, speech: Speech) -> str:
    title = bilingual(grade.get("title")).say(speech.lang) or str(grade.get("code", ""))
    edge = next(_edges(grade, speech), speech.say(_REST))
    terms = speech.say(_BETWEEN).join(_terms(grade, speech))
    said = speech.say(_NAMED, edge=edge, title=title)
    return said + speech.say(_TERMS, terms=terms) if terms else said


def grade_in_words(grade: Document, document: Document, lang: Lang) -> str:
    """All that a unit must meet to get a grade, without the grade's name.

    >>> grade_in_words({"code": "a", "at_least": 90, "quota": {"share": "15%", "ties": "in"}}, {}, "zh")
    '90分（含）以上；名额不超过15%，并列的一并计入'
    >>> grade_in_words({"code": "c"}, {}, "en")
    'all the rest'
    """
    said = conditions_in_words(grade, document, lang)
    return speech_of(document, lang).say(_BETWEEN).join(said)


def conditions_in_words(grade: Document, document: Document, lang: Lang) -> tuple[str, ...]:
    """The same one by one: from where it begins, then what it asks besides."""
    speech = speech_of(document, lang)
    return (*_edges(grade, speech), *_terms(grade, speech)) or (speech.say(_REST),)


def cut_off_in_words(grade: Document, lang: Lang) -> str:
    """From where a grade begins, empty if no number says so.

    >>> cut_off_in_words({"at_least": 90}, "zh"), cut_off_in_words({"above": "90"}, "en")
    ('90分（含）以上', 'above 90 points')
    """
    return next(_edges(grade, speech_of({}, lang)), "")


def _terms(grade: Document, speech: Speech) -> Iterator[str]:
    """What a grade asks besides its cut-off."""
    yield from _quota(grade.get("quota"), speech)
    yield from _floors(grade.get("floors"), speech)
    if "requires" in grade:
        yield speech.say(_NEEDS, condition=condition_in_words(grade["requires"], speech))


def _edges(grade: Document, speech: Speech) -> Iterator[str]:
    if "above" in grade:
        yield speech.say(_ABOVE, edge=grade["above"])
    elif "at_least" in grade:
        yield speech.say(_FROM, edge=grade["at_least"])


def _quota(quota: object, speech: Speech) -> Iterator[str]:
    if not isinstance(quota, Mapping):
        return
    phrase = _SHARE if "share" in quota else _COUNT
    said = [speech.say(phrase, value=quota.get("share", quota.get("count", "")))]
    if quota.get("within") == "group":
        said.append(speech.say(_WITHIN_GROUP))
    if str(quota.get("round")) in _ROUNDED:
        said.append(speech.say(_ROUNDED[str(quota["round"])]))
    if quota.get("ties") == "in":
        said.append(speech.say(_TIES_IN))
    yield speech.say(Text("，", ", ")).join(said)


def _floors(floors: object, speech: Speech) -> Iterator[str]:
    for code, least in floors.items() if isinstance(floors, Mapping) else ():
        item = speech.say(_EVERY_OTHER) if code == "*" else speech.name(str(code))
        is_share = isinstance(least, str) and least.strip().endswith(("%", "％"))
        yield speech.say(_FLOOR_SHARE if is_share else _FLOOR_POINTS, item=item, value=least)
