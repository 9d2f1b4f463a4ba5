"""The usual wordings of scoring tables, and the rule that each of them says."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import exact
from steelyard.scheme.wording import NeededInput, rule_from_words
from tests.builders import points_of

FORGED = "known(forged_items) and forged_items > 0"

# words, full points (None: a bonus without), the item's title, the rule, what else of the item
UNDERSTOOD: list[tuple[str, Any, str, Any, dict[str, Any]]] = [
    (
        "≥90%得10分，80%—90%得8分，低于80%不得分",
        10,
        "结案率",
        {"ladder": "结案率", "steps": [[">= 90%", 10], ["[80%, 90%)", 8], ["< 80%", 0]]},
        {},
    ),
    (
        "达到90%以上（含）得满分，每降低1个百分点扣0.5分，扣完为止",
        10,
        "结案率",
        [{"points": "full"}, {"deduct": "90% - 结案率", "each": "0.5", "per": "1%"}],
        {},
    ),
    (
        "每少1个百分点扣0.5分",
        10,
        "结案率",
        [{"points": "full"}, {"deduct": "结案率_差距", "each": "0.5", "per": "1%"}],
        {},
    ),
    (
        "每低1个百分点扣0.5分",
        10,
        "结案率不低于90%",
        [{"points": "full"}, {"deduct": "90% - 结案率", "each": "0.5", "per": "1%"}],
        {},
    ),
    (
        "每缺少一项扣1分，最高扣5分",
        10,
        "台账",
        [{"points": "full"}, {"deduct": "台账_缺少数", "each": 1, "at_most": 5}],
        {},
    ),
    ("每办理1件得3分", None, "专利纠纷", {"add": "专利纠纷_办理", "each": 3}, {}),
    (
        "每增长10个百分点得1分(上年为0的，以1计)",
        None,
        "专利纠纷办案量增长",
        {"add": "growth(专利纠纷办案量, base_if_zero=1)", "each": 1, "per": "10%"},
        {},
    ),
    ("完成得5分，未完成不得分", 5, "年度任务", {"points": 5, "when": "年度任务_完成"}, {}),
    ("未建立的不得分", 5, "联席会议制度", {"points": "full", "when": "联席会议制度_建立"}, {}),
    ("按完成比例得分", 5, "年度任务", {"proportion": "年度任务_完成比例", "target": 1}, {}),
    ("得分=完成率×15", 15, "事件处理", {"points": "事件处理_完成率 * 15"}, {}),
    ("每起扣2分", 10, "群众投诉", [{"points": "full"}, {"deduct": "群众投诉", "each": 2}], {}),
    (
        "省级5分、市级3分、县级2分",
        5,
        "表彰",
        {"table": "表彰_级别", "rows": {"省级": 5, "市级": 3, "县级": 2}, "otherwise": 0},
        {},
    ),
    (
        "省级5分、市级3分、县级2分",
        10,
        "表彰",
        [
            {"points": 5, "when": "表彰_省级"},
            {"points": 3, "when": "表彰_市级"},
            {"points": 2, "when": "表彰_县级"},
        ],
        {},
    ),
    (
        "每获批1项得2分，最高加10分",
        None,
        "试点",
        {"add": "试点_获批", "each": 2, "at_most": 10},
        {},
    ),
    ("无案件的不得分", 10, "结案率", {"points": "full", "when": "结案率_有案件"}, {}),
    (
        "≥90%得10分，80%—90%得8分，低于80%不得分。无案件的不得分。",
        10,
        "结案率",
        {"ladder": "结案率", "steps": [[">= 90%", 10], ["[80%, 90%)", 8], ["< 80%", 0]]},
        {"zero_if": "not 结案率_有案件"},
    ),
    (
        "第一名得10分，第二名得8分，第三名得6分",
        10,
        "满意度排名",
        {"table": "满意度排名", "rows": {"1": 10, "2": 8, "3": 6}},
        {},
    ),
    (
        "第一名得10分，第二名得8分，第三至五名得5分，其余得2分",
        10,
        "满意度",
        {
            "ladder": "满意度_名次",
            "steps": [["= 1", 10], ["= 2", 8], ["[3, 5]", 5]],
            "otherwise": 2,
        },
        {},
    ),
    (
        "与最高值之比×分值",
        10,
        "有效发明专利",
        {"points": "有效发明专利 / all_max(有效发明专利) * full"},
        {},
    ),
    (
        "国家级每篇得5分，省级每篇得3分，同一稿件就高不重复计分，最高加10分",
        None,
        "宣传",
        {
            "for_each": "宣传_清单",
            "score": {"table": "级别", "rows": {"国家级": 5, "省级": 3}},
            "once_per": "项目",
            "at_most": 10,
        },
        {},
    ),
    ("由专家评审打分", 10, "创新", {"points": "创新_评定分"}, {}),
    (
        "建立制度得2分，召开会议得3分",
        5,
        "机制",
        [{"points": 2, "when": "机制_建立制度"}, {"points": 3, "when": "机制_召开会议"}],
        {},
    ),
    (
        "按时报送得5分，每迟报一次扣0.5分，扣完为止",
        5,
        "报送",
        [{"points": "full"}, {"deduct": "报送_迟报", "each": "0.5"}],
        {},
    ),
    (
        "未建立台账的不得分，每缺1项扣0.5分，扣完为止",
        5,
        "台账",
        [{"points": "full"}, {"deduct": "台账_缺少数", "each": "0.5"}],
        {"zero_if": "not 建立台账"},
    ),
    (
        "每少1次扣1分",
        5,
        "培训不少于4次",
        [{"points": "full"}, {"deduct": "4 - 培训", "each": 1}],
        {},
    ),
    (
        "每少1件扣0.5分，每超1件加0.2分，最高加5分",
        5,
        "线索",
        [
            {"points": "full"},
            {"deduct": "线索_缺少数", "each": "0.5"},
            {"add": "线索_超出数", "each": "0.2", "at_most": 5},
        ],
        {},
    ),
    (
        "未开展的扣2分；酌情扣分",
        2,
        "培训",
        [
            {"points": "full"},
            {"deduct": "培训_酌情扣分", "each": 1},
            {"deduct": 1, "each": 2, "when": "not 培训_开展"},
        ],
        {},
    ),
    (
        "90%以上得10分，80%以上得8分",
        10,
        "结案率",
        {"ladder": "结案率", "steps": [[">= 90%", 10], ["[80%, 90%)", 8]], "otherwise": 0},
        {},
    ),
    (
        "完成目标任务得满分，未完成的按比例得分",
        10,
        "贷款",
        {"proportion": "贷款_完成比例", "target": 1},
        {},
    ),
    (
        "省级每篇得2分，市级每篇得1分，最高得5分",
        5,
        "宣传",
        {"sum": [{"add": "宣传_省级", "each": 2}, {"add": "宣传_市级", "each": 1}], "at_most": 5},
        {},
    ),
    (
        "结案率达到90%得5分，受理率达到95%得5分",
        10,
        "案件办理",
        [
            {"ladder": "案件办理_结案率", "steps": [[">= 90%", 5]], "otherwise": 0},
            {"ladder": "案件办理_受理率", "steps": [[">= 95%", 5]], "otherwise": 0},
        ],
        {},
    ),
    ("按时办结的得满分，否则不得分", 10, "督办", {"points": "full", "when": "督办_按时办结"}, {}),
    (
        "比上年每下降1个百分点扣1分，扣完为止",
        10,
        "有效专利",
        [{"points": "full"}, {"deduct": "-growth(有效专利)", "each": 1, "per": "1%"}],
        {},
    ),
    (
        "1—3件得2分，4—6件得4分，7件以上得6分",
        6,
        "案件",
        {"ladder": "案件", "steps": [["[1, 3]", 2], ["[4, 6]", 4], [">= 7", 6]], "otherwise": 0},
        {},
    ),
    (
        "优秀得10分，良好得8分，合格得6分，不合格不得分",
        10,
        "评议",
        {"table": "评议_等次", "rows": {"优秀": 10, "良好": 8, "合格": 6, "不合格": 0}},
        {},
    ),
    ("酌情得分", 10, "评议", {"points": "评议_评定分"}, {}),
    (
        "以国家系统数据为准，每件得0.5分，不封顶",
        None,
        "案件",
        {"add": "案件", "each": "0.5"},
        {"cap": "none"},
    ),
    (
        "无巡查扣20分；每缺1次或记录不完整扣1分；问题未及时发现或处理每起扣2分",
        20,
        "日常巡河",
        [
            {"points": "full"},
            {"deduct": 1, "each": 20, "when": "not 日常巡河_有巡查"},
            {"deduct": "日常巡河_缺或记录不完整", "each": 1},
            {"deduct": "日常巡河_问题未及时发现或处理", "each": 2},
        ],
        {},
    ),
    ("事件处理率×15", 15, "事件处理率", {"points": "事件处理率 * 15"}, {}),
    ("得分=处理率×分值", 15, "事件处理率", {"points": "事件处理率 * full"}, {}),
    (
        "水质全部达标得15分，每有一个水体不达标扣2分，扣完为止",
        15,
        "水质变化",
        [
            {"points": "full"},
            {"deduct": "水质变化_水体不达标", "each": 2},
        ],
        {},
    ),
    (
        "发现一处问题扣2分，扣完为止",
        20,
        "宣传教育",
        [{"points": "full"}, {"deduct": "宣传教育_发现问题", "each": 2}],
        {},
    ),
    (
        "在省、市、县推广的，分别得5分、3分、2分",
        10,
        "创新",
        [
            {"points": 5, "when": "创新_在省推广"},
            {"points": 3, "when": "创新_在市推广"},
            {"points": 2, "when": "创新_在县推广"},
        ],
        {},
    ),
    (
        "每出现一次不配合扣1分",
        10,
        "领导评价",
        [{"points": "full"}, {"deduct": "领导评价_出现不配合", "each": 1}],
        {},
    ),
    (
        "领导小组、专管员、信息员每缺1项扣0.5分",
        2,
        "机构人员",
        [{"points": "full"}, {"deduct": "机构人员_领导小组_专管员_信息员缺少数", "each": "0.5"}],
        {},
    ),
    ("未公示不得分", 0.5, "大厅公示", {"points": "full", "when": "大厅公示_公示"}, {}),
    (
        "缺标牌扣0.5分，制度每少1项扣0.1分",
        1.5,
        "标牌制度",
        [
            {"points": "full"},
            {"deduct": 1, "each": "0.5", "when": "标牌制度_缺标牌"},
            {"deduct": "标牌制度_制度缺少数", "each": "0.1"},
        ],
        {},
    ),
    (
        "每年不少于4次，每少1次扣1分",
        4,
        "站点检查",
        [{"points": "full"}, {"deduct": "4 - 站点检查", "each": 1}],
        {},
    ),
    (
        "挪用的每次扣0.5分，扣完为止",
        1,
        "专款专用",
        [{"points": "full"}, {"deduct": "专款专用_挪用", "each": "0.5"}],
        {},
    ),
    (
        "持证率每下降5%扣0.5分，扣完为止",
        4,
        "持证率达到98%",
        [{"points": "full"}, {"deduct": "98% - 持证率", "each": "0.5", "per": "5%"}],
        {},
    ),
    (
        "每少2%扣0.5分，最多扣10分；书面记录每少1份扣0.1分，最多扣5分",
        15,
        "巡查",
        [
            {"points": "full"},
            {"deduct": "巡查_差距", "each": "0.5", "per": "2%", "at_most": 10},
            {"deduct": "巡查_书面记录缺少数", "each": "0.1", "at_most": 5},
        ],
        {},
    ),
    (
        "迟报一次扣0.5分，缺报一次扣1分，扣完为止",
        6,
        "月报",
        [
            {"points": "full"},
            {"deduct": "月报_迟报", "each": "0.5"},
            {"deduct": "月报_缺报", "each": 1},
        ],
        {},
    ),
    (
        "全年报告线索不少于6条，每少1条扣2分，最多扣12分；每多1条加0.2分，最多加2分",
        12,
        "线索",
        [
            {"points": "full"},
            {"deduct": "6 - 报告线索", "each": 2, "at_most": 12},
            {"add": "报告线索 - 6", "each": "0.2", "at_most": 2},
        ],
        {},
    ),
    (
        "迟报扣2分，瞒报扣5分，无突发事件不扣分",
        5,
        "突发事件",
        [
            {"points": "full"},
            {"deduct": 1, "each": 2, "when": "突发事件_迟报"},
            {"deduct": 1, "each": 5, "when": "突发事件_瞒报"},
        ],
        {"full_if": "not 有突发事件"},
    ),
    (
        "查处侵权案件每件得3分",
        None,
        "专利纠纷办案量",
        {"add": "专利纠纷办案量_查处侵权案件", "each": 3},
        {},
    ),
    (
        "结案率达到90%以上得10分，80%以上得9分，70%以上得8分，60%以上得7分，50%以上得6分，40%以上得5分，30%以上得4分，20%以上得3分，10%以上得2分，10%及以下得1分，无案件得0分",
        10,
        "法定期限内结案率",
        {
            "ladder": "法定期限内结案率",
            "steps": [
                [">= 90%", 10],
                ["[80%, 90%)", 9],
                ["[70%, 80%)", 8],
                ["[60%, 70%)", 7],
                ["[50%, 60%)", 6],
                ["[40%, 50%)", 5],
                ["[30%, 40%)", 4],
                ["[20%, 30%)", 3],
                ["(10%, 20%)", 2],
                ["<= 10%", 1],
            ],
        },
        {"zero_if": "not 法定期限内结案率_有案件"},
    ),
    (
        "制定政策和落实资金得3分，完成任务得12分，每超额100万元加1分",
        15,
        "质押融资",
        [
            {"points": 3, "when": "质押融资_制定政策和落实资金"},
            {"points": 12, "when": "质押融资_完成任务"},
            {"add": "质押融资_超额", "each": 1, "per": 100},
        ],
        {},
    ),
    (
        "每缺少1件专利申请扣0.1分",
        100,
        "专利申请",
        [{"points": "full"}, {"deduct": "缺少专利申请", "each": "0.1"}],
        {},
    ),
    (
        "省级表扬每次加20分，市级表扬每次加10分",
        None,
        "表扬",
        [{"add": "省级表扬", "each": 20}, {"add": "市级表扬", "each": 10}],
        {},
    ),
    (
        "未按要求完成的，每项扣0.5分",
        5,
        "督办",
        [{"points": "full"}, {"deduct": "督办_未按要求完成", "each": "0.5"}],
        {},
    ),
    (
        "每有1例未及时处置的扣1分，造成严重后果的不得分",
        5,
        "处置",
        [{"points": "full"}, {"deduct": "未及时处置", "each": 1}],
        {"zero_if": "处置_造成严重后果"},
    ),
    (
        "在全省排名第1—3名的得5分，第4—10名的得3分，其余得1分",
        5,
        "排名",
        {"ladder": "排名", "steps": [["<= 3", 5], ["[4, 10]", 3]], "otherwise": 1},
        {},
    ),
    (
        "排名前3的得5分",
        5,
        "全省排名",
        {"ladder": "全省排名", "steps": [["<= 3", 5]], "otherwise": 0},
        {},
    ),
    (
        "每获得国家级奖励1项加5分，省级奖励1项加3分，本项加分最高10分",
        None,
        "奖励",
        {
            "sum": [{"add": "获得国家级奖励", "each": 5}, {"add": "省级奖励", "each": 3}],
            "at_most": 10,
        },
        {},
    ),
    (
        "未按时上报的，每延迟1天扣0.1分，扣完为止",
        2,
        "总结",
        [{"points": "full"}, {"deduct": "总结_未按时上报延迟", "each": "0.1"}],
        {},
    ),
    ("达标得满分，不达标不得分", 5, "水质", {"points": "full", "when": "水质_达标"}, {}),
    (
        "≥95%，得满分；每低1个百分点扣1分；低于85%不得分",
        10,
        "合格率",
        [{"points": "full"}, {"deduct": "95% - 合格率", "each": 1, "per": "1%"}],
        {"zero_if": "合格率 < 85%"},
    ),
    (
        "行政执法满意度每低于全省平均值1个百分点扣0.5分",
        10,
        "满意度",
        [
            {"points": "full"},
            {"deduct": "行政执法满意度低于全省平均值", "each": "0.5", "per": "1%"},
        ],
        {},
    ),
    (
        "优秀等次10分，良好等次8分，一般等次5分",
        10,
        "绩效",
        {"table": "绩效_等次", "rows": {"优秀等次": 10, "良好等次": 8, "一般等次": 5}},
        {},
    ),
    ("得10分", 10, "X", {"points": 10}, {}),
    (
        "有工作方案（1分），有总结（1分），有台账（1分）",
        3,
        "材料",
        [
            {"points": 1, "when": "材料_有工作方案"},
            {"points": 1, "when": "材料_有总结"},
            {"points": 1, "when": "材料_有台账"},
        ],
        {},
    ),
    (
        "查阅资料，每缺一项扣1分",
        5,
        "档案",
        [{"points": "full"}, {"deduct": "档案_缺少数", "each": 1}],
        {},
    ),
    (
        "每立案查处1起得0.5分，最高不超过5分。",
        5,
        "查处",
        {"add": "立案查处", "each": "0.5", "at_most": 5},
        {},
    ),
    (
        "增长率≥10%得5分；5%（含）—10%得3分；0—5%得1分；负增长不得分",
        5,
        "增长率",
        {
            "ladder": "增长率",
            "steps": [[">= 10%", 5], ["[5%, 10%)", 3], ["[0%, 5%)", 1], ["< 0", 0]],
        },
        {},
    ),
    (
        "及时率100%得5分，每低1%扣0.1分",
        5,
        "及时率",
        [{"points": "full"}, {"deduct": "100% - 及时率", "each": "0.1", "per": "1%"}],
        {},
    ),
    (
        "按（实际完成数/目标任务数）×10计分",
        10,
        "任务",
        {"points": "(任务_实际完成数 / 目标任务数) * 10"},
        {},
    ),
    (
        "任务完成率×分值，超过100%的按100%计",
        10,
        "任务",
        {"points": "任务完成率 * full", "at_most": "full"},
        {},
    ),
    (
        "专利密度位列全市第一得10分，其他按与第一名的比例得分",
        10,
        "密度",
        {"points": "密度 / all_max(密度) * full"},
        {},
    ),
    ("由评审组评分，最高10分", 10, "案卷质量", {"points": "案卷质量_评定分", "at_most": 10}, {}),
    ("由省知识产权局打分", 10, "案卷质量", {"points": "案卷质量_评定分"}, {}),
    (
        "全年召开4次得满分，每少1次扣1.5分，扣完为止",
        6,
        "联席会议召开",
        [{"points": "full"}, {"deduct": "4 - 联席会议召开", "each": "1.5"}],
        {},
    ),
    (
        "召开会议4次得满分，每少1次扣1分，每多1次加0.5分，最多加1分",
        6,
        "联席会议",
        [
            {"points": "full"},
            {"deduct": "4 - 联席会议_召开会议", "each": 1},
            {"add": "联席会议_召开会议 - 4", "each": "0.5", "at_most": 1},
        ],
        {},
    ),
    (
        "召开会议4次得3分，每少报1次材料扣1分",
        3,
        "机制",
        [{"points": 3, "when": "机制_召开会议4次"}, {"deduct": "机制_少报材料", "each": 1}],
        {},
    ),
    (
        "不超过90天得8分，每超过10天扣1分，扣完为止",
        8,
        "平均办案时长",
        [
            {"points": "full"},
            {"deduct": "平均办案时长 - 90", "each": 1, "per": 10},
        ],
        {},
    ),
    (
        "不超过90天得8分，每超过10天扣1分（不足10天的不计）",
        8,
        "平均办案时长",
        [
            {"points": "full"},
            {"deduct": "平均办案时长 - 90", "each": 1, "per": 10, "count": "full"},
        ],
        {},
    ),
    (
        "不超过90天得8分，每超过10天扣1分（不足10天的按比例计）",
        8,
        "平均办案时长",
        [{"points": "full"}, {"deduct": "平均办案时长 - 90", "each": 1, "per": 10}],
        {},
    ),
    ("每满10件得1分", None, "办案量", {"add": "办案量", "each": 1, "per": 10, "count": "full"}, {}),
    (
        "召开3次以上得3分，1次以上不足3次得1.5分，不足1次不得分",
        3,
        "联席会议",
        {"ladder": "联席会议_召开", "steps": [[">= 3", 3], ["[1, 3)", "1.5"], ["< 1", 0]]},
        {},
    ),
    (
        "80%以上得3分，60%以上未达到80%得1.5分，不满60%不得分",
        3,
        "结案率",
        {"ladder": "结案率", "steps": [[">= 80%", 3], ["[60%, 80%)", "1.5"], ["< 60%", 0]]},
        {},
    ),
    (
        "召开3次以上得3分，每少1次扣1分，不足1次不得分",
        3,
        "联席会议",
        [{"points": "full"}, {"deduct": "3 - 联席会议_召开", "each": 1}],
        {"zero_if": "联席会议_召开 < 1"},
    ),
    (
        "每办理10件得1分，不足10件不得分",
        None,
        "案件",
        {"add": "案件_办理", "each": 1, "per": 10, "count": "full"},
        {},
    ),
    ("与最高值的比例×10分", 10, "密度", {"points": "密度 / all_max(密度) * full"}, {}),
]

# words, full points, title, the first thing not understood, why
NOT_UNDERSTOOD: list[tuple[str, Any, str, str, str]] = [
    (
        "省级5分、市级3分、县级2分",
        8,
        "表彰",
        "省级5分、市级3分、县级2分",
        "各级得分是相加还是择一，没有写清（合计与分值不符）",
    ),
    (
        "建立制度得2分，召开会议得3分",
        10,
        "机制",
        "建立制度得2分，召开会议得3分",
        "几个得分是相加还是择一，没有写清（合计与分值不符）",
    ),
    (
        "90%以上得10分，90%以下得5分",
        10,
        "结案率",
        "90%以上得10分，90%以下得5分",
        "“以上”“以下”都含本数，90%在两档里都有；请写“不足90%”",
    ),
    (
        "投诉每件扣2分，投诉人满意的不扣分",
        10,
        "群众投诉",
        "投诉每件扣2分，投诉人满意的不扣分",
        "“不扣分”的情形要从数量中剔除",
    ),
    (
        "每缺1次扣0.5分；每迟报1次扣0.2分，最多扣2分",
        5,
        "月报",
        "每缺1次扣0.5分；每迟报1次扣0.2分，最多扣2分",
        "末尾的限额管前面几项，没有写清",
    ),
    (
        "80%以上得3分，50%以上不足70%得1.5分，不足50%不得分",
        3,
        "结案率",
        "80%以上得3分，50%以上不足70%得1.5分，不足50%不得分",
        "70%与80%之间没有说",
    ),
    ("视情况扣1—3分", 10, "评议", "视情况扣1~3分", "没有读懂"),
    (
        "每件投诉扣2分，投诉人满意的不扣分",
        10,
        "群众投诉",
        "每件投诉扣2分，投诉人满意的不扣分",
        "“不扣分”的情形要从数量中剔除",
    ),
    (
        "不参加扣2分，辖区无创建活动的不扣分",
        2,
        "创建",
        "不参加扣2分，辖区无创建活动的不扣分",
        "“不扣分”的情形要从数量中剔除",
    ),
    ("每件得1分，胜诉的另加4分", None, "行政诉讼", "胜诉的另加4分", "没有读懂"),
    (
        "完成目标任务得15分，完成90%以上得9分，低于90%不得分，每超额完成1件加0.1分",
        15,
        "发明专利申请",
        "完成目标任务得15分，完成90%以上得9分，低于90%不得分，每超额完成1件加0.1分",
        "几个得分是相加还是择一，没有写清（合计与分值不符）",
    ),
    (
        "被省、市暗访曝光的，每次分别扣20分、10分",
        None,
        "曝光",
        "被省、市暗访曝光的，每次分别扣20分、10分",
        "加分项里只有扣分",
    ),
    ("执法3分，全年未办案的不得分", 3, "渔业执法", "执法3分", "没有读懂"),
    ("按月报送，每少一次扣0.5分", 6, "信息报送", "按月报送", "没有读懂"),
    (
        "12月31日前完成得2分，逾期完成得1分，未完成不得分",
        2,
        "方案",
        "12月31日前完成得2分，逾期完成得1分，未完成不得分",
        "几个得分是相加还是择一，没有写清（合计与分值不符）",
    ),
    (
        "好（8—10分）、中（5—7分）、差（0—4分）",
        10,
        "评价",
        "好(8~10分)、中(5~7分)、差(0~4分)",
        "没有读懂",
    ),
    ("低于全省平均水平不得分", 5, "增长率", "低于全省平均水平不得分", "没有读懂"),
    ("高于全省平均值的得满分，低于的按比例得分", 5, "拥有量", "高于全省平均值的得满分", "没有读懂"),
    ("加分不超过10分", None, "创新", "加分不超过10分", "几句话怎样合用，没有写清"),
    ("国家级20分/项，省级10分/项", None, "奖励", "国家级20分/项", "没有读懂"),
    ("出现下列情形之一的，总分计0分", None, "", "出现下列情形之一的", "没有读懂"),
]


def kind_of(points: Any) -> str:
    return "bonus" if points is None else "item"


@pytest.mark.parametrize(("words", "points", "title", "rule", "beside"), UNDERSTOOD)
def test_a_usual_wording_is_understood(
    words: str, points: Any, title: str, rule: Any, beside: dict[str, Any]
) -> None:
    read = rule_from_words(words, points, title=title, kind=kind_of(points))
    assert (read.rule, dict(read.beside), read.leftovers) == (rule, beside, ())


@pytest.mark.parametrize(("words", "points", "title", "left", "why"), NOT_UNDERSTOOD)
def test_what_the_words_leave_open_is_not_guessed(
    words: str, points: Any, title: str, left: str, why: str
) -> None:
    read = rule_from_words(words, points, title=title, kind=kind_of(points))
    assert (read.rule, read.inputs, dict(read.beside)) == (None, (), {})
    assert (read.leftovers[0].text, read.leftovers[0].why.zh) == (left, why)


def test_half_an_understood_cell_is_no_rule() -> None:
    read = rule_from_words("每缺1次扣0.5分；情节严重的另行研究处理", 5, title="月报")
    assert read.rule is None
    assert [one.text for one in read.leftovers] == ["情节严重的另行研究处理"]


@pytest.mark.parametrize(
    "words",
    [
        "每缺1次扣0.5分，扣完为止",
        "每缺一次扣零点五分,扣完为止。",
        "每缺１次扣０．５分；扣完为止",
        "（1）每缺1次 扣0.5分，\n扣完为止",
        "每少一次，扣0.5分，直至扣完本项分值为止",
    ],
)
def test_one_rule_in_many_writings(words: str) -> None:
    read = rule_from_words(words, 5, title="月报")
    assert read.rule == [{"points": "full"}, {"deduct": "月报_缺少数", "each": "0.5"}]


def test_the_inputs_that_a_rule_needs_are_named_after_the_item() -> None:
    read = rule_from_words(
        "未报送的不得分；每迟报1次扣0.5分；每低1个百分点扣1分", 5, title="合格率"
    )
    assert read.inputs == (
        NeededInput("合格率_报送", "合格率：报送", "yes_no"),
        NeededInput("合格率_迟报", "合格率：迟报", "count", "次"),
        NeededInput("合格率_差距", "合格率：差距", "share", "个百分点"),
    )


def test_two_things_in_one_cell_are_two_inputs() -> None:
    read = rule_from_words("会议每少1次扣1分；培训每少1次扣1分", 5, title="会议及培训")
    assert [one.code for one in read.inputs] == ["会议及培训_会议缺少数", "会议及培训_培训缺少数"]


def test_a_known_title_means_what_it_names() -> None:
    names = {"late": Text("迟报", "Late"), "done": Text("按期完成", "Done in time")}
    read = rule_from_words("未按期完成的不得分，迟报每次扣0.5分", 5, title="月报", names=names)
    assert read.rule == [{"points": "full"}, {"deduct": "late", "each": "0.5"}]
    assert (dict(read.beside), read.inputs) == ({"zero_if": "not done"}, ())


def test_a_target_in_the_requirement_column_is_where_counting_starts() -> None:
    read = rule_from_words("每少1次扣1分", 4, title="站点检查", requirement="全年检查不少于4次")
    assert read.rule == [{"points": "full"}, {"deduct": "4 - 站点检查", "each": 1}]


def test_two_targets_in_the_requirement_are_none() -> None:
    read = rule_from_words(
        "每少1次扣1分", 4, title="检查", requirement="检查不少于4次，培训不少于2次"
    )
    assert read.rule == [{"points": "full"}, {"deduct": "检查_缺少数", "each": 1}]


def test_readings_that_a_person_should_confirm_are_said() -> None:
    read = rule_from_words("90%以上得10分，80%以上得8分", 10, title="结案率")
    assert [one.zh for one in read.readings] == ["各档之外没有写，按不得分"]


@pytest.mark.parametrize(
    ("words", "readings"),
    [
        ("由评审组评分，最高10分", ["由评分单位评定，不由数据来源单位报送"]),
        (
            "全年召开4次得满分，每少1次扣1.5分",
            ["“全年召开4次”按“达到4次”读：只报实际数，与4次相比"],
        ),
        (
            "全年发生2次得满分，每多1次扣1分",
            ["“全年发生2次”按“不超过2次”读：只报实际数，与2次相比"],
        ),
        (
            "不超过90天得8分，每超过10天扣1分",
            ["不足10天的部分没有写，按比例计；如不计，请写明“不足10天的不计”"],
        ),
        ("每满10件得1分", []),
        ("每办理1件得1分", []),
    ],
)
def test_a_choice_that_the_words_leave_is_listed(words: str, readings: list[str]) -> None:
    assert [one.zh for one in rule_from_words(words, 10, title="某项").readings] == readings


def test_points_that_a_person_gives_are_told_from_figures() -> None:
    read = rule_from_words("由评审组评分，最高10分；每迟报1次扣1分", 10, title="案卷质量")
    assert {one.code: one.is_judged for one in read.inputs} == {
        "案卷质量_评定分": True, "案卷质量_迟报": False,
    }  # fmt: skip


edges = st.lists(st.integers(1, 99), min_size=2, max_size=5, unique=True)
"""Where the steps of a ladder begin."""


@given(
    edges=edges, low=st.sampled_from(["{}次以上", "{}次及以上", "不少于{}次", "达到{}次"]),
    high=st.sampled_from(["不足{}次", "不满{}次", "未达到{}次", "少于{}次"]),
)  # fmt: skip
def test_steps_from_one_number_to_the_next_have_the_edges_that_the_words_say(
    edges: list[int], low: str, high: str
) -> None:
    """以上 includes its number; 不足, 不满 and 未达到 do not (Civil Code, Art. 1259)."""
    row = sorted(edges, reverse=True)
    words = [f"{low.format(row[0])}得{len(row)}分"]
    for better, edge in pairwise(row):
        words.append(f"{low.format(edge)}{high.format(better)}得{len(row) - len(words)}分")
    words.append(f"{high.format(row[-1])}不得分")
    read = rule_from_words("，".join(words), len(row), title="会议")
    assert read.leftovers == (), words
    for value in {number + by for number in row for by in (-1, 0, 1)}:
        at_least = [place for place, edge in enumerate(row) if value >= edge]
        points = len(row) - at_least[0] if at_least else 0
        assert points_of(read.rule, {"会议": Fraction(value)}, len(row)) == points, (words, value)


@pytest.mark.parametrize(
    ("words", "when", "then"),
    [
        ("发生一起重大侵权假冒事件的，一票否决", "发生重大侵权假冒事件 >= 1", (("", ""),)),
        ("弄虚作假的，取消评优资格", "弄虚作假", (("best_grade", ""),)),
        ("伪造材料的，一票否决，评为“不合格”等次。", FORGED, (("", ""), ("grade", "不合格"))),
        ("提供虚假材料的，该项不得分，并降低一个等次", FORGED, (("lower", "1"),)),
        ("经查实提供虚假佐证材料的，本项计0分，等次降低两级", FORGED, (("lower", "2"),)),
        ("佐证材料弄虚作假的，该项不得分，并取消评优资格", FORGED, (("best_grade", ""),)),
        ("伪造注册商标标识的，降低一个等次", "伪造注册商标标识", (("lower", "1"),)),
        ("拒不执行的，考核总分计0分", "拒不执行", (("score", "0"),)),
    ],
)
def test_a_veto_is_understood(words: str, when: str, then: Any) -> None:
    read = rule_from_words(words, None)
    assert (read.rule, read.leftovers) == (None, ())
    assert [(one.when, one.then) for one in read.vetoes] == [(when, then)]


def test_what_forged_material_costs_is_asked_of_nobody() -> None:
    read = rule_from_words("提供虚假材料的，该项不得分，并降低一个等次", None)
    assert read.inputs == (NeededInput("forged_items", "经认定造假的指标数", "count", "项"),)
    assert ["forged_items" in one.zh for one in read.readings] == [True]


def test_an_item_of_forged_material_gets_what_its_words_say() -> None:
    read = rule_from_words("每缺1次扣1分；提供虚假材料的，该项不得分", 5, title="月报")
    assert dict(read.beside) == {"on": {"forged": "zero"}}
    assert [one.code for one in read.inputs] == ["月报_缺少数"]


def test_what_zeroes_an_item_and_vetoes_besides_is_not_read_as_half_of_it() -> None:
    read = rule_from_words(
        "每缺1次扣1分；发生重大事故的，该项不得分，并降低一个等次", 5, title="月报"
    )
    assert (read.rule, read.vetoes) == (None, ())


@pytest.mark.parametrize(
    ("words", "values", "points"),
    [
        ("达到90%以上得满分，每降低1个百分点扣0.5分，扣完为止", {"结案率": "87%"}, "8.5"),
        (
            "达到90%以上得满分，每降低1个百分点扣0.5分（不足1个百分点的不计）",
            {"结案率": "87.5%"},
            "9",
        ),
        ("≥90%得10分，80%—90%得8分，低于80%不得分", {"结案率": "80%"}, "8"),
        ("≥90%得10分，80%—90%得8分，低于80%不得分", {"结案率": "90%"}, "10"),
        ("未建立的不得分", {"结案率_建立": "no"}, "0"),
        ("每缺1次扣0.5分，最多扣2分", {"结案率_缺少数": "9"}, "8"),
        ("得分＝结案率×15", {"结案率": "80%"}, "12"),
        ("按完成比例得分", {"结案率": "120%"}, "10"),
    ],
)
def test_the_rule_gives_the_points_that_the_words_mean(
    words: str, values: dict[str, str], points: str
) -> None:
    read = rule_from_words(words, 10, title="结案率")
    given_values = {name: _value(text) for name, text in values.items()}
    assert points_of(read.rule, given_values, 10) == Fraction(points)


def _value(text: str) -> object:
    return text == "yes" if text in ("yes", "no") else exact(text)


@given(
    st.text(
        st.sampled_from(
            "≥90%得分扣每缺1次一两，；。（含）不足以上未建立满其余省市级第名×÷—~ a.=\n"
        ),
        max_size=40,
    )
)
def test_no_words_break_the_reader(words: str) -> None:
    read = rule_from_words(words, 10, title="某项")
    assert read.is_whole == (read.rule is not None or bool(read.vetoes))


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(words: str) -> None:
    rule_from_words(words, 10, title=words)


# --- a number of things is whole, what is measured is not


@pytest.mark.parametrize(
    ("words", "title", "kind"),
    [
        ("每缺1次扣0.5分，扣完为止", "月报", "count"),
        ("每办结1件得1分，最高5分", "案件", "count"),
        ("达到4次得满分，每少1次扣2分，扣完为止", "培训", "count"),
        ("不少于10人得满分，其余不得分", "执法人员", "count"),
        ("平均办理天数不超过90天的得满分，每超过10天扣1分，扣完为止。", "案件平均办理天数", "number"),
        ("每超过1天扣1分，扣完为止", "办理期限", "number"),
        ("每超期1个工作日扣0.5分", "办结", "number"),
        ("60天以内得5分，90天以内得3分，其余不得分", "办理时长", "number"),
        ("每增加1万元得1分，最高5分", "质押融资额", "number"),
        ("每少1件扣1分，扣完为止", "人均办案量", "number"),
        ("达到10件得满分，其余不得分", "平均办案量", "number"),
        ("1 point for each meeting of Meetings held", "Meetings", "count"),
        ("1 point for each day of Delay", "Handling", "number"),
    ],
)  # fmt: skip
def test_only_a_number_of_things_is_held_to_whole_numbers(words, title, kind):
    read = rule_from_words(words, 5, title=title)
    assert [one.type for one in read.inputs] == [kind], read
    assert not [one for one in read.readings if "按数值读" in one.zh]


@pytest.mark.parametrize(
    ("words", "title", "of"),
    [
        ("每少1件扣1分，扣完为止", "结案率", "结案率：缺少数"),
        ("每低1点扣1分，扣完为止", "满意度", "满意度：缺少数"),
        ("达到10件得满分，其余不得分", "各区均有案件", "各区均有案件"),
    ],
)
def test_where_it_is_open_whether_a_figure_is_whole_it_is_a_number_and_listed(words, title, of):
    read = rule_from_words(words, 5, title=title)
    assert [(one.title, one.type) for one in read.inputs] == [(of, "number")]
    assert len([one for one in read.readings if f"“{of}”" in one.zh and "按数值读" in one.zh]) == 1


def test_a_title_that_exists_already_keeps_its_type():
    names = {"held": Text("召开次数", "Meetings held")}
    read = rule_from_words("召开次数达到4点得满分，其余不得分", 5, title="满意度", names=names)
    assert (read.is_whole, read.inputs) == (True, ())
    assert not [one for one in read.readings if "按数值读" in one.zh]
