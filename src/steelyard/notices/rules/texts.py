"""In which words is someone told of what? All texts of notices, in one place.

``title`` stands on the page, to be seen after signing in. ``mail`` is the subject and the line in
the mail, which travels open: it says what kind of thing happened and nothing of the thing itself,
so it may use no word but those of ``OPEN_WORDS``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from steelyard.kernel.bilingual import Lang, Text

OPEN_WORDS: frozenset[str] = frozenset({"due", "days"})
"""A day and a number tell nobody what it is about."""


class Kind(StrEnum):
    DEADLINE_STARTED = "deadline_started"
    DEADLINE_EXTENDED = "deadline_extended"
    DEADLINE_NEAR = "deadline_near"
    DEADLINE_TODAY = "deadline_today"
    DEADLINE_PASSED = "deadline_passed"
    DELIVERY_SIGNED = "delivery_signed"
    DELIVERY_ACCEPTED = "delivery_accepted"
    DELIVERY_RETURNED = "delivery_returned"
    DELIVERY_CORRECTED = "delivery_corrected"
    REQUEST_URGED = "request_urged"
    SUBMISSION_SIGNED = "submission_signed"
    SUBMISSION_RETURNED = "submission_returned"
    OBJECTION_ANSWERED = "objection_answered"
    REQUEST_WITHDRAWN = "request_withdrawn"
    FILES_TO_REVIEW = "files_to_review"
    SCORES_REOPENED = "scores_reopened"
    SETTLED_ANEW = "settled_anew"
    SUSPICION_RAISED = "suspicion_raised"
    SUSPICION_ANSWERED = "suspicion_answered"
    SUSPICION_CONFIRMED = "suspicion_confirmed"
    SUSPICION_CLEARED = "suspicion_cleared"
    ROLE_GIVEN = "role_given"
    ROLE_ENDS = "role_ends"
    ROLE_WITHDRAWN = "role_withdrawn"
    POST_VACANT = "post_vacant"
    POSTS_VACANT = "posts_vacant"
    COMMENT_ANSWERED = "comment_answered"
    APPROVAL_WAITS = "approval_waits"
    STEP_VACANT = "step_vacant"
    SCHEME_RETURNED = "scheme_returned"
    SCHEME_ISSUED = "scheme_issued"
    ASSESSMENT_WITHDRAWN = "assessment_withdrawn"
    SCHEME_AMENDED = "scheme_amended"
    VISIT_ANNOUNCED = "visit_announced"
    VISIT_CANCELLED = "visit_cancelled"
    VISIT_DONE = "visit_done"
    VISIT_CORRECTED = "visit_corrected"
    LEAD_RECEIVED = "lead_received"
    FREEZE_WAITS = "freeze_waits"
    FROZEN_BY_ITSELF = "frozen_by_itself"
    WEIGHED = "weighed"
    WEIGHING_REFUSED = "weighing_refused"
    POINTS_TO_READ = "points_to_read"
    CONTENT_LOST = "content_lost"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one kind of notice, with ``{places}`` to be filled."""

    title: Text
    mail: Text


