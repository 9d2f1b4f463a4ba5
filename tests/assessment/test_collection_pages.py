"""The pages of what a city files: what exists for whom, what is kept of a refused save, in how many questions."""

from __future__ import annotations

import io
from dataclasses import replace
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from steelyard.assessment.forms.collection import AnswerForm
from steelyard.assessment.models import (
    Answer,
    ApprovalStep,
    Material,
    MaterialUse,
    Objection,
    Submission,
)
from steelyard.assessment.rules.collection.answers import FIGURE, Question
from steelyard.assessment.rules.states import Stage
from steelyard.kernel.bilingual import Text
from steelyard.notices.models import Deadline
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from steelyard.scheme.model import Input
from tests.assessment.database_clock import midnight_after, set_clock
from tests.assessment.rules.collection.test_answers import asked
from tests.assessment.test_collection import PDF
from tests.assessment.year import Year, scheme
from tests.once import World, world_of
from tests.supply.office import account

pytestmark = pytest.mark.django_db


def a_year() -> Year:
    found = Year()
    found.at(Stage.COLLECTING)
    return found


standing = world_of(a_year)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    return standing.copy()


def as_(account: Account, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    return client


def home(year: Year) -> str:
    return f"/assessments/2021/submissions/{Submission.objects.get(unit=year.jiangmen).pk}/"


def form(**typed: Any) -> dict[str, Any]:
    empty = {"self_score": "", "statement": "", "claim": "", "grounds": "", "version": 0}
    return empty | typed


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_city_works_through_its_items_one_after_the_other(year: Year) -> None:
    client, at = as_(year.tan), home(year)
    page = text(client.get(at))
    assert "0 / 4" in page and "items/A1/" in page  # noqa: PT018
    answer = client.post(f"{at}items/A1/", form(self_score="38.5", then="next"), follow=True)
    assert answer.redirect_chain[-1][0] == f"{at}items/A2/"
    assert "1 / 4" in text(client.get(at))
    last = client.post(f"{at}items/B2/", form(self_score="7", then="next"))
    assert last.headers["location"] == at


def test_a_save_asks_the_database_little_whatever_else_is_filled_in(
    year: Year, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, at = as_(year.tan), home(year)
    for item in ("A1", "A2", "B2"):
        client.post(f"{at}items/{item}/", form(self_score="1"))
    with django_assert_num_queries(12):
        client.post(f"{at}items/B2/", form(self_score="2", version=1))


def test_a_refused_save_keeps_what_was_typed(year: Year) -> None:
    client, at = as_(year.tan), home(year)
    answer = client.post(f"{at}items/A1/", form(self_score="41", statement="写了很久"))
    assert answer.status_code == 422
    assert 'value="41"' in text(answer) and "写了很久" in text(answer)  # noqa: PT018
    assert not Answer.objects.exists()


def test_after_the_deadline_the_save_is_refused_and_what_was_typed_is_still_there(
    year: Year,
) -> None:
    client, at = as_(year.tan), home(year)
    set_clock(midnight_after(Deadline.objects.latest("due").due))
    answer = client.post(f"{at}items/A1/", form(self_score="38", statement="写了很久"))
    assert answer.status_code == 409
    assert "写了很久" in text(answer) and "declare" in text(answer)  # noqa: PT018
    assert "Declare that it is filed late" in text(client.get(at))
    late = client.post(f"{at}late/", {"why": "停电"}, follow=True)
    assert late.status_code == 200
    assert client.post(f"{at}items/A1/", form(self_score="38")).status_code == 302


def test_saved_by_itself_only_the_line_and_the_version_come_back(year: Year) -> None:
    client, at = as_(year.tan), home(year)
    quiet = {"HX-Request": "true"}
    answer = client.post(f"{at}items/B2/", form(self_score="7"), headers=quiet)
    assert 'name="version" value="1"' in text(answer) and "<html" not in text(answer)  # noqa: PT018
    wrong = client.post(f"{at}items/B2/", form(self_score="70", version=1), headers=quiet)
    assert wrong.status_code == 422
    behind = client.post(f"{at}items/B2/", form(self_score="8", version=0), headers=quiet)
    assert behind.status_code == 409
    assert Answer.objects.get().self_score == 7


def test_a_deduction_says_that_its_figure_is_subtracted() -> None:
    item = next(one for one in scheme().items if one.code == "B2")
    said = {}
    for kind in ("item", "deduction"):
        question = Question(replace(item, kind=kind), Fraction(5))
        with translation.override("en"):
            said[kind] = str(AnswerForm(question=question).fields["self_score"].help_text)
    assert (
        said["deduction"] == "0 to 5, at most four decimal places; it is subtracted from the total"
    )
    assert "subtracted" not in said["item"]


def test_the_same_form_twice_is_saved_once_and_says_saved(year: Year) -> None:
    client, at = as_(year.tan), home(year)
    sent = form(self_score="30", statement="甲", **{"figure-closed_in_time": "90%"})
    for _ in range(2):
        answer = client.post(f"{at}items/A1/", sent, follow=True)
        assert answer.status_code == 200
        assert "Saved." in text(answer)
    assert Answer.objects.get().version == 1
    twice = form(self_score="31", statement="甲", version=1, **{"figure-closed_in_time": "90%"})
    assert [client.post(f"{at}items/A1/", twice).status_code for _ in range(2)] == [302, 302]
    assert Answer.objects.get().version == 2


def test_two_officers_on_one_item_see_both_versions(year: Year) -> None:
    client, at = as_(year.tan), home(year)
    client.post(f"{at}items/A1/", form(self_score="30", statement="甲", **{"figure-closed_in_time": "90%"}))  # fmt: skip
    sent = form(self_score="31", statement="乙", **{"figure-closed_in_time": "91%"})
    both = client.post(f"{at}items/A1/", sent)
    assert both.status_code == 409
    for said in ("甲", "乙", "90%", "91%", "30", "31"):
        assert said in text(both)
    assert 'name="figure-closed_in_time" value="90%"' in text(client.get(f"{at}items/A1/"))
    chosen = form(self_score="31", statement="甲", version=1, **{"figure-closed_in_time": "91%"})
    assert client.post(f"{at}items/A1/", chosen).status_code == 302
    found = Answer.objects.get()
    assert (found.self_score, found.statement, found.figures) == (31, "甲", {"closed_in_time": "0.91"})  # fmt: skip


def test_before_it_is_signed_the_office_sees_only_how_far_it_is(year: Year) -> None:
    client, at = as_(year.tan), home(year)
    client.post(f"{at}items/A1/", form(self_score="38.5", statement="机密说明"))
    office = as_(year.chen)
    page = text(office.get(at))
    assert "1 / 2" in page and "38.5" not in page  # noqa: PT018
    assert office.get(f"{at}items/A1/").status_code == 404
    assert office.get(f"{at}sheet/").status_code == 404
    assert office.get(f"{at}material/").status_code == 404
    up = {
        "version": Submission.objects.get(unit=year.jiangmen).version,
        "why_unanswered": "本年没有",
    }
    client.post(f"{at}put-up/", up)
    head = as_(year.huang)
    page = text(head.get(at))
    seen = page.split('name="seen_hash" value="')[1].split('"')[0]
    assert head.post(f"{at}approve/", {"seen_hash": seen}).status_code == 302
    assert "机密说明" in text(office.get(f"{at}items/A1/"))
    assert office.post(f"{at}items/A1/", form(self_score="1")).status_code == 403


def put_up(year: Year) -> str:
    """As its officer puts it up, with one item answered and claimed, on one piece of material."""
    client, at = as_(year.tan), home(year)
    client.post(f"{at}items/A1/", form(self_score="38.5", claim="exemption", grounds="样本：台风"))
    told = {"content": SimpleUploadedFile("a.pdf", PDF), "title": "台账", "kind": "案件台账"}
    client.post(f"{at}items/A1/material/", told)
    version = Submission.objects.get(unit=year.jiangmen).version
    client.post(f"{at}put-up/", {"version": version, "why_unanswered": "本年没有"})
    return at


def approve(client: Client, at: str) -> str:
    seen = text(client.get(at)).split('name="seen_hash" value="')[1].split('"')[0]
    return text(client.post(f"{at}approve/", {"seen_hash": seen}, follow=True))


def test_the_last_step_says_that_it_signs_and_locks_and_what_is_signed(year: Year) -> None:
    at = put_up(year)
    head = as_(year.huang, "zh-hans")
    page = text(head.get(at))
    assert "此后不能再改动" in page
    assert "4项中已填1项，自评38.5分；佐证材料1份；申请1项" in page
    assert "签发并报送现在的内容</button>" in page
    assert "同意现在的内容" not in page
    assert "已签发并报送，此后不能再改动。" in approve(head, at)


def test_a_step_before_the_last_approves_and_does_not_say_that_it_signs(year: Year) -> None:
    ApprovalStep.objects.create(
        assessment=year.assessment, subject="submission", order=9, role=Role.CITY_HEAD,
        title_zh="签发", title_en="signed",
    )  # fmt: skip
    at = put_up(year)
    head = as_(year.huang, "en")
    page = text(head.get(at))
    assert "Approve it, as it is here</button>" in page
    assert "Sign and file it" not in page
    assert "Approved. It is signed by the last step." in approve(head, at)
    assert "Sign and file it" in text(
        as_(account("林副市长", c=(Role.CITY_HEAD, year.jiangmen))).get(at)
    )


def test_what_is_left_open_is_named_beside_the_statement_which_is_not_lost(year: Year) -> None:
    client, at = as_(year.tan), home(year)
    assert "says nothing at all yet" in text(client.get(at))
    client.post(f"{at}items/A1/", form(self_score="38.5"))
    page = text(client.get(at))
    assert 'name="why_unanswered"' in page
    assert "items are not answered yet" in page
    version = Submission.objects.get(unit=year.jiangmen).version
    bare = client.post(f"{at}put-up/", {"version": version, "why_unanswered": " "})
    assert bare.status_code == 409
    assert "A2 " in text(bare)
    long = client.post(f"{at}put-up/", {"version": version, "why_unanswered": "长" * 2001})
    assert long.status_code == 409
    assert "长" * 2001 in text(long)
    why = {"version": version, "why_unanswered": "本年没有工作方案"}
    assert client.post(f"{at}put-up/", why).status_code == 302
    assert "本年没有工作方案" in text(as_(year.huang).get(at))
    assert "本年没有工作方案" not in text(as_(year.chen).get(at))


def test_it_does_not_exist_for_another_city_or_a_body(year: Year) -> None:
    at = home(year)
    for stranger in (year.liang, year.sun, year.li, year.mo):
        for path in ("", "items/A1/", "sheet/", "material/", "departments/", "late/"):
            assert as_(stranger).get(at + path).status_code == 404
    answer = as_(year.liang).get("/assessments/2021/submissions/")
    assert "江门" not in text(answer)


def give(year: Year, item: str) -> None:
    """To the bureau, and the others to nobody."""
    given = {f"was-{one}": "" for one in ("A1", "A2", "B1", "B2")}
    given |= {f"to-{item}": year.bureau.pk}
    assert as_(year.tan).post(f"{home(year)}departments/", given).status_code == 302


def test_a_department_sees_its_items_alone(year: Year) -> None:
    at = home(year)
    give(year, "B2")
    mo = as_(year.mo)
    page = text(mo.get(at))
    assert "items/B2/" in page and "items/A1/" not in page  # noqa: PT018
    assert mo.get(f"{at}items/A1/").status_code == 404
    assert mo.post(f"{at}items/B2/", form(self_score="7", version=1)).status_code == 302
    assert mo.get(f"{at}departments/").status_code == 403
    book = openpyxl.load_workbook(io.BytesIO(b"".join(mo.get(f"{at}sheet/"))))
    assert [row[0].value for row in book.active.iter_rows(min_row=2)] == ["B2"]
    city = text(as_(year.tan).get(at))
    assert "江门市市场监督管理局" in city or "440700-market" in city


def test_the_sheet_says_by_which_rule_each_item_counts(year: Year) -> None:
    taken = b"".join(as_(year.tan, "zh-hans").get(f"{home(year)}sheet/"))
    lines = list(openpyxl.load_workbook(io.BytesIO(taken)).active.iter_rows(values_only=True))
    at = lines[0].index("评分标准")
    said = {line[0]: line[at] for line in lines[1:] if line[1] is None}
    assert "95%" in said["A1"]
    assert all(said[item] for item in ("A1", "A2", "B1", "B2"))


def test_an_item_that_was_only_given_to_a_department_is_not_saved_by_anybody(year: Year) -> None:
    give(year, "B2")
    address = f"{home(year)}items/B2/"
    assert "Saved last" not in text(as_(year.tan).get(address))
    as_(year.mo).post(address, form(self_score="7", version=1))
    assert "Saved last" in text(as_(year.tan).get(address))


def test_material_is_filed_fetched_and_used_again(year: Year) -> None:
    client, at = as_(year.tan), home(year)
    file = SimpleUploadedFile("方案.pdf", PDF)
    told = {"content": file, "title": "年度方案", "pages": "3–5", "kind": "方案文本"}
    answer = client.post(f"{at}items/B2/material/", told, follow=True)
    assert "年度方案" in text(answer)
    found = Material.objects.get()
    assert b"".join(client.get(f"/files/{found.file_id}/download/")) == PDF
    assert as_(year.chen).get(f"/files/{found.file_id}/download/").status_code == 404
    used = client.post(f"{at}items/A1/material/use/", {"material": found.pk, "pages": "9"})
    assert used.status_code == 302
    assert "年度方案" in text(client.get(f"{at}items/A1/"))
    assert "text of the plan" in text(client.get(f"{at}items/B2/"))
    assert "年度方案" in text(client.get(f"{at}material/", {"kind": "方案文本"}))
    assert "年度方案" not in text(client.get(f"{at}material/", {"kind": "案件台账"}))
    english = text(as_(year.tan, "en").get(f"{at}material/"))
    assert '<option value="方案文本">text of the plan</option>' in english
    assert ">text of the plan</td>" in english
    assert client.post(f"{at}items/A1/material/", {"content": ""}).status_code == 422


def test_several_files_are_filed_at_once_or_none_and_each_fault_names_its_file(year: Year) -> None:
    client, at = as_(year.tan), home(year)

    def sent(*files: tuple[str, bytes], **told: str) -> Any:
        content = [SimpleUploadedFile(name, held) for name, held in files]
        return client.post(
            f"{at}items/B2/material/", {"content": content, "kind": "方案文本", **told}
        )

    wrong = sent(("甲.pdf", PDF), ("乙.pdf", b""))
    assert wrong.status_code == 422
    assert "乙.pdf: " in text(wrong)
    titled = sent(("甲.pdf", PDF), ("乙.pdf", PDF + b"2"), title="方案")
    assert titled.status_code == 422
    assert "each has the name of its file" in text(titled)
    assert not Material.objects.exists()
    assert sent(("甲.pdf", PDF), ("乙.pdf", PDF + b"2")).status_code == 302
    assert sorted(Material.objects.values_list("title", flat=True)) == ["乙.pdf", "甲.pdf"]


def test_an_item_that_asks_for_no_kind_of_material_takes_any_without_one(year: Year) -> None:
    client, address = as_(year.tan), f"{home(year)}items/B1/material/"
    page = text(client.get(address))
    assert "Which other" not in page
    assert '<select name="kind"' not in page
    for content, told in ((PDF, {}), (PDF + b"2", {"named": "会议照片"})):
        filed = {"content": SimpleUploadedFile("a.pdf", content), **told}
        assert client.post(address, filed).status_code == 302
    assert sorted(MaterialUse.objects.values_list("kind", flat=True)) == ["", "会议照片"]


def test_a_department_looks_through_the_material_of_its_own_items_alone(year: Year) -> None:
    tan, at = as_(year.tan), home(year)
    give(year, "B2")
    for item, kind, title, content in (
        ("B2", "方案文本", "年度方案", PDF),
        ("A1", "案件台账", "他科室材料", PDF.replace(b"1 0", b"2 0")),
    ):
        told = {"content": SimpleUploadedFile("a.pdf", content), "title": title, "kind": kind}
        assert tan.post(f"{at}items/{item}/material/", told).status_code == 302
    for page in (f"{at}material/", f"{at}items/B2/material/"):
        assert "他科室材料" in text(tan.get(page))
        assert "他科室材料" not in text(as_(year.mo).get(page))
    assert "年度方案" in text(as_(year.mo).get(f"{at}material/"))


def test_the_office_reads_how_often_material_is_used(year: Year) -> None:
    tan, at = as_(year.tan), home(year)
    told = {"content": SimpleUploadedFile("a.pdf", PDF), "kind": "方案文本"}
    tan.post(f"{at}items/B2/material/", told)
    tan.post(f"{at}items/A1/material/use/", {"material": Material.objects.get().pk})
    Submission.objects.filter(unit=year.jiangmen).update(state="approving")
    Submission.objects.filter(unit=year.jiangmen).update(
        state="locked", scheme=year.version, content_hash="sha256:0", signed_by=year.huang,
        signed_at=year.now,
    )  # fmt: skip
    assert '">2</td>' in text(as_(year.chen).get(f"{at}material/"))


def test_the_sheet_goes_out_and_back_in_and_a_refused_one_comes_back_coloured(year: Year) -> None:
    client, at = as_(year.tan, "zh-hans"), home(year)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(f"{at}sheet/"))))
    page = book.active
    page["F2"], page["G3"], page["F7"] = 38.5, "92.3%", 11
    wrong = client.post(f"{at}bring/", {"sheet": sheet(book)})
    assert wrong.status_code == 422
    assert "自评分不能超过本项满分10分" in text(wrong)
    assert not Answer.objects.exists()
    coloured = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(f"{at}bring/faults/"))))
    assert len(coloured.sheetnames) == 2
    coloured[page.title]["F7"] = 10
    assert client.post(f"{at}bring/", {"sheet": sheet(coloured)}).status_code == 302
    assert {one.item: one.self_score for one in Answer.objects.all()} == {"A1": 38.5, "B2": 10}
    again = client.get(f"{at}sheet/")
    same = SimpleUploadedFile("自评.xlsx", b"".join(again))
    answer = client.post(f"{at}bring/", {"sheet": same}, follow=True)
    assert "表格内容与系统中的相同，没有改动" in text(answer)


