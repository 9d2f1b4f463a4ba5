"""Which kind of court hears a case? The texts read one after another, without a table.

Written from the provisions, to be held against ``jurisdiction.toml`` over every cell of the space.
Each answer is a role, or ``person`` where the texts leave it open or were not read.
"""

from datetime import date

PERSON = "person"

LEVELS_OF_2010 = date(2010, 2, 1)  # 法发〔2010〕5号
MONOPOLY_OF_2012 = date(2012, 6, 1)  # 法释〔2012〕5号
WELL_KNOWN_OF_2014 = date(2014, 5, 1)  # 法释〔2014〕4号 第3条第2款
BEIJING_OPENS = date(2014, 11, 6)  # 北京高院履职公告
GUANGZHOU_OPENS = date(2014, 12, 21)  # 广东高院履职公告
NOTICE_338 = date(2014, 12, 24)
INTERNET_COURT_OPENS = date(2018, 9, 28)
TRIBUNAL_OPENS = date(2019, 1, 1)
MONOPOLY_OF_2021 = date(2021, 1, 1)
DRUG_PATENTS = date(2021, 7, 5)
FIRST_INSTANCE_OF_2022 = date(2022, 5, 1)
TRIBUNAL_OF_2023 = date(2023, 11, 1)

PATENTS = {"invention", "utility_model", "design"}
ITEM_ONE = PATENTS | {"plant_variety", "ic_layout", "technical_secret", "software"}
GRANTS = {"grant_patent", "grant_plant", "grant_ic", "grant_trademark"}


def first(case):
    return civil(case) if case.track == "civil" else administrative(case)


def civil(case):
    if case.matter == "drug_patent":  # 法释〔2021〕13号第1条：不论地点
        return "beijing_ip_court" if case.filed >= DRUG_PATENTS else PERSON
    if case.place == "elsewhere" or case.filed < LEVELS_OF_2010:
        return PERSON
    if case.matter in ITEM_ONE:
        return civil_item_one(case)
    if case.matter == "monopoly":
        return civil_monopoly(case)
    if case.well_known:
        return civil_well_known(case)
    if case.matter == "domain_name":
        return civil_domain_name(case)
    return civil_by_amount(case)


def of_high_amount(case):
    return case.level in {"high", "open_high"}


def civil_item_one(case):
    """知识产权法院规定第1条第（一）项、第2条；深圳除外；2022年规定第1条、第2条第1款。"""
    if case.filed < GUANGZHOU_OPENS:
        capital = case.place == "seat" and case.matter in PATENTS  # 法释〔2001〕21号第2条
        return "intermediate" if capital and not of_high_amount(case) else PERSON
    if case.filed < FIRST_INSTANCE_OF_2022:
        if of_high_amount(case):
            return PERSON  # 数额的通知和知识产权法院的规定如何衔接，没有规定
        if case.place != "carve_out":
            return "ip_court"
        if case.matter in {"invention", "plant_variety", "ic_layout"}:
            return "intermediate"
        # “两级法院”之间如何分工没有读到；2019年起基层法院不再受理（法释〔2018〕22号第14条）
        return "intermediate" if case.filed >= TRIBUNAL_OPENS else PERSON
    if case.relation == "ownership_infringement":
        return "intermediate" if case.place == "carve_out" else "ip_court"
    return civil_by_amount(case) if case.place == "carve_out" else PERSON


def civil_monopoly(case):
    if case.filed < MONOPOLY_OF_2012:
        return PERSON
    if case.filed < FIRST_INSTANCE_OF_2022 and of_high_amount(case):
        return PERSON
    if case.place == "carve_out":
        return "intermediate"  # 计划单列市；2022年起读作确定的中级法院
    if case.filed < GUANGZHOU_OPENS:
        return "intermediate" if case.place == "seat" else PERSON  # 省会市
    return "ip_court" if case.filed >= MONOPOLY_OF_2021 else PERSON


def civil_well_known(case):
    """法释〔2014〕4号第3条第2款；知识产权法院规定第1条第（三）项；2022年规定第2条第1款。"""
    if case.filed < WELL_KNOWN_OF_2014:
        return PERSON
    if case.filed < FIRST_INSTANCE_OF_2022 and of_high_amount(case):
        return PERSON
    if case.place == "carve_out":
        return "intermediate"
    if case.filed < GUANGZHOU_OPENS:
        return "intermediate" if case.place == "seat" else PERSON
    return "ip_court"


