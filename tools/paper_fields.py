"""docs/reference/paper_fields.md: the papers of an assessment and what their templates may name."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.assessment.rules.papers.kinds import FORMATS, PAPERS, PaperFacts, PaperKind
from steelyard.assessment.rules.papers.writing import HOW, written

HEAD = """# 文书模板字段 · Fields of the papers' templates

The papers of an assessment and what a template of each may name. This page is made from
[`assessment/rules/papers/`](../../src/steelyard/assessment/rules/papers); a template that names
anything else is refused, each fault at its place. Templates come with Steelyard; an office takes one
away, edits it and puts it back on the page *Papers → Templates of the papers*.

本页由规则文件生成。模板用到这里没有的字段的，上传时逐处指出，不予采用。系统自带模板；考核办可在
“文书 → 文书模板”下载、修改后上传。

"""


def page() -> str:
    parts = [HEAD, *_how()]
    for kind, paper in PAPERS.items():
        parts += _of(kind, paper)
    return "\n".join(parts).rstrip() + "\n"


def _how() -> Iterator[str]:
    for file, text in HOW.items():
        yield f"**{FORMATS[file].en}.** {text.en}"
        yield ""
        yield text.zh
        yield ""


def _of(kind: PaperKind, paper: PaperFacts) -> Iterator[str]:
    files = ", ".join(FORMATS[one].en for one in paper.formats)
    yield f"## {paper.title.zh} · {paper.title.en}"
    yield ""
    yield f"`{kind}`, {files}. {paper.about.en[0].upper()}{paper.about.en[1:]}."
    yield ""
    yield f"{paper.about.zh}。"
    yield ""
    yield "| field | 含义 | meaning |"
    yield "|---|---|---|"
    for one in written(kind, paper.formats[0]):
        yield f"| `{one.text}` | {one.meaning.zh} | {one.meaning.en} |"
    yield ""
