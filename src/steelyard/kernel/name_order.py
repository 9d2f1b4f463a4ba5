"""In which order do names stand in a list? Chinese names by pinyin, transliterated ones by their letters.

No library of collation is at hand. A Chinese name that comes with its transliteration is ordered by
that: it says how the name is read, which no table of characters knows (重庆 is Chongqing, 重要 zhongyao).
Without one the characters are compared by their codes in GB 18030, in which the 3 755 characters of
level 1 of GB/T 2312 stand in the order of pinyin and rarer ones follow.

Letters are compared without case, accents, apostrophes, hyphens and spaces: Xi'an, read xian, stands
after Xiamen and before Xianning, where a reader of an index looks for it.
"""

from __future__ import annotations

import unicodedata

from steelyard.kernel.bilingual import Lang, Text

Order = tuple[str, bytes]


def name_order(name: Text, lang: Lang, *, is_read_as_english: bool = False) -> Order:
    """What lists of names are sorted by, on a page of this language.

    ``is_read_as_english``: the English side is how the Chinese one is read, as with places and people.

    >>> names = [Text("中山", "Zhongshan"), Text("重庆", "Chongqing"), Text("江门", "Jiangmen")]
    >>> [one.zh for one in sorted(names, key=lambda one: name_order(one, "zh", is_read_as_english=True))]
    ['重庆', '江门', '中山']
    >>> [one.en for one in sorted(names, key=lambda one: name_order(one, "en"))]
    ['Chongqing', 'Jiangmen', 'Zhongshan']
    """
    if lang == "en" or (is_read_as_english and name.en):
        return letters(name.say("en")), by_code(name.zh)
    return "", by_code(name.say("zh"))


def letters(name: str) -> str:
    """The letters and digits of a name alone, small and without accents.

    >>> letters("Xi'an"), letters("Lüliang"), letters("Da-An 2")
    ('xian', 'luliang', 'daan2')
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def by_code(name: str) -> bytes:
    """
    >>> sorted(["中山", "江门", "广州", "佛山"], key=by_code)
    ['佛山', '广州', '江门', '中山']
    """
    return name.encode("gb18030", "replace")
