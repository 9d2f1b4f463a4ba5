"""What is a law called that a time limit cites?"""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.kernel.bilingual import Text


def _interpretation(zh: str, en: str) -> Text:
    return Text(f"《最高人民法院关于{zh}》", en)


LAWS: Mapping[str, Text] = {
    "cpl": Text("《民事诉讼法》", "Civil Procedure Law"),
    "cpl_interpretation": _interpretation(
        "适用〈民事诉讼法〉的解释", "Interpretation of the Civil Procedure Law"
    ),
    "apl": Text("《行政诉讼法》", "Administrative Procedure Law"),
    "apl_interpretation": _interpretation(
        "适用〈行政诉讼法〉的解释", "Interpretation of the Administrative Procedure Law"
    ),
    "apl_interpretation_2015": _interpretation(
        "适用〈行政诉讼法〉若干问题的解释",
        "Interpretation of the Administrative Procedure Law of 2015",
    ),
    "reconsideration": Text("《行政复议法》", "Administrative Reconsideration Law"),
    "civil_code": Text("《民法典》", "Civil Code"),
    "civil_principles": Text("《民法通则》", "General Principles of Civil Law"),
    "general_provisions": Text("《民法总则》", "General Provisions of Civil Law"),
    "general_provisions_interpretation": _interpretation(
        "适用〈民法总则〉诉讼时效制度若干问题的解释",
        "Interpretation on Limitation under the General Provisions",
    ),
    "patent": Text("《专利法》", "Patent Law"),
    "patent_disputes": _interpretation(
        "审理专利纠纷案件适用法律问题的若干规定", "Provisions on Patent Disputes"
    ),
    "drug_patents": Text(
        "《药品专利纠纷早期解决机制实施办法（试行）》",
        "Measures on the Early Settlement of Drug Patent Disputes",
    ),
    "trademark": Text("《商标法》", "Trademark Law"),
    "trademark_disputes": _interpretation(
        "审理商标民事纠纷案件适用法律若干问题的解释",
        "Interpretation on Civil Trademark Disputes",
    ),
    "copyright_disputes": _interpretation(
        "审理著作权民事纠纷案件适用法律若干问题的解释",
        "Interpretation on Civil Copyright Disputes",
    ),
    "plant": Text("《植物新品种保护条例》", "Regulations on New Plant Varieties"),
    "layout": Text(
        "《集成电路布图设计保护条例》", "Regulations on Layout Designs of Integrated Circuits"
    ),
    "customs": Text("《知识产权海关保护条例》", "Regulations on Customs Protection"),
    "online": Text("《人民法院在线诉讼规则》", "Rules of Online Litigation"),
    "technical": _interpretation(
        "技术调查官参与知识产权案件诉讼活动的若干规定", "Rules on Technical Investigators"
    ),
    "fees": Text("《诉讼费用交纳办法》", "Measures on Court Fees"),
    "trial_limits": _interpretation(
        "严格执行案件审理期限制度的若干规定", "Provisions on Trial Limits of 2000"
    ),
    "adjournments": _interpretation(
        "严格规范民商事案件延长审限和延期开庭问题的规定",
        "Provisions on Extensions and Adjournments",
    ),
    "evidence": _interpretation("民事诉讼证据的若干规定", "Provisions on Civil Evidence"),
    "post": _interpretation(
        "以法院专递方式邮寄送达民事诉讼文书的若干规定", "Provisions on Service by Court Post"
    ),
    "service_hk_mo": _interpretation(
        "涉港澳民商事案件司法文书送达问题若干规定",
        "Provisions on Service in Hong Kong and Macao Cases",
    ),
    "service_tw": _interpretation(
        "涉台民事诉讼文书送达的若干规定", "Provisions on Service in Taiwan Cases"
    ),
    "enforcement": _interpretation(
        "适用〈民事诉讼法〉执行程序若干问题的解释", "Interpretation on Enforcement"
    ),
    "enforcement_objections": _interpretation(
        "人民法院办理执行异议和复议案件若干问题的规定", "Provisions on Enforcement Objections"
    ),
    "preservation": _interpretation(
        "人民法院办理财产保全案件若干问题的规定", "Provisions on Property Preservation"
    ),
    "conduct": _interpretation(
        "审查知识产权纠纷行为保全案件适用法律若干问题的规定",
        "Provisions on Conduct Preservation in IP Cases",
    ),
    "trademark_preservation": _interpretation(
        "人民法院对注册商标权进行财产保全的解释", "Interpretation on Preserving Trademarks"
    ),
}
