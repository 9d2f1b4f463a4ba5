"""Assessments of a demonstration: last year's complete, this year's at mid-collection.

Led by the demonstration's own people with the real actions, stage by stage; only what would take
hundreds of actions is written at once. All of it is a sample, and says so.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils import timezone

from steelyard.assessment.actions import differences, scoring, supplied
from steelyard.assessment.actions.assessments import Wanted, open_assessment
from steelyard.assessment.actions.collection.answers import give_items
from steelyard.assessment.actions.collection.materials import file_material, use_material
from steelyard.assessment.actions.collection.submissions import decide_on
from steelyard.assessment.actions.comments import answer_comment, comment
from steelyard.assessment.actions.leads import check_lead, conclude_lead, receive_lead
from steelyard.assessment.actions.schemes import approve, draft
from steelyard.assessment.actions.stages import Terms, move_on
from steelyard.assessment.actions.visits import (
    Seen,
    announce_visit,
    plan_visit,
    record_finding,
    report_visit,
)
from steelyard.assessment.models import Answer, Assessment, Sheet, Submission
from steelyard.assessment.queries.assessments import issued, scheme_of, under_way
from steelyard.assessment.queries.collection import hash_of, load_answers, questions_of
from steelyard.assessment.queries.scoring import load_item
from steelyard.assessment.rules import judging
from steelyard.assessment.rules.answers import Question
from steelyard.assessment.rules.claims import Claim
from steelyard.assessment.rules.leads import Channel
from steelyard.assessment.rules.materials import kinds
from steelyard.assessment.rules.settling import Taken
from steelyard.assessment.rules.states import LeadMove, StageMove, SubmissionState
from steelyard.assessment.rules.supplied_cells import Typed
from steelyard.assessment.rules.visits import Plan
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import percent, plain
from steelyard.people.actions import open_account
from steelyard.people.models import Account, Holding, Organisation
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import ROLES, Role
from steelyard.regions import SAMPLED
from steelyard.scheme.model import Input
from steelyard.scheme.read import read_scheme
from steelyard.trail.acting import acting

_SCHEME = SAMPLED["guangdong"] / "office_scheme.toml"
_PAST, _RUNNING = 2024, 2025
_SINCE = date(2020, 1, 1)
_DIFFERS = (3, 2)
"""In the past year, every so manieth city reports another figure, for so many inputs."""
_TITLE = Text("样本：{}年度知识产权保护检查考核", "Sample: assessment of IP protection {}")
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


def load_demo_assessments(now: datetime) -> None:
    """Load them, by the demonstration's accounts; once."""
    if Assessment.objects.exists():
        return
    people = _People(now)
    _Past(people, now).lead()
    _Running(people, now).lead()


def _pick(among: int, *of: object) -> int:
    """A number below ``among``, for ever the same for the same things."""
    told = "·".join(map(str, of)).encode()
    return int.from_bytes(hashlib.sha256(told).digest()[:8]) % among


