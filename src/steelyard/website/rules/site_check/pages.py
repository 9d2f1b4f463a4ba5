"""Can everyone read each page: its language, its structure, its pictures, its fields?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from steelyard.kernel.bilingual import Text
from steelyard.website.rules.site_check.checks import Check, Wrong
from steelyard.website.rules.site_check.seen import PageSeen, Seen, good_pages


def other_language(seen: Seen, _check: Check) -> Sequence[Wrong]:
    if len(seen.home) < 2:
        return [Wrong(Text("只有一种语言", "there is one language alone"))]
    return [
        Wrong(
            Text("没有指向另一种语言的同一页面", "it names no page in the other language"),
            one.address,
        )
        for one in good_pages(seen)
        if len(set(one.other_languages) - {"x-default"}) < 2
    ]


def structure(seen: Seen, _check: Check) -> Sequence[Wrong]:
    return [Wrong(what, one.address) for one in good_pages(seen) for what in _of_structure(one)]


def _of_structure(one: PageSeen) -> Iterator[Text]:
    if not one.lang:
        yield Text("没有标明语言", "it does not say its language")
    if not one.title:
        yield Text("没有标题", "it has no title")
    if one.main_headings != 1:
        yield Text(f"主标题{one.main_headings}个", f"it has {one.main_headings} main headings")


def pictures(seen: Seen, _check: Check) -> Sequence[Wrong]:
    return _counted(
        seen,
        "pictures_without_text",
        Text("张图片没有替代文字", "pictures without a text in their place"),
    )


def keyboard(seen: Seen, _check: Check) -> Sequence[Wrong]:
    no_skip = [
        Wrong(Text("不能跳到正文", "no link leads past the menus to the content"), one.address)
        for one in good_pages(seen)
        if not one.has_skip_link
    ]
    what = Text("处不能按顺序用键盘到达", "places that the keyboard does not reach in their order")
    return [*no_skip, *_counted(seen, "keyboard_traps", what)]


def fields(seen: Seen, _check: Check) -> Sequence[Wrong]:
    return _counted(seen, "fields_without_name", Text("个填写项没有名称", "fields without a name"))


def _counted(seen: Seen, name: str, what: Text) -> list[Wrong]:
    return [
        Wrong(Text(f"{count}{what.zh}", f"{count} {what.en}"), one.address)
        for one in good_pages(seen)
        if (count := getattr(one, name))
    ]
