"""Names stand where a reader looks for them."""

from __future__ import annotations

from steelyard.kernel.bilingual import Text
from steelyard.kernel.name_order import by_code, name_order

XIAN, XIAMEN, XIANNING = Text("西安", "Xi'an"), Text("厦门", "Xiamen"), Text("咸宁", "Xianning")


def test_apostrophe_does_not_move_a_name() -> None:
    found = sorted([XIANNING, XIAN, XIAMEN], key=lambda one: name_order(one, "en"))
    assert found == [XIAMEN, XIAN, XIANNING]


def test_chinese_names_are_ordered_as_they_are_read() -> None:
    names = [Text("重庆", "Chongqing"), Text("中山", "Zhongshan"), Text("长沙", "Changsha")]
    found = sorted(names, key=lambda one: name_order(one, "zh", is_read_as_english=True))
    assert [one.zh for one in found] == ["长沙", "重庆", "中山"]


def test_common_characters_stand_in_the_order_of_pinyin_without_a_reading() -> None:
    names = "潮州 东莞 佛山 广州 河源 惠州 江门 揭阳 茂名 梅州 清远 汕头 汕尾 韶关 深圳 阳江 云浮 湛江 肇庆 中山 珠海"
    ordered = names.split()
    assert sorted(set(ordered), key=by_code) == ordered
