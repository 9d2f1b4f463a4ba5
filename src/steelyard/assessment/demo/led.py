"""An assessment of a year as the office and its people lead it, with the real actions."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils import timezone

from steelyard.assessment.actions import supplied
from steelyard.assessment.actions.assessments import Wanted, open_assessment
from steelyard.assessment.actions.collection.materials import file_material, use_material
from steelyard.assessment.actions.leads import check_lead, conclude_lead, receive_lead
from steelyard.assessment.actions.papers.letterheads import set_letterhead
from steelyard.assessment.actions.schemes import approve, draft
from steelyard.assessment.actions.schemes.comments import (
    account_for_comment,
    answer_comment,
    comment,
)
from steelyard.assessment.actions.stages import Terms, move_on
from steelyard.assessment.demo.people import People, pick
from steelyard.assessment.models import Answer, Assessment, Sheet, Submission
from steelyard.assessment.queries.assessments import (
    division_of,
    issued,
    scheme_of,
    under_way,
    units_of,
)
from steelyard.assessment.queries.collection import questions_of
from steelyard.assessment.rules.collection.answers import Question
from steelyard.assessment.rules.collection.claims import Claim
from steelyard.assessment.rules.collection.materials import kinds
from steelyard.assessment.rules.leads import Channel
from steelyard.assessment.rules.papers.letterheads import Named
from steelyard.assessment.rules.schemes.division import Way
from steelyard.assessment.rules.stages import LONGEST_AFTER
from steelyard.assessment.rules.states import LeadMove, StageMove
from steelyard.assessment.rules.supplied.cells import Typed
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import percent, plain
from steelyard.people.models import Organisation
from steelyard.people.rules.roles import Role
from steelyard.regions import SAMPLED
from steelyard.scheme.model import Input
from steelyard.scheme.read import read_scheme
from steelyard.trail.acting import acting

_TITLE = Text("{}年度知识产权保护检查考核（样本）", "Assessment of IP protection {} (sample)")
_WROTE = (
    "样本：已按要求开展工作，有关情况见佐证材料。\nSample: the work was done; see the material."
)
_GROUNDS = {
    Claim.BONUS: "样本：做法获省级发文推广，申请加分。\nSample: recommended province-wide.",
    Claim.EXEMPTION: "样本：受台风影响，部分活动延期，申请免责。\nSample: put off by a typhoon.",
}
_MATERIALS = (
    ("sample-meeting-minutes.txt", "样本：联席会议纪要", "样本〔2025〕1号", ("A1", "A2", "A4")),
    ("sample-service-points.txt", "样本：维权服务站名单和记录", "", ("D1", "D2")),
    ("sample-disclosure.txt", "样本：行政处罚信息公开清单", "样本〔2025〕7号", ("B2",)),
)  # fmt: skip
RUNNING = 2025
PROVINCE_OFFICE = Named(
    "广东省知识产权保护考核办公室", "Guangdong Office for the Assessment of IP Protection", "粤知考"
)
CITY_OFFICE = Named(
    "江门市知识产权保护考核办公室", "Jiangmen Office for the Assessment of IP Protection", "江知考"
)
"""Invented, as all that they issue says of itself: it is a sample."""
_RUNS = timedelta(60)
"""From the opening of the collection to the cut-off: twenty working days and what comes after them."""

_LEADS = (
    (Channel.HOTLINE, "样本：反映某商户销售侵权商品。\nSample: a shop is said to sell infringing goods."),
    (Channel.LETTER, "样本：反映处罚信息未公开。\nSample: a penalty is said not to be disclosed."),
)  # fmt: skip
_COMMENTS = (
    (Role.CITY_OFFICER, "B1", True, "样本：建议写明中止期间是否计入。\nSample: do suspended days count?",
     "样本：采纳，在填报说明中写明。\nSample: adopted, and said in the notes."),
    (Role.SUPPLYING_BODY, "B2", True, "样本：建议以公开平台记录为准。\nSample: take the records of the site.",
     "样本：采纳。\nSample: adopted."),
    (Role.CITY_OFFICER, "E1", False, "样本：建议降低满意度分值。\nSample: lower the points of satisfaction.",
     "样本：未采纳，分值与各地通行做法一致。\nSample: refused, the points are as usual elsewhere."),
    (Role.SCORING_BODY, "", True, "样本：建议统一材料命名。\nSample: name the material alike.",
     "样本：采纳，随通知印发命名规则。\nSample: adopted; the rule goes out with the notice."),
)  # fmt: skip

CARRIED_OUT = (
    "样本：在填报说明和印发通知中落实，评分标准不变。\n"
    "Sample: carried out in the notes and in the notice; the rules stay as they are."
)


class Led:
    """An assessment of a year, led by an office: unless it is another, that of the province."""

    year = 0
    source = SAMPLED["guangdong"] / "office_scheme.toml"

    def __init__(self, people: People, now: datetime) -> None:
        self.people, self.now = people, now
        self.chief = people.at(Role.ASSESSING_OFFICE, self.office.pk)
        self.found = self._opened()

    @property
    def office(self) -> Organisation:
        return self.people.office

    @property
    def code(self) -> str:
        return str(self.year)

    @property
    def title(self) -> Text:
        return Text(_TITLE.zh.format(self.year), _TITLE.en.format(self.year))

    def _opened(self) -> Assessment:
        wanted = Wanted(
            code=self.code, title=self.title, starts=date(self.year, 1, 1),
            ends=date(self.year + 1, 1, 1), sample=True,
        )  # fmt: skip
        office = self.office.pk
        return open_assessment(office=office, wanted=wanted, by=self.chief, now=self.now)

    def name_office(self, wanted: Named) -> None:
        set_letterhead(
            office=self.office.pk, wanted=wanted, seen=0, by=self.chief, now=self.now,
        )  # fmt: skip

    def issue(self) -> None:
        draft(assessment=self.found.pk, document=self.document(), by=self.chief, now=self.now,
              source_name=self.source.name)  # fmt: skip
        self.move(StageMove.SEND_OUT)
        self.discuss()
        self.move(StageMove.CLOSE_COMMENTS)
        for by in (self.chief, self.people.at(Role.OFFICE_HEAD, self.office.pk)):
            seen = under_way(self.found).content_hash
            approve(assessment=self.found.pk, seen_hash=seen, by=by, now=self.now)
        self.move(StageMove.ISSUE)
        self.version = issued(self.found)
        self.scheme = scheme_of(self.version)
        self.people.take_posts(self._posts())

    def document(self) -> Mapping[str, Any]:
        """The sample scheme, of a year."""
        document = dict(read_scheme(self.source).document)
        if self.year == RUNNING:
            return document
        title = document["title"]
        return {
            **document,
            "code": f"sample-office-{self.year}",
            "title": {
                lang: said.replace(str(RUNNING), str(self.year)) for lang, said in title.items()
            },
            "period": {"starts": f"{self.year}-01-01", "ends": f"{self.year + 1}-01-01"},
        }

    def _posts(self) -> Iterator[tuple[Role, Organisation]]:
        """Somebody who supplies each figure, scores each item, fills in and signs for each city."""
        divided = division_of(self.version)
        supply = {divided.body[code] for code in divided.inputs(Way.SHEET)}
        score = {duty.scoring_body for duty in divided.duties}
        bodies = {one.code: one for one in Organisation.objects.filter(code__in=supply | score)}
        yield from ((Role.SUPPLYING_BODY, bodies[code]) for code in sorted(supply))
        yield from ((Role.SCORING_BODY, bodies[code]) for code in sorted(score))
        for unit in units_of(self.version).values():
            yield from ((role, unit) for role in (Role.CITY_OFFICER, Role.CITY_HEAD))

    def move(self, move: StageMove) -> None:
        terms = Terms(cut_off=self._cut_off(), days_to_supply=10, days_to_fill=20)
        move_on(assessment=self.found.pk, move=move, by=self.chief, now=self.now, terms=terms)
        self.found.refresh_from_db()

    def _cut_off(self) -> date:
        """At the end of January; of a year that is still running, after its collection."""
        usual = date(self.year + 1, 1, 31)
        if self.year != RUNNING:
            return usual
        later = timezone.localdate(self.now) + _RUNS
        return max(usual, min(later, self.found.ends + LONGEST_AFTER))

    def discuss(self) -> None:
        """What is said of the draft, and answered: adopted or refused, each with a reason."""
        for role, item, is_adopted, text, answer in _COMMENTS:
            said = comment(
                assessment=self.found.pk, organisation=self.people.homes[role.value], item=item,
                text=text, by=self.people.one(role), now=self.now,
            )  # fmt: skip
            said.refresh_from_db()
            said = answer_comment(comment=said.pk, adopted=is_adopted, reason=answer, by=self.chief,
                                  now=self.now, seen=said.version)  # fmt: skip
            if is_adopted:
                account_for_comment(comment=said.pk, text=CARRIED_OUT, by=self.chief, now=self.now,
                                    seen=said.version)  # fmt: skip

    @property
    def sheets(self) -> Sequence[Sheet]:
        return list(self.found.sheets.select_related("body").order_by("pk"))

    def supply(self, sheet: Sheet, units: int | None = None, shift: int = 0) -> Sheet:
        """Fill a sheet in: for all units, or the first ones."""
        source = self.scheme.inputs[sheet.input_code]
        codes = [unit.code for unit in self.scheme.assessed][:units]
        typed = {
            code: Typed(_typed(self.figure(source, code, shift if at == 0 else 0), source))
            for at, code in enumerate(codes)
        }
        by = self.people.at(Role.SUPPLYING_BODY, sheet.body_id)
        return supplied.fill(sheet=sheet.pk, typed=typed, by=by, now=self.now)

    def sign(self, sheet: Sheet) -> None:
        by = self.people.at(Role.SUPPLYING_BODY, sheet.body_id)
        supplied.sign(sheet=sheet.pk, by=by, now=self.now)

    def correct(self, sheet: Sheet) -> None:
        """A first version is signed; the body found a case that it had not counted."""
        by = self.people.at(Role.SUPPLYING_BODY, sheet.body_id)
        supplied.correct(
            sheet=sheet.pk, by=by, now=self.now,
            reason="样本：广州漏计一件。\nSample: a case of Guangzhou was not counted.",
        )  # fmt: skip
        self.supply(sheet, shift=5)
        self.sign(sheet)

    def hear_leads(self, unit: int) -> None:
        """One is checked and concluded, one still to be checked."""
        for channel, text in _LEADS:
            lead = receive_lead(
                assessment=self.found.pk, unit=unit, channel=channel, text=text,
                item="B2", by=self.chief, now=self.now,
            )  # fmt: skip
        check_lead(lead=lead.pk, by=self.chief, now=self.now)
        conclude_lead(
            lead=lead.pk, move=LeadMove.CLOSE, by=self.chief, now=self.now,
            conclusion="样本：经核查已按期公开。\nSample: it was disclosed in time.",
        )  # fmt: skip

    def figure(self, source: Input, unit: str, shift: int = 0) -> Fraction:
        number = pick(250, self.year, source.code, unit) + shift
        if source.type == "share":
            return Fraction(750 + min(number, 250), 1000)
        if source.type == "count":
            return Fraction(1 + number % 4)
        return Fraction(700 + number, 10)

    def answers(self, submission: Submission, share: int) -> list[Answer]:
        """To so many of a hundred items, in the order of the scheme."""
        code = submission.unit.code
        asked = questions_of(self.version, code)
        return [self._answer(submission, one, code) for one in asked[: len(asked) * share // 100]]

    def fill_in(
        self, submissions: Sequence[Submission], share: Callable[[Submission], int]
    ) -> None:
        """Each city's officer fills in so many of a hundred items, at once."""
        for one in submissions:
            with acting("save_answer", by=self.officer(one.unit_id)):
                Answer.objects.bulk_create(self.answers(one, share(one)))

    def _answer(self, submission: Submission, asked: Question, unit: str) -> Answer:
        leaf = asked.item
        most = asked.most or Fraction(0)
        score = most * (14 + pick(7, self.year, leaf.code, unit)) / 20
        claim = ""
        if leaf.code == "F1" and not pick(3, self.year, unit, "bonus"):
            claim = Claim.BONUS.value
        elif leaf.code == "A2" and not pick(7, self.year, unit, "exempt"):
            claim = Claim.EXEMPTION.value
        figures = {
            one.code: plain(self.own_figure(one, unit)) for one in asked.inputs if not one.records
        }
        return Answer(
            submission=submission, item=leaf.code, figures=figures, statement=_WROTE, claim=claim,
            self_score=Decimal(score.numerator) / Decimal(score.denominator),
            grounds=_GROUNDS[Claim(claim)] if claim else "", saved_at=self.now,
            saved_by_id=self.officer(submission.unit_id),
        )  # fmt: skip

    def own_figure(self, source: Input, unit: str) -> Fraction:
        return self.figure(source, unit)

    def officer(self, unit: int) -> int:
        """Who fills in."""
        return self.people.at(Role.CITY_OFFICER, unit)

    @property
    def submissions(self) -> Sequence[Submission]:
        return list(self.found.submissions.select_related("unit", "assessment"))

    def file(self, submission: Submission) -> None:
        """Pieces of material of the city, each behind several items."""
        by = self.people.one(Role.CITY_OFFICER)
        for name, title, number, items in _MATERIALS:
            content = f"{title}\n样本：为演示编写，{self.year}年。\nSample, made up for the demonstration.\n"
            used = file_material(
                submission=submission.pk, item=items[0], name=name, title=title, pages="1",
                kind=self.first_kind(items[0]),
                content=io.BytesIO(content.encode()), document_number=number, by=by, now=self.now,
            )  # fmt: skip
            for item in items[1:]:
                use_material(submission=submission.pk, item=item, material=used.material_id,
                             kind=self.first_kind(item), pages="1", by=by, now=self.now)  # fmt: skip

    def first_kind(self, item: str) -> str:
        """Of the list of material of an item, the first; "" if it asks for none."""
        asked = self.scheme.item[item].material
        return next((one.zh for one in kinds(asked)), "")


def _typed(figure: Fraction, source: Input) -> str:
    return percent(figure, 1) if source.type == "share" else plain(figure)
