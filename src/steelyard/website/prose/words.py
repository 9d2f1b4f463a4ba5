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