WORDS: Mapping[Kind, Words] = {
    Kind.DEADLINE_STARTED: Words(
        Text("{what}：请于{due}前完成（含当日）", "{what}: due by {due}"),
        Text("您有一项新任务，{due}届满", "You have a new task, due by {due}"),
    ),
    Kind.DEADLINE_EXTENDED: Words(
        Text("{what}：延期至{due}", "{what}: extended to {due}"),
        Text("您的一项任务延期至{due}", "A task of yours was extended to {due}"),
    ),
    Kind.DEADLINE_NEAR: Words(
        Text(
            "{what}：{due}届满，还有{days}个工作日",
            "{what}: due by {due}, working days left: {days}",
        ),
        Text(
            "您的一项任务将于{due}届满，还有{days}个工作日",
            "A task of yours is due by {due}; working days left: {days}",
        ),
    ),
    Kind.DEADLINE_TODAY: Words(
        Text("{what}：今天届满", "{what}: due today"),
        Text("您的一项任务今天（{due}）届满", "A task of yours is due today, {due}"),
    ),
    Kind.DEADLINE_PASSED: Words(
        Text(
            "{what}：已于{due}届满，逾期{days}个工作日",
            "{what}: was due by {due}, working days late: {days}",
        ),
        Text(
            "您的一项任务已于{due}届满，逾期{days}个工作日",
            "A task of yours was due by {due}; working days late: {days}",
        ),
    ),
    Kind.DELIVERY_SIGNED: Words(
        Text("{who}签发了“{what}”，待接收", "{who} signed “{what}”; it waits to be accepted"),
        Text("有一份报送待您接收", "A delivery waits for you to accept it"),
    ),
    Kind.DELIVERY_ACCEPTED: Words(
        Text("“{what}”已接收", "“{what}” was accepted"),
        Text("您的一份报送已接收", "A delivery of yours was accepted"),
    ),
    Kind.DELIVERY_RETURNED: Words(
        Text("“{what}”被退回：{reason}", "“{what}” was returned: {reason}"),
        Text("您的一份报送被退回", "A delivery of yours was returned"),
    ),
    Kind.DELIVERY_CORRECTED: Words(
        Text("{who}更正了“{what}”", "{who} corrected “{what}”"),
        Text("一份报送有更正", "A delivery was corrected"),
    ),
    Kind.SUBMISSION_SIGNED: Words(
        Text("{who}已签发报送“{what}”的自评材料", "{who} signed its submission for “{what}”"),
        Text("有一份自评材料已报送", "A submission was signed"),
    ),
    Kind.SUBMISSION_RETURNED: Words(
        Text(
            "“{what}”自评材料被退回修改：{reason}",
            "The submission for “{what}” was returned: {reason}",
        ),
        Text("您的一份自评材料被退回修改", "A submission of yours was returned"),
    ),
    Kind.OBJECTION_ANSWERED: Words(
        Text("对记录{what}的异议：{answer}", "The objection to record {what}: {answer}"),
        Text("您提出的一项数据异议已答复", "An objection of yours was answered"),
    ),
    Kind.REQUEST_URGED: Words(
        Text("催办：{what}，{due}届满", "Reminder of the office: {what}, due by {due}"),
        Text(
            "考核办催办您的一项任务，{due}届满",
            "The office reminds you of a task of yours, due by {due}",
        ),
    ),
    Kind.REQUEST_WITHDRAWN: Words(
        Text("不再需要：{what}。{reason}", "No longer needed: {what}. {reason}"),
        Text("您的一项任务已经撤回", "A task of yours was withdrawn"),
    ),
    Kind.FILES_TO_REVIEW: Words(
        Text("{what}：有调齐的案卷待您评查", "{what}: case files are there for you to review"),
        Text("有案卷待您评查", "Case files wait for your review"),
    ),
    Kind.SCORES_REOPENED: Words(
        Text(
            "评分依据有变动，须重新评分：{what}（{units}）",
            "What they rest on changed, to be scored again: {what} ({units})",
        ),
        Text("有几项评分须重新评定", "Some items are to be scored again"),
    ),
    Kind.SETTLED_ANEW: Words(
        Text(
            "差异改核：{unit}的“{what}”与原核定不同",
            "A difference was settled otherwise: {what} of {unit}",
        ),
        Text("有一项差异改核", "A difference was settled otherwise"),
    ),
    Kind.SUSPICION_RAISED: Words(
        Text(
            "“{what}”的材料有造假嫌疑（{who}）：将听取陈述后作出决定",
            "Material of {what} ({who}) is suspected to be forged: a decision follows a hearing",
        ),
        Text("有一件涉及佐证材料的事项待处理", "A matter of supporting material waits"),
    ),
    Kind.SUSPICION_ANSWERED: Words(
        Text(
            "{who}就“{what}”的材料提交了陈述：可以听取并作出决定",
            "{who} stated its case on the material of {what}: it can be heard and decided",
        ),
        Text("一件涉及佐证材料的事项有新的陈述", "A statement was made in a matter of material"),
    ),
    Kind.SUSPICION_CONFIRMED: Words(
        Text(
            "“{what}”的材料被认定造假（{who}）：{reason}",
            "Material of {what} ({who}) was found to be forged: {reason}",
        ),
        Text("一件涉及佐证材料的事项已有决定", "A matter of supporting material was decided"),
    ),
    Kind.SUSPICION_CLEARED: Words(
        Text(
            "“{what}”的造假嫌疑已排除（{who}）：{reason}",
            "The suspicion about {what} ({who}) was cleared: {reason}",
        ),
        Text("一件涉及佐证材料的事项已有决定", "A matter of supporting material was decided"),
    ),
    Kind.ROLE_GIVEN: Words(
        Text("您自{due}起任{what}（{who}）", "From {due} you are {what} at {who}"),
        Text("您自{due}起有新的职责", "From {due} you hold a new role"),
    ),
    Kind.ROLE_ENDS: Words(
        Text(
            "您任{what}（{who}）的最后一天是{due}",
            "Your last day as {what} at {who} is {due}",
        ),
        Text("您的一项职责到{due}为止", "A role of yours ends with {due}"),
    ),
    Kind.ROLE_WITHDRAWN: Words(
        Text(
            "原定您自{due}起任{what}（{who}），现已撤回",
            "You will not be {what} at {who} from {due}: that was withdrawn",
        ),
        Text("原定自{due}起的一项职责已撤回", "A role that was to begin on {due} was withdrawn"),
    ),
    Kind.POST_VACANT: Words(
        Text(
            "{who}的{role}空缺，{due}前应完成“{what}”：请指派人员或者安排代理",
            "{who} has no {role}, and “{what}” is due by {due}: appoint someone, or a stand-in",
        ),
        Text(
            "有一项{due}届满的任务无人负责，请指派人员",
            "A task due by {due} is nobody's; please appoint someone",
        ),
    ),
    Kind.POSTS_VACANT: Words(
        Text(
            "{who}等{number}个单位的{role}空缺，{due}前应完成“{what}”：请指派人员或者安排代理",
            "{number} organisations ({who}) have no {role}, and “{what}” is due by {due}: "
            "appoint people, or stand-ins",
        ),
        Text(
            "有几项{due}届满的任务无人负责，请指派人员",
            "Several tasks due by {due} are nobody's; please appoint people",
        ),
    ),
    Kind.COMMENT_ANSWERED: Words(
        Text(
            "对“{what}”的意见{answer}：{reason}", "Your comment on “{what}” was {answer}: {reason}"
        ),
        Text("您提出的一条意见有了答复", "A comment of yours was answered"),
    ),
    Kind.APPROVAL_WAITS: Words(
        Text("“{what}”待您审签：{step}", "“{what}” waits for your approval: {step}"),
        Text("有一项审签待您办理", "Something waits for your approval"),
    ),
    Kind.SCHEME_RETURNED: Words(
        Text("“{what}”审签时被退回：{reason}", "“{what}” was returned in its approval: {reason}"),
        Text("一项审签被退回", "An approval was returned"),
    ),
    Kind.SCHEME_ISSUED: Words(
        Text("“{what}”的细则已印发", "The scheme of “{what}” was issued"),
        Text("考核细则已印发", "The scheme of an assessment was issued"),
    ),
    Kind.ASSESSMENT_WITHDRAWN: Words(
        Text("“{what}”已撤销：{reason}", "“{what}” was withdrawn: {reason}"),
        Text("一次考核已撤销", "An assessment was withdrawn"),
    ),
    Kind.SCHEME_AMENDED: Words(
        Text("“{what}”的细则已修订：{reason}", "The scheme of “{what}” was amended: {reason}"),
        Text("考核细则有修订", "The scheme of an assessment was amended"),
    ),
    Kind.VISIT_ANNOUNCED: Words(
        Text("{what}：{due}到{who}实地检查", "{what}: on-site visit to {who} on {due}"),
        Text("{due}有一次实地检查", "There will be an on-site visit on {due}"),
    ),
    Kind.VISIT_CANCELLED: Words(
        Text(
            "{what}：原定{due}到{who}的实地检查取消。{reason}",
            "{what}: the visit to {who} on {due} was cancelled. {reason}",
        ),
        Text("原定{due}的实地检查取消", "The on-site visit on {due} was cancelled"),
    ),
    Kind.VISIT_DONE: Words(
        Text(
            "{what}：{due}对{who}的实地检查情况已可查看",
            "{what}: what was found at {who} on {due} can be read",
        ),
        Text("一次实地检查的情况已可查看", "What was found on a visit can be read"),
    ),
    Kind.VISIT_CORRECTED: Words(
        Text(
            "{what}：{due}对{who}的实地检查情况已更正。{reason}",
            "{what}: what was found at {who} on {due} was corrected. {reason}",
        ),
        Text("一次实地检查的情况有更正", "What was found on a visit was corrected"),
    ),
    Kind.STEP_VACANT: Words(
        Text(
            "{what}：审签步骤“{step}”须由{who}的{role}办理，目前空缺：请指派人员或者安排代理",
            "{what}: the step “{step}” of its approval is for the {role} of {who}, and there is none: "
            "appoint someone, or a stand-in",
        ),
        Text(
            "一次考核的审签步骤无人可办，请指派人员",
            "A step of an approval is nobody's; please appoint someone",
        ),
    ),
    Kind.FROZEN_BY_ITSELF: Words(
        Text(
            "{what}：数据截止日{due}已到，数据已自动冻结，正在计分",
            "{what}: on the cut-off {due} the records were frozen automatically; they are being weighed",
        ),
        Text(
            "一次考核的数据已在截止日{due}自动冻结",
            "The records of an assessment were frozen automatically on the cut-off {due}",
        ),
    ),
    Kind.WEIGHED: Words(
        Text(
            "{what}：冻结的数据已计分，可以查看结果",
            "{what}: the frozen records are weighed; the result can be read",
        ),
        Text("一次考核的数据已计分", "The records of an assessment are weighed"),
    ),
    Kind.WEIGHING_REFUSED: Words(
        Text("{what}：未能计分，请查看原因", "{what}: could not be weighed; read why"),
        Text("您提交的一次计分没有完成", "A weighing that you asked for did not end well"),
    ),
    Kind.POINTS_TO_READ: Words(
        Text(
            "{what}：已冻结计分，可以查看{who}各项得分和理由",
            "{what}: it is frozen and weighed; the points of {who} and their reasons can be read",
        ),
        Text("一次考核的得分已可查看", "The points of an assessment can be read"),
    ),
    Kind.FREEZE_WAITS: Words(
        Text(
            "{what}：数据截止日{due}已到，尚不能冻结：{why}",
            "{what}: the cut-off {due} has come, and the records are not frozen: {why}",
        ),
        Text(
            "一次考核的数据截止日{due}已到，尚未冻结",
            "The cut-off {due} of an assessment has come; it is not frozen",
        ),
    ),
    Kind.CONTENT_LOST: Words(
        Text(
            "存储中有登记过的内容丢失：上传的文件{files}份，计分的结果和文件{weighings}份，数据快照{snapshots}个。"
            "请查看磁盘，从备份恢复；steelyard backup会逐一列出",
            "content on record is missing from the store: uploads {files}, results and papers of weighings"
            " {weighings}, snapshots {snapshots}. Look at the disk and restore it from a backup; steelyard backup"
            " names each",
        ),
        Text(
            "系统存储中有内容丢失，请尽快查看",
            "Content is missing from the store; please look at it soon",
        ),
    ),
    Kind.LEAD_RECEIVED: Words(
        Text("网上收到线索，第{what}号", "A lead came in by the form: no. {what}"),
        Text("网上收到一条线索", "A lead came in by the form"),
    ),
}


