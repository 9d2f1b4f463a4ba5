"""Why is a case number refused, or doubted? One function a reason."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Level

LOOK = Text("请对照文书上的案号核对", "check it against the paper of the court")


def no_number(text: str) -> Fault:
    return Fault(
        "case-number-shape",
        Text(f"“{text}”不是案号", f"{text!r} is no case number"),
        Text("案号形如（2021）粤73知民初1519号", "one looks like （2021）粤73知民初1519号"),
    )


def brackets(text: str) -> Fault:
    return Fault(
        "case-brackets",
        Text(f"“{text}”的收案年度没有用圆括号括起", f"{text!r}: the year is not in round brackets"),
        Text("请写作（2021）或者(2021)", "write （2021） or (2021)"),
    )


def no_end(text: str) -> Fault:
    return Fault(
        "case-no-end",
        Text(f"“{text}”末尾没有“号”", f"{text!r} does not end in 号"),
        Text("请核对是否写全，案号以“号”结尾", "check that it is whole: a number ends in 号"),
    )


def ordinal(text: str) -> Fault:
    return Fault(
        "case-ordinal",
        Text(f"“{text}”的编号前有“第”", f"{text!r} has 第 before its serial"),
        Text("新式案号的编号前不写“第”", "numbers of this form have none"),
    )


def range_backwards(first: str, last: str) -> Fault:
    return Fault(
        "case-range-backwards",
        Text(f"“{first}-{last}”的末号小于首号", f"the range {first}-{last} ends below its start"),
        LOOK,
    )


def too_many(most: int) -> Fault:
    return Fault(
        "case-too-many",
        Text(f"一次超过{most}个案号", f"more than {most} numbers at once"),
        Text("请分次填写", "give them in parts"),
    )


def several_numbers(text: str) -> Fault:
    return Fault(
        "case-several-numbers",
        Text(f"“{text}”是多个案号", f"{text!r} stands for several numbers"),
        Text("请逐件填写", "write each on its own"),
    )


def old_form_too_late(text: str, starts: int) -> Fault:
    return Fault(
        "case-old-form-too-late",
        Text(
            f"“{text}”是旧式案号，{starts}年起收案的不再使用",
            f"{text!r} has the old form, which cases accepted from {starts} on have not",
        ),
        LOOK,
    )


def before_the_rules(year: int, starts: int) -> Fault:
    return Fault(
        "case-year-before-the-rules",
        Text(
            f"新式案号自{starts}年起使用，{year}年收案的应是旧式（…字第…号）",
            f"this form dates from {starts}; a case accepted in {year} has the old form (…字第…号)",
        ),
        LOOK,
    )


def head_unknown(head: str) -> Fault:
    return Fault(
        "case-head-unknown",
        Text(f"“{head}”不是最高法，也不是省级简称", f"{head} is neither 最高法 nor a province"),
        LOOK,
    )


def court_digits(court: str) -> Fault:
    return Fault(
        "case-court-digits",
        Text(
            f"法院代字“{court}”的数字不是两位（中级）或者四位（基层）",
            f"{court}: an intermediate court has two digits, a basic court four, others none",
        ),
        LOOK,
    )


def court_unknown(court: str, *, level: Level) -> Fault:
    return Fault(
        "case-court-unknown",
        Text(f"未收录代字为“{court}”的法院", f"no court with the code {court} is listed"),
        Text("请核对，或者将其补入代字表", "check it, or add it to the table of codes"),
        level=level,
    )


def old_court_unknown(text: str) -> Fault:
    return Fault(
        "case-old-court-unknown",
        Text(f"“{text}”的法院简称未收录", f"the court named in {text} is not listed"),
        Text("请由人查明是哪个法院", "a person finds out which court it is"),
        level="warning",
    )


def type_unknown(type: str, *, level: Level) -> Fault:
    return Fault(
        "case-type-unknown",
        Text(f"未收录类型代字“{type}”", f"no type of case with the code {type} is listed"),
        Text("请核对，或者将其补入代字表", "check it, or add it to the table of codes"),
        level=level,
    )


def type_too_long(type: str) -> Fault:
    return Fault(
        "case-type-too-long",
        Text(f"类型代字“{type}”超过三个汉字", f"the type {type} has more than three characters"),
        LOOK,
    )


def special_unknown(special: str) -> Fault:
    return Fault(
        "case-special-unknown",
        Text(f"没有专门审判代字“{special}”", f"there is no special-trial code {special}"),
        Text("目前只有“知”", "there is 知 alone"),
    )


def special_too_early(special: str, starts: int) -> Fault:
    return Fault(
        "case-special-too-early",
        Text(
            f"专门审判代字“{special}”在{starts}年以前没有",
            f"there was no special-trial code {special} before {starts}",
        ),
        LOOK,
    )


def special_in_its_first_year(special: str, year: int) -> Fault:
    return Fault(
        "case-special-first-year",
        Text(
            f"专门审判代字“{special}”的规定是{year}年12月才有的",
            f"the special-trial code {special} dates from December {year}",
        ),
        LOOK,
        level="warning",
    )


def type_outside(type: str, title: Text, *, level: Level) -> Fault:
    return Fault(
        "case-type-outside",
        Text(
            f"“{type}”是{title.zh}的编号，案号规定的案件类型里没有",
            f"{type} numbers {title.en}, which the rules have no type of case for",
        ),
        Text("立案后另编案号", "once filed, the case has a number of its own"),
        level=level,
    )


def no_appeal_in_basic_court(type: str, court: str) -> Fault:
    return Fault(
        "case-type-not-of-court",
        Text(
            f"“{court}”是基层法院，没有“{type}”案件", f"{court} is a basic court and has no {type}"
        ),
        LOOK,
    )


def serial_zeros(serial: str) -> Fault:
    return Fault(
        "case-serial-zeros",
        Text(f"案件编号“{serial}”以0开头", f"the serial {serial} begins with 0"),
        Text("编号是自然数，从1起，不补0", "serials are 1, 2, 3 …, without zeros before them"),
    )


def review_digits(serial: int) -> Fault:
    return Fault(
        "case-review-digits",
        Text(f"刑事复核案件的编号是八位，不是{serial}", f"a review has eight digits, not {serial}"),
        LOOK,
    )


def drawn_at_random(type: str) -> Fault:
    return Fault(
        "case-serial-random",
        Text(f"“{type}”案件的编号随机确定，不依次编", f"serials of {type} are drawn at random"),
        Text("请由承办法院随机确定", "the court draws one"),
    )


def serial_twice(twice: Sequence[int]) -> Fault:
    zh, en = "、".join(map(str, twice[:5])), ", ".join(map(str, twice[:5]))
    return Fault(
        "case-serial-twice",
        Text(f"已编的编号有重复：{zh}", f"serials given twice: {en}"),
        Text("请先更正，每个案号都应唯一", "mend them first: each number is one case's alone"),
    )


def serial_gap(serials: Sequence[int]) -> Fault:
    taken = set(serials)
    gaps = list(islice((one for one in range(1, max(taken)) if one not in taken), 5))
    zh, en = "、".join(map(str, gaps)), ", ".join(map(str, gaps))
    return Fault(
        "case-serial-gap",
        Text(f"已编的编号缺：{zh}", f"serials missing: {en}"),
        Text("请先查明缺号，编号依次连续", "find out why first: serials run without gaps"),
    )