def civil_domain_name(case):
    """域名解释第2条：中级法院；法释〔2018〕16号第2条第（六）项；2022年规定第3条、第6条。"""
    if case.filed >= FIRST_INSTANCE_OF_2022 or of_high_amount(case):
        return civil_by_amount(case)
    if case.place != "seat" or case.filed < GUANGZHOU_OPENS:
        return "intermediate"
    return "basic" if case.filed >= INTERNET_COURT_OPENS else "ip_court"


def civil_by_amount(case):
    at_seat = case.place == "seat" and case.filed >= GUANGZHOU_OPENS
    if case.filed < FIRST_INSTANCE_OF_2022:
        if at_seat and case.filed >= NOTICE_338:  # 不受标的额限制；与高级法院的数额如何衔接没有规定
            return PERSON if of_high_amount(case) else "basic"
        by_level = {"basic": "basic", "high": "high"}
        by_level["intermediate"] = "ip_court" if at_seat else "intermediate"  # 履职公告第2条
        return by_level.get(case.level, PERSON)
    if case.level == "intermediate":
        return "ip_court" if at_seat else "intermediate"
    return "basic" if case.level == "basic" else PERSON


def administrative(case):
    if case.filed < BEIJING_OPENS:
        return PERSON
    if case.matter in GRANTS or case.matter == "compulsory_licence":  # 知识产权法院规定第5条
        return "beijing_ip_court"
    if case.body == "state_council":
        return "beijing_ip_court"
    if case.place == "elsewhere" or case.filed < GUANGZHOU_OPENS:
        return PERSON
    if case.matter in ITEM_ONE:
        return administrative_item_one(case)
    if case.matter == "monopoly":
        if case.filed < FIRST_INSTANCE_OF_2022:
            return PERSON
        return "intermediate" if case.place == "carve_out" else "ip_court"
    if case.well_known:
        return administrative_well_known(case)
    return administrative_by_body(case)


def administrative_item_one(case):
    if case.filed < FIRST_INSTANCE_OF_2022:
        return PERSON if case.place == "carve_out" else "ip_court"
    if case.relation == "ownership_infringement":
        return "intermediate" if case.place == "carve_out" else "ip_court"
    return administrative_by_body(case) if case.place == "carve_out" else PERSON


def administrative_well_known(case):
    """第（三）项只限民事，不跨区域；法释〔2014〕4号和2022年规定第2条第1款包括行政。"""
    if case.place == "seat":
        return "ip_court"  # 广州中院不再受理，应由中级法院一审的归知识产权法院
    if case.place == "carve_out" or case.filed >= FIRST_INSTANCE_OF_2022:
        return "intermediate"
    return PERSON  # 是否为指定的中级法院没有读到


def administrative_by_body(case):
    if case.body == "department":
        return "basic"
    return "ip_court" if case.place == "seat" else "intermediate"


def appeal(case, tried_by, judged):
    """The court of appeal by the day of judgment: ``next`` stands for the intermediate court."""
    if tried_by == "basic":
        return "next"
    if tried_by == "basic_of_seat":  # 知识产权法院规定第6条
        return "ip_court" if judged >= GUANGZHOU_OPENS else "next"
    one_up = "supreme" if tried_by == "high" else "high"
    if judged < TRIBUNAL_OPENS:
        return one_up
    if judged < TRIBUNAL_OF_2023:
        return "tribunal" if of_the_tribunal_of_2019(case) else one_up
    return "tribunal" if of_the_tribunal_of_2023(case, tried_by) else one_up


def of_the_tribunal_of_2019(case):
    if case.matter in {"grant_patent", "grant_plant", "grant_ic", "compulsory_licence"}:
        return True  # 第2条第（二）、（三）项
    if case.matter == "design":
        return case.track == "administrative"  # 第（三）项列了外观设计，第（一）项没有
    return case.matter in ITEM_ONE | {"monopoly", "drug_patent"}


def of_the_tribunal_of_2023(case, tried_by):
    if case.matter in {"grant_patent", "grant_plant", "grant_ic", "monopoly", "drug_patent"}:
        return True
    if case.relation != "ownership_infringement":
        return False
    if case.matter in {"invention", "plant_variety", "ic_layout"}:
        return True
    weighty = tried_by == "high"  # 法〔2023〕183号第1条
    return weighty and case.matter in {"utility_model", "technical_secret", "software"}
