"""The words of the command line: what each verb takes."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from steelyard.cli.options import counter, office, papers, publishing, records, weighing

HELP = {
    "run": "weigh the bundled region and write its report 计算自带的地区并写出报告",
    "check": "find every fault of a scheme 检查考核细则，一次列出全部问题",
    "weigh": "scores, ranks and grades 计分、排名、定等次",
    "explain": "why a unit has its points 逐项说明某单位的得分",
    "compare": "who moved between two results, and through what 比较两次结果",
    "what-if": "the ranking with other values or points 假设数据或分值改变后的排名",
    "advise": "the cheapest improvements that reach a rank, a grade, points 怎样改进才能达到目标",
    "deliver": "check one table and put it on the cover list 校验一张表并列入报送清单",
    "freeze": "freeze deliveries into a snapshot 汇集报送、校验、冻结为数据快照",
    "verify": "is a snapshot as it was frozen? 核验数据快照是否被改动",
    "records": "the very rows behind a figure 列出某个数背后的记录",
    "differences": "where a unit's own figure differs 自报与数据来源单位不一致之处",
    "sample": "make the sample records of a bundled region 生成自带地区的样本记录",
    "brief": "a news text or white paper from records 由记录写出新闻稿或白皮书，数字均有出处",
    "letter": "the letter of one page to a unit 一页反馈函",
    "scheme": "import and export a scheme as the office's table 考核细则与办公表格互相转换",
    "serve": "start the office: database, web server, background work 启动系统",
    "appoint": "the first administrator of an office 开通首个系统管理员",
    "backup": "everything the office keeps, in one file 备份到一个文件",
    "restore": "put back what a backup holds 由备份恢复",
    "messages": "take in messages from the public site's outbox 收取外网站点的留言",
    "trail": "seal the trail, export it, verify an export 封存、导出、核验操作记录",
    "publish": "signed packages for the public site 签名发布包，供公开网站使用",
    "site-check": "the public site held against the inspections' rules 按政府网站检查要求自查公开网站",
    "court": "which court, which day, which fee, which number 哪个法院、到哪天、多少钱、案号对不对",
}

ADD: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "run": weighing.run,
    "check": weighing.check,
    "weigh": weighing.weigh,
    "explain": weighing.explain,
    "compare": weighing.compare,
    "what-if": weighing.what_if,
    "advise": weighing.advise,
    "deliver": records.deliver,
    "freeze": records.freeze,
    "verify": records.verify,
    "records": records.records,
    "differences": records.differences,
    "sample": records.sample,
    "brief": papers.brief,
    "letter": papers.letter,
    "scheme": weighing.scheme_table,
    "court": counter.court,
    "serve": office.serve,
    "appoint": office.appoint,
    "backup": office.backup,
    "restore": office.restore,
    "messages": office.messages,
    "trail": office.trail,
    "publish": publishing.publish,
    "site-check": publishing.site_check,
}
