"""Which court hears the appeal? The day of the judgment decides, not the day of filing."""

from __future__ import annotations

from steelyard.courts.rules.jurisdiction.answers import Answer, Heard, LeftOpen
from steelyard.courts.rules.jurisdiction.case import Case
from steelyard.courts.rules.jurisdiction.first import Claim, Rules
from steelyard.courts.rules.jurisdiction.rows import NEXT
from steelyard.courts.rules.jurisdiction.setting import Role, as_role
from steelyard.kernel.bilingual import Text

NOT_JUDGED_YET = Text(
    "尚未裁判，按现行规定回答；裁判日决定上诉法院", "not judged yet: by the rules now in force"
)
DIFFERENT = Text(
    "同一案件的几项请求，上诉法院不同，没有规定由哪一个审理全案",
    "the claims of one case would go to different courts of appeal; no text joins them",
)


BEIJING_ALONE = frozenset(
    {"drug_patent", "grant_patent", "grant_plant", "grant_ic", "grant_trademark"}
    | {"compulsory_licence"}
)


def can_have_tried(tried_by: str, track: str, matter: str) -> bool:
    """Whether a kind of court can have judged a matter in the first instance."""
    if matter in BEIJING_ALONE:
        return tried_by == "beijing_ip_court"
    return track == "administrative" or tried_by != "beijing_ip_court"


def appeal_of(rules: Rules, case: Case, claims: tuple[Claim, ...], tried_by: str) -> Answer:
    """The court of appeal for all claims of a case that one kind of court judged."""
    answers = [_one(rules, case, claim, tried_by) for claim in claims]
    if len({answer.court.name for answer in answers}) == 1:
        return answers[0]
    courts = tuple(dict.fromkeys(answer.court for answer in answers))
    articles = tuple(dict.fromkeys(one for answer in answers for one in answer.articles))
    return LeftOpen("mixed.appeal", (DIFFERENT,), articles, courts)


def _one(rules: Rules, case: Case, claim: Claim, tried_by: str) -> Heard:
    judged = case.judged or max(rules.table.judgment_days[-1], case.filed)
    from_basic_of_seat = tried_by == "basic" and claim.setting.place == "seat"
    kind = "basic_of_seat" if from_basic_of_seat else tried_by
    row = rules.table.appeal_row(claim.setting, kind, judged)
    court = rules.region.court(_role(row.court, tried_by), case.place, judged)
    notes = () if case.judged else (NOT_JUDGED_YET,)
    articles = rules.table.citations.cite_all(row.articles, judged)
    return Heard(court, row.code, (row.why,), articles, notes=notes)


def _role(court: str, tried_by: str) -> Role:
    if court == NEXT:
        return "intermediate"
    if court == "high" and tried_by == "beijing_ip_court":
        return "beijing_high"
    return as_role(court)
