"""What did the disk refuse, and what is to be done? For whatever no verb has said more closely."""

from __future__ import annotations

import errno

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where

_ELSEWHERE = Text("请另选文件夹", "name another folder")
_ROOM = Text("请腾出空间，或另选文件夹", "make room, or name another folder")
_SHORTER = Text("请把名称改短", "give a shorter name")
_NO_WRITING = (Text("没有写入权限", "it may not be written"), _ELSEWHERE)
_TOLD = {
    errno.EACCES: (
        Text("没有读写权限", "it may not be read or written"),
        Text("请核对权限，或另选文件夹", "see who may use it, or name another folder"),
    ),
    errno.EDQUOT: (Text("磁盘配额已满", "the disk quota is used up"), _ROOM),
    errno.EEXIST: (
        Text("已有同名的文件", "a file of this name stands in the way"),
        _ELSEWHERE,
    ),
    errno.EFBIG: (Text("文件过大，磁盘不能容纳", "the file is larger than the disk allows"), _ROOM),
    errno.EISDIR: (
        Text("这是文件夹，不是文件", "it is a folder, not a file"),
        Text("请给出文件名", "name a file"),
    ),
    errno.ENAMETOOLONG: (Text("文件名过长", "the file's name is too long"), _SHORTER),
    errno.ENOENT: (
        Text("没有这个文件或文件夹", "there is no such file or folder"),
        Text("请核对名称", "check its name"),
    ),
    errno.ENOSPC: (Text("磁盘已满", "the disk is full"), _ROOM),
    errno.ENOTDIR: (
        Text("它或它的上级不是文件夹", "it, or what it should lie in, is no folder"),
        _ELSEWHERE,
    ),
    errno.EPERM: _NO_WRITING,
    errno.EROFS: _NO_WRITING,
}


def disk_fault(error: OSError) -> Fault:
    """
    >>> disk_fault(OSError(errno.ENOSPC, "No space left on device", "out/a.csv")).say("en")
    'out/a.csv: the disk is full; make room, or name another folder [disk-refused]'
    """
    said = error.strerror or str(error)
    other = Text(f"无法读写（{said}）", f"it cannot be read or written ({said})")
    what, mend = _TOLD.get(error.errno or 0, (other, _ELSEWHERE))
    return Fault("disk-refused", what, mend, Where(file=str(error.filename or "")))