@dataclass
class _People:
    """Who acts. Where a body or city has nobody yet, an account that nobody can sign in with is opened."""

    now: datetime
    _found: dict[tuple[Role, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        posts = Holding.objects.filter(account__is_demo=True)
        for role, organisation, account in posts.values_list("role", "organisation", "account"):
            self._found[Role(role), organisation] = account
        named = {
            one.account.username: one.organisation
            for one in posts.select_related("account", "organisation")
        }
        self.office = named[Role.ASSESSING_OFFICE.value]
        self.city = named[Role.CITY_OFFICER.value]
        self.department = named[Role.DEPARTMENT_OFFICER.value]
        self.numbers = dict(Account.objects.values_list("username", "pk"))
        self.homes = {name: one.pk for name, one in named.items()}

    def one(self, role: Role) -> int:
        """The demonstration's account of a role."""
        return self.numbers[role.value]

    def at(self, role: Role, organisation: Organisation) -> int:
        key = (role, organisation.pk)
        if key not in self._found:
            name = f"{organisation.name_zh}{ROLES[role].zh}（演示）"
            self._found[key] = open_account(
                username=f"{role.value}_{organisation.code}", name=name, role=role,
                organisation=organisation.pk, starts=_SINCE, is_demo=True, by=None, now=self.now,
            ).pk  # fmt: skip
        return self._found[key]


class _Led:
    """An assessment of a year, led by the office."""

    year = 0

    def __init__(self, people: _People, now: datetime) -> None:
        self.people, self.now = people, now
        self.chief = people.one(Role.ASSESSING_OFFICE)
        self.found = self._opened()

    def _opened(self) -> Assessment:
        year = self.year
        wanted = Wanted(
            code=str(year), title=Text(_TITLE.zh.format(year), _TITLE.en.format(year)),
            starts=date(year, 1, 1), ends=date(year + 1, 1, 1), sample=True,
        )  # fmt: skip
        office = self.people.office.pk
        return open_assessment(office=office, wanted=wanted, by=self.chief, now=self.now)

    def issue(self) -> None:
        draft(assessment=self.found.pk, document=_document(self.year), by=self.chief,
              now=self.now, source_name=_SCHEME.name)  # fmt: skip
        self.move(StageMove.SEND_OUT)
        self.discuss()
        self.move(StageMove.CLOSE_COMMENTS)
        for by in (self.chief, self.people.one(Role.OFFICE_HEAD)):
            seen = under_way(self.found).content_hash
            approve(assessment=self.found.pk, seen_hash=seen, by=by, now=self.now)
        self.move(StageMove.ISSUE)
        self.scheme = scheme_of(issued(self.found))

    def move(self, move: StageMove) -> None:
        terms = Terms(cut_off=timezone.localdate(self.now), days_to_supply=10, days_to_fill=20)
        move_on(assessment=self.found.pk, move=move, by=self.chief, now=self.now, terms=terms)
        self.found.refresh_from_db()

    def discuss(self) -> None:
        """What is said of the draft, and answered."""

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
        by = self.people.at(Role.SUPPLYING_BODY, sheet.body)
        return supplied.fill(sheet=sheet.pk, typed=typed, by=by, now=self.now)

    def sign(self, sheet: Sheet) -> None:
        by = self.people.at(Role.SUPPLYING_BODY, sheet.body)
        supplied.sign(sheet=sheet.pk, by=by, now=self.now)

    def figure(self, source: Input, unit: str, shift: int = 0) -> Fraction:
        number = _pick(250, self.year, source.code, unit) + shift
        if source.type == "share":
            return Fraction(750 + min(number, 250), 1000)
        if source.type == "count":
            return Fraction(1 + number % 4)
        return Fraction(700 + number, 10)

    def answers(self, submission: Submission, share: int) -> list[Answer]:
        """To so many of a hundred items, in the order of the scheme."""
        code = submission.unit.code
        asked = questions_of(issued(self.found), code)
        return [self._answer(submission, one, code) for one in asked[: len(asked) * share // 100]]

    def _answer(self, submission: Submission, asked: Question, unit: str) -> Answer:
        leaf = asked.item
        most = asked.most or Fraction(0)
        score = most * (14 + _pick(7, self.year, leaf.code, unit)) / 20
        claim = ""
        if leaf.code == "F1" and not _pick(3, self.year, unit, "bonus"):
            claim = Claim.BONUS.value
        elif leaf.code == "A2" and not _pick(7, self.year, unit, "exempt"):
            claim = Claim.EXEMPTION.value
        figures = {
            one.code: plain(self.own_figure(one, unit)) for one in asked.inputs if not one.records
        }
        return Answer(
            submission=submission, item=leaf.code, figures=figures, statement=_WROTE, claim=claim,
            self_score=Decimal(score.numerator) / Decimal(score.denominator),
            grounds=_GROUNDS[Claim(claim)] if claim else "", saved_at=self.now,
            saved_by_id=self.officer(submission.unit),
        )  # fmt: skip

    def own_figure(self, source: Input, unit: str) -> Fraction:
        return self.figure(source, unit)

    def officer(self, unit: Organisation) -> int:
        """Who fills in: the city's officer, where the demonstration has one; else its signatory."""
        if unit.pk == self.people.city.pk:
            return self.people.one(Role.CITY_OFFICER)
        return self.people.at(Role.CITY_HEAD, unit)

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
        asked = scheme_of(issued(self.found)).item[item].material
        return next((one.zh for one in kinds(asked)), "")


class _Past(_Led):
    """Complete: from the draft to the frozen records."""

    year = _PAST

    def lead(self) -> None:
        self.issue()
        self.move(StageMove.COLLECT)
        for sheet in self.sheets:
            self.sign(self.supply(sheet))
        self._collect()
        self.move(StageMove.COMPARE)
        self._settle()
        self.move(StageMove.SCORE)
        self._visit()
        self._score()
        self.move(StageMove.FREEZE)

    def discuss(self) -> None:
        for role, item, is_adopted, text, answer in _COMMENTS:
            said = comment(
                assessment=self.found.pk, organisation=self.people.homes[role.value], item=item,
                text=text, by=self.people.one(role), now=self.now,
            )  # fmt: skip
            said.refresh_from_db()
            answer_comment(comment=said.pk, adopted=is_adopted, reason=answer, by=self.chief,
                           now=self.now, seen=said.version)  # fmt: skip

    def own_figure(self, source: Input, unit: str) -> Fraction:
        """As a city counts it: now and then it is another one."""
        own = super().own_figure(source, unit)
        differs = source.type == "share" and not _pick(11, unit, source.code, "differs")
        return own * Fraction(98, 100) if differs else own

    def _collect(self) -> None:
        filed = self.submissions
        with acting("load_demo"):
            Answer.objects.bulk_create(one for each in filed for one in self.answers(each, 100))
        self.file(next(each for each in filed if each.unit_id == self.people.city.pk))
        with acting("load_demo"):
            self.found.submissions.update(state=SubmissionState.APPROVING)
        for each in filed:
            decide_on(
                submission=each.pk, seen_hash=hash_of(load_answers(each)),
                by=self.people.at(Role.CITY_HEAD, each.unit), now=self.now,
            )  # fmt: skip

    def _settle(self) -> None:
        for at, one in enumerate(self.found.differences.order_by("pk")):
            is_own = at % 3 == 0
            differences.settle(
                difference=one.pk, taken=Taken.REPORTED if is_own else Taken.SUPPLIED,
                reason="样本：核对台账，以城市自报数为准。\nSample: the register bears the city out." if is_own
                else "样本：以数据来源单位签发数为准。\nSample: the signed figure stands.",
                by=self.chief, now=self.now,
            )  # fmt: skip

    def _visit(self) -> None:
        day = timezone.localdate(self.now)
        plan = Plan(planned_on=day, team="样本：考核一组 Sample: team 1", items=("B2", "D1"),
                    places="样本：政务服务中心 Sample: service centre")  # fmt: skip
        visit = plan_visit(assessment=self.found.pk, unit=self.people.city.pk, plan=plan,
                           unannounced=True, by=self.chief, now=self.now)  # fmt: skip
        record_finding(
            visit=visit.pk, by=self.chief, now=self.now,
            seen=Seen(text="样本：服务站标识不清。\nSample: the service point is badly marked.", item="D1"),
        )  # fmt: skip
        report_visit(visit=visit.pk, visited_on=day, by=self.chief, now=self.now,
                     summary="样本：总体符合，一处需改进。\nSample: in order but for one thing.")  # fmt: skip

    def _score(self) -> None:
        for leaf in self.scheme.leaves:
            body = self.found.scores.filter(item=leaf.code).select_related("body")[0].body
            by = self.people.at(Role.SCORING_BODY, body)
            held = load_held(by, timezone.localdate(self.now)) or ()
            page = load_item(self.found, leaf.code, held, timezone.localdate(self.now))
            rows = {
                row.score.pk: scoring.RowWanted(row.score.version, self._judged(row.facts, page.of))
                for row in page.rows
            }
            scoring.score_rows(assessment=self.found.pk, item=leaf.code, rows=rows, by=by,
                               now=self.now)  # fmt: skip

    def _judged(self, row: judging.RowFacts, of: judging.Judging) -> judging.Typed:
        taken = Fraction(_pick(5, self.year, of.item, row.unit), 2)
        judged, lines = {}, []
        for one in of.judged:
            points = of.full - taken if of.points_by else Fraction(80 + 2 * taken)
            judged[one.code] = plain(points)
        if of.points_by and taken:
            lines.append(f"{plain(taken)} 样本：材料不够完整 Sample: the material is not complete")
        return judging.Typed(
            judged=judged, deductions="\n".join(lines),
            claim=judging.ClaimAnswer.UPHELD.value if row.claimed else "",
            reason="样本：已核对数据和材料。Sample: figures and material were checked.",
        )  # fmt: skip


class _Running(_Led):
    """At mid-collection."""

    year = _RUNNING

    def lead(self) -> None:
        self.issue()
        self.move(StageMove.COLLECT)
        self._supply()
        own = next(one for one in self.submissions if one.unit_id == self.people.city.pk)
        with acting("load_demo"):
            Answer.objects.bulk_create(
                one
                for each in self.submissions
                for one in self.answers(each, 70 if each.pk == own.pk else 60)
            )
        self.file(own)
        given = dict.fromkeys(("B1", "B2", "B3", "D4"), (None, self.people.department.pk))
        give_items(submission=own.pk, given=given, by=self.people.one(Role.CITY_OFFICER),
                   now=self.now)  # fmt: skip
        self._check()

    def _supply(self) -> None:
        """Four are signed, one of them corrected since; one is begun; nobody has opened the others."""
        for sheet in self.sheets[:4]:
            self.sign(self.supply(sheet))
        self._correct(self.sheets[0])
        self.supply(self.sheets[4], units=8)

    def _correct(self, sheet: Sheet) -> None:
        by = self.people.at(Role.SUPPLYING_BODY, sheet.body)
        supplied.correct(
            sheet=sheet.pk, by=by, now=self.now,
            reason="样本：广州漏计一件。\nSample: a case of Guangzhou was not counted.",
        )  # fmt: skip
        self.supply(sheet, shift=5)
        self.sign(sheet)

    def _check(self) -> None:
        """A visit is announced, and a lead is being checked."""
        plan = Plan(
            planned_on=timezone.localdate(self.now) + timedelta(14), items=("B2", "D1"),
            team="样本：考核二组 Sample: team 2", places="样本：政务服务中心 Sample: service centre",
        )  # fmt: skip
        visit = plan_visit(assessment=self.found.pk, unit=self.people.city.pk, plan=plan,
                           by=self.chief, now=self.now)  # fmt: skip
        announce_visit(visit=visit.pk, by=self.chief, now=self.now)
        for channel, text in (
            (Channel.HOTLINE, "样本：反映某商户销售侵权商品。\nSample: a shop is said to sell infringing goods."),
            (Channel.LETTER, "样本：反映处罚信息未公开。\nSample: a penalty is said not to be disclosed."),
        ):  # fmt: skip
            lead = receive_lead(
                assessment=self.found.pk, unit=self.people.city.pk, channel=channel, text=text,
                item="B2", by=self.chief, now=self.now,
            )  # fmt: skip
        check_lead(lead=lead.pk, by=self.chief, now=self.now)
        conclude_lead(
            lead=lead.pk, move=LeadMove.CLOSE, by=self.chief, now=self.now,
            conclusion="样本：经核查已按期公开。\nSample: it was disclosed in time.",
        )  # fmt: skip


def _document(year: int) -> Mapping[str, Any]:
    """The sample scheme, of a year."""
    document = dict(read_scheme(_SCHEME).document)
    if year == _RUNNING:
        return document
    title = document["title"]
    return {
        **document,
        "code": f"sample-office-{year}",
        "title": {lang: said.replace(str(_RUNNING), str(year)) for lang, said in title.items()},
        "period": {"starts": f"{year}-01-01", "ends": f"{year + 1}-01-01"},
    }


def _typed(figure: Fraction, source: Input) -> str:
    return percent(figure, 1) if source.type == "share" else plain(figure)
