"""A city fills in its items, which save themselves, files material, and signs; two take one item."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from steelyard.assessment.models import Answer, Submission
from steelyard.assessment.rules.states import Stage
from tests.assessment.test_collection import PDF
from tests.assessment.year import Year
from tests.journeys.walking import looked_at, sign_in, window, with_password

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_city_fills_in_its_items_and_signs(live_server: object, width: int) -> None:
    year = Year()
    year.at(Stage.COLLECTING)
    tan, huang, chen = (with_password(one) for one in (year.tan, year.huang, year.chen))
    number = Submission.objects.get(unit=year.jiangmen).pk
    home = f"/assessments/2021/submissions/{number}/"
    with window(str(live_server), width=width) as page:
        sign_in(page, tan)
        page.goto("/assessments/2021/")
        looked_at(page, f"assessment_city_{width}")
        page.get_by_role("link", name="自评材料").first.press("Enter")
        looked_at(page, f"submission_{width}")
        page.get_by_role("link", name="A1 按期办结").press("Enter")
        looked_at(page, f"item_{width}")
        page.get_by_label("自评分").fill("50")
        expect(page.get_by_text("还没有保存")).to_be_visible()
        looked_at(page, f"item_refused_{width}")
        page.get_by_label("自评分").fill("38.5")
        expect(page.locator("#saved").get_by_text("已保存")).to_be_visible()
        page.get_by_label("自评说明").fill("按期办结率持续提高。")
        expect(page.locator("#id_version")).to_have_value("2")
        answer = Answer.objects.get(item="A1")
        assert (answer.self_score, answer.statement) == (38.5, "按期办结率持续提高。")
        Answer.objects.filter(item="A1").update(statement="同事改过")
        page.get_by_label("自评说明").fill("按期办结率提高了。")
        expect(page.get_by_text("刚刚有人保存了这一项")).to_be_visible()
        page.get_by_role("button", name="保存", exact=True).press("Enter")
        expect(page.get_by_text("同事改过").first).to_be_visible()
        looked_at(page, f"both_{width}")
        page.get_by_label("按期办结率提高了。").check()
        page.get_by_role("button", name="按所选保存").press("Enter")
        page.get_by_role("button", name="保存，添加材料").press("Enter")
        looked_at(page, f"add_material_{width}")
        page.get_by_label("文件", exact=True).set_input_files(
            {"name": "台账.pdf", "mimeType": "application/pdf", "buffer": PDF}
        )
        page.get_by_label("材料类别", exact=True).select_option("案件台账")
        page.get_by_role("button", name="上传并附到该项目").press("Enter")
        expect(page.get_by_role("link", name="台账.pdf")).to_be_visible()
        looked_at(page, f"item_material_{width}")
        page.get_by_role("button", name="保存，下一项").press("Enter")
        page.get_by_label("不适用", exact=True).check()
        page.get_by_label("申请理由").fill("本年度没有案卷。")
        page.get_by_role("button", name="保存，下一项").press("Enter")
        page.goto(f"{home}departments/")
        looked_at(page, f"departments_{width}")
        page.goto(f"{home}bring/")
        looked_at(page, f"bring_{width}")
        page.goto(f"{home}material/")
        looked_at(page, f"materials_{width}")
        page.goto(f"{home}figures/trained/")
        looked_at(page, f"rows_{width}")
        page.goto(home)
        page.get_by_role("button", name="提请审签").press("Enter")
        looked_at(page, f"put_up_{width}")
        sign_in(page, huang)
        page.goto("/")
        page.get_by_role("link", name="审签江门市的自评材料").press("Enter")
        looked_at(page, f"to_approve_{width}")
        page.get_by_role("button", name="同意现在的内容").press("Enter")
        expect(page.get_by_text("已报送并锁定").first).to_be_visible()
        sign_in(page, chen)
        page.goto("/assessments/2021/submissions/")
        looked_at(page, f"submissions_office_{width}")
        page.goto(f"{home}items/A1/")
        expect(page.get_by_text("按期办结率提高了。")).to_be_visible()
        looked_at(page, f"item_office_{width}")
