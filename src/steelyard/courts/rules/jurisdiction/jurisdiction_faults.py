"""Why can no court be told? One function a reason."""

from __future__ import annotations

from datetime import date

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where


def no_cause() -> Fault:
    return Fault(
        "which-no-cause",
        Text("没有案由", "no cause of action is given"),
        Text("请填案由，如“侵害商标权纠纷”", "give one, such as infringement of a trademark"),
        Where(key="cause"),
    )


def no_body() -> Fault:
    return Fault(
        "which-no-body",
        Text("行政案件没有说被诉行为是谁作出的", "whose act is sued over is not said"),
        Text(
            "请填：政府工作部门、县级以上地方人民政府、国务院部门或者海关",
            "say: a department, a government, a State Council department, or customs",
        ),
        Where(key="body"),
    )


def no_reviewer() -> Fault:
    return Fault(
        "which-no-reviewer",
        Text("经过复议，但没有说复议机关", "there was a reconsideration; by whom is not said"),
        Text("请填复议机关是哪一类机关", "say what kind of agency reconsidered"),
        Where(key="reviewer"),
    )


def no_city(province: Text) -> Fault:
    return Fault(
        "which-no-city",
        Text(f"地点只写到{province.zh}，没有写到市", f"the place is {province.en}, without a city"),
        Text("请写到市或者区、县", "name the city, or the district or county"),
        Where(key="place"),
    )


def cannot_have_tried(cause: Text) -> Fault:
    return Fault(
        "which-cannot-have-tried",
        Text(
            f"所填的一审法院不可能审理“{cause.zh}”",
            f"the court given as that of first instance cannot have tried: {cause.en}",
        ),
        Text("请核对一审法院；不清楚的留空", "check it; leave it empty if not known"),
        Where(key="tried_by"),
    )


def not_administrative() -> Fault:
    return Fault(
        "which-not-administrative",
        Text("民事案件没有行政复议", "a civil case has no reconsideration"),
        Text("请删去复议，或者改填行政案由", "leave it out, or give an administrative cause"),
        Where(key="reconsidered"),
    )


def judged_too_early(judged: date, filed: date) -> Fault:
    return Fault(
        "which-judged-too-early",
        Text(f"裁判日{judged}早于立案日{filed}", f"judged on {judged}, before filing on {filed}"),
        Text("请核对两个日期", "check the two days"),
        Where(key="judged"),
    )


def amount_below_nothing() -> Fault:
    return Fault(
        "which-amount-below-nothing",
        Text("标的额小于0", "the amount in dispute is below 0"),
        Text("请填不小于0的人民币元；没有的留空", "give yuan, 0 or more; leave it empty if none"),
        Where(key="amount"),
    )


def place_founds_nothing(connection: Text, why: Text, articles: Text, instead: Text) -> Fault:
    return Fault(
        "which-place-founds-nothing",
        Text(
            f"{connection.zh}不能据以确定这类案件的管辖：{why.zh}（{articles.zh}）",
            f"{connection.en} founds no jurisdiction here: {why.en} ({articles.en})",
        ),
        Text(f"请改填{instead.zh}", f"give instead {instead.en}"),
        Where(key="place"),
    )
