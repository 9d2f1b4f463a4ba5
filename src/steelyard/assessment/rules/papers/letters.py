"""The letters that come with Steelyard: official papers whose texts name fields.

Days by which somebody answers are counted from the day the letter arrives, as offices write it: the
office changes them in its own template.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from steelyard.assessment.rules.papers.kinds import PaperKind
from steelyard.kernel.bilingual import Lang
from steelyard.papers.official import Column, End, Head, Paper, Paragraph, Table

NUMBERS = frozenset({"{{ row.reported }}", "{{ row.supplied }}", "{{ row.gap }}"})


def _or_dash(field: str, dash: str) -> str:
    """A field of a row, or the dash that says that there is nothing to say."""
    return f"{{% if row.{field} %}}{{{{ row.{field} }}}}{{% else %}}{dash}{{% endif %}}"


def _said(text: str, table: Table | None = None) -> Paragraph:
    return Paragraph((text,), table=table)


def _headed(text: str, level: Any = 1) -> Paragraph:
    return Paragraph((text,), level)


def _table(of: str, *columns: tuple[str, int, str]) -> Table:
    """A row for each of a list; a column is its heading, its share, what its cells say."""
    heads = tuple(
        Column(heading, share, "right" if text in NUMBERS else "left")
        for heading, share, text in columns
    )
    return Table(heads, (tuple(text for *_of, text in columns),), each=f"row in {of}")


def _document(lang: Lang, issuer: str, **told: Any) -> Paper:
    head = Head(issuer=issuer, number="{{ number }}")
    return Paper(
        lang=lang, head=head, signature="{{ office }}", issued_on="{{ date }}", **told
    )  # fmt: skip


def _letter(lang: Lang, **told: Any) -> Paper:
    return _document(lang, "{{ office }}", form="letter", **told)


CONTACT_ZH = "联系人：　　　　，电话：　　　　　　"
CONTACT_EN = "Contact: ____________________  Telephone: ____________________"

# --- the notice -----------------------------------------------------------------------------------

NOTICE_ZH = _document(
    "zh", "{{ office }}文件",
    title="关于开展{{ assessment }}工作的通知",
    addressee="{{ addressees }}",
    paragraphs=(
        _said("根据《{{ scheme }}》（第{{ scheme_number }}版，以下简称细则），"
              "现就开展{{ assessment }}工作有关事项通知如下。"),
        _headed("考核范围"),
        _said("考核期间为{{ period }}。考核对象为{{ assessed }}，共{{ unit_count }}个被考核单位，"
              "考核项目{{ item_count }}项，总分{{ points }}分。"
              "考核所用记录截至{{ cut_off }}。"),
        _headed("时间安排"),
        _said("报送数据。数据来源单位自{{ opened }}起{{ supply_days }}个工作日内，"
              "于{{ supply_due }}前报送数据并签发。"),
        _said("填报自评材料。被考核单位自{{ opened }}起{{ fill_days }}个工作日内，于{{ fill_due }}前完成自评、"
              "填写说明、上传佐证材料，经本单位审签后报送。逾期报送的，按细则处理。"),
        _said("比对和评分。期满后比对自报数和提供数，对差异逐项核定；由评分单位逐项评分，扣分写明理由。"),
        _headed("任务分工"),
        _said("数据来源单位和评分单位的任务分工如下。", _table(
            "bodies", ("单位", 21, "{{ row.name }}"), ("报送的数据", 22, _or_dash("supplies", "—")),
            ("评分的项目", 24, _or_dash("scores", "—")), ("报送期限", 22, _or_dash("due", "—")),
        )),
        _headed("工作要求"),
        _said("各单位对所报数据和材料的真实性、准确性负责。材料经认定造假的，按细则处理，并载入考核记录。"),
    ),
    attachments=("{{ scheme }}",),
    remark=CONTACT_ZH,
    end=End(copies="　　　　　　　　", office="{{ office }}", printed_on="{{ date }}"),
)  # fmt: skip

NOTICE_EN = _document(
    "en", "{{ office }}",
    title="Notice: {{ assessment }}",
    addressee="To {{ addressees }}",
    paragraphs=(
        _said("This notice sets out how the {{ assessment }} will be carried out under the {{ scheme }},"
              " version {{ scheme_number }} (the “Scheme”)."),
        _headed("Scope"),
        _said("The assessment covers the period {{ period }}. The {{ assessed }} ({{ unit_count }} units) are"
              " assessed on {{ item_count }} items worth {{ points }} points in all. Records count up to"
              " {{ cut_off }}."),
        _headed("Timetable"),
        _said("Figures. Supplying bodies supply and sign their figures within {{ supply_days }} working"
              " days of {{ opened }}, that is, by {{ supply_due }}."),
        _said("Submissions. Assessed units score themselves, explain their scores and file supporting"
              " material within {{ fill_days }} working days of {{ opened }}, that is, by {{ fill_due }}, and"
              " sign after their own approval. Late submissions are dealt with as the Scheme provides."),
        _said("Comparison and scoring. Self-reported and supplied figures are then compared and every"
              " difference is settled. Scoring bodies score item by item and give a reason for every"
              " deduction."),
        _headed("Tasks of the bodies"),
        _said("The tasks are divided as follows.", _table(
            "bodies", ("Body", 19, "{{ row.name }}"), ("Supplies", 22, _or_dash("supplies", "–")),
            ("Scores", 26, _or_dash("scores", "–")), ("Due", 22, _or_dash("due", "–")),
        )),
        _headed("Requirements"),
        _said("Every body and unit answers for the truth and accuracy of what it supplies or files. Forged"
              " material is dealt with as the Scheme provides, and the finding stays on record."),
    ),
    attachments=("{{ scheme }}",),
    remark=CONTACT_EN,
    end=End(copies="____________________", office="{{ office }}", printed_on="{{ date }}"),
)  # fmt: skip

# --- differences ----------------------------------------------------------------------------------

DIFFERENCES_ZH = _letter(
    "zh",
    title="关于核实{{ assessment }}有关数据的函",
    addressee="{{ unit }}",
    paragraphs=(
        _said("在{{ assessment }}（考核期间{{ period }}）中，你单位自报数和提供数不一致的共{{ difference_count }}项，"
              "{% if open_count %}其中尚未核定的{{ open_count }}项{% else %}均已核定{% endif %}。具体如下。", _table(
            "differences", ("数据", 6, "{{ row.figure }}"), ("自报数", 4, "{{ row.reported }}"),
            ("提供数", 4, "{{ row.supplied }}"), ("差额", 4, "{{ row.gap }}"),
            ("数据来源", 5, "{{ row.source }}"), ("用于项目", 4, "{{ row.used_in }}"),
            ("状态", 5, "{{ row.state }}{% if row.counts %}：{{ row.counts }}"
             "{% if row.reason %}（{{ row.reason }}）{% endif %}{% endif %}"),
        )),
        _said("{% if open_count %}请你单位自收到本函之日起5个工作日内，对尚未核定的数据逐项核实："
              "同意提供数的，书面确认；有异议的，说明理由并附佐证材料。逾期未反馈的，由我单位根据现有材料核定。"
              "{% else %}现将核定结果告知，无须再行核实。{% endif %}"),
        _said("特此函告。"),
    ),
    remark=CONTACT_ZH,
)  # fmt: skip

DIFFERENCES_EN = _letter(
    "en",
    title="Figures to be checked: {{ assessment }}",
    addressee="To {{ unit }}",
    paragraphs=(
        _said("In the {{ assessment }} ({{ period }}) figures that you reported differ from those supplied"
              " by other bodies. Differences: {{ difference_count }}{% if open_count %}, not yet settled:"
              " {{ open_count }}{% else %}, all of them settled{% endif %}.", _table(
            "differences", ("Figure", 6, "{{ row.figure }}"), ("Own", 4, "{{ row.reported }}"),
            ("Supplied", 4, "{{ row.supplied }}"), ("Gap", 5, "{{ row.gap }}"),
            ("Source", 5, "{{ row.source }}"), ("Items", 3, "{{ row.used_in }}"),
            ("State", 5, "{{ row.state }}{% if row.counts %}: {{ row.counts }}"
             "{% if row.reason %} ({{ row.reason }}){% endif %}{% endif %}"),
        )),
        _said("{% if open_count %}Please check each figure that is not yet settled within 5 working days of"
              " receiving this letter. If you agree with the supplied figure, confirm it in writing; if not,"
              " state your reasons and attach supporting material. Without a reply we will settle the"
              " difference on the material available.{% else %}The table shows how they were settled; no"
              " action is required.{% endif %}"),
    ),
    remark=CONTACT_EN,
)  # fmt: skip

SUPPLIED_ZH = _letter(
    "zh",
    title="关于核对{{ assessment }}提供数据的函",
    addressee="{{ body }}",
    paragraphs=(
        _said("在{{ assessment }}（考核期间{{ period }}）中，你单位提供的数据和被考核单位自报数不一致的共"
              "{{ difference_count }}项，{% if open_count %}其中尚未核定的{{ open_count }}项{% else %}均已核定"
              "{% endif %}。具体如下。", _table(
            "differences", ("数据", 6, "{{ row.figure }}"), ("被考核单位", 5, "{{ row.unit }}"),
            ("自报数", 4, "{{ row.reported }}"), ("提供数", 4, "{{ row.supplied }}"),
            ("差额", 4, "{{ row.gap }}"),
            ("状态", 5, "{{ row.state }}{% if row.counts %}：{{ row.counts }}"
             "{% if row.reason %}（{{ row.reason }}）{% endif %}{% endif %}"),
        )),
        _said("{% if open_count %}请你单位自收到本函之日起5个工作日内核对：数据有误的，予以更正并说明原因；"
              "数据无误的，书面确认，并说明统计口径。{% else %}现将核定结果告知，无须再行核对。{% endif %}"),
        _said("特此函告。"),
    ),
    remark=CONTACT_ZH,
)  # fmt: skip

SUPPLIED_EN = _letter(
    "en",
    title="Supplied figures to be checked: {{ assessment }}",
    addressee="To {{ body }}",
    paragraphs=(
        _said("In the {{ assessment }} ({{ period }}) figures that you supplied differ from those that the"
              " assessed units reported. Differences: {{ difference_count }}{% if open_count %}, not yet"
              " settled: {{ open_count }}{% else %}, all of them settled{% endif %}.", _table(
            "differences", ("Figure", 6, "{{ row.figure }}"), ("Unit", 5, "{{ row.unit }}"),
            ("Own", 4, "{{ row.reported }}"), ("Supplied", 4, "{{ row.supplied }}"),
            ("Gap", 5, "{{ row.gap }}"),
            ("State", 5, "{{ row.state }}{% if row.counts %}: {{ row.counts }}"
             "{% if row.reason %} ({{ row.reason }}){% endif %}{% endif %}"),
        )),
        _said("{% if open_count %}Please check these figures within 5 working days of receiving this letter."
              " Correct any that are wrong and state why; confirm in writing those that are right and state"
              " how they were counted.{% else %}The table shows how they were settled; no action is required."
              "{% endif %}"),
    ),
    remark=CONTACT_EN,
)  # fmt: skip

# --- a confirmed forgery --------------------------------------------------------------------------

FORGERY_ZH = _letter(
    "zh",
    title="关于{{ assessment }}材料造假认定的通知",
    addressee="{{ unit }}",
    paragraphs=(
        _headed("认定的事实"),
        _said("在{{ assessment }}中，你单位就项目{{ code }}“{{ title }}”（分值{{ points }}分）报送的"
              "“{{ material }}”，经认定造假。依据：{{ grounds }}"),
        _headed("听取陈述情况"),
        _said("{%p if statement %}"),
        _said("你单位于{{ stated_on }}书面陈述：{{ statement }}"),
        _said("{%p endif %}"),
        _said("{% if silent %}你单位逾期未陈述。{% else %}我单位于{{ heard_on }}听取了你单位的陈述。"
              "听取陈述记录：{{ hearing }}{% endif %}"),
        _headed("认定理由"),
        _said("{{ decision }}（{{ decided_on }}认定）"),
        _headed("处理"),
        _said("依据{{ article }}：{{ penalty }}{% if scored %}该项目得{{ scored }}分。{% endif %}"
              "本认定载入考核记录。"),
        _said("对本认定有异议的，可以自收到本通知之日起　　个工作日内，向我单位书面提出，并附有关材料。"),
    ),
    remark=CONTACT_ZH,
)  # fmt: skip

FORGERY_EN = _letter(
    "en",
    title="Notice of forged material: {{ assessment }}",
    addressee="To {{ unit }}",
    paragraphs=(
        _headed("Finding"),
        _said("In the {{ assessment }}, “{{ material }}”, which you filed for item {{ code }},"
              " {{ title }} ({{ points }} points), was found to be forged. Grounds: {{ grounds }}"),
        _headed("Your statement"),
        _said("{%p if statement %}"),
        _said("You stated in writing on {{ stated_on }}: {{ statement }}"),
        _said("{%p endif %}"),
        _said("{% if silent %}You made no statement by the day set.{% else %}You were heard on {{ heard_on }}."
              " Our record of the hearing: {{ hearing }}{% endif %}"),
        _headed("Reasons"),
        _said("{{ decision }} (decided on {{ decided_on }})"),
        _headed("Consequences"),
        _said("Under {{ article }}: {{ penalty }}{% if scored %} The item receives {{ scored }} points."
              "{% endif %} The finding stays on record."),
        _said("If you object to this finding, you may do so in writing to us within ____ working days of"
              " receiving this notice, with supporting material."),
    ),
    remark=CONTACT_EN,
)  # fmt: skip

LETTERS: Mapping[tuple[PaperKind, Lang], Paper] = {
    (PaperKind.NOTICE, "zh"): NOTICE_ZH,
    (PaperKind.NOTICE, "en"): NOTICE_EN,
    (PaperKind.DIFFERENCES, "zh"): DIFFERENCES_ZH,
    (PaperKind.DIFFERENCES, "en"): DIFFERENCES_EN,
    (PaperKind.SUPPLIED, "zh"): SUPPLIED_ZH,
    (PaperKind.SUPPLIED, "en"): SUPPLIED_EN,
    (PaperKind.FORGERY, "zh"): FORGERY_ZH,
    (PaperKind.FORGERY, "en"): FORGERY_EN,
}
