"""The history speaks of everything in both languages."""

import re
from pathlib import Path

import pytest
from django.db import models
from django.utils.translation import override

import steelyard
from steelyard.history.queries import traced_models
from steelyard.history.whose import names_its_organisation
from steelyard.trail.saying import label_of
from steelyard.trail.words import WRITES, title_of

TRACED = list(traced_models())
ACTS = sorted(
    {
        found
        for path in Path(steelyard.__file__).parent.rglob("*.py")
        for found in re.findall(r'\bacting\(\s*"(\w+)"', path.read_text("utf-8"))
    }
)


def table(model: type[models.Model]) -> str:
    return model._meta.db_table


def test_there_are_acts() -> None:
    assert {"send_file", "open_organisation"} <= set(ACTS)


@pytest.mark.parametrize("action", ACTS)
def test_every_act_has_a_title_in_both_languages(action: str) -> None:
    title = title_of(action, "insert")
    assert title not in WRITES.values(), f"give {action} a title in its area's words.py"
    assert title.zh
    assert title.en


@pytest.mark.parametrize("model", TRACED, ids=table)
def test_every_column_has_a_chinese_label(model: type[models.Model]) -> None:
    with override("zh-hans"):
        assert [
            field.column
            for field in model._meta.concrete_fields
            if field.column not in ("id", "version")
            and not re.search("[一-鿿]", label_of(model, field.column))
        ] == []


def test_whose_every_row_is() -> None:
    """What a row's history belongs to, table by table, to be read by whoever answers for rights."""
    told = {
        table(model): key.column if (key := names_its_organisation(model)) else ""
        for model in TRACED
    }
    known = {
        "assessment_answer": "submission_id",
        "assessment_approval": "step_id",
        "assessment_approvalstep": "assessment_id",
        "assessment_assessment": "office_id",
        "assessment_comment": "organisation_id",
        "assessment_deduction": "score_id",
        "assessment_difference": "unit_id",
        "assessment_draw": "assessment_id",
        "assessment_drawnfile": "draw_id",
        "assessment_earlierreview": "review_id",
        "assessment_figure": "sheet_version_id",
        "assessment_filereview": "file_id",
        "assessment_finding": "visit_id",
        "assessment_informant": "lead_id",
        "assessment_informantread": "informant_id",
        "assessment_lead": "office_id",
        "assessment_mark": "review_id",
        "assessment_material": "unit_id",
        "assessment_materialuse": "answer_id",
        "assessment_missingfigure": "assessment_id",
        "assessment_objection": "unit_id",
        "assessment_letterhead": "office_id",
        "assessment_papertemplate": "office_id",
        "assessment_reportcorrection": "visit_id",
        "assessment_schemeversion": "assessment_id",
        "assessment_score": "assessment_id",
        "assessment_settlement": "difference_id",
        "assessment_sheet": "body_id",
        "assessment_sheetversion": "sheet_id",
        "assessment_submission": "unit_id",
        "assessment_suspicion": "assessment_id",
        "assessment_visit": "assessment_id",
        "assessment_weighing": "assessment_id",
        "account_emailaddress": "user_id",
        "supply_delivery": "body_id",
        "supply_deliveryrequest": "body_id",
        "supply_listed": "snapshot_id",
        "supply_snapshot": "office_id",
        "auth_group": "",
        "auth_group_permissions": "group_id",
        "files_attachment": "file_id",
        "files_content": "",
        "files_file": "organisation_id",
        "mfa_authenticator": "user_id",
        "notices_deadline": "organisation_id",
        "notices_extension": "deadline_id",
        "notices_mail": "account_id",
        "notices_notice": "account_id",
        "notices_preference": "account_id",
        "people_account": "",
        "people_account_groups": "group_id",
        "people_account_user_permissions": "permission_id",
        "people_holding": "organisation_id",
        "people_organisation": "",
        "people_placement": "organisation_id",
        "prose_contactpage": "locale_id",
        "prose_home": "locale_id",
        "prose_newsarticle": "locale_id",
        "prose_newslist": "locale_id",
        "prose_picture": "collection_id",
        "prose_plainpage": "locale_id",
        "prose_publication": "",
        "public_messages_publicmessage": "",
        "socialaccount_socialaccount": "user_id",
        "socialaccount_socialapp": "",
        "wagtailcore_groupcollectionpermission": "group_id",
        "wagtailcore_grouppagepermission": "group_id",
        "wagtailcore_page": "locale_id",
        "wagtailcore_revision": "content_type_id",
        "wagtailcore_taskstate": "workflow_state_id",
        "wagtailcore_workflowstate": "content_type_id",
        "wagtaildocs_document": "collection_id",
    }
    assert told == known, "a new table says here whose its rows are"
