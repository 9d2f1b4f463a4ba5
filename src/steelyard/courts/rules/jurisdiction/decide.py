"""Which court hears the case, which the appeal, by which articles, and why not another?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from steelyard.courts.rules.jurisdiction import jurisdiction_faults as faulty
from steelyard.courts.rules.jurisdiction.answers import Answer, Heard, Jurisdiction, LeftOpen
from steelyard.courts.rules.jurisdiction.appeal import appeal_of, can_have_tried
from steelyard.courts.rules.jurisdiction.case import Case
from steelyard.courts.rules.jurisdiction.courts import Court
from steelyard.courts.rules.jurisdiction.first import Claim, Rules, claim_of
from steelyard.courts.rules.jurisdiction.rows import Precedence
from steelyard.courts.rules.jurisdiction.setting import Body
from steelyard.courts.rules.jurisdiction.territory import connected, doubtful
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, raise_if_any

SILENT = Text(
    "复议机关没有在期限内决定：起诉原行政行为的，原机关是被告；起诉不作为的，复议机关是被告，由原告选择",
    "the reconsideration was not decided in time: sue over the act, or over the failure to decide",
)
UPHELD = Text(
    "复议维持原行政行为，以作出原行政行为的机关确定级别管辖",
    "upheld on reconsideration: the level goes by the agency that acted",
)
CHANGED = Text(
    "复议改变原行政行为，复议机关是被告",
    "changed on reconsideration: the agency that reconsidered is the defendant",
)
RECONSIDERED_BY = {
    "upheld": (UPHELD, "reconsideration.upheld"),
    "changed": (CHANGED, "apl.reviewed_defendant"),
}
APART = Text("几项请求的管辖法院不同", "the claims are for different courts")
TWO_TRACKS = Text(
    "民事请求和行政请求适用不同的诉讼程序，应分别起诉",
    "civil and administrative claims follow different procedures: sue apart",
)


def decide(rules: Rules, case: Case) -> Jurisdiction:
    """The court of first instance and that of appeal, each with articles and reasons.

    Raises:
        Faulty: facts are missing or contradict each other, or the place founds no jurisdiction.
    """
    unconnected = connected(rules.table.territory, rules.table.citations, case)
    raise_if_any([*_faults(case), *unconnected])
    if case.reconsidered == "silent":
        return Jurisdiction(_either(rules, case), None)
    claims = tuple(claim_of(rules, case, cause, _defendant(case)) for cause in case.causes)
    first = _with_place(
        rules, case, _with_reconsideration(rules, case, _first(rules, case, claims))
    )
    tried_by = case.tried_by or (first.court.role if isinstance(first, Heard) else None)
    if tried_by is None or len({claim.cause.track for claim in claims}) > 1:
        return Jurisdiction(first, None)
    return Jurisdiction(first, appeal_of(rules, case, claims, tried_by))


def _defendant(case: Case) -> Body | None:
    """Upheld: both are defendants, and the level goes by the agency that acted (Interpretation of
    the APL, Art. 134). Changed: the agency that reconsidered is the defendant (APL, Art. 26)."""
    return case.reviewer if case.reconsidered == "changed" else case.body


def _with_reconsideration(rules: Rules, case: Case, answer: Answer) -> Answer:
    if case.reconsidered not in RECONSIDERED_BY:
        return answer
    why, written = RECONSIDERED_BY[case.reconsidered]
    cited = rules.table.citations.cite(written, case.filed)
    return replace(answer, why=(*answer.why, why), articles=(*answer.articles, cited))


def _with_place(rules: Rules, case: Case, answer: Answer) -> Answer:
    """A person decides where it is doubtful whether the place founds jurisdiction at all."""
    doubts = doubtful(rules.table.territory, case)
    if not doubts or not isinstance(answer, Heard):
        return answer
    cited = rules.table.citations.cite_all(
        dict.fromkeys(one for row in doubts for one in row.articles), case.filed
    )
    why = tuple(dict.fromkeys(row.why for row in doubts))
    return LeftOpen(
        "territory.doubtful", (*why, *answer.why), (*cited, *answer.articles), (answer.court,)
    )


def _either(rules: Rules, case: Case) -> LeftOpen:
    bodies = [body for body in (case.body, case.reviewer) if body is not None]
    claims = [claim_of(rules, case, cause, body) for cause in case.causes for body in bodies]
    cited = rules.table.citations.cite("apl.reviewed_defendant", case.filed)
    return LeftOpen("admin.silent", (SILENT,), (cited,), _courts(claims))


def _first(rules: Rules, case: Case, claims: tuple[Claim, ...]) -> Answer:
    if len(claims) == 1:
        return claims[0].answer
    if len({claim.cause.track for claim in claims}) > 1:
        return LeftOpen("mixed.tracks", (TWO_TRACKS,), (), _courts(claims))
    if len({_outcome(claim.answer) for claim in claims}) == 1:
        return claims[0].answer
    return _mixed(rules, case, claims)


def _mixed(rules: Rules, case: Case, claims: tuple[Claim, ...]) -> Answer:
    """Claims that lie with different courts: by the precedence of the table, else a person."""
    for rule in rules.table.precedence:
        drawing = [claim for claim in claims if _meets(claim, rule)]
        if drawing:
            return _by_precedence(rules, case, rule, drawing[0], claims)
    articles = tuple(dict.fromkeys(one for claim in claims for one in claim.answer.articles))
    return LeftOpen("mixed.open", (APART,), articles, _courts(claims))


def _meets(claim: Claim, rule: Precedence) -> bool:
    return claim.row.court == rule.court and (claim.row.draws or not rule.together)


def _by_precedence(
    rules: Rules, case: Case, rule: Precedence, drawing: Claim, claims: tuple[Claim, ...]
) -> Answer:
    articles = rules.table.citations.cite_all(rule.articles, case.filed)
    if not rule.together or not isinstance(drawing.answer, Heard):
        return LeftOpen(f"mixed.{rule.court}", (rule.why,), articles, _courts(claims))
    drawn = drawing.answer
    return Heard(
        drawn.court,
        f"mixed.{rule.court}",
        (*drawn.why, rule.why),
        (*drawn.articles, *articles),
        drawn.not_others,
        drawn.notes,
        drawn.sample,
    )


def _outcome(answer: Answer) -> tuple[str, Text | None]:
    if isinstance(answer, Heard):
        return ("court", answer.court.name)
    return (answer.row, None)


def _courts(claims: Iterable[Claim]) -> tuple[Court, ...]:
    found: list[Court] = []
    for claim in claims:
        answer = claim.answer
        found += [answer.court] if isinstance(answer, Heard) else answer.readings
    return tuple(dict.fromkeys(found))


def _faults(case: Case) -> list[Fault]:
    faults = []
    tracks = {cause.track for cause in case.causes}
    if not case.causes:
        faults.append(faulty.no_cause())
    if "administrative" in tracks and case.body is None:
        faults.append(faulty.no_body())
    if case.reconsidered in {"changed", "silent"} and case.reviewer is None:
        faults.append(faulty.no_reviewer())
    if case.judged is not None and case.judged < case.filed:
        faults.append(faulty.judged_too_early(case.judged, case.filed))
    if case.amount is not None and case.amount < 0:
        faults.append(faulty.amount_below_nothing())
    if case.place.is_in_region and not case.place.city:
        faults.append(faulty.no_city(case.place.name))
    for cause in case.causes:
        if case.tried_by and not can_have_tried(case.tried_by, cause.track, cause.matter):
            faults.append(faulty.cannot_have_tried(cause.title))
    if case.reconsidered != "no" and "administrative" not in tracks:
        faults.append(faulty.not_administrative())
    return faults
