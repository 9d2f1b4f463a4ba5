"""Which court hears the case, and which the appeal? The questions, and the answer with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from steelyard.courts.court_rules import CourtRules
from steelyard.courts.desk.answers import Answer, both, joined
from steelyard.courts.desk.facts import Facts
from steelyard.courts.desk.jobs import Job
from steelyard.courts.desk.matters import (
    amount_may_decide,
    body_is_open,
    causes_of,
    mark_may_decide,
    parties_may_decide,
    place_of,
    reviewer_matters,
)
from steelyard.courts.desk.questions import Choice, Question
from steelyard.courts.rules.jurisdiction.answers import Answer as Court
from steelyard.courts.rules.jurisdiction.answers import Heard, Jurisdiction, NotThis
from steelyard.courts.rules.jurisdiction.case import Case, Connection, Reconsidered, TriedBy
from steelyard.courts.rules.jurisdiction.causes import TRACKS, Cause
from steelyard.courts.rules.jurisdiction.courts import SURE
from steelyard.courts.rules.jurisdiction.levels import Parties
from steelyard.courts.rules.jurisdiction.places import ABROAD
from steelyard.courts.rules.jurisdiction.setting import Body
from steelyard.courts.rules.jurisdiction.territory import CONNECTED
from steelyard.kernel.bilingual import Text

BODIES = (
    Choice(
        "department",
        Text("地方政府的工作部门", "a department of a local government"),
        "政府部门;工作部门;地方人民政府工作部门;知识产权局;市场监督管理局;版权局;local department",
    ),
    Choice(
        "government",
        Text("县级以上地方人民政府", "a local government at county level or above"),
        "县级以上人民政府;地方人民政府;人民政府;市政府;区政府;县政府;local government",
    ),
    Choice(
        "state_council",
        Text("国务院部门", "a department of the State Council"),
        "国家知识产权局;CNIPA",
    ),
    Choice("customs", Text("海关", "customs")),
)
PARTIES = (
    Choice(
        "inside",
        Text("都在受诉法院辖区内", "all within the court's area"),
        "辖区内;都在辖区内;都在本院辖区;同一辖区;same area",
    ),
    Choice(
        "province",
        Text("都在本省，但不都在辖区内", "all within the province, not all in the area"),
        "本省;省内;same province",
    ),
    Choice("outside", Text("有一方在外省", "one in another province"), "省外;跨省;other province"),
    Choice(
        "foreign",
        Text("有一方在外国或者港澳台", "one abroad, or in Hong Kong, Macao or Taiwan"),
        "涉外;国外;境外;香港;澳门;台湾;涉港;涉澳;涉台;foreign",
    ),
)  # fmt: skip
RECONSIDERED = (
    Choice("no", Text("没有复议", "there was none")),
    Choice("upheld", Text("复议维持", "it upheld the act")),
    Choice("changed", Text("复议改变", "it changed the act")),
    Choice("silent", Text("复议逾期未决定", "it was not decided in time")),
)
TRIED_BY = (
    Choice("basic", Text("基层人民法院", "basic court")),
    Choice("intermediate", Text("中级人民法院", "intermediate court")),
    Choice("ip_court", Text("广州知识产权法院", "Guangzhou Intellectual Property Court")),
    Choice("high", Text("高级人民法院", "high court")),
    Choice("beijing_ip_court", Text("北京知识产权法院", "Beijing Intellectual Property Court")),
)
NOT_KNOWN = Text("不清楚", "not known")
PLACE_OF_TORT = "侵权行为地;place of the tort"
CALLED: Mapping[str, str] = {
    "act": PLACE_OF_TORT,
    "result": PLACE_OF_TORT,
    "defendant": "被告所在地;被告住所",
    "plaintiff": "原告所在地;原告住所",
}
"""What else people call a connection; who says the place of the tort is asked which of the two."""


def questions(rules: CourtRules) -> tuple[Question, ...]:
    return (
        Question(
            "cause",
            Text("案由", "cause"),
            "choices",
            Text("什么案由？", "Which cause of action?"),
            choices=tuple(_cause(one) for one in rules.causes.rows),
            find=lambda words: tuple(one.code for one in rules.causes.find_all(words)),
        ),
        Question(
            "place",
            Text("地点", "place"),
            "choice",
            Text(
                "据以起诉的地点（被告住所地、侵权行为地等）在哪里？",
                "At which place would it be filed (where the defendant lives, the act was done)?",
            ),
            choices=_places(rules),
            find=lambda words: (rules.places.find(words).code or ABROAD.kind,),
        ),
        Question(
            "connection",
            Text("地点的联系", "why there"),
            "choice",
            Text("该地点与案件有何联系？", "What connects the place with the case?"),
            choices=tuple(
                Choice(code, title, CALLED.get(code, "")) for code, title in CONNECTED.items()
            ),
            needed=False,
            blank=NOT_KNOWN,
        ),
        Question(
            "filed",
            Text("起诉日", "filed"),
            "day",
            Text("哪一天起诉（立案）？", "Filed on which day?"),
        ),
        Question(
            "well_known",
            Text("认定驰名商标", "well-known mark"),
            "yes_no",
            Text("是否需要认定驰名商标？", "Must a well-known mark be recognised?"),
            needed=False,
            blank=Text("不需要", "no"),
            asked=lambda facts: mark_may_decide(facts, rules),
        ),
        Question(
            "amount",
            Text("争议金额（元）", "amount"),
            "amount",
            Text("争议金额是多少？（没有的写“无”）", "Amount in dispute? (none if there is none)"),
            asked=lambda facts: amount_may_decide(facts, rules),
        ),
        Question(
            "parties",
            Text("当事人住所地", "parties"),
            "choice",
            Text("各方当事人住在哪里？", "Where do the parties live?"),
            choices=PARTIES,
            needed=False,
            blank=NOT_KNOWN,
            asked=lambda facts: parties_may_decide(facts, rules),
        ),
        Question(
            "body",
            Text("作出行为的机关", "body"),
            "choice",
            Text("被诉行为是哪一类机关作出的？", "Whose act is sued over?"),
            choices=BODIES,
            asked=lambda facts: body_is_open(facts, rules),
        ),
        Question(
            "reconsidered",
            Text("行政复议", "reconsidered"),
            "choice",
            Text("是否经过行政复议，结果如何？", "Was it reconsidered, and how did that end?"),
            choices=RECONSIDERED,
            needed=False,
            blank=Text("没有复议", "there was none"),
            asked=lambda facts: body_is_open(facts, rules),
        ),
        Question(
            "reviewer",
            Text("复议机关", "reviewer"),
            "choice",
            Text("复议机关是哪一类机关？", "What kind of agency reconsidered?"),
            choices=BODIES,
            asked=reviewer_matters,
        ),
        Question(
            "judged",
            Text("一审裁判日", "judged"),
            "day",
            Text("一审哪一天裁判？", "When was it judged at first instance?"),
            needed=False,
            blank=Text("尚未裁判", "not yet"),
        ),
        Question(
            "tried_by",
            Text("一审法院类别", "tried by"),
            "choice",
            Text("实际由哪一类法院一审？", "What kind of court tried it in fact?"),
            choices=TRIED_BY,
            needed=False,
            blank=Text("依规定", "that of the rules"),
            asked=lambda _: False,
        ),
    )


def _cause(one: Cause) -> Choice:
    track = TRACKS[one.track]
    return Choice(one.code, one.title, f"{' '.join(one.aliases)} {track.zh} {track.en}")


def _places(rules: CourtRules) -> tuple[Choice, ...]:
    named = tuple(
        Choice(one.code, rules.places.in_full(one), one.name.zh) for one in rules.places.rows
    )
    return (*named, Choice(ABROAD.kind, ABROAD.name))


def answer(facts: Facts, rules: CourtRules) -> Answer:
    """The court of the case and that of its appeal; why they are, and why the others are not.

    Raises:
        Faulty: facts contradict each other, or the place founds no jurisdiction.
    """
    case = case_of(facts, rules)
    found = rules.which(case)
    courts = _first(found), _appeal(found)
    warnings = _warnings(found)
    notes = tuple(dict.fromkeys((*_notes(found), *_of_open_basic(found.first, case, rules))))
    reasons = (*_reasons(found), *notes, *warnings)
    articles = tuple(dict.fromkeys(one for each in _both(found) for one in each.articles))
    return Answer(
        settled=all(isinstance(one, Heard) for one in _both(found)),
        headline=Text(
            f"一审：{courts[0].zh}；上诉：{courts[1].zh}",
            f"First instance: {courts[0].en}. Appeal: {courts[1].en}",
        ),
        lines=_reasons(found),
        articles=articles,
        notes=(_as_understood(facts, rules), *notes),
        warnings=warnings,
        cells=(*courts, joined(articles), joined(reasons)),
        result={"first": _data(found.first), "appeal": found.appeal and _data(found.appeal)},
    )


def _as_understood(facts: Facts, rules: CourtRules) -> Text:
    """A few words may fit a cause that was not meant, so the answer says which it took them for."""
    causes, place = causes_of(facts, rules), place_of(facts, rules)
    where = place.name if place is ABROAD else rules.places.in_full(place)
    return Text(
        f"按“{'”“'.join(one.title.zh for one in causes)}”、{where.zh}答复",
        f"asked of: {'; '.join(one.title.en for one in causes)}; in {where.en}",
    )


def case_of(facts: Facts, rules: CourtRules) -> Case:
    """The case that the facts tell. Who grants is a department of the State Council."""
    body = facts.text("body")
    causes = causes_of(facts, rules)
    is_administrative = any(one.track == "administrative" for one in causes)
    if not body and is_administrative and not body_is_open(facts, rules):
        body = "state_council"
    return Case(
        causes=causes,
        place=place_of(facts, rules),
        filed=facts.day("filed"),
        amount=facts.amount("amount"),
        parties=cast("Parties | None", facts.text("parties") or None),
        well_known=facts.yes("well_known"),
        connection=cast("Connection | None", facts.text("connection") or None),
        body=cast("Body | None", body or None),
        reconsidered=cast("Reconsidered", facts.text("reconsidered") or "no"),
        reviewer=cast("Body | None", facts.text("reviewer") or None),
        judged=facts.day_or_none("judged"),
        tried_by=cast("TriedBy | None", facts.text("tried_by") or None),
    )


def _both(found: Jurisdiction) -> tuple[Court, ...]:
    return (found.first,) if found.appeal is None else (found.first, found.appeal)


def _first(found: Jurisdiction) -> Text:
    return _court(found.first)


def _appeal(found: Jurisdiction) -> Text:
    if found.appeal is None:
        return Text("一审法院确定后再定", "once the court of first instance is known")
    return _court(found.appeal)


def _court(one: Court) -> Text:
    if isinstance(one, Heard):
        return one.court.name
    names = [reading.name for reading in one.readings]
    if not names:
        return Text("由人决定", "for a person to decide")
    return Text(
        f"由人决定（{'，或者'.join(name.zh for name in names)}）",
        f"for a person to decide ({', or '.join(_with_the(name) for name in names)})",
    )


def _with_the(court: Text) -> str:
    return court.en if court.en.startswith("the ") else f"the {court.en}"


def _reasons(found: Jurisdiction) -> tuple[Text, ...]:
    said = [_named(Text("一审", "first instance"), why) for why in found.first.why]
    if isinstance(found.first, Heard):
        said += [_not_this(other) for other in found.first.not_others]
    if found.appeal is not None:
        said += [_named(Text("上诉", "appeal"), why) for why in found.appeal.why]
    return tuple(said)


def _named(name: Text, why: Text) -> Text:
    return Text(f"{name.zh}：{why.zh}", f"{name.en}: {why.en}")


def _not_this(other: NotThis) -> Text:
    name, why = other.court.name, other.why
    by = Text(
        "、".join(one.zh for one in other.articles), "; ".join(one.en for one in other.articles)
    )
    return Text(f"不是{name.zh}：{why.zh}（{by.zh}）", f"not {_with_the(name)}: {why.en} ({by.en})")


def _notes(found: Jurisdiction) -> Iterable[Text]:
    for one in _both(found):
        if isinstance(one, Heard):
            yield from one.notes
            if one.court.sure != "read":
                yield _named(one.court.name, SURE[one.court.sure])


def _of_open_basic(first: Court, case: Case, rules: CourtRules) -> Iterable[Text]:
    """What to look at beside a reading that names a basic court."""
    if isinstance(first, Heard) or all(one.role != "basic" for one in first.readings):
        return
    for cause in case.causes:
        yield from rules.jurisdiction.region.notes_on(
            case.place, case.filed, matter=cause.matter, relation=cause.relation
        )


def _warnings(found: Jurisdiction) -> tuple[Text, ...]:
    if isinstance(found.first, Heard) and found.first.sample:
        return (
            Text(
                "按样本数额标准得出，不是官方标准，请核对当地标准",
                "by a sample threshold, which is no official one: check the local one",
            ),
        )
    return ()


def _data(one: Court) -> dict[str, object]:
    data: dict[str, object] = {
        "row": one.row,
        "why": [both(why) for why in one.why],
        "articles": [both(article) for article in one.articles],
    }
    if not isinstance(one, Heard):
        return {"court": None, "readings": [both(each.name) for each in one.readings], **data}
    court = {"name": both(one.court.name), "code": one.court.code, "role": one.court.role}
    others = [
        {
            "court": both(other.court.name),
            "why": both(other.why),
            "articles": [both(article) for article in other.articles],
        }
        for other in one.not_others
    ]
    return {"court": court, "sample": one.sample, "not_others": others, **data}


JOB = Job(
    "which",
    Text("哪个法院管辖", "which court"),
    "cause",
    (
        Text("一审法院", "Court"),
        Text("上诉法院", "Court of appeal"),
        Text("依据", "By"),
        Text("理由", "Reasons"),
    ),
    questions,
    answer,
)