def title(kind: Kind, words: Mapping[str, Mapping[str, str]], lang: Lang) -> str:
    """What stands on the page; ``words``: place → language → what fills it."""
    return _fill(WORDS[kind].title, words, lang)


def line_of_mail(kind: Kind, words: Mapping[str, Mapping[str, str]], lang: Lang) -> str:
    """What stands in the mail. Words that are not open are not even at hand."""
    open_words = {place: word for place, word in words.items() if place in OPEN_WORDS}
    return _fill(WORDS[kind].mail, open_words, lang)


def _fill(text: Text, words: Mapping[str, Mapping[str, str]], lang: Lang) -> str:
    said = {
        place: Text(word.get("zh", ""), word.get("en", "")).say(lang)
        for place, word in words.items()
    }
    return text.say(lang).format_map(said)


GREETING = Text("{name}，您好：", "Dear {name},")
ONE = Text("请登录后查看：", "Please sign in to see it:")
MANY = Text("以下{number}项，请登录后查看：", "Of these {number}, please sign in to see more:")
SUBJECT_OF_MANY = Text("您有{number}条通知", "You have {number} notices")
FOOT = Text(
    "本邮件由系统自动发出，请勿回复。可在“通知”页设定何时收邮件。",
    "This mail was sent by a machine; please do not answer it. "
    "When you get mail is set on the page “Notices”.",
)
BRAND = Text("权衡", "Steelyard")


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail in words: plain text."""

    subject: str
    body: str


def mail_of(lines: tuple[str, ...], name: str, link: str, lang: Lang) -> Mail:
    """One mail of one notice or many; the link leads to where one signs in."""
    one = len(lines) == 1
    number = str(len(lines))
    subject = lines[0] if one else SUBJECT_OF_MANY.say(lang).format(number=number)
    lead = (ONE if one else MANY).say(lang).format(number=number)
    listed = lines if one else tuple(f"- {line}" for line in lines)
    body = [GREETING.say(lang).format(name=name), "", *listed, "", lead, link, "", FOOT.say(lang)]
    return Mail(f"[{BRAND.say(lang)}] {subject}", "\n".join(body) + "\n")