def sheet(book: openpyxl.Workbook) -> SimpleUploadedFile:
    target = io.BytesIO()
    book.save(target)
    return SimpleUploadedFile("自评.xlsx", target.getvalue())


def test_figures_and_objections_without_a_snapshot_say_so(year: Year) -> None:
    client, at = as_(year.tan), home(year)
    assert "No snapshot of the records is frozen yet" in text(client.get(f"{at}figures/trained/"))
    assert client.get(f"{at}figures/closed_in_time/").status_code == 404
    sent = {"record": "PX-1", "text": "人数有误"}
    assert client.post(f"{at}figures/trained/contest/", sent).status_code in (409, 422)
    assert not Objection.objects.exists()


def test_the_list_and_a_submission_take_the_same_questions_however_much_there_is(
    year: Year, django_assert_max_num_queries: Any
) -> None:
    at, office = home(year), as_(year.chen)
    client = as_(year.tan)
    for path in ("/assessments/2021/submissions/", at):
        office.get(path)
    with django_assert_max_num_queries(11):
        office.get("/assessments/2021/submissions/")
    for item in ("A1", "A2", "B1", "B2"):
        client.post(f"{at}items/{item}/", form(self_score="1"))
    with django_assert_max_num_queries(24):
        client.get(at)


@pytest.mark.parametrize(("lang", "said"), [("zh-hans", "是"), ("en", "yes")])
def test_a_figure_that_is_yes_or_no_stands_so_in_the_form(lang: str, said: str) -> None:
    opened = Input("opened", Text("是否公开", "Opened"), type="yes_no")
    question = replace(asked()[0], inputs=(opened,))
    with translation.override(lang):
        form = AnswerForm(question=question, initial={f"{FIGURE}opened": "yes"})
        assert f'value="{said}"' in str(form[f"{FIGURE}opened"])
