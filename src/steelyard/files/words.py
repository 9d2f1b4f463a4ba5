"""What is done to files, in the words of the trail."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.files.rules.kinds import KINDS
from steelyard.files.rules.marks import MARKS
from steelyard.kernel.bilingual import Text

TITLES: Mapping[str, Text] = {
    "send_file": Text("上传文件", "sent a file"),
    "attach_file": Text("附上文件", "attached a file"),
    "detach_file": Text("撤下文件", "took a file off"),
    "mark_file": Text("更改公开范围", "marked a file anew"),
    "delete_file": Text("删除文件", "deleted a file"),
    "tell_of_lost": Text("告知内容丢失", "told of lost content"),
    "sweep_files": Text("清理无主文件", "swept up what no file holds"),
}

VALUES: Mapping[tuple[str, str], Mapping[str, Text]] = {
    ("files_content", "kind"): KINDS,
    ("files_file", "mark"): MARKS,
}

LABELS: Mapping[tuple[str, str], Text] = {
    ("files_content", "sha256"): Text("哈希值", "hash"),
    ("files_content", "size"): Text("大小（字节）", "size in bytes"),
    ("files_content", "first_at"): Text("首次收到", "first received"),
    ("files_file", "content_id"): Text("内容", "content"),
    ("files_file", "name"): Text("文件名", "file name"),
    ("files_file", "mark"): Text("公开范围", "confidentiality"),
    ("files_file", "sent_by_id"): Text("上传人", "sent by"),
    ("files_file", "sent_at"): Text("上传时间", "sent"),
    ("files_attachment", "file_id"): Text("文件", "file"),
    ("files_attachment", "table_name"): Text("所附事项的表", "table"),
    ("files_attachment", "row_id"): Text("所附事项的编号", "row"),
    ("files_attachment", "purpose"): Text("用途", "purpose"),
}
