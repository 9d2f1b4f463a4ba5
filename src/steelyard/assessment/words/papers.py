"""What is done with the papers of an office, in the words of the trail."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.assessment.rules.papers.kinds import FORMATS, LANG_TITLES, PAPERS
from steelyard.kernel.bilingual import Text

TITLES: Mapping[str, Text] = {
    "set_letterhead": Text(
        "修改文书上的机关名称", "changed what the office is called on its papers"
    ),
    "use_paper_template": Text("更换文书模板", "put another template of a paper to use"),
    "use_default_template": Text("恢复系统自带模板", "went back to the template that comes along"),
}

VALUES: Mapping[tuple[str, str], Mapping[str, Text]] = {
    ("assessment_papertemplate", "kind"): {
        kind.value: paper.title for kind, paper in PAPERS.items()
    },
    ("assessment_papertemplate", "lang"): dict(LANG_TITLES),
    ("assessment_papertemplate", "format"): {one.value: text for one, text in FORMATS.items()},
}

COLUMNS: Mapping[str, Mapping[str, Text]] = {
    "assessment_letterhead": {
        "office_id": Text("考核办", "office"),
        "number": Text("版本", "version"),
        "name_zh": Text("机关名称", "name in Chinese"),
        "name_en": Text("英文名称", "name in English"),
        "code": Text("机关代字", "code of its document numbers"),
        "made_by_id": Text("修改人", "changed by"),
        "made_at": Text("修改时间", "changed at"),
    },
    "assessment_papertemplate": {
        "office_id": Text("考核办", "office"),
        "kind": Text("文书", "paper"),
        "lang": Text("语言", "language"),
        "format": Text("格式", "format"),
        "number": Text("版本", "version"),
        "file_id": Text("文件", "file"),
        "note": Text("备注", "note"),
        "made_by_id": Text("更换人", "put there by"),
        "made_at": Text("更换时间", "put there at"),
    },
}
