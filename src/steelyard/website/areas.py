"""The areas that the public reads about, and where each stands. These addresses stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from steelyard.kernel.bilingual import Text


@dataclass(frozen=True, slots=True)
class Area:
    """One area of the public site: its code in packages, its address, its name."""

    code: str
    address: str
    title: Text
    lead: Text


AREAS: Mapping[str, Area] = {
    one.code: one
    for one in (
        Area("plan", "plan", Text("实施方案", "Implementation plan"),
             Text("方面、任务和措施，各由谁负责、何时完成、进展如何。",
                  "Aspects, tasks and measures: who answers for each, by when, and how far it is.")),
        Area("joint_meeting", "joint-meeting", Text("联席会议", "Joint meeting"),
             Text("开过哪些会，议定了哪些事，办到哪一步。",
                  "Which meetings were held, what they resolved, and how far it is carried out.")),
        Area("courts", "courts", Text("法院", "Courts"),
             Text("案件归哪个法院、期限几天、交多少费、带什么材料；办案统计。",
                  "Which court hears a case, in how many days, for which fee, with which papers; statistics.")),
        Area("funds", "funds", Text("资助资金", "Support funds"),
             Text("资助依据什么规则，每年批了多少、付了多少。",
                  "By which rules support is granted, and how much was granted and paid each year.")),
        Area("contest", "contest", Text("高价值专利大赛", "Patent competition"),
             Text("各届赛事和获奖。",
                  "Editions and awards.")),
        Area("geographical_indications", "geographical-indications", Text("地理标志", "Geographical indications"),
             Text("受保护的产品和商标。",
                  "Protected products and marks.")),
        Area("pledges", "pledges", Text("质押登记", "Pledges"),
             Text("地理标志和其他知识产权上的质押。",
                  "Pledges on geographical indications and other rights.")),
        Area("top_events", "top-events", Text("十大事件", "Top ten events"),
             Text("各届候选和结果。",
                  "Candidates and results of each edition.")),
    )
}  # fmt: skip
