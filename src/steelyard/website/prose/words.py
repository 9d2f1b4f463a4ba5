"""What is done with prose, in the words of the trail."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.kernel.bilingual import Text

TITLES: Mapping[str, Text] = {
    "follow_roles": Text("按角色调整网站权限", "followed the roles to the website"),
    "keep_times": Text("按时发布或者撤下网页", "kept the times set for pages"),
    "publish_prose": Text("发布网站内容", "published what is on the website"),
    "set_up_trees": Text("建立网站目录", "set up the trees of the website"),
    "load_demo_prose": Text("载入演示网页", "loaded pages of the demonstration"),
}

_PAGE = {
    "path": Text("目录树位置", "place in the tree"),
    "depth": Text("层级", "level in the tree"),
    "numchild": Text("下级页数", "pages below"),
    "translation_key": Text("译文对应键", "key shared with the translation"),
    "locale_id": Text("语言", "language"),
    "draft_title": Text("草稿标题", "title of the draft"),
    "alias_of_id": Text("别名指向", "alias of"),
    "page_ptr_id": Text("网页", "page"),
    "summary": Text("摘要", "summary"),
    "sample": Text("样本", "sample"),
    "body": Text("正文", "content"),
    "day": Text("日期", "day"),
}
_OWN: Mapping[str, Mapping[str, Text]] = {
    "wagtaildocs_document": {
        "file_size": Text("文件大小", "size"),
        "file_hash": Text("文件散列", "hash"),
    },
    "wagtailcore_revision": {
        "content_type_id": Text("内容种类", "kind of content"),
        "base_content_type_id": Text("内容基类", "base of the kind"),
        "object_str": Text("名称", "name"),
    },
    "wagtailcore_workflowstate": {
        "content_type_id": Text("内容种类", "kind of content"),
        "base_content_type_id": Text("内容基类", "base of the kind"),
    },
    "wagtailcore_taskstate": {"comment": Text("意见", "comment")},
    "prose_picture": {
        "focal_point_x": Text("焦点横坐标", "focal point, x"),
        "focal_point_y": Text("焦点纵坐标", "focal point, y"),
        "focal_point_width": Text("焦点宽度", "focal point, width"),
        "focal_point_height": Text("焦点高度", "focal point, height"),
        "file_size": Text("文件大小", "size"),
        "file_hash": Text("文件散列", "hash"),
        "alt_zh": Text("替代文字（中文）", "what it shows, in Chinese"),
        "alt_en": Text("替代文字（英文）", "what it shows, in English"),
    },
    "prose_publication": {
        "series": Text("系列", "series"),
        "number": Text("编号", "number"),
        "identifier": Text("发布包标识", "identifier"),
        "pages": Text("页数", "pages"),
        "reason_zh": Text("理由（中文）", "reason, in Chinese"),
        "reason_en": Text("理由（英文）", "reason, in English"),
        "published_at": Text("发布时间", "published"),
    },
}
PAGES = ("wagtailcore_page", "prose_home", "prose_newslist", "prose_newsarticle", "prose_plainpage",
         "prose_contactpage")  # fmt: skip
LABELS: Mapping[tuple[str, str], Text] = {
    **{(table, column): said for table in PAGES for column, said in _PAGE.items()},
    **{(table, column): said for table, own in _OWN.items() for column, said in own.items()},
}
