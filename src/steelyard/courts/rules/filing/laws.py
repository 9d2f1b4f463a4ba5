"""Which article said it on that day?

The Civil Procedure Law was renumbered on 2022-01-01 and again on 2024-01-01, its Interpretation
on 2022-04-10. Rules cite the numbers of the text now in force; here they become those of a day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from steelyard.courts.rules.articles import article
from steelyard.courts.rules.laws import LAWS
from steelyard.kernel.bilingual import Text

REGISTRATION_STARTS = date(2015, 5, 1)
ADMINISTRATIVE_STARTS = date(2018, 2, 8)
ONLINE_STARTS = date(2021, 8, 1)
CONVENTION_STARTS = date(2023, 11, 7)
MONOPOLY_STARTS = date(2024, 7, 1)
SECRETS_STARTS = date(2020, 9, 12)
PATENT_2016_STARTS = date(2016, 4, 1)
IP_EVIDENCE_STARTS = date(2020, 11, 18)

_CIVIL_2022 = date(2022, 1, 1)
_CIVIL_2024 = date(2024, 1, 1)
_INTERPRETATION_2022 = date(2022, 4, 10)
_PATENT_2021 = date(2021, 6, 1)
_ARBITRATION_2026 = date(2026, 3, 1)
_EVIDENCE_2020 = date(2020, 5, 1)

_CIVIL: Mapping[str, tuple[str, str]] = {
    "60": ("57", "60"),
    "61": ("58", "61"),
    "62": ("59", "62"),
    "84": ("81", "84"),
    "103": ("100", "103"),
    "104": ("101", "104"),
    "122": ("119", "122"),
    "123": ("120", "123"),
    "124": ("121", "124"),
    "125": ("122", "125"),
    "126": ("123", "126"),
    "127": ("124", "127"),
    "137": ("134", "137"),
    "210": ("199", "206"),
    "247": ("236", "243"),
    "274": ("263", "270"),
    "275": ("264", "271"),
}
"""Number in force: the numbers of 2013 to 2021, and of 2022 and 2023."""

_INTERPRETATION: Mapping[str, str] = {
    "521": "523",
    "522": "524",
    "523": "525",
    "524": "526",
    "525": "527",
}

REGISTRATION = Text(
    "《最高人民法院关于人民法院登记立案若干问题的规定》", "Rules on the Registration of Suits"
)
EVIDENCE = Text(
    "《最高人民法院关于民事诉讼证据的若干规定》", "Rules on Evidence in Civil Procedure"
)
IP_EVIDENCE = Text(
    "《最高人民法院关于知识产权民事诉讼证据的若干规定》", "Rules on Evidence in IP Civil Procedure"
)
ARBITRATION = Text("《仲裁法》", "Arbitration Law")
LABOUR = Text("《劳动争议调解仲裁法》", "Law on Mediation and Arbitration of Labour Disputes")
PATENT_2009 = Text(
    "《最高人民法院关于审理侵犯专利权纠纷案件应用法律若干问题的解释》",
    "Interpretation on Patent Infringement (2009)",
)
PATENT_2016 = Text(
    "《最高人民法院关于审理侵犯专利权纠纷案件应用法律若干问题的解释（二）》",
    "Interpretation on Patent Infringement (II)",
)
TRADEMARK = Text(
    "《最高人民法院关于审理商标民事纠纷案件适用法律若干问题的解释》",
    "Interpretation on Civil Trademark Disputes",
)
PLANT = Text(
    "《最高人民法院关于审理侵害植物新品种权纠纷案件具体应用法律问题的若干规定》",
    "Rules on Infringement of Plant Variety Rights",
)
SECRETS = Text(
    "《最高人民法院关于审理侵犯商业秘密民事案件适用法律若干问题的规定》", "Rules on Trade Secrets"
)
COPYRIGHT = Text("《著作权法》", "Copyright Law")
COPYRIGHT_INTERPRETATION = Text(
    "《最高人民法院关于审理著作权民事纠纷案件适用法律若干问题的解释》",
    "Interpretation on Civil Copyright Disputes",
)
CONDUCT = Text(
    "《最高人民法院关于审查知识产权纠纷行为保全案件适用法律若干问题的规定》",
    "Rules on Preservation of Conduct in IP Disputes",
)
CONDUCT_STARTS = date(2019, 1, 1)
MARKS = Text(
    "《最高人民法院关于审理注册商标、企业名称与在先权利冲突的民事纠纷案件若干问题的规定》",
    "Rules on Conflicts of Marks and Names with Earlier Rights",
)
MONOPOLY = Text(
    "《最高人民法院关于审理垄断民事纠纷案件适用法律若干问题的解释》",
    "Interpretation on Civil Monopoly Disputes",
)
CONVENTION = Text(
    "《取消外国公文书认证要求的公约》", "Convention Abolishing the Requirement of Legalisation"
)


def civil(number: str, on: date) -> Text:
    """An article of the Civil Procedure Law, by the number of the text of 2023.

    >>> civil("127(5)", date(2021, 12, 31)).en
    'Civil Procedure Law, Art. 124(5)'
    """
    base, _, item = number.partition("(")
    if on < _CIVIL_2024:
        base = _CIVIL[base][on >= _CIVIL_2022]
    return article(LAWS["cpl"], f"{base}({item}" if item else base)


def interpretation(number: str, on: date) -> Text:
    """An article of the Interpretation of the Civil Procedure Law, by the number of 2022."""
    base, _, item = number.partition("(")
    if on < _INTERPRETATION_2022:
        base = _INTERPRETATION.get(base, base)
    return article(LAWS["cpl_interpretation"], f"{base}({item}" if item else base)


def administrative(number: str) -> Text:
    return article(LAWS["apl"], number)


def administrative_interpretation(number: str) -> Text:
    return article(LAWS["apl_interpretation"], number)


def registration(number: str) -> Text:
    return article(REGISTRATION, number)


def online(number: str) -> Text:
    return article(LAWS["online"], number)


def evidence(number: str, on: date) -> Text:
    """An article of the evidence rules of 2019; the rules of 2001 are named without number."""
    return article(EVIDENCE, number) if on >= _EVIDENCE_2020 else EVIDENCE


def arbitration(number: str, on: date) -> Text:
    """An article of the law of 2017; of the law of 2025 no number was read, so none is given."""
    return article(ARBITRATION, number) if on < _ARBITRATION_2026 else ARBITRATION


def patent(number: str, on: date) -> Text:
    """An article of the Patent Law of 2020; before, Art. 65 was Art. 60."""
    if on < _PATENT_2021:
        number = {"65": "60", "66": "61"}[number]
    return article(LAWS["patent"], number)
