"""The words of how sure a result is, which choice matters, and the index itself; part of ``WORDS``."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.kernel.bilingual import Text

DOUBT_WORDS: Mapping[str, Text] = {
    # how sure
    "how_sure": Text("名次有多稳", "How sure is this ranking?"),
    "how_sure_sheet": Text("名次有多稳", "How sure"),
    "how_sure_table": Text(
        "各单位的名次区间和概率", "Rank interval and probabilities of every unit"
    ),
    "interval": Text("{confidence}名次区间", "{confidence} interval"),
    "interval_low": Text("{confidence}名次区间起", "{confidence} interval from"),
    "interval_high": Text("{confidence}名次区间止", "{confidence} interval to"),
    "interval_low_error": Text("起点误差", "Error of its start"),
    "interval_high_error": Text("终点误差", "Error of its end"),
    "scores_low": Text("得分区间起", "Score from"),
    "scores_high": Text("得分区间止", "Score to"),
    "median_rank": Text("名次中位数", "Median rank"),
    "at_its_rank": Text("居公布名次", "At its rank"),
    "at_its_grade": Text("居公布等次", "In its grade"),
    "without_a_rank": Text("无名次", "Without a rank"),
    "grade_share": Text("{grade}的概率", "Share {grade}"),
    "how_sure_foot": Text(
        "±是换一组随机数时区间端点可能移动的幅度。百分比是重算中出现的份额；既非必然也非绝无的，"
        "不写成100%或0%。",
        "± is how far another seed could move an end of the interval. Per cents are shares of the "
        "replications; what is neither sure nor impossible is never written as 100% or 0%.",
    ),
    "how_sure_foot_graded": Text(
        "±是换一组随机数时区间端点可能移动的幅度。百分比是重算中出现的份额，公布的等次加粗；"
        "既非必然也非绝无的，不写成100%或0%。",
        "± is how far another seed could move an end of the interval. Per cents are shares of the "
        "replications, the published grade in bold; what is neither sure nor impossible is never "
        "written as 100% or 0%.",
    ),
    "unit_interval": Text(
        "{confidence}名次区间：{interval}；重算{times}居公布名次。",
        "{confidence} interval of its rank: {interval}; at its published rank in {times} replications.",
    ),
    "unit_interval_alone": Text(
        "{confidence}名次区间：{interval}。", "{confidence} interval of its rank: {interval}."
    ),
    "never_ranked": Text("重算中无名次", "never ranked"),
    "unit_never_ranked": Text("重算中从未获得名次。", "In no replication did it have a rank."),
    "times": Text("100次中有{count}次", "{count} of 100"),
    "times_all": Text("每次都", "all"),
    "times_more": Text("100次中超过{count}次", "more than {count} of 100"),
    "times_fewer": Text("100次中不到{count}次", "fewer than {count} of 100"),
    "doubtful_pairs": Text("存疑的相邻两名", "Doubtful pairs"),
    "pairs_none": Text(
        "每一对相邻单位，先后次序在十次重算中至少有九次成立。",
        "The order of every two neighbours held in at least nine of ten replications.",
    ),
    "pairs_lead": Text(
        "{count}对相邻单位的先后次序，在十次重算中成立不到九次（共{whole}对）。",
        "Of {whole} pairs of neighbours, {count} kept their order in fewer than nine of ten replications.",
    ),
    "pairs_more": Text("其余{count}对见result.xlsx。", "The other {count} are in result.xlsx."),
    "pair_says": Text(
        "{behind}真的在{ahead}之后吗？重算{times}如此。",
        "Is {behind} really behind {ahead}? In {times} replications it is.",
    ),
    "pair_level": Text("二者得分相同。", "Their scores are equal."),
    "pair_swap_points": Text(
        "把满分的{moved}从{down}移到{up}，二者即持平。",
        "Moving {moved} of the full points from {down} to {up} would put them level.",
    ),
    "pair_swap_index": Text(
        "把{moved}的权重从{down}移到{up}，二者即持平。",
        "Moving {moved} of the weight from {down} to {up} would put them level.",
    ),
    "items_and_more": Text("{items}等{count}项", "{items} and others ({count} in all)"),
    "pairs": Text("相邻单位", "Pairs"),
    "pairs_table": Text("相邻单位的先后次序", "The order of every two neighbours"),
    "ahead": Text("在前", "Ahead"),
    "behind": Text("在后", "Behind"),
    "order_holds": Text("次序成立", "Order holds"),
    "standard_error": Text("标准误", "Standard error"),
    "is_doubtful": Text("存疑", "Doubtful"),
    "moved_points": Text("需移动的满分份额", "Points to move"),
    "moved_index": Text("需移动的权重", "Weight to move"),
    "swap_column": Text("怎样持平", "What would put them level"),
    # pictures of how sure
    "intervals_title": Text("名次区间", "Ranks with their intervals"),
    "intervals_subtitle": Text(
        "{counted}，按公布名次排列；横条为{confidence}区间",
        "{counted}, in the published order; bars are {confidence} intervals",
    ),
    "intervals_caption": Text(
        "横条为名次区间，竖线为重算名次的中位数，圆点为公布名次。圆点落在横条之外的，以细线相连。",
        "Bar: interval of the rank. Upright tick: median rank of the replications. Dot: published rank; "
        "a thin line joins a dot that lies outside its bar.",
    ),
    "intervals_described": Text(
        "区间最宽的是{widest}（{interval}）；{fixed}个单位的名次不变；{outside}个单位的公布名次在区间之外。",
        "Widest: {widest} ({interval}). Units whose rank never moves: {fixed}. Published ranks outside "
        "their interval: {outside}.",
    ),
    "intervals_none": Text("没有单位有名次。", "No unit has a rank."),
    "band_title": Text("全部单位的名次区间", "The intervals of all ranks"),
    "band_subtitle": Text(
        "横轴为公布名次，纵轴为重算名次；色带为{confidence}区间",
        "Across: published rank; upright: rank in the replications; the band is the {confidence} interval",
    ),
    "band_caption": Text(
        "斜线为公布名次。色带越宽，名次越不稳；单位很多时，每一列取其中最宽的范围。",
        "The slanting line is the published rank. The wider the band, the less sure the rank; of very "
        "many units each column has the widest range of those in it.",
    ),
    "rank_shares_title": Text("各名次的可能性", "How likely each rank is"),
    "rank_shares_subtitle": Text(
        "{counted}，按公布名次排列；每格为重算中居于该名次的份额",
        "{counted}, in the published order; a cell is the share of replications at that rank",
    ),
    "rank_shares_caption": Text(
        "每格的深浅为居于该名次的份额，见图例；粗框为公布名次；空白为重算中从未出现。",
        "The shade of a cell says how likely that rank is, as the legend shows. A thick frame marks the "
        "published rank; blank cells never occurred.",
    ),
    "rank_shares_banded": Text(
        "名次太多，每列合并{size}个名次。", "Ranks are many: each column holds {size} of them."
    ),
    "rank_shares_described": Text(
        "公布名次最稳的是{surest}（{most}），最不稳的是{least_sure}（{least}）。",
        "Surest at its published rank: {surest} ({most}). Least sure: {least_sure} ({least}).",
    ),
    "published_rank": Text("公布名次", "published rank"),
    "no_rank_column": Text("无", "none"),
    "share_below": Text("不到{high}", "below {high}"),
    "share_between": Text("{low}–{high}", "{low}–{high}"),
    "share_above": Text("{low}以上", "{low} and more"),
    "grade_shares_title": Text("各等次的可能性", "How likely each grade is"),
    "grade_shares_subtitle": Text(
        "{counted}，按公布名次排列；右侧为居于公布等次的份额",
        "{counted}, in the published order; figures: share in the published grade",
    ),
    "grade_shares_caption": Text(
        "每条为100%，每段为重算中评为该等次的份额，从好到差，深浅与排名图相同。",
        "Each bar is 100%; a piece is the share of replications in that grade, best first, in the shades "
        "of the ranking.",
    ),
    "grade_shares_described": Text(
        "{sure}个单位的等次在重算中不变；最不稳的是{least_sure}（{least}）。",
        "Units whose grade never changes: {sure}. Least sure: {least_sure} ({least}).",
    ),
    "rank_shares": Text("名次概率", "Rank shares"),
    "rank_shares_table": Text(
        "各单位在重算中居于各名次的份额（名次可接受度）",
        "Share of replications of every unit at every rank (rank acceptability)",
    ),
    "at_rank": Text("第{place}名", "{place}"),
    # which choice matters
    "choices": Text("哪项选择最影响名次", "Which choice moves the ranking?"),
    "choices_sheet": Text("敏感性", "Sensitivity"),
    "choices_by_unit": Text("各单位敏感性", "Sensitivity by unit"),
    "choices_table": Text("各项选择对名次的影响", "What each choice does to the ranking"),
    "choices_unit_table": Text(
        "各项选择对各单位名次的影响", "What each choice does to the rank of every unit"
    ),
    "choice": Text("选择", "Choice"),
    "first_order": Text("单独影响", "Alone"),
    "total_effect": Text("连同相互作用", "With the others"),
    "half_width": Text("误差", "Error"),
    "choices_subtitle": Text(
        "名次平均变动的方差中由该选择造成的份额",
        "Shares of the variance of the mean shift of ranks",
    ),
    "choices_caption": Text(
        "每项两条：上为该选择单独的影响，下为连同它与其他选择的相互作用；细线为{confidence}区间。",
        "Two bars each: above, the choice alone; below, with its interplay with the others. Thin lines "
        "are {confidence} intervals.",
    ),
    "choices_described": Text("从大到小：{choices}。", "Largest first: {choices}."),
    "choices_foot": Text(
        "数字为Sobol指数：名次平均变动的方差中由该选择造成的份额；±为{confidence}区间的半宽。"
        "基础样本{base}，共计算{runs}次，种子{seed}。",
        "The figures are Sobol indices: shares of the variance of the mean shift of ranks. ± is half the "
        "{confidence} interval. Base sample {base}, {runs} runs, seed {seed}.",
    ),
    # the index itself
    "audit": Text("指标体系体检", "The index itself"),
    "audit_sheet": Text("体检", "Audit"),
    "leaves_table": Text("逐项指标", "Every indicator"),
    "known": Text("有数据", "Known"),
    "skewness": Text("偏度", "Skewness"),
    "kurtosis": Text("峰度", "Kurtosis"),
    "outliers": Text("离群单位", "Outliers"),
    "nominal": Text("名义权重", "Weight"),
    "effective": Text("实际影响", "Influence"),
    "with_total": Text("与总分相关", "Correlation with the total"),
    "misleads": Text("相差一倍以上", "over twice apart"),
    "units_and_more": Text("{units}等{count}个", "{units} and others ({count} in all)"),
    "flags": Text("须留意的相关", "Correlations that call for a look"),
    "flags_sheet": Text("相关", "Correlations"),
    "other_item": Text("与", "With"),
    "correlation": Text("相关系数", "Correlation"),
    "finding": Text("说明", "What it says"),
    "flag_redundant": Text(
        "几乎是同一回事，近于重复计分", "They say nearly the same: one thing counts twice"
    ),
    "flag_opposed": Text("此消彼长，互相抵消", "They pull against each other"),
    "flag_weak": Text("关系很弱", "They have little to do with each other"),
    "groups_of_items": Text("各组指标是否一致", "Do the indicators of a group agree?"),
    "consistency_sheet": Text("一致性", "Consistency"),
    "children": Text("下级指标", "Children"),
    "alpha": Text("克朗巴赫α系数", "Cronbach's alpha"),
    "first_component": Text("第一主成分", "First component"),
    "kept": Text("特征值大于1的主成分", "Components with eigenvalue above 1"),
    "component": Text("主成分{place}", "Component {place}"),
    # the recipe
    "replications": Text("重算", "Replications"),
    "replications_said": Text(
        "{count}次，种子{seed}，区间覆盖{confidence}",
        "{count}, seed {seed}, intervals hold {confidence}",
    ),
    "factors": Text("变动的选择", "Choices that varied"),
    "sensitivity_run": Text("敏感性分析", "Sensitivity"),
    "sensitivity_said": Text(
        "基础样本{base}，计算{runs}次，种子{seed}", "base sample {base}, {runs} runs, seed {seed}"
    ),
}
