"""The papers of the year: what each says, for whom, from which template."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from steelyard.assessment.actions import visits
from steelyard.assessment.actions.papers import use_default, use_template
from steelyard.assessment.models import Answer, Finding, PaperTemplate, Submission
from steelyard.assessment.queries.papers.filled import SAYS, filled, paper_file
from steelyard.assessment.queries.papers.saying import Paper
from steelyard.assessment.queries.papers.seen import WHOLE, papers_seen_by
from steelyard.assessment.queries.scoring import load_item
from steelyard.assessment.queries.visits import photographs_of
from steelyard.assessment.rules.judging import Typed
from steelyard.assessment.rules.papers.defaults import default_template
from steelyard.assessment.rules.papers.kinds import (
    Design,
    Format,
    PaperKind,
    designs,
)
from steelyard.assessment.rules.papers.samples import sample_values
from steelyard.assessment.rules.states import Stage
from steelyard.files.models import File
from steelyard.kernel.bilingual import Lang
from steelyard.kernel.exact import shown
from steelyard.kernel.faults import Faulty
from steelyard.kernel.refusals import NOT_ALLOWED, Refused
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from steelyard.trail.models import Entry
from tests.assessment.papers import Papered, word, words_of
from tests.assessment.visits import found_on
from tests.assessment.year import Year
from tests.once import World, world_of
from tests.supply.office import account

pytestmark = pytest.mark.django_db

NOTICE = Design(PaperKind.NOTICE, "zh", Format.WORD)
SHEET = Design(PaperKind.VISIT, "en", Format.EXCEL)


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)


def papered() -> Papered:
    found = Papered()
    found.with_papers()
    return found


standing = world_of(papered)


@pytest.fixture
def year(standing: World[Papered]) -> Papered:
    return standing.copy()


def offered(year: Papered, who: Account) -> set[tuple[str, str]]:
    seen = papers_seen_by(year.asker(who), year.assessment)
    return {(one.kind.value, one.of) for one in seen}


def values(year: Papered, who: Account, kind: PaperKind, of: object, lang: Any = "zh") -> Any:
    return SAYS[kind](Paper(year.asker(who), year.assessment, str(of), lang))


def row(rows: list[dict[str, str]], **wanted: str) -> dict[str, str]:
    (found,) = (one for one in rows if all(one[name] == value for name, value in wanted.items()))
    return found


# --- what they say --------------------------------------------------------------------------------


def test_each_paper_is_filled_from_the_year_and_every_value_stands_in_it(year: Papered) -> None:
    """Every kind, language and format: what the default template names is in the file, opened again."""
    year.forged()
    year.visit()
    seen = {
        one.kind: one for one in reversed(papers_seen_by(year.asker(year.chen), year.assessment))
    }
    assert set(seen) == set(PaperKind)
    for design in designs():
        paper = Paper(year.asker(year.chen), year.assessment, seen[design.kind].of, design.lang)
        said = words_of(paper_file(paper, design))
        told = SAYS[design.kind](paper)
        assert told["assessment"] in said
        assert ("（样本）" if design.lang == "zh" else "(sample)") in told["assessment"]
        rows = [one for value in told.values() if isinstance(value, list) for one in value]
        for one in rows:
            for name in ("title", "name", "figure", "statement", "reasons", "own"):
                assert one.get(name, "") in said


def test_the_notice_says_who_does_what_until_when(year: Papered) -> None:
    told = values(year, year.liang, PaperKind.NOTICE, WHOLE)
    due = Submission.objects.get(unit=year.jiangmen).deadline.due
    assert told["assessment"] == "2021年度考核（样本）"
    assert told["period"] == "2021年1月1日至2021年12月31日"
    assert told["assessed"] == "广东省知识产权局各市"
    assert told["fill_due"] == f"{due.year}年{due.month}月{due.day}日"
    assert (told["fill_days"], told["supply_days"], told["points"]) == ("15", "10", "100")
    assert told["addressees"] == "广州市、江门市、省市场监督管理局、考核工作组、案卷评查组"
    market = row(told["bodies"], name="省市场监督管理局")
    assert (market["supplies"], market["scores"]) == ("按期办结率", "")
    team = row(told["bodies"], name="考核工作组")
    assert (team["supplies"], team["scores"], team["due"]) == (
        "",
        "A1 按期办结、B1 培训、B2 工作方案",
        "",
    )
    assert told["number"].startswith("〔20")
    assert told["number"].endswith("〕　　号")


def test_a_unit_sheet_says_all_that_stands_side_by_side(year: Papered) -> None:
    told = values(year, year.chen, PaperKind.UNIT_ITEMS, "440700")
    assert [one["code"] for one in told["items"]] == ["A1", "A2", "B1", "B2"]
    plan = row(told["items"], code="B2")
    assert (plan["self_score"], plan["scored"], plan["reasons"]) == ("9", "7", "扣3分：没有目标")
    assert plan["material"] == "工作方案"
    assert plan["scored_by"].startswith("孙组长")
    closed = row(told["items"], code="A1")
    assert closed["own_figures"] == "按期办结率：90%"
    assert closed["figures"] == "按期办结率：85%"
    assert closed["scored"] == ""
    assert (told["self_total"], told["scored_total"], told["points"]) == ("18", "7", "100")


def test_an_item_sheet_says_of_each_unit_what_the_page_of_scoring_says(year: Papered) -> None:
    told = values(year, year.sun, PaperKind.ITEM_UNITS, "B2", "en")
    page = load_item(year.assessment, "B2", year.asker(year.sun).held, year.now)
    assert page
    scored = {one.score.unit.name.say("en"): one for one in page.rows}
    assert {one["unit"] for one in told["units"]} == set(scored)
    jiangmen = row(told["units"], self_score="9")
    follows = scored[jiangmen["unit"]].follows.points
    assert follows is not None
    assert (jiangmen["scored"], jiangmen["reasons"]) == (shown(follows), "−3: 没有目标")


def test_the_letters_of_differences_say_both_figures(year: Papered) -> None:
    to_unit = values(year, year.huang, PaperKind.DIFFERENCES, "440700")
    closed, trained = to_unit["differences"]
    assert (closed["reported"], closed["supplied"], closed["gap"]) == ("90%", "85%", "+5个百分点")
    assert (closed["source"], closed["used_in"]) == ("省市场监督管理局", "A1")
    assert (closed["state"], closed["counts"]) == ("采用提供数", "85%")
    assert (trained["source"], trained["gap"], trained["counts"]) == ("由记录计算", "+12", "")
    assert (to_unit["difference_count"], to_unit["open_count"]) == ("2", "1")
    to_body = values(year, year.chen, PaperKind.SUPPLIED, "market", "en")
    assert [one["gap"] for one in to_body["differences"]] == ["+5 percentage points"]
    assert to_body["open_count"] == ""


@pytest.mark.parametrize("kind", [PaperKind.DIFFERENCES, PaperKind.SUPPLIED])
@pytest.mark.parametrize(
    ("lang", "settled"),
    [
        ("zh", "采用提供数：85%（台账只支持85%）"),
        ("en", "the supplied figure: 85% (台账只支持85%)"),
    ],
)
def test_a_letter_of_what_was_settled_says_why(kind: PaperKind, lang: Lang, settled: str) -> None:
    design, reason = Design(kind, lang, Format.WORD), "台账只支持85%"
    told = settled.partition("：" if lang == "zh" else ":")[0]
    row = sample_values(design)["differences"][0]
    for counts in ("85%", ""):
        one = {**row, "state": told, "counts": counts, "reason": reason}
        values = {**sample_values(design), "differences": [one]}
        said = words_of(filled(default_template(design), design, values))
        assert (settled in said, reason in said) == (bool(counts), bool(counts))


@pytest.mark.parametrize("kind", [PaperKind.DIFFERENCES, PaperKind.SUPPLIED])
@pytest.mark.parametrize(
    ("lang", "asks", "tells"),
    [
        ("zh", "5个工作日内", "现将核定结果告知"),
        ("en", "within 5 working days", "no action is required"),
    ],
)
def test_a_letter_in_which_nothing_is_open_asks_nobody_to_check(
    kind: PaperKind, lang: Lang, asks: str, tells: str
) -> None:
    design = Design(kind, lang, Format.WORD)
    for still in ("2", ""):
        values = {**sample_values(design), "open_count": still}
        said = words_of(filled(default_template(design), design, values))
        assert (asks in said, tells in said) == (bool(still), not still)
        assert "cases" not in said


def test_the_notice_of_a_forgery_says_what_the_scheme_says(year: Papered) -> None:
    one = year.forged()
    told = values(year, year.huang, PaperKind.FORGERY, one.pk)
    assert (told["hearing"], told["decision"], told["grounds"]) == (
        "系扫描错误。", "原件系伪造", "印章与备案不符。",
    )  # fmt: skip
    assert (told["statement"], told["silent"], told["material"]) == (
        "原件齐全可查。", "", "该项目的自评说明",
    )  # fmt: skip
    assert (told["penalty"], told["scored"]) == ("材料经认定造假的不得分。", "0")
    assert told["article"] == "《知识产权保护考核（样本）》项目A1"
    sheet = values(year, year.chen, PaperKind.UNIT_ITEMS, "440700")
    forged = row(sheet["items"], code="A1")
    assert (forged["scored"], forged["reasons"]) == ("0", "材料经认定造假")


def test_a_visit_sheet_says_what_the_unit_signed_and_where_to_go(year: Papered) -> None:
    told = values(year, year.chen, PaperKind.VISIT, year.visit().pk)
    assert told["places"] == "蓬江区市场；江海区市场"
    assert told["announced"] == "不打招呼"
    assert row(told["items"], code="A1")["own"] == "自评9分\n按期办结率：90%\n按期办结九成"


def test_a_visit_sheet_says_the_numbers_of_the_photographs_that_hang_on_what_was_found(
    year: Papered,
) -> None:
    one = year.visit()
    year.now += timedelta(2)
    first, second = (found_on(year, one, text).pk for text in ("台账缺失", "台账不全"))
    visits.report_visit(
        visit=one.pk, visited_on=timezone.localdate(year.now), summary="总体较好",
        by=year.chen.pk, now=year.now,
    )  # fmt: skip
    hung = [
        str(file)
        for pk in (first, second)
        for file, _name in photographs_of(Finding.objects.get(pk=pk))
    ]
    assert len(hung) == 2
    for lang, joint in (("zh", "、"), ("en", ", ")):
        told = values(year, year.chen, PaperKind.VISIT, one.pk, lang)
        assert row(told["items"], code="A1")["photographs"] == joint.join(hung)
        assert row(told["items"], code="B2")["photographs"] == ""


def test_a_unit_sheet_says_where_the_points_of_an_item_go_that_does_not_apply(
    year: Papered,
) -> None:
    year.score("B1", jiangmen=Typed(status="not_applicable", reason="没有培训任务"))
    told = values(year, year.chen, PaperKind.UNIT_ITEMS, "440700")
    assert row(told["items"], code="B1")["reasons"] == (
        "不适用：30分归入B2，按其得分率折算\n没有培训任务"
    )
    told = values(year, year.sun, PaperKind.ITEM_UNITS, "B1", "en")
    assert (
        "not applicable: its 30 points go to B2, in proportion to what they get\n没有培训任务"
        in [one["reasons"] for one in told["units"]]
    )


# --- for whom -------------------------------------------------------------------------------------


def test_everybody_is_offered_what_exists_for_them_and_nothing_else(year: Papered) -> None:
    forged, visit = str(year.forged().pk), str(year.visit().pk)
    auditor = account("审计", held=(Role.AUDITOR, year.province))
    notice = {("notice", WHOLE)}
    items = {("item_units", one) for one in ("A1", "A2", "B1", "B2")}
    looked_after = notice | items | {
        ("unit_items", "440700"), ("differences", "440700"), ("supplied", "market"),
        ("forgery", forged),
    }  # fmt: skip
    theirs = notice | {("unit_items", "440700"), ("differences", "440700"), ("forgery", forged)}
    assert offered(year, year.chen) == looked_after | {("visit", visit)}
    assert offered(year, year.zhao) == looked_after | {("visit", visit)}
    assert offered(year, auditor) == looked_after
    assert offered(year, year.tan) == theirs
    assert offered(year, year.huang) == theirs
    assert offered(year, year.sun) == notice | {
        ("item_units", one) for one in ("A1", "B1", "B2")} | {("forgery", forged)}  # fmt: skip
    assert offered(year, year.gu) == notice | {("item_units", "A2")}
    assert offered(year, year.li) == notice
    assert offered(year, year.liang) == notice | {("unit_items", "440100")}
    assert offered(year, year.experts[0]) == notice
    assert offered(year, account("某甲")) <= notice


def test_a_unit_does_not_read_its_scores_before_all_is_frozen(year: Papered) -> None:
    told = values(year, year.huang, PaperKind.UNIT_ITEMS, "440700")
    assert {one["scored"] + one["reasons"] + one["scored_by"] for one in told["items"]} == {""}
    assert told["scored_total"] == ""
    assert row(told["items"], code="A1")["figures"] == "按期办结率：85%"


def test_a_department_reads_its_own_items_alone() -> None:
    year = Papered()
    found = year.at(Stage.COLLECTING)
    submission = Submission.objects.get(assessment=found, unit=year.jiangmen)
    for item, department in (("A1", year.bureau), ("B2", None)):
        Answer.objects.create(
            submission=submission, item=item, self_score=8, statement=f"自评{item}",
            department=department, saved_by=year.tan, saved_at=year.now,
        )  # fmt: skip
    assert offered(year, year.mo) == {("notice", WHOLE), ("unit_items", "440700")}
    told = values(year, year.mo, PaperKind.UNIT_ITEMS, "440700")
    assert [(one["code"], one["self_score"]) for one in told["items"]] == [("A1", "8")]
    assert told["self_total"] == "8"
    assert offered(year, year.chen) == {("notice", WHOLE)}


def test_there_is_no_paper_before_there_is_something_to_say() -> None:
    year = Papered()
    year.at(Stage.COMMENTS)
    assert offered(year, year.chen) == set()


def test_the_office_prepares_the_notice_before_the_collection_and_others_wait_for_it() -> None:
    year = Year()
    found = year.at(Stage.ISSUED)
    who = Papered.asker(year, year.chen)  # type: ignore[arg-type]
    assert [one.kind for one in papers_seen_by(who, found)] == [PaperKind.NOTICE]
    told = SAYS[PaperKind.NOTICE](Paper(who, found, WHOLE, "zh"))
    assert (told["fill_days"], told["fill_due"]) == ("____", "　　年　月　日")
    other = Papered.asker(year, year.liang)  # type: ignore[arg-type]
    assert papers_seen_by(other, found) == []


def test_a_paper_asks_the_database_little(
    year: Papered, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    forged, visit = year.forged().pk, year.visit().pk
    most = {
        PaperKind.NOTICE: (WHOLE, 8), PaperKind.UNIT_ITEMS: ("440700", 22),
        PaperKind.ITEM_UNITS: ("B2", 15), PaperKind.DIFFERENCES: ("440700", 6),
        PaperKind.SUPPLIED: ("market", 5), PaperKind.VISIT: (visit, 7), PaperKind.FORGERY: (forged, 5),
    }  # fmt: skip
    for kind, (of, count) in most.items():
        values(year, year.chen, kind, of)
        with django_assert_max_num_queries(count):
            values(year, year.chen, kind, of)


# --- templates ------------------------------------------------------------------------------------


@pytest.fixture
def early() -> Papered:
    """Templates need no more than an assessment."""
    found = Papered()
    found.at(Stage.ISSUED)
    return found


def used(year: Year, content: bytes, seen: int = 0, **changes: Any) -> PaperTemplate:
    told = {
        "office": year.province.pk, "design": NOTICE, "name": "通知.docx", "content": content,
        "note": "加了联系人", "seen": seen, "by": year.chen.pk, "now": year.now,
    }  # fmt: skip
    return use_template(**told | changes)


def own(text: str = "我办的{{ assessment }}") -> bytes:
    return word(text)


def test_a_template_that_was_put_there_is_used_from_then_on(early: Papered) -> None:
    made = used(early, own())
    paper = Paper(early.asker(early.chen), early.assessment, WHOLE, "zh")
    assert words_of(paper_file(paper, NOTICE)).strip() == "我办的2021年度考核（样本）"
    assert (made.number, made.note, made.file.name) == (1, "加了联系人", "通知.docx")
    back = use_default(
        office=early.province.pk, design=NOTICE, seen=1, by=early.chen.pk, now=early.now
    )
    assert (back.number, back.is_default) == (2, True)
    assert "现就开展2021年度考核（样本）工作" in words_of(paper_file(paper, NOTICE))


def test_a_template_with_faults_changes_nothing(early: Papered) -> None:
    entries = Entry.objects.count()
    with pytest.raises(Faulty) as caught:
        used(early, own("{{ asessment }} {{ nothing }}"))
    assert [one.code for one in caught.value.faults] == ["unknown-field", "unknown-field"]
    for content in (b"", b"not a file", default_template(SHEET)):
        with pytest.raises(Faulty):
            used(early, content)
    assert not PaperTemplate.objects.exists()
    assert not File.objects.filter(name="通知.docx").exists()
    assert Entry.objects.count() == entries


def test_of_two_who_put_one_there_the_second_looks_first(early: Papered) -> None:
    first = used(early, own())
    with pytest.raises(Refused) as caught:
        used(early, own("{{ office }}"), by=early.qian.pk)
    assert [one.code for one in caught.value.refusals] == ["newer_version"]
    assert PaperTemplate.objects.get() == first
    assert used(early, own("{{ office }}"), seen=1, by=early.qian.pk).number == 2


def test_sent_twice_it_is_put_there_once(early: Papered) -> None:
    content = own()
    assert used(early, content) == used(early, content)
    assert PaperTemplate.objects.count() == 1


def test_going_back_to_what_is_in_use_is_refused(early: Papered) -> None:
    with pytest.raises(Refused) as caught:
        use_default(
            office=early.province.pk, design=NOTICE, seen=0, by=early.chen.pk, now=early.now
        )
    assert [one.code for one in caught.value.refusals] == ["default_already"]


def test_only_who_runs_the_assessment_puts_one_there(early: Papered) -> None:
    for who in (early.zhao, early.li, early.sun, early.tan, early.huang):
        with pytest.raises(Refused) as caught:
            used(early, own(), by=who.pk)
        assert [one.code for one in caught.value.refusals] == [NOT_ALLOWED]


def test_a_version_is_never_altered(early: Papered) -> None:
    used(early, own())
    for change in (
        lambda: PaperTemplate.objects.update(note="x"),
        lambda: PaperTemplate.objects.all().delete(),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()
